"""No figure lets its words run over one another or off the canvas, however many claims it has."""

import pytest
from claimbook import house_style
from support.engine_figures import FIGURES, TITLE
from support.figure_layout import SLIDE, layout_faults, layout_of
from support.grown import grown

TALLEST = 17  # inches: two screens of a laptop
SIZES = (5, 1000, pytest.param(10_000, marks=pytest.mark.long))
FIXED = {"map", "agreement-one-two", "attention"}  # what they show does not grow with the claims


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW, SLIDE])
@pytest.mark.parametrize("name", FIGURES)
def test_no_words_run_over_others_or_off_the_canvas(corpus, name, width):
    assert layout_faults(FIGURES[name](corpus, TITLE), width) == []


@pytest.fixture(scope="module", params=SIZES)
def sized(request, corpus):
    return request.param, grown(corpus, request.param)


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "agreement-one-two"])
def test_few_and_many_claims_stay_legible_and_what_is_left_out_is_said(sized, name):
    claims, corpus = sized
    figure = FIGURES[name](corpus, TITLE)
    for width in (house_style.WIDE, house_style.NARROW):
        layout = layout_of(figure, width)
        assert layout.faults == []
        assert layout.inches_high < TALLEST
    if claims > 1000 and name not in FIXED:
        assert any(words in figure.subtitle for words in ("left out", "stand together"))
