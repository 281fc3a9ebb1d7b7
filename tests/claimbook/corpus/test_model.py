"""The tables load with their types, and a damaged one is refused with every fault named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from fault_cases import cell

from claimbook.paths import project
from shortofwar import load
from claimbook.corpus import schema
from claimbook.errors import CorpusError


def test_dates_are_dates_and_lists_are_lists(corpus):
    claims = corpus.claims
    assert claims.index.name == "claim_id"
    assert pd.api.types.is_datetime64_any_dtype(claims["event_start"])
    assert claims["chain"].map(type).eq(list).all()
    assert pd.api.types.is_integer_dtype(claims["start"])
    assert claims.loc["IN-61", "quantity"] == 98
    assert (
        list(claims["theme"].cat.categories)
        == schema.read_schema(project().datapackage)["claims"].field("theme").enum
    )


def test_every_table_of_the_package_is_loaded_and_described(corpus):
    for name, table in schema.read_schema(project().datapackage).items():
        frame = getattr(corpus, name)
        assert set(table.columns) == {*frame.columns, *frame.index.names}
        assert all(field.description for field in table.fields)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(project().data, tmp_path / "data", ignore=shutil.ignore_patterns("texts"))
    )


def test_loading_a_damaged_corpus_raises_its_faults(data):
    cell("claims", "NW-07", "theme", "presure")(data)
    with pytest.raises(CorpusError, match=r"claims.csv NW-07 theme: 'presure'"):
        load(data)


@pytest.mark.parametrize(
    "command", [["check"], ["build"], ["coding-kit"], ["reader"]], ids=" ".join
)
def test_a_command_on_damaged_tables_says_so_and_leaves_the_last_book_as_it_was(
    project_copy, command
):
    book = {
        project_copy / "_build/html/index.html": "the last good book",
        project_copy / "_build/pdf/short-of-war.pdf": "the last good PDF",
    }
    for file, content in book.items():
        file.parent.mkdir(parents=True)
        file.write_text(content)
    for damage in (
        cell("claims", "NW-07", "theme", "presure"),
        cell("places", "kyiv", "latitude", "91"),
    ):
        damage(project_copy / "data")
    ran = subprocess.run(
        [sys.executable, "-m", "claimbook", *command],
        cwd=project_copy,
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(project_copy / "scripts"), "CORPUS_TEXTS": "/nowhere"},
    )
    assert ran.returncode == 1
    lines = [line for line in ran.stderr.splitlines() if ".csv" in line]
    assert [line.partition(": '")[0] for line in lines] == [
        "claims.csv NW-07 theme",
        "places.csv kyiv latitude",
    ]
    assert "Traceback" not in ran.stderr
    assert {file: file.read_text() for file in (project_copy / "_build").rglob("[!.]*.*")} == book
