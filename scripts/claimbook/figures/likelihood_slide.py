"""Degrees of likelihood on a slide: marks on a scale of per cent, with the half drawn across."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.canvas import large_print, small_print
from claimbook.figures.day_axis import day_number
from claimbook.figures.degree_marks import draw_degree, draw_undated
from claimbook.language.words import count_noun
from claimbook.settings import settings

LEFT, GAP, RIGHT = 0.5, 0.2, 0.06  # inches: the scale, between two panels, and the edge
HEADING, FOOT = 0.4, 0.24  # inches above and below the panels
EVEN = 50  # per cent
TICKS = {0: "0 %", 25: "25 %", EVEN: "even", 75: "75 %", 100: "100 %"}


def draw_chances(
    panels: Sequence[tuple[str, pd.DataFrame]],
    key: dict[str, legend.Sample],
    marks: Sequence[str],
    width: float,
    height: float,
) -> Drawing:
    """Draw a panel for each event, beside each other.

    Args:
        panels: The heading of each event, and its marks with `day`, `first`, `last`, `low`, `high`,
            `own`, `short` and `claims`.
        key: The samples of the legend by their words.
        marks: The day, as `2022-03-05`, after which the title speaks of all degrees; or none.
        width: The width in inches.
        height: The height in inches.
    """
    drawing = Drawing(figsize=(width, height))
    top = legend.legend_height(key, width) + HEADING
    across = (width - LEFT - RIGHT - GAP * (len(panels) - 1)) / max(len(panels), 1)
    every = pd.concat([rows["day"] for _, rows in panels]).dropna()
    for index, (heading, rows) in enumerate(panels):
        left = LEFT + (across + GAP) * index
        box = (left / width, FOOT / height, across / width, (height - top - FOOT) / height)
        axes = drawing.add_axes(box)
        _draw_scale(axes, every, with_labels=index == 0)
        axes.annotate(
            heading,
            (0, 1),
            (0, 0.22 * 72),
            xycoords="axes fraction",
            textcoords="offset points",
            va="bottom",
            **large_print("ink", 0),
        )
        for day, name in as_of_mark(every):
            _draw_day(axes, day, name, 100)
        for row in rows.itertuples():
            _draw_mark(axes, row, rows["day"])
        for day in marks:
            _tell(axes, rows, pd.Timestamp(day))
    legend.draw_legend(drawing, key)
    return drawing


def _draw_scale(axes: Axes, days: pd.Series, with_labels: bool) -> None:
    """Draw the axis of days, and the scale of per cent with its half."""
    pad = pd.Timedelta(6, "D")
    axes.set(xlim=(days.min() - pad, days.max() + pad), ylim=(0, 100))
    axes.set_yticks(list(TICKS), list(TICKS.values()) if with_labels else [""] * len(TICKS))
    axes.xaxis.set_major_locator(MonthLocator(interval=2))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%b"))  # type: ignore[no-untyped-call]
    axes.tick_params(length=3, color=house_style.colour("rule"))
    for level in TICKS:
        axes.axhline(level, color=house_style.colour("rule"), linewidth=0.5, zorder=0.5)
    axes.axhline(EVEN, color=house_style.colour("accent"), linewidth=1.6, zorder=0.9)


def _draw_day(axes: Axes, day: pd.Timestamp, name: str, level: float) -> None:
    """Draw a dashed line at a day, with its name above the panel."""
    axes.axvline(day, color=house_style.colour("ink"), linewidth=0.9, linestyle=(0, (3, 2)))
    at = (day_number(day), level)
    axes.annotate(name, at, (0, 3), textcoords="offset points", ha="right", **small_print("ink"))


def _draw_mark(axes: Axes, mark: Any, days: pd.Series) -> None:
    """Draw a degree: its middle as a mark on its range; without a day, a line.

    Args:
        axes: The axes.
        mark: The degree.
        days: The days of all degrees.
    """
    tone = house_style.colour(settings().roles.forecast if mark.own else "ink")
    middle = (mark.low + mark.high) / 2
    if pd.isna(mark.day):
        draw_undated(axes, mark, middle, days)
        return
    axes.plot([mark.day] * 2, [mark.low, mark.high], color=tone, linewidth=1, alpha=0.35, zorder=1)
    draw_degree(axes, mark, middle, 26)


def _tell(axes: Axes, rows: pd.DataFrame, day: pd.Timestamp) -> None:
    """Shade the upper half after a day, and write there what the degrees after it are."""
    later = rows[rows["last"] > day]
    own = settings().roles.institution_short
    above = int((later["high"] >= EVEN).sum())
    start, end = day_number(day), axes.get_xlim()[1]
    axes.axvspan(start, end, 0.5, 1, color=house_style.colour("band"), linewidth=0, zorder=0)
    said = f"after {day.day} {day:%B}: {count_noun(len(later), 'degree')},"
    reach = "reaches" if above == 1 else "reach"
    found = f"{above or 'none'} {reach} an even chance;\n{int(later['own'].sum())} of them {own}’s"
    at = (start + (end - start) * 0.04, 96)
    axes.text(*at, f"{said}\n{found}", va="top", linespacing=1.25, **large_print("accent", 0))
