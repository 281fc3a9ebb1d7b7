"""The timeline: labelled rows of marks and bars along the axis of days.

Days that the sources leave open are drawn as open: as pale bars, hollow marks, or marks in a column
before the axis.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.figures import legend
from claimbook.figures.canvas import axes_width, root_figure, small_print
from claimbook.figures.day_axis import day_number, draw_day_axis
from claimbook.figures.glyphs import Mark, Stretch, draw_mark, draw_stretch, legend_sample
from claimbook.settings import settings

LABELS = 0.40  # of the width, for the labels of rows beside the axis
EDGE = 0.006  # of the width, from the edge of the canvas to the first letter
RIGHT_END = 0.985  # of the width, where the axis or the column after it ends
COLUMN_GAP = 0.012  # of the width, before the words of a row and of the column after the axis
PAD = 0.07  # inches between rows
NOTE_LINE = 0.135  # inches from one line of a note to the next
MARK_GAP = 0.1  # inches between different marks on one day of a row
UNDATED_GAP = 0.17  # inches between marks without a day
UNDATED_COLUMN = 0.62  # inches for the marks without a day
NO_DAY = "no day\ngiven"  # the heading of their column


@dataclass(frozen=True)
class Row:
    """A labelled row of the timeline.

    Attributes:
        label: Its label.
        group: The heading of its group. The rows of a group must be next to each other.
        before: Short words for a column before the axis. On a phone they follow the label.
        after: Short words for a column after the axis. On a phone they follow the label.
        stretches: Its bars.
        marks: Its marks.
        undated: Marks to which no source gives a day, for a column of their own.
        note: A note in small print under the label.
        quiet: True if the label has a muted colour.
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


@dataclass(frozen=True)
class _Columns:
    """The widths of the columns of a timeline.

    From left to right these are labels, words before the axis, undated marks, the axis, and words
    after it.

    Attributes:
        width: The width of the drawing in inches.
        wide: True on a page, where labels are beside the axis; false on a phone, where they are
            above the marks.
        labelled: The share of the width for labels, on a page.
        before: The inches of the column of words before the axis; 0 for none.
        after: The inches of the column of words after the axis; 0 for none.
        undated: The inches of the column of undated marks; 0 for none.
    """

    width: float
    wide: bool
    labelled: float
    before: float
    after: float
    undated: float

    @property
    def label_width(self) -> float:
        """The inches available for labels and notes."""
        return self.width * self.labelled - self.before / 2 if self.wide else self.width

    @property
    def left(self) -> float:
        """The position of the left end of the axis, as a share of the drawing's width.

        Half of the column of words before the axis is taken from the axis, half from the labels.
        """
        labels = self.labelled + self.before / self.width / 2 if self.wide else 0.02
        return labels + self.undated / self.width

    @property
    def axis_width(self) -> float:
        """The share of the width that the axis takes."""
        return RIGHT_END - self.left - self.after / self.width

    @property
    def before_x(self) -> float:
        """The share of the width where the words before the axis begin."""
        return self.left - (self.before + self.undated) / self.width

    @property
    def after_x(self) -> float:
        """The share of the width where the words after the axis begin."""
        return RIGHT_END - self.after / self.width + COLUMN_GAP


@dataclass(frozen=True)
class _RowLayout:
    """A row with its text broken into lines.

    Attributes:
        row: The row.
        label: The lines of its label.
        note: The lines of its note.
        height: Its height in inches.
        headed: True if the row is the first of its group, with the group's heading above it.
    """

    row: Row
    label: list[str]
    note: list[str]
    height: float
    headed: bool

    @property
    def text_height(self) -> float:
        """The height of label and note together, in inches."""
        return len(self.label) * house_style.LINE + len(self.note) * NOTE_LINE


HEADING = 1.9 * house_style.LINE  # inches of the heading of a group
LONGEST_WORDS = 26  # characters of a column beside the axis; longer words are cut, to leave room


def draw_timeline(
    rows: list[Row],
    key: dict[str, str],
    width: float,
    late: bool = False,
    labelled: float = LABELS,
    heads: tuple[str, str] = ("", ""),
) -> Drawing:
    """Draw a timeline: labelled rows of marks and bars along the axis of days.

    Args:
        rows: The rows from top to bottom.
        key: The words of the legend for each glyph, kind of bar (`certain`, `ongoing` or
            `uncertain`) and theme. Those that the rows do not use are omitted.
        width: The width of the drawing in inches.
        late: True to omit the days before the stretched part of the axis.
        labelled: The share of the width for labels on a page.
        heads: The headings of the columns of words before and after the axis.
    """
    rows = rows or [Row("Nothing to show")]
    rows = [replace(row, before=_cut(row.before), after=_cut(row.after)) for row in rows]
    columns = _lay_out_columns(rows, width, labelled, heads)
    layouts = _lay_out_rows(rows, columns)
    samples = _samples(key, rows)
    has_heads = bool(columns.undated) or (columns.wide and any(heads))
    top = 0.14 + legend.legend_height(samples, width) + (0.16 if has_heads else 0)
    bottom = 0.28
    body = sum(layout.height for layout in layouts)
    body += HEADING * sum(layout.headed for layout in layouts)
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    box = (columns.left, bottom / height, columns.axis_width, body / height)
    axes = drawing.add_axes(box)
    axes.set_ylim(body, 0)
    draw_day_axis(axes, narrow=not columns.wide, late=late)
    _draw_heads(axes, columns, heads, 1 - (top - 0.05) / height)
    y = 0.0
    for layout in layouts:
        if layout.headed:
            _draw_group_heading(axes, y, layout.row.group)
            y += HEADING
        _draw_row(axes, columns, layout, y)
        y += layout.height
    legend.draw_legend(drawing, samples)
    return drawing


def _lay_out_columns(
    rows: list[Row], width: float, labelled: float, heads: tuple[str, str]
) -> _Columns:
    """Compute the widths of the columns from the words and marks of the rows."""
    wide = width >= house_style.WIDE
    before, after = [row.before for row in rows], [row.after for row in rows]
    return _Columns(
        width,
        wide,
        labelled,
        before=_column_width([heads[0], *before]) if wide and any(before) else 0.0,
        after=_column_width([heads[1], *after]) if wide and any(after) else 0.0,
        undated=UNDATED_COLUMN if any(row.undated for row in rows) else 0.0,
    )


def _cut(words: str) -> str:
    """Cut words that are too long for a column, with an ellipsis."""
    return textwrap.shorten(words, LONGEST_WORDS, placeholder=" …")


def _column_width(words: Iterable[str]) -> float:
    """Compute the inches that a column of short words needs; 0 without words."""
    longest = max(map(len, words), default=0)
    return 0.072 * longest + 0.12 if longest else 0.0


def _lay_out_rows(rows: list[Row], columns: _Columns) -> list[_RowLayout]:
    """Break the text of rows into lines, and compute their heights."""
    layouts = []
    group = ""
    for row in rows:
        words = [row.label] if columns.wide else filter(None, (row.label, row.before, row.after))
        label = textwrap.wrap(" · ".join(words), int(columns.label_width / house_style.LETTER))
        note = textwrap.wrap(row.note, int(columns.label_width / house_style.SMALL_LETTER))
        height = (
            max(len(label), 1) * house_style.LINE
            + len(note) * NOTE_LINE
            + PAD
            + MARK_GAP * _extra_marks(row.marks, 1 if columns.wide else 2)
            + (0 if columns.wide else house_style.LINE)
        )
        layouts.append(_RowLayout(row, label, note, height, bool(row.group) and row.group != group))
        group = row.group
    return layouts


def _draw_heads(axes: Axes, columns: _Columns, heads: tuple[str, str], y: float) -> None:
    """Write the headings of the columns.

    Args:
        axes: The axes of the timeline.
        columns: The widths of the columns.
        heads: The headings of the columns before and after the axis, for a page.
        y: The height of the headings, as a share of the drawing's height.
    """
    if columns.undated:
        axes.annotate(
            NO_DAY,
            (0, 0),
            (-36 * UNDATED_COLUMN, 3),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            linespacing=1.1,
            **small_print(),
        )
    if columns.wide:
        for x, head in zip((columns.before_x, columns.after_x), heads, strict=True):
            root_figure(axes).text(EDGE + x, y, head, va="bottom", **small_print())


def _draw_group_heading(axes: Axes, y: float, group: str) -> None:
    """Write the heading of a group under a rule, `y` inches from the top of the axes."""
    rule = y + 0.4 * house_style.LINE
    axes.axhline(rule, color=house_style.colour("rule"), linewidth=0.6, xmin=-2, clip_on=False)
    _write(axes, 0, y + HEADING * 0.62, group, weight="bold", color=house_style.colour("ink"))


def _draw_row(axes: Axes, columns: _Columns, layout: _RowLayout, y: float) -> None:
    """Draw a row with its text, `y` inches from the top of the axes."""
    row = layout.row
    if columns.wide:
        middle = y + layout.height / 2
        text_top = (layout.height - layout.text_height) / 2
    else:
        middle = (
            y + layout.height - house_style.LINE * 0.6 - MARK_GAP * _extra_marks(row.marks, 2) / 2
        )
        text_top = PAD / 3
    label_y = y + text_top + len(layout.label) * house_style.LINE / 2
    colour = house_style.colour("muted" if row.quiet else "ink")
    _write(axes, COLUMN_GAP, label_y, "\n".join(layout.label), color=colour)
    note_y = y + text_top + len(layout.label) * house_style.LINE + len(layout.note) / 2 * NOTE_LINE
    _write(axes, COLUMN_GAP, note_y, "\n".join(layout.note), **small_print())
    if columns.wide:
        _write(axes, columns.before_x, middle, row.before, **small_print())
        _write(axes, columns.after_x, middle, row.after, **small_print())
    for stretch in row.stretches:
        draw_stretch(axes, stretch, middle)
    _draw_marks(axes, row, middle)


def _write(axes: Axes, x: float, y: float, text: str, **options: Any) -> None:
    """Write text in the drawing, at the height of a row of the axes.

    Args:
        axes: The axes, with inches from the top down.
        x: The position from the left margin, as a share of the drawing's width.
        y: The inches from the top of the axes to the middle of the text.
        text: The text.
        **options: Options of matplotlib's text.
    """
    box = axes.get_position()
    share = box.y1 - (box.y1 - box.y0) * y / axes.get_ylim()[0]
    root_figure(axes).text(EDGE + x, share, text, va="center", linespacing=1.25, **options)


def _draw_marks(axes: Axes, row: Row, y: float) -> None:
    """Draw the marks of a row, and those without a day in the column before the axis.

    Different marks of one day are one above the other. A line joins the marks of a row that has no
    bar.
    """
    days = [mark.day for mark in row.marks]
    if len(days) > 1 and not row.stretches:
        ends = [min(days), max(days)]
        axes.plot(ends, [y, y], color=house_style.colour("rule"), linewidth=0.9, zorder=1.5)
    for mark in row.marks:
        glyphs = _glyphs_on_day(row.marks, mark.day)
        shift = MARK_GAP * (glyphs.index(mark.glyph) - (len(glyphs) - 1) / 2)
        draw_mark(axes, mark, day_number(mark.day), y + shift)
    for index, mark in enumerate(row.undated):
        shift = UNDATED_GAP * (index - (len(row.undated) - 1) / 2)
        x = (shift - UNDATED_COLUMN / 2) / axes_width(axes)
        draw_mark(axes, mark, x, y, transform=axes.get_yaxis_transform())


def _glyphs_on_day(marks: list[Mark], day: pd.Timestamp) -> list[str]:
    """Return the different glyphs among the marks of a day."""
    return list(dict.fromkeys(mark.glyph for mark in marks if mark.day == day))


def _extra_marks(marks: list[Mark], fitting: int) -> int:
    """Count the glyphs on the fullest day of a row for which it has no room.

    Args:
        marks: The marks of the row.
        fitting: The number of glyphs for which a row has room.
    """
    return max([0, *(len(_glyphs_on_day(marks, mark.day)) - fitting for mark in marks)])


def _samples(key: dict[str, str], rows: list[Row]) -> dict[str, legend.Sample]:
    """Choose the samples of the legend for the glyphs, bars and themes in use.

    A glyph without a marker of its own has that of the first mark's theme.

    Args:
        key: The words of the legend for each glyph, kind of bar and theme.
        rows: The rows of the timeline.

    Returns:
        The samples by their words.
    """
    marks = [mark for row in rows for mark in [*row.marks, *row.undated]]
    theme = next((mark.theme for mark in marks), settings().roles.background)
    bars = {
        "ongoing" if stretch.ongoing else "certain" if stretch.certain else "uncertain"
        for row in rows
        for stretch in row.stretches
    }
    used = {mark.glyph for mark in marks} | bars | set(settings().theme)
    return {words: legend_sample(glyph, theme) for glyph, words in key.items() if glyph in used}
