"""The half-year at a glance: every event of the argument, by theme, on one axis."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style, timeline
from claimbook.figures.figure import Figure
from claimbook.figures.queries import (
    OPEN,
    count_noun,
    join_words,
    outlet_names,
    reported_events,
    top_by_claims,
)
from claimbook.language import claim_text
from claimbook.language.claim_text import format_day
from claimbook.settings import settings

LETTER = 0.062  # inches a letter takes at the small size
GAP = 0.12  # inches between a mark and its label, and between one label and the next mark
UPON = 11  # points: a bar that holds its label
LIMIT = 48  # events that the lanes can name
REPORTS = "When it was said and published"
COUNTS = 15  # points above the axes: the number of events on either part of the axis
SOURCES = 8  # sources that the last lane can name


def events_by_theme(corpus: Corpus, title: str) -> Figure:
    """The events of the five themes in lanes, labelled at the mark, but for those whose day is quite open; the invasion as a landmark."""
    lanes, axis = settings().argued, timeline.axis()
    chosen = reported_events(corpus, lanes)
    chosen = chosen[chosen["latest"] >= timeline.axis().first].sort_values(
        ["start", "latest"], kind="stable"
    )
    quite_open = (chosen["precision"] == "vague") & (chosen["latest"] - chosen["earliest"] > OPEN)
    chosen, left = top_by_claims(chosen[~quite_open], LIMIT)
    if quite_open.any():
        left = f" and {quite_open.sum():,} that can lie anywhere in more than a month.{left}"
    else:
        left = f".{left}"
    told = _told(corpus)
    context = reported_events(corpus, [settings().roles.background])
    sizes = chosen["theme"].value_counts()
    late = chosen[chosen["earliest"] >= timeline.axis().stretched]
    appeared = [
        f"{format_day(source.start)} ({source.label})" for source in told["published"].itertuples()
    ]
    more = f", and {len(appeared) - SOURCES:,} more later" if len(appeared) > SOURCES else ""
    alt = (
        f"Timeline of {count_noun(len(chosen), 'event')} from {claim_text.format_months(axis.first, axis.last)} in lanes by theme: "
        + join_words(
            [f"{settings().theme[lane].label.lower()}, {sizes.get(lane, 0)}" for lane in lanes]
        )
        + f". {len(late)} of them begin after {format_day(timeline.axis().stretched)}. "
        f"The last is of {format_day(chosen['day'].max())}: {chosen.iloc[-1]['title']}. "
        f"The sources appeared on {join_words(appeared[:SOURCES])}{more}. "
        f"Left out: {count_noun(len(context), 'event')} of {settings().roles.background_phrase}{left}"
    )
    columns = ["title", "theme", "start", "end", "precision", "earliest", "latest", "claims"]

    def draw(width: float) -> Drawing:
        return _draw(chosen, told, _landmarks(corpus, chosen), width)

    return Figure(
        name="half-year",
        title=title,
        subtitle=(
            f"Events by theme and day; above them, when they were spoken of and the sources appeared. {timeline.axis().note} "
            f"Left out: {count_noun(len(context), 'event')} of {settings().roles.background_phrase}{left}"
        ),
        alt=alt,
        data=chosen[columns].reset_index(drop=True),
        made_by="figures.glance.half_year from claims.csv and events.csv",
        draw=draw,
    )


def _told(corpus: Corpus) -> dict[str, Any]:
    """The sources as events of their day (`published`: `label`, the outlet, `start`, `end`, `precision`), and the days on which claims were `said`."""
    days = corpus.sources.sort_values("published").set_index("code")["published"]
    published = pd.DataFrame(
        {"label": outlet_names(corpus), "start": days, "end": days, "precision": "day"}
    )
    said = (
        corpus.claims.loc[corpus.claims["theme"] != settings().roles.background, "stated_on"]
        .dropna()
        .drop_duplicates()
    )
    return {
        "published": published,
        "said": [when for when in said if when >= timeline.axis().first],
    }


def _draw(
    chosen: pd.DataFrame,
    told: dict[str, Any],
    landmarks: list[tuple[pd.Timestamp, str, bool]],
    width: float,
) -> Drawing:
    lanes = {lane: _pack(chosen[chosen["theme"] == lane], width) for lane in settings().argued}
    lanes = {lane: packed for lane, packed in lanes.items() if packed}
    rows = {lane: 1 + max(line for _, line, _ in packed) for lane, packed in lanes.items()}
    line, heading = 0.2, 0.24
    sources = _pack(told["published"].iloc[:SOURCES], width)
    reports = heading + line * (max((where for _, where, _ in sources), default=0) + 2.1)
    body = reports + sum(count * line + heading for count in rows.values())
    key = _key(chosen)
    drawing, axes = timeline.new_lane_axes(
        width, body, top=0.48 + legend.legend_height(key, width), bottom=0.28
    )
    _reports(axes, told, sources, line, heading)
    at = reports
    for lane, packed in lanes.items():
        timeline.draw_lane_heading(axes, at, settings().theme[lane].label, lane)
        for event, where, side in packed:
            _event(axes, event, at + heading + line * (where + 0.4), side)
        at += rows[lane] * line + heading
    _counts(axes, chosen)
    for when, label, outside in landmarks:
        if outside:
            title = f"{when.day} {when.month_name()[:3]}: {label}"
            timeline.draw_landmark(axes, when, title, "muted", "left")
        else:
            timeline.draw_landmark(axes, when, label, "rule", "center")
    legend.draw_legend(drawing, key)
    return drawing


def _landmarks(corpus: Corpus, chosen: pd.DataFrame) -> list[tuple[pd.Timestamp, str, bool]]:
    """Find the landmarks: their day, their label, and whether they stand outside all lanes.

    Those outside come last, so that they are drawn above the others.
    """
    known = []
    for landmark in settings().landmarks:
        if landmark.event in chosen.index:
            known.append((chosen.at[landmark.event, "day"], landmark.short, False))
        elif landmark.event in corpus.events.index:
            event = corpus.events.loc[landmark.event]
            if event["theme"] == settings().roles.background and pd.notna(event["start"]):
                known.append((event["start"], landmark.short, True))
    return sorted(known, key=lambda landmark: (landmark[2], landmark[0]))


def _counts(axes: Axes, chosen: pd.DataFrame) -> None:
    """How many events begin on either part of the axis, above it."""
    late = int((chosen["earliest"] >= timeline.axis().stretched).sum())
    for number, place in (
        (len(chosen) - late, timeline.axis().shares[1] / 2),
        (late, (timeline.axis().shares[1] + 1) / 2),
    ):
        axes.annotate(
            f"{count_noun(number, 'event')} begin{'s' if number == 1 else ''}",
            (place, 1),
            (0, COUNTS),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="center",
            fontweight="bold",
        )


def _key(chosen: pd.DataFrame) -> dict[str, legend.Sample]:
    """What the marks and bars mean, as far as they are drawn."""
    drawn, lanes = set(chosen["precision"]), settings().argued
    key: dict[str, legend.Sample] = {
        "on this day": tuple(
            legend.dot_sample(settings().theme[lane].marker, size=3) for lane in _samples(lanes)
        )
    }
    key |= (
        {"over these days": timeline.legend_sample("certain", lanes[0])}
        if drawn & {"day", "month"}
        else {}
    )
    key |= (
        {"with no end given": timeline.legend_sample("ongoing", lanes[0])}
        if "since" in drawn
        else {}
    )
    key |= (
        {"some time in these days": timeline.legend_sample("uncertain", lanes[0])}
        if drawn & {"vague", "until"}
        else {}
    )
    return key | {
        "said": timeline.legend_sample("said", lanes[0]),
        "published": timeline.legend_sample("published", lanes[0]),
    }


def _reports(
    axes: Axes,
    told: dict[str, Any],
    packed: list[tuple[pd.Series, int, str]],
    line: float,
    heading: float,
) -> None:
    """The first lane: a stroke for each day on which something was said, a ring with its outlet for each source."""
    muted = style.colour("muted")
    timeline.draw_lane_heading(axes, 0, REPORTS, "muted")
    axes.scatter(
        told["said"],
        [heading + 0.3 * line] * len(told["said"]),
        s=50,
        marker="|",
        color=muted,
        linewidths=1.3,
    )
    for source, where, side in packed:
        y = heading + line * (where + 1.4)
        axes.scatter(
            [source["start"]],
            [y],
            s=22,
            marker="o",
            facecolors=style.colour("paper"),
            edgecolors=muted,
            linewidths=1.3,
            zorder=3,
        )
        _label(axes, source["label"], source["start"], y, side)


def _pack(lane: pd.DataFrame, width: float) -> list[tuple[pd.Series, int, str]]:
    """Give each event of a lane a line on which neither mark nor label meets another.

    Gives (event, line, side); the label stands upon a long mark, else to the right of it, else to its left.
    """
    ends: list[float] = []
    packed = []
    inches = width * timeline.LANES
    for _, event in lane.iterrows():
        first, last = (timeline.axis_share(when) * inches for when in _extent(event))
        label = LETTER * len(event["label"])
        side = "upon"
        if last - first <= label + 2 * GAP:
            side = (
                "right"
                if last + GAP + label <= inches
                else "left"
                if first - GAP - label >= 0
                else "upon"
            )
        start = first - GAP - label if side == "left" else first
        end = last + GAP + label if side == "right" else last
        line = next((i for i, taken in enumerate(ends) if taken + GAP <= start), len(ends))
        if line == len(ends):
            ends.append(0.0)
        ends[line] = end
        packed.append((event, line, side))
    return packed


def _extent(event: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days that an event's mark covers."""
    if event["precision"] in ("day", "month"):
        return event["start"], event["end"]
    first = event["start"] if pd.notna(event["start"]) else event["earliest"]
    return max(first, timeline.axis().first), event["published"][-1] if event[
        "precision"
    ] == "since" else event["latest"]


def _event(axes: Axes, event: pd.Series, y: float, side: str) -> None:
    first, last = _extent(event)
    theme = event["theme"]
    colour = style.colour(theme)
    vague = event["precision"] in ("vague", "until")
    if first != last:
        axes.plot(
            [first, last],
            [y, y],
            color=colour,
            linewidth=UPON if side == "upon" else 7 if vague else 5,
            alpha=0.25 if vague else 0.5,
            solid_capstyle="butt",
            zorder=2,
        )
        if event["precision"] == "since":
            axes.scatter(
                [last], [y], s=timeline.ARROW, marker=">", color=colour, linewidths=0, zorder=2.5
            )
    if not vague:
        dot = axes.scatter(
            [first],
            [y],
            s=34,
            marker=settings().theme[theme].marker,
            color=colour,
            zorder=3,
            clip_on=False,
        )
        dot.set_urls([f"claim:{event['claims'][0]}"])
    _label(axes, event["label"], last if side == "right" else first, y, side)


def _label(axes: Axes, text: str, when: pd.Timestamp, y: float, side: str) -> None:
    """Write beside a mark, or upon a long one."""
    axes.annotate(
        text,
        (date2num(when), y),
        (-6 if side == "left" else 6, 0),
        textcoords="offset points",
        ha="right" if side == "left" else "left",
        va="center",
        fontsize=style.SMALL,
        color=style.colour("ink"),
        zorder=3,
    )


def _samples(lanes: list[str]) -> list[str]:
    """Choose three lanes whose markers differ most, for the legend."""
    return [*lanes[:1], *lanes[2:4]]
