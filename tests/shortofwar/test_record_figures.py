"""The figures that are drawn from reports and record together."""

import re

import pytest
from claimbook import house_style
from claimbook.figures.figure import Figure
from record_figures import CHANGES, FIGURES
from shortofwar.record_findings import FINDINGS_OF_RECORD
from support.figure_layout import SLIDE, layout_faults


@pytest.fixture(scope="module", params=FIGURES)
def figure(request, whole_corpus) -> Figure:
    made = FIGURES[request.param](whole_corpus, FINDINGS_OF_RECORD[request.param])
    assert made.name == request.param
    return made


def test_the_title_is_borne_out_and_false_where_one_part_of_it_is(figure):
    title = FINDINGS_OF_RECORD[figure.name]
    assert title.holds(figure.data)
    for part, change in CHANGES[figure.name].items():
        assert not title.is_borne_out(change(figure.data)), part
    assert not title.is_borne_out(figure.data.iloc[:0])


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW, SLIDE])
def test_no_words_run_over_others_or_off_the_canvas(figure, width):
    assert layout_faults(figure, width) == []


def test_marks_lead_to_claims_that_exist(figure, whole_corpus):
    linked = set(re.findall(r'href="claim:([^"]+)"', figure.wide))
    assert linked
    assert linked <= set(figure.claims) <= set(whole_corpus.claims.index)


def test_every_number_of_days_in_the_words_on_attention_is_counted(whole_corpus):
    figure = FIGURES["year"](whole_corpus, "A finding")
    sources, passages = whole_corpus.sources, whole_corpus.passages
    of_series = sources[sources["series"] == "isw-assessment"]
    in_scope = set(passages.index.get_level_values("source_id"))
    writes = of_series[of_series.index.isin(in_scope)]
    assert f"{len(writes)} texts have such paragraphs" in figure.alt
    assert f"{len(of_series) - len(writes)} have none" in figure.alt
    assert f"December {(writes['published'].dt.month == 12).sum()}." in figure.alt
    rows = figure.data.set_index("day")
    assert set(rows.index[rows["state"] == "no text"].strftime("%m-%d")) == {
        "10-09", "11-24", "12-25",
    }  # fmt: skip
    silent = rows[rows["state"] == "silent"]
    assert set(silent["share"]) == {0}
    assert set(silent["words"]) == {0}
    assert rows.at["2022-12-11", "share"] > 80
