"""What Belarus gave and kept on a slide: for each thing, how many claims are whose."""

from collections.abc import Mapping

import pandas as pd
from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import inch_canvas, large_print, small_print
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.figures.things_given import KEPT

LABELS, SHARE = 2.15, 0.6  # inches beside the bars: names of things, and the share of one speaker
HEADING, BAR = 0.24, 0.66  # inches of a heading, and the share of a row that its bar takes
LEAST = 0.16  # inches that a part must have to bear its number


def draw_shares(
    data: pd.DataFrame, tones: Mapping[str, str], own: str, width: float, height: float
) -> Drawing:
    """Draw a bar for each thing, in parts by who says so.

    Args:
        data: The data of the figure.
        tones: The colour of each speaker, from left to right.
        own: The speaker whose share is written beside each bar.
        width: The width in inches.
        height: The height in inches.
    """
    key = {
        f"said by {name}": legend.bar_sample(tone, 1 if name == own else 0.55)
        for name, tone in tones.items()
    }
    top = legend.legend_height(key, width) + 0.02
    numbers = data.groupby(["part", "row", "said_by"], sort=False)["number"].sum()
    table = numbers.unstack(fill_value=0).reindex(columns=list(tones), fill_value=0)
    parts = list(dict.fromkeys(table.index.get_level_values("part")))
    row = (height - top - HEADING * len(parts)) / max(len(table), 1)
    scale = (width - LABELS - SHARE) / max(int(table.sum(axis="columns").max()), 1)
    drawing, axes = inch_canvas(width, height)
    y = top
    for part in sorted(parts, key=lambda name: name == KEPT):
        sums = table.loc[part].sum()
        axes.text(0.06, y + HEADING / 2, part, va="center", **large_print("ink", 0))
        words = f"{own} say so in {sums[own]} of {sums.sum()} claims"
        axes.text(LABELS, y + HEADING / 2, words, va="center", **large_print(tones[own], 0))
        y += HEADING
        for name, of_row in table.loc[part].iterrows():
            axes.axhline(y, color=house_style.colour("rule"), linewidth=0.5)
            middle = y + row / 2
            axes.text(0.06, middle, str(name), va="center", fontsize=house_style.TEXT)
            end = _draw_bar(axes, of_row, tones, own, (middle, row * BAR, scale))
            share = of_row[own] / of_row.sum()
            axes.text(end + 0.08, middle, f"{share:.0%}", va="center", **large_print(tones[own], 0))
            y += row
    legend.draw_legend(drawing, key)
    return drawing


def _draw_bar(
    axes: Axes,
    numbers: pd.Series,
    tones: Mapping[str, str],
    own: str,
    at: tuple[float, float, float],
) -> float:
    """Draw the bar of a thing in parts with their numbers, and return where it ends.

    Args:
        axes: The axes.
        numbers: The number of claims by speaker.
        tones: The colour of each speaker.
        own: The speaker that is set off.
        at: The middle of the bar, its height, and the inches of a claim.
    """
    middle, high, scale = at
    x = LABELS
    for name, tone in tones.items():
        long = float(numbers[name]) * scale
        colour = house_style.colour(tone)
        axes.barh(middle, long, high, x, color=colour, alpha=1 if name == own else 0.55)
        if long >= LEAST:
            ink = "paper" if name == own else "ink"
            words = {**small_print(ink), "fontweight": "bold"}
            axes.text(x + long / 2, middle, f"{numbers[name]}", ha="center", va="center", **words)
        x += long
    return x
