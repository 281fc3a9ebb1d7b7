"""Analysis of competing explanations by what each of them would make surprising.

The weighing is an analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence
Analysis, 1999, ch. 8): evidence against an explanation counts for more than evidence consistent
with it, and what is equally surprising under all of them counts for nothing.
"""

import pandas as pd

from claimbook.analysis import agreement
from claimbook.analysis.provenance import passes_through
from claimbook.analysis.reduced_evidence import remaining_claims
from claimbook.corpus.model import Corpus
from claimbook.settings import settings

NOT, SOMEWHAT, VERY = "not", "somewhat", "very"
WEIGHTS = {NOT: 0, SOMEWHAT: 1, VERY: 2}
SETTLED = "surprise"  # the column of settled readings; `first` and `second` are the readers'
FIRST, SECOND = "first reader", "second reader"
FACTS, SEEN = "without opinions", "only what was seen"


def surprise_matrix(corpus: Corpus, reader: str = SETTLED, later: bool = False) -> pd.DataFrame:
    """Make a matrix of how surprising each proposition is under each explanation.

    Args:
        corpus: The corpus with the readings.
        reader: The column of `weighing.csv` to use: `SETTLED`, `first` or `second`.
        later: Whether to take the propositions that became known after the as-of day instead of
            those known by then.

    Returns:
        A row for each proposition by its number, a column for each explanation by its number, and
        in the cells `NOT`, `SOMEWHAT` or `VERY`.
    """
    explanations = list(corpus.explanations.sort_values("number").index)
    propositions = corpus.propositions.sort_values("number")
    chosen = propositions.index[(propositions["later"] == "yes") == later]
    readings = corpus.weighing[reader].unstack("explanation_id")
    if readings.empty:  # there are propositions without explanations, or neither
        return pd.DataFrame(index=chosen, columns=explanations, dtype=object)
    return readings.loc[chosen, explanations]


def diagnosticity(matrix: pd.DataFrame) -> pd.Series:
    """Compute how far each proposition tells the explanations apart.

    Args:
        matrix: A matrix as of `surprise_matrix`.

    Returns:
        By proposition id, the largest weight in its row less the smallest, 0 to 2. It is 0 where
        the proposition is equally surprising under all explanations.
    """
    weights = _weights(matrix)
    return weights.max(axis="columns") - weights.min(axis="columns")


def disconfirmation(matrix: pd.DataFrame) -> pd.Series:
    """Sum up what speaks against each explanation.

    Args:
        matrix: A matrix as of `surprise_matrix`.

    Returns:
        By explanation id, the sum of the weights of the propositions that tell the explanations
        apart.
    """
    return _weights(matrix)[diagnosticity(matrix) > 0].sum().astype(int)


def disconfirmation_on_reduced_evidence(corpus: Corpus) -> pd.DataFrame:
    """Sum up what speaks against each explanation in each test of the settings.

    A proposition remains in a test while one of its claims does.

    Returns:
        A row for each explanation, and a column for each test: those of `remaining_claims`;
        `FACTS`, without propositions that are somebody's judgement; `SEEN`, with those alone that
        several saw who share no interest; and each reader's own readings, `FIRST` and `SECOND`.
    """
    matrix = surprise_matrix(corpus)
    propositions = corpus.propositions.loc[matrix.index]
    members = propositions["claims"]
    scores = {}
    for test, remaining in remaining_claims(corpus).items():
        is_left = members.map(lambda claims, left=remaining: not left.isdisjoint(claims))
        scores[test] = disconfirmation(matrix[is_left.astype(bool)])
    scores[FACTS] = disconfirmation(matrix[propositions["kind"] != "judgement"])
    scores[SEEN] = disconfirmation(matrix[propositions["credibility"] == "observed"])
    for name, reader in ((FIRST, "first"), (SECOND, "second")):
        scores[name] = disconfirmation(surprise_matrix(corpus, reader))
    return pd.DataFrame(scores, dtype=int).rename_axis("explanation_id")


def evidence_against(corpus: Corpus) -> pd.DataFrame:
    """Collect the propositions that are very surprising under each explanation.

    Returns:
        A row for each explanation, with two columns of lists of proposition ids: `propositions`,
        and `without_institution`, which are those with a claim that does not pass through the
        institution named in the settings. Without an institution, the two are equal.
    """
    through = passes_through(corpus.full_claims(), settings().roles.institution)
    members = corpus.propositions["claims"]
    rows = {}
    for explanation, readings in surprise_matrix(corpus).items():
        against = [str(name) for name in readings.index[readings == VERY]]
        others = [name for name in against if not all(through[c] for c in members[name])]
        rows[explanation] = {"propositions": against, "without_institution": others}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("explanation_id")


def reader_agreement(corpus: Corpus) -> pd.DataFrame:
    """Compute the agreement of the two readers of `weighing.csv`.

    Returns:
        A row for each explanation and a last row `all` for all together, with the columns `cells`
        (the number of readings by each reader), `alike` (how many of them are the same), `opposed`
        (how many are `NOT` for one and `VERY` for the other), `per_cent` (the share of those alike)
        and `alpha` (Krippendorff's alpha, NaN if all readings are the same).
    """
    first, second = corpus.weighing["first"], corpus.weighing["second"]
    explanations = list(corpus.explanations.sort_values("number").index)
    of_row = corpus.weighing.index.get_level_values("explanation_id")
    rows = {}
    for name in (*explanations, "all"):
        is_chosen = (of_row == name) | (name == "all")
        one, two = first[is_chosen].to_list(), second[is_chosen].to_list()
        compared = agreement.value_agreement(one, two)
        rows[name] = {
            "cells": len(one),
            "alike": round(compared["same"] * len(one)) if one else 0,
            "opposed": sum({a, b} == {NOT, VERY} for a, b in zip(one, two, strict=True)),
            "per_cent": 100 * compared["same"],
            "alpha": compared["alpha"],
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("explanation_id")
    return table.astype({"cells": int, "alike": int, "opposed": int})


def _weights(matrix: pd.DataFrame) -> pd.DataFrame:
    """Replace the readings of a matrix by their weights."""
    return matrix.apply(lambda column: column.astype(str).map(WEIGHTS)).astype(int)
