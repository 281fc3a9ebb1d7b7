"""The fields of the form, as the schema and the codebook describe them, for the page."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from claimbook.corpus import schema
from claimbook.paths import project
from claimbook.settings import settings
from claimbook.texts.sheets.columns import OMITTED, coded_columns, required_columns
from claimbook.texts.sheets.guide import (
    NAMES,
    Choices,
    describe_columns,
    offer_values,
    offer_values_of,
    side_tables,
)
from claimbook.workbench.codebook import read_rules

LONG = 12  # words from which on a column is written in several lines
FEW = 12  # values up to which they are shown at once
CREATED = ("events", "actors", "places", "terms")  # tables whose rows can be begun in place


def describe_form(
    tables: dict[str, schema.Table], raw: Mapping[str, pd.DataFrame], name: str
) -> dict[str, Any]:
    """Describe the form of a claim, and of the rows that may go in with it.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        name: The table that the sheet becomes, `claims` or `passes`.

    Returns:
        For `rows` and each table beside the sheet, its fields in order; `lists`, what fields refer
        to by name; and `reasons`, why a passage may have no claim.
    """
    described, offered = describe_columns(tables, name), offer_values(tables, raw, name)
    columns = coded_columns(tables[name])
    codebook = project().codebook
    rules = read_rules(codebook.read_text("utf-8"), columns) if codebook.is_file() else {}
    fields = {
        "rows": [
            _describe(
                tables[name],
                tables[name].field(column),
                described[name][column],
                offered[name].get(column),
                column in required_columns(tables[name]),
                rules.get(column, ""),
            )
            for column in columns
        ]
    }
    for side in side_tables(name):
        fields[side] = describe_row(tables, raw, side, tables[side].columns)
    return {
        "fields": fields,
        "lists": {
            table: _named_rows(raw[table], tables[table].key[0], title)
            for table, title in NAMES.items()
        },
        "names": {"theme": {name: theme.label for name, theme in settings().theme.items()}},
        "span": {"description": described[name]["span"], "rule": rules.get("span", "")},
        "reasons": list(offered[name][OMITTED[0]].values),
    }


def describe_row(
    tables: dict[str, schema.Table],
    raw: Mapping[str, pd.DataFrame],
    name: str,
    columns: Iterable[str],
) -> list[dict[str, Any]]:
    """Describe columns of a table beside the claims.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        name: The table.
        columns: The columns.
    """
    table, offered = tables[name], offer_values_of(tables, raw, tables[name])
    return [
        _describe(table, field, field.description, offered.get(field.name), field.required, "")
        for field in map(table.field, columns)
    ]


def _describe(
    table: schema.Table,
    field: schema.Field,
    description: str,
    offered: Choices | None,
    required: bool,
    rule: str,
) -> dict[str, Any]:
    """Describe one field: its control, name, meaning, rule and values."""
    other, _, column = table.referenced_column(field).partition(".")
    values = [] if offered is None or (other in NAMES and column != "theme") else offered.values
    if field.type == "list":
        control = "several"
    elif other in NAMES:
        control = "one"
    elif field.enum:
        control = "choice"
    elif field.type in ("date", *schema.NUMERIC):
        control = "day" if field.type == "date" else "number"
    elif field.max_words and field.max_words > LONG:
        control = "long"
    else:
        control = "text"
    return {
        "name": field.name,
        "label": field.title[:1].upper() + field.title[1:],
        "control": control,
        "description": description,
        "rule": rule,
        "required": required,
        "values": list(values),
        "from": other if other in NAMES and column != "theme" else "",
        "max_words": field.max_words or 0,
    }


def _named_rows(rows: pd.DataFrame, key: str, title: str) -> list[list[str]]:
    """List the rows of a table: id, name, and what else each is called."""
    others = rows["also_called"] if "also_called" in rows else [""] * len(rows)
    named = sorted(zip(rows[title], rows[key], others, strict=True))
    return [[identifier, name, other] for name, identifier, other in named]
