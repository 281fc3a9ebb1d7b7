"""What the engine's figures show of this corpus."""

import re

import pytest
from claimbook import house_style
from claimbook.analysis import metrics
from claimbook.figures.figure import Figure
from claimbook.settings import settings
from support.report_figures import FIGURES

TITLE = "A finding"


def figure_of(corpus, name: str) -> Figure:
    figure = FIGURES[name](corpus, TITLE)
    assert figure.name == name
    return figure


def words_of(figure: Figure) -> list[str]:
    return re.findall(r">([^<>]+)</text>", figure.wide)


def test_explanations_show_what_tells_between_them_and_leave_the_others_in_the_table(whole_corpus):
    figure = figure_of(whole_corpus, "explanations")
    known = whole_corpus.propositions[whole_corpus.propositions["later"] != "yes"]
    assert set(figure.data["proposition"]) == set(known["statement"])
    assert set(figure.claims) == set(known["claims"].explode())
    tells = figure.data.set_index("proposition")["tells"]
    drawn = " ".join(words_of(figure))
    shown = [row.statement for row in known.itertuples() if row.label in drawn]
    assert len(shown) > 10
    assert tells[shown].min() >= tells.drop(shown).max()
    assert figure.subtitle.startswith("Why Belarus stayed out: what was seen or said")


def test_the_flow_and_the_prose_count_the_same_claims(corpus):
    figure, counts = figure_of(corpus, "origins-flow"), metrics.corpus_counts(corpus)
    numbers = figure.data.groupby("origin")["number"].sum()
    through = figure.data["through_institution"].astype(bool)
    assert counts["own_voice"].text == str(numbers["The outlet itself"])
    assert counts["institution"].text == str(numbers["Institute for the Study of War"])
    assert counts["argued"].text == str(numbers.sum())
    assert counts["institution_chain"].text == str(figure.data.loc[through, "number"].sum())
    assert "from the Institute for the Study of War (ISW)" in figure.wide


def test_coverage_counts_every_claim_once(corpus):
    figure = figure_of(corpus, "coverage")
    assert figure.data["number"].sum() == len(corpus.claims)
    newsweek = figure.data[figure.data["code"] == "NW"]
    assert "information-operation" not in set(newsweek["theme"])
    assert "information operations in NW" in figure.alt


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_in_the_colours_of_themes_keep_their_contrast(mode):
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    colours = house_style.colours()
    for theme in settings().theme:
        for ground in ("paper", "band", "home"):
            pair = [luminance(getattr(colours[name], mode)) for name in (theme, ground)]
            assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5, (theme, ground)
