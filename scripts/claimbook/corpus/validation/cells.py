"""What one cell may hold: the demands of the schema and those that hold for every cell, and which cells of a table fail them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from claimbook.corpus.schema import Field, Table
from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Categories of characters that are not seen: controls, formatting (direction, zero width, soft hyphens), lines and paragraphs of
# their own, halves of pairs, private and unassigned ones; then letters and marks that leave no ink.
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0") | set(
    map(chr, range(0xFE00, 0xFE10))
)
LOST = "\ufffd"
FORMULA = re.compile(
    r"(?:^|;)\s*[=+\-@]"
)  # a semicolon separates cells where a spreadsheet is set to German or French
SHIFTED_CELLS = "cells under their own columns"
MIN_SHIFTED = 3  # cells of a row that must fail before it is asked whether they have moved
BEFORE = 20  # characters shown before one that may not stand in a cell


@dataclass(frozen=True)
class Constraint:
    """Something asked of a cell: whether it `holds`, what is `allowed`, and for a long text where it fails."""

    holds: Callable[[str], bool]
    allowed: str
    fails_at: Callable[[str], int] | None = None

    def shown(self, cell: str) -> str:
        """The cell, or the part of it in which it fails."""
        at = max(self.fails_at(cell) - BEFORE, 0) if self.fails_at else 0
        return f"…{cell[at:]}" if at else cell


def _unseen(cell: str) -> int:
    """The place of the first character that is not seen; -1 where there is none."""
    if cell.isascii() and cell.isprintable():
        return -1
    return next(
        (
            at
            for at, mark in enumerate(cell)
            if unicodedata.category(mark) in UNSEEN or mark in BLANK
        ),
        -1,
    )


EVERYWHERE = [
    Constraint(
        lambda cell: _unseen(cell) < 0,
        "no line breaks, controls, marks of direction or other characters that are not seen",
        _unseen,
    ),
    Constraint(
        lambda cell: LOST not in cell,
        "no sign of a character that was lost",
        lambda cell: cell.index(LOST),
    ),
    Constraint(lambda cell: cell == cell.strip(), "no space at either end"),
]
NO_FORMULA = Constraint(
    lambda cell: not FORMULA.search(cell),
    "no = + - @ at the beginning or after a semicolon, which a spreadsheet takes for a formula",
    lambda cell: FORMULA.search(cell).start(),  # type: ignore[union-attr]
)


@cache
def _demands(field: Field) -> list[Constraint]:
    """What is asked of a filled cell of a column, in the order in which it is told: only the first that fails is."""
    limits = field.constraints
    asked = list(EVERYWHERE)

    def ask(holds: Callable[[str], bool], allowed: str) -> None:
        asked.append(Constraint(holds, allowed))

    if field.type == "integer":
        ask(lambda cell: INTEGER.fullmatch(cell) is not None, "a whole number in digits")
    elif field.type == "number":
        ask(
            lambda cell: NUMBER.fullmatch(cell) is not None,
            "a number in digits, with a point for decimals",
        )
    elif field.type == "date":
        ask(is_iso_date, "a day as YYYY-MM-DD")
    else:
        asked.append(NO_FORMULA)
    if field.enum:
        ask(lambda cell: cell in field.enum, "allowed: " + ", ".join(field.enum))
    if whole := limits.get("pattern"):
        ask(lambda cell: re.fullmatch(whole, cell) is not None, f"must match {whole}")
    if field.type == "list":
        ask(
            lambda cell: all(cell.split(field.delimiter)),
            f"items joined by {field.delimiter!r}, none empty",
        )
        ask(lambda cell: cell.split(field.delimiter) == field.split(cell), "no spaces around items")
        ask(lambda cell: len(set(field.split(cell))) == len(field.split(cell)), "each item once")
    if each := field.items_pattern:
        ask(
            lambda cell: all(re.fullmatch(each, item) for item in field.split(cell)),
            f"items matching {each}",
        )
    if "minimum" in limits:
        ask(lambda cell: float(cell) >= limits["minimum"], f"at least {limits['minimum']}")
    if "maximum" in limits:
        ask(lambda cell: float(cell) <= limits["maximum"], f"at most {limits['maximum']}")
    if "maxWords" in limits:
        ask(
            lambda cell: len(cell.split()) <= limits["maxWords"],
            f"at most {limits['maxWords']} words",
        )
    return asked


def is_iso_date(cell: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it, and one that there is."""
    if not DAY.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def first_violation(field: Field, cell: str) -> Constraint | None:
    """The first demand that a cell of a column fails; None for a sound one."""
    if cell == "":
        return Constraint(bool, "must not be empty") if field.required else None
    return next((demand for demand in _demands(field) if not demand.holds(cell)), None)


def is_valid_row(table: Table, cells: list[str], but: int = -1) -> bool:
    """Whether a row of cells, in the order of the table's columns, has no fault in any of them, the place `but` aside."""
    if len(cells) != len(table.fields):
        return False
    return not any(
        first_violation(field, cell)
        for at, (field, cell) in enumerate(zip(table.fields, cells, strict=True))
        if at != but
    )


def find_faults(table: Table, raw: pd.DataFrame) -> list[Fault]:
    """Every cell of a raw table (all columns text, empty for missing) that the schema of the table forbids, row by row.

    A cell is told once, and a row whose cells have moved once. Columns that `raw` lacks are passed over.
    """
    fields = [field for field in table.fields if field.name in raw]
    wrong: dict[str, dict[str, Constraint]] = {}
    for field in fields:
        cells = raw[field.name]
        bad = {cell: demand for cell in cells.unique() if (demand := first_violation(field, cell))}
        for place, cell in cells[cells.isin(list(bad))].items() if bad else ():
            wrong.setdefault(str(place), {})[field.name] = bad[cell]
    found: list[Fault] = []
    for place in [place for place in raw.index if place in wrong]:
        row = raw.loc[place]
        failing = [field for field in fields if field.name in wrong[place]]
        found += _moved(table, row, wrong[place]) or [
            _fault(table, row, field, wrong[place]) for field in failing
        ]
    unique = [[field.name] for field in fields if field.constraints.get("unique")]
    for columns in [table.key, *(columns for columns in unique if columns != table.key)]:
        if set(columns) <= set(raw):
            found += _doubled(table, raw, columns)
    return found


def _fault(table: Table, row: pd.Series, field: Field, wrong: dict[str, Constraint]) -> Fault:
    cell, demand = row[field.name], wrong[field.name]
    hint = suggestions.suggest_cell(
        field, cell, lambda value: first_violation(field, value) is None
    )
    return Fault(
        *table.place(row), field.name, demand.shown(cell), demand.allowed, hint, str(row.name)
    )


def _moved(table: Table, row: pd.Series, wrong: dict[str, Constraint]) -> list[Fault]:
    """One fault for a row whose cells are all sound once those from one column on are moved back by one; else none."""
    if len(wrong) < MIN_SHIFTED or len(row) != len(table.fields):
        return []
    cells = row.tolist()
    for lost in (
        False,
        True,
    ):  # where no column takes the empty cell, one may have lost what it must hold
        for at, field in enumerate(table.fields):
            left, right = [*cells[:at], "", *cells[at:-1]], [*cells[:at], *cells[at + 1 :], ""]
            for moved, way, possible in (
                (left, "left", cells[-1] == ""),
                (right, "right", cells[at] == ""),
            ):
                if possible and is_valid_row(table, moved, at if lost else -1):
                    hint = f"the cells from {field.name} on stand one too far to the {way}"
                    return [
                        Fault(
                            *table.place(row),
                            field.name,
                            cells[at],
                            SHIFTED_CELLS,
                            hint,
                            str(row.name),
                        )
                    ]
    return []


def _doubled(table: Table, raw: pd.DataFrame, columns: list[str]) -> list[Fault]:
    """Rows that share what only one row may have, one fault for each value."""
    filled = raw[(raw[columns] != "").all(axis="columns")]
    found = []
    for _, rows in filled[filled.duplicated(columns, keep=False)].groupby(columns, sort=False):
        first = rows.iloc[0]
        files = {str(place).rsplit(":", 1)[0] for place in rows.index}
        lines = " and ".join(
            str(place).rsplit(":", 1)[1] if len(files) == 1 else str(place) for place in rows.index
        )
        hint = (
            "the rows are the same: delete all but one" if len(rows.drop_duplicates()) == 1 else ""
        )
        value, allowed = "/".join(first[columns]), f"no two rows alike in this; lines {lines} are"
        found.append(
            Fault(*table.place(first), "/".join(columns), value, allowed, hint, str(first.name))
        )
    return found
