"""Normalize the form of tables that a spreadsheet saved; no cell changes."""

import csv
import io
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
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
    return [file for table, file in files if file.is_file() and _normalize_file(table, file)]


def _normalize_file(table: schema.Table, file: Path) -> bool:
    """Rewrite a file that needs it and has no other faults; say whether it was."""
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if (
        not text.endswith(("\n", "\r"))
        or filled[0] != table.columns
        or any(len(row) != len(table.columns) for row in filled)
    ):
        return False
    header, body = filled[0], filled[1:]
    keys = schema.sort_keys(table, pd.DataFrame(body, columns=header, dtype=str))
    order = sorted(range(len(body)), key=keys.__getitem__)
    normalized = [header, *(body[index] for index in order)]
    if normalized == rows and "\r" not in text and content == text.encode():
        return False
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(normalized)
    draft = file.with_name(f".{file.name}.new")  # so that no reader sees half a table
    draft.write_bytes(buffer.getvalue().encode())
    draft.replace(file)
    return True
