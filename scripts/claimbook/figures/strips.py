"""Strips: lanes of dots by day over the months of the texts, with the names of the weightiest."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.canvas import small_print
from claimbook.figures.strip_layout import (
    NOTE_LINE,
    PAD,
    SIDE,
    Dot,
    Lane,
    Placed,
    Span,
    place,
    size_of,
)
from claimbook.settings import settings

LABELS = 0.27  # of the width, for the labels of lanes on a page
LEFT, RIGHT = 0.06, 0.12  # inches at the edges
MONTHS = 0.24  # inches below the lanes for the months
HEADING = 0.24  # inches for the heading of lanes
TOP = 0.17  # inches above the lanes, for the names of days
MIN_MONTH = 0.28  # inches that a month must have for three letters


def span_of_texts(corpus: Corpus) -> Span:
    """Return the months of the texts and of the report's period."""
    published, period = corpus.sources["published"], settings().period
    first = min(published.min(), pd.Timestamp(period.start))
    last = max(published.max(), pd.Timestamp(period.end))
    return Span(first.replace(day=1), last + pd.offsets.MonthEnd(0))


def draw_strips(
    lanes: list[Lane],
    span: Span,
    key: dict[str, legend.Sample],
    width: float,
    days: Sequence[tuple[pd.Timestamp, str]] = (),
) -> Drawing:
    """Draw lanes of dots by day.

    Dots of one lane, day and look are drawn as one. Dots of near days stand above each other.

    Args:
        lanes: The lanes from top to bottom, whose dots all lie on the axis.
        span: The axis.
        key: The samples of the legend by their words.
        width: The width of the drawing in inches.
        days: Days to mark by a dashed line, with their names.
    """
    lanes = lanes or [Lane("Nothing to show")]
    beside = width >= house_style.WIDE
    left = width * LABELS if beside else LEFT
    across = width - left - RIGHT
    room = left - 2 * LEFT if beside else across
    placed = place(lanes, span, room, across, beside)
    headings = HEADING * sum(lane.headed for lane in placed)
    top = legend.legend_height(key, width) + (TOP if days else 0.04)
    body = sum(lane.height for lane in placed) + headings
    drawing = Drawing(figsize=(width, top + body + MONTHS))
    total = top + body + MONTHS
    axes = drawing.add_axes((left / width, MONTHS / total, across / width, body / total))
    axes.set_xlim(0, across)
    axes.set_ylim(body, 0)
    draw_months(axes, span, across)
    for day, name in days:
        _draw_day(axes, span.share(day) * across, name, across)
    y = 0.0
    for lane in placed:
        if lane.headed:
            axes.text(LEFT - left, y + HEADING / 2, lane.lane.heading, va="center", weight="bold")
            y += HEADING
        _draw_lane(axes, lane, span, (y, lane.height), left)
        y += lane.height
    legend.draw_legend(drawing, key)
    return drawing


def _draw_lane(
    axes: Axes, placed: Placed, span: Span, at: tuple[float, float], left: float
) -> None:
    """Draw a lane at a height of the axes, with a rule below it."""
    top, tall = at
    words_top = top + (tall - placed.words) / 2 if placed.beside else top + PAD
    x = LEFT - left if placed.beside else 0.0
    y = words_top + house_style.LINE / 2
    for line in placed.text:
        axes.text(x, y, line, va="center")
        y += house_style.LINE
    for line in placed.note:
        axes.text(x, y, line, va="center", **small_print())
        y += NOTE_LINE
    axes.axhline(top + tall, color=house_style.colour("rule"), linewidth=0.6)
    spare = (tall - 2 * PAD - placed.marks) / 2 if placed.beside else 0
    low = top + tall - PAD - spare
    across = axes.get_xlim()[1]
    for dot, level in zip(placed.lane.dots, placed.levels, strict=True):
        _draw_dot(axes, dot, span.share(dot.day) * across, low - SIDE * (level + 0.5))
    base = low - SIDE * placed.stack - 0.04
    for name in placed.names:
        height = base - NOTE_LINE * (name.row + 0.4)
        axes.text(name.start, height, name.text, va="center", **small_print("ink"))
        ends = [height + NOTE_LINE / 2, low - SIDE * (name.level + 0.5)]
        axes.plot([name.x] * 2, ends, color=house_style.colour("muted"), linewidth=0.5, zorder=2)


def _draw_dot(axes: Axes, dot: Dot, x: float, y: float) -> None:
    """Draw a dot, with a link to its claim."""
    colour = house_style.colour(dot.colour)
    drawn = axes.scatter(
        [x],
        [y],
        s=(72 * size_of(dot)) ** 2,
        facecolors=colour if dot.filled else house_style.colour("paper"),
        edgecolors=house_style.colour("paper") if dot.filled else colour,
        linewidths=0.6 if dot.filled else 1.2,
        zorder=3,
        clip_on=False,
    )
    if dot.claim:
        drawn.set_urls([f"claim:{dot.claim}"])


def draw_months(axes: Axes, span: Span, across: float, drop: float = 4) -> None:
    """Draw the months below the lanes: three letters, or one for want of room.

    Args:
        axes: The axes, of which nothing else is to show.
        span: The days of the axis.
        across: The inches that these take.
        drop: The points between the lanes and the names.
    """
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    letters = 3 if across / len(span.months) >= MIN_MONTH else 1
    for index, month in enumerate(span.months):
        end = month + pd.offsets.MonthEnd(0)
        start = (span.share(month) + span.share(end)) / 2 * across
        name = month.month_name()[:letters]
        axes.annotate(
            name,
            (start, 0),
            (0, -drop),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="top",
            **small_print(),
        )
        if index % 2 == 0:
            edges = [span.share(day) * across for day in (month, end)]
            axes.axvspan(*edges, color=house_style.colour("band"), linewidth=0, zorder=0)


def _draw_day(axes: Axes, x: float, name: str, across: float) -> None:
    """Draw a dashed line at a day, with its name above the lanes."""
    axes.axvline(x, color=house_style.colour("rule"), linewidth=1.2, linestyle=(0, (3, 2)))
    half = house_style.SMALL_LETTER * len(name) / 2
    middle = min(max(x, half), across - half)
    axes.annotate(
        name, (middle, 0), (0, 3), textcoords="offset points", ha="center", **small_print()
    )
