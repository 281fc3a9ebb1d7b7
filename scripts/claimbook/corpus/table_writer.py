"""Writer of tables: in the form of the repository, and several tables at once or none."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.atomic_files import replace_files
from claimbook.paths import project


def write_tables(
    tables: Mapping[str, pd.DataFrame],
    folder: Path | None = None,
    others: Mapping[str, bytes | None] | None = None,
) -> list[Path]:
    """Write files of tables, all of them or none, also where the command is killed.

    Each file has the form of the repository: UTF-8, LF, and rows sorted by key.

    Args:
        tables: The rows of each file, as text cells, by the name of the table (`claims`), or, for a
            table in several files, by the name of the file (`coding/one.csv`). The columns may
            stand in any order.
        folder: The folder of the tables; by default that of the project.
        others: Other files of the folder that change with the tables, by their paths in it: their
            new content, or None for a file to delete. Where `datapackage.json` is among them, it
            names the tables and their columns.

    Returns:
        The files that were written, without those that had this content already.

    Raises:
        KeyError: The schema has no such table or file.
        ValueError: The columns are not those of the table, or a cell is missing.
        CorpusError: `datapackage.json` cannot be read or understood.
        OSError: A file cannot be written. Nothing has changed then, or the next command that reads
            the tables finishes the change.
    """
    folder = folder or project().data
    files = dict(others or {})
    package = project().datapackage.name
    described = (
        schema.parse_schema(content, package)
        if (content := files.get(package)) is not None
        else schema.read_schema(folder / package)
    )
    by_file = {file: table for table in described.values() for file in table.files}
    for name, rows in tables.items():
        file = described[name].file if name in described else name
        table = by_file[file]
        if name in described and len(table.files) > 1:
            raise KeyError(f"{name} has several files: {', '.join(table.files)}")
        if set(rows.columns) != set(table.columns):
            raise ValueError(f"{file} has the columns {', '.join(table.columns)}")
        if rows.isna().any(axis=None):
            raise ValueError(f"{file}: an empty cell is an empty text")
        cells = rows[table.columns].iloc[schema.sort_order(table, rows)]
        files[file] = render_rows([table.columns, *cells.itertuples(index=False)])
    changed = {
        name: content
        for name, content in files.items()
        if content is None or _content(folder / name) != content
    }
    if changed:
        replace_files(changed, folder)
    return [folder / name for name in changed]


def render_rows(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows as CSV in the form of the repository; the first has the column names."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()


def _content(file: Path) -> bytes | None:
    """Read a file; None where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
