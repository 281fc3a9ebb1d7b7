"""How much the texts of each series say, month by month, and whose publications they cite."""

import pandas as pd

from claimbook.corpus.model import Corpus

ALL = "all"  # the last row of a table of counts


def texts_and_claims(corpus: Corpus) -> pd.DataFrame:
    """List the texts with the number of their claims.

    Returns:
        A row for each source, with the columns `series`, `outlet`, `published`, `month` (as
        `2031-09`) and `claims`.
    """
    texts = corpus.sources[["series", "outlet", "published"]].copy()
    texts["month"] = texts["published"].dt.strftime("%Y-%m")
    texts["claims"] = corpus.claims.groupby("source_id").size().reindex(texts.index, fill_value=0)
    return texts


def counts_by_group(corpus: Corpus) -> pd.DataFrame:
    """Count texts and claims by series, or by outlet where a text has no series.

    Returns:
        A row for each series or outlet, those with most claims first, with the columns `series` and
        `outlet` (one of them empty), `texts`, `with_claims` (texts), `claims`, `first` and `last`
        (days of publication).
    """
    texts = texts_and_claims(corpus)
    texts["outlet"] = texts["outlet"].where(texts["series"] == "", "")
    counted = texts.groupby(["series", "outlet"]).agg(
        texts=("claims", "size"),
        with_claims=("claims", lambda claims: int((claims > 0).sum())),
        claims=("claims", "sum"),
        first=("published", "min"),
        last=("published", "max"),
    )
    return counted.sort_values(["claims", "texts"], ascending=False).reset_index()


def counts_by_month(corpus: Corpus, series: str) -> pd.DataFrame:
    """Count the texts and claims of a series by month.

    Returns:
        A row for each month in which the series has a text, with the columns `texts`,
        `with_claims` (texts) and `claims`; the last row, `ALL`, is for all months.

    Raises:
        KeyError: No source is of that series.
    """
    texts = texts_and_claims(corpus)
    texts = texts[texts["series"] == series]
    if texts.empty:
        raise KeyError(f"no source of the series {series}")
    counted = texts.groupby("month").agg(
        texts=("claims", "size"),
        with_claims=("claims", lambda claims: int((claims > 0).sum())),
        claims=("claims", "sum"),
    )
    return pd.concat([counted, counted.sum().to_frame(ALL).T])


def cited_publications(corpus: Corpus) -> pd.DataFrame:
    """Count whose publications the notes behind claims lead to.

    Returns:
        A row for each value of the column `whose` of the table `citations`, the most frequent
        first, with the columns `addresses` (an address counts once for each claim), `claims` and
        `share` (of the claims with notes, from 0 to 1; a claim may have notes of several kinds).
    """
    citations = corpus.citations.reset_index()
    with_notes = citations["claim_id"].nunique()
    counted = citations.groupby("whose", observed=True).agg(
        addresses=("claim_id", "size"), claims=("claim_id", "nunique")
    )
    counted["share"] = counted["claims"] / with_notes
    return counted.sort_values(["claims", "addresses"], ascending=False)
