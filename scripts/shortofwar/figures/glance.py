"""The half-year at a glance: every event of the argument, by theme, on one axis."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.tables import Corpus
from shortofwar.corpus.words import day
from shortofwar.figures import style, timeline
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, events, listed, most_told

LANES = ["pressure", "resistance", "military-signal", "information-operation", "outlook"]
LETTER = 0.062  # inches a letter takes at the small size
GAP = 0.12  # inches between a mark and its label, and between one label and the next mark
LIMIT = 48  # events that the lanes can name
SOURCES = 8  # sources that the last lane can name
ROOM = 0.62  # inches between two rings in which the codes of both find room
BELOW = 0.35  # inches between two codes below their rings
VISITS = {"shoigu-visit": "Shoigu", "putin-minsk": "Putin"}  # beside the invasion, the landmarks: whose visit it was
INVASION = pd.Timestamp("2022-02-24")
FINDING = "Service to Russia's war runs from the invasion on; dated pressure is mostly of December, and so are four of the five texts"


def half_year(corpus: Corpus, title: str = FINDING) -> Figure:
    """All events of the five themes in lanes, labelled at the mark; the invasion as a landmark."""
    chosen = events(corpus, LANES)
    chosen = chosen[chosen["latest"] >= timeline.FIRST].sort_values(["start", "latest"], kind="stable")
    chosen, left = most_told(chosen, LIMIT)
    told = _told(corpus)
    context = events(corpus, ["context"])
    sizes = chosen["theme"].value_counts()
    late = chosen[chosen["earliest"] >= timeline.LENS]
    appeared = [f"{day(when)} ({code})" for code, when in told["published"].items()]
    more = f", and {len(appeared) - SOURCES:,} more later" if len(appeared) > SOURCES else ""
    alt = (
        f"Timeline of {count(len(chosen), 'event')} from February to December 2022 in lanes by theme: "
        + listed([f"{style.THEMES[lane].label.lower()}, {sizes.get(lane, 0)}" for lane in LANES])
        + f". {len(late)} of them begin after {day(timeline.LENS)}. "
        f"The last is of {day(chosen['day'].max())}: {chosen.iloc[-1]['title']}. "
        f"The sources appeared on {listed(appeared[:SOURCES])}{more}. "
        f"{len(context)} events of the war at large are left out.{left}"
    )
    columns = ["title", "theme", "start", "end", "precision", "earliest", "latest", "claims"]

    visits = chosen[chosen.index.isin(VISITS)].sort_values("day")

    def draw(width: float) -> Drawing:
        return _draw(chosen, told, {label: day for label, day in zip(visits.index.map(VISITS), visits["day"], strict=True)}, width)

    return Figure(
        name="half-year",
        title=title,
        subtitle=(
            "Events by theme and day; pale bars: some time in these days. The scale is stretched from 15 November on, "
            "where the ground is shaded. The last lane has the days on which the claims were said, and those on which the sources "
            f"appeared. {len(context)} events of the war at large are left out.{left}"
        ),
        alt=alt,
        data=chosen[columns].reset_index(drop=True),
        made_by="figures.glance.half_year from claims.csv and events.csv",
        draw=draw,
    )


def _told(corpus: Corpus) -> dict[str, dict[str, pd.Timestamp]]:
    """The days on which the sources appeared, by code (`published`), and those on which claims were said, the latest first (`said`)."""
    published = corpus.sources.sort_values("published").set_index("code")["published"]
    said = corpus.claims.loc[corpus.claims["theme"] != "context", "stated_on"].dropna().drop_duplicates()
    return {"published": published.to_dict(), "said": {str(when): when for when in said if when >= timeline.FIRST}}


def _draw(chosen: pd.DataFrame, told: dict[str, dict[str, pd.Timestamp]], visits: dict[str, pd.Timestamp], width: float) -> Drawing:
    lanes = {lane: _pack(chosen[chosen["theme"] == lane], width) for lane in LANES}
    lanes = {lane: packed for lane, packed in lanes.items() if packed}
    rows = {lane: 1 + max(line for _, line, _ in packed) for lane, packed in lanes.items()}
    line, heading = 0.2, 0.24
    body = sum(count * line + heading for count in rows.values()) + 2.3 * line + heading
    drawing, axes = timeline.lanes(width, body, top=0.24, bottom=0.28)
    at = 0.0
    for lane, packed in lanes.items():
        timeline.lane(axes, at, style.THEMES[lane].label, lane)
        for event, where, side in packed:
            _event(axes, event, at + heading + line * (where + 0.4), side)
        at += rows[lane] * line + heading
    _reports(axes, told, at, line, heading)
    for label, when in visits.items():
        timeline.landmark(axes, when, label, "rule", "center")
    timeline.landmark(axes, INVASION, "24 Feb: invasion", "muted", "left")
    return drawing


def _reports(axes: Axes, told: dict[str, dict[str, pd.Timestamp]], at: float, line: float, heading: float) -> None:
    """The last lane: a stroke for each day on which something was said, a ring with its code for each source."""
    muted = style.colour("muted")
    timeline.lane(axes, at, "When it was said (strokes) and published (rings)", "muted")
    axes.scatter(list(told["said"].values()), [at + heading + 0.3 * line] * len(told["said"]), s=50, marker="|", color=muted, linewidths=1.3)
    inches = axes.figure.get_size_inches()[0]
    shown = list(told["published"].items())[:SOURCES]
    places = [timeline.share(when) * inches for _, when in shown]
    below = -BELOW
    for i, (code, when) in enumerate(shown):
        y = at + heading + 1.2 * line
        axes.scatter([when], [y], s=22, marker="o", facecolors=style.colour("paper"), edgecolors=muted, linewidths=1.3, zorder=3)
        free_right = (places[i + 1] if i + 1 < len(places) else inches) - places[i] > ROOM
        free_left = places[i] - (places[i - 1] if i else 0) > ROOM
        offset, side, level = ((5, 0), "left", "center") if free_right else ((-5, 0), "right", "center") if free_left else ((0, -5), "center", "top")
        if side == "center" and places[i] - below < BELOW:
            continue  # too many on one day: the ring alone
        below = places[i] if side == "center" else below
        axes.annotate(
            code, (date2num(when), y), offset, textcoords="offset points", ha=side, va=level,
            fontsize=style.SMALL, color=style.colour("ink"),
        )


def _pack(lane: pd.DataFrame, width: float) -> list[tuple[pd.Series, int, str]]:
    """Give each event of a lane a line on which neither mark nor label meets another.

    Gives (event, line, side); the label stands to the right of the mark, else to its left, else upon a long one.
    """
    ends: list[float] = []
    packed = []
    inches = width * timeline.LANES
    for _, event in lane.iterrows():
        first, last = (timeline.share(when) * inches for when in _extent(event))
        label = LETTER * len(event["label"])
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
    return max(first, timeline.FIRST), event["latest"]


def _event(axes: Axes, event: pd.Series, y: float, side: str) -> None:
    first, last = _extent(event)
    theme = event["theme"]
    colour = style.colour(theme)
    vague = event["precision"] in ("vague", "until")
    if first != last:
        axes.plot(
            [first, last], [y, y], color=colour, linewidth=7 if vague else 5, alpha=0.25 if vague else 0.5,
            solid_capstyle="butt", zorder=2,
        )
    if not vague:
        dot = axes.scatter([first], [y], s=34, marker=style.THEMES[theme].marker, color=colour, zorder=3, clip_on=False)
        dot.set_urls([f"claim:{event['claims'][0]}"])
    axes.annotate(
        event["label"],
        (date2num(last if side == "right" else first), y),
        (-6 if side == "left" else 6, 0),
        textcoords="offset points",
        ha="right" if side == "left" else "left",
        va="center",
        fontsize=style.SMALL,
        color=style.colour("ink"),
        bbox={"facecolor": style.colour("paper"), "edgecolor": "none", "pad": 0.8} if side == "upon" else None,
    )
