"""The counts of Russian soldiers on a slide: a mark for each, by day and number."""

from collections.abc import Mapping, Sequence

import pandas as pd
from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.canvas import large_print, small_print
from claimbook.figures.day_axis import day_number
from claimbook.figures.label_placement import Label, place_labels
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import Bbox

LEFT, RIGHT, FOOT, TOP = 0.62, 1.95, 0.24, 0.2  # inches around the axes
CROWDED = 0.6  # of the axis, after which marks have their names at its right
LINE = 0.155  # inches between two of these names
STEP = 10_000  # soldiers between two lines of the scale
HEADROOM = 1.1  # times the highest count: the top of the scale
EXPECTED = "expected"
COLOUR, COMING = "military-signal", "negative"


def draw_counts_by_day(
    counts: pd.DataFrame,
    looks: Mapping[str, str],
    most: tuple[str, str],
    marks: Sequence[str],
    size: tuple[float, float],
) -> Drawing:
    """Draw each count as a mark, and the highest ones since a day as lines.

    Args:
        counts: The counts with `day`, `short`, `number`, `words` (the number with the word before
            it), `counts` and `claims`.
        looks: The marker of each value of `counts`.
        most: The value of `counts` for soldiers there, and that for soldiers expected.
        marks: The day, as `2022-06-01`, from which on the title speaks of counts; or none.
        size: The width and height in inches.
    """
    width, height = size
    there, coming = most
    key = {
        kind: legend.dot_sample(marker, kind == there, COMING if kind == coming else COLOUR, 6)
        for kind, marker in looks.items()
        if kind in set(counts["counts"])
    }
    top = legend.legend_height(key, width) + TOP
    drawing = Drawing(figsize=size)
    box = (LEFT / width, FOOT / height, 1 - (LEFT + RIGHT) / width, (height - top - FOOT) / height)
    axes = drawing.add_axes(box)
    _draw_scale(axes, counts)
    for day, name in as_of_mark(counts["day"]):
        tone = house_style.colour("ink")
        axes.axvline(day, color=tone, linewidth=0.9, linestyle=(0, (3, 2)))
        at, options = (day_number(day), axes.get_ylim()[1]), small_print("ink")
        axes.annotate(name, at, (0, 3), textcoords="offset points", ha="right", **options)
    since = pd.Timestamp(marks[0]) if marks else None
    labels: list[Label] = []
    aside: list[Label] = []
    taken: list[Bbox] = []
    for count in counts.itertuples():
        is_back = since is not None and count.day < since
        tone = COMING if count.counts == coming else COLOUR
        colour = house_style.colour("muted" if is_back else tone)
        dot = axes.scatter(
            [count.day],
            [count.number],
            s=44,
            marker=looks[count.counts],
            facecolors=colour if count.counts == there else house_style.colour("paper"),
            edgecolors=colour,
            linewidths=1.3,
            zorder=3,
            clip_on=False,
        )
        dot.set_urls([f"claim:{count.claims[0]}"])
        at = (day_number(count.day), float(count.number))
        pixel = axes.transData.transform(at)
        taken.append(Bbox([pixel - 4, pixel + 4]))
        ink = {"color": house_style.colour("muted" if is_back else "ink")}
        label = Label(f"{count.words} {count.short}", at, 4, ink)
        crowded = axes.transAxes.inverted().transform(pixel)[0] > CROWDED
        (aside if crowded else labels).append(label)
    if since is not None:
        for kind, words in (
            (there, f"the most counted in\nBelarus from {since:%B} on"),
            (coming, EXPECTED),
        ):
            taken += _draw_highest(axes, counts, kind, since, words)
    place_labels(axes, labels, taken, [])
    _write_aside(axes, aside)
    legend.draw_legend(drawing, key)
    return drawing


def _write_aside(axes: Axes, labels: list[Label]) -> None:
    """Write labels right of the axes, each with a line to its mark."""
    low, high = axes.get_ylim()
    inches = axes.bbox.height / axes.figure.dpi
    step = LINE / inches * (high - low)
    end = axes.get_xlim()[1]
    level = low
    for label in sorted(labels, key=lambda label: label.at[1]):
        level = max(label.at[1], level + step)
        beside = end + (end - axes.get_xlim()[0]) * 0.03
        tone = house_style.colour("muted")
        line = axes.plot([label.at[0], beside], [label.at[1], level], color=tone, linewidth=0.6)
        line[0].set_clip_on(False)
        axes.text(beside, level, f" {label.text}", va="center", **small_print("ink"))


def _draw_scale(axes: Axes, counts: pd.DataFrame) -> None:
    """Draw the axis of days, and the scale of soldiers."""
    highest = float(counts["number"].max()) if len(counts) else STEP
    pad = pd.Timedelta(10, "D")
    axes.set_xlim(counts["day"].min() - pad, counts["day"].max() + pad)
    axes.set_ylim(0, highest * HEADROOM)
    ticks = range(0, int(highest) + 1, STEP)
    axes.set_yticks(list(ticks), [f"{tick:,}" for tick in ticks])
    for tick in ticks:
        axes.axhline(tick, color=house_style.colour("rule"), linewidth=0.5, zorder=0.5)
    axes.xaxis.set_major_locator(MonthLocator())  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%b"))  # type: ignore[no-untyped-call]
    axes.tick_params(length=3, color=house_style.colour("rule"))


def _draw_highest(
    axes: Axes, counts: pd.DataFrame, kind: str, since: pd.Timestamp, words: str
) -> list[Bbox]:
    """Draw a line at the highest count of a kind since a day, with its number.

    Returns:
        The boxes in pixels that the words cover.
    """
    later = counts[(counts["day"] >= since) & (counts["counts"] == kind)]
    if later.empty:
        return []
    number = float(later["number"].max())
    tone = COMING if words == EXPECTED else COLOUR
    ends = [day_number(since), axes.get_xlim()[1]]
    axes.plot(ends, [number] * 2, color=house_style.colour(tone), linewidth=1.6, zorder=1)
    look = large_print(tone, 0.5)
    text = axes.text(
        ends[0], number, f"{number:,.0f}: {words}", va="bottom", linespacing=1.15, **look
    )
    return [text.get_window_extent().padded(2)]
