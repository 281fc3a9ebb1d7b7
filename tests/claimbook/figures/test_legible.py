"""No figure lets its words run over one another or off the canvas, however many claims stand behind it."""

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from claimbook.figures import style
from claimbook.figures.figure import Figure

from grown import grown
from test_figures import FIGURES

SLACK = 1.0  # pixels by which boxes of text may touch
TALLEST = 17  # inches: two screens of a laptop
SIZES = (10, 1000, 10_000)


SLIDE = 0.0  # in place of a width: the picture for a slide


def words(figure: Figure, width: float) -> tuple[tuple[float, float], list[tuple[str, object]]]:
    """The canvas in pixels, and each text on it with its box."""
    with style.house_style():
        drawing = figure.framed() if width == SLIDE else figure.draw(width)
        renderer = FigureCanvasAgg(drawing).get_renderer()
        drawing.draw(renderer)  # ticks get their texts only now
        shown = [
            text for text in drawing.findobj(Text) if text.get_visible() and text.get_text().strip()
        ]
        off = {
            tick.label2
            for axes in drawing.axes
            for axis in (axes.xaxis, axes.yaxis)
            for tick in axis.get_major_ticks()
        }
        boxes = [
            (text.get_text(), text.get_window_extent(renderer)) for text in shown if text not in off
        ]
        return (drawing.bbox.width, drawing.bbox.height), [
            (text, box) for text, box in boxes if box.width > 1
        ]


def faults(figure: Figure, width: float) -> list[str]:
    (across, tall), boxes = words(figure, width)
    found = [
        f"off the canvas: {text!r}"
        for text, box in boxes
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > across + SLACK or box.y1 > tall + SLACK
    ]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > SLACK and min(a.y1, b.y1) - max(a.y0, b.y0) > SLACK:
            found.append(f"{one!r} over {other!r}")
    return found


@pytest.mark.parametrize("width", [style.WIDE, style.NARROW, SLIDE])
@pytest.mark.parametrize("name", FIGURES)
def test_no_words_run_over_others_or_off_the_canvas(corpus, name, width):
    assert faults(FIGURES[name][0](corpus, "A finding"), width) == []


@pytest.fixture(scope="module", params=SIZES)
def sized(request, corpus):
    return request.param, grown(corpus, request.param)


@pytest.mark.parametrize(
    "name", [name for name in FIGURES if not name.startswith("agreement")]
)  # drawn from the passes
def test_few_and_many_claims_stay_legible_and_what_is_left_out_is_said(sized, name):
    claims, corpus = sized
    figure = FIGURES[name][0](corpus, "A finding")
    for width in (style.WIDE, style.NARROW):
        assert faults(figure, width) == []
        (across, tall), _ = words(figure, width)
        assert tall / across * width < TALLEST
    if claims > 1000 and name not in WHOLE:
        assert any(said in figure.subtitle for said in ("left out", "stand together"))


WHOLE = {"map-signals"}  # what it shows has a fixed number of places
