"""Marks of degrees of likelihood: a dot at its day, or a line where the day is not known."""

import itertools
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from claimbook import house_style
from claimbook.figures.canvas import small_print
from claimbook.figures.day_axis import day_number
from claimbook.settings import settings

UNDATED = "day not known"


def draw_degree(axes: Axes, mark: Any, y: float, size: float) -> None:
    """Draw a degree as a dot at its day, with a link to its claim.

    Args:
        axes: Axes whose x-axis has days.
        mark: The degree, with `day`, `own`, `passed_on` and `claims`.
        y: Its height in the axes.
        size: The area of the dot in square points.
    """
    tone = house_style.colour(settings().roles.forecast if mark.own else "ink")
    dot = axes.scatter(
        [mark.day],
        [y],
        s=size,
        marker="o" if mark.own else "D",
        facecolors=house_style.colour("paper") if mark.own and mark.passed_on else tone,
        edgecolors=tone,
        linewidths=1.1,
        zorder=3,
    )
    dot.set_urls([f"claim:{mark.claims[0]}"])


def draw_undated(axes: Axes, mark: Any, y: float, days: pd.Series) -> Annotation:
    """Draw a mark without a day as a dotted line that bears its speaker.

    Args:
        axes: Axes whose x-axis has days.
        mark: The mark, with `first`, `last`, `short` and `claims`.
        y: Its height in the axes.
        days: The days of the other marks, between which the words have their place.

    Returns:
        The words.
    """
    low, high = axes.get_xlim()
    ends = max(day_number(mark.first), low), min(day_number(mark.last), high)
    tone = house_style.colour("ink")
    (line,) = axes.plot(ends, [y, y], color=tone, linewidth=1.1, linestyle=(0, (1, 2)))
    line.set_url(f"claim:{mark.claims[0]}")
    known = sorted(
        {*ends, *(day_number(day) for day in days.dropna() if ends[0] < day_number(day))}
    )
    start, end = max(itertools.pairwise(known), key=lambda pair: pair[1] - pair[0])
    return axes.annotate(
        f"{mark.short}, undated",
        ((start + end) / 2, y),
        (0, 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        **small_print("ink"),
    )
