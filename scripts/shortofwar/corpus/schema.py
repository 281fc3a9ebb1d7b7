"""The one schema: reads `datapackage.json`, checks raw tables against it and gives the columns their types.

A field's `type` is one of `string`, `integer`, `number`, `date`, `list` (Data Package 2). Three properties are ours:
`itemsOf` on a list names the column (`table.column`) whose values its items must be, `itemsPattern` the pattern they match,
and `maxWords` in `constraints` bounds the words of a text.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from shortofwar.corpus.faults import Fault

NUMBER = re.compile(r"-?\d+(\.\d+)?")
INTEGER = re.compile(r"-?\d+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Field:
    """A column: its name, type, meaning and what its cells may hold."""

    name: str
    type: str
    title: str
    description: str
    constraints: dict[str, Any]
    delimiter: str = ";"
    items_of: str = ""
    items_pattern: str = ""

    @property
    def required(self) -> bool:
        """Whether an empty cell is a fault."""
        return bool(self.constraints.get("required"))

    @property
    def enum(self) -> list[str]:
        """The allowed values in the order of the schema; empty where any value is."""
        return self.constraints.get("enum", [])

    def split(self, cell: str) -> list[str]:
        """The items of a list cell, without surrounding space."""
        return [item.strip() for item in cell.split(self.delimiter)] if cell else []


@dataclass(frozen=True)
class Table:
    """A table of the package: its files, its key, its columns and the columns that refer to other tables.

    A raw row is named by its place, `file:line`.
    """

    name: str
    files: list[str]
    description: str
    key: list[str]
    fields: list[Field]
    references: dict[str, str]

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The column of that name. Raises KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def file(self) -> str:
        """The file of the table; of one in parts, the first."""
        return self.files[0]

    def place(self, row: pd.Series) -> tuple[str, str]:
        """What an error line calls a raw row: its file, and its key, or its line where the key is empty."""
        file, line = str(row.name).rsplit(":", 1)
        parts = [str(row.get(name, "")) for name in self.key]
        return file, "/".join(parts) if any(parts) else f"line {line}"


@cache
def tables(datapackage: Path) -> dict[str, Table]:
    """Every table that `datapackage.json` describes, by name. Raises OSError or ValueError if the file cannot be read."""
    described = json.loads(datapackage.read_text("utf-8"))
    return {resource["name"]: _table(resource) for resource in described["resources"]}


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    references = {}
    for reference in schema.get("foreignKeys", []):
        target = reference["reference"]
        references[reference["fields"]] = f"{target['resource'] or resource['name']}.{target['fields']}"
    fields = [
        Field(
            name=field["name"],
            type=field["type"],
            title=field.get("title", field["name"].replace("_", " ")),
            description=field["description"],
            constraints=field.get("constraints", {}),
            delimiter=field.get("delimiter", ";"),
            items_of=field.get("itemsOf", ""),
            items_pattern=field.get("itemsPattern", ""),
        )
        for field in schema["fields"]
    ]
    key = schema["primaryKey"]
    return Table(
        name=resource["name"],
        files=[path] if isinstance(path := resource["path"], str) else path,
        description=resource["description"],
        key=[key] if isinstance(key, str) else key,
        fields=fields,
        references=references,
    )


def faults(table: Table, raw: pd.DataFrame) -> list[Fault]:
    """Every cell of a raw table (all columns text, empty for missing) that the schema of the table forbids.

    `raw` must have the columns of the table. Runs all checks, whatever fails first.
    """
    columns = {field.name: pa.Column(str, checks=_checks(field)) for field in table.fields}
    found = []
    try:
        pa.DataFrameSchema(columns).validate(raw, lazy=True)
    except pa.errors.SchemaErrors as error:
        for case in error.failure_cases.itertuples():
            found.append(Fault(*table.place(raw.loc[case.index]), case.column, case.failure_case, case.check))
    doubled = raw.duplicated(table.key, keep=False) & (raw[table.key] != "").any(axis="columns")
    for _, row in raw[doubled].drop_duplicates(table.key).iterrows():
        found.append(Fault(*table.place(row), table.key[0], row[table.key[0]], "the key stands in more than one row"))
    return found


def _checks(field: Field) -> list[pa.Check]:
    """The schema's demands on one column, as checks on its text; the error of each says what is allowed."""
    limits = field.constraints
    checks = [pa.Check(lambda cells: cells == cells.str.strip(), error="no space at either end")]

    def where_filled(holds: Callable[[str], bool], allowed: str) -> None:
        checks.append(pa.Check(lambda cell: cell == "" or holds(cell), element_wise=True, error=allowed))

    if field.required:
        checks.append(pa.Check(lambda cells: cells != "", error="must not be empty"))
    if field.enum:
        where_filled(lambda cell: cell in field.enum, "allowed: " + ", ".join(field.enum))
    if whole := limits.get("pattern"):
        where_filled(lambda cell: re.fullmatch(whole, cell) is not None, f"must match {whole}")
    if field.type == "integer":
        where_filled(lambda cell: INTEGER.fullmatch(cell) is not None, "a whole number in digits")
    if field.type == "number":
        where_filled(lambda cell: NUMBER.fullmatch(cell) is not None, "a number in digits, with a point for decimals")
    if field.type == "date":
        where_filled(_is_day, "a day as YYYY-MM-DD")
    if field.type == "list":
        where_filled(lambda cell: all(field.split(cell)), f"items joined by {field.delimiter!r}, none empty")
    if each := field.items_pattern:
        where_filled(lambda cell: all(re.fullmatch(each, item) for item in field.split(cell)), f"items matching {each}")
    if "minimum" in limits:
        where_filled(lambda cell: not _is_number(cell) or float(cell) >= limits["minimum"], f"at least {limits['minimum']}")
    if "maximum" in limits:
        where_filled(lambda cell: not _is_number(cell) or float(cell) <= limits["maximum"], f"at most {limits['maximum']}")
    if "maxWords" in limits:
        where_filled(lambda cell: len(cell.split()) <= limits["maxWords"], f"at most {limits['maxWords']} words")
    return checks


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None


def _is_day(cell: str) -> bool:
    if not DAY.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def typed(table: Table, raw: pd.DataFrame) -> pd.DataFrame:
    """A checked raw table with its types: dates are dates, lists are lists, numbers numbers; indexed by the key."""
    raw = raw.reset_index(drop=True)
    frame = pd.DataFrame({field.name: _typed(field, raw[field.name]) for field in table.fields})
    return frame.set_index(table.key if len(table.key) > 1 else table.key[0])


def _typed(field: Field, cells: pd.Series) -> pd.Series:
    missing = cells.mask(cells == "")
    if field.type == "date":
        return pd.to_datetime(missing, format="%Y-%m-%d")
    if field.type == "integer":
        return pd.to_numeric(missing).astype("Int64")
    if field.type == "number":
        return pd.to_numeric(missing).astype("Float64")
    if field.type == "list":
        return cells.map(field.split).astype(object)
    if field.enum:
        return missing.astype(pd.CategoricalDtype(field.enum))
    return cells
