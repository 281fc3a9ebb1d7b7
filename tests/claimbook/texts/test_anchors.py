"""The words of a span, their hashes and their offsets."""

import pytest
from claimbook.texts import anchors

TEXT = (
    "The herald rode at dawn. “No army,” he said, “has crossed the ford.” "
    "The miller heard it; the miller wept."
)


def test_every_source_at_hand_is_the_one_that_was_annotated(at_hand):
    assert all(text.same for text in at_hand.values())


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
