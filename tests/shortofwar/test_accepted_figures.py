"""Figures look as they did when someone last looked at them and accepted them.

They are drawn from the corpus, in the type that comes with matplotlib. Where a change of the corpus
moves marks, look at the new picture.
"""

import io
from pathlib import Path

import pytest
from claimbook.figures import style
from claimbook.figures.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from pictures import looks_as_accepted
from PIL import Image
from report_figures import FIGURES

ACCEPTED = Path(__file__).with_name("accepted_figures")
DPI = 60
PICTURES = [
    ("half-year", style.WIDE),
    ("half-year", style.NARROW),
    ("words-and-substitutes", style.WIDE),
    ("map-signals", style.WIDE),
    ("map-signals", style.NARROW),
    ("claim-and-counter-claim", style.WIDE),
    ("observed-and-denied", style.WIDE),
    ("origins-flow", style.WIDE),
    ("coverage", style.WIDE),
    ("explanations", style.WIDE),
    ("explanations", style.NARROW),
    ("indicators", style.WIDE),
    ("ladder-forces-entry", style.WIDE),
]


def picture(figure: Figure, width: float) -> Image.Image:
    with style.house_style():
        file = io.BytesIO()
        FigureCanvasAgg(figure.draw(width)).figure.savefig(file, dpi=DPI, facecolor="white")
    return Image.open(file).convert("L")


@pytest.mark.parametrize(("name", "width"), PICTURES)
def test_a_figure_looks_as_it_was_accepted(
    corpus, name: str, width: float, request: pytest.FixtureRequest
) -> None:
    file = ACCEPTED / f"{name}-{'wide' if width == style.WIDE else 'narrow'}.png"
    drawn = picture(FIGURES[name](corpus, "A finding"), width)
    looks_as_accepted(drawn, file, DPI, request.config.getoption("accept"))
