"""The tables load with their types, and a damaged one is refused with every fault named."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from shortofwar import load, paths
from shortofwar.corpus import schema
from shortofwar.corpus.check import check
from shortofwar.corpus.faults import CorpusError


def test_dates_are_dates_and_lists_are_lists(corpus):
    claims = corpus.claims
    assert claims.index.name == "claim_id"
    assert pd.api.types.is_datetime64_any_dtype(claims["event_start"])
    assert claims["chain"].map(type).eq(list).all()
    assert pd.api.types.is_integer_dtype(claims["start"])
    assert claims.loc["IN-61", "quantity"] == 98
    assert list(claims["theme"].cat.categories) == schema.tables(paths.DATAPACKAGE)["claims"].field("theme").enum


def test_every_table_of_the_package_is_loaded_and_described(corpus):
    for name, table in schema.tables(paths.DATAPACKAGE).items():
        frame = getattr(corpus, name)
        assert set(table.columns) == {*frame.columns, *frame.index.names}
        assert all(field.description for field in table.fields)


def test_tables_are_sorted_by_key_so_that_differences_read():
    for table in schema.tables(paths.DATAPACKAGE).values():
        if table.name == "settlements":
            continue  # in the order of the reading
        rows = list(csv.reader((paths.DATA / table.file).open(encoding="utf-8", newline="")))
        places = [table.columns.index(name) for name in table.key]
        keys = [[int(row[place]) if row[place].isdigit() else row[place] for place in places] for row in rows[1:]]
        assert keys == sorted(keys), table.name


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("texts")))


def edit(data: Path, table: str, key: str, column: str, value: str) -> None:
    file = data / f"{table}.csv"
    rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
    row = next(row for row in rows if row[0] == key)
    row[rows[0].index(column)] = value
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


DAMAGE = [
    ("claims", "NW-07", "theme", "presure", "allowed: pressure"),
    ("claims", "NW-07", "theme", "", "must not be empty"),
    ("claims", "NW-07", "also", "military-signal", "themes other than"),
    ("claims", "NW-07", "also", "weather", "allowed: pressure"),
    ("claims", "NW-07", "chain", "newsweek;nobody", "must stand in actors.csv"),
    ("claims", "NW-07", "chain", "newsweek;", "items joined by"),
    ("claims", "NW-07", "chain", "isw", "begins with the source's outlet"),
    ("claims", "NW-07", "source_id", "nowhere", "must stand in sources.csv"),
    ("claims", "NW-07", "source_id", "polskie-radio-2022-12-02", "ids of its claims begin with"),
    ("claims", "NW-07", "event_id", "nothing", "must stand in events.csv"),
    ("claims", "NW-07", "places", "atlantis", "must stand in places.csv"),
    ("claims", "NW-07", "start", "-1", "at least 0"),
    ("claims", "NW-07", "start", "1e3", "a whole number in digits"),
    ("claims", "NW-07", "end", "999999", "at most the"),
    ("claims", "NW-07", "end", "2", "after start"),
    ("claims", "NW-07", "anchor", "xyz", "must match"),
    ("claims", "NW-07", "event_start", "3.12.2022", "a day as YYYY-MM-DD"),
    ("claims", "NW-07", "event_start", "2022-02-30", "a day as YYYY-MM-DD"),
    ("claims", "NW-07", "event_start", "2022-02-24", "none exactly where"),
    ("claims", "NW-07", "stated_on", "2023-01-01", "not after the source was published"),
    ("claims", "NW-07", "quantity", "many", "a number in digits"),
    ("claims", "NW-07", "quantity", "7", "stands where quantity stands"),
    ("claims", "NW-07", "term", "one two three four five six", "at most 5 words"),
    ("claims", "NW-07", "term", "hardly", "must stand in terms.csv"),
    ("claims", "NW-07", "paraphrase", " word" * 31, "at most 30 words"),
    ("claims", "NW-07", "paraphrase", "A claim ", "no space at either end"),
    ("claims", "NW-07", "claim_id", "NW-08", "more than one row"),
    ("claims", "NW-07", "claim_id", "", "must not be empty"),
    ("places", "kyiv", "latitude", "91", "at most 90"),
    ("sources", "newsweek-2022-07-12", "reliability", "G", "allowed: A, B"),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "allowed"), DAMAGE)
def test_a_damaged_cell_is_named_with_what_is_allowed(data, table, key, column, value, allowed):
    edit(data, table, key, column, value)
    faults = [fault for fault in check(data).faults if allowed in fault.allowed]
    assert faults, check(data).faults
    assert faults[0].file == f"{table}.csv"
    assert faults[0].column in (column, "unit", "date_basis", "claim_id", "")
    assert "\n" not in str(faults[0])


def test_all_faults_are_told_at_once(data):
    edit(data, "claims", "NW-07", "theme", "presure")
    edit(data, "claims", "PR-01", "kind", "rumour")
    edit(data, "places", "kyiv", "longitude", "east")
    assert len(check(data).faults) == 3


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        (b"", "columns"),
        (b"claim_id;source_id\n", "columns"),
        ("claim_id,source_id\n".encode("utf-16"), "UTF-8"),
        (None, "a readable file"),
    ],
)
def test_a_table_that_cannot_be_read_is_named_and_the_others_are_still_checked(data, content, allowed):
    file = data / "claims.csv"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    edit(data, "places", "kyiv", "longitude", "east")
    said = [str(fault) for fault in check(data).faults]
    assert len(said) == 2
    assert any("claims.csv" in line and allowed in line for line in said)


def test_loading_a_damaged_corpus_raises_its_faults(data):
    edit(data, "claims", "NW-07", "theme", "presure")
    with pytest.raises(CorpusError, match=r"claims.csv NW-07 theme: 'presure'"):
        load(data)


def test_the_check_ends_with_status_one_and_no_traceback(project):
    edit(project / "data", "claims", "NW-07", "theme", "presure")
    ran = subprocess.run(
        [sys.executable, "-m", "shortofwar", "check"],
        cwd=project, capture_output=True, text=True, env={"PYTHONPATH": str(project / "scripts")},
    )
    assert ran.returncode == 1
    assert "claims.csv NW-07 theme: 'presure'" in ran.stderr
    assert "Traceback" not in ran.stderr
