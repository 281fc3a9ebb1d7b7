"""Sentences of the texts at hand are found in copies under random edits, and none is misplaced."""

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from claimbook.paths import project
from claimbook.texts import finder
from claimbook.texts.anchors import TextIndex, make_selector
from support.edited_texts import edit, sentences
from support.not_run import NOT_RUN

STEP = 40  # the suite takes one text in so many
COPIES = 5  # of each text
SPANS = (1, 3, 5, 10, 20)  # of each copy


def texts_at_hand() -> list[Path]:
    """The texts at hand; without them the test is skipped, as the last lines report."""
    texts = [file for folder in project().texts() for file in sorted(folder.glob("*.txt"))]
    if not texts:
        NOT_RUN.append("tests against the texts: point CORPUS_TEXTS at them")
        pytest.skip("the texts are not at hand")
    return texts


def draw_spans(text: str, rng: random.Random) -> list[tuple[int, int]]:
    """Some sentences of a text, in groups as claims stand."""
    drawn: set[tuple[int, int]] = set()
    found = sentences(text)
    count = min(rng.choice(SPANS), len(found))
    while len(drawn) < count:
        first = rng.randrange(len(found))
        drawn |= set(found[first : first + rng.randint(1, 4)])
    return sorted(drawn)


def count_results(files: Iterable[Path]) -> tuple[Counter[str], list[str]]:
    """Count how many undamaged sentences are found, and list those that are misplaced."""
    counts: Counter[str] = Counter()
    misplaced = []
    for file in files:
        text = file.read_bytes().decode("utf-8")
        for number in range(COPIES if sentences(text) else 0):
            rng = random.Random(f"{file.name} {number}")
            spans = draw_spans(text, rng)
            copy = edit(text, rng)
            claims = [make_selector(text, *span) for span in spans]
            matches = finder.find_spans(TextIndex(str(copy)), claims, len(text))
            for span, match in zip(spans, matches, strict=True):
                place, found = copy.place_of(*span), match.status in ("exact", "moved")
                counts["undamaged"] += place is not None
                counts["found"] += place is not None and found
                if found and (place is None or abs(match.start - place[0]) > 1):
                    misplaced.append(f"{file.name}, copy {number}: {span} at {match.start}")
    return counts, misplaced


def test_nearly_all_sentences_are_found_and_none_is_misplaced():
    counts, misplaced = count_results(texts_at_hand()[::STEP])
    assert misplaced == []
    assert counts["found"] >= 0.99 * counts["undamaged"] > 0


@pytest.mark.long
def test_nearly_all_sentences_of_all_texts_are_found_and_none_is_misplaced():
    counts, misplaced = count_results(texts_at_hand())
    assert misplaced == []
    assert counts["found"] >= 0.99 * counts["undamaged"] > 0
