"""The map of the military signals on a slide: the map alone, with the counts written on it."""

import textwrap

import pandas as pd
from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import inch_canvas, large_print, small_print
from claimbook.figures.map_ground import country_labels
from claimbook.language.dates import format_day_and_month
from claimbook.language.words import join_words
from claimbook.settings import settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.figures import signal_marks as marks
from shortofwar.figures.signals_by_place import Signals

NAMED = 14  # places that have a name, those with most claims first
SEEN, LATER = "accent", "ink"  # colours of sightings, in the marked phases and after them
ASIDE = 1.72, 1.9  # inches left and right of the map, for the counts
PITCH = 0.075  # inches from one square to the next, in the block of claims
LINE = 0.19  # inches of a line of the counts
SHADE = 0.35  # opacity of the squares of claims with a place


def draw_map(signals: Signals, phases: tuple[str, ...], width: float, height: float) -> Drawing:
    """Draw the map of the year between the counts of early and later phases.

    Args:
        signals: What is drawn.
        phases: The phases, the first of the report's, in which the title sees most sightings; none
            for a title without a finding.
        width: The width in inches.
        height: The height in inches.
    """
    drawing, sides = inch_canvas(width, height)
    key = _key()
    top = legend.legend_height(key, width)
    left, right = ASIDE if phases else (0.0, 0.0)
    across, body = width - left - right, height - top
    axes = drawing.add_axes((left / width, 0, across / width, body / height))
    marks.draw_ground(axes, signals.ground, across / body, signals.rivers)
    places = marks.collect_places(signals.ground, signals.at_place)
    sizes = marks.mark_sizes(places, 0.8)
    boxes = marks.mark_boxes(axes, places, sizes)
    taken = marks.draw_distance(axes, signals.ground, signals.corpus, boxes)
    is_early = signals.sightings["phase"].isin(phases)
    marks.draw_sightings(axes, signals.sightings[is_early], 10, SEEN)
    marks.draw_sightings(axes, signals.sightings[~is_early], 10, LATER)
    countries = country_labels(signals.ground, places[["x", "y"]].to_numpy(), set())
    marks.draw_places(axes, places, sizes, NAMED, taken, kinds=False, beside=countries)
    if phases:
        end = max(pd.Timestamp(phase.end) for phase in settings().phases if phase.label in phases)
        _write_seen(sides, int(is_early.sum()), len(is_early), (phases, end), top)
        _write_told(sides, signals, phases, end, (left + across + 0.1, top))
    legend.draw_legend(drawing, key)
    return drawing


def _write_seen(
    axes: Axes, early: int, number: int, time: tuple[tuple[str, ...], pd.Timestamp], top: float
) -> None:
    """Write left of the map how many films and pictures are of some phases."""
    phases, end = time
    words = (
        f"films and pictures ({early / number:.0%}) are of the days up to "
        f"{format_day_and_month(end)}: {join_words(list(phases))}"
    )
    letters = int(ASIDE[0] / house_style.BOLD_LETTER)
    lines = [f"{early} of {number}", *textwrap.wrap(words, letters, break_on_hyphens=False)]
    for index, line in enumerate(lines):
        look = large_print(SEEN, 4 if index == 0 else 0)
        axes.text(0.04, top + 0.16 + LINE * index, line, va="center", **look)
    later = f"{number - early} are later"
    axes.text(0.04, top + 0.26 + LINE * len(lines), later, va="center", **large_print(LATER, 0))


def _write_told(
    axes: Axes,
    signals: Signals,
    phases: tuple[str, ...],
    end: pd.Timestamp,
    at: tuple[float, float],
) -> None:
    """Write right of the map how many claims of later phases name no place.

    Args:
        axes: Axes in inches.
        signals: What is drawn.
        phases: The earlier phases.
        end: The last day of these.
        at: The inches to the left and the upper edge of the words.
    """
    placeless, at_place = (
        rows.loc[~rows["phase"].isin(phases) & (rows["phase"] != ""), "claim_id"].unique()
        for rows in (signals.placeless, signals.at_place)
    )
    without, told = len(placeless), len(placeless) + len(at_place)
    x, top = at
    lines = [
        f"{without} of {told}",
        f"claims ({without / told:.0%})",
        f"after {format_day_and_month(end)}",
        "name no exact place",
    ]
    for index, line in enumerate(lines):
        look = large_print(marks.SIGNAL, 4 if index == 0 else 0)
        axes.text(x, top + 0.16 + LINE * index, line, va="center", **look)
    y = top + 0.2 + LINE * len(lines)
    columns = int((axes.get_xlim()[1] - x) / PITCH)
    for index, claim in enumerate([*placeless, *at_place]):
        down, column = divmod(index, columns)
        square = axes.scatter(
            [x + PITCH * (column + 0.5)],
            [y + PITCH * (down + 0.5)],
            s=(72 * PITCH * 0.8) ** 2,
            marker="s",
            color=house_style.colour(marks.SIGNAL),
            alpha=1 if index < without else SHADE,
            linewidths=0,
        )
        square.set_urls([f"claim:{claim}"])
    y += PITCH * -(-told // columns) + 0.1
    axes.text(x, y, f"pale: {told - without} name one", va="center", **small_print("ink"))


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    return {
        "place (claims)": legend.dot_sample("o", colour=marks.SIGNAL, size=6),
        "airfield (km to Ukraine)": legend.dot_sample("^", colour=marks.SIGNAL, size=6),
        "training ground": legend.dot_sample("s", colour=marks.SIGNAL, size=5.5),
        "film or picture": legend.dot_sample("o", colour=SEEN, size=3.5),
    }
