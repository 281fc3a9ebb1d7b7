"""Checks of foreign keys, and removal of the rows that faults make unusable."""

from collections.abc import Iterable, Mapping

import pandas as pd

from claimbook.corpus.schema import Field, Table
from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault

RawTables = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by position
NAMES = ("name", "short", "also_called")  # columns by whose words a row may be meant


def find_faults(
    tables: dict[str, Table],
    raw: RawTables,
    partial: Iterable[str],
    earlier: list[Fault],
    only: str = "",
    beside: Mapping[str, Iterable[pd.DataFrame]] | None = None,
) -> list[Fault]:
    """Find cells and list items whose values the referenced column lacks.

    Args:
        tables: The schema.
        raw: The rows of all tables.
        partial: The tables with rows that could not be read; references to them are not checked.
        earlier: The faults of cells; a cell with one is not checked again.
        only: The only table to check; empty to check all.
        beside: Further rows by table, to which nothing refers yet; a hint may name them.
    """
    faulty_cells = {(fault.row, fault.column) for fault in earlier}
    shifted_rows = {fault.row for fault in earlier if fault.is_shift}
    faults = []
    for table in [tables[only]] if only else tables.values():
        for field, reference in _foreign_keys(table, raw):
            name, column = reference.split(".")
            enum = tables[name].field(column).enum
            if name in partial and not enum:
                continue
            allowed = (
                "allowed: " + ", ".join(enum)
                if enum
                else f"must stand in {tables[name].file} as {column}"
            )
            values, rows = _allowed_values(tables, raw, reference), raw[table.name]
            dangling = _dangling_cells(field, rows[field.name], values)
            hinted = [raw[name], *(beside or {}).get(name, ())] if len(dangling) else []
            names = _names(hinted, tables[name], column)
            for position, cell in dangling.items():
                if (position, field.name) in faulty_cells or position in shifted_rows:
                    continue
                location = table.locate(rows.loc[position])
                for item, hint in _dangling_items(field, cell, values, names):
                    faults.append(Fault(*location, field.name, item, allowed, hint, position))
    return faults


def _names(frames: Iterable[pd.DataFrame], table: Table, column: str) -> dict[str, str]:
    """Return the values of a column by themselves and by the names of their rows."""
    values: dict[str, str] = {}
    names: dict[str, str] = {}
    for rows in frames:
        cells = rows.get(column, pd.Series(dtype=str))
        values |= {cell: cell for cell in cells}
        for field in table.fields:
            if field.name in NAMES and field.name in rows:
                for value, cell in zip(cells, rows[field.name], strict=True):
                    names |= dict.fromkeys(_items(field, cell), value)
    return names | values


def _dangling_items(
    field: Field, cell: str, values: set[str], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """List the items of a cell that are not allowed, each with a hint.

    A list cell whose only fault is its separator counts as one item.
    """
    if field.type == "list" and (hint := suggestions.suggest_items(field, cell, values)):
        return [(cell, hint)]
    return [
        (item, suggestions.suggest_value(item, values, names))
        for item in _items(field, cell)
        if item not in values
    ]


def drop_invalid_rows(
    tables: dict[str, Table], raw: RawTables, partial: Iterable[str], faults: list[Fault]
) -> tuple[RawTables, set[str]]:
    """Drop the rows with faults, and in turn those that refer to dropped rows.

    Args:
        tables: The schema.
        raw: The rows of all tables.
        partial: The tables with rows that could not be read.
        faults: The faults of files, cells and references.

    Returns:
        The other rows, and the names of the tables that lack no row.
    """
    faulty_rows = {fault.row for fault in faults}
    valid: RawTables = {}
    for table in tables.values():
        rows = raw[table.name].reindex(columns=table.columns).dropna()
        valid[table.name] = rows[
            ~rows.index.isin(list(faulty_rows)) & ~rows.duplicated(table.key, keep=False)
        ]
    shrinking = True
    while shrinking:
        shrinking = False
        for table in tables.values():
            for field, reference in _foreign_keys(table, valid):
                rows = valid[table.name]
                values = _allowed_values(tables, valid, reference)
                dangling = _dangling_cells(field, rows[field.name], values)
                if not dangling.empty:
                    valid[table.name] = rows.drop(index=dangling.index)
                    shrinking = True
    complete = {
        name for name in tables if name not in partial and len(valid[name]) == len(raw[name])
    }
    return valid, complete


def _foreign_keys(table: Table, raw: RawTables) -> list[tuple[Field, str]]:
    """List the columns with a foreign key, each with its `table.column`."""
    return [
        (field, reference)
        for field in table.fields
        if field.name in raw[table.name] and (reference := table.referenced_column(field))
    ]


def _allowed_values(tables: dict[str, Table], raw: RawTables, reference: str) -> set[str]:
    """Return the values of a `table.column`: its enum, else those of its rows."""
    name, column = reference.split(".")
    return set(tables[name].field(column).enum) or set(raw[name].get(column, ()))


def _items(field: Field, cell: str) -> list[str]:
    if field.type == "list":
        return field.split(cell)
    return [cell] if cell else []


def _dangling_cells(field: Field, cells: pd.Series, values: set[str]) -> pd.Series:
    """Select the cells of a column with an item that is not among the allowed values."""
    dangling = [
        cell
        for cell in cells.unique()
        if any(item and item not in values for item in _items(field, cell))
    ]
    return cells[cells.isin(dangling)]
