"""Spans are found again in other copies of their text, and no other place is taken for theirs."""

import random
import string

import pytest
from claimbook.texts import finder
from claimbook.texts.anchors import Selector, TextIndex, make_selector
from support.edited_texts import edit, sentences

TEXT = (
    "The herald rode at dawn. “No army,” he said, “has crossed the ford.” "
    "The miller heard it; the miller wept."
)


def selectors(text: str, *spans: str) -> list[Selector]:
    starts = [text.index(span) for span in spans]
    return [
        make_selector(text, start, start + len(span))
        for start, span in zip(starts, spans, strict=True)
    ]


def find(copy: str, *spans: str, text: str = TEXT) -> list[finder.Match]:
    return finder.find_spans(TextIndex(copy), selectors(text, *spans), len(text))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda text: text, "exact"),
        (lambda text: "Advertisement. " + text, "moved"),
        (lambda text: text.replace("“", '"').replace("”", '"'), "exact"),
        (lambda text: text.replace("he said", "he cried aloud"), "changed"),
        (lambda text: text.replace("has", "has, says the advertisement, quite"), "changed"),
        (lambda text: text.replace("crossed the ford", "gone home"), "changed"),
        (lambda text: "", "missing"),
    ],
)
def test_a_span_is_found_in_another_copy(change, status):
    (match,) = find(change(TEXT), "“No army,” he said, “has crossed the ford.”")
    assert match.status == status


def test_a_moved_span_gets_its_new_offsets():
    copy = "Advertisement. " + TEXT
    (match,) = find(copy, "“No army,” he said, “has crossed the ford.”")
    assert copy[match.start : match.end] == "No army,” he said, “has crossed the ford"


def test_of_two_equal_wordings_the_one_that_shifted_like_its_neighbour_is_taken():
    second = TEXT.rindex("the miller")
    claim = make_selector(TEXT, second, second + len("the miller"))
    (neighbour,) = selectors(TEXT, "The herald rode at dawn")
    match, _ = finder.find_spans(TextIndex("Oh. " + TEXT), [claim, neighbour], len(TEXT))
    assert (match.status, match.start) == ("moved", second + 4)


def words(count: int, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices(string.ascii_lowercase, k=6)) for _ in range(count)) + "."


BEGINNING = 14 * 7 - 1  # characters of fourteen words
REPEATED = "The bridge over the river was shut to all carts on that day."


def repeating() -> tuple[str, list[str]]:
    """A text of five paragraphs; the first and the fourth have the same sentence."""
    paragraphs = [words(40 + 9 * seed, seed) for seed in range(5)]
    paragraphs[0] += " " + REPEATED
    paragraphs[3] += " " + REPEATED
    return "\n\n".join(paragraphs), paragraphs


def test_a_wording_that_stands_twice_goes_with_its_paragraph():
    text, paragraphs = repeating()
    first, fourth = text.index(REPEATED), text.rindex(REPEATED)
    claims = [
        make_selector(text, text.index(paragraphs[0]), first - 1),
        make_selector(text, first, first + len(REPEATED)),
        make_selector(text, text.index(paragraphs[3]), fourth - 1),
        make_selector(text, fourth, fourth + len(REPEATED)),
    ]
    swapped = "\n\n".join(paragraphs[number] for number in (3, 1, 2, 0, 4))
    matches = finder.find_spans(TextIndex(swapped), claims, len(text))
    assert matches[1].start == swapped.rindex(REPEATED)
    assert matches[3].start == swapped.index(REPEATED)


def test_another_occurrence_is_not_taken_for_a_sentence_that_was_deleted():
    text, paragraphs = repeating()
    start = text.index(REPEATED)
    claims = [
        make_selector(text, text.index(paragraph), text.index(paragraph) + BEGINNING)
        for paragraph in paragraphs
    ]
    claims.append(make_selector(text, start, start + len(REPEATED)))
    copy = text.replace(REPEATED, "", 1)
    *others, match = finder.find_spans(TextIndex(copy), claims, len(text))
    assert match.status == "unclear"
    assert {other.status for other in others} <= {"exact", "moved"}


def test_a_changed_word_is_no_reason_to_take_another_occurrence():
    paragraphs = [words(40 + 9 * seed, seed) for seed in range(4)]
    paragraphs[1] += " " + REPEATED
    paragraphs[2] += " " + REPEATED
    text = "\n\n".join(paragraphs)
    start = text.index(REPEATED)
    beginnings = [text.index(paragraphs[number]) for number in (0, 3)]
    claims = [make_selector(text, beginning, beginning + BEGINNING) for beginning in beginnings]
    claims.append(make_selector(text, start, start + len(REPEATED)))
    copy = text.replace("all carts", "most carts", 1)
    *others, match = finder.find_spans(TextIndex(copy), claims, len(text))
    assert match.status == "unclear"
    assert {other.status for other in others} <= {"exact", "moved"}


def test_two_claims_do_not_share_one_place():
    text = f"{words(40, 1)} {REPEATED} {REPEATED} {words(40, 2)}"
    claims = [
        make_selector(text, start, start + len(REPEATED))
        for start in (text.index(REPEATED), text.rindex(REPEATED))
    ]
    copy = text.replace(REPEATED + " ", "", 1)
    found = finder.find_spans(TextIndex(copy), claims, len(text))
    assert [match.status for match in found].count("unclear") >= 1


@pytest.mark.parametrize("seed", range(40))
def test_random_edits_lose_few_spans_and_misplace_none(seed):
    rng = random.Random(seed)
    text = "\n\n".join(
        " ".join(
            words(rng.randint(8, 30), 1000 * seed + 10 * number + part).capitalize()
            for part in range(rng.randint(1, 5))
        )
        for number in range(30)
    )
    spans = sorted(rng.sample(sentences(text), 15))
    claims = [make_selector(text, *span) for span in spans]
    copy = edit(text, rng)
    found = finder.find_spans(TextIndex(str(copy)), claims, len(text))
    for span, match in zip(spans, found, strict=True):
        if match.status in ("exact", "moved"):
            place = copy.place_of(*span)
            assert place is not None
            assert abs(match.start - place[0]) <= 1
            assert abs(match.end - place[1]) <= 1
