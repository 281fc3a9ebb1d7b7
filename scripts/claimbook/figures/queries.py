"""Queries that several figures share: reported events, days of claims, sources by claims."""

from collections.abc import Iterable

import pandas as pd

from claimbook.corpus.model import Corpus

WEEK = pd.Timedelta(7, "D")
MAX_OPEN = pd.Timedelta(31, "D")  # an event open for longer has no place on an axis of days
MAX_SPELLED_OUT = 8  # sources whose codes a subtitle spells out


def reported_events(corpus: Corpus, themes: list[str]) -> pd.DataFrame:
    """Collect the events of some themes that at least one claim reports.

    Args:
        corpus: The corpus.
        themes: The ids of the themes.

    Returns:
        By event id: the columns of `events.csv`; `claims` (ids), `said` and `published` (sorted
        days), `sources` (codes) and `day` (the first day, else the latest possible one). The events
        are sorted by `day` and then by their latest possible day.
    """
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    reports = (
        claims[claims["event_id"] != ""]
        .groupby("event_id")
        .agg(
            claims=("claim_id", list),
            said=("stated_on", distinct_dates),
            published=("published", distinct_dates),
            sources=("code", lambda codes: sorted(set(codes))),
        )
    )
    events = corpus.events[corpus.events["theme"].isin(themes)].join(reports, how="inner")
    events["day"] = events["start"].fillna(events["latest"])
    return events.sort_values(["day", "latest"], kind="stable")


def dates_happened(corpus: Corpus) -> pd.DataFrame:
    """Collect the days on which the content of each claim happened.

    Only days that a source gives count. A claim without days of its own has those of its event, but
    only if the event has fixed days. An event that goes on without a known end gives no days to its
    claims.

    Args:
        corpus: The corpus.

    Returns:
        By claim id, `first` and `last`. Both are missing if no source gives a day, and one of them
        may be.
    """
    claims, events = corpus.claims, corpus.events
    is_given = (
        events["precision"].isin(["day", "month"])
        & (events["earliest"] == events["start"])
        & (events["latest"] == events["end"])
    )
    of_event = _of_claims(events.loc[is_given, ["start", "end"]], claims)
    has_own = claims["event_start"].notna() | claims["event_end"].notna()
    return pd.DataFrame(
        {
            "first": claims["event_start"].where(has_own, of_event["start"]),
            "last": claims["event_end"].where(has_own, of_event["end"]),
        }
    )


def dates_uttered(corpus: Corpus) -> pd.DataFrame:
    """Collect the days on which each claim was said.

    This is the day stated in the source. If none is stated, `first` and `last` are the bounds of
    the claim's event, but only if the event is a statement by the claim's speaker and its bounds
    are at most a week apart.

    Args:
        corpus: The corpus.

    Returns:
        By claim id, `first` and `last`; missing if no such day is known.
    """
    claims = corpus.claims
    statements = _of_claims(corpus.events[corpus.events["kind"] == "statement"], claims)
    is_speaker = pd.Series(
        [
            isinstance(movers, list) and chain[-1] in movers
            for movers, chain in zip(statements["movers"], claims["chain"], strict=True)
        ],
        index=claims.index,
    )
    is_near = statements["latest"] - statements["earliest"] <= WEEK
    bounds = statements[["earliest", "latest"]].where(is_near & is_speaker)
    return pd.DataFrame(
        {
            "first": claims["stated_on"].fillna(bounds["earliest"]),
            "last": claims["stated_on"].fillna(bounds["latest"]),
        }
    )


def dates_bounded(corpus: Corpus) -> pd.DataFrame:
    """Collect the earliest and the latest possible day of each claim's vague event.

    Args:
        corpus: The corpus.

    Returns:
        By claim id, `first` and `last`. They are missing if the claim has no event, if its event is
        not vague, and if the days are more than a month apart.
    """
    events = _of_claims(corpus.events, corpus.claims)
    is_open = events["precision"] == "vague"
    is_near = events["latest"] - events["earliest"] <= MAX_OPEN
    bounds = events[["earliest", "latest"]].where(is_open & is_near)
    return bounds.set_axis(["first", "last"], axis="columns")


def _of_claims(events: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Look up the event of each claim.

    Returns:
        The columns of `events` by claim id; missing if `events` does not have the claim's event.
    """
    return events.reindex(claims["event_id"]).set_index(claims.index)


def top_by_claims(rows: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, str]:
    """Choose the rows with the most claims.

    Args:
        rows: Rows with `claims` (lists of ids) and a unique index.
        limit: The number of rows to choose.

    Returns:
        The chosen rows in their original order, and a sentence on how many are omitted, which is
        empty if none are.
    """
    further = len(rows) - limit
    if further <= 0:
        return rows, ""
    sizes = rows["claims"].map(len).sort_values(ascending=False, kind="stable")
    chosen = rows[rows.index.isin(sizes.index[:limit])]
    return chosen, f" Shown are the {limit} with most claims; {further:,} more are left out."


def top_sources(codes: pd.Series, limit: int) -> tuple[pd.Index, str]:
    """Choose the sources with the most claims.

    Args:
        codes: The source code of each claim.
        limit: The number of sources to choose.

    Returns:
        The codes of the chosen sources, those with most claims first; and a sentence on how many
        are omitted, which is empty if none are.
    """
    sizes = codes.value_counts()
    further = len(sizes) - limit
    omitted = f" Shown are the {limit} sources with most claims; {further:,} more are left out."
    return sizes.index[:limit], omitted if further > 0 else ""


def distinct_dates(days: pd.Series) -> list[pd.Timestamp]:
    """Return the distinct days in order of time, without missing ones."""
    return sorted(set(days.dropna()))


def outlet_names(corpus: Corpus) -> pd.Series:
    """Return the short name of each source's outlet, by source code.

    The sources are in order of publication.
    """
    outlets = corpus.sources.sort_values("published").set_index("code")["outlet"]
    return outlets.map(corpus.actors["short"])


def spell_out_codes(corpus: Corpus, codes: Iterable[str]) -> str:
    """Write the codes of sources, each with the name of its outlet.

    Returns:
        A list for a subtitle, `DE Daily Example, HP Harbour Post`. Of more than `MAX_SPELLED_OUT`
        sources it names the first, and counts the others.
    """
    wanted = set(codes)
    named = [f"{code} {name}" for code, name in outlet_names(corpus).items() if code in wanted]
    further = len(named) - MAX_SPELLED_OUT
    text = ", ".join(named[:MAX_SPELLED_OUT])
    return f"{text} and {further:,} more" if further > 0 else text
