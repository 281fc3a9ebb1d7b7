"""Estimates of the widths that the columns of a table need, so that it can be fitted to the page.

Widths are estimates in ems of the report's serif; the template turns them into lengths.
"""

import re
from functools import cache
from typing import NamedTuple

from docutils import nodes

from claimbook.typst.text import typographic

# Where a line of a cell may break: at white space, and after a hyphen, dash or slash unless a digit
# follows.
BREAK = re.compile(r"[^\S\xa0]+|\u200b|(?<=[-–—/])(?!\d)")
# The widths of characters, in ems.
CHARACTER_WIDTHS = (
    ("iljft.,:;'’!|()[]-/", 0.31),
    (" \xa0", 0.25),
    ("\u200b", 0.0),
    ("0123456789", 0.47),
    ("mwMW@%—", 0.86),
)
CAPITAL_WIDTH, OTHER_WIDTH = 0.66, 0.49
UNBROKEN_CODE = 40  # characters of code that stay on one line, as in template.typ
CODE_STAND_IN = "n"  # is about as wide as a character of code
TOLERANCE = 1.08  # factor, for bold words and words of wide characters
HEAD_WIDTH = 6  # ems that a head of several words takes at most, so that it needs few lines
LINE_LENGTH = 90  # characters of a line across all columns of a table as wide as the page


class ColumnWidth(NamedTuple):
    """The widths that a column of a table needs, in ems.

    Attributes:
        word: The width of the longest piece of text in which no line may break.
        line: The width of the longest line.
    """

    word: float
    line: float

    def to_typst(self) -> str:
        """Write the two widths as a Typst dictionary with the keys `word` and `line`."""
        return f"(word: {self.word:.2f}, line: {self.line:.2f})"


def measure_columns(table: nodes.table) -> list[ColumnWidth]:
    """Estimate the widths that each column of a table needs.

    The estimate lets a column head break into two lines, or into more where it is long. Cells that
    span several columns are ignored.
    """
    group = table.next_node(nodes.tgroup)
    words = [1.0 for _ in group.findall(nodes.colspec)]
    lines = list(words)
    occupied: set[tuple[int, int]] = set()  # rows and columns under cells of rows above or before
    for y, row in enumerate(group.findall(nodes.row)):
        is_head = isinstance(row.parent, nodes.thead)
        x = 0
        for entry in row.children:
            while (y, x) in occupied:
                x += 1
            columns, rows = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
            occupied |= {(y + j, x + i) for j in range(rows) for i in range(columns)}
            if columns == 1 and x < len(words):
                text = typographic("\n\n".join(map(measured_text, entry.children)))
                words[x] = max(words[x], *(TOLERANCE * _width(word) for word in BREAK.split(text)))
                if is_head:
                    words[x] = max(words[x], min(HEAD_WIDTH, TOLERANCE * _width(text) / 2 + 1))
                else:
                    lines[x] = max([lines[x], *map(_width, text.splitlines())])
            x += columns
    return [ColumnWidth(*widths) for widths in zip(words, lines, strict=True)]


def widest(tables: list[list[ColumnWidth]]) -> list[ColumnWidth]:
    """Return the largest widths, column by column, of tables with the same columns.

    Args:
        tables: For each table the widths of its columns.
    """
    return [
        ColumnWidth(max(width.word for width in column), max(width.line for width in column))
        for column in zip(*tables, strict=True)
    ]


def estimate_lines(group: nodes.tgroup) -> int:
    """Estimate how many lines of text a table takes at the width of the page."""
    return sum(
        max(1, -(-sum(len(measured_text(entry)) for entry in row.children) // LINE_LENGTH))
        for row in group.findall(nodes.row)
    )


def measured_text(node: nodes.Node) -> str:
    """Return placeholder text for a node, by whose length its width is estimated.

    Short code becomes a word of as many letters, since it is not broken. Raw HTML becomes empty,
    since the PDF does not show it. Any other text remains as it is.
    """
    if isinstance(node, nodes.literal) and len(node.astext()) <= UNBROKEN_CODE:
        return CODE_STAND_IN * len(node.astext())
    if isinstance(node, nodes.raw):
        return ""
    if node.children:
        return "".join(map(measured_text, node.children))
    return str(node.astext())


def _width(text: str) -> float:
    """Estimate the width of a text in ems."""
    return sum(map(_character_width, text))


@cache
def _character_width(character: str) -> float:
    default = CAPITAL_WIDTH if character.isupper() else OTHER_WIDTH
    return next((ems for group, ems in CHARACTER_WIDTHS if character in group), default)
