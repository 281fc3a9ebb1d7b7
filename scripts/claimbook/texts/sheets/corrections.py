"""Corrections: the record of how a sheet changes claims that are published."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from claimbook.errors import RowPosition
from claimbook.texts.sheets.columns import CLAIMS
from claimbook.texts.sheets.matching import Match

FOLLOWING = {"anchor", "words", "head", "tail"}  # they follow from the span


def add_corrections(
    corrections: pd.DataFrame,
    matches: Iterable[Match],
    old: pd.DataFrame,
    new: pd.DataFrame,
    why: str,
    day: date,
) -> pd.DataFrame:
    """Add a row of corrections for each changed cell, one a day.

    Args:
        corrections: The rows of the table `corrections`, as text cells.
        matches: The changed claims.
        old: The claims as they were, indexed by id.
        new: The claims as they are now, indexed by id.
        why: The reason.
        day: The day of the change.

    Returns:
        All rows of the table.
    """
    key = ["date", "table", "key", "column"]
    rows = {tuple(row[key]): row.to_dict() for _, row in corrections.iterrows()}
    positions = dict(zip(rows, corrections.index, strict=True))
    for match in matches:
        for column in match.changed:
            if column in FOLLOWING:
                continue
            place = (day.isoformat(), CLAIMS, match.claim_id, column)
            earlier = rows.get(place, {"old": old.loc[match.claim_id, column], "why": why})
            reasons = dict.fromkeys([earlier["why"], why])
            changed = {"old": earlier["old"], "new": new.loc[match.claim_id, column]}
            rows[place] = dict(zip(key, place, strict=True)) | changed | {"why": "; ".join(reasons)}
            positions.setdefault(place, RowPosition(match.position.file, match.position.line))
    index = pd.Index([positions[place] for place in rows], dtype=object)
    return pd.DataFrame(list(rows.values()), index=index, columns=corrections.columns, dtype=str)
