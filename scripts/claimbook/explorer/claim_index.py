"""The claims prepared for the filters, the timeline and the list."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from claimbook.analysis import date_spans
from claimbook.corpus.model import Corpus
from claimbook.explorer.filters import LEDGER_BASIS, TEXT, Filter, fold_text
from claimbook.language import claim_description, dates

BASES = (date_spans.DAY, *date_spans.BASES, LEDGER_BASIS)
SPANS = [f"{basis}_{end}" for basis in BASES for end in ("first", "last")]


@dataclass(frozen=True)
class ClaimIndex:
    """The claims of a corpus, prepared for the filters, the timeline and the list.

    Every table has one row for each claim, indexed by claim id.

    Attributes:
        values: The values of each claim, as a list of texts in each cell; a column for each filter
            with options (see `Filter.is_facet`).
        texts: The texts of each claim in which words are searched, joined and folded by
            `fold_text`; a column for each filter that searches words.
        days: For each of `BASES` the claim's first and last day (`day_first`, `day_last` and so
            on), as YYYY-MM-DD, empty where there is no such day; `mark`, the day on which the
            timeline draws the claim; `basis`, whether that day is the one on which it `happened`,
            was `said` or was `published`; `sure`, whether both ends of the claim's span of days are
            known (see `claim_date_spans`).
        words: The descriptions that readers see: in `who` the chain of attribution, in `when` the
            day with its basis.
    """

    values: pd.DataFrame
    texts: pd.DataFrame
    days: pd.DataFrame
    words: pd.DataFrame

    def __len__(self) -> int:
        """Return the number of claims."""
        return len(self.days)


def index_claims(corpus: Corpus, filters: Mapping[str, Filter]) -> ClaimIndex:
    """Prepare the claims of a corpus for the filters, the timeline and the list.

    Args:
        corpus: The corpus.
        filters: Its filters by name, as `describe_filters` returns them.

    Returns:
        The claims in the order of the table `claims`.
    """
    claims = corpus.full_claims()
    columns = {one.name: one.values(claims) for one in filters.values() if one.values is not None}
    texts = [name for name in columns if filters[name].control == TEXT]
    spans = date_spans.claim_date_spans(corpus).assign(
        **{f"{LEDGER_BASIS}_{end}": claims["said"] for end in ("first", "last")}
    )
    chains = claims["chain"].map(tuple)
    who = {
        chain: claim_description.describe_chain(corpus, list(chain)) for chain in chains.unique()
    }
    days = pd.DataFrame(
        {name: spans[name].dt.strftime("%Y-%m-%d").fillna("") for name in [*SPANS, "mark"]}
    ).assign(basis=spans["rests"], sure=spans["sure"])
    words = {"who": chains.map(who), "when": _describe_days(corpus, claims["source_id"], spans)}
    return ClaimIndex(
        values=pd.DataFrame(
            {name: column for name, column in columns.items() if name not in texts},
            index=claims.index,
        ),
        texts=pd.DataFrame(
            {name: columns[name].map(" \n ".join).map(fold_text) for name in texts},
            index=claims.index,
        ),
        days=days,
        words=pd.DataFrame(words, index=claims.index),
    )


def _describe_days(corpus: Corpus, source_ids: "pd.Series[str]", spans: pd.DataFrame) -> list[str]:
    """Describe in words the day on which the timeline draws each claim.

    Args:
        corpus: The corpus.
        source_ids: The source of each claim.
        spans: The days of the claims, as `claim_date_spans` computes them.

    Returns:
        A phrase for each claim, such as `happened 3 to 5 May 2031`, `said 6 May 2031` or
        `published` with the day of its source.
    """
    published = {
        source_id: claim_description.describe_publication(source)
        for source_id, source in corpus.sources.iterrows()
    }
    phrases = []
    for source_id, span in zip(source_ids, spans.itertuples(), strict=True):
        if span.rests == "happened":
            phrases.append(f"happened {dates.format_span(span.when_first, span.when_last)}")
        elif span.rests == "said":
            phrases.append(f"said {dates.format_day(span.mark)}")
        else:
            phrases.append(f"published {published[source_id]}")
    return phrases
