"""Strips on a slide: every claim is one dot, and stacks of dots stand on the axis like bars."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import large_print, small_print
from claimbook.figures.strip_layout import Dot, Lane, Span
from claimbook.figures.strips import draw_months

LABELS, EDGE, RIGHT = 2.9, 0.06, 0.06  # inches: words beside the axis, and the edges
MONTHS, HEADING, TOP = 0.2, 0.19, 0.16  # inches: months, headings of lanes, names of days above
PITCHES = tuple(size / 1000 for size in range(110, 29, -2))  # inches from one dot to the next
LINE = 0.15  # inches of a line of words
PAD = 0.04  # inches above and below what a lane holds
FADED = 0.45  # opacity of the dots of a lane that the title does not speak of
BETWEEN = 0.09  # inches between two counts of one line


@dataclass(frozen=True)
class _Stacks:
    """The dots of a lane in stacks.

    Attributes:
        lane: The lane.
        columns: The dots of each stack from below, by the number of its column.
    """

    lane: Lane
    columns: dict[int, list[Dot]]

    @property
    def highest(self) -> int:
        """The number of dots of the highest stack."""
        return max(map(len, self.columns.values()), default=1)


def draw_dot_lanes(
    lanes: Sequence[Lane],
    span: Span,
    key: dict[str, legend.Sample],
    size: tuple[float, float],
    days: Sequence[tuple[pd.Timestamp, str]] = (),
) -> Drawing:
    """Draw lanes of stacked dots by day, with their counts beside them.

    Args:
        lanes: The lanes from top to bottom, whose dots all lie on the axis.
        span: The axis.
        key: The samples of the legend by their words.
        size: The width and height in inches.
        days: Days to mark by a dashed line, from left to right, with their names.
    """
    lanes = lanes or [Lane("Nothing to show")]
    width, height = size
    across = width - LABELS - RIGHT
    top = legend.legend_height(key, width) + (TOP if days else 0)
    headed = [
        bool(lane.heading) and lane.heading != before
        for lane, before in zip(lanes, ["", *(lane.heading for lane in lanes)], strict=False)
    ]
    body = height - top - MONTHS
    words = [_words_height(lane) for lane in lanes]
    pitch, stacks = _fit(lanes, span, across, words, body - HEADING * sum(headed))
    needs = [
        max(stack.highest * pitch, least) + 2 * PAD
        for stack, least in zip(stacks, words, strict=True)
    ]
    spare = max(body - sum(needs) - HEADING * sum(headed), 0) / len(lanes)
    total = top + sum(needs) + HEADING * sum(headed) + spare * len(lanes) + MONTHS
    drawing = Drawing(figsize=(width, total))
    inner = total - top - MONTHS
    axes = drawing.add_axes((LABELS / width, MONTHS / total, across / width, inner / total))
    axes.set(xlim=(0, across), ylim=(inner, 0))
    draw_months(axes, span, across, drop=3)
    _draw_days(axes, span, across, days)
    y = 0.0
    for stack, need, has_heading in zip(stacks, needs, headed, strict=True):
        if has_heading:
            look = large_print("ink", 0)
            axes.text(EDGE - LABELS, y + HEADING / 2, stack.lane.heading, va="center", **look)
            y += HEADING
        _draw_lane(axes, stack, (y, need + spare), pitch)
        y += need + spare
    legend.draw_legend(drawing, key)
    return drawing


def _words_height(lane: Lane) -> float:
    """Return the inches that the label and the counts of a lane take."""
    return LINE * (len(_label_lines(lane)) + len(list(_count_lines(lane))))


def _label_lines(lane: Lane) -> list[str]:
    """Break the label of a lane into lines."""
    return textwrap.wrap(lane.label, int((LABELS - 2 * EDGE) / house_style.LETTER))


def _count_lines(lane: Lane) -> Iterator[list[tuple[str, str]]]:
    """Yield the lines of the counts of a lane, each count with its colour."""
    line: list[tuple[str, str]] = []
    for words, colour in lane.counts:
        taken = sum(_long(text) for text, _ in line)
        if line and taken + _long(words) > LABELS - 2 * EDGE:
            yield line
            line = []
        line.append((words, colour))
    if line:
        yield line


def _long(words: str) -> float:
    """Return the inches that a count takes with the gap behind it."""
    return house_style.BOLD_LETTER * len(words) + BETWEEN


def _fit(
    lanes: Sequence[Lane], span: Span, across: float, words: list[float], room: float
) -> tuple[float, list[_Stacks]]:
    """Choose the largest dots whose stacks fit a height in inches.

    Returns:
        The inches from one dot to the next, and the stacks of each lane.
    """
    for pitch in PITCHES:
        stacks = [_stacks(lane, span, across, pitch) for lane in lanes]
        needed = sum(
            max(stack.highest * pitch, least) + 2 * PAD
            for stack, least in zip(stacks, words, strict=True)
        )
        if needed <= max(room, sum(words) + 2 * PAD * len(lanes)):
            break
    return pitch, stacks


def _stacks(lane: Lane, span: Span, across: float, pitch: float) -> _Stacks:
    """Sort the dots of a lane into columns, those of one colour upon each other."""
    columns: dict[int, list[Dot]] = {}
    for dot in lane.dots:
        columns.setdefault(int(span.share(dot.day) * across / pitch), []).append(dot)
    order = list(dict.fromkeys(dot.colour for dot in lane.dots))
    for dots in columns.values():
        dots.sort(key=lambda dot: (order.index(dot.colour), dot.day))
    return _Stacks(lane, columns)


def _draw_lane(axes: Axes, stacks: _Stacks, at: tuple[float, float], pitch: float) -> None:
    """Draw a lane at a height of the axes, with a rule below it."""
    top, tall = at
    lane = stacks.lane
    tone = house_style.colour("muted" if lane.is_faded else "ink")
    weight = "normal" if lane.is_faded else "bold"
    y = top + (tall - _words_height(lane)) / 2 + LINE / 2
    for text in _label_lines(lane):
        axes.text(EDGE - LABELS, y, text, va="center", color=tone)
        y += LINE
    for line in _count_lines(lane):
        x = EDGE - LABELS
        for words, colour in line:
            tone = house_style.colour(colour)
            axes.text(x, y, words, va="center", weight=weight, color=tone)
            x += _long(words)
        y += LINE
    axes.axhline(top + tall, color=house_style.colour("rule"), linewidth=0.6)
    base = top + tall - PAD - max((tall - 2 * PAD - stacks.highest * pitch) / 2, 0)
    for column, dots in stacks.columns.items():
        for level, dot in enumerate(dots):
            at_dot = (pitch * (column + 0.5), base - pitch * (level + 0.5))
            _draw_dot(axes, dot, at_dot, pitch, lane.is_faded)


def _draw_dot(axes: Axes, dot: Dot, at: tuple[float, float], pitch: float, is_faded: bool) -> None:
    """Draw a dot, with a link to its claim."""
    colour = house_style.colour(dot.colour)
    drawn = axes.scatter(
        [at[0]],
        [at[1]],
        s=(72 * pitch * (0.9 if dot.filled else 0.75)) ** 2,
        facecolors=colour if dot.filled else house_style.colour("paper"),
        edgecolors="none" if dot.filled else colour,
        linewidths=0 if dot.filled else 1.1,
        alpha=FADED if is_faded else 1,
        zorder=3,
        clip_on=False,
    )
    if dot.claim:
        drawn.set_urls([f"claim:{dot.claim}"])


def _draw_days(
    axes: Axes, span: Span, across: float, days: Sequence[tuple[pd.Timestamp, str]]
) -> None:
    """Draw a dashed line at each marked day, with its name above the lanes."""
    for day, name in days:
        x = span.share(day) * across
        axes.axvline(x, color=house_style.colour("ink"), linewidth=1, linestyle=(0, (3, 2)))
        half = house_style.SMALL_LETTER * len(name) / 2
        middle = min(max(x, half), across - half)
        axes.annotate(
            name, (middle, 0), (0, 2), textcoords="offset points", ha="center", **small_print("ink")
        )
