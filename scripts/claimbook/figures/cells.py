"""The cells of a figure's data as text for a download, and as JSON for the book."""

from typing import Any

import pandas as pd

from claimbook.language.dates import DaySpan


def text_cell(value: object) -> str:
    """Convert a cell of a figure's data to text.

    A list is joined by commas, a day written as ISO 8601, and a missing value is empty.
    """
    if isinstance(value, list):
        return ", ".join(map(text_cell, value))
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return "" if pd.isna(value) else str(value)


def json_cell(value: object) -> Any:
    """Convert a cell of a figure's data to a JSON value.

    A day becomes an object with the key `date`, a `DaySpan` its object, and a missing value None.
    """
    if isinstance(value, DaySpan):
        return value.to_json()
    if isinstance(value, list):
        return [json_cell(item) for item in value]
    if isinstance(value, pd.Timestamp):
        return {"date": value.date().isoformat()}
    if pd.isna(value):
        return None
    if isinstance(value, bool | str):
        return value
    if hasattr(value, "item"):  # a number of numpy's
        return value.item()
    return value if isinstance(value, int | float) else str(value)
