"""Colours and markers that are proposed for the themes of a new report.

Each pair of colours stays apart for readers with each of the three kinds of colour blindness, and
each colour has a contrast of at least 4.5 to 1 with the paper: a test computes both. The marker is
the second sign by which themes are told apart.
"""

from typing import NamedTuple


class Look(NamedTuple):
    """How a theme looks.

    Attributes:
        light: Its colour on light pages, as `#rrggbb`.
        dark: Its colour on dark pages, as `#rrggbb`.
        marker: Its marker in figures, as a code of matplotlib's.
        glyph: The same marker as a character.
    """

    light: str
    dark: str
    marker: str
    glyph: str


LOOKS = (
    Look("#254a7e", "#5b9bf7", "o", "●"),
    Look("#9f3ab5", "#f1bbfe", "s", "■"),
    Look("#564900", "#b19800", "^", "▲"),
    Look("#b05100", "#fba371", "D", "◆"),
    Look("#287b3a", "#a3edac", "v", "▼"),
    Look("#852b46", "#fa6991", "P", "✚"),
)
BACKGROUND = Look("#5d6873", "#a3aeb9", "X", "✖")
