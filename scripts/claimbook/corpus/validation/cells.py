"""Checks of single cells: the constraints of the schema, and those that every cell has."""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from claimbook.corpus.schema import Field, Table
from claimbook.corpus.validation import suggestions
from claimbook.corpus.validation.mojibake import repair_mojibake
from claimbook.errors import TIDY_HINT, Fault, RowPosition, did_you_mean

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Unicode categories of invisible characters: controls, formatting (direction, zero width, soft
# hyphens), line and paragraph separators, surrogates, private and unassigned characters.
INVISIBLE_CATEGORIES = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
# Letters and marks that leave no ink.
BLANK_CHARACTERS = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0") | set(
    map(chr, range(0xFE00, 0xFE10))
)
REPLACEMENT_CHARACTER = "\ufffd"
# A semicolon separates cells where a spreadsheet is set to German or French.
FORMULA = re.compile(r"(?:^|;)\s*[=+\-@]")
SHIFTED_CELLS = "cells under their own columns"
MIN_SHIFTED = 3  # invalid cells from which on a row is tested for shifted cells
CONTEXT = 20  # characters of a cell that an error line shows before the invalid one


@dataclass(frozen=True)
class Constraint:
    """A constraint on a filled cell.

    Attributes:
        holds: Whether a cell meets the constraint.
        allowed: The constraint in words.
        fails_at: The index of the first invalid character, for constraints on characters.
        hint: The proposal how to mend an invalid cell, where the constraint itself knows one.
    """

    holds: Callable[[str], bool]
    allowed: str
    fails_at: Callable[[str], int] | None = None
    hint: Callable[[str], str] | None = None

    def excerpt(self, cell: str) -> str:
        """Return the part of an invalid cell that begins shortly before the fault."""
        start = max(self.fails_at(cell) - CONTEXT, 0) if self.fails_at else 0
        return f"…{cell[start:]}" if start else cell


def _find_invisible(cell: str) -> int:
    """Return the index of the first invisible character; -1 if there is none."""
    if cell.isascii() and cell.isprintable():
        return -1
    return next(
        (
            index
            for index, character in enumerate(cell)
            if unicodedata.category(character) in INVISIBLE_CATEGORIES
            or character in BLANK_CHARACTERS
        ),
        -1,
    )


def _find_formula(cell: str) -> int:
    """Return the index at which a spreadsheet would see a formula; -1 if it sees none."""
    match = FORMULA.search(cell)
    return match.start() if match else -1


def _find_difference(cell: str, other: str) -> int:
    """Return the index of the first character in which two different texts differ."""
    pairs = zip(cell, other, strict=False)
    shorter = min(len(cell), len(other))
    return next((index for index, (one, two) in enumerate(pairs) if one != two), shorter)


def _find_mojibake(cell: str) -> int:
    """Return the index of the first wrongly decoded character; -1 if there is none."""
    repaired = repair_mojibake(cell)
    if repaired == cell or REPLACEMENT_CHARACTER in cell:
        return -1
    return _find_difference(cell, repaired)


def _suggest_decoded(cell: str) -> str:
    """Suggest the text of a cell that was decoded with a wrong encoding."""
    start = max(_find_mojibake(cell) - CONTEXT, 0)
    repaired = repair_mojibake(cell)
    return did_you_mean([f"…{repaired[start:]}" if start else repaired])


CONSTRAINTS_OF_ALL = [
    Constraint(
        lambda cell: _find_mojibake(cell) < 0,
        "text that was decoded as what it is, UTF-8",
        _find_mojibake,
        _suggest_decoded,
    ),
    Constraint(
        lambda cell: _find_invisible(cell) < 0,
        "no line breaks, controls, marks of direction or other characters that are not seen",
        _find_invisible,
    ),
    Constraint(
        lambda cell: REPLACEMENT_CHARACTER not in cell,
        "no sign of a character that was lost",
        lambda cell: cell.index(REPLACEMENT_CHARACTER),
    ),
    Constraint(
        lambda cell: unicodedata.is_normalized("NFC", cell),
        "each letter and its accents as one character (NFC)",
        lambda cell: _find_difference(cell, unicodedata.normalize("NFC", cell)),
        lambda _: TIDY_HINT,
    ),
    Constraint(lambda cell: cell == cell.strip(), "no space at either end"),
]
NO_FORMULA = Constraint(
    lambda cell: _find_formula(cell) < 0,
    "no = + - @ at the beginning or after a semicolon, which a spreadsheet takes for a formula",
    _find_formula,
)


@cache
def _constraints(field: Field) -> list[Constraint]:
    """List the constraints of a filled cell; only the first that fails is reported."""
    limits = field.constraints
    constraints = list(CONSTRAINTS_OF_ALL)

    def add(holds: Callable[[str], bool], allowed: str) -> None:
        constraints.append(Constraint(holds, allowed))

    if field.type == "integer":
        add(lambda cell: INTEGER.fullmatch(cell) is not None, "a whole number in digits")
    elif field.type == "number":
        add(
            lambda cell: NUMBER.fullmatch(cell) is not None,
            "a number in digits, with a point for decimals",
        )
    elif field.type == "date":
        add(is_iso_date, "a day as YYYY-MM-DD")
    else:
        constraints.append(NO_FORMULA)
    if field.enum:
        add(lambda cell: cell in field.enum, "allowed: " + ", ".join(field.enum))
    if pattern := limits.get("pattern"):
        add(lambda cell: re.fullmatch(pattern, cell) is not None, f"must match {pattern}")
    if field.type == "list":
        add(
            lambda cell: all(cell.split(field.delimiter)),
            f"items joined by {field.delimiter!r}, none empty",
        )
        add(lambda cell: cell.split(field.delimiter) == field.split(cell), "no spaces around items")
        add(lambda cell: len(set(field.split(cell))) == len(field.split(cell)), "each item once")
    if item_pattern := field.items_pattern:
        add(
            lambda cell: all(re.fullmatch(item_pattern, item) for item in field.split(cell)),
            f"items matching {item_pattern}",
        )
    if field.type == "date" and {"minimum", "maximum"} & limits.keys():
        first, last = limits.get("minimum", ""), limits.get("maximum", "9999")
        add(lambda cell: first <= cell <= last, f"a day from {first} to {last}")  # ISO sorts
    elif "minimum" in limits or "maximum" in limits:
        lowest, highest = limits.get("minimum", -math.inf), limits.get("maximum", math.inf)
        add(lambda cell: float(cell) >= lowest, f"at least {lowest}")
        add(lambda cell: float(cell) <= highest, f"at most {highest}")
    if (max_words := field.max_words) is not None:
        add(lambda cell: len(cell.split()) <= max_words, f"at most {max_words} words")
    return constraints


def is_iso_date(cell: str) -> bool:
    """Check whether a text is an existing day in the form YYYY-MM-DD."""
    if not DAY.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def first_violation(field: Field, cell: str) -> Constraint | None:
    """Find the first constraint that a cell violates; None for a valid cell."""
    if cell == "":
        return Constraint(bool, "must not be empty") if field.required else None
    return next(
        (constraint for constraint in _constraints(field) if not constraint.holds(cell)), None
    )


def is_valid_row(table: Table, cells: list[str], ignored: int = -1) -> bool:
    """Check whether a row has a valid cell for each column.

    Args:
        table: The table.
        cells: The cells in the order of the table's columns.
        ignored: The index of a cell that may be invalid; -1 for none.
    """
    if len(cells) != len(table.fields):
        return False
    return not any(
        first_violation(field, cell)
        for index, (field, cell) in enumerate(zip(table.fields, cells, strict=True))
        if index != ignored
    )


def find_faults(table: Table, raw: pd.DataFrame) -> list[Fault]:
    """Find the cells and keys of a table that its schema forbids.

    Args:
        table: The table.
        raw: Its rows as text cells, empty for missing values, named by their `RowPosition`.
            Columns that are not there are not checked.

    Returns:
        One fault for each invalid cell, in order of rows; only one for a row with shifted cells;
        then one for each value of a key or unique column that several rows share.
    """
    fields = [field for field in table.fields if field.name in raw]
    violations: dict[RowPosition, dict[str, Constraint]] = {}  # by row, then by column
    for field in fields:
        cells = raw[field.name]
        invalid = {
            cell: constraint
            for cell in cells.unique()
            if (constraint := first_violation(field, cell))
        }
        for position, cell in cells[cells.isin(list(invalid))].items() if invalid else ():
            violations.setdefault(position, {})[field.name] = invalid[cell]
    faults: list[Fault] = []
    for position in [position for position in raw.index if position in violations]:
        row, of_row = raw.loc[position], violations[position]
        faults += _shift_faults(table, row, of_row) or [
            _cell_fault(table, row, field, of_row[field.name])
            for field in fields
            if field.name in of_row
        ]
    unique = [[field.name] for field in fields if field.constraints.get("unique")]
    for columns in [table.key, *(columns for columns in unique if columns != table.key)]:
        if set(columns) <= set(raw):
            faults += _duplicate_faults(table, raw, columns)
    return faults


def _cell_fault(table: Table, row: pd.Series, field: Field, violated: Constraint) -> Fault:
    cell = row[field.name]
    hint = (
        violated.hint(cell)
        if violated.hint
        else suggestions.suggest_cell(
            field, cell, lambda value: first_violation(field, value) is None
        )
    )
    excerpt = violated.excerpt(cell)
    return Fault(*table.locate(row), field.name, excerpt, violated.allowed, hint, row.name)


def _shift_faults(table: Table, row: pd.Series, violations: dict[str, Constraint]) -> list[Fault]:
    """Report a row whose cells become valid when those from one column on move by one.

    Returns:
        One fault, or none for a row without shifted cells.
    """
    if len(violations) < MIN_SHIFTED or len(row) != len(table.fields):
        return []
    cells = row.tolist()
    # First without, then with one invalid cell: the shift may have emptied a required one.
    for with_invalid in (False, True):
        for index, field in enumerate(table.fields):
            shifted_left = [*cells[:index], "", *cells[index:-1]], "left", cells[-1] == ""
            shifted_right = [*cells[:index], *cells[index + 1 :], ""], "right", cells[index] == ""
            for repaired, direction, possible in (shifted_left, shifted_right):
                if possible and is_valid_row(table, repaired, index if with_invalid else -1):
                    hint = f"the cells from {field.name} on stand one too far to the {direction}"
                    return [
                        Fault(
                            *table.locate(row),
                            field.name,
                            cells[index],
                            SHIFTED_CELLS,
                            hint,
                            row.name,
                            is_shift=True,
                        )
                    ]
    return []


def _duplicate_faults(table: Table, raw: pd.DataFrame, columns: list[str]) -> list[Fault]:
    """Report rows that share a value of a key or unique column, a fault a value."""
    if not raw.duplicated(columns).any():
        return []
    filled = raw[(raw[columns] != "").all(axis="columns")]
    duplicates = filled[filled.duplicated(columns, keep=False)]
    faults = []
    for _, rows in duplicates.groupby(columns, sort=False):
        first = rows.iloc[0]
        one_file = len({position.file for position in rows.index}) == 1
        lines = [
            str(position.line) if one_file else f"{position.file}:{position.line}"
            for position in rows.index
        ]
        identical = len(rows.drop_duplicates()) == 1
        faults.append(
            Fault(
                *table.locate(first),
                "/".join(columns),
                "/".join(first[columns]),
                f"no two rows alike in this; lines {' and '.join(lines)} are",
                "the rows are the same: delete all but one" if identical else "",
                first.name,
            )
        )
    return faults
