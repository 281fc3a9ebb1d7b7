"""Claims one by one on the axis of days: a mark a claim, in lanes by theme, piled up where many fall on the same days."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from claimbook.analysis import date_spans
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style, timeline
from claimbook.figures.figure import Figure
from claimbook.figures.queries import count_noun, join_words
from claimbook.language.claim_text import format_day
from claimbook.settings import settings

COLUMN = 0.085  # inches: claims whose marks would stand nearer are piled up; on a page a day has so much where the axis is stretched
STEP = 0.085  # inches from one mark of a pile to the next
TALL = 12  # marks: a higher pile is pressed together
MOST = 40  # marks: what is above in a pile is left out
FINDING = "Of {:,} claims {:,} stand on the day they were said or published: their texts name no day on which it happened"
KEY = (
    "the day it happened",
    "hollow: the day it was said or published",
    "it lasted",
    "some time in these days, or with no end",
)


def landmarks(corpus: Corpus) -> list[tuple[pd.Timestamp, str]]:
    """Find the day and the label of each landmark that the corpus has."""
    starts = corpus.events["start"]
    return [
        (starts[landmark.event], landmark.label)
        for landmark in settings().landmarks
        if landmark.event in starts.index
    ]


def claims_by_day(corpus: Corpus, title: str = "", claims: pd.DataFrame | None = None) -> Figure:
    """Every claim (or those given, by their index) at the day it happened, else at the day it was said or published.

    Without a title, that says of how many no text gives the day.
    """
    chosen = corpus.claims if claims is None else claims
    placed = (
        chosen[["theme"]]
        .join(date_spans.claim_date_spans(corpus))
        .sort_values(["mark", "day_last"], kind="stable")
    )
    early, placed = (
        placed[placed["mark"] < timeline.axis().first],
        placed[placed["mark"] >= timeline.axis().first],
    )
    title = title or FINDING.format(len(placed), _hollow(placed))
    sizes = placed["theme"].value_counts()
    lanes = [
        f"{settings().theme[lane].label.lower()}, {sizes[lane]}"
        for lane in settings().theme
        if sizes.get(lane, 0)
    ]
    alt = (
        f"Timeline of {count_noun(len(placed), 'claim')} in lanes by theme{': ' if lanes else ''}{join_words(lanes)}. "
        f"{len(placed) - _hollow(placed)} stand at the day on which they say that something happened, the others at the day they were said or published."
    )
    if len(placed):
        late = int((placed["mark"] >= timeline.axis().stretched).sum())
        alt += f" {late} stand after {format_day(timeline.axis().stretched)}."
    beyond = sum(
        int((_piled(lane, style.WIDE * timeline.LANES)["level"] >= MOST).sum())
        for _, lane in placed.groupby("theme", observed=True)
    )
    left = (
        f" Of piles higher than {MOST} marks the top is left out, {beyond:,} claims."
        if beyond
        else ""
    )
    if len(early):
        left = f" In the data alone: {count_noun(len(early), 'claim')} with days before {format_day(timeline.axis().first)}.{left}"
    data = pd.concat([early, placed]).rename_axis("claim").reset_index()
    data = data.assign(
        claims=[[claim] for claim in data["claim"]],
        day=data["mark"],
        first=data["day_first"],
        last=data["day_last"],
        meant=data["sure"].map({True: "these days", False: "some time in these days"}),
    )

    return Figure(
        name="claims-by-day",
        title=title,
        subtitle=(
            "Each mark is a claim; where the day it happened is not known, it stands at the day it was said, else published. Marks of days too "
            f"near to be told apart are piled up at the first of them. {timeline.axis().note}{left}"
        ),
        alt=alt + left,
        data=data[["day", "first", "last", "rests", "meant", "theme", "claims"]],
        made_by="figures.swarm.by_day from claims.csv, events.csv and sources.csv",
        draw=lambda width: _draw(placed, landmarks(corpus), width),
    )


def _hollow(placed: pd.DataFrame) -> int:
    """Of how many of the claims no text gives the day on which it happened."""
    return int((placed["rests"] != "happened").sum())


def _draw(placed: pd.DataFrame, marked: list[tuple[pd.Timestamp, str]], width: float) -> Drawing:
    lanes = {
        lane: _piled(placed[placed["theme"] == lane], width * timeline.LANES)
        for lane in settings().theme
    }
    lanes = {lane: piled for lane, piled in lanes.items() if len(piled)} or {
        settings().roles.background: placed.assign(x=[], level=[])
    }
    tallest = {
        lane: min(MOST, int(piled["level"].max()) + 1) if len(piled) else 0
        for lane, piled in lanes.items()
    }
    heights = {lane: 0.3 + STEP * min(TALL, tall) for lane, tall in tallest.items()}
    drawing, axes = timeline.new_lane_axes(
        width, sum(heights.values()), top=0.58 + legend.legend_height(KEY, width), bottom=0.28
    )
    at = 0.0
    for lane, piled in lanes.items():
        timeline.draw_lane_heading(
            axes,
            at,
            f"{settings().theme[lane].label}: {_hollow(piled)} of {len(piled)} hollow",
            lane,
        )
        at += heights[lane]
        step = STEP * min(1, TALL / max(1, tallest[lane]))
        _marks(axes, lane, piled.assign(y=at - 0.07 - step * piled["level"]))
    axes.annotate(
        f"All themes: {_hollow(placed)} of {len(placed)} hollow",
        (0, 1),
        (2, 24),
        xycoords="axes fraction",
        textcoords="offset points",
        fontweight="bold",
    )
    for number, (when, label) in enumerate(marked):
        title = f"{when.day} {when.month_name()[:3]}: {label}"
        timeline.draw_landmark(
            axes, when, title, "muted", "left" if number == 0 else "right", up=3 + 10 * (number % 2)
        )
    marker = settings().theme[next(iter(lanes))].marker
    legend.draw_legend(
        drawing,
        dict(
            zip(
                KEY,
                (
                    legend.dot_sample(marker),
                    legend.dot_sample(marker, filled=False),
                    legend.bar_sample(alpha=0.5),
                    legend.bar_sample(alpha=0.18),
                ),
                strict=True,
            )
        ),
    )
    return drawing


def _piled(lane: pd.DataFrame, inches: float) -> pd.DataFrame:
    """The claims of a lane, in order of days, with the place of each mark: `x`, a day as a number, and `level`, how many stand below it."""
    shares = pd.Series(
        [timeline.axis_share(when) for when in lane["mark"]], index=lane.index, dtype=float
    )
    column = (shares * inches / COLUMN).astype(int)
    first = shares.groupby(column).transform("first")
    return lane.assign(x=first.map(timeline.axis_day), level=lane.groupby(column).cumcount())


def _marks(axes: Axes, lane: str, piled: pd.DataFrame) -> None:
    """The marks of a lane, a bar behind each that has more than one day; the top of a pile too high is left out."""
    colour = style.colour(lane)
    shown = piled[piled["level"] < MOST]
    first, last = (
        shown[end].clip(timeline.axis().first, timeline.axis().last)
        for end in ("day_first", "day_last")
    )
    for certain in (True, False):
        lasting = shown[(first < last) & (shown["sure"] == certain)]
        ends = zip(
            date2num(first[lasting.index]), date2num(last[lasting.index]), lasting["y"], strict=True
        )
        axes.add_collection(
            LineCollection(
                [[(start, y), (end, y)] for start, end, y in ends],
                colors=colour,
                linewidths=3 if certain else 4,
                alpha=0.5 if certain else 0.18,
                capstyle="butt",
                zorder=2,
            ),
            autolim=False,
        )
    for known, face in ((True, colour), (False, style.colour("paper"))):
        some = shown[(shown["rests"] == "happened") == known]
        dots = axes.scatter(
            some["x"],
            some["y"],
            s=19,
            marker=settings().theme[lane].marker,
            facecolors=face,
            edgecolors=colour,
            linewidths=0.9,
            zorder=3,
            clip_on=False,
        )
        dots.set_urls([f"claim:{claim}" for claim in some.index])
