"""What each report made of what it passed on, on a slide: a bar of squares, one for each claim."""

import textwrap
from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.analysis import relays
from claimbook.figures.canvas import inch_canvas, large_print, small_print
from claimbook.figures.legend import Sample, bar_sample, draw_legend, legend_height

VERDICTS = {  # the words of the legend and of the counts, colour, whether filled
    relays.WHOLE: ("kept whole", "positive", True),
    relays.WITHOUT_SOURCE: ("whole, but without its source", "positive", False),
    relays.CHANGED: ("changed", "negative", True),
}
NAMES, EDGE = 1.9, 0.08  # inches: the names of reports, and the edge
LARGEST, FREE = 0.2, 0.12  # inches of a square, and the share of it that stays free
COUNT = 0.19  # inches above a bar for the counts of its parts
LONG = 1.9  # inches of a part that has room for its words
FADED = 0.4  # opacity of the bars that the title does not speak of


def draw_verdicts(
    reports: list[tuple[str, str]],
    claims: pd.DataFrame,
    marks: Collection[str],
    width: float,
    height: float,
) -> Drawing:
    """Draw a bar of claims for each report, in parts by what became of them.

    Args:
        reports: The name and the code of each report, from top to bottom.
        claims: Their claims with `code`, `outcome` and `claims`.
        marks: The codes of the reports that the title speaks of; the others are set back.
        width: The width in inches.
        height: The height in inches.
    """
    drawing, axes = inch_canvas(width, height)
    key: dict[str, Sample] = {
        words: bar_sample(colour if filled else "paper", edge=colour)
        for outcome, (words, colour, filled) in VERDICTS.items()
        if outcome in set(claims["outcome"])
    }
    draw_legend(drawing, key)
    top = legend_height(key, width) + 0.04
    row = (height - top) / max(len(reports), 1)
    longest = int(claims["code"].value_counts().max()) if len(claims) else 1
    side = min(LARGEST, (width - NAMES - EDGE) / longest, row - COUNT - EDGE)
    for index, (name, code) in enumerate(reports):
        y = top + row * index
        axes.axhline(y, color=house_style.colour("rule"), linewidth=0.6)
        is_faded = bool(marks) and code not in marks
        of_report = claims[claims["code"] == code]
        look = small_print() if is_faded else large_print("ink", 0)
        letters = int(NAMES / house_style.BOLD_LETTER)
        lines = [*textwrap.wrap(name, letters), f"{len(of_report)} claims"]
        axes.text(EDGE, y + row / 2, "\n".join(lines), va="center", linespacing=1.2, **look)
        _draw_bar(axes, of_report, y + (row - side - COUNT) / 2, side, is_faded)
    return drawing


def _draw_bar(axes: Axes, claims: pd.DataFrame, top: float, side: float, is_faded: bool) -> None:
    """Draw the squares of a report below the counts of each part."""
    x = NAMES
    for outcome, (verdict, colour, filled) in VERDICTS.items():
        part = claims[claims["outcome"] == outcome]
        if part.empty:
            continue
        tone = house_style.colour(colour)
        words = str(len(part))
        if len(part) * side > LONG:
            words = f"{words} of {len(claims)} {verdict} ({len(part) / len(claims):.0%})"
        look = small_print(colour) if is_faded else large_print(colour)
        axes.text(x, top + COUNT - 0.03, words, va="bottom", **look)
        for ids in part["claims"]:
            free = side * FREE / 2
            square = Rectangle(
                (x + free, top + COUNT + free),
                side - 2 * free,
                side - 2 * free,
                facecolor=tone if filled else house_style.colour("paper"),
                edgecolor=tone,
                linewidth=0.8,
                alpha=FADED if is_faded else 1,
            )
            square.set_url(f"claim:{ids[0]}")
            axes.add_patch(square)
            x += side
        x += side / 2
