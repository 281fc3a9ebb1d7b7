"""Rows of an import that lack cells: those that are claims already, and a sheet for the others."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.table_writer import render_rows
from claimbook.errors import Fault, RowPosition
from claimbook.paths import project
from claimbook.texts.sheets.columns import SOURCE, Sheet, coded_columns, required_columns
from claimbook.texts.sheets.intake import keep_drafts
from claimbook.texts.sheets.plan import HOW_TO_CHANGE
from claimbook.texts.sheets.reader import SheetReader

NUMBER = "nth"  # of the place of a wording that stands more than once
IN_OWN_WORDS = "paraphrase"  # may have been worded anew since
FIRST_ROW = 2  # the line of a sheet's first row
WAITING = re.compile(r".+-waiting(?:-\d+)?\.csv")  # how the sheets of such rows are named


def find_known(rows: pd.DataFrame, claims: pd.DataFrame, table: schema.Table) -> list[RowPosition]:
    """List the rows of which a claim on the same span has every filled cell.

    The paraphrase of a row that lacks required cells counts for nothing.

    Args:
        rows: Anchored rows, as text cells.
        claims: The rows of the table `claims`.
        table: The table in the schema.
    """
    columns, required = coded_columns(table), required_columns(table)
    by_span: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for claim in claims.to_dict("records"):
        by_span.setdefault((claim[SOURCE], claim["start"], claim["end"]), []).append(claim)
    known = []
    for position, row in rows.iterrows():
        is_complete = all(row[name] for name in required)
        said = [name for name in columns if row[name] and (is_complete or name != IN_OWN_WORDS)]
        for claim in by_span.get((row[SOURCE], row["start"], row["end"]), []):
            is_meant = row["claim_id"] in ("", claim["claim_id"])
            if is_meant and all(row[name] == claim[name] for name in said):
                known.append(position)
                break
    return known


def find_lacking(faults: Iterable[Fault], table: schema.Table) -> dict[RowPosition, list[str]]:
    """Find the rows whose faults are all that a cell is empty.

    Args:
        faults: Faults of rows.
        table: The table `claims`.

    Returns:
        The empty columns, by the position of the row.
    """
    columns = {NUMBER, *coded_columns(table)}
    by_row: dict[RowPosition, list[Fault]] = {}
    for fault in faults:
        if fault.row is not None:
            by_row.setdefault(fault.row, []).append(fault)
    return {
        row: list(dict.fromkeys(fault.column for fault in of_row))
        for row, of_row in by_row.items()
        if all(
            fault.value == "" and fault.column in columns and fault.hint != HOW_TO_CHANGE
            for fault in of_row
        )
    }


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
    """Find a free name for a sheet, and what waits in the sheets before it."""
    waiting: set[tuple[str, str]] = set()
    stem, number = f"{stem}-waiting", 1
    while (file := project().sheets / f"{stem}{f'-{number}' if number > 1 else ''}.csv").exists():
        rows = reader.read(file, file.name).rows
        waiting |= set(zip(rows[SOURCE], rows["span"], strict=True))
        number += 1
    return file, waiting
