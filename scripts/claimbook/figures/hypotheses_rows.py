"""The rows of a matrix of propositions by explanations, on pages and slides."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.analysis.competing_hypotheses import NOT, SOMEWHAT, VERY
from claimbook.figures import legend

LINE = 0.135  # inches of a line of the words of a proposition
LOOKS = {VERY: ("x", "negative", 6.2), SOMEWHAT: ("_", "negative", 6.2)}
TINTS = {VERY: 0.2, SOMEWHAT: 0.07}  # opacity of the shading of a cell


def draw_rows(
    axes: Axes,
    propositions: pd.DataFrame,
    readings: pd.DataFrame,
    columns: list[float],
    labels: list[list[str]],
    at: tuple[float, float],
) -> float:
    """Draw a row for each proposition; positions are in inches.

    Args:
        axes: The axes.
        propositions: The propositions.
        readings: Their readings.
        columns: The middles of the columns.
        labels: The lines of the words of each proposition.
        at: The top of the first row, and the space between the words of two.

    Returns:
        The lower end of the last row.
    """
    y, pad = at
    cell = columns[1] - columns[0] if len(columns) > 1 else 0.5
    for (name, proposition), lines in zip(propositions.iterrows(), labels, strict=True):
        row = LINE * len(lines) + pad
        axes.axhline(y, color=house_style.colour("rule"), linewidth=0.4)
        words = "\n".join(lines)
        axes.text(
            0.04, y + row / 2, words, va="center", fontsize=house_style.SMALL, linespacing=1.15
        )
        for x, reading in zip(columns, readings.loc[name], strict=True):
            _draw_cell(axes, (x, y + row / 2), (cell, row), reading, proposition["claims"][0])
        y += row
    return y


def samples(drawn: set[str]) -> dict[str, legend.Sample]:
    """Return the samples of the legend, by their words, of the readings drawn."""
    return {
        f"{reading} surprising": legend.dot_sample(marker, colour=colour, size=size)
        for reading, (marker, colour, size) in LOOKS.items()
        if reading in drawn
    }


def _draw_cell(
    axes: Axes, at: tuple[float, float], size: tuple[float, float], reading: str, claim: str
) -> None:
    """Draw the reading of a cell, with a link to a claim; nothing where it is `NOT`.

    The marks differ in shape, so that they can be read without colour.
    """
    if reading == NOT:
        return
    (x, y), (width, height) = at, size
    marker, colour, points = LOOKS[reading]
    shade = house_style.colour(colour)
    corner = (x - width / 2, y - height / 2)
    axes.add_patch(
        Rectangle(corner, width, height, color=shade, alpha=TINTS[reading], linewidth=0, zorder=0)
    )
    dots = axes.scatter([x], [y], s=points**2, marker=marker, color=shade, linewidths=1.8)
    dots.set_urls([f"claim:{claim}"])
