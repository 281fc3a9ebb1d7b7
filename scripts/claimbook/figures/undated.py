"""Marks whose day is not known: a line over all days on which they may have been said."""

import itertools
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from claimbook import house_style
from claimbook.figures.canvas import small_print
from claimbook.figures.day_axis import day_number

UNDATED = "day not known"


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
