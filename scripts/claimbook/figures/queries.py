"""Queries that several figures share: reported events, rows and sources by claims."""

from collections.abc import Iterable

import pandas as pd

from claimbook.corpus.model import Corpus

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


def said_days(corpus: Corpus) -> pd.Series:
    """Return the day when each claim was said, by claim id.

    It is missing where the claim states none and its text may be of any day of a longer time than
    `MAX_OPEN`: the day that the table of sources has for such a text is only the middle of it.
    """
    claims = corpus.full_claims()
    return claims["said"].mask(said_spans(corpus)["first"].notna())


def said_spans(corpus: Corpus) -> pd.DataFrame:
    """Return `first` and `last` possible day of claims whose day is not known.

    Both are missing for claims that `said_days` gives a day.
    """
    claims = corpus.claims
    ends = corpus.sources[["published_earliest", "published_latest"]]
    spans = ends.reindex(claims["source_id"]).set_index(claims.index)
    spans.columns = pd.Index(["first", "last"])
    is_vague = claims["stated_on"].isna() & (spans["last"] - spans["first"] > MAX_OPEN)
    return spans.where(is_vague)


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
