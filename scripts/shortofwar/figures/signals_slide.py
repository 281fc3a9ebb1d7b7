"""The map of the military signals on a slide: the year's places beside the counts of each phase."""

from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import small_print
from claimbook.settings import settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.figures import signal_marks as marks
from shortofwar.figures.signals_by_place import Signals

NAMED = 9  # places that have a name, those with most claims first
MAP = 0.555  # of the width
HEAD = 0.36  # inches above the bars, for what they count
COLUMNS = {  # colour of the bars, by what they count
    "films and\npictures": marks.SIGHTING,
    "claims at\na place": marks.SIGNAL,
    "claims,\nno place": marks.SIGNAL,
}
FADED = 0.4  # opacity of the bars of the last column
BAR = 0.13  # inches
PHASES = 0.44  # of the width beside the map, for the names of the phases
NUMBER = 0.3  # inches for the number beside a bar


def draw_map_and_counts(signals: Signals, width: float, height: float) -> Drawing:
    """Draw the map of the year, and beside it the counts of each phase as bars.

    Args:
        signals: What is drawn.
        width: The width in inches.
        height: The height in inches.
    """
    drawing = Drawing(figsize=(width, height))
    key = _key()
    body = height - legend.legend_height(key, width) - 0.04
    ground = drawing.add_axes((0, 0, MAP, body / height))
    marks.draw_ground(ground, signals.ground, MAP * width / body, signals.rivers)
    places = marks.collect_places(signals.ground, signals.at_place)
    sizes = marks.mark_sizes(places, 0.8)
    boxes = marks.mark_boxes(ground, places, sizes)
    taken = marks.draw_distance(ground, signals.ground, signals.corpus, boxes)
    marks.draw_sightings(ground, signals.sightings, 6)
    marks.draw_places(ground, places, sizes, NAMED, taken, kinds=False)
    across = (1 - MAP) * width - 0.1
    counts = drawing.add_axes((MAP + 0.1 / width, 0, across / width, body / height))
    counts.set(xlim=(0, across), ylim=(body, 0))
    counts.set_axis_off()
    _draw_counts(counts, signals)
    legend.draw_legend(drawing, key)
    return drawing


def _draw_counts(axes: Axes, signals: Signals) -> None:
    """Draw a row of bars for each phase; positions are in inches."""
    across, body = axes.get_xlim()[1], axes.get_ylim()[0]
    phases = settings().phases
    rows = [_counts(signals, phase.label) for phase in phases]
    highest = max([1, *(number for row in rows for number in row)])
    left = across * PHASES
    column = (across - left) / len(COLUMNS)
    row_height = (body - HEAD) / max(len(rows), 1)
    for index, words in enumerate(COLUMNS):
        x = left + column * index
        axes.text(x, HEAD - 0.08, words, va="baseline", linespacing=1.1, **small_print())
    for line, (phase, numbers) in enumerate(zip(phases, rows, strict=True)):
        top = HEAD + row_height * line
        axes.axhline(top, color=house_style.colour("rule"), linewidth=0.6)
        middle = top + row_height / 2
        days = f"{phase.start.day} {phase.start:%b} to {phase.end.day} {phase.end:%b}"
        axes.text(0, middle - 0.075, phase.label, va="center", **small_print("ink"))
        axes.text(0, middle + 0.075, days, va="center", **small_print())
        for index, (colour, number) in enumerate(zip(COLUMNS.values(), numbers, strict=True)):
            x = left + column * index
            long = (column - NUMBER) * number / highest
            alpha = FADED if index == len(COLUMNS) - 1 else 1
            tone = house_style.colour(colour)
            axes.barh(middle, long, BAR, x, color=tone, alpha=alpha, linewidth=0)
            axes.text(x + long + 0.04, middle, str(number), va="center", **small_print("ink"))


def _counts(signals: Signals, phase: str) -> list[int]:
    """Count the sightings, the claims at a place, and those without one, of a phase."""
    of_phase = signals.at_place["phase"] == phase
    return [
        int((signals.sightings["phase"] == phase).sum()),
        int(signals.at_place.loc[of_phase, "claim_id"].nunique()),
        int((signals.placeless["phase"] == phase).sum()),
    ]


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    return {
        "place (claims)": legend.dot_sample("o", colour=marks.SIGNAL, size=6),
        "airfield (km to Ukraine)": legend.dot_sample("^", colour=marks.SIGNAL, size=6),
        "training ground": legend.dot_sample("s", colour=marks.SIGNAL, size=5.5),
        "film or picture": legend.dot_sample("o", colour=marks.SIGHTING, size=3.5),
    }
