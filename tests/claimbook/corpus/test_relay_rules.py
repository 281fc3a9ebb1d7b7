"""A relay joins a report to the record, says of it what the texts bear, and nothing else."""

from pathlib import Path

import pytest
from claimbook.corpus.validation.table_checks import check_tables
from claimbook.texts.text_checks import add_text_checks
from support.fault_cases import cell
from support.record_source import add_record_source
from support.relayed_report import ORIGINAL, OTHER, write_relays

GOOD = [["CW-02", ORIGINAL, "stronger", "unlikely", "to be unlikely"]]
CASES = {
    "a claim of the record": (
        [["ISS310816-02", ORIGINAL, "kept"]],
        "relays.csv ISS310816-02/ISS310816-01 claim_id: 'ISS310816-02': a claim of a report",
    ),
    "an original of a report": (
        [["CW-02", "DE-02", "kept"]],
        "relays.csv CW-02/DE-02 original: 'DE-02': a claim of the record",
    ),
    "an original that there is not": (
        [["CW-02", "ISS310816-09", "kept"]],
        "relays.csv CW-02/ISS310816-09 original: 'ISS310816-09': must stand in claims.csv",
    ),
    "kept beside a change": (
        [["CW-02", ORIGINAL, "kept;stronger"]],
        "relays.csv CW-02/ISS310816-01 change: 'kept;stronger': kept alone",
    ),
    "a change that there is not": (
        [["CW-02", ORIGINAL, "louder"]],
        "louder",
    ),
    "merged from one": (
        [["CW-02", ORIGINAL, "merged"]],
        "relays.csv CW-02/ISS310816-01 change: 'merged': merged only with a row for each original",
    ),
    "no original, and yet kept": (
        [["CW-02", "", "kept"]],
        "relays.csv CW-02/ change: 'kept': added alone, where there is no original",
    ),
    "words that the report does not have": (
        [["CW-02", ORIGINAL, "stronger", "very unlikely", "unlikely"]],
        "relays.csv CW-02/ISS310816-01 here: 'very unlikely': words that stand in "
        "coast-wire-2031-09-02",
    ),
    "words that the original does not have": (
        [["CW-02", ORIGINAL, "stronger", "unlikely", "no barrier"]],
        "relays.csv CW-02/ISS310816-01 there: 'no barrier': words that stand in "
        "iss-posts-2031-08-16",
    ),
    "more than five words": (
        [["CW-02", ORIGINAL, "stronger", "", "one two three four five six"]],
        "at most 5",
    ),
}


@pytest.fixture
def data(made_up_copy: Path) -> Path:
    """The tables of a report that has a record, too."""
    add_record_source(made_up_copy)
    return made_up_copy / "data"


def fault_lines(data: Path) -> list[str]:
    report, corpus = check_tables(data)
    assert corpus is not None
    add_text_checks(report, corpus)
    return [str(fault) for fault in report.faults]


def test_what_the_texts_bear_has_no_fault(data):
    merged = [[*GOOD[0][:2], "merged"], ["CW-02", OTHER, "merged;added"]]
    for rows in (GOOD, merged, [["CW-02", "", "added"]]):
        write_relays(data, rows)
        assert fault_lines(data) == []


@pytest.mark.parametrize("case", CASES)
def test_a_relay_that_cannot_be_is_one_line(data, case):
    rows, expected = CASES[case]
    write_relays(data, rows)
    [line] = fault_lines(data)
    assert expected in line


def test_nothing_is_called_added_against_a_text_that_is_cut(data):
    write_relays(data, [["CW-02", ORIGINAL, "added"]])
    assert fault_lines(data) == []
    cell("sources", "iss-posts-2031-08-16", "extent", "cut")(data)
    [line] = fault_lines(data)
    assert line.endswith("added only against a whole text; the copy that has ISS310816-01 is cut")


def test_a_finding_names_an_original_of_the_record_where_that_shows_it(data):
    key = "coast-wire-2031-09-02"
    cell("criticism", key, "original", ORIGINAL)(data)
    [line] = fault_lines(data)
    assert "original: 'ISS310816-01': stands where known_by is original, and only there" in line
    cell("criticism", key, "known_by", "original")(data)
    assert fault_lines(data) == []
    cell("criticism", key, "original", "DE-02")(data)
    [line] = fault_lines(data)
    assert "original: 'DE-02': claims of the record" in line
