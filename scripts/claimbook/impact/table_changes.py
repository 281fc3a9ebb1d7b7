"""The rows that two states of the tables do not share, and what that means for a claim."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from claimbook.corpus.model import OPPOSED, TABLES, Corpus
from claimbook.language.words import count_noun, join_few

WORDING = "anchor"  # the column that changes with the words of a span
# Columns that follow from the copy of a text, and say nothing of what it says.
OF_A_SPAN = {"start", "end", "words", "head", "tail"}  # in tables that have an anchor
OF_A_FILE = {"file", "sha256", "characters", "words", "body_words", "url"}  # of a source
MAX_SHOWN = 40  # characters of a value


@dataclass(frozen=True)
class TableChange:
    """What became of the rows of a table.

    Attributes:
        added: The keys of the rows that it did not have, joined by slashes.
        gone: The keys of the rows that it has no more.
        changed: For each other row that has changed, what of it, a phrase for each column.
    """

    added: list[str]
    gone: list[str]
    changed: dict[str, list[str]]

    def __bool__(self) -> bool:
        """Check whether anything has changed."""
        return bool(self.added or self.gone or self.changed)

    def __str__(self) -> str:
        """Write how many rows were added, changed and deleted."""
        numbers = {
            "added": len(self.added),
            "changed": len(self.changed),
            "deleted": len(self.gone),
        }
        return ", ".join(f"{number} {what}" for what, number in numbers.items() if number)


def compare_tables(before: Corpus, now: Corpus) -> dict[str, TableChange]:
    """Compare all tables that both states have, by name."""
    shared = [*TABLES, *(name for name in now.further if name in before.further)]
    return {name: _compare(getattr(before, name), getattr(now, name)) for name in shared}


def describe_changes(changes: dict[str, TableChange]) -> str:
    """Write which tables have changed, and by how many rows."""
    return "; ".join(f"{name}: {change}" for name, change in changes.items() if change)


def _compare(before: pd.DataFrame, now: pd.DataFrame) -> TableChange:
    """Compare the rows of a table by their keys, in the columns that both states have."""
    if before.equals(now):
        return TableChange([], [], {})
    of_the_copy = OF_A_SPAN if WORDING in now.columns else set()
    of_the_copy = OF_A_FILE if "sha256" in now.columns else of_the_copy
    columns = [name for name in now.columns if name in before.columns and name not in of_the_copy]
    old, new = _as_text(before, columns), _as_text(now, columns)
    shared = [key for key in new.index if key in old.index]
    first, second = old.loc[shared], new.loc[shared]
    is_other = first.to_numpy() != second.to_numpy()
    changed = {
        key: [
            _phrase(name, first.at[key, name], second.at[key, name])
            for name, differs in zip(columns, row, strict=True)
            if differs
        ]
        for key, row in zip(shared, is_other, strict=True)
        if row.any()
    }
    added = [key for key in new.index if key not in old.index]
    return TableChange(added, [key for key in old.index if key not in new.index], changed)


def _as_text(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Write columns of a table as text, by the keys of its rows."""
    text = pd.DataFrame({name: list(map(_text, rows[name])) for name in columns}, dtype=object)
    text.index = pd.Index([_key(key) for key in rows.index], dtype=object)
    return text[~text.index.duplicated()]


def _key(key: object) -> str:
    """Write the key of a row, with slashes between its parts."""
    return "/".join(map(_text, key)) if isinstance(key, tuple) else str(key)


def _text(cell: object) -> str:
    """Write a cell as text."""
    if isinstance(cell, list):
        return ";".join(map(str, cell))
    if isinstance(cell, pd.Timestamp):
        return str(cell.date())
    return "" if pd.isna(cell) else str(cell)


def _phrase(column: str, before: str, now: str) -> str:
    """Write what has changed in a column."""
    if column == WORDING:
        return "its words are others"
    return f"{column} was {_shown(before)}, is {_shown(now)}"


def _shown(value: str) -> str:
    """Shorten a value, and name an empty one."""
    if not value:
        return "empty"
    return value if len(value) <= MAX_SHOWN else f"{value[: MAX_SHOWN - 1]}…"


def doubts_of_claims(
    changes: dict[str, TableChange], before: Corpus, now: Corpus
) -> dict[str, list[str]]:
    """Say of each claim that was there before what has happened to it since.

    A claim is also affected by a change of its event or its source, and by a new claim or relation
    that contradicts or disputes it.

    Args:
        changes: What has changed, as `compare_tables` gives it.
        before: The earlier state.
        now: The present state.

    Returns:
        For each affected claim a phrase for each reason.
    """
    reasons: dict[str, list[str]] = defaultdict(list)
    for claim_id in changes["claims"].gone:
        reasons[claim_id].append("is gone")
    for claim_id, phrases in changes["claims"].changed.items():
        reasons[claim_id] += phrases
    shared = now.claims[now.claims.index.isin(before.claims.index)]
    for column, table in (("event_id", "events"), ("source_id", "sources")):
        changed = changes[table].changed
        for claim_id, row_id in shared.loc[shared[column].isin(changed), column].items():
            noun = table.removesuffix("s")
            reasons[str(claim_id)].append(f"its {noun} {row_id}: {', '.join(changed[row_id])}")
    for one, relation, other in map(_parts, changes["relations"].added):
        if relation in OPPOSED:
            for claim_id, opponent in ((one, other), (other, one)):
                if claim_id in before.claims.index:
                    reasons[claim_id].append(f"{relation} {opponent}, by a new row of relations")
    return dict(reasons)


def _parts(key: str) -> tuple[str, str, str]:
    """Split the key of a relation into claim, relation and claim."""
    one, relation, other = key.split("/")
    return one, relation, other


def added_claims(changes: dict[str, TableChange], now: Corpus) -> pd.DataFrame:
    """Return the claims that were added, by id."""
    return now.claims.loc[changes["claims"].added]


def by_outcome(claims: pd.DataFrame) -> Iterator[tuple[str, list[str]]]:
    """Group claims by the outcome on which they bear and by the direction.

    Args:
        claims: Rows of claims. Those that bear on no outcome are left out.

    Yields:
        Outcome and direction, such as `closing, raises`, and the ids of the claims.
    """
    bearing = claims["bearing"].astype(object).fillna("neutral")
    bears = claims["on"].notna()
    keys = claims["on"].astype(str) + ", " + bearing.astype(str)
    for key, group in claims[bears].groupby(keys[bears], sort=True):
        yield str(key), [str(claim_id) for claim_id in group.index]


def name_new(ids: Sequence[str], noun: str = "claim") -> str:
    """Write how many rows are new, and the first of them: `2 new claims (A, B)`."""
    return f"{count_noun(len(ids), f'new {noun}')} ({join_few(ids)})"
