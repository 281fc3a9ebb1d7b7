"""The days on which claims lie: when something happened, was said and was published."""

import pandas as pd

from claimbook.corpus.model import Corpus

BASES = ("happened", "said", "published")
DAY = "day"  # prefix of the columns for the first of the bases that is known


def claim_date_spans(corpus: Corpus) -> pd.DataFrame:
    """Compute the first and the last day of each claim, for each kind of date.

    The kinds, `BASES`, are when its content happened, when it was said and when it was published.
    The content has the claim's own days, else those of its event. If its last day is missing, that
    is the latest day on which the text can have appeared. If its first day is missing, that is the
    earliest day that the texts allow for the event, or else its last day. Where such a bound would
    put the last day before the first, both are the day that is known. An uncertain day of
    publication has all days that are possible.

    Returns:
        By claim id, days in the columns `<basis>_first` and `<basis>_last`, for each of `BASES`
        and for `DAY`: the first of these kinds that has a day. They are missing where no day is
        known. Further columns:
        `rests`: the kind of date that `DAY` has.
        `mark`: the likeliest or first day of that kind.
        `sure`: whether both ends of `DAY` are known.
        `when_first`, `when_last`: the days of the content, with open ends left missing.
    """
    claims = corpus.claims
    events = corpus.events[["start", "end", "earliest"]]
    events = events.reindex(claims["event_id"]).set_index(claims.index)
    sources = corpus.sources[["published", "published_earliest", "published_latest"]]
    sources = sources.reindex(claims["source_id"]).set_index(claims.index)
    has_own_days = claims["event_start"].notna() | claims["event_end"].notna()
    first = claims["event_start"].where(has_own_days, events["start"])
    last = claims["event_end"].where(has_own_days, events["end"])
    is_dated = first.notna() | last.notna()
    # A text may date an event after its own day, as one still to come: where an end is closed by a
    # bound, the last day must not come before the first.
    upper_bound = _later(sources["published_latest"], first)
    lower_bound = _earlier(events["earliest"].fillna(last), last)
    spans = pd.DataFrame(
        {
            "happened_first": first.fillna(lower_bound).where(is_dated),
            "happened_last": last.fillna(upper_bound).where(is_dated),
            "said_first": claims["stated_on"],
            "said_last": claims["stated_on"],
            "published_first": sources["published_earliest"],
            "published_last": sources["published_latest"],
        }
    )
    spans["rests"] = "published"
    spans.loc[spans["said_first"].notna(), "rests"] = "said"
    spans.loc[is_dated, "rests"] = "happened"
    for end in ("first", "last"):
        spans[f"{DAY}_{end}"] = (
            spans[f"happened_{end}"].fillna(spans[f"said_{end}"]).fillna(spans[f"published_{end}"])
        )
    likeliest = spans["happened_first"].fillna(spans["said_first"]).fillna(sources["published"])
    has_vague_publication = (spans["rests"] == "published") & (
        spans["published_first"] != spans["published_last"]
    )
    has_open_end = is_dated & (first.isna() | last.isna())
    return spans.assign(
        mark=likeliest,
        sure=~has_vague_publication & ~has_open_end,
        when_first=first,
        when_last=last,
    )


def _later(one: pd.Series, other: pd.Series) -> pd.Series:
    """Return the later day of each pair; missing only if both days are missing."""
    return pd.concat([one, other], axis="columns").max(axis="columns")


def _earlier(one: pd.Series, other: pd.Series) -> pd.Series:
    """Return the earlier day of each pair; missing only if both days are missing."""
    return pd.concat([one, other], axis="columns").min(axis="columns")
