"""A claim is found again in another copy of its text, and nothing false is taken for it."""

import pytest
from claimbook.texts import anchors, source_texts

TEXT = (
    "The herald rode at dawn. “No army,” he said, “has crossed the ford.” "
    "The miller heard it; the miller wept."
)


def selector(span: str) -> anchors.Selector:
    start = TEXT.index(span)
    return anchors.make_selector(TEXT, start, start + len(span))


def test_every_claim_of_the_corpus_stands_exactly_where_its_row_says(corpus, at_hand):
    locations = source_texts.locate_claims(corpus.claims, at_hand)
    assert len(locations) == len(corpus.claims)
    assert (locations["status"] == "exact").all(), locations[locations["status"] != "exact"]


def test_every_source_at_hand_is_the_one_that_was_annotated(at_hand):
    assert all(text.same for text in at_hand.values())


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda text: text, "exact"),
        (lambda text: "Advertisement. " + text, "moved"),
        (lambda text: text.replace("“", '"').replace("”", '"'), "exact"),
        (lambda text: text.replace("No army,” he said", "NO ARMY,” he\u00a0said"), "exact"),
        (lambda text: text.replace("he said", "he     said"), "moved"),
        (lambda text: text.replace("he said", "he cried aloud"), "changed"),
        (lambda text: text.replace("crossed the ford", "gone home"), "missing"),
        (lambda text: "", "missing"),
    ],
)
def test_a_claim_is_found_in_another_copy(change, status):
    claim = selector("“No army,” he said, “has crossed the ford.”")
    assert anchors.TextIndex(change(TEXT)).find(claim).status == status


def test_a_moved_claim_gets_its_new_offsets():
    claim = selector("has crossed the ford")
    copy = "Advertisement. " + TEXT
    match = anchors.TextIndex(copy).find(claim)
    assert copy[match.start : match.end] == "has crossed the ford"


def test_of_two_equal_wordings_the_nearer_is_taken():
    second = TEXT.rindex("the miller")
    claim = anchors.make_selector(TEXT, second, second + len("the miller"))
    match = anchors.TextIndex("Oh. " + TEXT).find(claim)
    assert match.start == second + 4


def test_letters_with_marks_and_ligatures_are_one_word_however_they_are_written():
    composed, decomposed = "Café of\ufb01ce", "Cafe\u0301 office"
    assert anchors.hash_words(anchors.split_words(composed)) == anchors.hash_words(
        anchors.split_words(decomposed)
    )
    word = anchors.split_words("x Cafe\u0301 y")[1]
    assert (word.start, word.end) == (2, 7)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (9, 3), (0, 10_000), (23, 25)])
def test_a_span_that_cannot_be_a_claim_is_refused(start, end):
    with pytest.raises(ValueError, match="span"):
        anchors.make_selector(TEXT, start, end)
