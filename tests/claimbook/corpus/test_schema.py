"""The schema is a valid Data Package, and says nothing that no check would heed."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from claimbook.corpus.model import load
from claimbook.corpus.schema import parse_schema
from claimbook.errors import CorpusError
from claimbook.paths import project
from frictionless import validate
from support.made_up_report import derive_datapackage, run_python


def frictionless_errors() -> list[str]:
    """What frictionless finds in the Data Package of the report at work, read from its folder."""
    report = validate(project().datapackage.name, basepath=str(project().data))
    rows = {task.name: task.stats.get("rows") for task in report.tasks}
    assert rows.get("claims") or not report.valid
    return report.flatten(["message"])


def test_the_data_package_is_valid_to_another_program():
    assert frictionless_errors() == []


def test_another_program_finds_what_the_schema_forbids(made_up_copy):
    claims = project().data / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace(",event,", ",evnt,", 1), "utf-8")
    [[error]] = frictionless_errors()
    assert "evnt" in error


def field(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The schema with one field, `claims.paraphrase`, changed."""
    package = derive_datapackage()
    [claims] = [table for table in package["resources"] if table["name"] == "claims"]
    [changed] = [each for each in claims["schema"]["fields"] if each["name"] == "paraphrase"]
    change(changed)
    return json.dumps(package).encode()


CONSTRAINTS = "allowed: required, unique, pattern, enum, minimum, maximum"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda field: field["constraints"].update(maxWords=30),
            f"constraints: 'maxWords': {CONSTRAINTS}; maxWords stands beside constraints",
        ),
        (
            lambda field: field["constraints"].update(maxLength=30),
            f"constraints: 'maxLength': {CONSTRAINTS}",
        ),
        (
            lambda field: field["constraints"].update(minimum=3),
            "constraints: 'minimum': only with the type integer or number or date",
        ),
        (
            lambda field: field.update(type="text"),
            "type: 'text': allowed: string, integer, number, date, list",
        ),
    ],
    ids=["maxWords", "unknown", "a bound of a text", "type"],
)
def test_what_no_check_would_heed_is_a_fault_of_the_schema(change, expected):
    with pytest.raises(CorpusError) as caught:
        parse_schema(field(change), "datapackage.json")
    assert str(caught.value) == f"datapackage.json claims.paraphrase {expected}"


def test_a_command_names_all_faults_of_the_schema(made_up_copy):
    def spoil(field: dict[str, Any]) -> None:
        field["type"] = "text"
        field["constraints"].update(maxLength=30)

    project().datapackage.write_bytes(field(spoil))
    ran = run_python(made_up_copy, "-m", "claimbook", "check")
    assert ran.returncode == 1
    lines = [line for line in ran.stderr.splitlines() if line.startswith("datapackage.json")]
    assert len(lines) == 2
    with pytest.raises(CorpusError):
        load()
