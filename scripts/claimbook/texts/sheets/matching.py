"""Which rows of a sheet are new, and which are claims already: the same, or changed."""

from typing import NamedTuple

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault, RowPosition
from claimbook.texts.sheets.columns import COMPUTED, NEW, SOURCE, coded_columns

Row = dict[str, str]  # the cells of a row by column


class Match(NamedTuple):
    """A row of a sheet and the claim that it is.

    Attributes:
        position: The position of the row.
        claim_id: The claim.
        changed: The columns in which they differ; empty where they are the same.
    """

    position: RowPosition
    claim_id: str
    changed: list[str]


def match_rows(
    table: schema.Table, rows: pd.DataFrame, claims: pd.DataFrame
) -> tuple[list[Match], list[Fault]]:
    """Match the rows of sheets with the claims that are there already.

    A row without an id is the claim with the same cells; else one on the same span; else one that
    overlaps and has the same paraphrase. Each claim is matched once.

    Args:
        table: The table `claims` in the schema.
        rows: Anchored rows of sheets, as text cells.
        claims: The rows of the table, as text cells.

    Returns:
        The matches, and a fault for each id that is no claim of the row's source, and for each row
        that stands twice.
    """
    columns = [name for name in table.columns if name != "claim_id"]
    by_source = dict(iter(claims.groupby(SOURCE)))
    matches: list[Match] = []
    faults = find_repeated(table, rows)
    for source_id, group in rows.groupby(SOURCE, sort=False):
        of_source = by_source.get(source_id, claims[:0])
        existing = dict(zip(of_source["claim_id"], _records(of_source, columns), strict=True))
        open_rows = dict(zip(group.index, _records(group, columns), strict=True))

        def match(position: RowPosition, claim_id: str) -> None:
            """Match a row with a claim, neither of which has a match."""
            one, other = open_rows.pop(position), existing.pop(claim_id)  # noqa: B023
            changed = [name for name in columns if one[name] != other[name]]
            matches.append(Match(position, claim_id, changed))

        for position, claim_id in group["claim_id"].items():
            if claim_id in existing:
                match(position, claim_id)
            elif claim_id:
                del open_rows[position]
                if claim_id != NEW:
                    hint = suggestions.suggest_name(claim_id, list(existing))
                    allowed = f"empty, {NEW}, or a claim of {source_id}, named once"
                    key = position.place
                    faults.append(
                        Fault(position.file, key, "claim_id", claim_id, allowed, hint, position)
                    )
        for is_match in (dict.__eq__, _on_same_span, _with_same_paraphrase):
            for position, row in list(open_rows.items()):
                fitting = [key for key, other in existing.items() if is_match(row, other)]
                if fitting:
                    match(position, max(fitting, key=lambda key: _shared(row, existing[key])))
    return matches, faults


def _records(rows: pd.DataFrame, columns: list[str]) -> list[Row]:
    records: list[Row] = rows[columns].to_dict("records")
    return records


def find_repeated(table: schema.Table, rows: pd.DataFrame) -> list[Fault]:
    """Report the rows that stand twice in sheets.

    Args:
        table: The table that the rows become.
        rows: Anchored rows of sheets, as text cells.
    """
    columns = [SOURCE, *COMPUTED, *coded_columns(table)]
    first: dict[tuple[str, ...], RowPosition] = {}
    faults = []
    for position, cells in zip(rows.index, map(tuple, rows[columns].to_numpy()), strict=True):
        earlier = first.setdefault(cells, position)
        if earlier != position:
            key, where = position.place, earlier.place
            if earlier.file != position.file:
                where += f" of {earlier.file}"
            allowed = f"each claim once; {where} is the same"
            value = rows.loc[position, "paraphrase"]
            faults.append(Fault(position.file, key, "", value, allowed, row=position))
    return faults


def _on_same_span(one: Row, other: Row) -> bool:
    return (one["start"], one["end"]) == (other["start"], other["end"])


def _with_same_paraphrase(one: Row, other: Row) -> bool:
    """Whether two rows overlap and say the same."""
    overlap = min(int(one["end"]), int(other["end"])) - max(int(one["start"]), int(other["start"]))
    return overlap > 0 and one["paraphrase"] == other["paraphrase"]


def _shared(one: Row, other: Row) -> int:
    """Count the columns with the same cell."""
    return sum(one[name] == other[name] for name in one)
