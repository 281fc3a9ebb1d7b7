"""How a claim stands to others, seen from its own side."""

from collections import defaultdict

import pandas as pd

OPPOSED = ("contradicts", "disputes")
REVERSED = {
    "repeats": "is repeated by",
    "supports": "is supported by",
    "contradicts": "contradicts",
    "disputes": "disputes",
    "updates": "is updated by",
}


def by_claim(relations: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """The relations of each claim that has any, as (relation, other claim); those told from the other side are turned round."""
    pairs = defaultdict(list)
    for claim_a, relation, claim_b in relations.index:
        pairs[claim_a].append((relation, claim_b))
        pairs[claim_b].append((REVERSED[relation], claim_a))
    return {claim: sorted(of_claim) for claim, of_claim in pairs.items()}
