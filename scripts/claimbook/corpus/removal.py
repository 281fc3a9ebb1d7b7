"""Removal of sources with all rows that are about them, where no other row rests on these."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from claimbook.corpus.schema import Field, Table
from claimbook.paths import project

SOURCES, CLAIMS, EVENTS = "sources", "claims", "events"
SOURCE_ID, EVENT_ID = "source_id", "event_id"
NAMES = ("actors", "places")
SLUG = re.compile(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])")


@dataclass
class Removal:
    """The rows that go with sources.

    Attributes:
        keys: The keys of the rows to remove, joined by slashes, by table.
        resting: The other rows that refer to them, a line each; with any, nothing can be removed.
        files: The files of tables that change, without the removed rows, by name.
        names: The keys of the actors and places, by table, to which only rows that go refer. They
            go as well only if that is asked for.
    """

    keys: dict[str, list[str]] = field(default_factory=dict)
    resting: list[str] = field(default_factory=list)
    files: dict[str, pd.DataFrame] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)


def plan_removal(
    tables: dict[str, Table],
    raw: dict[str, pd.DataFrame],
    source_ids: Collection[str],
    with_names: bool = False,
) -> Removal:
    """Find the rows that go with sources, and those that rest on them.

    With a source go the rows that name it, the rows known by a row that goes, and the events that
    no other claim reports.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        source_ids: The sources.
        with_names: Whether the actors and places go, too, to which nothing else refers.
    """
    gone: dict[str, pd.Series] = {
        name: pd.Series(False, index=rows.index) for name, rows in raw.items()
    }
    gone[SOURCES] |= raw[SOURCES][SOURCE_ID].isin(list(source_ids))
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
    loose = {} if resting else _find_loose(tables, raw, gone)
    names = {name: _keys(tables[name], raw[name][rows]) for name, rows in loose.items()}
    if with_names:
        gone |= {name: gone[name] | rows for name, rows in loose.items()}
    keys = {name: _keys(tables[name], raw[name][rows]) for name, rows in gone.items() if rows.any()}
    return Removal(keys, list(resting), _without(tables, raw, gone, keys), names)


def _find_loose(
    tables: dict[str, Table], raw: dict[str, pd.DataFrame], gone: dict[str, pd.Series]
) -> dict[str, pd.Series]:
    """Find the actors and places to which rows that go refer, and nothing that stays.

    Settings, pages and the report's own code may name one as well.

    Returns:
        Which rows of these tables, without tables that have none.
    """
    elsewhere = _words_outside_tables()
    loose = {name: pd.Series(False, index=raw[name].index) for name in NAMES}
    while True:
        before = sum(int(rows.sum()) for rows in loose.values())
        going = {name: rows | loose.get(name, False) for name, rows in gone.items()}
        for name in NAMES:
            (column,) = tables[name].key
            lost: set[str] = set()
            kept: set[str] = set(elsewhere)
            for table in tables.values():
                rows, goes = raw[table.name], going[table.name]
                for items in _items_referring(table, rows, f"{name}.{column}"):
                    lost.update(*items[goes])
                    kept.update(*items[~goes])
            loose[name] |= raw[name][column].isin(lost - kept) & ~gone[name]
        if sum(int(rows.sum()) for rows in loose.values()) == before:
            return {name: rows for name, rows in loose.items() if rows.any()}


def _items_referring(table: Table, rows: pd.DataFrame, reference: str) -> Iterator[pd.Series]:
    """Yield the items of each cell of the columns that refer to a `table.column`."""
    for column in table.fields:
        if table.referenced_column(column) == reference:
            yield rows[column.name].map(_splitter(column))


def _words_outside_tables() -> set[str]:
    """Collect all words in settings, pages and code of the report that may be ids."""
    own = project()
    code = (file for file in own.scripts.glob("*/**/*.py") if "claimbook" not in file.parts)
    files = (own.settings, own.root / "index.md", *own.chapters.glob("*.md"), *code)
    texts = (file.read_text("utf-8") for file in files if file.is_file())
    return {word for text in texts for word in SLUG.findall(text)}


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
        items = cells.map(_splitter(column))
        refers = [not lost.isdisjoint(of_cell) for of_cell in items]
        found.append((column.name, pd.Series(refers, index=cells.index, dtype=bool)))
    return found


def _splitter(column: Field) -> Callable[[str], list[str]]:
    return column.split if column.type == "list" else lambda cell: [cell]


def _keys(table: Table, rows: pd.DataFrame) -> list[str]:
    return [_key(table, row) for _, row in rows.iterrows()]


def _key(table: Table, row: pd.Series) -> str:
    return "/".join(row[name] for name in table.key)


def _where(table: Table, row: pd.Series) -> str:
    return f"{table.locate(row)[0]} {_key(table, row)}"
