"""Explanations weighed against one another, and judgements put to the test of losing part of their evidence.

The weighing is an analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence Analysis, ch. 8): what counts against an
explanation tells more than what is consistent with it, and what is consistent with all tells nothing.
"""

from collections.abc import Callable

import pandas as pd

from claimbook.analysis import agreement
from claimbook.analysis.provenance import root_institution
from claimbook.corpus.model import Corpus
from claimbook.settings import settings

CONSISTENT, INCONSISTENT, SILENT = "consistent", "inconsistent", "silent"
USABLE = 3  # credibility: possibly true, or better
DATED = {"explicit", "relative"}  # bases of a date that the text itself gives
STANDS, ONE, FALLS = "stands", "stands on one origin", "falls"


def reading_matrix(corpus: Corpus, reader: str = "reading") -> pd.DataFrame:
    """The readings, a row for each weighed claim and a column for each explanation, in the order of the explanations' numbers.

    `reader` is the column of `weighing.csv` whose readings these are: `reading`, as settled, or `first` or `second`, of a reader alone.
    Rows that tell most between the explanations as settled come first: those with most cells inconsistent, then those with most
    silent; last those consistent with all.
    """
    columns = list(corpus.explanations.sort_values("number").index)
    readings = corpus.weighing["reading"].unstack("explanation_id")[columns]
    against = (readings == INCONSISTENT).sum(axis="columns")
    alike = readings.nunique(axis="columns") == 1
    order = pd.DataFrame(
        {
            "alike": alike,
            "against": -against,
            "text": readings.apply("".join, axis="columns"),
            "claim": readings.index,
        }
    )
    return (
        corpus.weighing[reader]
        .unstack("explanation_id")
        .loc[order.sort_values(list(order.columns)).index, columns]
    )


def evidence_against(corpus: Corpus) -> pd.DataFrame:
    """What counts against each explanation: `claims` (ids), and `without_isw` (ids not through ISW)."""
    claims = corpus.full_claims()
    rows = {}
    for explanation, readings in reading_matrix(corpus).items():
        found = [str(claim) for claim in readings.index[readings == INCONSISTENT]]
        rows[explanation] = {
            "claims": found,
            "without_isw": [
                claim
                for claim in found
                if settings().roles.institution not in claims.at[claim, "chain"]
            ],
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("explanation_id")


def reader_agreement(corpus: Corpus) -> pd.DataFrame:
    """How well the two readers of `weighing.csv` agree, a row for each explanation and one for `all`.

    `cells` (claims by explanations), `alike`, `per_cent`, and Krippendorff's `alpha`, missing where one value stands throughout.
    """
    first, second = reading_matrix(corpus, "first"), reading_matrix(corpus, "second")
    rows = {}
    for name, columns in {**{column: [column] for column in first}, "all": list(first)}.items():
        one, two = (readings[columns].to_numpy().ravel().tolist() for readings in (first, second))
        found = agreement.value_agreement(one, two)
        rows[name] = {
            "cells": len(one),
            "alike": round(found["same"] * len(one)),
            "per_cent": 100 * found["same"],
            "alpha": found["alpha"],
        }
    return (
        pd.DataFrame.from_dict(rows, orient="index")
        .rename_axis("explanation_id")
        .astype({"cells": int, "alike": int})
    )


def robustness_tests(corpus: Corpus) -> dict[str, Callable[[pd.DataFrame], pd.DataFrame]]:
    """The tests, by name: each takes the full claims and gives those that are left, with their origins as the test has them."""
    tests: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {"all": lambda claims: claims}
    for code in corpus.sources.sort_values("published")["code"]:
        tests[f"{code} out"] = lambda claims, code=code: claims[claims["code"] != code]
    tests["ISW out"] = lambda claims: claims[
        [settings().roles.institution not in chain for chain in claims["chain"]]
    ]
    tests["coder two"] = lambda claims: _as_coded_second(corpus, claims)
    tests["dated"] = lambda claims: claims[claims["date_basis"].isin(DATED)]
    return tests


def test_judgements(corpus: Corpus) -> pd.DataFrame:
    """How each key judgement fares under each test: a row a judgement in the order of their numbers, a column a test.

    A judgement stands while usable claims for it come from two institutions at least, stands on one origin while they come from
    one, and falls when none is left or more institutions speak against it than for it.
    """
    known = corpus.full_claims()
    left = {name: cut(known) for name, cut in robustness_tests(corpus).items()}
    order = corpus.judgements.sort_values("number", kind="stable").index
    return pd.DataFrame(
        {
            name: {judgement: _verdict(corpus, judgement, claims) for judgement in order}
            for name, claims in left.items()
        }
    ).loc[order]


def supporting_institutions(
    corpus: Corpus, judgement: str, side: str, claims: pd.DataFrame
) -> set[str]:
    """The institutions whose usable claims, among those given, speak on one side (`for`, `against`) of a judgement."""
    evidence = corpus.evidence.loc[judgement]
    usable = evidence.index[(evidence["side"] == side) & (evidence["credibility"] <= USABLE)]
    return {
        root_institution(corpus.actors, claims.at[claim, "origin"])
        for claim in usable
        if claim in claims.index
    }


def _verdict(corpus: Corpus, judgement: str, claims: pd.DataFrame) -> str:
    speaking, opposing = (
        supporting_institutions(corpus, judgement, side, claims) for side in ("for", "against")
    )
    if not speaking or len(opposing) > len(speaking):
        return FALLS
    return ONE if len(speaking) == 1 else STANDS


def _as_coded_second(corpus: Corpus, claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that the second coder found too, with the chains that this coder gave them."""
    second = agreement.coder_names(corpus.passes)[1]
    settled = corpus.claims.assign(coder="settled").set_index("coder", append=True).swaplevel()
    both = pd.concat([settled, corpus.passes.loc[[second]]])
    pairs = agreement.match_claims(both, "settled", second)
    kept = claims.loc[[claim for claim in pairs["one"] if claim in claims.index]].copy()
    chains = corpus.passes.loc[second].loc[pairs.set_index("one")["two"].loc[kept.index], "chain"]
    kept["chain"] = chains.to_list()
    kept["origin"] = kept["chain"].str[-1]
    return kept
