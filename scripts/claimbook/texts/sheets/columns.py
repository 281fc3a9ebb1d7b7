"""The columns of coding sheets: those of the table that they become, with the wording quoted."""

from dataclasses import dataclass, replace

import pandas as pd

from claimbook.corpus import schema

CLAIMS, PASSES, PASSAGES, SOURCES = "claims", "passes", "passages", "sources"
CORRECTIONS, CODERS, SETTLEMENTS = "corrections", "coders", "settlements"
COMPUTED = ["start", "end", "anchor", "words", "head", "tail"]  # from the wording
SOURCE = "source_id"
QUOTED = ["passage", "nth", "span"]  # what a coder gives instead of the computed columns
SHOWN = "passage_text"  # what a sheet shows to be coded; not read
OMITTED = ["reason", "repeats"]  # why a passage has no claim
NEW = "new"  # as the id of a claim: another one on the span of an existing claim
# The tables to which a coder may add rows that the claims need.
SIDE_TABLES = ["events", "actors", "places", "terms"]


@dataclass(frozen=True)
class Sheet:
    """What a coder filled in.

    Attributes:
        file: The name of the file.
        rows: The rows with anything coded, as text cells, named by their `RowPosition`, with all
            columns that `sheet_columns` lists.
        further: The rows for other tables, by the name of the table, with all columns of it.
    """

    file: str
    rows: pd.DataFrame
    further: dict[str, pd.DataFrame]


def coded_columns(table: schema.Table) -> list[str]:
    """List the columns of a table that a coder fills in.

    Args:
        table: The table `claims` or `passes`.
    """
    given = {*table.key, SOURCE, *COMPUTED}
    return [name for name in table.columns if name not in given]


def sheet_columns(table: schema.Table) -> list[str]:
    """List all columns that a sheet may have, in their order.

    Args:
        table: The table that the sheet becomes, `claims` or `passes`.
    """
    return ["claim_id", SOURCE, *QUOTED, *coded_columns(table), *OMITTED]


def required_columns(table: schema.Table) -> list[str]:
    """List the columns that a coded row must fill, the wording first."""
    return ["span", *(name for name in coded_columns(table) if table.field(name).required)]


def described_by_lines(table: schema.Table) -> schema.Table:
    """Return a table whose rows error lines name by their line instead of their key."""
    return replace(table, key=["line of the sheet"])
