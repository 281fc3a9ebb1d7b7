"""A beeswarm of claims on the axis of days: a mark for each claim, in lanes by theme.

Marks of days too near to be told apart are piled up.
"""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.analysis import date_spans
from claimbook.corpus.model import Corpus
from claimbook.figures import day_axis, legend
from claimbook.figures.day_axis import axis
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.language.dates import format_day
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings

COLUMN = 0.085  # inches: claims whose marks would be nearer to each other are piled up
STEP = 0.085  # inches from one mark of a pile to the next
MAX_FULL_PILE = 12  # marks: a higher pile is pressed together
MAX_PILE = 40  # marks: those above them are left out
TITLE = (
    "Of {:,} claims {:,} stand on the day they were said or published: their texts name no day on "
    "which it happened"
)
KEY = (
    "the day it happened",
    "hollow: the day it was said or published",
    "it lasted",
    "some time in these days, or with no end",
)
HAPPENED = "happened"  # a basis of a claim's days


def landmarks(corpus: Corpus) -> list[tuple[pd.Timestamp, str]]:
    """Return the day and the label of each landmark, an event that the settings name.

    Landmarks whose event is not in the corpus are omitted.
    """
    starts = corpus.events["start"]
    return [
        (starts[landmark.event], landmark.label)
        for landmark in settings().landmarks
        if landmark.event in starts.index
    ]


@traced
def claims_by_day(
    corpus: Corpus, title: str | Finding = "", claims: pd.DataFrame | None = None
) -> Figure:
    """Draw a beeswarm of claims by day, with a lane for each theme.

    The mark of a claim is filled, on the day when its content happened. If no source gives that
    day, the mark is hollow, on the day when the claim was said or else published. Claims before the
    first day of the axis are only in the data, and piles above `MAX_PILE` marks are cut off.

    Args:
        corpus: The corpus.
        title: The title of the figure. By default it states for how many claims no source gives the
            day on which their content happened.
        claims: The claims to draw, with `theme`; by default all.
    """
    chosen = corpus.claims if claims is None else claims
    spans = chosen[["theme"]].join(date_spans.claim_date_spans(corpus))
    spans = spans.sort_values(["mark", "day_last"], kind="stable")
    is_early = spans["mark"] < axis().first
    early, placed = spans[is_early], spans[~is_early]
    omitted = _omitted(len(early), _count_above_piles(placed))
    marked_days = landmarks(corpus)

    def draw(width: float) -> Drawing:
        return _draw(placed, marked_days, width)

    return Figure(
        name="claims-by-day",
        title=title or TITLE.format(len(placed), _count_hollow(placed)),
        subtitle=(
            "Each mark is a claim; where the day it happened is not known, it stands at the day "
            "it was said, else published. Marks of days too near to be told apart are piled up at "
            f"the first of them. {axis().note}{omitted}"
        ),
        alt=_describe(placed) + omitted,
        data=_table(pd.concat([early, placed])),
        draw=draw,
    )


def _count_hollow(spans: pd.DataFrame) -> int:
    """Count the claims for which no source gives the day when it happened."""
    return int((spans["rests"] != HAPPENED).sum())


def _count_above_piles(spans: pd.DataFrame) -> int:
    """Count the marks that are cut off above the piles, on a page."""
    inches = house_style.WIDE * day_axis.LANES
    return sum(
        int((_pile_up(lane, inches)["level"] >= MAX_PILE).sum())
        for _, lane in spans.groupby("theme", observed=True)
    )


def _omitted(early: int, above: int) -> str:
    """Write the sentences on the claims that are not drawn; empty if all are.

    Args:
        early: The number of claims before the first day of the axis.
        above: The number of claims cut off above the piles.
    """
    text = ""
    if early:
        first = format_day(axis().first)
        text += f" In the data alone: {count_noun(early, 'claim')} with days before {first}."
    if above:
        text += f" Of piles higher than {MAX_PILE} marks the top is left out, {above:,} claims."
    return text


def _describe(placed: pd.DataFrame) -> str:
    """Write the alternative text: the size of each lane, and how many claims are late.

    Late are the claims in the stretched part of the axis.
    """
    sizes = placed["theme"].value_counts()
    lanes = [
        f"{look.label.lower()}, {sizes[theme]}"
        for theme, look in settings().theme.items()
        if sizes.get(theme, 0)
    ]
    text = (
        f"Timeline of {count_noun(len(placed), 'claim')} in lanes by theme"
        f"{': ' if lanes else ''}{join_words(lanes)}. {len(placed) - _count_hollow(placed)} stand "
        "at the day on which they say that something happened, the others at the day they were "
        "said or published."
    )
    if placed.empty:
        return text
    late = int((placed["mark"] >= axis().stretched).sum())
    return f"{text} {late} stand after {format_day(axis().stretched)}."


def _table(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the data of the figure: a row for each claim, with its days."""
    table = spans.assign(
        day=spans["mark"],
        first=spans["day_first"],
        last=spans["day_last"],
        meant=spans["sure"].map({True: "these days", False: "some time in these days"}),
        claims=[[claim] for claim in spans.index],
    )
    columns = ["day", "first", "last", "rests", "meant", "theme", "claims"]
    return table[columns].reset_index(drop=True)


def _draw(
    placed: pd.DataFrame, marked_days: list[tuple[pd.Timestamp, str]], width: float
) -> Drawing:
    """Draw the beeswarm.

    Args:
        placed: The claims to draw, with `theme` and the columns of `claim_date_spans`.
        marked_days: The days of the landmarks with their labels.
        width: The width in inches.
    """
    lanes = {}
    for theme in settings().theme:
        lane = placed[placed["theme"] == theme]
        if len(lane):
            lanes[theme] = _pile_up(lane, width * day_axis.LANES)
    if not lanes:
        lanes[settings().roles.background] = placed.assign(x=[], level=[])
    piles = {
        theme: min(MAX_PILE, int(lane["level"].max()) + 1) if len(lane) else 0
        for theme, lane in lanes.items()
    }
    heights = {theme: 0.3 + STEP * min(MAX_FULL_PILE, pile) for theme, pile in piles.items()}
    top = 0.58 + legend.legend_height(KEY, width)
    drawing, axes = day_axis.new_lane_axes(width, sum(heights.values()), top=top, bottom=0.28)
    y = 0.0
    for theme, lane in lanes.items():
        heading = f"{settings().theme[theme].label}: {_count_hollow(lane)} of {len(lane)} hollow"
        day_axis.draw_lane_heading(axes, y, heading, theme)
        y += heights[theme]
        step = STEP * min(1, MAX_FULL_PILE / max(1, piles[theme]))
        _draw_marks(axes, theme, lane.assign(y=y - 0.07 - step * lane["level"]))
    axes.annotate(
        f"All themes: {_count_hollow(placed)} of {len(placed)} hollow",
        (0, 1),
        (2, 24),
        xycoords="axes fraction",
        textcoords="offset points",
        fontweight="bold",
    )
    _draw_landmarks(axes, marked_days)
    legend.draw_legend(drawing, _key(settings().theme[next(iter(lanes))].marker))
    return drawing


def _draw_landmarks(axes: Axes, marked_days: list[tuple[pd.Timestamp, str]]) -> None:
    """Draw the landmarks, with their titles alternately at two heights."""
    for index, (day, label) in enumerate(marked_days):
        title = f"{day.day} {day.month_name()[:3]}: {label}"
        day_axis.draw_landmark(
            axes,
            day,
            title,
            "muted",
            align="left" if index == 0 else "right",
            up=3 + 10 * (index % 2),
        )


def _key(marker: str) -> dict[str, legend.Sample]:
    """Return the samples of the legend by the words of `KEY`.

    These are a filled and a hollow mark, and a darker and a paler bar, all in a neutral colour.

    Args:
        marker: The code of the two marks in matplotlib.
    """
    samples = (
        legend.dot_sample(marker),
        legend.dot_sample(marker, filled=False),
        legend.bar_sample(alpha=0.5),
        legend.bar_sample(alpha=0.18),
    )
    return dict(zip(KEY, samples, strict=True))


def _pile_up(lane: pd.DataFrame, inches: float) -> pd.DataFrame:
    """Compute the position of each claim's mark in its lane.

    Marks nearer than `COLUMN` are piled up at the day of the first of them.

    Args:
        lane: The claims in order of days, with `mark` (the day).
        inches: The width of the axis.

    Returns:
        The claims with the added columns `x` (a day as matplotlib's number) and `level` (the number
        of marks below).
    """
    shares = pd.Series([day_axis.axis_share(day) for day in lane["mark"]], lane.index, dtype=float)
    column = (shares * inches / COLUMN).astype(int)
    first = shares.groupby(column).transform("first")
    return lane.assign(x=first.map(day_axis.axis_day), level=lane.groupby(column).cumcount())


def _draw_marks(axes: Axes, theme: str, lane: pd.DataFrame) -> None:
    """Draw the marks of a lane, with a bar behind each claim of more than one day.

    Args:
        axes: The axes of the lanes.
        theme: The theme of the lane.
        lane: The claims with the columns of `_pile_up` and `y`, the height of the mark.
    """
    colour = house_style.colour(theme)
    visible = lane[lane["level"] < MAX_PILE]
    first = visible["day_first"].clip(axis().first, axis().last)
    last = visible["day_last"].clip(axis().first, axis().last)
    for is_sure in (True, False):
        lasting = visible[(first < last) & (visible["sure"] == is_sure)]
        starts = day_axis.day_numbers(first[lasting.index])
        ends = day_axis.day_numbers(last[lasting.index])
        axes.add_collection(
            LineCollection(
                [
                    [(start, y), (end, y)]
                    for start, end, y in zip(starts, ends, lasting["y"], strict=True)
                ],
                colors=colour,
                linewidths=3 if is_sure else 4,
                alpha=0.5 if is_sure else 0.18,
                capstyle="butt",
                zorder=2,
            ),
            autolim=False,
        )
    for has_happened, face in ((True, colour), (False, house_style.colour("paper"))):
        marks = visible[(visible["rests"] == HAPPENED) == has_happened]
        dots = axes.scatter(
            marks["x"],
            marks["y"],
            s=19,
            marker=settings().theme[theme].marker,
            facecolors=face,
            edgecolors=colour,
            linewidths=0.9,
            zorder=3,
            clip_on=False,
        )
        dots.set_urls([f"claim:{claim}" for claim in marks.index])
