"""The events of the report's argument in lanes by theme, on one axis of days."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures import day_axis, glyphs, legend
from claimbook.figures.canvas import small_print
from claimbook.figures.day_axis import axis
from claimbook.figures.event_layout import LaneMark, mark_extent, pack_lane
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import MAX_OPEN, outlet_names, reported_events, top_by_claims
from claimbook.language.dates import format_day, format_months
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings

LINE, HEADING = 0.2, 0.24  # inches: a line of a lane, and the heading of a lane
BAR_WIDTH = 11  # points: a bar that holds its label
LIMIT = 48  # events that the lanes can show
REPORTS = "When it was said and published"  # the heading of the first lane
COUNTS_UP = 15  # points from the axes to the numbers of events above them
MAX_SOURCES = 8  # sources that the first lane can show
COLUMNS = [
    "title",
    "theme",
    "start",
    "end",
    "precision",
    "earliest",
    "latest",
    "sources",
    "published",
    "claims",
]


@dataclass(frozen=True)
class Reporting:
    """The days on which claims were said and sources were published.

    Attributes:
        said: The days on which argued claims were said, from the first day of the axis on.
        said_before: The number of earlier ones.
        sources: The sources by code, in order of publication, as events of one day for `pack_lane`:
            `label` (the outlet), `start`, `end` and `precision`.
    """

    said: list[pd.Timestamp]
    said_before: int
    sources: pd.DataFrame


@dataclass(frozen=True)
class _Landmark:
    """A landmark to draw: an event of the settings as a vertical line.

    Attributes:
        day: Its day.
        label: Its label.
        is_outside: True if its event is in none of the lanes.
    """

    day: pd.Timestamp
    label: str
    is_outside: bool


@traced
def events_by_theme(corpus: Corpus, title: str | Finding, name: str = "events-by-theme") -> Figure:
    """Draw the events of the argued themes in lanes, labelled at their marks.

    Above them is a lane of the days on which claims were said and sources published. Omitted are
    events of the background, events before the first day of the axis, events whose day is uncertain
    by more than a month and, beyond `LIMIT`, those with the fewest claims.

    Args:
        corpus: The corpus.
        title: The title of the figure.
        name: The id of the figure, which is also its file name.
    """
    events = reported_events(corpus, settings().argued)
    is_early = events["latest"] < axis().first
    events = events[~is_early].sort_values(["start", "latest"], kind="stable")
    is_open = (events["precision"] == "vague") & (events["latest"] - events["earliest"] > MAX_OPEN)
    events, omitted = top_by_claims(events[~is_open], LIMIT)
    require_rows(events, name, "events of its themes within the period")
    background = reported_events(corpus, [settings().roles.background])
    reporting = _reporting(corpus)
    omitted = (
        _omitted(len(background), int(is_early.sum()), int(is_open.sum()), reporting) + omitted
    )
    landmarks = _landmarks(corpus.events, events)

    def draw(width: float) -> Drawing:
        return _draw(events, reporting, landmarks, width)

    return Figure(
        name=name,
        title=title,
        subtitle=(
            "Events by theme and day; above them, when they were spoken of and the sources "
            f"appeared. {axis().note} {omitted}"
        ),
        alt=f"{_describe(events, reporting.sources)} {omitted}",
        data=events[COLUMNS].reset_index(drop=True),
        draw=draw,
    )


def _omitted(background: int, early: int, too_open: int, reporting: Reporting) -> str:
    """Write the sentence on what the figure omits.

    Args:
        background: The number of events of the background.
        early: The number of events before the first day of the axis.
        too_open: The number of events whose day is uncertain by more than a month.
        reporting: The days of what was said, and the sources.
    """
    sources, earlier = len(reporting.sources), reporting.said_before
    further = sources - MAX_SOURCES
    parts = [
        f"{count_noun(background, 'event')} of {settings().roles.background_phrase}"
        if background
        else "",
        f"{count_noun(early, 'event')} before {format_day(axis().first)}" if early else "",
        f"{too_open:,} that can lie anywhere in more than a month" if too_open else "",
        f"what was said on {count_noun(earlier, 'earlier day')}" if earlier else "",
        f"the last {further:,} of {sources:,} sources" if further > 0 else "",
    ]
    left_out = [part for part in parts if part]
    return f"Left out: {join_words(left_out)}." if left_out else ""


def _describe(events: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Write the alternative text: the lanes' sizes, the last event and the sources."""
    sizes = events["theme"].value_counts()
    lanes = [
        f"{settings().theme[theme].label.lower()}, {sizes.get(theme, 0)}"
        for theme in settings().argued
    ]
    late = axis().count_stretched(events["earliest"])
    begun = f"{late} of them begin after {format_day(axis().stretched)}. "
    appeared = [f"{format_day(source.start)} ({source.label})" for source in sources.itertuples()]
    later = f", and {len(appeared) - MAX_SOURCES:,} more later" * (len(appeared) > MAX_SOURCES)
    return (
        f"Timeline of {count_noun(len(events), 'event')} from "
        f"{format_months(axis().first, axis().last)} in lanes by theme: {join_words(lanes)}. "
        f"{begun * axis().is_stretched}"
        f"The last is of {format_day(events['day'].max())}: {events.iloc[-1]['title']}. "
        f"The sources appeared on {join_words(appeared[:MAX_SOURCES])}{later}."
    )


def _reporting(corpus: Corpus) -> Reporting:
    """Collect the days of the argued claims, and the sources as events of one day."""
    days = corpus.sources.sort_values("published").set_index("code")["published"]
    sources = pd.DataFrame(
        {"label": outlet_names(corpus), "start": days, "end": days, "precision": "day"}
    )
    argued = corpus.claims["theme"] != settings().roles.background
    said = corpus.claims.loc[argued, "stated_on"].dropna().drop_duplicates()
    is_early = said < axis().first
    return Reporting(list(said[~is_early]), int(is_early.sum()), sources)


def _landmarks(all_events: pd.DataFrame, in_lanes: pd.DataFrame) -> list[_Landmark]:
    """Collect the landmarks whose event is in the lanes or in the background.

    Returns:
        The landmarks in order of time. Those outside the lanes come last, so that they are drawn
        above the others.
    """
    landmarks = []
    for landmark in settings().landmarks:
        if landmark.event in in_lanes.index:
            landmarks.append(_Landmark(in_lanes.at[landmark.event, "day"], landmark.short, False))
        elif landmark.event in all_events.index:
            event = all_events.loc[landmark.event]
            if event["theme"] == settings().roles.background and pd.notna(event["start"]):
                landmarks.append(_Landmark(event["start"], landmark.short, True))
    return sorted(landmarks, key=lambda landmark: (landmark.is_outside, landmark.day))


def _draw(
    events: pd.DataFrame, reporting: Reporting, landmarks: list[_Landmark], width: float
) -> Drawing:
    """Draw the lanes, with the landmarks in the given order, at a width in inches."""
    packed = {
        theme: pack_lane(events[events["theme"] == theme], width) for theme in settings().argued
    }
    lanes = {theme: marks for theme, marks in packed.items() if marks}
    heights = {
        theme: HEADING + LINE * (1 + max(mark.line for mark in marks))
        for theme, marks in lanes.items()
    }
    sources = pack_lane(reporting.sources.iloc[:MAX_SOURCES], width)
    reports_height = HEADING + LINE * (max((mark.line for mark in sources), default=0) + 2.1)
    body = reports_height + sum(heights.values())
    key = _key(events)
    top = 0.48 + legend.legend_height(key, width)
    drawing, axes = day_axis.new_lane_axes(width, body, top=top, bottom=0.28)
    _draw_reports(axes, reporting.said, sources)
    y = reports_height
    for theme, marks in lanes.items():
        day_axis.draw_lane_heading(axes, y, settings().theme[theme].label, theme)
        for mark in marks:
            _draw_event(axes, mark, y + HEADING + LINE * (mark.line + 0.4))
        y += heights[theme]
    _draw_counts(axes, events)
    for landmark in landmarks:
        _draw_landmark(axes, landmark)
    legend.draw_legend(drawing, key)
    return drawing


def _draw_landmark(axes: Axes, landmark: _Landmark) -> None:
    """Draw the line and the label of a landmark.

    The label of a landmark outside the lanes begins with its day, and is at the right of the line.
    """
    day, label = landmark.day, landmark.label
    if landmark.is_outside:
        title = f"{day.day} {day.month_name()[:3]}: {label}"
        day_axis.draw_landmark(axes, day, title, "muted", "left")
    else:
        day_axis.draw_landmark(axes, day, label, "rule", "center")


def _draw_counts(axes: Axes, events: pd.DataFrame) -> None:
    """Write above each part of the axis how many events begin in it."""
    late, middle = axis().count_stretched(events["earliest"]), axis().shares[1]
    parts = [(len(events) - late, middle / 2), (late, (middle + 1) / 2)]
    for number, x in parts[: 1 + axis().is_stretched]:
        axes.annotate(
            f"{count_noun(number, 'event')} begin{'s' if number == 1 else ''}",
            (x, 1),
            (0, COUNTS_UP),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="center",
            fontweight="bold",
        )


def _key(events: pd.DataFrame) -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words, for the kinds of marks in use."""
    used, themes = set(events["precision"]), settings().argued
    markers = [settings().theme[theme].marker for theme in [*themes[:1], *themes[2:4]]]
    dots = tuple(legend.dot_sample(marker, size=3) for marker in markers)
    key: dict[str, legend.Sample] = {"on this day": dots}
    if used & {"day", "month"}:
        key["over these days"] = glyphs.legend_sample("certain", themes[0])
    if "since" in used:
        key["with no end given"] = glyphs.legend_sample("ongoing", themes[0])
    if used & {"vague", "until"}:
        key["some time in these days"] = glyphs.legend_sample("uncertain", themes[0])
    for glyph in ("said", "published"):
        key[glyph] = glyphs.legend_sample(glyph, themes[0])
    return key


def _draw_reports(axes: Axes, said: list[pd.Timestamp], sources: list[LaneMark]) -> None:
    """Draw the first lane: a stroke for each day of a claim, a ring per source."""
    muted = house_style.colour("muted")
    day_axis.draw_lane_heading(axes, 0, REPORTS, "muted")
    y = HEADING + 0.3 * LINE
    axes.scatter(said, [y] * len(said), s=50, marker="|", color=muted, linewidths=1.3)
    for mark in sources:
        y = HEADING + LINE * (mark.line + 1.4)
        axes.scatter(
            [mark.event["start"]],
            [y],
            s=22,
            marker="o",
            facecolors=house_style.colour("paper"),
            edgecolors=muted,
            linewidths=1.3,
            zorder=3,
        )
        _write_label(axes, mark, mark.event["start"], y)


def _draw_event(axes: Axes, mark: LaneMark, y: float) -> None:
    """Draw the bar, the marker and the label of an event.

    The bar is over the days that `mark_extent` returns; for a single day there is none. It is half
    transparent, and paler if the days are uncertain (`vague` or `until`). If no end is given
    (`since`), it has an arrowhead. Unless the days are uncertain, there is a marker on the first of
    them, which links to the event's first claim. An event of precision `since` that began before
    the axis has its marker on the first day of the axis.
    """
    event = mark.event
    first, last = mark_extent(event)
    colour = house_style.colour(event["theme"])
    is_vague = event["precision"] in ("vague", "until")
    if first != last:
        axes.plot(
            [first, last],
            [y, y],
            color=colour,
            linewidth=BAR_WIDTH if mark.side == "upon" else 7 if is_vague else 5,
            alpha=0.25 if is_vague else 0.5,
            solid_capstyle="butt",
            zorder=2,
        )
        if event["precision"] == "since":
            axes.scatter(
                [last], [y], s=glyphs.ARROW, marker=">", color=colour, linewidths=0, zorder=2.5
            )
    if not is_vague:
        dot = axes.scatter(
            [first],
            [y],
            s=34,
            marker=settings().theme[event["theme"]].marker,
            color=colour,
            zorder=3,
            clip_on=False,
        )
        dot.set_urls([f"claim:{event['claims'][0]}"])
    _write_label(axes, mark, last if mark.side == "right" else first, y)


def _write_label(axes: Axes, mark: LaneMark, day: pd.Timestamp, y: float) -> None:
    """Write the label of a mark beside it or upon it, at a day and a height."""
    to_left = mark.side == "left"
    axes.annotate(
        mark.event["label"],
        (day_axis.day_number(day), y),
        (-6 if to_left else 6, 0),
        textcoords="offset points",
        ha="right" if to_left else "left",
        va="center",
        zorder=3,
        **small_print("ink"),
    )
