"""How a claim stands to others, seen from its own side."""

import pandas as pd

OPPOSED = ("contradicts", "disputes")
REVERSED = {
    "repeats": "is repeated by",
    "supports": "is supported by",
    "contradicts": "contradicts",
    "disputes": "disputes",
    "updates": "is updated by",
}


def of_claim(relations: pd.DataFrame, claim: str) -> list[tuple[str, str]]:
    """The relations of a claim as (relation, other claim); those told from the other side are turned round."""
    pairs = []
    for claim_a, relation, claim_b in relations.index:
        if claim_a == claim:
            pairs.append((relation, claim_b))
        elif claim_b == claim:
            pairs.append((REVERSED[relation], claim_a))
    return sorted(pairs)
