"""Removal of a source with all rows that are about it, where no other row rests on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from claimbook.corpus.schema import Table

SOURCES, CLAIMS, EVENTS = "sources", "claims", "events"
SOURCE_ID, EVENT_ID = "source_id", "event_id"


@dataclass
class Removal:
    """The rows that go with a source.

    Attributes:
        keys: The keys of the rows to remove, joined by slashes, by table.
        resting: The other rows that refer to them, a line each; with any, nothing can be removed.
        files: The files of tables that change, without the removed rows, by name.
    """

    keys: dict[str, list[str]] = field(default_factory=dict)
    resting: list[str] = field(default_factory=list)
    files: dict[str, pd.DataFrame] = field(default_factory=dict)


def plan_removal(tables: dict[str, Table], raw: dict[str, pd.DataFrame], source_id: str) -> Removal:
    """Find the rows that go with a source, and those that rest on them.

    With a source go the rows that name it, the rows known by a row that goes, and the events that
    no other claim reports.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        source_id: The source.
    """
    source = raw[SOURCES][SOURCE_ID] == source_id
    gone: dict[str, pd.Series] = {
        name: pd.Series(False, index=rows.index) for name, rows in raw.items()
    }
    gone[SOURCES] |= source
    resting: dict[str, None] = {}
    while True:
        before = sum(int(rows.sum()) for rows in gone.values())
        gone[EVENTS] |= _unreported_events(raw, gone)
        resting = {}
        for table in tables.values():
            for cell_of, refers in _references(table, raw, gone):
                if cell_of == SOURCE_ID or cell_of in table.key:
                    gone[table.name] |= refers
                else:
                    rows = raw[table.name][refers & ~gone[table.name]]
                    resting |= {
                        f"{_where(table, row)} {cell_of}": None for _, row in rows.iterrows()
                    }
        if sum(int(rows.sum()) for rows in gone.values()) == before:
            break
    keys = {
        name: [_key(tables[name], row) for _, row in raw[name][rows].iterrows()]
        for name, rows in gone.items()
        if rows.any()
    }
    return Removal(keys, list(resting), _without(tables, raw, gone, keys))


def _without(
    tables: dict[str, Table],
    raw: dict[str, pd.DataFrame],
    gone: dict[str, pd.Series],
    changed: Iterable[str],
) -> dict[str, pd.DataFrame]:
    """Return the rows that stay in each file of the changed tables."""
    files = {}
    for name in changed:
        stay = raw[name][~gone[name]]
        for file in tables[name].files:
            of_file = [position.file == file for position in stay.index]
            files[file] = stay[pd.Series(of_file, index=stay.index, dtype=bool)]
    return files


def _unreported_events(raw: dict[str, pd.DataFrame], gone: dict[str, pd.Series]) -> pd.Series:
    """Find the events that only claims that go report."""
    of_claims = raw[CLAIMS][EVENT_ID]
    lost = set(of_claims[gone[CLAIMS]]) - set(of_claims[~gone[CLAIMS]])
    return raw[EVENTS][EVENT_ID].isin(lost)


def _references(
    table: Table, raw: dict[str, pd.DataFrame], gone: dict[str, pd.Series]
) -> list[tuple[str, pd.Series]]:
    """Find the cells of a table that refer to rows that go.

    Returns:
        For each column that refers to another table: its name, and which rows refer to a row that
        goes.
    """
    values_of: dict[str, set[str]] = {}
    found = []
    for column in table.fields:
        if not (reference := table.referenced_column(column)):
            continue
        name, referenced = reference.split(".")
        if reference not in values_of:
            rows = raw[name]
            # a value that another row still has is not lost
            kept = {"", *rows.loc[~gone[name], referenced]}
            values_of[reference] = set(rows.loc[gone[name], referenced]) - kept
        lost = values_of[reference]
        cells = raw[table.name][column.name]
        items = cells.map(column.split if column.type == "list" else lambda cell: [cell])
        refers = [not lost.isdisjoint(of_cell) for of_cell in items]
        found.append((column.name, pd.Series(refers, index=cells.index, dtype=bool)))
    return found


def _key(table: Table, row: pd.Series) -> str:
    return "/".join(row[name] for name in table.key)


def _where(table: Table, row: pd.Series) -> str:
    return f"{table.locate(row)[0]} {_key(table, row)}"
