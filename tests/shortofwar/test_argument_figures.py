"""The figures of the argument: true to the corpus, legible on page, phone and slide."""

import re
from dataclasses import replace

import pytest
from claimbook import house_style
from claimbook.figures.figure import Figure
from claimbook.settings import settings
from shortofwar.argument_findings import FINDINGS_OF_ARGUMENT
from shortofwar.figures.told_and_came import AUDIENCES
from shortofwar.findings import FINDINGS
from shortofwar.record_findings import FINDINGS_OF_RECORD
from support.argument_figures import CHANGES, FIGURES
from support.figure_layout import SLIDE, layout_faults
from support.grown import grown


@pytest.fixture(scope="module", params=FIGURES)
def figure(request, whole_corpus) -> Figure:
    made = FIGURES[request.param](whole_corpus, FINDINGS_OF_ARGUMENT[request.param])
    assert made.name == request.param
    return made


def test_the_title_is_borne_out_and_false_where_one_part_of_it_is(figure):
    title = FINDINGS_OF_ARGUMENT[figure.name]
    assert title.holds(figure.data)
    for part, change in CHANGES[figure.name].items():
        assert not title.is_borne_out(change(figure.data)), part


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW, SLIDE])
def test_no_words_run_over_others_or_off_the_canvas(figure, width):
    assert layout_faults(figure, width) == []


def test_marks_lead_to_claims_of_the_figure_and_it_has_a_slide(figure, whole_corpus):
    linked = set(re.findall(r'href="claim:([^"]+)"', figure.wide))
    assert linked
    assert linked <= set(figure.claims) <= set(whole_corpus.claims.index)
    assert figure.slide() is not None


def test_to_whom_a_speaker_said_it_is_told_only_of_those_who_spoke_on_the_occasion(whole_corpus):
    figure = FIGURES["told-and-came"](whole_corpus, "A finding")
    to_whom = {claim: row.to_whom for row in figure.data.itertuples() for claim in row.claims}
    assert to_whom["BT220216B-04"] == "to journalists"
    assert to_whom["BT220214-01"] == "to a Ukrainian guest"
    assert to_whom["AP220506-04"] == "to the West, the UN"
    assert to_whom["CO221010-01"] == "to its own people"
    claims = whole_corpus.claims.copy()
    claims.at["BT220216B-04", "chain"] = ["belta", "lukashenko"]  # who was not at Makei's press day
    changed = FIGURES["told-and-came"](replace(whole_corpus, claims=claims), "A finding")
    (row,) = [row for row in changed.data.itertuples() if row.claims == ["BT220216B-04"]]
    assert row.to_whom == ""
    unnamed = sum(audience == "" for audience in to_whom.values())
    assert f"For {unnamed} of {len(to_whom)} claims no source tells to whom" in figure.subtitle
    lanes = re.findall(r">(… [^<]+)<", figure.narrow)
    assert len(lanes) == figure.data.loc[figure.data["side"] == "Minsk", "to_whom"].nunique() - 1
    assert set(AUDIENCES) <= set(whole_corpus.events.index)


@pytest.fixture(scope="module", params=[10, pytest.param(10_000, marks=pytest.mark.long)])
def sized(request, corpus):
    return grown(corpus, request.param)


@pytest.mark.parametrize("name", FIGURES)
def test_few_and_many_claims_stay_legible(sized, name):
    figure = FIGURES[name](sized, "A finding")
    for width in (house_style.WIDE, house_style.NARROW):
        assert layout_faults(figure, width) == []


def test_the_deck_is_of_figures_with_a_finding():
    assert set(settings().report.slides) <= {
        *FINDINGS,
        *FINDINGS_OF_ARGUMENT,
        *FINDINGS_OF_RECORD,
    }
