"""Rows of imports that wait to be completed, moved into the sheet of their source."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from claimbook.corpus.atomic_files import replace_files
from claimbook.corpus.table_writer import render_rows
from claimbook.paths import project
from claimbook.texts.sheets.columns import SOURCE
from claimbook.texts.sheets.reader import SheetReader

WAITING = "*-waiting*.csv"  # how `claimbook import` names the sheets of such rows


def move_imported_rows(
    file: Path, source_id: str, columns: list[str], make_reader: Callable[[], SheetReader]
) -> dict[str, int]:
    """Move the rows of a source from the sheets of imports into its own sheet.

    A row whose wording is in the sheet already is dropped. A sheet that cannot be read stays as it
    is, and so do all where the sheet of the source cannot be read.

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
    parts = [reader.read(file, file.name).rows] if file.exists() else []
    if reader.faults:
        return {}
    spans = {span for rows in parts for span in rows["span"]}
    files: dict[str, bytes | None] = {}
    moved: dict[str, int] = {}
    for sheet in sorted(folder.glob(WAITING)):
        reader = make_reader()
        rows = reader.read(sheet, sheet.name).rows
        is_own = rows[SOURCE] == source_id
        if reader.faults or not is_own.any():
            continue
        new = rows[is_own & ~rows["span"].isin(spans)]
        spans |= set(new["span"])
        parts.append(new)
        rest = rows[~is_own]
        files[sheet.name] = _render(rest, list(rows.columns)) if len(rest) else None
        listed = project().drafts / f"{sheet.name}.csv"
        if listed.exists():  # else `claimbook sheet drafts` would go on listing them
            files[str(listed.relative_to(folder))] = None
        moved[sheet.name] = len(new)
    if moved:
        files[file.name] = _render(pd.concat(parts), columns)
        replace_files(files, folder)
    return moved


def _render(rows: pd.DataFrame, columns: list[str]) -> bytes:
    """Write rows as the bytes of a sheet."""
    return render_rows([columns, *rows.reindex(columns=columns).fillna("").to_numpy()])
