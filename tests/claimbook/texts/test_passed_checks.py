"""A check looks again at what has changed since it passed, and only at that."""

from collections.abc import Callable
from pathlib import Path

import pytest
from claimbook.corpus.model import load
from claimbook.corpus.validation import table_checks
from claimbook.paths import project
from claimbook.pipeline.checks import check_report
from claimbook.texts import text_checks
from claimbook.texts.passed_checks import KEPT, PassedChecks

pytestmark = pytest.mark.whole  # seconds, together

COPIED = "\nThe ferries ran as usual. The Institute for Sea Studies, the Daily Example wrote.\n"


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change of a table, in which the old text occurs."""

    def change(root: Path) -> None:
        table = root / "data" / f"{file}.csv"
        content = table.read_text("utf-8")
        assert old in content
        table.write_text(content.replace(old, new, 1), "utf-8")

    return change


def change_text(root: Path) -> None:
    text = root / "data" / "texts" / "coast-wire.txt"
    text.write_text(text.read_text("utf-8").replace("ferries", "boats"), "utf-8")


def rename_theme(root: Path) -> None:
    settings = root / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace('"talks"', '"tolls"'), "utf-8")


def allow_another_kind(root: Path) -> None:
    schema = root / "data" / "datapackage.json"
    schema.write_text(schema.read_text("utf-8").replace('"denial"', '"refusal"'), "utf-8")


def copy_words(root: Path) -> None:
    page = root / "index.md"
    page.write_text(page.read_text("utf-8") + COPIED, "utf-8")


@pytest.fixture
def passed(made_up_copy: Path) -> Path:
    """A report that has passed its check."""
    assert not check_report().faults
    assert project().passed_checks.stat().st_size
    return made_up_copy


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (replace("claims", "58446e4dd7fa428b", "58446e4dd7fa428c"), "claims.csv CW-01"),
        (replace("coding/one", "58446e4dd7fa428b", "58446e4dd7fa428c"), "coding/one.csv one/CW-01"),
        (replace("criticism", "108,122,90d7", "109,122,90d7"), "criticism.csv coast-wire"),
        (replace("fragments", "No barrier lies", "No barrier is"), "fragments.csv CW-01"),
        (replace("passages", "1,40,213,4409", "1,40,213,4408"), "passages.csv harbour-post"),
        (replace("sources", ",246,40,40,", ",246,40,41,"), "sources.csv coast-wire"),
        (
            replace("relations", "contradicts,HP-02", "contradicts,HP-99"),
            "relations.csv",
        ),
        (rename_theme, "report.toml themes"),
        (allow_another_kind, "claims.csv"),
        (change_text, "sources.csv coast-wire"),
        (copy_words, "index.md:"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_has_changed_is_checked_again(passed: Path, change, fault):
    change(passed)
    assert any(str(found).startswith(fault) for found in check_report().faults)
    assert any(str(found).startswith(fault) for found in check_report().faults), "a fault passed"


def test_what_has_passed_is_not_looked_at_again(passed: Path, monkeypatch):
    looked_at, checked = [], []
    check_rules = table_checks.check_rules

    def check(*args):
        checked.append(args)
        return check_rules(*args)

    monkeypatch.setattr(table_checks, "check_rules", check)
    locate = text_checks.locate_all

    def located(tables, corpus, texts):
        looked_at.extend(texts)
        return locate(tables, corpus, texts)

    monkeypatch.setattr(text_checks, "locate_all", located)
    assert not check_report().faults
    assert looked_at == checked == []
    replace("claims", "denies that there is a barrier", "says that there is no barrier")(passed)
    check_report()
    assert looked_at == [load().claims.loc["CW-01", "source_id"]]
    assert len(checked) == 1


def test_a_damaged_file_of_what_has_passed_only_costs_time(passed: Path):
    project().passed_checks.write_bytes(b"\xff\x00 none of this")
    assert not check_report().faults
    assert PassedChecks().has_passed(project().passed_checks.read_text().split()[-1])


def test_the_file_keeps_the_latest_of_what_has_passed(tmp_path: Path):
    file = tmp_path / "passed"
    for first in (0, 1):
        checks = PassedChecks(file)
        checks.note(str(number) for number in range(first, first + KEPT))
        checks.write()
    assert not PassedChecks(file).has_passed("0")
    assert PassedChecks(file).has_passed(str(KEPT))
