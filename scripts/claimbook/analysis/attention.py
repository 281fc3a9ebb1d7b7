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
        `outlet` (one of them empty), `texts`, `with_claims` (texts), `claims`, `grades` (the
        reliability of its sources, each grade once), `first` and `last` (the days between which
        they were published).
    """
    columns = ["published_earliest", "published_latest", "reliability"]
    texts = texts_and_claims(corpus).join(corpus.sources[columns])
    texts["outlet"] = texts["outlet"].where(texts["series"] == "", "")
    counted = texts.groupby(["series", "outlet"]).agg(
        texts=("claims", "size"),
        with_claims=("claims", lambda claims: int((claims > 0).sum())),
        claims=("claims", "sum"),
        grades=("reliability", lambda grades: sorted(set(grades.dropna()))),
        first=("published_earliest", "min"),
        last=("published_latest", "max"),
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


def attention_by_day(corpus: Corpus, series: str) -> pd.DataFrame:
    """Compute by day what share of the words of a series stands in passages in scope.

    Of a text that is coded whole all words count as in scope.

    Returns:
        A row for each day from the first to the last text, indexed by the day, with the columns
        `code` (of the text; empty on a day without one), `in_scope` and `body_words` (numbers of
        words), `share` (from 0 to 1; missing without a text), `cut` (whether the copy is) and
        `claims` (ids). Several texts of a day count as one.

    Raises:
        KeyError: No source is of that series.
    """
    texts = corpus.sources[corpus.sources["series"] == series]
    if texts.empty:
        raise KeyError(f"no source of the series {series}")
    in_passages = corpus.passages.groupby("source_id")["words"].sum()
    claims = corpus.claims.rename_axis("claim_id").reset_index()
    ids = claims.groupby("source_id")["claim_id"].agg(list)
    texts = texts.assign(
        in_scope=in_passages.reindex(texts.index, fill_value=0)
        .astype(int)
        .where(texts["scope"] == "passages", texts["body_words"]),
        cut=texts["extent"] != "whole",
        claims=[ids.get(source_id, []) for source_id in texts.index],
    )
    by_day = texts.groupby("published").agg(
        code=("code", " ".join),
        in_scope=("in_scope", "sum"),
        body_words=("body_words", "sum"),
        cut=("cut", "any"),
        claims=("claims", "sum"),
    )
    days = by_day.reindex(pd.date_range(by_day.index.min(), by_day.index.max(), name="day"))
    days["share"] = days["in_scope"].astype(float) / days["body_words"].astype(float)
    days["code"] = days["code"].fillna("")
    days["cut"] = days["cut"].eq(True)
    days["claims"] = [ids if isinstance(ids, list) else [] for ids in days["claims"]]
    return days
