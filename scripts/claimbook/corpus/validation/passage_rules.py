"""Rule of the table `passages`: each passage has a claim, or a reason why it has none."""

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


def check_coverage(table: Table, passages: pd.DataFrame, claims: pd.DataFrame) -> list[Fault]:
    """Find passages that have neither a claim nor a reason.

    Args:
        table: The table `passages` in the schema.
        passages: Its rows.
        claims: The table `claims`, complete.
    """
    rows = passages.reset_index()
    waiting = rows[rows["reason"].isna() & ~coded_passages(rows, claims)]
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
        for row in waiting.itertuples()
    ]
