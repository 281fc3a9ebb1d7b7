"""The numbers and the story of the page on how the news told it, against the tables."""

import pytest
from claimbook.analysis import relays
from claimbook.corpus.model import Corpus


@pytest.fixture
def corpus(whole_corpus: Corpus) -> Corpus:
    """The corpus, reports and record."""
    return whole_corpus


def changes(corpus: Corpus, claim_id: str) -> list[tuple[str, set[str]]]:
    """What a claim passes on, and what became of it."""
    rows = corpus.relays.loc[claim_id]
    return [(str(original), set(row["change"])) for original, row in rows.iterrows()]


def test_half_of_what_was_passed_on_held(corpus):
    counts = relays.outcomes_by_source(corpus).loc[relays.ALL]
    assert counts["held"] + counts["changed"] == counts["passed_on"] == 71
    assert abs(counts["held"] / counts["passed_on"] - 1 / 2) < 0.02
    assert counts["hardened"] / counts["changed"] > 0.45


def test_every_word_of_likelihood_on_entry_came_through(corpus):
    kept = {"NW-19": "ISW220711-07", "PR-15": "ISW221201-12"}
    for claim_id, original in kept.items():
        assert changes(corpus, claim_id) == [(original, {"kept"})]
        terms = [corpus.claims.loc[one, "term"] for one in (claim_id, original)]
        assert terms[0] == terms[1]
    assert changes(corpus, "UA-13")[0] == ("ISW221219-10", {"merged"})  # its ground, not its word


def test_the_sentence_takes_the_four_steps_that_are_told(corpus):
    deflected, failure = "ISW221219-01", "ISW221219-20"
    words = corpus.relays[["here", "there"]]
    assert words.loc[("UA-02", deflected)].tolist() == ["most likely refused", "likely deflected"]
    assert changes(corpus, "UA-03") == [
        (deflected, {"merged", "stronger"}),
        (failure, {"merged", "stronger"}),
    ]
    [(original, change)] = changes(corpus, "UA-01")
    assert original == failure
    assert "reversed" in change


def test_a_wording_in_quotation_marks_holds_more_often_than_another(corpus):
    counts = {name: count.text for name, count in relays.relay_counts(corpus).items()}
    assert (counts["quote_passed_on"], counts["quote_held"]) == ("26", "20")
    assert (counts["paraphrase_passed_on"], counts["paraphrase_held"]) == ("35", "13")
    assert counts["openings_changed"] == counts["openings"] == "five"


def test_both_coders_read_every_claim_of_the_five(corpus):
    of_reports = set(corpus.of_tier("report").claims.index)
    for coder in relays.relay_coders(corpus):
        assert set(corpus.relay_passes.loc[coder].index) == of_reports
    assert relays.relay_agreement(corpus).loc["found", "same"] == 1
