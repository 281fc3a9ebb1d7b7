"""Tests of the judgements on reduced evidence: which of them rest on one kind of source."""

import pandas as pd

from claimbook.analysis.provenance import root_institution
from claimbook.analysis.reduced_evidence import remaining_claims
from claimbook.corpus.model import Corpus

MAX_CREDIBILITY = 3  # the worst that counts, of 1 to 6: possibly true
UNLIKELY = ("unlikely", "very unlikely", "almost no chance")
OPEN = ("even chance", "not enough to judge")  # they hold while neither side outweighs the other
STANDS, ONE_ORIGIN, TIED = "stands", "stands on one origin", "tied"
FALLS, EMPTY = "falls", "nothing left"


def robustness_of_judgements(corpus: Corpus) -> pd.DataFrame:
    """Test whether each judgement still holds on reduced evidence.

    The evidence for and against a proposition is counted in institutions that speak credibly, which
    is up to `MAX_CREDIBILITY`. A judgement that the proposition is likely falls if none speaks for
    it or more speak against it than for it, and is tied if as many do; it stands on one origin if
    only one speaks, and for it. For a judgement that the proposition is unlikely the sides are
    exchanged. A judgement of `OPEN` falls if one side has at least two institutions more than the
    other. Without credible evidence on either side, nothing is left to judge by.

    Returns:
        A row for each judgement, those that lead first, a column for each test of
        `remaining_claims`, and in the cells `STANDS`, `ONE_ORIGIN`, `TIED`, `FALLS` or `EMPTY`.
    """
    claims = corpus.full_claims()
    judgements = corpus.judgements.sort_values("number")
    return pd.DataFrame(
        {
            test: {
                judgement: _verdict(corpus, str(judgement), likelihood, claims.loc[list(remaining)])
                for judgement, likelihood in judgements["likelihood"].items()
            }
            for test, remaining in remaining_claims(corpus).items()
        }
    ).loc[judgements.index]


def supporting_side(likelihood: str) -> str:
    """Return the side of the evidence that supports a judgement of this likelihood."""
    return "against" if likelihood in UNLIKELY else "for"


def speaking_institutions(
    corpus: Corpus, judgement: str, side: str, claims: pd.DataFrame
) -> set[str]:
    """Find the institutions whose credible claims support or oppose a proposition.

    A claim is credible if its credibility is at most `MAX_CREDIBILITY`.

    Args:
        corpus: The corpus with the evidence.
        judgement: The id of the judgement.
        side: `for` or `against` the proposition.
        claims: The claims to consider, with the columns of `Corpus.full_claims`.

    Returns:
        The actor ids of the topmost institutions of the claims' origins.
    """
    evidence = corpus.evidence
    evidence = evidence[evidence.index.get_level_values("judgement_id") == judgement]
    is_credible = (evidence["side"] == side) & (evidence["credibility"] <= MAX_CREDIBILITY)
    return {
        root_institution(corpus.actors, claims.at[claim, "origin"])
        for claim in evidence.index[is_credible].get_level_values("claim_id")
        if claim in claims.index
    }


def _verdict(corpus: Corpus, judgement: str, likelihood: str, claims: pd.DataFrame) -> str:
    """Decide whether a judgement holds on some claims, by the rule for all of them."""
    side = supporting_side(likelihood)
    other = "for" if side == "against" else "against"
    supporting = len(speaking_institutions(corpus, judgement, side, claims))
    opposing = len(speaking_institutions(corpus, judgement, other, claims))
    if not supporting and not opposing:
        return EMPTY
    if likelihood in OPEN:
        return FALLS if abs(supporting - opposing) > 1 else STANDS
    if not supporting or opposing > supporting:
        return FALLS
    if opposing == supporting:
        return TIED
    return ONE_ORIGIN if supporting == 1 else STANDS
