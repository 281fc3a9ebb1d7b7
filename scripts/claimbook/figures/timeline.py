"""The timeline that all dated figures share: labelled rows on one axis of days, uncertain days drawn as uncertain.

The axis runs from the invasion to the corpus's last day. Its last five weeks, in which most of what the sources report lies,
are stretched (`LENS`), and shaded so that the reader sees it.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Drawing

from claimbook.figures import legend, style
from claimbook.settings import Settings, settings

LANES = 0.976  # of the width, for lanes
LABELS = 0.40  # of the width, for the labels of rows where there is room beside the axis
PAD = 0.07  # inches between rows
NOTE, SMALL = (
    0.064,
    0.135,
)  # inches that a letter takes under a label, and from one line of them to the next
SURE, UNSURE = 0.55, 0.22  # how dark a stretch of known and of uncertain days is
ARROW = 42  # points squared: the head at the end of what goes on
LARGEST = 9  # claims: a mark that stands for more grows no further
CLOSE, NEAR = (
    0.5,
    0.33,
)  # inches: the last month is not named where the first week stands nearer, nor every week where the next does
APART = 0.1  # inches between different marks on one day of a row
ASIDE = 0.62  # inches for the marks to which no text gives a day
NO_DAY = "no day\ngiven"  # what stands above them

GLYPHS = {  # how a mark is drawn: marker, filled, size in points
    "happened": (None, True, 6.5),
    "feared": (None, False, 6.5),
    "denied": ("x", False, 6),
    "claim": ("o", True, 6.5),
    "claim, no day": ("o", False, 6.5),
    "against": ("X", True, 7),
    "against, no day": ("X", False, 7),
    "said": ("|", False, 8),
    "published": ("o", False, 4.5),
}
STROKES = {"denied": 1.8}  # points, where a line is not of the usual width


@dataclass(frozen=True)
class DayAxis:
    """The axis of days that all dated figures of a report share.

    Attributes:
        first: Its first day.
        stretched: The day from which on it is stretched; its last where it is even.
        last: Its last day.
        share: The share of the axis before the stretch; 1 where it is even.
    """

    first: pd.Timestamp
    stretched: pd.Timestamp
    last: pd.Timestamp
    share: float

    @property
    def is_stretched(self) -> bool:
        """Whether a part of it is stretched."""
        return self.stretched < self.last

    @property
    def days(self) -> np.ndarray:
        """The days between which its scale is even, in matplotlib's numbers, shape (2,) or (3,)."""
        ends = (
            [self.first, self.stretched, self.last]
            if self.is_stretched
            else [self.first, self.last]
        )
        return date2num(ends)

    @property
    def shares(self) -> np.ndarray:
        """The places of `days` on the axis, from 0 to 1."""
        return np.array([0, self.share, 1] if self.is_stretched else [0, 1])

    @property
    def months(self) -> list[pd.Timestamp]:
        """The first days of every second month before the stretch."""
        starts = pd.date_range(self.first, self.stretched, freq="MS")
        return list(starts[::2])

    @property
    def weeks(self) -> list[pd.Timestamp]:
        """The Mondays of the stretch."""
        return (
            list(pd.date_range(self.stretched, self.last, freq="W-MON"))
            if self.is_stretched
            else []
        )

    @property
    def note(self) -> str:
        """What a subtitle says of the stretch; empty where there is none."""
        if not self.is_stretched:
            return ""
        day = f"{self.stretched.day} {self.stretched.month_name()}"
        return f"The scale is stretched from {day} on, where the ground is shaded."


def axis() -> DayAxis:
    """Give the axis of days of the report at work."""
    return _axis(settings())


@lru_cache(maxsize=8)
def _axis(report: Settings) -> DayAxis:
    period = report.period
    last = pd.Timestamp(period.end)
    if period.stretched_from is None:
        return DayAxis(pd.Timestamp(period.start), last, last, 1.0)
    stretched = pd.Timestamp(period.stretched_from)
    return DayAxis(pd.Timestamp(period.start), stretched, last, 1 - period.stretched_share)


@dataclass(frozen=True)
class Mark:
    """One mark on a row: its day, how it is drawn (a key of `GLYPHS`), its theme, the claim it leads to, and how many it stands for.

    `tone` is a colour of the house to draw it in, if not its theme's.
    """

    day: pd.Timestamp
    glyph: str
    theme: str
    claim: str = ""
    number: int = 1
    tone: str = ""


@dataclass(frozen=True)
class Stretch:
    """A stretch of days on a row; `certain` where the sources give its days, `ongoing` where they give no end to it; the rest as in `Mark`."""

    start: pd.Timestamp
    end: pd.Timestamp
    theme: str
    certain: bool
    ongoing: bool = False
    claim: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """A labelled line of the timeline; rows of one `group` stand under its heading, in the order given.

    `before` and `after` are short words for a column on either side of the axis (on a phone, behind the label); `note` stands small
    under the label. `undated` are the marks to which no text gives a day: they stand in a column of their own before the axis. A `quiet`
    row recedes behind the others.
    """

    label: str
    group: str = ""
    before: str = ""
    after: str = ""
    stretches: list[Stretch] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    undated: list[Mark] = field(default_factory=list)
    note: str = ""
    quiet: bool = False


def draw_timeline(
    rows: list[Row],
    key: dict[str, str],
    width: float,
    late: bool = False,
    labelled: float = LABELS,
    heads: tuple[str, str] = ("", ""),
) -> Drawing:
    """Draw rows from top to bottom at a width in inches.

    `key` says what each glyph in use means, and, by the names of themes, each colour; `late` leaves out the days before the stretch;
    `labelled` is the share of the width for labels on a page; `heads` stand above the columns before and behind the axis.
    """
    rows = rows or [Row("Nothing to show")]
    beside = width >= style.WIDE
    columns = [row.before for row in rows], [row.after for row in rows]
    aside = [
        _column([head, *words]) if beside and any(words) else 0.0
        for head, words in zip(heads, columns, strict=True)
    ]
    aside_undated = ASIDE if any(row.undated for row in rows) else 0.0
    across = width * labelled - aside[0] / 2 if beside else width
    labels = [
        textwrap.wrap(
            row.label if beside else " · ".join(filter(None, (row.label, row.before, row.after))),
            int(across / 0.078),
        )
        for row in rows
    ]
    notes = [textwrap.wrap(row.note, int(across / NOTE)) for row in rows]
    heights = [
        max(len(lines), 1) * style.LINE
        + len(small) * SMALL
        + PAD
        + APART * _above(row.marks, 1 if beside else 2)
        + (0 if beside else style.LINE)
        for row, lines, small in zip(rows, labels, notes, strict=True)
    ]
    heading = 1.9 * style.LINE
    headings = [
        bool(row.group) and (i == 0 or rows[i - 1].group != row.group) for i, row in enumerate(rows)
    ]
    samples = _samples(key, rows)
    top = (
        0.14
        + legend.legend_height(samples, width)
        + (0.16 if aside_undated or beside and any(heads) else 0)
    )
    bottom = 0.28
    body = sum(heights) + heading * sum(headings)
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    left = (
        labelled + aside[0] / width / 2 if beside else 0.02
    )  # a column before the axis takes half its room from the axis
    left += aside_undated / width
    axes = drawing.add_axes((left, bottom / height, 0.985 - left - aside[1] / width, body / height))
    axes.set_ylim(body, 0)
    draw_day_axis(axes, narrow=not beside, late=late)
    if aside_undated:
        axes.annotate(
            NO_DAY,
            (0, 0),
            (-36 * ASIDE, 3),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=style.SMALL,
            color=style.colour("muted"),
            linespacing=1.1,
        )
    for x, head in zip(
        (left - (aside[0] + aside_undated) / width, 0.985 - aside[1] / width + 0.012),
        heads if beside else (),
        strict=False,
    ):
        drawing.text(
            0.006 + x,
            1 - (top - 0.05) / height,
            head,
            va="bottom",
            fontsize=style.SMALL,
            color=style.colour("muted"),
        )
    at = 0.0
    for row, lines, small, room, headed in zip(rows, labels, notes, heights, headings, strict=True):
        if headed:
            axes.axhline(
                at + 0.4 * style.LINE,
                color=style.colour("rule"),
                linewidth=0.6,
                xmin=-2,
                clip_on=False,
            )
            _beside(
                axes, 0, at + heading * 0.62, row.group, weight="bold", color=style.colour("ink")
            )
            at += heading
        middle = (
            at + room / 2
            if beside
            else at + room - style.LINE * 0.6 - APART * _above(row.marks, 2) / 2
        )
        above = (room - len(lines) * style.LINE - len(small) * SMALL) / 2 if beside else PAD / 3
        text = at + above + len(lines) * style.LINE / 2
        _beside(
            axes, 0.012, text, "\n".join(lines), color=style.colour("muted" if row.quiet else "ink")
        )
        below = at + above + len(lines) * style.LINE + len(small) / 2 * SMALL
        _beside(
            axes, 0.012, below, "\n".join(small), color=style.colour("muted"), fontsize=style.SMALL
        )
        if beside:
            _beside(
                axes,
                left - (aside[0] + aside_undated) / width,
                middle,
                row.before,
                color=style.colour("muted"),
                fontsize=style.SMALL,
            )
            _beside(
                axes,
                0.985 - aside[1] / width + 0.012,
                middle,
                row.after,
                color=style.colour("muted"),
                fontsize=style.SMALL,
            )
        _row(axes, row, middle)
        at += room
    legend.draw_legend(drawing, samples)
    return drawing


def _column(words: Iterable[str]) -> float:
    """Inches that a column of short words takes."""
    longest = max(map(len, words), default=0)
    return 0.072 * longest + 0.12 if longest else 0.0


def axis_share(day: pd.Timestamp) -> float:
    """Where a day stands on the axis, from 0 to 1."""
    return float(np.interp(date2num(day), axis().days, axis().shares))


def axis_day(place: float) -> float:
    """The day, in matplotlib's numbers, that stands at a share of the axis."""
    return float(np.interp(place, axis().shares, axis().days))


def draw_day_axis(axes: Axes, narrow: bool, late: bool = False) -> None:
    """Give the axes its days: two scales, the later one shaded, with months on the first and Mondays on the second."""
    scale = axis()
    ends, shares = scale.days, scale.shares
    axes.set_xscale(
        "function",
        functions=(
            lambda at: np.interp(at, ends, shares),
            lambda places: np.interp(places, shares, ends),
        ),
    )
    axes.set_xlim(scale.stretched if late and scale.is_stretched else scale.first, scale.last)
    if not late and scale.is_stretched:
        axes.axvspan(scale.stretched, scale.last, color=style.colour("band"), linewidth=0, zorder=0)
    months = [] if late and scale.is_stretched else scale.months[:: 2 if narrow else 1]
    if (
        months
        and scale.weeks
        and (axis_share(scale.weeks[0]) - axis_share(months[-1]))
        * axes.get_position().width
        * axes.figure.get_size_inches()[0]
        < CLOSE
    ):
        months.pop()
    weeks = scale.weeks
    if len(weeks) > 1 and not late:
        week = (
            (axis_share(weeks[1]) - axis_share(weeks[0]))
            * axes.get_position().width
            * axes.figure.get_size_inches()[0]
        )
        weeks = weeks[::2] if week < NEAR else weeks
    names = [when.month_name()[:3] for when in months]
    for before, when in zip([None, *weeks], weeks, strict=False):
        names.append(
            f"{when.day}"
            if before is not None and before.month == when.month
            else f"{when.day} {when.month_name()[:3]}"
        )
    axes.set_xticks(date2num([*months, *weeks]), names)
    axes.minorticks_off()
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=3, color=style.colour("rule"))
    for when in (*months, *weeks):
        axes.axvline(when, color=style.colour("rule"), linewidth=0.4, zorder=0.5)


def new_lane_axes(width: float, body: float, top: float, bottom: float) -> tuple[Drawing, Axes]:
    """A drawing of the given width for marks in lanes: its axes have the days across and `body` inches from the top down.

    `top` and `bottom` are the inches kept free above and below.
    """
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes(((1 - LANES) / 2, bottom / height, LANES, body / height))
    axes.set_ylim(body, 0)
    draw_day_axis(axes, narrow=width < style.WIDE)
    return drawing, axes


def draw_lane_heading(axes: Axes, at: float, title: str, colour: str) -> None:
    """Begin a lane so many inches down with its title in a colour of the house, under a rule unless it is the first."""
    if at:
        axes.axhline(at, color=style.colour("rule"), linewidth=0.6)
    axes.annotate(
        title,
        (0, at + 0.12),
        xycoords=("axes fraction", "data"),
        xytext=(2, 0),
        textcoords="offset points",
        va="center",
        fontweight="bold",
        color=style.colour(colour),
        bbox={"facecolor": style.colour("paper"), "edgecolor": "none", "pad": 0.8},
    )


def draw_landmark(
    axes: Axes, when: pd.Timestamp, title: str, colour: str, side: str, up: float = 4
) -> None:
    """A dashed line at a day, in a colour of the house, with its title above the axes, `up` points."""
    axes.axvline(when, color=style.colour(colour), linewidth=0.8, linestyle=(0, (3, 3)), zorder=0.6)
    axes.annotate(
        title,
        (date2num(when), 0),
        (0, up),
        textcoords="offset points",
        ha=side,
        fontsize=style.SMALL,
        color=style.colour("muted"),
    )


def _beside(axes: Axes, indent: float, y: float, text: str, **options: Any) -> None:
    """Write at the left edge of the canvas, level with `y` in the axes' data."""
    figure = axes.figure
    share = axes.get_position()
    top, bottom = share.y1, share.y0
    body = axes.get_ylim()[0]
    figure.text(
        0.006 + indent,
        top - (top - bottom) * y / body,
        text,
        va="center",
        linespacing=1.25,
        **options,
    )


def _row(axes: Axes, row: Row, y: float) -> None:
    for stretch in row.stretches:
        colour = style.colour(stretch.tone or stretch.theme)
        (bar,) = axes.plot(
            [stretch.start, stretch.end],
            [y, y],
            color=colour,
            linewidth=5 if stretch.certain else 7,
            alpha=SURE if stretch.certain else UNSURE,
            solid_capstyle="butt",
            zorder=2,
        )
        if stretch.claim:
            bar.set_url(f"claim:{stretch.claim}")
        if stretch.ongoing:
            axes.scatter(
                [stretch.end],
                [y],
                s=ARROW,
                marker=">",
                color=colour,
                linewidths=0,
                zorder=2.5,
                clip_on=False,
            )
    days = [mark.day for mark in row.marks]
    if len(days) > 1 and not row.stretches:
        axes.plot(
            [min(days), max(days)], [y, y], color=style.colour("rule"), linewidth=0.9, zorder=1.5
        )
    for mark in row.marks:
        beside = _same_day(row.marks, mark.day)
        shift = APART * (beside.index(mark.glyph) - (len(beside) - 1) / 2)
        draw_mark(axes, mark, date2num(mark.day), y + shift)
    for place, mark in enumerate(row.undated):
        apart = 0.17 * (place - (len(row.undated) - 1) / 2)
        inches = axes.get_position().width * axes.figure.get_size_inches()[0]
        draw_mark(axes, mark, (apart - ASIDE / 2) / inches, y, transform=axes.get_yaxis_transform())


def _same_day(marks: list[Mark], when: pd.Timestamp) -> list[str]:
    """The different glyphs that stand above one another on a day of a row."""
    return list(dict.fromkeys(mark.glyph for mark in marks if mark.day == when))


def _above(marks: list[Mark], fit: int) -> int:
    """How many glyphs more than a line has room for stand above one another on the fullest day of a row."""
    return max([0, *(len(_same_day(marks, mark.day)) - fit for mark in marks)])


def draw_mark(axes: Axes, mark: Mark, x: float, y: float, **options: Any) -> None:
    """Draw a mark at a place of the axes, linked to its claim; `options` go to matplotlib."""
    marker, filled, size = GLYPHS[mark.glyph]
    colour = style.colour(mark.tone or mark.theme)
    stroke = marker in ("x", "|")
    dots = axes.scatter(
        [x],
        [y],
        s=size**2 * min(mark.number, LARGEST) ** 0.5,
        marker=marker or settings().theme[mark.theme].marker,
        facecolors=colour if filled or stroke else style.colour("paper"),
        edgecolors=None if stroke else colour,
        linewidths=STROKES.get(mark.glyph, 1.3),
        zorder=3.5 if mark.glyph == "happened" else 3,
        clip_on=False,
        **options,
    )
    if mark.claim:
        dots.set_urls([f"claim:{mark.claim}"])


def _samples(key: dict[str, str], rows: list[Row]) -> dict[str, legend.Sample]:
    """What the glyphs in use mean, each with a sample of it; what happened has the marker of the first mark."""
    marks = [mark for row in rows for mark in [*row.marks, *row.undated]]
    theme = next((mark.theme for mark in marks), "context")
    stretches = {
        "ongoing" if each.ongoing else "certain" if each.certain else "uncertain"
        for row in rows
        for each in row.stretches
    }
    used = {mark.glyph for mark in marks} | stretches | set(settings().theme)
    return {meaning: legend_sample(glyph, theme) for glyph, meaning in key.items() if glyph in used}


def legend_sample(glyph: str, theme: str) -> legend.Sample:
    """A mark, a stretch, or the colour of a theme, as the key shows it."""
    if glyph == "ongoing":
        return legend.arrow_sample(SURE)
    if glyph in settings().theme:
        return legend.bar_sample(glyph)
    if glyph in ("certain", "uncertain"):
        return legend.bar_sample(alpha=SURE if glyph == "certain" else UNSURE)
    marker, filled, size = GLYPHS[glyph]
    return legend.dot_sample(marker or settings().theme[theme].marker, filled, size=size)
