"""The day as of which the report judges, marked on axes of days that go on after it."""

from collections.abc import Iterable

import pandas as pd

from claimbook.settings import settings

AS_OF_DAY = "report’s as-of day"


def as_of_mark(days: Iterable[pd.Timestamp]) -> list[tuple[pd.Timestamp, str]]:
    """Return the as-of day of the report with its name, for an axis of days.

    Args:
        days: The days of what is drawn.

    Returns:
        The day and its name, or nothing if none of the days is later.
    """
    as_of = settings().as_of
    if not any(day > as_of for day in days):
        return []
    return [(as_of, f"judged as of {as_of.day} {as_of:%b}")]
