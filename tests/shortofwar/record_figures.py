"""The figures that are drawn from reports and record together, by name, and changes of their data.

Each change makes one part of the title of its figure false.
"""

from collections.abc import Callable

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures import attention_days
from claimbook.figures.figure import Figure, Finding

Change = Callable[[pd.DataFrame], pd.DataFrame]


def put(column: str, value: object, where: Callable[[pd.DataFrame], pd.Series]) -> Change:
    """A change that puts a value into a column of some rows."""
    return lambda data: data.assign(**{column: data[column].mask(where(data), value)})


def in_month(number: int) -> Callable[[pd.DataFrame], pd.Series]:
    """The rows whose day is in a month."""
    return lambda data: data["day"].dt.month == number


FIGURES: dict[str, Callable[[Corpus, str | Finding], Figure]] = {
    "year": lambda corpus, title: attention_days.attention_to_subject(corpus, title, name="year"),
}

CHANGES: dict[str, dict[str, Change]] = {
    "year": {
        "silence in March": put("state", "silent", in_month(3)),
        "silence in December": put("state", "silent", in_month(12)),
        "words on every day of October": put("state", "writes of it", in_month(10)),
        "words on every day of July": put("state", "writes of it", in_month(7)),
        "silence in August": put("state", "silent", in_month(8)),
    },
}
