"""The attention of a series of texts to a subject, day by day, under the events that moved it."""

import string
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.analysis.attention import attention_by_day
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, stems
from claimbook.figures.as_of import AS_OF_DAY, as_of_mark
from claimbook.figures.attention_calendar import MISSING, SILENT, WRITES, draw_calendar
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.no_data import require_rows
from claimbook.language.dates import format_day, format_day_and_month, format_span
from claimbook.language.words import count_noun, join_words
from claimbook.settings import Attention, settings

PLOT = 1.6  # inches: the height of the highest bar
LEFT, RIGHT = 0.36, 0.1  # inches beside the axis
STRIP, STRIP_GAP = 0.07, 0.05  # inches: the strip of days without a word, and the gap above it
MONTHS, PHASES = 0.22, 0.36  # inches for the names of months, and of phases
MIN_MONTH = 0.28  # inches that a month must have to be named
PHASE_LINES = 2  # of the label of a phase
NAMED = 3  # days that the alternative text names


@dataclass(frozen=True)
class _Scale:
    """The axis of days, in inches.

    Attributes:
        first: Its first day.
        per_day: The inches that a day takes.
    """

    first: pd.Timestamp
    per_day: float

    def start(self, day: pd.Timestamp) -> float:
        """Return the inches from the left end of the axis to the beginning of a day."""
        return float((day - self.first).days * self.per_day)

    def middle(self, day: pd.Timestamp) -> float:
        """Return the inches from the left end of the axis to the middle of a day."""
        return self.start(day) + self.per_day / 2


@traced
def attention_to_subject(corpus: Corpus, title: str | Finding, name: str = "attention") -> Figure:
    """Draw the share of each day's words that a series gives to the subject.

    The settings name the series, the events that moved it, and the phases. Events that the corpus
    does not have are left out, and the subtitle counts them.

    Returns:
        The figure. Its data have `day`, `state`, `share` (per cent; missing without a text),
        `words` (in scope), `of` (the words of the body), `phase`, `event` and `claims`.

    Raises:
        ValueError: The report's settings have no series.
    """
    chosen = settings().attention
    if chosen is None:
        raise ValueError("the figure needs the table [attention] in the settings of the report")
    is_chosen = corpus.sources["series"] == chosen.series
    require_rows(corpus.sources[is_chosen], name, f"texts of the series {chosen.series}")
    days = attention_by_day(corpus, chosen.series)
    starts = corpus.events["start"].fillna(corpus.events["earliest"])
    labels = {
        event: (starts[event], label)
        for event, label in chosen.events.items()
        if event in starts.index
    }
    first = min([days.index[0], *(day for day, _ in labels.values())])
    first = max(first, days.index[0] - pd.Timedelta(7, "D"))  # a week before the first text at most
    inside = {
        event: (day, label)
        for event, (day, label) in labels.items()
        if first <= day <= days.index[-1]
    }
    days["state"] = np.select(
        [days["share"].isna(), days["share"] == 0], [MISSING, SILENT], default=WRITES
    )
    days["phase"] = [_phase_of(day) for day in days.index]
    events = pd.Series(dict.fromkeys(days.index, ""))
    for day, label in inside.values():
        nearest = max(day, days.index[0])
        events[nearest] = "; ".join(filter(None, [events[nearest], label]))
    left_out = len(chosen.events) - len(inside)
    as_of = [(day, AS_OF_DAY) for day, _ in as_of_mark(days.index)]
    marks = sorted([*inside.values(), *as_of])

    def draw(width: float) -> Drawing:
        return _draw(days, marks, first, width)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_calendar(days, marks_of(title, data), chosen.subject, width, height)

    data = pd.DataFrame(
        {
            "day": days.index,
            "state": days["state"].to_numpy(),
            "share": (100 * days["share"]).round(1).to_numpy(),
            "words": days["in_scope"].astype("Int64").to_numpy(),
            "of": days["body_words"].astype("Int64").to_numpy(),
            "phase": days["phase"].to_numpy(),
            "event": events.to_numpy(),
            "claims": days["claims"].to_numpy(),
        }
    )
    states = days["state"].value_counts()
    cut = int(days["cut"].sum())
    return Figure(
        name=name,
        title=title,
        subtitle=(
            f"The share of the words of each {chosen.text} that are in paragraphs naming "
            f"{chosen.subject}, in per cent, without notes. A dot below the axis marks a text "
            "without such a paragraph, a cross a day whose text we do not have."
            + (f" Our copies of {count_noun(cut, 'text')} are incomplete." if cut else "")
            + (f" {count_noun(left_out, 'event')} left out as not in the corpus." * bool(left_out))
        ),
        alt=_describe(days, chosen, inside.values()),
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            f"Each square is a {chosen.text}. On how many days of each month does it name "
            f"{chosen.subject}?"
        ),
        basis=(
            f"Computed from the words of {count_noun(int(days['share'].notna().sum()), 'text')}, "
            f"{states.get(WRITES, 0)} of which name {chosen.subject}."
        ),
    )


def _phase_of(day: pd.Timestamp) -> str:
    """Return the label of the phase in which a day lies; empty for none."""
    return next(
        (
            phase.label
            for phase in settings().phases
            if pd.Timestamp(phase.start) <= day <= pd.Timestamp(phase.end)
        ),
        "",
    )


def _describe(
    days: pd.DataFrame, chosen: Attention, events: Iterable[tuple[pd.Timestamp, str]]
) -> str:
    """Write the alternative text: numbers of days, the highest, months, events."""
    states = days["state"].value_counts()
    highest = days["share"].dropna().nlargest(NAMED)
    named = [f"{format_day_and_month(day)} {share:.0%}" for day, share in highest.items()]
    missing = days.index[days["state"] == MISSING]
    by_month = days.groupby(days.index.to_period("M"))["state"].agg(lambda s: (s == WRITES).sum())
    months = [f"{month.strftime('%B')} {number}" for month, number in by_month.items()]
    marked = [f"{label} ({format_day_and_month(day)})" for day, label in sorted(events)]
    none = f" No text: {join_words([format_day_and_month(day) for day in missing])}."
    return (
        f"Bars for each day from {format_day(days.index[0])} to {format_day(days.index[-1])}: the "
        f"share of the words of each {chosen.text} in paragraphs that name {chosen.subject}. "
        f"{states.get(WRITES, 0)} texts have such paragraphs, {states.get(SILENT, 0)} have none. "
        f"Highest: {join_words(named)}. Days with such words by month: {join_words(months)}."
        f"{none if len(missing) else ''} Marked events: {join_words(marked) or 'none'}."
    )


def _draw(
    days: pd.DataFrame,
    marks: list[tuple[pd.Timestamp, str]],
    first: pd.Timestamp,
    width: float,
) -> Drawing:
    """Draw the figure at a width in inches.

    Args:
        days: The days with `share`, `state` and `claims`.
        marks: The days and labels of the events, in order of time.
        first: The first day of the axis.
        width: The width.
    """
    across = width - LEFT - RIGHT
    last = days.index[-1]
    scale = _Scale(first, across / ((last - first).days + 1))
    highest = days["share"].idxmax()
    top_label = (scale.middle(highest), f"{days['share'].max():.0%}")
    at = [(scale.middle(day), label) for day, label in marks]
    heights = [
        (scale.middle(day), share / _top(days) * PLOT)
        for day, share in days["share"].dropna().items()
    ]

    def lowest(start: float, end: float) -> int:
        """Return the first row of labels above all bars between two inches of the axis."""
        near = [height for x, height in heights if start - 0.03 <= x <= end + 0.03]
        return int(max(near, default=0) / stems.ROW) + 1

    placed = (
        stems.place_stems(sorted([*at, top_label]), across, lowest)
        if width >= house_style.WIDE
        else None
    )
    listed: list[str] = []
    if placed is None:
        listed = [
            f"{number} {label}, {format_day_and_month(day)}"
            for number, (day, label) in enumerate(marks, start=1)
        ]
        numbers = [(x, str(number)) for number, (x, _) in enumerate(at, start=1)]
        placed = stems.place_stems(sorted([*numbers, top_label]), across, lowest) or []
    phases, phase_list = _phases(scale, last)
    notes = [*listed, *phase_list]
    key = _key()
    above = max(PLOT, stems.ROW * stems.rows_of(placed)) + 0.16
    top = legend.legend_height(key, width) + above
    below = STRIP_GAP + STRIP + MONTHS + (PHASES if phases else 0)
    foot = 0.06 + house_style.LINE * len(notes)
    height = top + below + foot
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((LEFT / width, foot / height, across / width, (height - foot) / height))
    axes.set(xlim=(0, across), ylim=(-below, top))
    axes.set_axis_off()
    _draw_scale(axes, days, across)
    _draw_days(axes, days, scale)
    stems.draw_stems(axes, placed)
    _draw_months(axes, scale, last)
    _draw_phases(axes, phases, below)
    for index, line in enumerate(reversed(notes)):
        y = (0.05 + house_style.LINE * index) / height
        drawing.text(0.06 / width, y, line, va="bottom", **small_print())
    legend.draw_legend(drawing, key)
    return drawing


def _top(days: pd.DataFrame) -> float:
    """Return the share at the top of the scale: the highest, rounded up to tenths."""
    highest = float(days["share"].max())
    return max(0.1, float(np.ceil(highest * 10)) / 10)


def _draw_scale(axes: Axes, days: pd.DataFrame, across: float) -> None:
    """Draw the lines of the scale in per cent, with their labels left of the axis."""
    top = _top(days)
    step = 0.05 if top <= 0.2 else 0.1 if top <= 0.5 else 0.2
    for share in np.arange(0, top + 0.001, step):
        y = share / top * PLOT
        rule = house_style.colour("rule")
        axes.plot([0, across], [y, y], color=rule, linewidth=0.4 if y else 0.8, zorder=0.5)
        axes.annotate(
            f"{share:.0%}",
            (0, y),
            (-3, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            annotation_clip=False,
            **small_print(),
        )


def _draw_days(axes: Axes, days: pd.DataFrame, scale: _Scale) -> None:
    """Draw a bar for each day with a share, and the strip of days without."""
    top = _top(days)
    lower = -STRIP_GAP - STRIP / 2
    theme = house_style.colour("accent")
    written = days[days["state"] == WRITES]
    for day, share, claims in zip(written.index, written["share"], written["claims"], strict=True):
        x, wide = scale.middle(day), scale.per_day * 0.86
        bar = axes.bar(x, share / top * PLOT, wide, color=theme, linewidth=0, zorder=2)
        if claims:
            bar.patches[0].set_url(f"claim:{claims[0]}")
    for state, marker, size in ((SILENT, "o", 2.2), (MISSING, "x", 16)):
        xs = [scale.middle(day) for day in days.index[days["state"] == state]]
        tone = house_style.colour("muted" if state == SILENT else "negative")
        axes.scatter(
            xs,
            [lower] * len(xs),
            s=size,
            marker=marker,
            color=tone,
            linewidths=0 if state == SILENT else 1.2,
            zorder=2 + (state == MISSING),
        )


def _draw_months(axes: Axes, scale: _Scale, last: pd.Timestamp) -> None:
    """Write the months below the strip, every second one where they are dense."""
    months = pd.date_range(scale.first.replace(day=1), last, freq="MS")
    dense = scale.per_day * 30 < MIN_MONTH
    y = -STRIP_GAP - STRIP - 0.03
    for index, month in enumerate(months):
        start = max(month, scale.first)
        end = min(month + pd.offsets.MonthEnd(), last)
        inches = scale.start(end) + scale.per_day - scale.start(start)
        if month > scale.first:
            x = scale.start(month)
            axes.plot([x, x], [0, y], color=house_style.colour("rule"), linewidth=0.6, zorder=0.5)
        if inches >= min(MIN_MONTH, scale.per_day * 28) and not (dense and index % 2 == 0):
            x, name = scale.start(start) + inches / 2, month.month_name()[:3]
            axes.text(x, y - 0.02, name, ha="center", va="top", **small_print())


def _phases(scale: _Scale, last: pd.Timestamp) -> tuple[list[tuple[float, float, str]], list[str]]:
    """Lay out the phases of the settings that fall on the axis.

    Returns:
        Start and end of each in inches, with its label in lines; and the entries of a list below
        the figure where labels do not fit, and letters stand for them.
    """
    spans = []
    for phase in settings().phases:
        start, end = max(pd.Timestamp(phase.start), scale.first), min(pd.Timestamp(phase.end), last)
        if start <= end:
            inches = scale.start(start), scale.start(end) + scale.per_day
            letters = int((inches[1] - inches[0]) / house_style.SMALL_LETTER)
            lines = textwrap.wrap(phase.label, max(letters, 1), break_long_words=False)
            fits = len(lines) <= PHASE_LINES and max(map(len, lines)) <= letters
            spans.append((phase, *inches, "\n".join(lines), fits))
    if all(fits for *_, fits in spans):
        return [(start, end, label) for _, start, end, label, _ in spans], []
    listed = [
        f"{letter} {phase.label}, {format_span(pd.Timestamp(phase.start), pd.Timestamp(phase.end))}"
        for letter, (phase, *_) in zip(string.ascii_uppercase, spans, strict=False)
    ]
    lettered = zip(string.ascii_uppercase, spans, strict=False)
    return [(start, end, letter) for letter, (_, start, end, *_) in lettered], listed


def _draw_phases(axes: Axes, phases: list[tuple[float, float, str]], below: float) -> None:
    """Draw the phases as bands at the foot of the axes, each with its label."""
    top = -below + PHASES - 0.02
    for start, end, label in phases:
        axes.add_patch(
            Rectangle(
                (start + 0.01, -below + 0.02),
                end - start - 0.02,
                top + below - 0.02,
                facecolor=house_style.colour("band"),
                linewidth=0,
            )
        )
        middle = (top - below + 0.02) / 2
        options = {"ha": "center", "va": "center", "linespacing": 1.05, **small_print("ink")}
        axes.text((start + end) / 2, middle, label, **options)


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    return {
        "share of the text": legend.bar_sample("accent"),
        "silent": legend.dot_sample("o", size=3),
        "no text": legend.dot_sample("x", colour="negative", size=5),
    }
