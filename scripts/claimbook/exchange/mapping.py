"""What other programs call the columns of a sheet and their values, as a small TOML file.

[columns]
"Zitat" = "span"
"Seite" = ""  # left out
"#boats" = "theme=closure"  # the tag `boats`

[values.theme]
"Schließung" = "closure"
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from claimbook.errors import CorpusError, Fault

SHAPE = "columns, and under values tables of columns; each of them text = text"


@dataclass
class NameMapping:
    """The names of other programs.

    Attributes:
        columns: What a foreign column fills: a column, `column=value`, or nothing where it is left
            out.
        values: The values of foreign ones, by column of the sheet.
    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)


def read_mapping(file: Path) -> NameMapping:
    """Read a mapping.

    Raises:
        CorpusError: The file cannot be read, or has another form.
    """
    try:
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        fault = Fault(file.name, "", "", error.strerror or error, "a file that can be read")
        raise CorpusError([fault]) from error
    except ValueError as error:  # also where it is not UTF-8
        raise CorpusError([Fault(file.name, "", "", str(error), "TOML in UTF-8")]) from error
    columns, values = content.pop("columns", {}), content.pop("values", {})
    tables = [columns, *(values.values() if isinstance(values, dict) else [values])]
    if content or not all(map(_is_flat, tables)):
        value = ", ".join(content) or "another form"
        raise CorpusError([Fault(file.name, "", "", value, SHAPE)])
    return NameMapping(columns, values)


def _is_flat(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(value, str) for value in table.values())


def render_mapping(mapping: NameMapping) -> str:
    """Write a mapping as TOML."""
    tables = {"columns": mapping.columns}
    tables |= {f"values.{quote_text(name)}": values for name, values in mapping.values.items()}
    return "\n".join(_render_table(name, rows) for name, rows in tables.items() if rows)


def _render_table(name: str, rows: Mapping[str, str]) -> str:
    lines = [f"{quote_text(key)} = {quote_text(value)}" for key, value in rows.items()]
    return "\n".join([f"[{name}]", *lines, ""])


def quote_text(text: str) -> str:
    """Write a string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
