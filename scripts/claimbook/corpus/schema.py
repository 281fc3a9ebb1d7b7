"""The one schema: reads `datapackage.json` and gives checked columns their types.

A field's `type` is one of `string`, `integer`, `number`, `date`, `list` (Data Package 2). Four properties are ours:
`itemsOf` on a list names the column (`table.column`) whose values its items must be, `itemsPattern` the pattern they match,
`maxWords` in `constraints` bounds the words of a text, and `mayBeEmpty` on a table lets it have no rows.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from claimbook.errors import CorpusError, Fault

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, eq=False)
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
    may_be_empty: bool = False

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

    def target(self, field: Field) -> str:
        """The column, `table.column`, whose values the cells of a column or their items must be; empty where there is none."""
        return field.items_of or self.references.get(field.name, "")

    def place(self, row: pd.Series) -> tuple[str, str]:
        """What an error line calls a raw row: its file, and its key, or its line where the key is not whole."""
        file, line = str(row.name).rsplit(":", 1)
        parts = [str(row.get(name, "")) for name in self.key]
        return file, "/".join(parts) if all(part.strip() for part in parts) else f"line {line}"


@cache
def read_schema(datapackage: Path) -> dict[str, Table]:
    """Every table that `datapackage.json` describes, by name. Raises CorpusError if the file cannot be read or understood."""

    def error(key: str, value: object, allowed: str) -> CorpusError:
        return CorpusError([Fault(datapackage.name, key, "", value, allowed)])

    try:
        described = json.loads(datapackage.read_bytes().decode("utf-8"))
        return {resource["name"]: _table(resource) for resource in described["resources"]}
    except OSError as problem:
        raise error("", problem.strerror or problem, "a file that can be read") from problem
    except UnicodeDecodeError as problem:
        raise error("", f"byte {problem.start}", "UTF-8 text") from problem
    except json.JSONDecodeError as problem:
        raise error(f"line {problem.lineno}", problem.msg, "JSON") from problem
    except KeyError as problem:
        raise error(
            "", f"no {problem.args[0]}", "tables as a Data Package describes them"
        ) from problem
    except (TypeError, AttributeError, ValueError) as problem:
        raise error("", problem, "tables as a Data Package describes them") from problem


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    references = {}
    for reference in schema.get("foreignKeys", []):
        target = reference["reference"]
        references[reference["fields"]] = (
            f"{target['resource'] or resource['name']}.{target['fields']}"
        )
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
        may_be_empty=resource.get("mayBeEmpty", False),
    )


def sort_keys(table: Table, raw: pd.DataFrame) -> list[tuple]:
    """What the rows of a raw table are sorted by: the cells of its key, numbers in them by their value."""
    return [tuple(map(_natural, cells)) for cells in raw[table.key].itertuples(index=False)]


def _natural(cell: str) -> tuple:
    return tuple(
        int(part) if place % 2 else part
        for place, part in enumerate(re.split(r"([0-9]{1,15})", cell))
    )


def to_typed(table: Table, raw: pd.DataFrame) -> pd.DataFrame:
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
