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
    """Arrange the readings of the weighed claims by claim and explanation.

    Args:
        corpus: The corpus with the readings.
        reader: The column of `weighing.csv`: `reading` for the settled readings, `first` or
            `second` for those of one reader.

    Returns:
        A row for each weighed claim and a column for each explanation, in the order of their
        numbers. By the settled readings, the claims that discriminate most between explanations
        come first, and those with the same reading under all come last.
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
    """List the claims that are inconsistent with each explanation.

    Returns:
        A row for each explanation, with the columns `claims` (ids) and `without_institution`
        (those of them that do not pass through the institution of the settings).
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
        A row for each explanation and one for `all`, with the columns `cells` (readings by each
        reader), `alike`, `per_cent` and Krippendorff's `alpha`, missing where there is one reading
        throughout.
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
        By the name of the test, its claims, with the columns of `Corpus.full_claims`:
        all; those without one source, for each source; those not through the institution of the
        settings, if they name one; those that the second coder marked, too, with that coder's
        chains; and those with a day that the text itself gives.
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
    """Test whether each key judgement stands on reduced evidence.

    A judgement stands while credible claims for it come from two institutions at least. It stands
    on one origin while they come from one. It falls when none remains, or when more institutions
    speak against it than for it.

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

    Args:
        corpus: The corpus with the evidence.
        judgement: The id of the judgement.
        side: `for` or `against`.
        claims: The claims to consider, with the columns of `Corpus.full_claims`.
    """
    evidence = corpus.evidence.loc[judgement]
    credible = (evidence["side"] == side) & (evidence["credibility"] <= MAX_CREDIBILITY)
    return {
        root_institution(corpus.actors, claims.at[claim, "origin"])
        for claim in evidence.index[credible]
        if claim in claims.index
    }


def _verdict(corpus: Corpus, judgement: str, claims: pd.DataFrame) -> str:
    supporting = speaking_institutions(corpus, judgement, "for", claims)
    opposing = speaking_institutions(corpus, judgement, "against", claims)
    if not supporting or len(opposing) > len(supporting):
        return FALLS
    return STANDS_ON_ONE_ORIGIN if len(supporting) == 1 else STANDS


def _as_second_coder(corpus: Corpus, claims: pd.DataFrame) -> pd.DataFrame:
    """Select the claims that the second coder also marked, with that coder's chains."""
    second = agreement.coder_names(corpus.passes)[1]
    settled = corpus.claims.assign(coder="settled").set_index("coder", append=True).swaplevel()
    both = pd.concat([settled, corpus.passes.loc[[second]]])
    matches = agreement.match_claims(both, "settled", second).set_index("one")
    recoded = claims.loc[[claim for claim in matches.index if claim in claims.index]].copy()
    chains = corpus.passes.loc[second].loc[matches["two"].loc[recoded.index], "chain"]
    recoded["chain"] = chains.to_list()
    recoded["origin"] = recoded["chain"].str[-1]
    return recoded
