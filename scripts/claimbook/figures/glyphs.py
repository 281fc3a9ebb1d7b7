"""Glyphs: marks and bars on an axis of days, with a fixed look in figures and legends."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from claimbook import house_style
from claimbook.figures import legend
from claimbook.settings import settings

SURE, UNSURE = 0.55, 0.22  # opacity of bars of known and of uncertain days
ARROW = 42  # points squared: the head at the end of a bar with no end given
MAX_NUMBER = 9  # claims: a mark that stands for more grows no further

GLYPHS = {  # marker (the theme's where None), filled, size in points
    "happened": (None, True, 6.5),
    "feared": (None, False, 6.5),
    "denied": ("x", False, 6),
    "claim": ("o", True, 6.5),
    "claim, no day": ("o", False, 6.5),
    "against": ("X", True, 7),
    "against, no day": ("X", False, 7),
    "said": ("|", False, 8),
    "published": ("o", False, 4.5),
}
STROKES = {"denied": 1.8}  # points, where a line is not of the usual width


@dataclass(frozen=True)
class Mark:
    """A mark on a row of a timeline.

    Attributes:
        day: Its day.
        glyph: The key of its look in `GLYPHS`.
        theme: Its theme, which gives its colour.
        claim: The id of the claim to which it links; empty for none.
        number: The number of claims that it represents, which gives its size.
        tone: The name of a colour to use instead of the theme's; empty for none.
    """

    day: pd.Timestamp
    glyph: str
    theme: str
    claim: str = ""
    number: int = 1
    tone: str = ""


@dataclass(frozen=True)
class Stretch:
    """A bar on a row of a timeline, over a span of days.

    Attributes:
        start: Its first day.
        end: Its last day.
        theme: Its theme, which gives its colour.
        certain: True if the sources give its days.
        ongoing: True if the sources give no end to it.
        claim: The id of the claim to which it links; empty for none.
        tone: The name of a colour to use instead of the theme's; empty for none.
    """

    start: pd.Timestamp
    end: pd.Timestamp
    theme: str
    certain: bool
    ongoing: bool = False
    claim: str = ""
    tone: str = ""


def draw_stretch(axes: Axes, stretch: Stretch, y: float) -> None:
    """Draw a bar over a span of days, with an arrowhead if it is ongoing.

    The bar is pale if its days are not certain, and links to its claim.
    """
    colour = house_style.colour(stretch.tone or stretch.theme)
    (bar,) = axes.plot(
        [stretch.start, stretch.end],
        [y, y],
        color=colour,
        linewidth=5 if stretch.certain else 7,
        alpha=SURE if stretch.certain else UNSURE,
        solid_capstyle="butt",
        zorder=2,
    )
    if stretch.claim:
        bar.set_url(f"claim:{stretch.claim}")
    if stretch.ongoing:
        axes.scatter(
            [stretch.end],
            [y],
            s=ARROW,
            marker=">",
            color=colour,
            linewidths=0,
            zorder=2.5,
            clip_on=False,
        )


def draw_mark(axes: Axes, mark: Mark, x: float, y: float, **options: Any) -> None:
    """Draw a mark at a point of axes, with a link to its claim.

    Args:
        axes: The axes.
        mark: The mark, whose day is not used.
        x: The position of the mark across.
        y: Its height, in the data of the axes.
        **options: Further options of matplotlib's `scatter`.
    """
    marker, filled, size = GLYPHS[mark.glyph]
    colour = house_style.colour(mark.tone or mark.theme)
    is_stroke = marker in ("x", "|")
    dots = axes.scatter(
        [x],
        [y],
        s=size**2 * min(mark.number, MAX_NUMBER) ** 0.5,
        marker=marker or settings().theme[mark.theme].marker,
        facecolors=colour if filled or is_stroke else house_style.colour("paper"),
        edgecolors=None if is_stroke else colour,
        linewidths=STROKES.get(mark.glyph, 1.3),
        zorder=3.5 if mark.glyph == "happened" else 3,
        clip_on=False,
        **options,
    )
    if mark.claim:
        dots.set_urls([f"claim:{mark.claim}"])


def legend_sample(glyph: str, theme: str) -> legend.Sample:
    """Return a legend's sample of a glyph, a kind of bar or the colour of a theme.

    Args:
        glyph: A key of `GLYPHS` for a mark; `certain`, `ongoing` or `uncertain` for a bar; or the
            id of a theme for its colour.
        theme: The theme whose marker the sample has if the glyph has no marker of its own.
    """
    if glyph == "ongoing":
        return legend.arrow_sample(SURE)
    if glyph in settings().theme:
        return legend.bar_sample(glyph)
    if glyph in ("certain", "uncertain"):
        return legend.bar_sample(alpha=SURE if glyph == "certain" else UNSURE)
    marker, filled, size = GLYPHS[glyph]
    return legend.dot_sample(marker or settings().theme[theme].marker, filled, size=size)
