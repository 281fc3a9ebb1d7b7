"""The data table of a figure, formatted for readers.

Column names, values and ids are written in words, and nothing is repeated.
"""

from collections.abc import Hashable
from datetime import date
from typing import Any

import pandas as pd
from docutils import nodes

from claimbook.figures.figure import CLAIMS
from claimbook.language.dates import DaySpan, format_day
from claimbook.language.words import code_label, curly_apostrophes, short_address
from claimbook.settings import settings
from claimbook.sphinxext.claim_role import claim_marker
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.nodes import PART

HEADINGS = {
    "title": "What",
    "row": "What or who",
    "number": "Number",
    "per_hundred_words": "In 100 words",
    "day": "Day",
    "first": "First day",
    "last": "Last day",
    "start": "First day",
    "end": "Last day",
    "rests": "Rests on",
    "meant": "Meant are",
    "against": "Against it",
    "field": "Column",
    "same": "Alike",
    "low": "From",
    "high": "To",
    "code": "Source",
    "date": "Day",
    "name": "Who",
    "wording": "Words",
    "inside": "In the corpus",
    "indicator": "Sign",
    "movers": "Whose step",
    "km_to_border": "km to the border",
}  # where a column's name, as words, does not say it
# Columns that part a table: the first that a figure has becomes a line above its rows.
GROUPS = ("part", "group", "sign", "theme")
CODES = ("theme", "kind", "sort", "field")  # columns that hold names of the schema
WHO = ("name", "origin", "named_by", "movers", "row", "who")  # columns that hold actors
VALUES = {True: "yes", False: "no", "consistent": "fits", "inconsistent": "against"}
DECIMALS = 3  # at most
MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def figure_table(columns: list[str], rows: list[list[Any]]) -> nodes.table:
    """Build the table of a figure's data, formatted for readers.

    Columns that are empty or the same in every row are omitted, except that of claims. The CSV file
    for download has all columns.

    Args:
        columns: The names of the columns.
        rows: The cells, with the types that the output of the figure's cell has (see
            `figures.figure`).
    """
    cells = [[_hashable(cell) for cell in row] for row in rows]
    data = pd.DataFrame(cells, columns=columns, dtype=object)
    group = next((name for name in GROUPS if name in data and data[name].nunique() > 1), None)
    if group:
        order = {value: index for index, value in enumerate(dict.fromkeys(data[group]))}
        data = data.sort_values(group, key=lambda values: values.map(order), kind="stable")
    data = _merge_repeated_rows(data)
    telling = [name for name in data if name != group and _is_telling(data[name])]
    numeric = {name for name in telling if _is_numeric(data[name])}
    words = data.assign(
        **{name: _in_words(data[name], name in numeric) for name in data if name != CLAIMS}
    )
    table = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in telling), cols=len(telling))
    headings = [nodes.paragraph(text=_heading(name)) for name in telling]
    table += nodes.thead("", _row(headings, telling, numeric))
    body = nodes.tbody()
    for title, part in words.groupby(group, sort=False) if group else [("", words)]:
        if group:
            body += _part_row(str(title), len(telling))
        for _, row in part.iterrows():
            body += _row([_cell(name, row[name]) for name in telling], telling, numeric)
    table += body
    return nodes.table("", table)


def _hashable(cell: Any) -> Hashable:
    """Convert a JSON value of a figure's data to one that pandas can compare.

    None becomes an empty text, a list a tuple, a mapping `{"date": "2031-04-12"}` a `date`, and any
    other mapping a `DaySpan`. Other values are returned unchanged.
    """
    if cell is None:
        return ""
    if isinstance(cell, list):
        return tuple(_hashable(item) for item in cell)
    if isinstance(cell, dict):
        return date.fromisoformat(cell["date"]) if "date" in cell else DaySpan.from_json(cell)
    assert isinstance(cell, Hashable)
    return cell


def _merge_repeated_rows(data: pd.DataFrame) -> pd.DataFrame:
    """Merge consecutive rows that are equal in all columns but that of claims.

    The merged row has the claims of all of them.
    """
    if CLAIMS not in data or data.empty:
        return data
    others = [name for name in data if name != CLAIMS]
    runs = (data[others] != data[others].shift()).any(axis="columns").cumsum()
    return data.groupby(runs).agg(dict.fromkeys(others, "first") | {CLAIMS: "sum"})


def _is_telling(cells: pd.Series) -> bool:
    """Check whether a column is worth a place in the table shown to readers.

    Returns:
        True if its cells differ. If they are equal and not empty, True only for the column of
        claims, or in a table of one row. Empty are the empty text and an empty list, but not 0 or
        False.
    """
    if cells.nunique() > 1:
        return True
    has_content = any(cell not in ("", ()) for cell in cells)
    return has_content and (cells.name == CLAIMS or len(cells) == 1)


def _is_numeric(cells: pd.Series) -> bool:
    """Check whether all filled cells of a column are numbers.

    Truth values are not numbers, and the column of claims is never numeric.
    """
    return cells.name != CLAIMS and all(
        isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells if cell != ""
    )


def _heading(column: str) -> str:
    if column == "through_institution":
        return f"By way of {settings().roles.institution_short}"
    return HEADINGS.get(column, column.replace("_", " ").capitalize())


def _in_words(cells: pd.Series, numeric: bool) -> pd.Series:
    """Format the cells of a column as text for readers.

    Actors get their short names, and codes their labels. Numbers get as many decimals as the most
    precise of them has, at most `DECIMALS`.

    Args:
        cells: The cells, with the name of the column.
        numeric: Whether they are numbers.
    """
    if numeric:
        filled = [float(cell) for cell in cells if cell != ""]
        written = [f"{number:.{DECIMALS}f}".rstrip("0").partition(".")[2] for number in filled]
        decimals = max(map(len, written), default=0)
        return cells.map(lambda cell: "" if cell == "" else f"{float(cell):,.{decimals}f}")
    if cells.name in WHO:
        actors = cached_corpus().actors
        short = dict(zip(actors["name"], actors["short"], strict=True)) | actors["short"].to_dict()
        return cells.map(
            lambda cell: (
                ", ".join(short.get(name, name) for name in cell)
                if isinstance(cell, tuple)
                else short.get(cell, cell)
            )
        )
    if cells.name in CODES:
        return cells.map(lambda cell: code_label(str(cell)).replace("_", " "))
    return cells.map(_cell_text)


def _cell_text(cell: Hashable) -> str:
    """Format a cell as text: a tuple as a list with commas, days in their short form.

    Any other value has its word in `VALUES`, or is written as it is.
    """
    if isinstance(cell, tuple):
        return ", ".join(map(_cell_text, cell))
    if isinstance(cell, date):
        return format_day(cell, short=True)
    if isinstance(cell, DaySpan):
        return cell.in_words(short=True)
    return curly_apostrophes(str(VALUES.get(cell, cell)))


def _cell(column: str, content: Any) -> nodes.paragraph:
    """Build the paragraph of a table cell.

    Claims are linked to the ledger. The web address in the column `address` is a link, and shown
    shortened. Any other column has plain text, even if it contains an address.

    Args:
        column: The name of the column.
        content: The ids of claims in the column of claims; in any other a text.
    """
    if column == CLAIMS:
        return nodes.paragraph("", "", *([claim_marker(list(content))] if content else []))
    if column == "address" and content:
        short = short_address(content).replace("/", f"/{MAY_BREAK}")
        link = nodes.reference("", short, refuri=content, internal=False)
        return nodes.paragraph("", "", link)
    return nodes.paragraph(text=content)


def _part_row(title: str, columns: int) -> nodes.row:
    """Build the heading row of a group of rows, across all columns.

    Args:
        title: The heading.
        columns: The number of columns.
    """
    line = nodes.strong(text=f"{title[:1].upper()}{title[1:]}")
    entry = nodes.entry("", nodes.paragraph("", "", line), morecols=columns - 1)
    return nodes.row("", entry, classes=[PART])


def _row(cells: list[nodes.paragraph], columns: list[str], numeric: set[str]) -> nodes.row:
    """Build a row of a table, with the cells of numeric columns aligned right."""
    entries = [
        nodes.entry("", cell, classes=["text-right"] if column in numeric else [])
        for cell, column in zip(cells, columns, strict=True)
    ]
    return nodes.row("", *entries)
