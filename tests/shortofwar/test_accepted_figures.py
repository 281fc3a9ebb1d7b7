"""Figures look as they did when someone last looked at them and accepted them.

They are drawn from the corpus, in the type that comes with matplotlib. Where a change of the corpus
moves marks, look at the new picture.
"""

import io
from pathlib import Path

import pytest
from claimbook import house_style
from claimbook.figures.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from support.pictures import looks_as_accepted
from support.report_figures import FIGURES

ACCEPTED = Path(__file__).with_name("accepted_figures")
DPI = 60
PICTURES = [
    ("half-year", house_style.WIDE),
    ("half-year", house_style.NARROW),
    ("origins-flow", house_style.WIDE),
    ("coverage", house_style.WIDE),
    ("explanations", house_style.WIDE),
    ("explanations", house_style.NARROW),
]


def picture(figure: Figure, width: float) -> Image.Image:
    with house_style.house_style():
        file = io.BytesIO()
        FigureCanvasAgg(figure.draw(width)).figure.savefig(file, dpi=DPI, facecolor="white")
    return Image.open(file).convert("L")


@pytest.mark.parametrize(("name", "width"), PICTURES)
def test_a_figure_looks_as_it_was_accepted(
    corpus, name: str, width: float, request: pytest.FixtureRequest
) -> None:
    file = ACCEPTED / f"{name}-{'wide' if width == house_style.WIDE else 'narrow'}.png"
    drawn = picture(FIGURES[name](corpus, "A finding"), width)
    looks_as_accepted(drawn, file, DPI, request.config.getoption("accept"))
