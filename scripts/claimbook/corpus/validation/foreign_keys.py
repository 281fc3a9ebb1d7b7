"""How the tables hang together: cells that name what another table does not hold, and the rows that stand on sound ground."""

from collections.abc import Iterable

import pandas as pd

from claimbook.corpus.schema import Field, Table
from claimbook.corpus.validation import suggestions
from claimbook.corpus.validation.cells import SHIFTED_CELLS
from claimbook.errors import Fault

Raw = dict[str, pd.DataFrame]


def find_faults(
    described: dict[str, Table], raw: Raw, partial: Iterable[str], told: list[Fault], only: str = ""
) -> list[Fault]:
    """Every cell or list item that names what the table it refers to does not hold.

    `raw` holds the tables as text cells. Passed over are references into the tables named in `partial`, cells of which a fault
    is `told`, and, where `only` is named, those of all other tables.
    """
    cells = {(fault.place, fault.column) for fault in told}
    moved = {fault.place for fault in told if fault.allowed == SHIFTED_CELLS}
    found = []
    for table in [described[only]] if only else described.values():
        for field, target in _referring(table, raw):
            name, column = target.split(".")
            enum = described[name].field(column).enum
            if name in partial and not enum:
                continue
            allowed = (
                "allowed: " + ", ".join(enum)
                if enum
                else f"must stand in {described[name].file} as {column}"
            )
            known, rows = _known(described, raw, target), raw[table.name]
            for place, cell in _unknown(field, rows[field.name], known).items():
                if (place, field.name) in cells or place in moved:
                    continue
                joined = (
                    suggestions.suggest_items(field, cell, known) if field.type == "list" else ""
                )
                for item in (
                    [cell]
                    if joined
                    else [item for item in _items(field, cell) if item not in known]
                ):
                    where = table.place(rows.loc[place])
                    found.append(
                        Fault(
                            *where,
                            field.name,
                            item,
                            allowed,
                            joined or suggestions.suggest_name(item, known),
                            str(place),
                        )
                    )
    return found


def drop_invalid_rows(
    described: dict[str, Table], raw: Raw, partial: Iterable[str], told: list[Fault]
) -> tuple[Raw, set[str]]:
    """The rows without a fault that also refer to none but such rows, and the names of the tables from which none was left out."""
    bad = {fault.place for fault in told}
    kept: Raw = {}
    for table in described.values():
        rows = raw[table.name].reindex(columns=table.columns).dropna()
        kept[table.name] = rows[
            ~rows.index.isin(list(bad)) & ~rows.duplicated(table.key, keep=False)
        ]
    shrinking = True
    while shrinking:
        shrinking = False
        for table in described.values():
            for field, target in _referring(table, kept):
                rows = kept[table.name]
                loose = _unknown(field, rows[field.name], _known(described, kept, target))
                kept[table.name] = rows.drop(index=loose.index)
                shrinking |= len(loose) > 0
    whole = {
        name for name in described if name not in partial and len(kept[name]) == len(raw[name])
    }
    return kept, whole


def _referring(table: Table, raw: Raw) -> list[tuple[Field, str]]:
    """The columns of a table that refer to another, each with that other as `table.column`."""
    return [
        (field, target)
        for field in table.fields
        if field.name in raw[table.name] and (target := table.target(field))
    ]


def _known(described: dict[str, Table], raw: Raw, target: str) -> set[str]:
    """The values that a reference to `table.column` may take."""
    name, column = target.split(".")
    return set(described[name].field(column).enum) or set(raw[name].get(column, ()))


def _items(field: Field, cell: str) -> list[str]:
    return field.split(cell) if field.type == "list" else [cell] if cell else []


def _unknown(field: Field, cells: pd.Series, known: set[str]) -> pd.Series:
    """The cells of a column that name something unknown."""
    return cells[
        cells.isin(
            [
                cell
                for cell in cells.unique()
                if any(item and item not in known for item in _items(field, cell))
            ]
        )
    ]
