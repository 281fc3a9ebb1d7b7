"""The faults of coded rows, named by the line of the sheet on which they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.corpus.validation.table_checks import check_rules
from claimbook.errors import Fault, RowPosition
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.sheets.columns import coded_columns

Raw = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by their position
Beside = Mapping[str, Sequence[pd.DataFrame]]  # rows for other tables, of each sheet, by table


def check_coded(
    tables: dict[str, schema.Table],
    raw: Raw,
    name: str,
    rows: pd.DataFrame,
    beside: Beside | None = None,
) -> list[Fault]:
    """Find the faults of coded cells and of what they refer to.

    Args:
        tables: The schema.
        raw: The rows of all tables, with those that the coded rows bring along.
        name: The table that the rows become, `claims` or `passes`.
        rows: The coded rows, named by their position in a sheet.
        beside: All rows for other tables beside the sheets; a hint may name them.
    """
    coded = coded_columns(tables[name])
    fields = [field for field in tables[name].fields if field.name in coded]
    by_line = replace(tables[name], key=["line of the sheet"], fields=fields)
    faults = cells.find_faults(by_line, rows[coded])
    described, with_rows = {**tables, name: by_line}, {**raw, name: rows[coded]}
    return faults + foreign_keys.find_faults(described, with_rows, (), faults, name, beside)


def find_empty(rows: pd.DataFrame, columns: Iterable[str]) -> list[Fault]:
    """Report the empty cells of columns that must be filled.

    Args:
        rows: The rows, named by their position in a sheet.
        columns: The columns.
    """
    return [
        Fault(position.file, position.place, name, "", "must not be empty", row=position)
        for name in columns
        for position in rows.index[rows[name] == ""]
    ]


def check_further(
    tables: dict[str, schema.Table], raw: Raw, further: Raw, beside: Beside | None = None
) -> list[Fault]:
    """Find the faults of rows for other tables.

    Args:
        tables: The schema.
        raw: The rows of all tables, with the further ones.
        further: The new rows by table, named by their position in a sheet.
        beside: All rows for other tables beside the sheets; a hint may name them.
    """
    faults = []
    for name, rows in further.items():
        of_cells = cells.find_faults(tables[name], rows)
        faults += of_cells
        faults += foreign_keys.find_faults(tables, raw, (), of_cells, name, beside)
    return faults


def check_against_rules(
    raw: Raw, old: Raw, positions: Mapping[tuple[str, str], RowPosition], folder: Path
) -> tuple[list[Fault], list[Fault]]:
    """Find the faults across columns and tables that new rows bring.

    Args:
        raw: The rows of all tables as they would be, without faults of cells and references.
        old: The rows of all tables as they are.
        positions: Where the new and changed rows stand in the sheets, by file of the table and key.
        folder: The folder of the tables.

    Returns:
        The faults, those of new rows named by their line in the sheet; and apart from them what
        can be written only after the new rows: rows that other tables lack for them, and the
        passages of their texts that are not coded yet.
    """
    tables, settings = model.read_schema(folder), load_settings(project().settings)

    def find(rows: Raw) -> list[Fault]:
        corpus = model.to_corpus(rows, folder)
        return check_rules(tables, corpus, set(tables), settings)

    found = find(raw)
    if not found:
        return [], []
    ids = {key for _, key in positions}
    new = ids - _keys_of(tables, old)
    # The tables as they are take as long to check again, and have no fault of a new row.
    before = set(map(str, find(old))) if any(fault.key not in new for fault in found) else set()
    faults, lacking = [], []
    for fault in found:
        position = positions.get((fault.file, fault.key))
        if str(fault) in before:
            continue
        if position is not None:
            key = position.place
            faults.append(replace(fault, file=position.file, key=key, row=position))
        elif fault.key in ids or _is_uncoded_passage(tables, fault):
            lacking.append(fault)
        else:
            faults.append(fault)
    return faults, lacking


def _keys_of(tables: Mapping[str, schema.Table], raw: Raw) -> set[str]:
    """Return the keys of all rows, as faults name them."""
    return {
        "/".join(key)
        for name, table in tables.items()
        for key in raw[name][list(table.key)].to_numpy()
    }


def _is_uncoded_passage(tables: Mapping[str, schema.Table], fault: Fault) -> bool:
    return (fault.file, fault.column, fault.value) == (tables["passages"].file, "reason", "")


def in_order(faults: Iterable[Fault], of_files: Iterable[Fault] = ()) -> list[Fault]:
    """Put faults in the order of sheets and lines, each once.

    Args:
        faults: Faults of rows.
        of_files: The faults that were met when the files were read. They come first, and a cell
            that has one is not named again.
    """

    def place(fault: Fault) -> tuple[str, int]:
        return fault.file, fault.row.line if fault.row else 0

    known = list(dict.fromkeys(of_files))
    cells_of_files = {(fault.row, fault.column) for fault in known if fault.row}
    others = [fault for fault in faults if (fault.row, fault.column) not in cells_of_files]
    return [*known, *sorted(dict.fromkeys(others), key=place)]
