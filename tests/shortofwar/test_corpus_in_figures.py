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


def test_explanations_show_what_tells_between_them_and_leave_the_others_in_the_table(corpus):
    figure = figure_of(corpus, "explanations")
    readings = corpus.weighing[["reading", "first", "second"]]
    is_telling = (readings == "inconsistent").any(axis="columns")
    telling = set(readings.index[is_telling].get_level_values("claim_id"))
    texts = " ".join(re.findall(r">([^<>]+)</text>", figure.wide))
    assert set(re.findall(r"\(([A-Z][A-Z0-9]{1,9}-\d+)", texts)) == telling
    assert set(figure.claims) == set(readings.index.get_level_values("claim_id"))
    rows = figure.data.set_index(figure.data["claims"].str[0])
    for reader in ("first", "second"):
        differing = rows.index[rows[f"{reader}_reader"] != "the same"]
        assert set(differing) == {
            claim for (claim, _), row in readings.iterrows() if row["reading"] != row[reader]
        }
    words = "more use outside: silent; never asked: consistent"
    assert rows.at["RW-25", "first_reader"] == words
    assert figure.subtitle.startswith("Why Belarus stayed out: claims for and against")


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
