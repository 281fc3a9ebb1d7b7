"""Puts tables that a spreadsheet saved back into the form that the repository keeps, and changes no cell."""

import csv
import io
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.paths import project


def normalize_tables(folder: Path | None = None) -> list[Path]:
    """Rewrite the tables whose lines do not end in LF, that begin with a byte-order mark, hold empty rows or are not sorted.

    Tables with other faults of the file are left as they are: `check` names them. Returns the files rewritten. Raises
    CorpusError if `datapackage.json` cannot be read, OSError if a table cannot be written.
    """
    folder = folder or project().data
    files = [
        (table, folder / file)
        for table in schema.read_schema(folder / project().datapackage.name).values()
        for file in table.files
    ]
    return [file for table, file in files if file.is_file() and _tidied(table, file)]


def _tidied(table: schema.Table, file: Path) -> bool:
    """Whether a table had to be rewritten, and could be."""
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
        found = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    filled = [row for row in found if any(cell.strip() for cell in row)]
    if (
        not text.endswith(("\n", "\r"))
        or filled[0] != table.columns
        or any(len(row) != len(table.columns) for row in filled)
    ):
        return False
    raw = pd.DataFrame(filled[1:], columns=table.columns, dtype=str)
    ordered = sorted(
        zip(schema.sort_keys(table, raw), filled[1:], strict=True), key=lambda pair: pair[0]
    )
    kept = [table.columns, *(row for _, row in ordered)]
    if kept == found and "\r" not in text and content == text.encode():
        return False
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(kept)
    coming = file.with_name(f".{file.name}.new")
    coming.write_bytes(written.getvalue().encode())
    coming.replace(file)
    return True
