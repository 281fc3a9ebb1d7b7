"""The numbers that the prose states, each counted from the tables."""

import pandas as pd

from shortofwar.corpus.tables import Corpus

WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()
LAST_MONTH = pd.Timestamp("2022-12-01")
ISW = "isw"


def in_words(number: int) -> str:
    """A count as prose has it: in words up to twelve, in digits above."""
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def of_theme(corpus: Corpus, theme: str) -> dict[str, str]:
    """What a chapter on a theme counts: claims and who stands behind them, by kind and bearing; its events by date."""
    claims = corpus.full_claims()
    claims = claims[claims["theme"] == theme]
    events = corpus.events[corpus.events["theme"] == theme]
    return {
        **_of(claims),
        "events": in_words(len(events)),
        "december": in_words(int((events["earliest"] >= LAST_MONTH).sum())),
        "undated": in_words(int((events["precision"] == "vague").sum())),
        **{f"events_{kind}": in_words(int(n)) for kind, n in events["kind"].value_counts().items()},
    }


def of_all(corpus: Corpus) -> dict[str, str]:
    """What the pages on the whole corpus count: claims, sources, words, origins, and the share of the largest origin."""
    claims = corpus.full_claims()
    argued = claims[claims["theme"] != "context"]
    isw = argued["chain"].map(lambda chain: ISW in chain)
    outlook = claims[claims["theme"] == "outlook"]
    return {
        **_of(claims),
        "argued": in_words(len(argued)),
        "context": in_words(len(claims) - len(argued)),
        "words": in_words(int(corpus.sources["words"].sum())),
        "actors": in_words(len(corpus.actors)),
        "places": in_words(len(corpus.places)),
        "events": in_words(len(corpus.events)),
        "isw_chain": in_words(int(isw.sum())),
        "isw_share": f"{100 * isw.mean():.0f} %",
        "isw_sources": in_words(argued[isw]["code"].nunique()),
        "outlook": in_words(len(outlook)),
        "outlook_lowers": in_words(int((outlook["bearing"] == "lowers").sum())),
        "outlook_raises": in_words(int((outlook["bearing"] == "raises").sum())),
    }


def _of(claims: pd.DataFrame) -> dict[str, str]:
    """Counts over some claims: how many, in how many sources, of how many origins; by kind, bearing and verification."""
    columns = ("kind", "bearing", "verification")
    by_value = {str(value): int(n) for column in columns for value, n in claims[column].value_counts().items()}
    return {
        "claims": in_words(len(claims)),
        "sources": in_words(claims["code"].nunique()),
        "origins": in_words(claims["origin"].nunique()),
        "own_voice": in_words(int((claims["chain"].map(len) == 1).sum())),
        "isw": in_words(int((claims["origin"] == ISW).sum())),
        "dated": in_words(int((claims["date_basis"] != "none").sum())),
        **{value: in_words(n) for value, n in by_value.items() if value != "none"},
    }
