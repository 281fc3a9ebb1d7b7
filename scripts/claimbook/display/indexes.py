"""Indexes of actors and places, and the table of people."""

from urllib.parse import quote

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.display.markdown import (
    Cite,
    Entry,
    MystBlock,
    definition_list,
    escape_markdown,
    myst_table,
)
from claimbook.language.words import capitalize_first, code_label, without_article

MAX_LISTED = 40  # claims of one entry; more are left to the explorer
EXPLORER = "explorer.html"  # as seen from the page of an index


def _index_name(actor: pd.Series) -> str:
    """Return the name of an actor as an index has it.

    Returns:
        `Example, Ada` for a person whose name ends with the short name `Example`. For any other
        actor, the name without its article, beginning with a capital.
    """
    name, short = actor["name"], actor["short"]
    if actor["kind"] == "person" and name.endswith(f" {short}"):
        return f"{short}, {name.removesuffix(short).strip()}"
    return capitalize_first(without_article(name))


def _casefold(names: pd.Series) -> pd.Series:
    return names.str.casefold()


def _sorted_for_index(actors: pd.DataFrame) -> pd.DataFrame:
    """Sort actors as in an index, without regard to case.

    Returns:
        The actors with the added column `index_name`.
    """
    names = [_index_name(actor) for _, actor in actors.iterrows()]
    actors = actors.assign(index_name=pd.Series(names, index=actors.index, dtype=str))
    return actors.sort_values("index_name", key=_casefold)


def actor_index(corpus: Corpus) -> MystBlock:
    """Make an index of the actors, with the claims of each.

    Each term is an actor. Its definition has the role, the claims that originate from the actor,
    and those that the actor passes on between origin and outlet. Actors without such claims are
    omitted. Of more than `MAX_LISTED` claims it has the number, with a link to the explorer.
    """
    claims = corpus.full_claims()
    relays = claims["chain"].str[1:-1].explode()
    found = []
    for actor_id, actor in _sorted_for_index(corpus.actors).iterrows():
        own = [str(claim) for claim in claims.index[claims["origin"] == actor_id]]
        relayed = [str(claim) for claim in relays.index[relays == actor_id].unique()]
        if own or relayed:
            found.append((actor, own, relayed))

    def entry(actor: pd.Series, own: list[str], relayed: list[str], cite: Cite) -> Entry:
        sentences = [f"{escape_markdown(actor['role'])}."]
        if own:
            sentences.append(f"Origin: {_list_claims(own, 'speaker', actor.name, cite)}.")
        if relayed:
            sentences.append(f"Passes on: {_list_claims(relayed, 'speaker', actor.name, cite)}.")
        return escape_markdown(actor["index_name"]), [" ".join(sentences)]

    return definition_list(lambda cite: [entry(*each, cite) for each in found])


def place_index(corpus: Corpus) -> MystBlock:
    """Make an index of the places that claims name, with other spellings.

    Places without claims are omitted. Of more than `MAX_LISTED` claims an entry has the number,
    with a link to the explorer.
    """
    named = corpus.claims["places"].explode()
    places = corpus.places.sort_values("name", key=_casefold)
    found = [
        (
            place_id,
            escape_markdown(f"{name} (also {', '.join(others)})" if others else name),
            claims,
        )
        for place_id, name, others in places[["name", "also_called"]].itertuples()
        if (claims := [str(claim) for claim in named.index[named == place_id]])
    ]
    return definition_list(
        lambda cite: [
            (name, [_list_claims(claims, "place", place_id, cite)])
            for place_id, name, claims in found
        ]
    )


def _list_claims(claims: list[str], filter_name: str, value: object, cite: Cite) -> str:
    """Write the claims of an entry as citations, or as a link to the explorer.

    Args:
        claims: The ids of the claims.
        filter_name: The filter of the explorer that selects them.
        value: The value of that filter.
        cite: The function that cites claims.
    """
    if len(claims) <= MAX_LISTED:
        return cite(claims)
    address = f"{EXPLORER}#{filter_name}={quote(str(value))}"
    # in print, which drops the tags, the words stand alone
    return f'{len(claims):,} claims, <a class="cb-selection" href="{address}">in the explorer</a>'


def people_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of the people, sorted by family name.

    The columns are the name, the office, and the number of claims by theme that originate from the
    person.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    claims = corpus.full_claims()
    people = corpus.actors[corpus.actors["kind"] == "person"]
    rows = []
    for actor_id, actor in _sorted_for_index(people).iterrows():
        themes = claims.loc[claims["origin"] == actor_id, "theme"].value_counts()
        counts = [
            f"{code_label(str(theme))} {number}" for theme, number in themes.items() if number
        ]
        rows.append(
            {
                "Who": escape_markdown(actor["name"]),
                "Office at the time": escape_markdown(actor["role"]),
                "Claims as origin": ", ".join(counts) or "none",
            }
        )
    return myst_table(rows, title, "people")
