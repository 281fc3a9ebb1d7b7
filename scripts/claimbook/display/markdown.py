"""Tables and lists as Markdown: MyST for the book, plain Markdown for a notebook."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any, Self

import pandas as pd

MIME = "application/vnd.claimbook.myst+json"
NO_BREAK = "\N{NO-BREAK SPACE}"
# ASCII punctuation, every sign of which a backslash makes plain (CommonMark 0.31, 2.4)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")

NO_ROWS, NOTHING = "No rows yet", "The corpus has nothing for this table."
NO_ENTRIES = "The corpus has nothing for this list yet."

Cite = Callable[[Sequence[str]], str]  # writes a citation of claims, in the book or a notebook
Row = dict[str, Any]  # the cells of a table's row by the heading of their column
Entry = tuple[str, list[str]]  # a term and the paragraphs of its definition


class Numeral(str):
    """A formatted number in a table's cell, aligned to the right.

    It may have separators, decimals or a unit.
    """


@dataclass(frozen=True)
class MystBlock:
    """A table or list as the output of a notebook cell.

    Attributes:
        myst: Its MyST source.
        title: The title of a table, with which the book numbers it; empty for none.
        name: The label of the table for cross-references.
        plain: The block as plain Markdown; empty if that is `myst`.
    """

    myst: str
    title: str = ""
    name: str = ""
    plain: str = ""

    @classmethod
    def citing(cls, write: Callable[[Cite], str], title: str = "", name: str = "") -> Self:
        """Make a block that cites claims, by role in the book and by id in a notebook.

        Args:
            write: A function that writes the block, given the function that cites claims.
            title: The title of a table; empty for none.
            name: The label of the table.
        """
        return cls(write(claim_markers), title, name, write(claim_ids))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the block as MyST for the book and as plain Markdown, by MIME type."""
        plain = self.plain or self.myst
        if not self.title:
            return {MIME: {"myst": self.myst}, "text/markdown": plain}
        table = f":::{{table}} {self.title}\n:name: {self.name}\n\n{self.myst}\n:::"
        return {MIME: {"myst": table}, "text/markdown": f"**{self.title}.**\n\n{plain}"}


def escape_markdown(text: object) -> str:
    """Escape text so that Markdown renders all its characters literally.

    Args:
        text: The text; any other object is converted with `str`.
    """
    return _PUNCTUATION.sub(r"\\\g<0>", str(text))


def claim_markers(claims: Sequence[str]) -> str:
    """Cite claims with the MyST role for claims: `` {claim}`AB-07, AB-08` ``.

    Args:
        claims: The ids of the claims. For none the result is empty.
    """
    return f"{{claim}}`{', '.join(claims)}`" if claims else ""


def claim_ids(claims: Sequence[str]) -> str:
    """Cite claims by their ids, for a notebook: `[AB-07, AB-08]`.

    Args:
        claims: The ids of the claims. For none the result is empty.
    """
    return f"[{', '.join(claims)}]" if claims else ""


def markdown_table(rows: Sequence[Row]) -> str:
    """Write a Markdown table, with columns of numbers aligned to the right.

    Args:
        rows: At least one row, as the cells by the heading of their column. All rows have the same
            columns. A cell is Markdown, an integer or a `Numeral`.
    """
    alignments = [
        "right" if all(isinstance(row[column], Integral | Numeral) for row in rows) else "left"
        for column in rows[0]
    ]
    return str(
        pd.DataFrame(rows).to_markdown(index=False, disable_numparse=True, colalign=alignments)
    )


def myst_table(
    rows: Sequence[Row] | Callable[[Cite], Sequence[Row]], title: str, name: str
) -> MystBlock:
    """Make a table with a title and a label.

    Args:
        rows: The rows, as for `markdown_table`, or none; or, where they cite claims, a function
            that makes them, given the function that cites claims.
        title: The title.
        name: The name from which the label for cross-references is made: `tab-<name>`.
    """
    label = f"tab-{name}"
    if callable(rows):
        return MystBlock.citing(lambda cite: _table_or_line(rows(cite)), title, label)
    return MystBlock(_table_or_line(rows), title, label)


def _table_or_line(rows: Sequence[Row]) -> str:
    """Write a Markdown table; without rows one of a cell that says so.

    What has a title must be a table, so that references to it find one.
    """
    return markdown_table(rows or [{NO_ROWS: NOTHING}])


def definition_list(entries: Sequence[Entry] | Callable[[Cite], Sequence[Entry]]) -> MystBlock:
    """Make a definition list in MyST.

    Args:
        entries: Pairs of a term and the paragraphs of its definition, all in Markdown; or, where
            they cite claims, a function that makes them, given the function that cites claims.
            Empty paragraphs are omitted.
    """
    if callable(entries):
        return MystBlock.citing(lambda cite: _write_definitions(entries(cite)))
    return MystBlock(_write_definitions(entries))


def _write_definitions(entries: Sequence[Entry]) -> str:
    """Write a definition list in MyST; without entries a line that says so."""
    return (
        "\n\n".join(
            f"{term}\n: " + "\n\n  ".join(filter(None, paragraphs)) for term, paragraphs in entries
        )
        or NO_ENTRIES
    )
