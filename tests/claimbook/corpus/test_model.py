"""The tables load with their types, damaged ones are refused, and reads of them are recorded."""

import shutil

import pandas as pd
import pytest
from claimbook.corpus.model import load, note_read, read_schema, record_reads, table_files
from claimbook.errors import CorpusError
from support.fault_cases import cell
from support.made_up_report import run_python


def test_dates_are_dates_and_lists_are_lists(corpus):
    claims = corpus.claims
    assert claims.index.name == "claim_id"
    assert pd.api.types.is_datetime64_any_dtype(claims["event_start"])
    assert claims["chain"].map(type).eq(list).all()
    assert pd.api.types.is_integer_dtype(claims["start"])
    assert claims.loc["HP-04", "quantity"] == 6
    assert list(claims["theme"].cat.categories) == read_schema()["claims"].field("theme").enum


def test_every_table_of_the_package_is_loaded_and_described(corpus):
    for name, table in read_schema().items():
        frame = getattr(corpus, name)
        assert set(table.columns) == {*frame.columns, *frame.index.names}
        assert all(field.description for field in table.fields)


def test_a_claim_is_joined_with_its_source_and_the_ends_of_its_chain(corpus):
    claim = corpus.full_claims().loc["CW-02"]
    assert claim["chain"] == ["coast-wire", "daily-example", "iss"]
    assert (claim["code"], claim["outlet"], claim["origin"]) == ("CW", "coast-wire", "iss")
    assert (claim["speaker"], claim["side"]) == ("Institute for Sea Studies", "independent")
    assert claim["said"] == claim["published"]


def test_a_relation_is_seen_from_both_of_its_claims(corpus):
    assert corpus.related["CW-02"] == [("repeats", "DE-02")]
    assert corpus.related["DE-02"] == [("is repeated by", "CW-02")]


def test_loading_a_damaged_corpus_raises_its_faults(made_up_copy):
    cell("claims", "HP-02", "theme", "clousure")(made_up_copy / "data")
    with pytest.raises(CorpusError, match=r"claims.csv HP-02 theme: 'clousure'"):
        load(made_up_copy / "data")


@pytest.mark.parametrize(
    "command", [["check"], ["build"], ["sheet", "CW"], ["reader"]], ids=" ".join
)
def test_a_command_on_damaged_tables_says_so_and_leaves_the_last_book_as_it_was(
    made_up_copy, command
):
    book = {
        made_up_copy / "_build/html/index.html": "the last good book",
        made_up_copy / "_build/pdf/harbour-question.pdf": "the last good PDF",
    }
    for file, content in book.items():
        file.parent.mkdir(parents=True)
        file.write_text(content)
    for damage in (
        cell("claims", "HP-02", "theme", "clousure"),
        cell("places", "havn", "latitude", "91"),
    ):
        damage(made_up_copy / "data")
    shutil.rmtree(made_up_copy / "data/texts")
    ran = run_python(made_up_copy, "-m", "claimbook", *command)
    assert ran.returncode == 1
    lines = [line for line in ran.stderr.splitlines() if ".csv" in line]
    assert [line.partition(": '")[0] for line in lines] == [
        "claims.csv HP-02 theme",
        "places.csv havn latitude",
    ]
    assert "Traceback" not in ran.stderr
    built = (made_up_copy / "_build").rglob("[!.]*.*")
    assert {file: file.read_text() for file in built} == book


def test_the_tables_read_in_a_block_are_recorded_once_in_the_order_of_the_first_read(corpus):
    with record_reads() as reads:
        corpus.events.iloc[0]
        corpus.full_claims()
        note_read("outlines.geojson")
        corpus.events.iloc[0]
    corpus.places.iloc[0]
    assert reads == ["events", "claims", "sources", "actors", "outlines.geojson"]


def test_what_is_computed_from_a_table_once_counts_as_read_each_time(corpus):
    assert corpus.related
    with record_reads() as reads:
        assert corpus.related
    assert reads == ["relations"]


def test_a_read_in_an_inner_block_counts_for_the_outer_one(corpus):
    with record_reads() as outer:
        corpus.places.iloc[0]
        with record_reads() as inner:
            corpus.terms.iloc[0]
    assert (outer, inner) == (["places", "terms"], ["terms"])


def test_the_files_of_a_table_are_those_that_the_schema_lists():
    assert table_files("claims") == ["claims.csv"]
    assert table_files("passes") == ["coding/one.csv", "coding/two.csv"]
