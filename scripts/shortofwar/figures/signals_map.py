"""A map of the military signals: claims at a place, and what was filmed, by phase of the year."""

import pandas as pd
from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.no_data import require_rows
from claimbook.figures.steps import WHOLE, Steps, named_parts, step_name
from claimbook.language.words import count_noun
from claimbook.settings import Phase, settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from shortofwar.figures import signal_marks as marks
from shortofwar.figures.signals_by_place import Signals, describe, describe_month, months
from shortofwar.figures.signals_by_place import rows_by_place as data_of
from shortofwar.figures.signals_slide import draw_map

HEIGHT = 4.4  # inches of the large map on a page
SMALL = 1.14  # inches: the height of a small map
MONTHS = 0.95  # inches for the bars of months
NAMED = 24  # places that have a name on the map, those with most claims first
OF_MONTH = 2  # times the size of marks, for those of one month
FEWER = 0.6  # of the size of marks, on a phone


@traced
def signals_by_phase(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw the places of claims on military signals and of sightings, by phase.

    A claim counts for the phase in which it was said, and for each place with a point that it
    names. Claims without such a place, and sightings, are counted for each phase. On pages the
    large map can be set to a month.

    Returns:
        The figure. Its data have `what` (`claims at a place`, `claims without a place`,
        `sightings` or `launches`), `place`, `kind`, `phase`, `number`, `counted` (the numbers of
        soldiers and arms that claims give), `km_to_border` and `claims`.

    Raises:
        ValueError: The report's settings have no geography.
    """
    require_rows(corpus.places.index, "signals-map", "places")
    signals = Signals.of(corpus)
    data = data_of(signals)
    inside = signals.at_place["claim_id"].nunique()
    outside = len(signals.placeless)
    other_times = int((signals.claims["phase"] == "").sum())
    nights = count_noun(len(signals.launches), "night")
    crossings = corpus.places["kind"].astype(str).eq("crossing").sum()
    no_crossing = "" if crossings else " No claim names a border crossing point."
    whole = (
        f"{inside} claims name a place with a point, {outside} do not; {other_times} of both were "
        f"said at other times. {count_noun(len(signals.sightings), 'sighting')}."
    )

    def draw(width: float) -> Drawing:
        return _draw(signals, width, stepped=False)

    def draw_steps(width: float) -> Drawing:
        return _draw(signals, width, stepped=True)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_map(signals, marks_of(title, data), width, height)

    return Figure(
        name="signals-map",
        title=title,
        subtitle=(
            f"Large map: the {inside} claims on military signals that name a place which can be "
            "put on the map, over all phases. Small maps: the same claims by the phase in which "
            f"they were said. {outside} claims name only a country, a border or no place and are "
            f"counted under each small map.{no_crossing} Sightings are films and pictures placed "
            "by collectors; they collected none for July to September and after October. "
            f"{other_times} claims were said outside these phases. {nights} of drone launches name "
            "Belarus and no place in it. Small places without a name are in the table, with the "
            "numbers of soldiers and arms that claims give."
        ),
        alt=describe(signals),
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "Films and pictures that collectors placed (none for July to September and after "
            "October), and claims on military signals, each a square at the right."
        ),
        steps=Steps(
            "Month",
            ("The whole year", whole),
            [(f"{month:%B %Y}", describe_month(signals, month)) for month in months()],
            draw_steps,
        ),
    )


def _draw(signals: Signals, width: float, stepped: bool) -> Drawing:
    """Draw the large map, the sightings by month, and a row of small maps.

    Args:
        signals: What is drawn.
        width: The width in inches.
        stepped: Whether the large map also has the marks of each month, under its name.
    """
    wide = width >= house_style.WIDE
    phases = settings().phases
    columns = len(phases) if wide else 2
    lines = -(-len(phases) // columns)
    note = 2 * house_style.LINE + 0.08
    large = HEIGHT if wide else width * signals.ground.frame.aspect
    cell = SMALL + 2.2 * house_style.LINE + note
    key = _key()
    top = legend.legend_height(key, width)
    height = top + large + MONTHS + lines * cell + 0.05
    drawing = Drawing(figsize=(width, height))
    y = height - top - large
    axes = drawing.add_axes((0, y / height, 1, large / height))
    marks.draw_ground(axes, signals.ground, width / large, signals.rivers)
    y -= MONTHS
    bars = drawing.add_axes(
        (0.3 / width, (y + 0.3) / height, 1 - 0.4 / width, (MONTHS - 0.5) / height)
    )
    highest = _draw_months(bars, signals.sightings)
    _draw_signals(axes, bars, signals, wide, highest if stepped else 0)
    across = width / columns
    for index, phase in enumerate(phases):
        line, column = divmod(index, columns)
        x, foot = column * across, y - cell * (line + 1)
        box = (x / width, (foot + note) / height, across * 0.96 / width, SMALL / height)
        small = drawing.add_axes(box)
        marks.draw_ground(small, signals.ground, across * 0.96 / SMALL, [])
        at_place, seen = (
            rows[rows["phase"] == phase.label] for rows in (signals.at_place, signals.sightings)
        )
        marks.draw_dots(small, at_place, seen)
        _write_counts(drawing, x, foot, cell, phase, signals)
    legend.draw_legend(drawing, key)
    return drawing


def _draw_signals(axes: Axes, bars: Axes, signals: Signals, wide: bool, highest: float) -> None:
    """Draw airports, the distance of the capital, and the signals of the year.

    Args:
        axes: The axes of the large map.
        bars: The axes of the bars of months.
        signals: What is drawn.
        wide: False on a phone.
        highest: The height of the highest bar, where the signals of each month are drawn, too; else
            0.
    """
    scale, named = (1, NAMED) if wide else (FEWER, NAMED // 2)
    places = marks.collect_places(signals.ground, signals.at_place)
    sizes = marks.mark_sizes(places, scale)
    marks.draw_airports(axes, signals.ground, signals.airports)
    boxes = marks.mark_boxes(axes, places, sizes)
    taken = marks.draw_distance(axes, signals.ground, signals.corpus, boxes)
    with named_parts(axes, WHOLE):
        marks.draw_sightings(axes, signals.sightings, 7)
        marks.draw_places(axes, places, sizes, named, taken)
    for number, month in enumerate(months() if highest else []):
        at_place, seen = (
            rows[rows["month"] == month] for rows in (signals.at_place, signals.sightings)
        )
        of_month = marks.collect_places(signals.ground, at_place)
        with named_parts(axes, step_name(number)):
            marks.draw_sightings(axes, seen, 7)
            sizes = marks.mark_sizes(of_month, scale * OF_MONTH)
            marks.draw_places(axes, of_month, sizes, named, taken, with_counts=wide)
        with named_parts(bars, step_name(number)):
            edge = house_style.colour("accent")
            frame = Rectangle(
                (number - 0.46, 0), 0.92, highest * 1.35, fill=False, edgecolor=edge, linewidth=1.6
            )
            bars.add_patch(frame)


def _write_counts(
    drawing: Drawing, x: float, foot: float, cell: float, phase: Phase, signals: Signals
) -> None:
    """Write the name of a phase above its small map, and its counts below it."""
    width, height = drawing.get_size_inches()
    days = f"{phase.start.day} {phase.start:%b} to {phase.end.day} {phase.end:%b}"
    left = (x + 0.03) / width
    drawing.text(left, (foot + cell - 0.02) / height, phase.label, va="top", **small_print("ink"))
    lower = (foot + cell - 0.02 - house_style.LINE) / height
    drawing.text(left, lower, days, va="top", **small_print())
    of_phase = signals.at_place["phase"] == phase.label
    inside = signals.at_place.loc[of_phase, "claim_id"].nunique()
    without = int((signals.placeless["phase"] == phase.label).sum())
    seen = int((signals.sightings["phase"] == phase.label).sum())
    words = f"{inside} claims, {seen} seen\n{without} without a point"
    at = (foot + 2 * house_style.LINE + 0.04) / height
    drawing.text(left, at, words, va="top", linespacing=1.2, **small_print())


def _draw_months(axes: Axes, sightings: pd.DataFrame) -> float:
    """Draw the sightings by month as bars, and shade months of gaps in collecting.

    Returns:
        The number of sightings of the highest bar.
    """
    every = months()
    numbers = sightings["month"].value_counts().reindex(every, fill_value=0)
    highest = max(int(numbers.max()), 1)
    axes.set(xlim=(-0.5, len(every) - 0.5), ylim=(0, highest * 1.35))
    for index, number in enumerate(numbers):
        if number:
            axes.bar(index, number, 0.7, color=house_style.colour(marks.SIGHTING), linewidth=0)
            axes.text(index, number + highest * 0.06, str(number), ha="center", **small_print())
        else:
            axes.axvspan(index - 0.5, index + 0.5, color=house_style.colour("band"), linewidth=0)
            axes.text(index, highest * 0.3, "0", ha="center", **small_print())
    axes.set_xticks(range(len(every)), [month.strftime("%b")[:3] for month in every])
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    axes.annotate(
        "sightings by month",
        (0, 1),
        (2, -1),
        xycoords="axes fraction",
        textcoords="offset points",
        va="bottom",
        **small_print("ink"),
    )
    return highest


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    signal, sighting = marks.SIGNAL, marks.SIGHTING
    return {
        "place (claims)": legend.dot_sample("o", colour=signal, size=6),
        "airfield (claims, km to Ukraine)": legend.dot_sample("^", colour=signal, size=6),
        "training ground": legend.dot_sample("s", colour=signal, size=5.5),
        "sighting": legend.dot_sample("o", colour=sighting, size=3),
        "airport": legend.dot_sample("+", colour=sighting, size=5.5),
        "river": legend.bar_sample("link", 0.4),
    }
