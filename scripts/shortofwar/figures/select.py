"""What figures draw: events with the claims behind them, and the days on which they were said and published."""

import pandas as pd

from shortofwar.corpus.tables import Corpus


def events(corpus: Corpus, themes: list[str]) -> pd.DataFrame:
    """The events of some themes in order of time, with what was reported of them.

    One row an event: the columns of `events.csv` and `claims` (ids), `said` and `published` (days, sorted, each once),
    `sources` (codes). Events that no claim reports are left out. Ordered by first day, certain days before vague ones.
    """
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    told = claims[claims["event_id"] != ""].groupby("event_id").agg(
        claims=("claim_id", list),
        said=("stated_on", distinct),
        published=("published", distinct),
        sources=("code", lambda codes: sorted(set(codes))),
    )
    chosen = corpus.events[corpus.events["theme"].isin(themes)].join(told, how="inner")
    chosen["day"] = chosen["start"].fillna(chosen["latest"])
    return chosen.sort_values(["day", "latest"], kind="stable")


def most_told(chosen: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, str]:
    """The `limit` rows with most claims, in their old order; and a sentence on what was left out, empty where nothing was."""
    left = len(chosen) - limit
    if left <= 0:
        return chosen, ""
    most = chosen["claims"].map(len).sort_values(ascending=False, kind="stable").index[:limit]
    return chosen[chosen.index.isin(most)], f" Shown are the {limit} with most claims; {left:,} more are left out."


def most_claimed(codes: pd.Series, limit: int) -> tuple[pd.Index, str]:
    """The sources with most claims, of whose claims `codes` has the source of each; and a sentence on what was left out."""
    sizes = codes.value_counts()
    left = len(sizes) - limit
    return sizes.index[:limit], f" Shown are the {limit} sources with most claims; {left:,} more are left out." if left > 0 else ""


def distinct(days: pd.Series) -> list[pd.Timestamp]:
    """The days that are given, in order, each once."""
    return sorted(set(days.dropna()))


def listed(words: list[str]) -> str:
    """Words joined as in a sentence: `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def count(number: int, noun: str) -> str:
    """A number with its noun in the right form: `1 claim`, `3 claims`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
