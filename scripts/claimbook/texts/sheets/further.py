"""Rows for other tables beside a sheet: events, actors, places and terms that its claims need."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from claimbook.corpus import schema
from claimbook.errors import Fault, quote_value
from claimbook.texts.sheets.columns import Sheet

Raw = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by their position


def select_further(
    sheets: Sequence[Sheet], tables: dict[str, schema.Table], raw: Raw, rows: pd.DataFrame
) -> tuple[Raw, list[Fault]]:
    """Select the rows for other tables that coded rows need, also indirectly.

    Args:
        sheets: The sheets.
        tables: The schema.
        raw: The rows that the tables have, as text cells.
        rows: The coded rows that are ready.

    Returns:
        The new rows that are needed, by table; and a fault for each row whose key is taken by
        another one. Rows that nothing needs yet are left out.
    """
    needed = _items(rows.to_numpy().ravel())
    waiting: list[tuple[str, pd.Series]] = []
    faults: list[Fault] = []
    known: dict[str, dict[tuple[str, ...], pd.Series]] = {}
    for sheet in sheets:
        for name, further in sheet.further.items():
            key = tables[name].key
            if name not in known:
                known[name] = {tuple(row[key]): row for _, row in raw[name].iterrows()}
            for _, row in further.iterrows():
                if (old := known[name].get(tuple(row[key]))) is None:
                    known[name][tuple(row[key])] = row
                    waiting.append((name, row))
                else:
                    faults += _find_difference(tables[name], row, old)
    taken: dict[str, list[pd.Series]] = defaultdict(list)
    while found := [pair for pair in waiting if pair[1][tables[pair[0]].key[0]] in needed]:
        for name, row in found:
            taken[name].append(row)
            needed |= _items(row)
        waiting = [pair for pair in waiting if not any(pair is other for other in found)]
    return {name: pd.DataFrame(added) for name, added in taken.items()}, faults


def _items(cells: Iterable[str]) -> set[str]:
    """Collect the items of cells, each of which may be a list."""
    return {item.strip() for cell in cells for item in cell.split(";")} - {""}


def _find_difference(table: schema.Table, row: pd.Series, old: pd.Series) -> list[Fault]:
    """Report a row that differs from the one that has its key; one fault, or none."""
    for column in table.columns:
        if row[column] != old[column]:
            position = row.name
            key = "/".join(row[table.key])
            allowed = f"what {old.name.file} has: {quote_value(old[column])}"
            hint = f"change {table.file} itself, or take another id"
            return [Fault(position.file, key, column, row[column], allowed, hint, position)]
    return []
