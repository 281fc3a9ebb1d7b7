"""Selected claims as CSV, safe to open in a spreadsheet."""

import csv
import io
import re
from typing import Any

import pandas as pd

FORMULA = re.compile(
    r"[=+\-@\t\r＝＋－＠]"
)  # spreadsheets run a cell that begins with one of these
MARK = "\ufeff"  # Excel reads a CSV without it as of the machine's old code page
GUARD = "'"  # spreadsheets read it as the mark of plain text


def text_cells(claims: pd.DataFrame) -> pd.DataFrame:
    """Convert a table of claims to text cells, with their ids in the first column.

    Lists are joined by semicolons, and missing values become empty. A text that a spreadsheet would
    run as a formula gets an apostrophe before it, by which spreadsheets know plain text.

    Args:
        claims: Claims with any columns, indexed by claim id.
    """
    return claims.rename_axis("claim_id").reset_index().map(_to_text)


def to_csv(claims: pd.DataFrame) -> str:
    """Return a table of claims as CSV text, safe to open in a spreadsheet.

    It begins with a byte-order mark, and every cell is in quotation marks. A cell that a
    spreadsheet would run as a formula begins with an apostrophe (see `text_cells`). The script of
    the built page writes its downloads in the same form.
    """
    table = text_cells(claims)
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.to_numpy().tolist())
    return MARK + file.getvalue()


def _to_text(value: Any) -> str:
    if isinstance(value, list):
        return _guard_formula(";".join(value))
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return _guard_formula(value) if isinstance(value, str) else f"{value:.15g}"


def _guard_formula(text: str) -> str:
    return GUARD + text if FORMULA.match(text) else text
