"""The provenance of claims: chains of attribution, institutions and repeated propositions."""

import pandas as pd

from claimbook.corpus.model import REPEATS, Corpus
from claimbook.settings import settings


def root_institution(actors: pd.DataFrame, actor: str) -> str:
    """Find the topmost institution above an actor.

    In a cycle of institutions, the search ends at the last actor that it reaches before it would
    visit one twice, the actor with which it begins included.

    Args:
        actors: The actors by id. The column `institution` has the id of the actor above, or is
            empty.
        actor: The id of the actor.

    Returns:
        The id of the topmost institution; the id of the actor itself if it belongs to none.

    Raises:
        KeyError: An actor is unknown.
    """
    visited = {actor}
    while (parent := str(actors.loc[actor, "institution"])) and parent not in visited:
        visited.add(parent)
        actor = parent
    return actor


def passes_through(claims: pd.DataFrame, actor: str) -> pd.Series:
    """Check for each claim whether an actor is anywhere in its chain of attribution.

    Args:
        claims: Claims by id, with `chain` (lists of actor ids).
        actor: The id of the actor. The empty id is in no chain.

    Returns:
        Booleans by claim id.
    """
    return claims["chain"].map(lambda chain: actor in chain).astype(bool)


def argued_claims(corpus: Corpus) -> pd.DataFrame:
    """Return the claims of every theme but the background, as `full_claims`."""
    claims = corpus.full_claims()
    return claims[claims["theme"] != settings().roles.background]


def provenance_chains(corpus: Corpus) -> pd.DataFrame:
    """Reduce the chain of each argued claim to its outlet, relay and origin.

    Argued claims are those of every theme except the background.

    Returns:
        By claim id, the columns `code`, `outlet`, `relay`, `origin`, `theme` and `bearing`. The
        relay is the actor from whom the outlet has the claim, if that is not the origin; else it is
        empty.
    """
    claims = argued_claims(corpus)
    relays = claims["chain"].map(lambda chain: chain[1] if len(chain) > 2 else "")
    return claims.assign(relay=relays)[["code", "outlet", "relay", "origin", "theme", "bearing"]]


def repeated_propositions(corpus: Corpus) -> pd.DataFrame:
    """Group the claims that repeat one another, directly or by way of other claims.

    Groups from only one source and one origin are omitted.

    Returns:
        A row for each group, with the columns `claims` (ids), `sources` (codes), `origins` and
        `institutions` (actor ids). Groups from most sources come first. Groups from equally many
        sources are in the order of the ids of a representative claim.
    """
    relations = corpus.relations.index.to_frame(index=False)
    repeats = relations[relations["relation"] == REPEATS]
    group_of = _connected_groups(list(zip(repeats["claim_a"], repeats["claim_b"], strict=True)))
    claims = corpus.full_claims().loc[sorted(group_of)]
    claims["group"] = [group_of[claim] for claim in claims.index]
    claims["institution"] = [root_institution(corpus.actors, origin) for origin in claims["origin"]]
    groups = (
        claims.rename_axis("claim_id")
        .reset_index()
        .groupby("group")
        .agg(
            claims=("claim_id", list),
            sources=("code", _sorted_unique),
            origins=("origin", _sorted_unique),
            institutions=("institution", _sorted_unique),
        )
    )
    sizes = groups.map(len)
    groups = groups.assign(negative_sources=-sizes["sources"])
    groups = groups[(sizes["sources"] > 1) | (sizes["origins"] > 1)]
    return (
        groups.sort_values(["negative_sources", "group"])
        .drop(columns="negative_sources")
        .reset_index(drop=True)
    )


def _sorted_unique(values: pd.Series) -> list[str]:
    return sorted(set(values))


def _connected_groups(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Map each member of some pairs to a representative of its connected group.

    Pairs are the edges of a graph, and its connected components the groups. They are found with a
    disjoint-set forest (R. E. Tarjan, 1975), with path halving.
    """
    parents: dict[str, str] = {}

    def find_root(member: str) -> str:
        while (parent := parents.get(member, member)) != member:
            parents[member] = parents.get(parent, parent)
            member = parent
        return member

    for one, other in pairs:
        parents[find_root(one)] = find_root(other)
    return {member: find_root(member) for pair in pairs for member in pair}
