"""Rule of the table `passages`: each passage has a claim, or a reason why it has none.

A source of which no passage has either waits for its coder: it is named, and is no fault.
"""

import pandas as pd

from claimbook.corpus.schema import Table
from claimbook.errors import Fault


def coded_passages(passages: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Say of each passage whether a claim's span overlaps it.

    Args:
        passages: Rows with `source_id`, `start` and `end`.
        claims: Rows with the same columns.
    """
    spans = {
        source_id: of_source[["start", "end"]].to_numpy(dtype=int)
        for source_id, of_source in claims.groupby("source_id", observed=True)
    }
    coded = [
        (of_source := spans.get(row.source_id)) is not None
        and bool(((of_source[:, 0] < row.end) & (of_source[:, 1] > row.start)).any())
        for row in passages.itertuples()
    ]
    return pd.Series(coded, index=passages.index, dtype=bool)


def _uncoded(passages: pd.DataFrame, claims: pd.DataFrame) -> tuple[pd.DataFrame, set[str]]:
    """Select the passages that have neither a claim nor a reason.

    Returns:
        Their rows, and the ids of the sources of which no passage has either.
    """
    rows = passages.reset_index()
    uncoded = rows["reason"].isna() & ~coded_passages(rows, claims)
    begun = set(rows.loc[~uncoded, "source_id"])
    return rows[uncoded], set(rows["source_id"]) - begun


def check_coverage(table: Table, passages: pd.DataFrame, claims: pd.DataFrame) -> list[Fault]:
    """Find passages without claim or reason in sources whose coding has begun.

    Args:
        table: The table `passages` in the schema.
        passages: Its rows.
        claims: The table `claims`, complete.
    """
    uncoded, waiting = _uncoded(passages, claims)
    allowed = f"a claim in the passage, or why it has none: {', '.join(table.field('reason').enum)}"
    return [
        Fault(
            table.file,
            f"{row.source_id}/{row.number}",
            "reason",
            "",
            allowed,
            f"`claimbook passages {row.source_id} --show` prints it",
        )
        for row in uncoded.itertuples()
        if row.source_id not in waiting
    ]


def list_waiting(passages: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """List the sources whose coding has not begun, a line each.

    Args:
        passages: The table `passages`.
        claims: The table `claims`, complete.
    """
    uncoded, waiting = _uncoded(passages, claims)
    counts = uncoded.groupby("source_id", observed=True).size()
    return [
        f"{source_id}: {counts[source_id]} to code; `claimbook passages {source_id} --show`"
        for source_id in sorted(waiting)
    ]
