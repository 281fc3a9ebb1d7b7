"""A slide sets off what its title names, spells out abbreviations, and counts claim by claim."""

import dataclasses
import re

import pandas as pd
import pytest
from claimbook.figures import abbreviations, attention_days, hypotheses_matrix, verdict_bars
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.finding import Finding
from claimbook.figures.strip_layout import Dot, Lane, Span
from claimbook.figures.strip_slide import draw_dot_lanes
from claimbook.settings import settings
from matplotlib.collections import PathCollection


def words(figure) -> list[str]:
    """The words of a figure's slide, line by line."""
    svg, _ = figure.slide()
    return re.findall(r">([^<>]+)</text>", svg)


def finding(*marks: str, holds: bool = True, shared: str = "") -> Finding:
    return Finding("A finding", lambda _: holds, "A subject", marks, shared)


def test_names_of_actors_are_spelled_out_in_the_order_in_which_a_slide_uses_them():
    actors = pd.DataFrame(
        {
            "name": ["Harbour Office (HO)", "IOS (Institute of Seas)", "NATO", "Coast Board"],
            "short": ["HO", "IOS", "NATO", "board"],
        }
    )
    names = abbreviations.long_names(actors)
    assert names == {"HO": "Harbour Office", "IOS": "Institute of Seas"}
    told = abbreviations.spelled_out("IOS’s notes, and HO, NATO", names).replace("\xa0", " ")
    assert told == "IOS: Institute of Seas; HO: Harbour Office."
    assert abbreviations.spelled_out("WHO of the Harbour Office (HO)", names) == ""


def test_a_slide_spells_out_what_it_abbreviates_and_no_other_name(corpus):
    actors = corpus.actors.copy()
    actors.loc[["iss", "coast-wire"], "short"] = ["ISS", "CWX"]
    renamed = dataclasses.replace(corpus, actors=actors)
    figure = attention_days.attention_to_subject(renamed, "ISS and the straits")
    shown = " ".join(words(figure)).replace("\xa0", " ")
    assert f"ISS: {actors.at['iss', 'name'].removesuffix(' (ISS)')}" in shown
    assert "CWX" not in shown


def test_months_that_a_finding_names_are_counted_together_and_only_where_it_holds(corpus):
    days = attention_days.attention_to_subject(corpus, "A title").data
    months = days["day"].dt.strftime("%Y-%m").drop_duplicates().to_list()
    named = attention_days.attention_to_subject(corpus, finding(*months))
    writes = (days["state"] == "writes of it").sum()
    texts = (days["state"] != "no text").sum()
    assert any(line.startswith(f"{writes} of {texts} days") for line in words(named))
    failed = attention_days.attention_to_subject(corpus, finding(*months, holds=False))
    assert not any("days," in line for line in words(failed))


def test_a_brace_stands_over_the_explanations_that_a_finding_names(corpus):
    marked = finding("bluff", shared="they only talk")
    figure = hypotheses_matrix.evidence_by_explanation(corpus, marked)
    shown = words(figure)
    assert "they only talk" in shown
    assert {"1 against this one", "3 against the others"} <= set(shown)
    assert "they only talk" not in words(
        hypotheses_matrix.evidence_by_explanation(corpus, finding("bluff", holds=False))
    )


def test_strips_have_a_dot_for_each_claim_even_where_many_are_of_one_day():
    day = pd.Timestamp("2031-09-03")
    lanes = [
        Lane("Many", dots=[Dot(day, "ink", f"DE-{number:02}", number=9) for number in range(40)]),
        Lane("One", dots=[Dot(day, "accent", "DE-41")], counts=(("1 of 1", "accent"),)),
    ]
    span = Span(pd.Timestamp("2031-09-01"), pd.Timestamp("2031-12-31"))
    drawing = draw_dot_lanes(lanes, span, {}, (6.9, 3.0))
    dots = [marks for axes in drawing.axes for marks in axes.findobj(PathCollection)]
    assert sum(len(marks.get_offsets()) for marks in dots) == 41
    height = drawing.get_size_inches()[1]
    assert height == pytest.approx(3.0)


def test_verdicts_are_squares_and_say_their_share_where_there_is_room():
    outcomes = ["whole"] * 15 + ["without-source"] * 2 + ["changed"] * 3
    claims = pd.DataFrame(
        {"code": "DE", "outcome": outcomes, "claims": [[f"DE-{n:02}"] for n in range(20)]}
    )
    drawing = verdict_bars.draw_verdicts([("Daily Example", "DE")], claims, ["DE"], 6.9, 2.6)
    told = [text.get_text() for axes in drawing.axes for text in axes.texts]
    assert "15 of 20 kept whole (75%)" in told
    assert {"2", "3"} <= set(told)
    (axes, *_) = drawing.axes
    assert len([patch for patch in axes.patches if patch.get_url()]) == 20


def test_the_as_of_day_is_marked_only_where_something_later_is_drawn():
    as_of = settings().as_of
    later = as_of + pd.Timedelta(1, "D")
    ((day, name),) = as_of_mark([as_of, later])
    assert day == as_of
    assert str(as_of.day) in name
    assert as_of_mark([as_of]) == []
