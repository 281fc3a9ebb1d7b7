"""The drawing of bars and crosses on an axis of months."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from claimbook import house_style
from claimbook.figures import legend
from claimbook.settings import settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

# How a mark relates to the days that it covers, as the key and the data of the figure say it.
CERTAIN = "on these days"
ONGOING = "from this day on"
VAGUE = "some time in these days"
COUNTED = "said in this month"
DENIED = "said not to be so"
MONTHLY = (COUNTED, DENIED)  # marks that stand for a whole month, and so share a line

LINE = 0.2  # inches from one bar to the next
ROW_GAP = 0.07  # inches between rows
PART_HEADING = 0.3  # inches
BAR = 0.8  # of a line
PALE = 0.3  # opacity of a bar for days that are not known
LETTER = 0.06  # inches that a letter takes at the small size
LABELS = 2.3  # inches for the labels of rows beside the axis
MARGIN = {True: LABELS, False: 0.05}  # inches left of the axis, on a page and on a phone
RIGHT = 0.08  # inches right of the axis
TOP, BOTTOM = 0.34, 0.26  # inches for the note on empty months, and for the names of the months
TEXT_GAP = 2.5  # days between a bar and its words
EMPTY = {True: "no text of these months", False: "no text of\nthese months"}  # page and phone


@dataclass(frozen=True)
class _Layout:
    """The measures that all rows of the chart share.

    Attributes:
        wide: True on a page, where labels are beside the axis; false on a phone, where they are
            above the marks.
        left: The inches left of the axis.
        inches_per_day: The scale of the axis.
        label: The inches for the label of a row above its marks.
    """

    wide: bool
    left: float
    inches_per_day: float
    label: float


def month_starts() -> pd.DatetimeIndex:
    """Return the first day of each month of the report's period."""
    period = settings().period
    return pd.date_range(period.start.replace(day=1), period.end, freq="MS")


def draw_months(marks: pd.DataFrame, with_texts: set[pd.Timestamp], width: float) -> Drawing:
    """Draw a chart of marks on an axis of months, in rows under the headings of parts.

    Args:
        marks: A row for each mark: `part`, `row`, `first` and `last` (days), `how` (`CERTAIN`,
            `ONGOING`, `VAGUE`, `COUNTED` or `DENIED`), `theme`, `source` and `claims` (ids).
        with_texts: The first days of the months in which a text was published. All other months are
            shaded.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    left = MARGIN[wide]
    across = width - left - RIGHT
    days = _axis_day(month_starts()[-1] + pd.offsets.MonthEnd()) + 1
    layout = _Layout(wide, left, across / days, 0.0 if wide else house_style.LINE)
    rows = list(_rows(marks, layout))
    body = sum(height for *_, height in rows) + PART_HEADING * marks["part"].nunique()
    key = _key()
    height = TOP + legend.legend_height(key, width) + body + BOTTOM
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((left / width, BOTTOM / height, across / width, body / height))
    axes.set(xlim=(0, days), ylim=(body, 0))
    _draw_months(axes, with_texts, wide)
    top, current_part = 0.0, ""
    for part, name, of_row, row_height in rows:
        if part != current_part:
            rule = house_style.colour("rule")
            axes.axhline(top + 0.04, color=rule, linewidth=0.6, xmin=-2, clip_on=False)
            _label(axes, left, top + 0.6 * PART_HEADING, part, weight="bold")
            top, current_part = top + PART_HEADING, part
        indent, middle = (0.12, LINE / 2) if wide else (0.0, layout.label / 2)
        _label(axes, left - indent, top + middle, name)
        for index, mark in enumerate(of_row.itertuples()):
            line = 0 if mark.how in MONTHLY else index
            _draw_mark(axes, layout, top + layout.label + LINE * (line + 0.5), mark)
        top += row_height
    legend.draw_legend(drawing, key)
    return drawing


def _rows(marks: pd.DataFrame, layout: _Layout) -> Iterator[tuple[str, str, pd.DataFrame, float]]:
    """Yield the rows of the chart from top to bottom.

    Yields:
        The part, the name of the row, its marks, and its height in inches.
    """
    for (part, name), of_row in marks.groupby(["part", "row"], sort=False):
        lines = 1 if of_row["how"].isin(MONTHLY).all() else len(of_row)
        yield part, name, of_row, layout.label + LINE * lines + ROW_GAP


def _draw_months(axes: Axes, with_texts: set[pd.Timestamp], wide: bool) -> None:
    """Write the names of the months, and shade those in which no text was published.

    Args:
        axes: The axes.
        with_texts: The first days of the months in which a text was published.
        wide: True on a page; false on a phone, where only every second month has its name.
    """
    months = month_starts()
    starts = [_axis_day(month) for month in months]
    ends = [*starts[1:], axes.get_xlim()[1]]
    axes.set_xticks(
        [(start + end) / 2 for start, end in zip(starts, ends, strict=True)],
        [
            month.month_name()[:3] if wide or index % 2 == 0 else ""
            for index, month in enumerate(months)
        ],
    )
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    for month, start, end in zip(months, starts, ends, strict=True):
        axes.axvline(start, color=house_style.colour("rule"), linewidth=0.4, zorder=0.5)
        if month not in with_texts:
            axes.axvspan(start, end, color=house_style.colour("band"), linewidth=0, zorder=0)
    for first, last in _runs([month not in with_texts for month in months]):
        axes.annotate(
            EMPTY[wide],
            ((starts[first] + ends[last]) / 2, 0),
            (0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=house_style.SMALL,
            color=house_style.colour("muted"),
            linespacing=1.1,
        )


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Return the first and the last index of each unbroken run of true flags."""
    true = [index for index, flag in enumerate(flags) if flag]
    firsts = [index for index in true if index - 1 not in true]
    lasts = [index for index in true if index + 1 not in true]
    return list(zip(firsts, lasts, strict=True))


def _axis_day(day: pd.Timestamp) -> int:
    """Return the number of a day, counted from 0 at the first day of the axis."""
    return int((day - month_starts()[0]).days)


def _label(axes: Axes, left: float, y: float, text: str, **options: Any) -> None:
    """Write text at the left edge of the drawing.

    Args:
        axes: The axes.
        left: The inches from the text to the axis.
        y: The inches from the top of the axes.
        text: The text.
        **options: Options of matplotlib's text.
    """
    axes.annotate(
        text,
        (0, y),
        (-72 * left + 3, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center",
        **options,
    )


def _draw_mark(axes: Axes, layout: _Layout, y: float, mark: Any) -> None:
    """Draw a mark with a link to its first claim.

    A mark of `DENIED` is a cross in the middle of its days. Any other mark is a bar over its days:
    with `COUNTED` it has the number of its claims, else its source. The bar is pale with `VAGUE`,
    and has an arrowhead at its end with `ONGOING`.
    """
    start, end = _axis_day(mark.first), min(_axis_day(mark.last) + 1, axes.get_xlim()[1])
    link = f"claim:{mark.claims[0]}"
    if mark.how == DENIED:
        ink = house_style.colour("ink")
        cross = axes.scatter(
            [(start + end) / 2], [y], s=40, marker="x", color=ink, linewidths=1.8, zorder=3
        )
        cross.set_urls([link])
        return
    (bar,) = axes.barh(
        [y],
        [end - start],
        height=LINE * BAR,
        left=[start],
        color=house_style.colour(mark.theme),
        alpha=PALE if mark.how == VAGUE else 1,
        linewidth=0,
        zorder=2,
    )
    bar.set_url(link)
    if mark.how == COUNTED:
        axes.text(
            (start + end) / 2,
            y,
            str(len(mark.claims)),
            ha="center",
            va="center",
            fontsize=house_style.SMALL,
            color=house_style.colour("paper"),
            weight="bold",
            zorder=3,
        )
        return
    if mark.how == ONGOING:
        colour = house_style.colour(mark.theme)
        axes.scatter([end], [y], s=60, marker=">", color=colour, linewidths=0, zorder=2)
    _write_source(axes, layout, y, mark, start, end)


def _write_source(
    axes: Axes, layout: _Layout, y: float, mark: Any, start: float, end: float
) -> None:
    """Write the source of a bar inside it if it fits, else beside it.

    The number of claims is added if there are several.

    Args:
        axes: The axes.
        layout: The measures of the chart.
        y: The height of the bar, in inches from the top of the axes.
        mark: The mark of the bar.
        start: The number of the bar's first day.
        end: The number of the day after its last.
    """
    words = mark.source + (f" ({len(mark.claims)})" if len(mark.claims) > 1 else "")
    needed = LETTER * len(words) / layout.inches_per_day + 3
    fits_inside = end - start > needed
    fits_right = end + needed < axes.get_xlim()[1]
    if fits_inside or (not fits_right and start < needed):
        x = start + TEXT_GAP
    else:
        x = end + TEXT_GAP if fits_right else start - TEXT_GAP
    axes.text(
        x,
        y,
        words,
        ha="left" if fits_inside or fits_right else "right",
        va="center",
        fontsize=house_style.SMALL,
        color=house_style.colour("paper" if fits_inside and mark.how != VAGUE else "ink"),
        zorder=3,
    )


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    return {
        CERTAIN: legend.bar_sample(),
        ONGOING: legend.arrow_sample(),
        VAGUE: legend.bar_sample(alpha=PALE),
        DENIED: legend.dot_sample("x", colour="ink"),
    }
