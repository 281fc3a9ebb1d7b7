"""The axis of days that all dated figures share, and lanes of marks along it.

The report's settings give its first and last day. They may stretch the days at its end, where most
of what a report's sources tell of may lie; the stretched part is shaded, so that readers see it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.figures.canvas import axes_width, root_figure, small_print
from claimbook.settings import Settings, settings

LANES = 0.976  # of the width, for lanes
MIN_MONTHS, MANY_MONTHS = 3, 6  # first days of months on an axis that labels months, or some
SHORTEST, DAY_LABELS = 35, 8  # days of an axis that labels weeks; labels on a shorter one
# Inches: the last month has no label where the first week is nearer than this, and only every
# second week has one where weeks are nearer to each other than that.
MIN_MONTH_GAP, MIN_WEEK_GAP = 0.5, 0.33


@dataclass(frozen=True)
class DayAxis:
    """The scale of the axis of days, whose last part may be stretched.

    Attributes:
        first: The first day.
        stretched: The first day of the stretched part; the last day of the axis if no part is
            stretched.
        last: The last day.
        share: The share of the axis before the stretched part; 1 if no part is stretched.
    """

    first: pd.Timestamp
    stretched: pd.Timestamp
    last: pd.Timestamp
    share: float

    @property
    def is_stretched(self) -> bool:
        """Whether a part of the axis is stretched."""
        return bool(self.stretched < self.last)

    @property
    def days(self) -> np.ndarray:
        """The breakpoints of the piecewise linear scale, as matplotlib's day numbers.

        They are the first and the last day and, between them, the first stretched day if there is
        one; shape (2,) or (3,).
        """
        if not self.is_stretched:
            return day_numbers([self.first, self.last])
        return day_numbers([self.first, self.stretched, self.last])

    def count_stretched(self, days: "pd.Series[pd.Timestamp]") -> int:
        """Count the days that lie in the stretched part."""
        return int((days >= self.stretched).sum()) if self.is_stretched else 0

    @property
    def shares(self) -> np.ndarray:
        """The positions of `days` on the axis, from 0 to 1."""
        return np.array([0, self.share, 1] if self.is_stretched else [0, 1])

    @property
    def months(self) -> list[pd.Timestamp]:
        """The first days of every second month before the stretched part.

        Those of every month on an axis of a few without such a part, and none on a short one.
        """
        if self._is_short:
            return []
        months = pd.date_range(self.first, self.stretched, freq="MS")
        return list(months[:: 2 if self.is_stretched or len(months) > MANY_MONTHS else 1])

    @property
    def weeks(self) -> list[pd.Timestamp]:
        """The Mondays of the stretched part, or of a short axis.

        On an axis of a few weeks they are other days, about as many as there is room for.
        """
        if self._is_short and (length := (self.last - self.first).days) < SHORTEST:
            step = max(1, math.ceil(length / DAY_LABELS))
            return list(pd.date_range(self.first, self.last, freq=f"{step}D"))
        if not self.is_stretched and not self._is_short:
            return []
        first = self.stretched if self.is_stretched else self.first
        return list(pd.date_range(first, self.last, freq="W-MON"))

    @property
    def _is_short(self) -> bool:
        """Whether the axis has no stretched part, and too few months for labels of these."""
        months = pd.date_range(self.first, self.last, freq="MS")
        return not self.is_stretched and len(months) < MIN_MONTHS

    @property
    def note(self) -> str:
        """The sentence of a subtitle on the stretched part; empty if there is none."""
        if not self.is_stretched:
            return ""
        day = f"{self.stretched.day} {self.stretched.month_name()}"
        return f"The scale is stretched from {day} on, where the ground is shaded."


def axis() -> DayAxis:
    """Return the axis of days that the settings of the current report describe."""
    return _axis(settings())


@lru_cache(maxsize=8)
def _axis(report: Settings) -> DayAxis:
    """Create the axis of days from the settings of a report."""
    period = report.period
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    if period.stretched_from is None:
        return DayAxis(first, last, last, 1.0)
    stretched = pd.Timestamp(period.stretched_from)
    return DayAxis(first, stretched, last, 1 - period.stretched_share)


def day_numbers(days: Iterable[pd.Timestamp]) -> np.ndarray:
    """Convert days to matplotlib's day numbers."""
    return np.asarray(date2num(days))  # type: ignore[no-untyped-call]  # matplotlib has no type


def day_number(day: pd.Timestamp) -> float:
    """Convert a day to matplotlib's day number."""
    return float(day_numbers([day])[0])


def axis_share(day: pd.Timestamp) -> float:
    """Compute the position of a day on the axis, from 0 (first day) to 1 (last day).

    A day outside the axis has the position of the nearer end.
    """
    return float(np.interp(day_number(day), axis().days, axis().shares))


def axis_day(share: float) -> float:
    """Compute the day at a position from 0 to 1, as matplotlib's day number."""
    return float(np.interp(share, axis().shares, axis().days))


def draw_day_axis(axes: Axes, narrow: bool, late: bool = False) -> None:
    """Draw the scale, shading, ticks and grid of the axis of days on empty axes.

    Args:
        axes: The axes, whose x-axis is changed.
        narrow: True for a phone, with fewer labels of months.
        late: True to omit the days before the stretched part. It has no effect if no part is
            stretched.
    """
    scale = axis()
    late = late and scale.is_stretched
    days, shares = scale.days, scale.shares
    axes.set_xscale(
        "function",
        functions=(
            lambda day: np.interp(day, days, shares),
            lambda share: np.interp(share, shares, days),
        ),
    )
    axes.set_xlim(scale.stretched if late else scale.first, scale.last)
    if scale.is_stretched and not late:
        axes.axvspan(
            scale.stretched, scale.last, color=house_style.colour("band"), linewidth=0, zorder=0
        )
    months = [] if late else _labelled_months(scale, narrow, axes_width(axes))
    weeks = scale.weeks if late else _labelled_weeks(scale, axes_width(axes))
    labels = [month.month_name()[:3] for month in months] + _week_labels(weeks)
    axes.set_xticks(day_numbers([*months, *weeks]), labels)
    _keep_labels_on_canvas(axes)
    axes.minorticks_off()
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=3, color=house_style.colour("rule"))
    for day in (*months, *weeks):
        axes.axvline(day, color=house_style.colour("rule"), linewidth=0.4, zorder=0.5)


def _keep_labels_on_canvas(axes: Axes) -> None:
    """Align the tick labels at the ends so that they stay within the canvas."""
    canvas = root_figure(axes)
    for label in axes.get_xticklabels():
        half = house_style.SMALL_LETTER * len(label.get_text()) / 2 * canvas.dpi
        x = axes.transData.transform((label.get_position()[0], 0))[0]
        if x < half:
            label.set_horizontalalignment("left")
        elif x > canvas.bbox.width - half:
            label.set_horizontalalignment("right")


def _labelled_months(scale: DayAxis, narrow: bool, inches: float) -> list[pd.Timestamp]:
    """Choose the months that have a tick and a label.

    They are those of `DayAxis.months`, which are every second month. The last of them is omitted if
    it is too near to the first Monday of the stretched part.

    Args:
        scale: The axis of days.
        narrow: True for a phone, where only every second of these months is chosen.
        inches: The width of the axis.

    Returns:
        The first days of the months.
    """
    months = scale.months[:: 2 if narrow else 1]
    if months and scale.weeks:
        gap = axis_share(scale.weeks[0]) - axis_share(months[-1])
        if gap * inches < MIN_MONTH_GAP:
            months.pop()
    return months


def _labelled_weeks(scale: DayAxis, inches: float) -> list[pd.Timestamp]:
    """Choose the Mondays or other single days that have a tick and a label.

    Returns:
        All of `DayAxis.weeks`; every second one if they are too near to each other.
    """
    weeks = scale.weeks
    if len(weeks) > 1:
        gap = axis_share(weeks[1]) - axis_share(weeks[0])
        if gap * inches < MIN_WEEK_GAP:
            return weeks[::2]
    return weeks


def _week_labels(weeks: list[pd.Timestamp]) -> list[str]:
    """Write the label of each single day: its day of the month.

    A day in another month than the one before also has the name of the month.
    """
    labels = []
    month = None
    for monday in weeks:
        name = "" if monday.month == month else f" {monday.month_name()[:3]}"
        labels.append(f"{monday.day}{name}")
        month = monday.month
    return labels


def new_lane_axes(width: float, body: float, top: float, bottom: float) -> tuple[Drawing, Axes]:
    """Create a drawing with axes for lanes of marks along the axis of days.

    Args:
        width: The width of the drawing in inches.
        body: The height of all lanes in inches.
        top: The inches to keep free above the lanes.
        bottom: The inches to keep free below the lanes.

    Returns:
        The drawing and its axes. The x-axis has days; the y-axis has inches from the top down.
    """
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes(((1 - LANES) / 2, bottom / height, LANES, body / height))
    axes.set_ylim(body, 0)
    draw_day_axis(axes, narrow=width < house_style.WIDE)
    return drawing, axes


def draw_lane_heading(axes: Axes, y: float, title: str, colour: str) -> None:
    """Write the heading of a lane, under a rule unless it is the first lane.

    Args:
        axes: The axes of the lanes.
        y: The inches from the top of the axes to the lane.
        title: The heading.
        colour: The name of the heading's colour in the house style.
    """
    if y:
        axes.axhline(y, color=house_style.colour("rule"), linewidth=0.6)
    axes.annotate(
        title,
        (0, y + 0.12),
        xycoords=("axes fraction", "data"),
        xytext=(2, 0),
        textcoords="offset points",
        va="center",
        fontweight="bold",
        color=house_style.colour(colour),
        bbox={"facecolor": house_style.colour("paper"), "edgecolor": "none", "pad": 0.8},
    )


def draw_landmark(
    axes: Axes,
    day: pd.Timestamp,
    title: str,
    colour: str,
    align: Literal["left", "center", "right"],
    up: float = 4,
) -> None:
    """Draw a dashed vertical line at a day, with a title above the axes.

    Args:
        axes: The axes of the lanes.
        day: The day.
        title: The title.
        colour: The name of the line's colour in the house style.
        align: The side of the title that is at the line.
        up: The points from the axes up to the title.
    """
    axes.axvline(
        day, color=house_style.colour(colour), linewidth=0.8, linestyle=(0, (3, 3)), zorder=0.6
    )
    at = (day_number(day), 0)
    axes.annotate(title, at, (0, up), textcoords="offset points", ha=align, **small_print())
