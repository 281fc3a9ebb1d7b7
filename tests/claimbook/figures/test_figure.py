"""What every figure says of itself: its title, and from which function and tables it comes."""

import dataclasses
from typing import Any

import pandas as pd
import pytest
from claimbook import house_style
from claimbook.corpus.model import TABLES, Corpus, read_schema, record_reads
from claimbook.figures.figure import Figure
from claimbook.figures.finding import Finding
from support.engine_figures import FIGURES, TITLE


class NotReadError(Exception):
    """A table was read that is not there."""


class Missing:
    """Stands for a table that is not there: whatever is done with it fails."""

    def __getattr__(self, name: str) -> Any:
        raise NotReadError(name)

    def __getitem__(self, key: object) -> Any:
        raise NotReadError(key)


def can_be_made(name: str, corpus: Corpus) -> bool:
    """Whether a figure can be made; its drawing reads no table, as the next test says."""
    try:
        FIGURES[name](corpus, TITLE)
    except NotReadError:
        return False
    return True


def without(corpus: Corpus, table: str) -> Corpus:
    """The corpus without a table, be it one of the engine's or a further one of the report."""
    if table in TABLES:
        return dataclasses.replace(corpus, **{table: Missing()})
    return dataclasses.replace(corpus, further=corpus.further | {table: Missing()})


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_names_the_tables_without_which_it_cannot_be_made_and_no_others(corpus, name):
    tables = read_schema()
    made_by = FIGURES[name](corpus, TITLE).made_by
    named = {table for table in tables if all(file in made_by for file in tables[table].files)}
    needed = {table for table in tables if not can_be_made(name, without(corpus, table))}
    assert named == needed


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_read_all_it_needs_before_it_is_drawn(corpus, name):
    figure = FIGURES[name](corpus, TITLE)
    with record_reads() as reads, house_style.house_style():
        figure.draw(house_style.WIDE)
    assert reads == []


def test_a_figure_names_the_function_that_made_it_and_the_outlines(corpus):
    made_by = FIGURES["map"](corpus, TITLE).made_by
    assert made_by.startswith("figures.symbol_map.places_of_theme from ")
    assert "outlines.geojson" in made_by


HOLDS = Finding("Three claims are drawn", lambda data: len(data) == 3, "Claims")


def figure_of(title: str | Finding, rows: int = 3) -> Figure:
    data = pd.DataFrame({"day": range(rows), "claims": [["DE-01"]] * rows})
    return Figure("a-figure", title, "Of days", "A figure", data, draw=lambda width: None)


def test_a_finding_that_the_data_bear_out_is_the_title():
    figure = figure_of(HOLDS)
    assert figure.heading == "Three claims are drawn"
    assert figure.failed_finding == ""


def test_a_finding_that_the_data_do_not_bear_out_gives_way_to_the_neutral_title():
    figure = figure_of(HOLDS, rows=2)
    assert figure.heading == "Claims"
    assert figure.failed_finding == "Three claims are drawn"


@pytest.mark.parametrize(
    "holds",
    [
        lambda data: data["no such column"].any(),
        lambda data: data["day"].iloc[99] == 1,
        lambda data: data["day"] + "text" == "",
        lambda data: int(data["claims"].iloc[0][0]) > 1,
        lambda data: 1 / (len(data) - 3) > 0,
    ],
)
def test_a_finding_that_cannot_be_told_from_the_data_gives_way(holds):
    assert figure_of(Finding("A finding", holds, "Claims")).heading == "Claims"


def test_a_plain_title_is_taken_as_it_is():
    assert figure_of("A plain title").heading == "A plain title"
    assert figure_of("A plain title").failed_finding == ""


def test_the_page_is_told_of_a_finding_that_failed(corpus):
    fails = Finding("No claim is drawn", lambda data: data.empty, "Claims by theme")
    payload = FIGURES["coverage"](corpus, fails).page_output()
    assert payload["title"] == "Claims by theme"
    assert payload["failed_finding"] == "No claim is drawn"
    holds = Finding("Some claims are drawn", lambda data: not data.empty, "Claims by theme")
    payload = FIGURES["coverage"](corpus, holds).page_output()
    assert (payload["title"], payload["failed_finding"]) == ("Some claims are drawn", "")
