"""On which days a claim stands: when it happened, when it was said, when it was published, each as far as it is known."""

import pandas as pd

from claimbook.corpus.model import Corpus

BASES = ("happened", "said", "published")
DAY = "day"  # the first of these that is known


def claim_date_spans(corpus: Corpus) -> pd.DataFrame:
    """The first and last day of each claim on every basis, and on the first basis that is known; by claim id.

    Columns `happened_first`, `happened_last` and so on for the names in `BASES` and for `DAY`: days, missing where there are none.
    What happened has the claim's own days, else those of its event where they are known. An open end is closed by what bounds it:
    the day on which the text can last have been published, the first day that the texts allow the event. A day of publication that
    is not known has all the days that it can be. `rests` names the basis of `DAY`, `mark` its likeliest or first day; `sure` tells that
    both its ends are known; `when_first` and `when_last` are the days of what happened with open ends left open.
    """
    claims = corpus.claims
    events = (
        corpus.events[["start", "end", "earliest"]]
        .reindex(claims["event_id"])
        .set_index(claims.index)
    )
    sources = (
        corpus.sources[["published", "published_earliest", "published_latest"]]
        .reindex(claims["source_id"])
        .set_index(claims.index)
    )
    own = claims["event_start"].notna() | claims["event_end"].notna()
    first = claims["event_start"].where(own, events["start"])
    last = claims["event_end"].where(own, events["end"])
    known = first.notna() | last.notna()
    # a text may date an event after its own day, as one still to come: the bound must not turn the span round
    bounds = pd.DataFrame({"bound": sources["published_latest"], "first": first}).max(
        axis="columns"
    )
    closed_first = first.fillna(
        pd.DataFrame({"earliest": events["earliest"].fillna(last), "last": last}).min(
            axis="columns"
        )
    )
    found = pd.DataFrame(
        {
            "happened_first": closed_first.where(known),
            "happened_last": last.fillna(bounds).where(known),
            "said_first": claims["stated_on"],
            "said_last": claims["stated_on"],
            "published_first": sources["published_earliest"],
            "published_last": sources["published_latest"],
        }
    )
    found["rests"] = "published"
    found.loc[found["said_first"].notna(), "rests"] = "said"
    found.loc[known, "rests"] = "happened"
    for end in ("first", "last"):
        found[f"{DAY}_{end}"] = (
            found[f"happened_{end}"].fillna(found[f"said_{end}"]).fillna(found[f"published_{end}"])
        )
    likeliest = found["happened_first"].fillna(found["said_first"]).fillna(sources["published"])
    of_text = (found["rests"] == "published") & (
        found["published_first"] != found["published_last"]
    )
    open_ended = known & (first.isna() | last.isna())
    return found.assign(
        mark=likeliest, sure=~of_text & ~open_ended, when_first=first, when_last=last
    )
