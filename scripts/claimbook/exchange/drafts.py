"""Rows of an import that lack cells: those that are claims already, and a sheet for the others."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.table_writer import render_rows
from claimbook.errors import RowPosition
from claimbook.paths import project
from claimbook.texts.sheets.columns import SOURCE, Sheet, coded_columns
from claimbook.texts.sheets.intake import keep_drafts
from claimbook.texts.sheets.reader import SheetReader

IN_OWN_WORDS = "paraphrase"  # may have been worded anew since
FIRST_ROW = 2  # the line of a sheet's first row


def split_known(rows: pd.DataFrame, claims: pd.DataFrame, table: schema.Table) -> list[RowPosition]:
    """List the rows of which a claim on the same span has every filled cell.

    Args:
        rows: Anchored rows, as text cells.
        claims: The rows of the table `claims`.
        table: The table in the schema.
    """
    columns = [name for name in coded_columns(table) if name != IN_OWN_WORDS]
    by_span: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for claim in claims.to_dict("records"):
        by_span.setdefault((claim[SOURCE], claim["start"], claim["end"]), []).append(claim)
    known = []
    for position, row in rows.iterrows():
        filled = [name for name in columns if row[name]]
        on_span = by_span.get((row[SOURCE], row["start"], row["end"]), [])
        if any(all(row[name] == claim[name] for name in filled) for claim in on_span):
            known.append(position)
    return known


def keep_as_sheet(
    sheet: Sheet, drafts: Mapping[RowPosition, list[str]], reader: SheetReader
) -> list[Path]:
    """Write the rows that lack cells as a sheet, which a coder completes and adds.

    Rows that wait in such a sheet already are not written again. A sheet that is there stays as it
    is, and the new one gets a number.

    Args:
        sheet: The rows of a file.
        drafts: The columns that are still empty, by the position of the row.
        reader: A reader of sheets.

    Returns:
        The sheet; nothing where no row lacks cells.
    """
    rows = sheet.rows.loc[[position for position in sheet.rows.index if position in drafts]]
    file, waiting = _free_name(Path(sheet.file).stem, reader)
    rows = rows[[key not in waiting for key in zip(rows[SOURCE], rows["span"], strict=True)]]
    if rows.empty:
        return []
    positions = [RowPosition(file.name, line) for line in range(FIRST_ROW, FIRST_ROW + len(rows))]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(render_rows([list(rows.columns), *rows.to_numpy()]))
    lacking = dict(zip(positions, (drafts[place] for place in rows.index), strict=True))
    index = pd.Index(positions, dtype=object)
    keep_drafts([replace(sheet, file=file.name, rows=rows.set_axis(index))], lacking)
    return [file]


def _free_name(stem: str, reader: SheetReader) -> tuple[Path, set[tuple[str, str]]]:
    """Find a name for a sheet that no file has; and what waits in those that are there."""
    waiting: set[tuple[str, str]] = set()
    number = 1
    while (file := project().sheets / f"{stem}{f'-{number}' if number > 1 else ''}.csv").exists():
        rows = reader.read(file, file.name).rows
        waiting |= set(zip(rows[SOURCE], rows["span"], strict=True))
        number += 1
    return file, waiting
