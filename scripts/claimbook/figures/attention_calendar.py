"""The attention of a series to a subject on a slide: a square for each day, in rows of months."""

from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import inch_canvas, large_print, small_print

WRITES, SILENT, MISSING = "writes of it", "silent", "no text"  # values of `state`
NAMES, COUNTS = 1.0, 2.0  # inches beside the squares: names of months, and the counts
DAYS = 0.17  # inches above the rows for the days of the month
LONGEST = 31  # days of a month
GAP = 0.12  # of a square that stays free on each side
LEAST = 0.5  # opacity of the day with the smallest share
NUMBERED = (1, 5, 10, 15, 20, 25, 30)  # days of the month


def draw_calendar(
    days: pd.DataFrame, marks: Collection[str], subject: str, width: float, height: float
) -> Drawing:
    """Draw a square for each day of the series, with the counts of months.

    Args:
        days: The days with `share`, `state` and `claims`.
        marks: The months, as `2022-03`, that the title speaks of. They are set off in colour, and
            neighbours among them are counted together; without any, all months have the colour.
        subject: The name of the subject.
        width: The width in inches.
        height: The height in inches.
    """
    key = _key(subject)
    top = legend.legend_height(key, width) + DAYS
    by_month = dict(list(days.groupby(days.index.to_period("M"))))
    row = (height - top - 0.04) / max(len(by_month), 1)
    drawing, axes = inch_canvas(width, height)
    side = (width - NAMES - COUNTS) / LONGEST
    for number in NUMBERED:
        x = NAMES + side * (number - 0.5)
        axes.text(x, top - 0.03, str(number), ha="center", va="bottom", **small_print())
    axes.text(width - COUNTS + 0.1, top - 0.03, f"name {subject}", va="bottom", **small_print())
    lines: list[tuple[bool, list[pd.DataFrame]]] = []  # of neighbours that are counted together
    for index, (month, of_month) in enumerate(by_month.items()):
        is_marked = not marks or str(month) in marks
        y = top + row * index
        look = large_print("ink") if is_marked and marks else small_print()
        axes.text(NAMES - 0.08, y + row / 2, f"{month:%B}", ha="right", va="center", **look)
        for day, of_day in of_month.iterrows():
            corner = (NAMES + side * (day.day - 1), y)
            _draw_day(axes, corner, (side, row), of_day, days["share"].max(), is_marked)
        if lines and marks and is_marked and lines[-1][0]:
            lines[-1][1].append(of_month)
        else:
            lines.append((bool(marks) and is_marked, [of_month]))
    y = top
    for is_marked, months in lines:
        _write_count(axes, pd.concat(months), (y, row * len(months)), is_marked)
        y += row * len(months)
    legend.draw_legend(drawing, key)
    return drawing


def _draw_day(
    axes: Axes,
    corner: tuple[float, float],
    size: tuple[float, float],
    day: pd.Series,
    highest: float,
    is_marked: bool,
) -> None:
    """Draw the square of a day: filled the stronger the larger its share, or empty."""
    (x, y), (wide, high) = corner, size
    free_x, free_y = wide * GAP, high * GAP
    if day["state"] == MISSING:
        tone = house_style.colour("negative")
        axes.scatter([x + wide / 2], [y + high / 2], s=14, marker="x", color=tone, linewidths=1.1)
        return
    square = Rectangle((x + free_x, y + free_y), wide - 2 * free_x, high - 2 * free_y)
    if day["state"] == WRITES:
        tone = house_style.colour("accent" if is_marked else "muted")
        square.set(
            facecolor=tone, alpha=LEAST + (1 - LEAST) * (day["share"] / highest) ** 0.5, linewidth=0
        )
        if day["claims"]:
            square.set_url(f"claim:{day['claims'][0]}")
    else:
        square.set(facecolor="none", edgecolor=house_style.colour("rule"), linewidth=0.5)
    axes.add_patch(square)


def _write_count(axes: Axes, days: pd.DataFrame, at: tuple[float, float], is_marked: bool) -> None:
    """Write on how many days the subject is named, beside rows at a height in inches."""
    y, high = at
    x = axes.get_xlim()[1] - COUNTS + 0.1
    number = int((days["state"] == WRITES).sum())
    words = f"{number} of {(days['state'] != MISSING).sum()}"
    if is_marked:
        tone = house_style.colour("accent")
        edges = [y + 0.03, y + high - 0.03]
        axes.plot([x - 0.04, x, x, x - 0.04], [edges[0], *edges, edges[1]], color=tone)
        share = number / max((days["state"] != MISSING).sum(), 1)
        words = f"{words} days" + (f", {share:.0%}" if number else "")
    look = large_print("accent") if is_marked else small_print()
    axes.text(x + 0.08, y + high / 2, words, va="center", **look)


def _key(subject: str) -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    return {
        f"a day whose text names {subject} (darker: in more words)": legend.bar_sample("accent"),
        "does not": legend.bar_sample("paper", edge="rule"),
        "no text": legend.dot_sample("x", colour="negative", size=5),
    }
