"""The claims of this report stand in the texts that were annotated, and no file repeats those."""

from claimbook.texts import source_texts, verbatim


def test_every_claim_of_the_corpus_stands_exactly_where_its_row_says(corpus, at_hand):
    locations = source_texts.locate_claims(corpus.claims, at_hand)
    assert len(locations) == len(corpus.claims)
    assert (locations["status"] == "exact").all(), locations[locations["status"] != "exact"]


def test_every_source_at_hand_is_the_one_that_was_annotated(at_hand):
    assert all(text.same for text in at_hand.values())


def test_the_repository_keeps_the_verbatim_rule(corpus, at_hand):
    allowed = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
    assert [str(fault) for fault in verbatim.find_faults(at_hand, allowed)] == []
