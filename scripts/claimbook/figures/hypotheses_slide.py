"""The matrix of propositions by explanations on a slide: bars of the sums above the rows."""

import itertools
import textwrap
from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import inch_canvas, large_print, small_print
from claimbook.figures.hypotheses_rows import LINE, draw_rows, samples
from claimbook.language.words import number_in_words

LABELS, CELL = 2.9, 0.68  # inches: the words of propositions at most, a column at least
LETTER = 0.054  # inches that a letter of them takes in one line, on average
BARS, NUMBER, BAR = 0.7, 0.17, 0.56  # inches: highest bar, number above; share of a column
HEAD = 0.145  # inches that a line of the names takes
BRACE = 0.2  # inches for the brace over marked columns, and its words
PAD = 0.04  # inches between the words of two propositions
HEADING = "Points against each explanation"


def draw_bars_and_rows(
    propositions: pd.DataFrame,
    readings: pd.DataFrame,
    sums: "pd.Series[int]",
    marked: tuple[tuple[str, ...], str],
    room: tuple[float, float],
) -> Drawing:
    """Draw a bar for each explanation, and below as many propositions as have room.

    Args:
        propositions: The propositions that tell most, the most telling first.
        readings: The readings of all, with a column for each explanation under its label.
        sums: The sum of what speaks against each explanation, by label.
        marked: The labels of the explanations that the title speaks of, and what they share.
        room: The width and height in inches.
    """
    width, height = room
    marks, shared = marked
    number = max(readings.shape[1], 1)
    beside = min(LABELS, width - CELL * number)
    cell = (width - beside) / number
    heads = [
        textwrap.wrap(name, int(cell / house_style.BOLD_SMALL_LETTER), break_long_words=False)
        for name in readings
    ]
    braced = BRACE if marks and shared else 0.0
    top = braced + NUMBER + BARS + HEAD * max(map(len, heads), default=1) + 0.06
    letters = int((beside - 0.12) / LETTER)
    labels = [textwrap.wrap(words, letters) for words in propositions["label"]]
    ends = list(itertools.accumulate(LINE * len(lines) + PAD for lines in labels))
    shown = max(sum(top + end <= height for end in ends), min(1, len(ends)))
    chosen = propositions.iloc[:shown].index
    pad = PAD + (height - top - ends[shown - 1]) / shown if shown else PAD
    drawing, axes = inch_canvas(width, height)
    columns = [beside + cell * (index + 0.5) for index in range(readings.shape[1])]
    axes.vlines(
        [x - cell / 2 for x in columns], top, height, color=house_style.colour("rule"), lw=0.3
    )
    base = braced + NUMBER + BARS
    highest = max(int(sums.max()), 1) if len(sums) else 1
    for x, name, lines in zip(columns, readings, heads, strict=True):
        is_marked = not marks or name in marks
        high = BARS * int(sums[name]) / highest
        tone = house_style.colour("accent" if is_marked else "muted")
        axes.bar(x, -high, cell * BAR, base, color=tone, alpha=1 if is_marked else 0.45)
        look = large_print("accent" if is_marked else "muted", 1.5)
        axes.text(x, base - high - 0.03, f"{sums[name]}", ha="center", va="bottom", **look)
        of_name = {**small_print("ink" if is_marked else "muted"), "fontweight": "bold"}
        axes.text(
            x, base + 0.04, "\n".join(lines), ha="center", va="top", linespacing=1.1, **of_name
        )
    for first, last in _runs(list(readings), marks) if braced else ():
        _draw_brace(axes, columns[first] - cell * 0.4, columns[last] + cell * 0.4, shared)
    axes.text(0.04, base - 0.38, HEADING, va="center", **large_print("ink", 0))
    if marks:
        words = "\n".join(_ranges(sums, marks))
        look = large_print("accent", 0)
        axes.text(0.04, base - 0.1, words, va="center", linespacing=1.25, **look)
    legend.draw_legend(drawing, samples(set(readings.loc[chosen].to_numpy().flat)))
    draw_rows(axes, propositions.loc[chosen], readings, columns, labels[:shown], (top, pad))
    return drawing


def _ranges(sums: "pd.Series[int]", marks: tuple[str, ...]) -> list[str]:
    """Write in two lines how many points the marked explanations have, and the others."""
    is_marked = sums.index.isin(marks)
    ends = [
        f"{part.min()} to {part.max()}" if part.min() < part.max() else f"{part.min()}"
        for part in (sums[is_marked], sums[~is_marked])
        if len(part)
    ]
    number = int(is_marked.sum())
    these = "this one" if number == 1 else f"these {number_in_words(number)}"
    names = (these, "the others")
    return [f"{end} against {name}" for end, name in zip(ends, names, strict=False)]


def _runs(names: list[str], marks: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last index of each run of neighbours among the marks."""
    numbered = enumerate(name in marks for name in names)
    for is_marked, run in itertools.groupby(numbered, key=lambda pair: pair[1]):
        indices = [index for index, _ in run]
        if is_marked:
            yield indices[0], indices[-1]


def _draw_brace(axes: Axes, start: float, end: float, words: str) -> None:
    """Draw a bracket at the top of the axes, with words above it, in inches."""
    tone = house_style.colour("ink")
    axes.plot([start, start, end, end], [BRACE + 0.04, BRACE, BRACE, BRACE + 0.04], color=tone)
    middle = (start + end) / 2
    axes.text(middle, BRACE - 0.04, words, ha="center", va="bottom", **large_print("ink", 0))
