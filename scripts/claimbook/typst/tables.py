"""Tables: their rows, the widths of their columns, and where a page may break."""

from itertools import takewhile
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes

from claimbook.sphinxext.nodes import PART, ancestors
from claimbook.typst.base import PdfBuilder
from claimbook.typst.captions import Captions
from claimbook.typst.column_widths import ColumnWidth, estimate_lines, measure_columns, widest
from claimbook.typst.text import (
    array_literal,
    block_call,
    content_block,
    string_literal,
    to_typst,
    typst_call,
)

# Rows at the end of a table that stay together: LAST_ROWS of a table of more than MANY_ROWS,
# LAST_ROWS_OF_FEW of a shorter one, and none of a table of at most LAST_ROWS.
LAST_ROWS, LAST_ROWS_OF_FEW, MANY_ROWS = 3, 2, 8
# How much a table may hold and still stay on one page.
UNBROKEN_LINES = 16
UNBROKEN_SMALL_LINES = 12  # of a table in small type
UNBROKEN_ROWS = 25  # with the head
FLOATING_LINES = 32  # of a table that may move to where there is room
ALIGNMENT = {"text-left": "left", "text-center": "center", "text-right": "right"}


class DataHeading(NamedTuple):
    """The heading above a table, to which the pages that continue the table refer.

    Attributes:
        title: The name of the table on the pages after its first.
        label: The label of the heading.
    """

    title: str
    label: str


class Tables(Captions):
    """A mixin of the translator that renders tables."""

    def __init__(self, document: nodes.document, builder: PdfBuilder) -> None:
        """Begin without measured tables.

        Args:
            document: The book as one document.
            builder: The builder to which faults are reported.
        """
        super().__init__(document, builder)
        self._shared_widths: dict[tuple[str, ...], list[ColumnWidth]] = {}

    def visit_table(self, node: nodes.table) -> None:
        self.add(self.render_table(node))

    def render_table(self, node: nodes.table, data_of: DataHeading | None = None) -> str:
        """Render a table.

        Args:
            node: The table.
            data_of: For the data table of a figure the heading above it; such a table is printed in
                small type. None for any other table.
        """
        small, nested = data_of is not None, self.nesting_depth > 0
        number, name = self.figure_number("table", node), self.take_label(node)
        captions = [child for child in node.children if isinstance(child, nodes.title)]
        group = node.next_node(nodes.tgroup)
        with self.nested(ragged=True):
            caption = self.render_caption(captions, "table")
            head = self._render_rows(group, nodes.thead)
            body = self._render_rows(group, nodes.tbody)
        if self.cell is not None and not small:
            self.cell.tables.append((number or "", name or ""))
        unbroken = _fits_page(group, UNBROKEN_SMALL_LINES if small else UNBROKEN_LINES)
        floating = self.parts_remaining > 0 and not small and not nested and is_floating(node)
        if data_of is None and number and name:
            data_of = DataHeading(f"Table {number}", name)
        continued = data_of if not (unbroken or floating) else None
        split = len(body) - _count_last_rows(group)
        return block_call(
            "book-table",
            array_literal(body[:split]),
            last_rows=array_literal(body[split:]),
            head=array_literal(head),
            columns=array_literal(width.to_typst() for width in self._column_widths(node)),
            unbroken=to_typst(unbroken),
            floating=to_typst(floating),
            name=to_typst(name),
            number=string_literal(number) if number else None,
            nested=to_typst(nested),
            caption=content_block(caption) if captions else None,
            small="true" if small else None,
            title=string_literal(continued.title) if continued else None,
            start=string_literal(continued.label) if continued else None,
        )

    def _column_widths(self, table: nodes.table) -> list[ColumnWidth]:
        """Estimate the widths of the columns of a table.

        Tables of one document that have captions and the same column heads get the same widths.
        """
        if not _has_caption(table):
            return measure_columns(table)
        heads = _column_heads(table)
        key = (self.docname, *heads)
        if key not in self._shared_widths:
            document = next(
                node for node in ancestors(table) if isinstance(node, addnodes.start_of_file)
            )
            self._shared_widths[key] = widest(
                [
                    measure_columns(other)
                    for other in document.findall(nodes.table)
                    if _has_caption(other) and _column_heads(other) == heads
                ]
            )
        return self._shared_widths[key]

    def _render_rows(self, group: nodes.tgroup, kind: type[nodes.Element]) -> list[str]:
        """Render the rows of a table's head or body.

        Args:
            group: The content of the table.
            kind: `nodes.thead` for the head, or `nodes.tbody` for the body.

        Returns:
            The code of each row.
        """
        return [
            self._render_row(row)
            for part in group.children
            if isinstance(part, kind)
            for row in part.children
        ]

    def _render_row(self, row: nodes.row) -> str:
        """Render a row of a table, as Typst code for its cells.

        A row that is the title of the rows below it becomes a header, which Typst repeats on each
        new page on which these rows continue.
        """
        cells = []
        for entry in row.children:
            alignments = (ALIGNMENT[name] for name in entry["classes"] if name in ALIGNMENT)
            cells.append(
                typst_call(
                    "table.cell",
                    content_block(self.anchor(row) + self.render_children(entry)),
                    rowspan=to_typst(entry["morerows"] + 1) if entry.get("morerows") else None,
                    colspan=to_typst(entry["morecols"] + 1) if entry.get("morecols") else None,
                    align=next(alignments, None),
                )
            )
        if _is_part_title(row):
            return typst_call("table.header", *cells, level="2")
        return ", ".join(cells)


def is_floating(table: nodes.table) -> bool:
    """Check whether a table may move to where a page has room for it, as figures do.

    Returns:
        True if it has a caption, follows a paragraph, and takes more than `UNBROKEN_LINES` and at
        most `FLOATING_LINES` lines, by an estimate.
    """
    group = table.next_node(nodes.tgroup)
    return (
        _has_caption(table)
        and estimate_lines(group) > UNBROKEN_LINES
        and _fits_page(group, FLOATING_LINES)
        and isinstance(_preceding_node(table), nodes.paragraph)
    )


def _has_caption(table: nodes.table) -> bool:
    return isinstance(table.children[0], nodes.title)


def _is_part_title(row: nodes.row) -> bool:
    """Check whether a row is the title of the rows below it."""
    return PART in row["classes"]


def _preceding_node(table: nodes.table) -> nodes.Node | None:
    """Return the node before a table, or before the cell that made the table.

    Returns:
        The node; None if there is none.
    """
    node: nodes.Element = table
    while isinstance(node.parent, nodes.container):
        node = node.parent
    index = node.parent.index(node)
    return node.parent[index - 1] if index else None


def _fits_page(group: nodes.tgroup, lines: int) -> bool:
    """Check whether a table is short enough to be on one page without a page break.

    Args:
        group: The content of the table.
        lines: The largest number of lines that it may take.

    Returns:
        True if it has at most that many lines, by an estimate, and at most `UNBROKEN_ROWS` rows.
    """
    rows = sum(1 for _ in group.findall(nodes.row))
    return estimate_lines(group) <= lines and rows <= UNBROKEN_ROWS


def _count_last_rows(group: nodes.tgroup) -> int:
    """Count the rows at the end of a table that no page break may separate.

    Returns:
        3; 2 for a table of at most 8 rows; 0 for one of at most 3 rows, or if any cell spans rows.
        The title of a part of the table and the rows above it do not count among them, so the last
        part may make the number smaller.
    """
    if any(entry.get("morerows") for entry in group.findall(nodes.entry)):
        return 0
    rows = [row for body in group.children if isinstance(body, nodes.tbody) for row in body]
    last = takewhile(lambda row: not _is_part_title(row), reversed(rows))
    most = LAST_ROWS if len(rows) > MANY_ROWS else LAST_ROWS_OF_FEW if len(rows) > LAST_ROWS else 0
    return min(most, sum(1 for _ in last))


def _column_heads(table: nodes.table) -> list[str]:
    """Return the texts of a table's column heads; empty if it has no head."""
    head = next(table.findall(nodes.thead), None)
    return [entry.astext() for entry in head.findall(nodes.entry)] if head is not None else []
