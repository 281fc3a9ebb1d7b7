"""What figures draw: events with the claims behind them, and the days on which they were said and published."""

from collections.abc import Iterable

import pandas as pd

from claimbook.corpus.model import Corpus

WEEK = pd.Timedelta(7, "D")
OPEN = pd.Timedelta(
    31, "D"
)  # an event that can lie anywhere in more days than these is not seen on an axis of days
NAMES = 3  # speakers that a row names
SPELLED = 8  # sources whose codes a subtitle can spell out


def reported_events(corpus: Corpus, themes: list[str]) -> pd.DataFrame:
    """The events of some themes in order of time, with what was reported of them.

    One row an event: the columns of `events.csv` and `claims` (ids), `said` and `published` (days, sorted, each once),
    `sources` (codes). Events that no claim reports are left out. Ordered by first day, certain days before vague ones.
    """
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    told = (
        claims[claims["event_id"] != ""]
        .groupby("event_id")
        .agg(
            claims=("claim_id", list),
            said=("stated_on", distinct_dates),
            published=("published", distinct_dates),
            sources=("code", lambda codes: sorted(set(codes))),
        )
    )
    chosen = corpus.events[corpus.events["theme"].isin(themes)].join(told, how="inner")
    chosen["day"] = chosen["start"].fillna(chosen["latest"])
    return chosen.sort_values(["day", "latest"], kind="stable")


def dates_happened(corpus: Corpus) -> pd.DataFrame:
    """The days on which the texts have what each claim says happen: `first` and `last`, by claim id, missing where none gives them.

    The claim's own days; else those of its event where that is one happening on days that a text gives. Of what goes on over a long
    time each claim has its own days or none.
    """
    claims, events = corpus.claims, corpus.events
    given = (
        events["precision"].isin(["day", "month"])
        & (events["earliest"] == events["start"])
        & (events["latest"] == events["end"])
    )
    of_event = (
        events.loc[given, ["start", "end"]].reindex(claims["event_id"]).set_index(claims.index)
    )
    own = claims["event_start"].notna() | claims["event_end"].notna()
    return pd.DataFrame(
        {
            "first": claims["event_start"].where(own, of_event["start"]),
            "last": claims["event_end"].where(own, of_event["end"]),
        }
    )


def dates_uttered(corpus: Corpus) -> pd.DataFrame:
    """The days on which the texts have each claim said: `first` and `last`, by claim id, missing where none gives them within a week.

    The day stated; else, where the claim is its speaker's part in an event that consists of words, the days between which that lies.
    """
    claims = corpus.claims
    spoken = (
        corpus.events[corpus.events["kind"] == "statement"]
        .reindex(claims["event_id"])
        .set_index(claims.index)
    )
    speaks = [
        isinstance(movers, list) and chain[-1] in movers
        for movers, chain in zip(spoken["movers"], claims["chain"], strict=True)
    ]
    near = pd.Series(speaks, index=claims.index) & (spoken["latest"] - spoken["earliest"] <= WEEK)
    return pd.DataFrame(
        {
            end: claims["stated_on"].fillna(spoken[of].where(near))
            for end, of in (("first", "earliest"), ("last", "latest"))
        }
    )


def dates_bounded(corpus: Corpus) -> pd.DataFrame:
    """The days between which the event of each claim lies, where the texts leave its day open within a month: `first` and `last`, by claim id."""
    of_claim = corpus.events.reindex(corpus.claims["event_id"]).set_index(corpus.claims.index)
    near = (of_claim["precision"] == "vague") & (of_claim["latest"] - of_claim["earliest"] <= OPEN)
    return of_claim[["earliest", "latest"]].where(near).set_axis(["first", "last"], axis="columns")


def top_by_claims(chosen: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, str]:
    """The `limit` rows with most claims, in their old order; and a sentence on what was left out, empty where nothing was."""
    left = len(chosen) - limit
    if left <= 0:
        return chosen, ""
    most = chosen["claims"].map(len).sort_values(ascending=False, kind="stable").index[:limit]
    return chosen[
        chosen.index.isin(most)
    ], f" Shown are the {limit} with most claims; {left:,} more are left out."


def top_sources(codes: pd.Series, limit: int) -> tuple[pd.Index, str]:
    """The sources with most claims, of whose claims `codes` has the source of each; and a sentence on what was left out."""
    sizes = codes.value_counts()
    left = len(sizes) - limit
    return (
        sizes.index[:limit],
        f" Shown are the {limit} sources with most claims; {left:,} more are left out."
        if left > 0
        else "",
    )


def distinct_dates(days: pd.Series) -> list[pd.Timestamp]:
    """The days that are given, in order, each once."""
    return sorted(set(days.dropna()))


def outlet_names(corpus: Corpus) -> pd.Series:
    """The short name of the outlet of each source, by code, in the order of publication."""
    return (
        corpus.sources.sort_values("published")
        .set_index("code")["outlet"]
        .map(corpus.actors["short"])
    )


def spell_out_codes(corpus: Corpus, codes: Iterable[str]) -> str:
    """What the codes of some sources stand for, for a subtitle: `NW Newsweek, PR Polskie Radio`; the first few of many."""
    named, wanted = outlet_names(corpus), set(codes)
    shown = [f"{code} {name}" for code, name in named.items() if code in wanted]
    return ", ".join(shown[:SPELLED]) + (
        f" and {len(shown) - SPELLED:,} more" if len(shown) > SPELLED else ""
    )


def join_words(words: list[str]) -> str:
    """Words joined as in a sentence: `a, b and c`."""
    return (
        words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
    )


def join_few(words: list[str]) -> str:
    """Words as in a sentence, the first few of many: `a, b, c and 4 more`."""
    return join_words(
        words if len(words) <= NAMES + 1 else [*words[:NAMES], f"{len(words) - NAMES} more"]
    )


def count_noun(number: int, noun: str) -> str:
    """A number with its noun in the right form: `1 claim`, `3 claims`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
