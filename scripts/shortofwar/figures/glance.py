"""The half-year at a glance: every event of the argument, by theme, on one axis."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.tables import Corpus
from shortofwar.corpus.words import day
from shortofwar.figures import style, timeline
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, events, listed

LANES = ["pressure", "resistance", "military-signal", "information-operation", "outlook"]
LETTER = 0.062  # inches a letter takes at the small size
GAP = 0.12  # inches between a mark and its label, and between one label and the next mark
INVASION = pd.Timestamp("2022-02-24")
FINDING = "Service to Russia's war runs from the invasion on; dated pressure is mostly of December, and so are four of the five texts"


def half_year(corpus: Corpus, title: str = FINDING) -> Figure:
    """All events of the five themes in lanes, labelled at the mark; the invasion as a landmark."""
    chosen = events(corpus, LANES)
    chosen = chosen[chosen["latest"] >= timeline.FIRST].sort_values(["start", "latest"], kind="stable")
    context = events(corpus, ["context"])
    sizes = chosen["theme"].value_counts()
    late = chosen[chosen["earliest"] >= timeline.LENS]
    alt = (
        f"Timeline of {count(len(chosen), 'event')} from February to December 2022 in lanes by theme: "
        + listed([f"{style.THEMES[lane].label.lower()}, {sizes.get(lane, 0)}" for lane in LANES])
        + f". {len(late)} of them begin after {day(timeline.LENS)}. "
        f"The last is of {day(chosen['day'].max())}: {chosen.iloc[-1]['title']}. "
        f"{len(context)} events of the war at large are left out."
    )
    columns = ["title", "theme", "start", "end", "precision", "earliest", "latest", "claims"]

    def draw(width: float) -> Drawing:
        return _draw(chosen, width)

    return Figure(
        name="half-year",
        title=title,
        subtitle=(
            "Events by theme and day; pale bars: some time in these days. The scale is stretched from 15 November on, "
            f"where the ground is shaded. {len(context)} events of the war at large are left out."
        ),
        alt=alt,
        data=chosen[columns].reset_index(drop=True),
        made_by="figures.glance.half_year from claims.csv and events.csv",
        draw=draw,
    )


def _draw(chosen: pd.DataFrame, width: float) -> Drawing:
    lanes = {lane: _pack(chosen[chosen["theme"] == lane], width) for lane in LANES}
    lanes = {lane: packed for lane, packed in lanes.items() if packed}
    rows = {lane: 1 + max(line for _, line, _ in packed) for lane, packed in lanes.items()}
    line, heading, top, bottom = 0.2, 0.24, 0.24, 0.28
    body = sum(count * line + heading for count in rows.values())
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0.012, bottom / height, 0.976, body / height))
    axes.set_ylim(body, 0)
    timeline.days(axes, narrow=width < style.WIDE)
    at = 0.0
    for lane, packed in lanes.items():
        if at:
            axes.axhline(at, color=style.colour("rule"), linewidth=0.6)
        theme = style.THEMES[lane]
        axes.annotate(
            theme.label, (0, at + 0.13), xycoords=("axes fraction", "data"), xytext=(2, 0), textcoords="offset points",
            va="center", fontweight="bold", color=style.colour(lane),
        )
        for event, where, side in packed:
            _event(axes, event, at + heading + line * (where + 0.4), side)
        at += rows[lane] * line + heading
    axes.axvline(INVASION, color=style.colour("muted"), linewidth=0.8, linestyle=(0, (3, 3)), zorder=0.6)
    axes.annotate(
        "24 Feb: invasion", (date2num(INVASION), 0), (0, 4), textcoords="offset points", ha="left",
        fontsize=style.SMALL, color=style.colour("muted"),
    )
    return drawing


def _pack(lane: pd.DataFrame, width: float) -> list[tuple[pd.Series, int, str]]:
    """Give each event of a lane a line on which neither mark nor label meets another.

    Gives (event, line, side); the label stands to the right of the mark, else to its left, else upon a long one.
    """
    ends: list[float] = []
    packed = []
    inches = width * 0.976
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
