"""No figure of the report lets its words run over one another or off the canvas."""

import pytest
from claimbook import house_style
from support.figure_layout import SLIDE, layout_faults, layout_of
from support.grown import grown
from support.report_figures import FIGURES, OWN_FIGURES

TALLEST = 17  # inches: two screens of a laptop
SIZES = (10, 1000, pytest.param(10_000, marks=pytest.mark.long))
GROWN = [name for name in OWN_FIGURES if name != "pressure-without-insight-news"]  # of one source


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW, SLIDE])
@pytest.mark.parametrize("name", FIGURES)
def test_no_words_run_over_others_or_off_the_canvas(corpus, name, width):
    assert layout_faults(FIGURES[name](corpus, "A finding"), width) == []


@pytest.fixture(scope="module", params=SIZES)
def sized(request, corpus):
    return request.param, grown(corpus, request.param)


@pytest.mark.parametrize("name", GROWN)
def test_few_and_many_claims_stay_legible_and_what_is_left_out_is_said(sized, name):
    claims, corpus = sized
    figure = OWN_FIGURES[name](corpus, "A finding")
    for width in (house_style.WIDE, house_style.NARROW):
        layout = layout_of(figure, width)
        assert layout.faults == []
        assert layout.inches_high < TALLEST
    if claims > 1000:
        assert any(words in figure.subtitle for words in ("left out", "stand together"))
