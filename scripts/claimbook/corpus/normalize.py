"""Normalize the form of tables that a spreadsheet saved; no cell changes."""

import csv
import io
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.atomic_files import replace_files
from claimbook.corpus.table_writer import render_rows
from claimbook.paths import project


def normalize_tables(folder: Path | None = None) -> list[Path]:
    """Rewrite the tables that are not in the form of the repository.

    That form has lines that end in LF, no byte-order mark, no empty rows, and rows sorted by key.
    Files with other faults stay as they are, for the checks to report.

    Args:
        folder: The folder of the tables; by default that of the project.

    Returns:
        The rewritten files.

    Raises:
        CorpusError: `datapackage.json` cannot be read or understood.
        OSError: A table cannot be written.
    """
    folder = folder or project().data
    files = [
        (table, folder / name)
        for table in schema.read_schema(folder / project().datapackage.name).values()
        for name in table.files
    ]
    normalized = {
        str(file.relative_to(folder)): content
        for table, file in files
        if file.is_file() and (content := _normalize_file(table, file)) is not None
    }
    if normalized:
        replace_files(normalized, folder)
    return [folder / name for name in normalized]


def _normalize_file(table: schema.Table, file: Path) -> bytes | None:
    """Return the normalized content of a file; None where it stays as it is."""
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if (
        not text.endswith(("\n", "\r"))
        or not filled
        or filled[0] != table.columns
        or any(len(row) != len(table.columns) for row in filled)
    ):
        return None
    header, body = filled[0], filled[1:]
    order = schema.sort_order(table, pd.DataFrame(body, columns=header, dtype=str))
    normalized = [header, *(body[index] for index in order)]
    if normalized == rows and "\r" not in text and content == text.encode():
        return None
    return render_rows(normalized)
