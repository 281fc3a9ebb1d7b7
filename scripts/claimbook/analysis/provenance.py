"""Origins, not articles: who stands at the far end of each chain, and how many of them stand behind a proposition."""

import pandas as pd

from claimbook.corpus.model import Corpus

JOINS = ["repeats"]  # relations that make two claims one proposition


def root_institution(actors: pd.DataFrame, actor: str) -> str:
    """The institution that an actor finally speaks for (its own id where it belongs to none). Raises KeyError if unknown."""
    seen = set()
    while (above := actors.loc[actor, "institution"]) and above not in seen:
        seen.add(above)
        actor = above
    return actor


def provenance_chains(corpus: Corpus) -> pd.DataFrame:
    """The claims that bear on Belarus with `outlet`, `relay` and `origin` as actor ids, by claim id.

    `relay` is the link next to the outlet where the chain has more than two, else empty; context is left out.
    """
    claims = corpus.full_claims()
    claims = claims[claims["theme"] != "context"].copy()
    claims["relay"] = claims["chain"].map(lambda chain: chain[1] if len(chain) > 2 else "")
    return claims[["code", "outlet", "relay", "origin", "theme", "bearing"]]


def largest_origins(corpus: Corpus) -> pd.DataFrame:
    """Origins by the number of claims that go back to them: `claims`, `sources` (how many carry them) and `name`."""
    grouped = (
        provenance_chains(corpus).groupby("origin")["code"].agg(claims="size", sources="nunique")
    )
    grouped["name"] = grouped.index.map(corpus.actors["name"])
    return grouped.sort_values(["claims", "sources"], ascending=False, kind="stable")


def repeated_propositions(corpus: Corpus) -> pd.DataFrame:
    """What is said more than once: groups of claims joined by `repeats`, with the voices behind them.

    Columns `claims` (ids), `sources` (codes), `origins` and `institutions` (actor ids); only groups that stand in several sources or
    come from several origins. Sorted by number of sources, then by first claim.
    """
    parent: dict[str, str] = {}

    def root(claim: str) -> str:
        while (above := parent.get(claim, claim)) != claim:
            parent[claim] = parent.get(above, above)  # halves the way for whoever asks next
            claim = above
        return claim

    joins = corpus.relations.reset_index()
    for row in joins[joins["relation"].isin(JOINS)].itertuples():
        parent[root(row.claim_a)] = root(row.claim_b)
    members = {
        claim
        for row in joins[joins["relation"].isin(JOINS)].itertuples()
        for claim in (row.claim_a, row.claim_b)
    }
    claims = corpus.full_claims().loc[sorted(members)]
    claims["group"] = [root(claim) for claim in claims.index]
    claims["institution"] = [root_institution(corpus.actors, origin) for origin in claims["origin"]]
    grouped = (
        claims.rename_axis("claim_id")
        .reset_index()
        .groupby("group")
        .agg(
            claims=("claim_id", list),
            sources=("code", lambda codes: sorted(set(codes))),
            origins=("origin", lambda ids: sorted(set(ids))),
            institutions=("institution", lambda ids: sorted(set(ids))),
        )
    )
    wide = grouped[(grouped["sources"].map(len) > 1) | (grouped["origins"].map(len) > 1)]
    order = wide.assign(number=-wide["sources"].map(len)).sort_values(["number", "group"]).index
    return wide.loc[order].reset_index(drop=True)
