"""Rows of imports that wait to be completed, moved into the sheet of their source."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from claimbook.corpus.atomic_files import replace_files
from claimbook.corpus.table_writer import render_rows
from claimbook.exchange.drafts import WAITING
from claimbook.texts.sheets.columns import SOURCE
from claimbook.texts.sheets.intake import drafts_file
from claimbook.texts.sheets.reader import SheetReader


def move_imported_rows(
    file: Path, source_id: str, columns: list[str], make_reader: Callable[[], SheetReader]
) -> dict[str, int]:
    """Move the rows of a source from the sheets of imports into its own sheet.

    A row is dropped where one that is in the sheet already has all that it says. A sheet that
    cannot be read stays as it is, and so do all where the sheet of the source cannot be read.

    Args:
        file: The sheet of the source, which need not exist.
        source_id: The id of the source.
        columns: The columns of the sheet.
        make_reader: A function that makes a reader of sheets.

    Returns:
        The number of rows that were taken in, by the name of the sheet from which they come.

    Raises:
        OSError: A file cannot be written; then none is changed.
    """
    folder, reader = file.parent, make_reader()
    rows = _cells(reader.read(file, file.name).rows, columns) if file.exists() else []
    if reader.faults:
        return {}
    files: dict[str, bytes | None] = {}
    moved: dict[str, int] = {}
    for sheet in sorted(file for file in folder.iterdir() if WAITING.fullmatch(file.name)):
        reader = make_reader()
        waiting = _cells(reader.read(sheet, sheet.name).rows, columns)
        own = [row for row in waiting if row[SOURCE] == source_id]
        if reader.faults or not own:
            continue
        new = [row for row in own if not any(_says_all(known, row) for known in rows)]
        rows += new
        moved[sheet.name] = len(new)
        others = [row for row in waiting if row[SOURCE] != source_id]
        files[sheet.name] = _render(others, columns) if others else None
        listed = drafts_file(sheet.name)
        if listed.exists():  # else they would go on being listed
            files[listed.relative_to(folder).as_posix()] = None
    if moved:
        replace_files({**files, file.name: _render(rows, columns)}, folder)
    return moved


def _cells(rows: pd.DataFrame, columns: list[str]) -> list[dict[str, str]]:
    """Return rows as their cells by column, empty where a column is not there."""
    cells: list[dict[str, str]] = rows.reindex(columns=columns, fill_value="").to_dict("records")
    return cells


def _says_all(known: dict[str, str], row: dict[str, str]) -> bool:
    """Check whether a row has every filled cell of another."""
    return all(known[column] == cell for column, cell in row.items() if cell)


def _render(rows: list[dict[str, str]], columns: list[str]) -> bytes:
    return render_rows([columns, *(list(row.values()) for row in rows)])
