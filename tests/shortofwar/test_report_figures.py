"""The figures that only this report has tell the truth of its corpus."""

import dataclasses
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures.figure import Figure
from shortofwar.figures import pressure_steps
from support.report_figures import OWN_FIGURES, without_insight_news

TITLE = "A finding"
PRESSURE, WITHOUT = "pressure-steps", "pressure-without-insight-news"


@pytest.fixture(scope="module", params=OWN_FIGURES)
def figure(request, corpus) -> Figure:
    made = OWN_FIGURES[request.param](corpus, TITLE)
    assert made.name == request.param
    return made


def rows_of_claims(figure: Figure) -> dict:
    """The row of a figure's data behind which each claim stands."""
    return {claim: row for row in figure.data.itertuples() for claim in row.claims}


def words(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)


def test_both_forms_are_well_formed_drawings_with_live_text(figure):
    for svg in (figure.wide, figure.narrow):
        root = ElementTree.fromstring(svg)
        texts = [
            text
            for node in root.iter("{http://www.w3.org/2000/svg}text")
            for text in node.itertext()
        ]
        assert len(texts) > 5


def test_marks_lead_to_claims_that_exist(figure, corpus):
    linked = set(re.findall(r'href="claim:([^"]+)"', figure.wide))
    assert linked
    assert linked <= set(figure.claims) <= set(corpus.claims.index)


def test_alternate_text_and_data_change_with_the_claims(figure, corpus):
    half = figure.claims[: len(figure.claims) // 2]
    fewer = dataclasses.replace(corpus, claims=corpus.claims.drop(index=half))
    changed = OWN_FIGURES[figure.name](fewer, TITLE)
    assert len(figure.alt) > 80
    assert changed.alt != figure.alt
    assert not changed.data.equals(figure.data)


def test_the_table_gives_days_without_hours(figure):
    cells = figure.table().to_numpy().ravel()
    assert not [cell for cell in cells if re.search(r"\d\d:\d\d:\d\d", cell)]


def test_the_same_figure_is_drawn_each_time(figure, corpus):
    assert OWN_FIGURES[figure.name](corpus, TITLE).wide == figure.wide


@pytest.mark.parametrize("name", OWN_FIGURES)
def test_a_figure_of_hardly_any_claims_can_still_be_drawn(corpus, name):
    few = corpus.claims.loc[["NW-12", "NW-14", "PR-04", "RW-28"]]
    figure = OWN_FIGURES[name](dataclasses.replace(corpus, claims=few), TITLE)
    for svg in (figure.wide, figure.narrow):
        ElementTree.fromstring(svg)


def test_pressure_counts_the_steps_of_december(corpus):
    figure = pressure_steps.pressure(corpus, TITLE)
    december = [row for row in figure.data.itertuples() if "December 2022" in str(row.happened)]
    assert f"{len(december)} fall in December 2022" in figure.alt
    assert {"IN-02", "RW-08"} <= set(
        next(row.claims for row in december if row.title.startswith("Shoigu comes"))
    )


def test_pressure_names_who_moved_and_who_reports_it(corpus):
    figure = pressure_steps.pressure(corpus, TITLE)
    expected = {"Moscow", "Moscow, Minsk", "IN RW", "Told: treaties"}
    assert expected <= set(words(figure.wide))
    assert "Told: dependence" not in words(figure.wide)
    of_theme = corpus.claims[corpus.claims["theme"] == "pressure"]
    assert set(of_theme.index) - set(figure.claims) == {
        "RW-05"
    }  # of 2020: before the figure begins


def test_pressure_says_of_what_kind_the_claims_behind_each_step_are(corpus):
    figure = pressure_steps.pressure(corpus, TITLE)
    for row in figure.data.itertuples():
        assert set(row.reported_as) == set(corpus.claims.loc[row.claims, "kind"])


def test_a_part_of_the_corpus_can_be_drawn_with_what_it_lacks_in_grey(corpus):
    part = without_insight_news(corpus)
    without, with_ghosts = (
        pressure_steps.pressure(part, TITLE),
        pressure_steps.pressure(part, TITLE, of=corpus),
    )
    assert "(IN) RW" in words(with_ghosts.wide)
    assert "Putin and Lukashenko speak" in with_ghosts.wide
    assert "Putin and Lukashenko speak" not in without.wide
    links = [
        re.findall(r"claim:([A-Z][A-Z0-9]{1,9}-\d+)", each.wide) for each in (with_ghosts, without)
    ]
    assert links[0] == links[1]  # a ghost leads nowhere
    assert with_ghosts.data.equals(without.data)


def test_sources_of_any_code_stand_in_brackets_where_a_part_lacks_them(corpus):
    """Codes are carried as they are, and not found again in the words of a row."""
    renamed = dataclasses.replace(
        corpus, sources=corpus.sources.assign(code=corpus.sources["code"].replace("IN", "I-N 2"))
    )
    figure = pressure_steps.pressure(without_insight_news(renamed), TITLE, of=renamed)
    assert "(I-N 2) RW" in words(figure.wide)
    assert "I-N 2 Insight News" in figure.subtitle


def test_every_colour_of_a_figure_is_a_colour_of_the_house(figure):
    plain = figure.plain
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", plain))
    assert colours <= {value.light for value in house_style.colours().values()}


def test_a_step_of_one_day_that_a_reader_adds_stands_in_its_group(corpus):
    """As the chapter on reruns has its reader do it."""
    claims, events = corpus.claims.copy(), corpus.events.copy()
    events.loc["my-meeting"] = events.loc["talks-blagoveshchensk"]
    events.loc["my-meeting", ["title", "label"]] = "A meeting that I made up"
    events.loc["my-meeting", ["start", "end", "earliest", "latest"]] = pd.Timestamp("2022-10-01")
    claims.loc["NW-99"] = claims.loc["NW-12"]
    claims.loc["NW-99", "event_id"] = "my-meeting"
    changed: Corpus = dataclasses.replace(corpus, claims=claims, events=events)
    figure = pressure_steps.pressure(changed, TITLE)
    row = rows_of_claims(figure)["NW-99"]
    assert (row.kind, str(row.happened)) == ("meeting", "1 October 2022")
    assert "meeting 6" in figure.alt
