"""Analysis of competing explanations, and tests of key judgements on reduced evidence.

The weighing is an analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence
Analysis, 1999, ch. 8): evidence against an explanation counts for more than evidence consistent
with it, and what is consistent with all explanations counts for nothing.
"""

import pandas as pd

from claimbook.analysis import agreement
from claimbook.analysis.provenance import passes_through, root_institution
from claimbook.corpus.model import Corpus
from claimbook.settings import settings

CONSISTENT, INCONSISTENT, SILENT = "consistent", "inconsistent", "silent"
MAX_CREDIBILITY = 3  # the worst that counts, of 1 to 6: possibly true
DATE_BASES_IN_TEXT = {"explicit", "relative"}
STANDS, STANDS_ON_ONE_ORIGIN, FALLS = "stands", "stands on one origin", "falls"


def reading_matrix(corpus: Corpus, reader: str = "reading") -> pd.DataFrame:
    """Make a matrix of how consistent each weighed claim is with each explanation.

    Args:
        corpus: The corpus with the readings.
        reader: The column of `weighing.csv` to use: `reading` for the settled readings, `first` or
            `second` for the readings of one reader.

    Returns:
        A row for each weighed claim, a column for each explanation in the order of their numbers,
        and in the cells `CONSISTENT`, `INCONSISTENT` or `SILENT`. The order of the rows depends on
        the settled readings, whichever reader is chosen: claims that are inconsistent with most
        explanations come first, and claims with the same reading under all explanations come last.
    """
    explanations = list(corpus.explanations.sort_values("number").index)
    settled = corpus.weighing["reading"].unstack("explanation_id")[explanations]
    order = pd.DataFrame(
        {
            "is_uniform": settled.nunique(axis="columns") == 1,
            "negative_inconsistencies": -(settled == INCONSISTENT).sum(axis="columns"),
            "pattern": settled.apply("".join, axis="columns"),
            "claim": settled.index,
        }
    )
    order = order.sort_values(list(order.columns))
    return corpus.weighing[reader].unstack("explanation_id").loc[order.index, explanations]


def evidence_against(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims that are inconsistent with each explanation.

    Inconsistent are claims whose settled reading says so.

    Returns:
        A row for each explanation, with two columns of lists of claim ids: `claims`, and
        `without_institution`, which are those of the claims that do not pass through the
        institution named in the settings. Without an institution in the settings, the two are
        equal.
    """
    through = passes_through(corpus.full_claims(), settings().roles.institution)
    rows = {}
    for explanation, readings in reading_matrix(corpus).items():
        claims = [str(claim) for claim in readings.index[readings == INCONSISTENT]]
        rows[explanation] = {
            "claims": claims,
            "without_institution": [claim for claim in claims if not through[claim]],
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("explanation_id")


def reader_agreement(corpus: Corpus) -> pd.DataFrame:
    """Compute the agreement of the two readers of `weighing.csv`.

    Returns:
        A row for each explanation and a last row `all` for all together, with the columns `cells`
        (the number of readings by each reader), `alike` (how many of them are the same), `per_cent`
        (the share of these) and `alpha` (Krippendorff's alpha, NaN if all readings are the same).
    """
    first, second = reading_matrix(corpus, "first"), reading_matrix(corpus, "second")
    rows = {}
    for name, columns in {**{column: [column] for column in first}, "all": list(first)}.items():
        one, two = (readings[columns].to_numpy().ravel().tolist() for readings in (first, second))
        compared = agreement.value_agreement(one, two)
        rows[name] = {
            "cells": len(one),
            "alike": round(compared["same"] * len(one)),
            "per_cent": 100 * compared["same"],
            "alpha": compared["alpha"],
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("explanation_id")
    return table.astype({"cells": int, "alike": int})


def reduced_evidence(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Return the claims that remain in each test of robustness.

    Returns:
        The name of each test with its claims, which have the columns of `Corpus.full_claims`. The
        tests are:
        `all`: all claims.
        `<code> out`, for each source: the claims of all other sources.
        `<institution> out`: the claims that do not pass through the institution named in the
        settings. Settings without an institution give no such test.
        `coder two`: the claims that the second coder also marked, with that coder's chains.
        `dated`: the claims whose day the text itself gives.
    """
    claims = corpus.full_claims()
    roles = settings().roles
    remaining = {"all": claims}
    for code in corpus.sources.sort_values("published")["code"]:
        remaining[f"{code} out"] = claims[claims["code"] != code]
    if roles.institution:
        through = passes_through(claims, roles.institution)
        remaining[f"{roles.institution_short} out"] = claims[~through]
    remaining["coder two"] = _as_second_coder(corpus, claims)
    remaining["dated"] = claims[claims["date_basis"].isin(DATE_BASES_IN_TEXT)]
    return remaining


def robustness_of_judgements(corpus: Corpus) -> pd.DataFrame:
    """Test whether each key judgement still holds on reduced evidence.

    A judgement falls if no credible claim for it remains, or if credible claims of more
    institutions are against it than for it. Otherwise it stands if the claims for it come from at
    least two institutions, and stands on one origin if they come from only one. A claim is credible
    up to `MAX_CREDIBILITY`.

    Returns:
        A row for each judgement in the order of their numbers, a column for each test of
        `reduced_evidence`, and in the cells `STANDS`, `STANDS_ON_ONE_ORIGIN` or `FALLS`.
    """
    judgements = corpus.judgements.sort_values("number", kind="stable").index
    return pd.DataFrame(
        {
            test: {judgement: _verdict(corpus, judgement, claims) for judgement in judgements}
            for test, claims in reduced_evidence(corpus).items()
        }
    ).loc[judgements]


def speaking_institutions(
    corpus: Corpus, judgement: str, side: str, claims: pd.DataFrame
) -> set[str]:
    """Find the institutions whose credible claims support or oppose a judgement.

    A claim is credible if its credibility is at most `MAX_CREDIBILITY`.

    Args:
        corpus: The corpus with the evidence.
        judgement: The id of the judgement.
        side: `for` or `against` the judgement.
        claims: The claims to consider, with the columns of `Corpus.full_claims`.

    Returns:
        The actor ids of the topmost institutions of the claims' origins.
    """
    evidence = corpus.evidence.loc[judgement]
    credible = (evidence["side"] == side) & (evidence["credibility"] <= MAX_CREDIBILITY)
    return {
        root_institution(corpus.actors, claims.at[claim, "origin"])
        for claim in evidence.index[credible]
        if claim in claims.index
    }


def _verdict(corpus: Corpus, judgement: str, claims: pd.DataFrame) -> str:
    """Decide whether a judgement holds on some claims.

    Returns:
        `STANDS`, `STANDS_ON_ONE_ORIGIN` or `FALLS`, by the rule of `robustness_of_judgements`.
    """
    supporting = speaking_institutions(corpus, judgement, "for", claims)
    opposing = speaking_institutions(corpus, judgement, "against", claims)
    if not supporting or len(opposing) > len(supporting):
        return FALLS
    return STANDS_ON_ONE_ORIGIN if len(supporting) == 1 else STANDS


def _as_second_coder(corpus: Corpus, claims: pd.DataFrame) -> pd.DataFrame:
    """Select the claims that the second coder also marked, with that coder's chains.

    Returns:
        The matching rows of `claims`, with `chain` and `origin` as the second coder has them.
    """
    second = agreement.coder_names(corpus.passes)[1]
    settled = corpus.claims.assign(coder="settled").set_index("coder", append=True).swaplevel()
    both = pd.concat([settled, corpus.passes.loc[[second]]])
    matches = agreement.match_claims(both, "settled", second).set_index("one")
    recoded = claims.loc[[claim for claim in matches.index if claim in claims.index]].copy()
    chains = corpus.passes.loc[second].loc[matches["two"].loc[recoded.index], "chain"]
    recoded["chain"] = chains.to_list()
    recoded["origin"] = recoded["chain"].str[-1]
    return recoded
