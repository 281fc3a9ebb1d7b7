"""The half-year at a glance: every event of the argument, by theme, on one axis."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.tables import Corpus
from shortofwar.corpus.words import day
from shortofwar.figures import keys, style, timeline
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import OPEN, count, events, listed, most_told, outlets

LANES = ["pressure", "resistance", "military-signal", "information-operation", "outlook"]
LETTER = 0.062  # inches a letter takes at the small size
GAP = 0.12  # inches between a mark and its label, and between one label and the next mark
UPON = 11  # points: a bar that holds its label
LIMIT = 48  # events that the lanes can name
REPORTS = "When it was said and published"
COUNTS = 15  # points above the axes: the number of events on either part of the axis
SOURCES = 8  # sources that the last lane can name
VISITS = {"shoigu-visit": "Shoigu", "putin-minsk": "Putin"}  # beside the invasion, the landmarks: whose visit it was
INVASION = pd.Timestamp("2022-02-24")
FINDING = "Four of the five reports are of December, and most of the events on Belarus that they can date begin after mid-November"


def half_year(corpus: Corpus, title: str = FINDING) -> Figure:
    """The events of the five themes in lanes, labelled at the mark, but for those whose day is quite open; the invasion as a landmark."""
    chosen = events(corpus, LANES)
    chosen = chosen[chosen["latest"] >= timeline.FIRST].sort_values(["start", "latest"], kind="stable")
    quite_open = (chosen["precision"] == "vague") & (chosen["latest"] - chosen["earliest"] > OPEN)
    chosen, left = most_told(chosen[~quite_open], LIMIT)
    if quite_open.any():
        left = f" and {quite_open.sum():,} that can lie anywhere in more than a month.{left}"
    else:
        left = f".{left}"
    told = _told(corpus)
    context = events(corpus, ["context"])
    sizes = chosen["theme"].value_counts()
    late = chosen[chosen["earliest"] >= timeline.LENS]
    appeared = [f"{day(source.start)} ({source.label})" for source in told["published"].itertuples()]
    more = f", and {len(appeared) - SOURCES:,} more later" if len(appeared) > SOURCES else ""
    alt = (
        f"Timeline of {count(len(chosen), 'event')} from February to December 2022 in lanes by theme: "
        + listed([f"{style.THEMES[lane].label.lower()}, {sizes.get(lane, 0)}" for lane in LANES])
        + f". {len(late)} of them begin after {day(timeline.LENS)}. "
        f"The last is of {day(chosen['day'].max())}: {chosen.iloc[-1]['title']}. "
        f"The sources appeared on {listed(appeared[:SOURCES])}{more}. "
        f"Left out: {count(len(context), 'event')} of the war at large{left}"
    )
    columns = ["title", "theme", "start", "end", "precision", "earliest", "latest", "claims"]

    visits = chosen[chosen.index.isin(VISITS)].sort_values("day")

    def draw(width: float) -> Drawing:
        return _draw(chosen, told, {label: day for label, day in zip(visits.index.map(VISITS), visits["day"], strict=True)}, width)

    return Figure(
        name="half-year",
        title=title,
        subtitle=(
            f"Events by theme and day; above them, when they were spoken of and the sources appeared. {timeline.STRETCHED} "
            f"Left out: {count(len(context), 'event')} of the war at large{left}"
        ),
        alt=alt,
        data=chosen[columns].reset_index(drop=True),
        made_by="figures.glance.half_year from claims.csv and events.csv",
        draw=draw,
    )


def _told(corpus: Corpus) -> dict[str, Any]:
    """The sources as events of their day (`published`: `label`, the outlet, `start`, `end`, `precision`), and the days on which claims were `said`."""
    days = corpus.sources.sort_values("published").set_index("code")["published"]
    published = pd.DataFrame({"label": outlets(corpus), "start": days, "end": days, "precision": "day"})
    said = corpus.claims.loc[corpus.claims["theme"] != "context", "stated_on"].dropna().drop_duplicates()
    return {"published": published, "said": [when for when in said if when >= timeline.FIRST]}


def _draw(chosen: pd.DataFrame, told: dict[str, Any], visits: dict[str, pd.Timestamp], width: float) -> Drawing:
    lanes = {lane: _pack(chosen[chosen["theme"] == lane], width) for lane in LANES}
    lanes = {lane: packed for lane, packed in lanes.items() if packed}
    rows = {lane: 1 + max(line for _, line, _ in packed) for lane, packed in lanes.items()}
    line, heading = 0.2, 0.24
    sources = _pack(told["published"].iloc[:SOURCES], width)
    reports = heading + line * (max((where for _, where, _ in sources), default=0) + 2.1)
    body = reports + sum(count * line + heading for count in rows.values())
    key = _key(chosen)
    drawing, axes = timeline.lanes(width, body, top=0.48 + keys.height(key, width), bottom=0.28)
    _reports(axes, told, sources, line, heading)
    at = reports
    for lane, packed in lanes.items():
        timeline.lane(axes, at, style.THEMES[lane].label, lane)
        for event, where, side in packed:
            _event(axes, event, at + heading + line * (where + 0.4), side)
        at += rows[lane] * line + heading
    _counts(axes, chosen)
    for label, when in visits.items():
        timeline.landmark(axes, when, label, "rule", "center")
    timeline.landmark(axes, INVASION, "24 Feb: invasion", "muted", "left")
    keys.draw(drawing, key)
    return drawing


def _counts(axes: Axes, chosen: pd.DataFrame) -> None:
    """How many events begin on either part of the axis, above it."""
    late = int((chosen["earliest"] >= timeline.LENS).sum())
    for number, place in ((len(chosen) - late, timeline.SHARES[1] / 2), (late, (timeline.SHARES[1] + 1) / 2)):
        axes.annotate(f"{count(number, 'event')} begin{'s' if number == 1 else ''}", (place, 1), (0, COUNTS), xycoords="axes fraction", textcoords="offset points", ha="center", fontweight="bold")


def _key(chosen: pd.DataFrame) -> dict[str, keys.Sample]:
    """What the marks and bars mean, as far as they are drawn."""
    drawn = set(chosen["precision"])
    key: dict[str, keys.Sample] = {"on this day": tuple(keys.dot(style.THEMES[lane].marker, size=3) for lane in LANES[:1] + LANES[2:4])}
    key |= {"over these days": timeline.sample("certain", LANES[0])} if drawn & {"day", "month"} else {}
    key |= {"with no end given": timeline.sample("ongoing", LANES[0])} if "since" in drawn else {}
    key |= {"some time in these days": timeline.sample("uncertain", LANES[0])} if drawn & {"vague", "until"} else {}
    return key | {"said": timeline.sample("said", LANES[0]), "published": timeline.sample("published", LANES[0])}


def _reports(axes: Axes, told: dict[str, Any], packed: list[tuple[pd.Series, int, str]], line: float, heading: float) -> None:
    """The first lane: a stroke for each day on which something was said, a ring with its outlet for each source."""
    muted = style.colour("muted")
    timeline.lane(axes, 0, REPORTS, "muted")
    axes.scatter(told["said"], [heading + 0.3 * line] * len(told["said"]), s=50, marker="|", color=muted, linewidths=1.3)
    for source, where, side in packed:
        y = heading + line * (where + 1.4)
        axes.scatter([source["start"]], [y], s=22, marker="o", facecolors=style.colour("paper"), edgecolors=muted, linewidths=1.3, zorder=3)
        _label(axes, source["label"], source["start"], y, side)

def _pack(lane: pd.DataFrame, width: float) -> list[tuple[pd.Series, int, str]]:
    """Give each event of a lane a line on which neither mark nor label meets another.

    Gives (event, line, side); the label stands upon a long mark, else to the right of it, else to its left.
    """
    ends: list[float] = []
    packed = []
    inches = width * timeline.LANES
    for _, event in lane.iterrows():
        first, last = (timeline.share(when) * inches for when in _extent(event))
        label = LETTER * len(event["label"])
        side = "upon"
        if last - first <= label + 2 * GAP:
            side = "right" if last + GAP + label <= inches else "left" if first - GAP - label >= 0 else "upon"
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
    return max(first, timeline.FIRST), event["published"][-1] if event["precision"] == "since" else event["latest"]


def _event(axes: Axes, event: pd.Series, y: float, side: str) -> None:
    first, last = _extent(event)
    theme = event["theme"]
    colour = style.colour(theme)
    vague = event["precision"] in ("vague", "until")
    if first != last:
        axes.plot(
            [first, last], [y, y], color=colour, linewidth=UPON if side == "upon" else 7 if vague else 5, alpha=0.25 if vague else 0.5,
            solid_capstyle="butt", zorder=2,
        )
        if event["precision"] == "since":
            axes.scatter([last], [y], s=timeline.ARROW, marker=">", color=colour, linewidths=0, zorder=2.5)
    if not vague:
        dot = axes.scatter([first], [y], s=34, marker=style.THEMES[theme].marker, color=colour, zorder=3, clip_on=False)
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
