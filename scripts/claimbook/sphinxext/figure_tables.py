"""The table of what a figure draws, as a reader sees it: words for names of columns, values and ids, and each thing said once."""

import re

import pandas as pd
from docutils import nodes

from claimbook.language import claim_text
from claimbook.sphinxext.claim_role import claim_marker
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.nodes import PART

HEADS = {
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
    "km_to_belarus_ukraine_border": "km to the border",
    "through_isw": "By way of ISW",
    "date": "Day",
    "name": "Who",
    "wording": "Words",
    "inside": "In the corpus",
    "indicator": "Sign",
    "movers": "Whose step",
}  # where a column's name, as words, does not say it
GROUPS = (
    "part",
    "group",
    "sign",
    "theme",
)  # columns that part a table: the first that a figure has becomes a line above its rows
CODES = ("theme", "kind", "sort", "field")  # columns that hold names of the schema
WHO = (
    "name",
    "origin",
    "named_by",
    "movers",
    "row",
    "who",
)  # columns that hold actors by name or id
VALUES = {"True": "yes", "False": "no", "consistent": "fits", "inconsistent": "against"}
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
IN_WORDS = re.compile(rf"(\d{{1,2}}) ({'|'.join(claim_text.MONTHS)})\b(?: (\d{{4}}))?")
PLACES = 3  # decimals at most
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def figure_table(columns: list[str], rows: list[list[str]]) -> nodes.table:
    """The table of a figure's data; `rows` hold text, days as ISO 8601, ids of claims joined by commas.

    Columns that say nothing (empty, or the same in every row) are left out: the file for download has them.
    """
    known = pd.DataFrame(rows, columns=columns, dtype=str)
    group = next(
        (column for column in GROUPS if column in known and known[column].nunique() > 1), None
    )
    if group:
        known = known.sort_values(
            group,
            key=lambda cells: cells.map(
                {value: place for place, value in enumerate(dict.fromkeys(cells))}
            ),
            kind="stable",
        )
    known = _drawn_together(known)
    telling = [
        column
        for column in known
        if known[column].nunique() > 1
        or (known[column].any() and (column == "claims" or len(known) == 1))
    ]
    shown = [column for column in telling if column != group]
    numeric = {
        column
        for column in shown
        if column != "claims" and all(NUMBER.fullmatch(cell) for cell in known[column] if cell)
    }
    said = known.assign(
        **{
            column: _in_words(column, known[column], column in numeric)
            for column in known
            if column != "claims"
        }
    )
    parts = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in shown), cols=len(shown))
    parts += nodes.thead(
        "", _row([nodes.paragraph(text=_head(column)) for column in shown], shown, numeric)
    )
    body = nodes.tbody()
    for title, of_group in said.groupby(group, sort=False) if group else [("", said)]:
        if group:
            line = nodes.strong(text=f"{title[:1].upper()}{title[1:]}")
            body += nodes.row(
                "",
                nodes.entry("", nodes.paragraph("", "", line), morecols=len(shown) - 1),
                classes=[PART],
            )
        for _, row in of_group.iterrows():
            body += _row([_cell(column, row[column]) for column in shown], shown, numeric)
    parts += body
    return nodes.table("", parts)


def _drawn_together(known: pd.DataFrame) -> pd.DataFrame:
    """Rows that follow one another and differ in nothing but their claims as one row, and so those of months that follow one another."""
    apart = [column for column in known if column != "claims"]
    if "claims" in known:
        runs = (known[apart] != known[apart].shift()).any(axis="columns").cumsum()
        known = known.groupby(runs).agg(
            dict.fromkeys(apart, "first") | {"claims": lambda cells: ", ".join(filter(None, cells))}
        )
    if "month" in known:
        others = [column for column in known if column != "month"]
        runs = (known[others] != known[others].shift()).any(axis="columns").cumsum()
        known = known.groupby(runs).agg(dict.fromkeys(others, "first") | {"month": _months})[
            list(known)
        ]
    return known


def _months(named: pd.Series) -> str:
    """First and last of some months: `February to December 2022`."""
    first, last = named.iloc[0], named.iloc[-1]
    return first if first == last else f"{first.removesuffix(last[last.rindex(' ') :])} to {last}"


def _head(column: str) -> str:
    return HEADS.get(column, column.replace("_", " ").capitalize())


def _in_words(column: str, cells: pd.Series, numeric: bool) -> pd.Series:
    """The cells of a column as words or, of a column of numbers, with as many decimals as the longest has."""
    if numeric:
        places = max(
            (
                len(f"{float(cell):.{PLACES}f}".rstrip("0").partition(".")[2])
                for cell in cells
                if cell
            ),
            default=0,
        )
        return cells.map(lambda cell: f"{float(cell):,.{places}f}" if cell else "")
    if column in WHO:
        actors = cached_corpus().actors
        short = dict(zip(actors["name"], actors["short"], strict=True)) | actors["short"].to_dict()
        return cells.map(lambda cell: ", ".join(short.get(name, name) for name in cell.split(", ")))
    if column in CODES:
        return cells.map(lambda cell: claim_text.code_label(cell).replace("_", " "))
    return cells.map(lambda cell: _days(claim_text.curly_apostrophes(VALUES.get(cell, cell))))


def _days(text: str) -> str:
    """The days in a text in their short form, each kept on one line: `12 Apr 2022`."""
    text = DAY.sub(
        lambda found: f"{int(found[3])} {claim_text.MONTHS[int(found[2]) - 1]} {found[1]}", text
    )
    return IN_WORDS.sub(
        lambda found: NO_BREAK.join(filter(None, (found[1], found[2][:3], found[3]))), text
    )


def _cell(column: str, text: str) -> nodes.paragraph:
    if column == "claims" and text:
        return nodes.paragraph("", "", claim_marker(text.split(", ")))
    if column == "address" and text:
        short = claim_text.short_address(text).replace("/", f"/{MAY_BREAK}")
        return nodes.paragraph("", "", nodes.reference("", short, refuri=text, internal=False))
    return nodes.paragraph(text=text)


def _row(cells: list[nodes.paragraph], columns: list[str], numeric: set[str]) -> nodes.row:
    entries = [
        nodes.entry("", cell, classes=["text-right"] if column in numeric else [])
        for cell, column in zip(cells, columns, strict=True)
    ]
    return nodes.row("", *entries)
