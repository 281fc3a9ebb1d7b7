"""Evidence with one kind of source left out, to see what a conclusion rests on."""

import pandas as pd

from claimbook.analysis.provenance import passes_through
from claimbook.corpus.model import Corpus
from claimbook.settings import Reduction, settings

ALL = "all evidence"


def remaining_claims(corpus: Corpus) -> dict[str, set[str]]:
    """Return the claims that remain in each test of the settings.

    Returns:
        The ids of the claims by the name of the test. The first test, `ALL`, leaves out nothing;
        the others are the `reductions` of the settings.
    """
    claims = corpus.full_claims()
    remaining = {ALL: set(claims.index.astype(str))}
    for reduction in settings().reductions:
        kept = claims[~_is_left_out(corpus, claims, reduction)]
        remaining[reduction.name] = set(kept.index.astype(str))
    return remaining


def _is_left_out(corpus: Corpus, claims: pd.DataFrame, reduction: Reduction) -> pd.Series:
    """Check for each claim whether a test leaves it out, as booleans by claim id."""
    is_out = passes_through(claims, reduction.through)
    if reduction.side:
        kinds = claims["origin"].map(corpus.actors["kind"])
        is_out |= (claims["side"] == reduction.side) & kinds.isin(reduction.actor_kinds)
    if reduction.source_kinds:
        kinds = claims["source_id"].map(corpus.sources["kind"])
        is_out |= kinds.isin(reduction.source_kinds)
    if reduction.languages:
        languages = claims["source_id"].map(corpus.sources["language"])
        is_out |= languages.isin(reduction.languages)
    return is_out
