"""The tables load with their types, and a damaged one is refused with every fault named."""

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from fault_cases import cell

from shortofwar import load, paths
from shortofwar.corpus import schema
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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("texts")))


def test_loading_a_damaged_corpus_raises_its_faults(data):
    cell("claims", "NW-07", "theme", "presure")(data)
    with pytest.raises(CorpusError, match=r"claims.csv NW-07 theme: 'presure'"):
        load(data)


def test_the_check_ends_with_status_one_and_no_traceback(project):
    cell("claims", "NW-07", "theme", "presure")(project / "data")
    ran = subprocess.run(
        [sys.executable, "-m", "shortofwar", "check"],
        cwd=project, capture_output=True, text=True, env={"PYTHONPATH": str(project / "scripts")},
    )
    assert ran.returncode == 1
    assert "claims.csv NW-07 theme: 'presure'" in ran.stderr
    assert "Traceback" not in ran.stderr
