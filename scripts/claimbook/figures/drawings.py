"""What is done to any drawing: its apostrophes, its links, its file."""

import io

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import Collection
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from claimbook import house_style
from claimbook.language.words import curly_apostrophes


def with_curly_apostrophes(drawing: Drawing) -> Drawing:
    """Make the apostrophes of all texts of a drawing typographic, and return it."""
    for text in drawing.findobj(Text):
        text.set_text(curly_apostrophes(text.get_text()))
    return drawing


def svg_file(drawing: Drawing) -> str:
    """Write a drawing as an SVG file on paper."""
    svg = io.StringIO()
    FigureCanvasSVG(drawing)
    dated = {"Date": None, "Creator": None}  # the same picture has the same bytes
    drawing.savefig(svg, format="svg", facecolor=house_style.colour("paper"), metadata=dated)
    return svg.getvalue()


def remove_links(drawing: Drawing) -> None:
    """Remove the links of all marks of a drawing."""
    for artist in drawing.findobj():
        artist.set_url(None)
        if isinstance(artist, Collection):
            artist.set_urls([None])
