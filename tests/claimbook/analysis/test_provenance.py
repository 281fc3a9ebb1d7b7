"""Origins count, not articles."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import provenance


def test_a_person_speaks_for_the_institution_above(corpus):
    assert provenance.root_institution(corpus.actors, "stein") == "norrland-government"
    assert provenance.root_institution(corpus.actors, "iss") == "iss"
    with pytest.raises(KeyError):
        provenance.root_institution(corpus.actors, "nobody")


def test_institutions_that_belong_to_one_another_end_the_search(corpus):
    actors = corpus.actors.copy()
    actors.loc["iss", "institution"] = "pilots"
    actors.loc["pilots", "institution"] = "iss"
    assert provenance.root_institution(actors, "iss") == "pilots"
    assert provenance.root_institution(actors, "pilots") == "iss"


def test_the_background_has_no_chains_and_a_relay_stands_next_to_the_outlet(corpus):
    chains = provenance.provenance_chains(corpus)
    assert len(chains) == 9
    assert "HP-04" not in chains.index
    assert chains.loc["CW-02", ["outlet", "relay", "origin"]].to_list() == [
        "coast-wire",
        "daily-example",
        "iss",
    ]
    assert chains.loc["DE-02", "relay"] == ""


def test_an_actor_is_found_anywhere_in_a_chain(corpus):
    through = provenance.passes_through(corpus.claims, "daily-example")
    assert set(through.index[through]) == {"CW-02", "DE-01", "DE-02", "DE-03", "DE-04"}


def test_what_two_sources_take_from_one_institution_is_one_proposition(corpus):
    [proposition] = provenance.repeated_propositions(corpus).to_dict("records")
    assert proposition == {
        "claims": ["CW-02", "DE-02"],
        "sources": ["CW", "DE"],
        "origins": ["iss"],
        "institutions": ["iss"],
    }


def with_repeats(corpus, *pairs: tuple[str, str]):
    index = pd.MultiIndex.from_tuples(
        [(one, "repeats", other) for one, other in pairs], names=corpus.relations.index.names
    )
    relations = pd.DataFrame({"subject": "", "note": ""}, index=index)
    return dataclasses.replace(corpus, relations=relations)


def test_claims_that_repeat_one_another_in_turn_are_one_group(corpus):
    chained = with_repeats(corpus, ("DE-03", "CW-01"), ("CW-01", "HP-02"))
    [proposition] = provenance.repeated_propositions(chained).to_dict("records")
    assert proposition["claims"] == ["CW-01", "DE-03", "HP-02"]
    assert proposition["institutions"] == ["harbour-post", "norrland-government"]


def test_groups_from_most_sources_come_first_and_those_of_one_voice_are_left_out(corpus):
    changed = with_repeats(
        corpus, ("CW-02", "DE-02"), ("DE-03", "CW-01"), ("CW-01", "HP-02"), ("HP-04", "HP-02")
    )
    propositions = provenance.repeated_propositions(changed)
    assert propositions["sources"].to_list() == [["CW", "DE", "HP"], ["CW", "DE"]]
    one_voice = with_repeats(corpus, ("HP-04", "HP-02"))
    assert provenance.repeated_propositions(one_voice).empty


def test_what_two_voices_say_in_one_source_is_repeated(corpus):
    changed = with_repeats(corpus, ("DE-02", "DE-03"))
    [proposition] = provenance.repeated_propositions(changed).to_dict("records")
    assert proposition["sources"] == ["DE"]
    assert proposition["origins"] == ["iss", "stein"]
