"""The figures that are drawn from reports and record together, by name, and changes of their data.

Each change makes one part of the title of its figure false.
"""

from collections.abc import Callable

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures import attention_days, likelihood_days
from claimbook.figures.figure import Figure
from claimbook.figures.finding import Finding
from shortofwar.figures import given_and_kept, signals_map, troop_counts

Change = Callable[[pd.DataFrame], pd.DataFrame]


def put(column: str, value: object, where: Callable[[pd.DataFrame], pd.Series]) -> Change:
    """A change that puts a value into a column of some rows."""
    return lambda data: data.assign(**{column: data[column].mask(where(data), value)})


def in_month(number: int) -> Callable[[pd.DataFrame], pd.Series]:
    """The rows whose day is in a month."""
    return lambda data: data["day"].dt.month == number


FIGURES: dict[str, Callable[[Corpus, str | Finding], Figure]] = {
    "year": lambda corpus, title: attention_days.attention_to_subject(corpus, title, name="year"),
    "likelihood-by-day": lambda corpus, title: likelihood_days.likelihood_by_day(
        corpus, ["entry", "attack"], title
    ),
    "russians-in-belarus": troop_counts.russians_in_belarus,
    "signals-map": signals_map.signals_by_phase,
    "given-and-kept": given_and_kept.given_and_kept,
}

CHANGES: dict[str, dict[str, Change]] = {
    "year": {
        "silence in March": put("state", "silent", in_month(3)),
        "silence in December": put("state", "silent", in_month(12)),
        "words on every day of October": put("state", "writes of it", in_month(10)),
        "words on every day of July": put("state", "writes of it", in_month(7)),
        "silence in August": put("state", "silent", in_month(8)),
    },
    "likelihood-by-day": {
        "never held likely": put("low", 20.0, lambda data: data["day"] < "2022-03-05"),
        "held likely later": put("high", 80.0, lambda data: data["day"] == "2022-12-20"),
        "of entry alone": lambda data: data[data["event"] == data["event"].iloc[0]],
        "others say it, too": put("speaker", "OSW", lambda data: data["day"].dt.month == 12),
    },
    "russians-in-belarus": {
        "a count of more": put("number", 15_000, lambda data: data["number"] == 12_000),
        "a count of fewer at most": put("number", 8_000, lambda data: data["number"] == 12_000),
        "no room for more": put("number", 9_000, lambda data: data["number"] == 20_000),
        "none of June": lambda data: data[data["day"].dt.month != 6],
        "none of December": lambda data: data[data["day"].dt.month != 12],
    },
    "signals-map": {
        "few without a place": put("number", 1, lambda data: data["what"].str.contains("without")),
        "sightings in summer": put(
            "number",
            400,
            lambda data: data["phase"].eq("Drills and silence") & (data["what"] == "sightings"),
        ),
        "no sightings": lambda data: data[data["what"] != "sightings"],
    },
    "given-and-kept": {
        "Minsk tells of its tanks": put(
            "said_by", "Minsk or Moscow", lambda data: data["row"] == "Tanks and vehicles"
        ),
        "Kyiv tells of the army": put(
            "said_by", "Kyiv", lambda data: data["row"] == "The army at home"
        ),
        "no hospitals": lambda data: data[data["row"] != "Hospitals"],
    },
}
