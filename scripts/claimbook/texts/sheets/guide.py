"""What the columns of a sheet mean, and the values that each offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from claimbook.corpus import schema
from claimbook.texts.sheets.columns import CLAIMS, OMITTED, PASSAGES, SHOWN, SIDE_TABLES

DESCRIPTIONS = {
    "span": "The wording that carries the claim, copied from the text. Quotation marks, dashes, "
    "spaces and line breaks need not be the same; … joins a beginning and an end.",
    "nth": "Which one is meant, from 1, where the wording stands more than once in the text.",
    "passage": "The number of the passage. For another claim of it, add a row with its number.",
    SHOWN: "The passage to be coded. Not read back.",
    "claim_id": "Leave it empty. To change a claim that is there, its id; for another claim on the "
    "same words as one that is there, `new`.",
}
NAMES = {"events": "title", "actors": "name", "places": "name"}  # what explains an id, by table


@dataclass(frozen=True)
class Choices:
    """The values offered in a column.

    Attributes:
        values: The values.
        names: What each value stands for; empty where they explain themselves.
        only: Whether a cell may hold one of them and nothing else.
    """

    values: Sequence[str]
    names: Sequence[str] = ()
    only: bool = True


def side_tables(name: str) -> list[str]:
    """List the tables to which a coder may add rows beside a sheet.

    Args:
        name: The table that the sheet becomes, `claims` or `passes`.
    """
    return list(SIDE_TABLES) if name == CLAIMS else []


def describe_columns(tables: Mapping[str, schema.Table], name: str) -> dict[str, dict[str, str]]:
    """Describe the columns of a sheet and of the tables beside it.

    Args:
        tables: The schema.
        name: The table that the sheet becomes, `claims` or `passes`.

    Returns:
        The meaning of each column, by table and column.
    """
    described = {
        table: {field.name: field.description for field in tables[table].fields}
        for table in (name, *side_tables(name))
    }
    fields = tables[PASSAGES].fields
    omitted = {field.name: field.description for field in fields if field.name in OMITTED}
    described[name] |= omitted | DESCRIPTIONS
    return described


def offer_values(
    tables: Mapping[str, schema.Table], raw: Mapping[str, pd.DataFrame], name: str
) -> dict[str, dict[str, Choices]]:
    """List the values to choose from in a sheet and in the tables beside it.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        name: The table that the sheet becomes, `claims` or `passes`.

    Returns:
        The values that columns offer, by table and column.
    """
    choices = {
        table: offer_values_of(tables, raw, tables[table]) for table in (name, *side_tables(name))
    }
    terms = sorted(set(raw["terms"]["term"]))
    choices[name]["term"] = Choices(terms, only=False)
    choices[name]["reason"] = Choices(tables[PASSAGES].field("reason").enum)
    return choices


def offer_values_of(
    tables: Mapping[str, schema.Table], raw: Mapping[str, pd.DataFrame], table: schema.Table
) -> dict[str, Choices]:
    """List the values to choose from in the columns of one table.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        table: The table.
    """
    choices = {}
    for field in table.fields:
        other, _, column = table.referenced_column(field).partition(".")
        if field.enum:
            choices[field.name] = Choices(field.enum)
        elif other:
            enum = tables[other].field(column).enum
            rows = raw[other].sort_values(column)
            names = list(rows[NAMES[other]]) if other in NAMES else []
            offered = Choices(enum, only=False) if enum else None
            choices[field.name] = offered or Choices(list(rows[column]), names, False)
    return choices
