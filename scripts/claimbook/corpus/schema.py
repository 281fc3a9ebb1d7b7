"""The schema of the tables: read `datapackage.json`, and convert checked cells to their types.

A field's `type` is one of `string`, `integer`, `number`, `date`, `list` (Data Package 2). Four
properties extend that standard: `itemsOf` on a list names the column (`table.column`) whose values
its items must be, `itemsPattern` the pattern that they match, `maxWords` limits the words of a
text, and `inHomeCountry` on a table demands that the points of its rows lie in the country that the
report is about.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from claimbook.errors import CorpusError, Fault, RowPosition

NUMERIC = ("integer", "number")
TYPES = ("string", *NUMERIC, "date", "list")
BOUNDS = ("minimum", "maximum")
BOUNDED = (*NUMERIC, "date")  # types whose values have an order
CONSTRAINTS = ("required", "unique", "pattern", "enum", *BOUNDS)
EXTENSIONS = ("itemsOf", "itemsPattern", "maxWords")  # properties of fields that are ours
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# The parts of a cell between and within its runs of digits, alternately: text, number, text, …
NaturalKey = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Field:
    """A column of a table.

    Attributes:
        name: The name in the first line of the file.
        type: One of `string`, `integer`, `number`, `date`, `list`.
        title: The name in running text.
        description: The meaning of its values.
        constraints: The constraints of its cells, as the Data Package standard names them.
        delimiter: The separator of items in a list cell.
        items_of: The column, `table.column`, that items of a list refer to; empty for none.
        items_pattern: The regular expression that each item of a list matches; empty for none.
        max_words: The largest number of words of a cell; None for any.
    """

    name: str
    type: str
    title: str
    description: str
    constraints: dict[str, Any]
    delimiter: str = ";"
    items_of: str = ""
    items_pattern: str = ""
    max_words: int | None = None

    @property
    def required(self) -> bool:
        """Whether an empty cell is a fault."""
        return bool(self.constraints.get("required"))

    @property
    def enum(self) -> list[str]:
        """The allowed values in the order of the schema; empty where any value is allowed."""
        return list(self.constraints.get("enum", ()))

    def split(self, cell: str) -> list[str]:
        """Split a list cell into its items, without surrounding space."""
        return [item.strip() for item in cell.split(self.delimiter)] if cell else []


@dataclass(frozen=True)
class Table:
    """A table of the package.

    Attributes:
        name: Its name in the schema and in `Corpus`.
        files: Its files, relative to the folder of the tables; several for a table in parts.
        description: What one row is.
        key: The columns of its primary key.
        fields: Its columns, in order.
        references: For each column with a foreign key, the referenced `table.column`.
        in_home_country: Whether the points of its rows must lie in the report's home country.
    """

    name: str
    files: list[str]
    description: str
    key: list[str]
    fields: list[Field]
    references: dict[str, str]
    in_home_country: bool = False

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """Return the column of that name.

        Raises:
            KeyError: There is no such column.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def file(self) -> str:
        """The file of the table; the first of several."""
        return self.files[0]

    def referenced_column(self, field: Field) -> str:
        """Return the column that the cells or items of a column refer to.

        Returns:
            The column as `table.column`; empty where the column refers to none.
        """
        return field.items_of or self.references.get(field.name, "")

    def locate(self, row: pd.Series) -> tuple[str, str]:
        """Return the file and the key of a raw row, as error lines name them.

        Args:
            row: The text cells of a row, named by its `RowPosition`.

        Returns:
            The file, and the values of the key joined by slashes; the line where one is empty.
        """
        position: RowPosition = row.name
        values = [str(row.get(name, "")) for name in self.key]
        key = "/".join(values) if all(map(str.strip, values)) else position.place
        return position.file, key


def read_schema(datapackage: Path) -> dict[str, Table]:
    """Read the tables that `datapackage.json` describes, by name.

    They are cached, and read again when the file has changed.

    Raises:
        CorpusError: The file cannot be read or understood.
    """
    try:
        written = datapackage.stat()
        return _read_at(datapackage, written.st_mtime_ns, written.st_size, written.st_ino)
    except OSError as problem:
        reason = problem.strerror or problem
        fault = Fault(datapackage.name, "", "", reason, "a file that can be read")
        raise CorpusError([fault]) from problem


@lru_cache(maxsize=8)
def _read_at(datapackage: Path, *_written: int) -> dict[str, Table]:
    return parse_schema(datapackage.read_bytes(), datapackage.name)


def parse_schema(content: bytes, file: str) -> dict[str, Table]:
    """Parse the tables that a Data Package describes, by name.

    Args:
        content: The Data Package, in JSON.
        file: Its file, as error lines name it.

    Raises:
        CorpusError: The content cannot be understood.
    """

    def error(key: str, value: object, allowed: str) -> CorpusError:
        return CorpusError([Fault(file, key, "", value, allowed)])

    description = "tables as a Data Package describes them"
    try:
        package = json.loads(content.decode("utf-8"))
        if faults := [
            Fault(file, f"{resource['name']}.{field['name']}", *fault)
            for resource in package["resources"]
            for field in resource["schema"]["fields"]
            for fault in _find_unknown(field)
        ]:
            raise CorpusError(faults)
        return {resource["name"]: _parse_table(resource) for resource in package["resources"]}
    except CorpusError:
        raise
    except UnicodeDecodeError as problem:
        raise error("", f"byte {problem.start}", "UTF-8 text") from problem
    except json.JSONDecodeError as problem:
        raise error(f"line {problem.lineno}", problem.msg, "JSON") from problem
    except KeyError as problem:
        raise error("", f"no {problem.args[0]}", description) from problem
    except (TypeError, AttributeError, ValueError) as problem:
        raise error("", problem, description) from problem


def _find_unknown(field: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Find what a field says that no check would heed: unknown types and constraints.

    Yields:
        The property, its value, what is allowed, and a hint.
    """
    type_name = field["type"]
    if type_name not in TYPES:
        yield "type", type_name, f"allowed: {', '.join(TYPES)}", ""
    for name in field.get("constraints", {}):
        if name not in CONSTRAINTS:
            hint = f"{name} stands beside constraints" if name in EXTENSIONS else ""
            yield "constraints", name, f"allowed: {', '.join(CONSTRAINTS)}", hint
        elif name in BOUNDS and type_name not in BOUNDED:
            yield "constraints", name, f"only with the type {' or '.join(BOUNDED)}", ""


def _parse_table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    references = {}
    for foreign_key in schema.get("foreignKeys", []):
        reference = foreign_key["reference"]
        table = reference["resource"] or resource["name"]  # empty for the table itself
        references[foreign_key["fields"]] = f"{table}.{reference['fields']}"
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
            max_words=field.get("maxWords"),
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
        in_home_country=resource.get("inHomeCountry", False),
    )


def sort_keys(table: Table, raw: pd.DataFrame) -> list[tuple[NaturalKey, ...]]:
    """Compute the sort key of each row from the cells of its primary key.

    Runs of digits sort by their value, so that `AB-9` comes before `AB-10`.

    Args:
        table: The table.
        raw: Its rows as text cells.
    """
    return [tuple(map(_natural_key, cells)) for cells in raw[table.key].itertuples(index=False)]


def sort_order(table: Table, raw: pd.DataFrame) -> list[int]:
    """Return the numbers of the rows, counted from 0, in the order of their keys.

    Args:
        table: The table.
        raw: Its rows as text cells.
    """
    return sorted(range(len(raw)), key=sort_keys(table, raw).__getitem__)


def _natural_key(cell: str) -> NaturalKey:
    parts = re.split(r"([0-9]{1,15})", cell)
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts))


def to_typed(table: Table, raw: pd.DataFrame) -> pd.DataFrame:
    """Convert the text cells of a checked table to the types of its columns.

    Args:
        table: The table.
        raw: Its rows as text cells, without faults.

    Returns:
        The rows, indexed by the key: `date` columns as timestamps, `integer` as Int64, `number` as
        Float64, `list` as Python lists, strings with an `enum` as categories in its order.
    """
    raw = raw.reset_index(drop=True)
    typed = {field.name: _to_typed_cells(field, raw[field.name]) for field in table.fields}
    return pd.DataFrame(typed).set_index(table.key if len(table.key) > 1 else table.key[0])


def _to_typed_cells(field: Field, cells: pd.Series) -> pd.Series:
    if field.type == "list":
        return cells.map(field.split).astype(object)
    if field.type == "string" and not field.enum:
        return cells
    filled = cells.mask(cells == "")
    if field.type == "date":
        return pd.to_datetime(filled, format="%Y-%m-%d")
    if field.type == "integer":
        return pd.to_numeric(filled).astype("Int64")
    if field.type == "number":
        return pd.to_numeric(filled).astype("Float64")
    return filled.astype(pd.CategoricalDtype(field.enum))
