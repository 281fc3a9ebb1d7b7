"""The figures of the argument that show the whole year, by name, and changes of their data.

Each change makes one part of the title of its figure false.
"""

from collections.abc import Callable

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures.figure import Figure
from claimbook.figures.finding import Finding
from shortofwar.figures.notes_by_month import notes_by_month
from shortofwar.figures.pressure_record import pressure_in_record
from shortofwar.figures.sign_days import signs_by_day
from shortofwar.figures.told_and_came import told_and_came

Change = Callable[[pd.DataFrame], pd.DataFrame]


def without(column: str, value: object) -> Change:
    """A change that takes away the rows with a value in a column."""
    return lambda data: data[data[column] != value]


def turned(column: str, value: object, other: object) -> Change:
    """A change of one value of a column into another."""
    return lambda data: data.assign(**{column: data[column].replace({value: other})})


FIGURES: dict[str, Callable[[Corpus, str | Finding], Figure]] = {
    "notes-by-month": notes_by_month,
    "pressure-record": pressure_in_record,
    "signs-by-day": signs_by_day,
    "told-and-came": told_and_came,
}

CHANGES: dict[str, dict[str, Change]] = {
    "notes-by-month": {
        "other notes in March": without("whose", "Ukraine’s state"),
        "other notes in December": without("whose", "ISW’s own earlier work"),
    },
    "pressure-record": {
        "no meeting": without("lane", "Meetings and calls"),
        "more told than inferred": turned("lane", "Inferred or feared", "Told as fact"),
        "inferred in Moscow": turned("side", "Ukraine", "Russia"),
        "denied by Russia alone": turned("side", "Belarus", "Russia"),
        "denied in Kyiv": turned("side", "Belarus", "Ukraine"),
    },
    "signs-by-day": {
        "a strike group is seen": turned("state", "absent", "seen"),
        "none in September": lambda data: data[data["day"] >= pd.Timestamp("2022-10-01")],
        "none in December": lambda data: data[data["day"] < pd.Timestamp("2022-12-01")],
    },
    "told-and-came": {
        "a denial that held": turned("outcome", "refuted", "stood"),
        "an alarm that came true": turned("outcome", "not come", "stood"),
        "no alarm of Kyiv's": without("side", "Kyiv"),
        "no denial of Minsk's": without("side", "Minsk"),
        "denied after the invasion": lambda data: data.assign(
            day=data["day"].mask(data["outcome"] == "refuted", pd.Timestamp("2022-03-01"))
        ),
    },
}
