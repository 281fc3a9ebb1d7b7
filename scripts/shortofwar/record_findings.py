"""The titles of the figures that are drawn from reports and record together, with their tests."""

import pandas as pd
from claimbook.figures import attention_days
from claimbook.figures.figure import Finding

MARCH, JULY, AUGUST, DECEMBER = (pd.Period(f"2022-{month:02}") for month in (3, 7, 8, 12))
FEW_DAYS = 4  # of July and August on which ISW wrote of Belarus


def attention_fades_in_summer(days: pd.DataFrame) -> bool:
    """Check that ISW wrote of Belarus on most days of March and December, and four of summer.

    It is true if more than half of the texts of March and of December name Belarus, and of no other
    whole month, and if exactly four texts of July and August do.

    Args:
        days: The data of the figure of attention.
    """
    texts = days[days["state"] != attention_days.MISSING]
    months = pd.to_datetime(texts["day"]).dt.to_period("M")
    writes = (texts["state"] == attention_days.WRITES).groupby(months)
    shares, numbers, sizes = writes.mean(), writes.sum(), writes.size()
    most = set(shares.index[(shares > 0.5) & (sizes > 20)])
    return most == {MARCH, DECEMBER} and numbers[JULY] + numbers[AUGUST] == FEW_DAYS


FINDINGS_OF_RECORD: dict[str, Finding] = {
    "year": Finding(
        "ISW wrote of Belarus on most days of March and of December, "
        "and on four in all of July and August",
        attention_fades_in_summer,
        "ISW’s attention to Belarus, day by day",
    ),
}
