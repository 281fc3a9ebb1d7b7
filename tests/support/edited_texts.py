"""Texts under random edits, as other copies have them, that remember where each character was."""

import itertools
import random
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from claimbook.texts.anchors import split_words

SENTENCE = re.compile(r"(?<!\w)[A-Z“\"'][^\n]*?[.!?][”\"’]?(?=\s|$)")
PARAGRAPH = re.compile(r"[^\n]+")
MENUS = ["Home News Sport Weather", "Share Print Subscribe to our letter", "More from this author"]
ADVERTISEMENT = "\n\nAdvertisement: buy flour, go on reading below\n\n"
QUOTES = {"“": '"', "”": '"', "’": "'", "‘": "'", '"': "“", "'": "’", "—": "--"}
ODDS = 0.3  # that a copy has undergone an edit of each kind
Piece = tuple[str, int | None]  # a character or more, and the offset of the one that it was
Replacement = tuple[int, int, list[Piece]]


def sentences(text: str) -> list[tuple[int, int]]:
    """The offsets of the sentences of a text that have 5 to 60 words."""
    spans = [match.span() for match in SENTENCE.finditer(text)]
    return [span for span in spans if 5 <= len(text[slice(*span)].split()) <= 60]


class EditedText:
    """A text under edits."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.pieces: list[Piece] = [(letter, offset) for offset, letter in enumerate(original)]

    def __str__(self) -> str:
        return "".join(letters for letters, _ in self.pieces)

    def spans(self, pattern: str | re.Pattern[str]) -> list[tuple[int, int]]:
        """The pieces, first and after the last, in which a pattern stands."""
        starts = [0, *itertools.accumulate(len(letters) for letters, _ in self.pieces)]
        piece_at = {start: number for number, start in enumerate(starts)}
        spans = [match.span() for match in re.finditer(pattern, str(self))]
        return [
            (piece_at[start], piece_at[end])
            for start, end in spans
            if start in piece_at and end in piece_at
        ]

    def replace(self, replacements: Iterable[Replacement]) -> None:
        """Replace stretches of pieces, given in order; one that overlaps the last is left out."""
        pieces: list[Piece] = []
        done = 0
        for start, end, new in replacements:
            if start >= done:
                pieces += self.pieces[done:start] + new
                done = end
        self.pieces = pieces + self.pieces[done:]

    def replace_letters(self, new: dict[int, str]) -> None:
        """Replace the letters of single pieces, which stay what they were."""
        self.pieces = [
            (new.get(number, letters), origin)
            for number, (letters, origin) in enumerate(self.pieces)
        ]

    @cached_property
    def _final(self) -> tuple[str, dict[int | None, tuple[int, int]]]:
        """The text after the last edit, and where each character of the original stands in it."""
        offsets = {}
        offset = 0
        for letters, origin in self.pieces:
            offsets[origin] = offset, offset + len(letters)
            offset += len(letters)
        return str(self), offsets

    def place_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the original stands after the last edit; None if words are missing."""
        text, offsets = self._final
        words = split_words(self.original[start:end])
        first, last = start + words[0].start, start + words[-1].end - 1
        if first not in offsets or last not in offsets:
            return None
        place = offsets[first][0], offsets[last][1]
        if place[0] >= place[1]:
            return None
        now = [word.text for word in split_words(text[slice(*place)])]
        return place if now == [word.text for word in words] else None


def _inserted(text: str) -> list[Piece]:
    return [(text, None)]


def swap_paragraphs(text: EditedText, rng: random.Random) -> None:
    """Swap two paragraphs, mostly neighbours."""
    paragraphs = text.spans(PARAGRAPH)
    if len(paragraphs) < 4:
        return
    one = rng.randrange(len(paragraphs) - 1)
    other = rng.choice([one + 1, one + 1, rng.randrange(len(paragraphs))])
    (start, end), (next_start, next_end) = sorted([paragraphs[one], paragraphs[other]])
    if start != next_start:
        former, latter = text.pieces[start:end], text.pieces[next_start:next_end]
        text.replace([(start, end, latter), (next_start, next_end, former)])


def delete_paragraphs(text: EditedText, rng: random.Random) -> None:
    """Delete one in 25 paragraphs."""
    text.replace((*span, []) for span in text.spans(r"[^\n]+\n*") if rng.random() < 0.04)


def delete_sentences(text: EditedText, rng: random.Random) -> None:
    """Delete one in 30 sentences."""
    text.replace((*span, []) for span in text.spans(SENTENCE) if rng.random() < 0.03)


def change_words(text: EditedText, rng: random.Random) -> None:
    """Replace one in 500 words."""
    words = [span for span in text.spans(r"\w+") if rng.random() < 0.002]
    text.replace((*span, _inserted("flour")) for span in words)


def insert_menus(text: EditedText, rng: random.Random) -> None:
    """Insert up to four menus between paragraphs."""
    ends = [start for start, _ in text.spans(r"\n")]
    chosen = sorted(rng.sample(ends, min(rng.randint(1, 4), len(ends))))
    text.replace((end, end, _inserted("\n" + rng.choice(MENUS))) for end in chosen)


def insert_advertisements(text: EditedText, rng: random.Random) -> None:
    """Insert three advertisements anywhere between words."""
    spaces = [start for start, _ in text.spans(" ")]
    chosen = sorted(rng.sample(spaces, min(3, len(spaces))))
    text.replace((space, space, _inserted(ADVERTISEMENT)) for space in chosen)


def change_quotes(text: EditedText, rng: random.Random) -> None:
    """Make curly quotes straight and straight ones curly, and dashes two hyphens."""
    text.replace_letters(
        {
            number: QUOTES[letters]
            for number, (letters, _) in enumerate(text.pieces)
            if letters in QUOTES
        }
    )


def change_spaces(text: EditedText, rng: random.Random) -> None:
    """Make some spaces ones that do not break, and others double."""
    spaces = [number for number, (letters, _) in enumerate(text.pieces) if letters == " "]
    changes = {0: "\u00a0", 1: "  "}
    drawn = ((number, rng.randrange(20)) for number in spaces)
    text.replace_letters({number: changes[draw] for number, draw in drawn if draw in changes})


def rewrap(text: EditedText, rng: random.Random) -> None:
    """Break lines at a width."""
    width, column, breaks = rng.choice([60, 72, 80]), 0, {}
    for number, (letters, _) in enumerate(text.pieces):
        column = 0 if letters.endswith("\n") else column + len(letters)
        if column > width and letters == " ":
            breaks[number], column = "\n", 0
    text.replace_letters(breaks)


def decompose(text: EditedText, rng: random.Random) -> None:
    """Write letters with marks as letters and marks."""
    text.replace_letters(
        {
            number: unicodedata.normalize("NFD", letters)
            for number, (letters, _) in enumerate(text.pieces)
        }
    )


EDITS = (
    swap_paragraphs,
    delete_paragraphs,
    delete_sentences,
    change_words,
    insert_menus,
    insert_advertisements,
    change_quotes,
    change_spaces,
    rewrap,
    decompose,
)


def edit(original: str, rng: random.Random) -> EditedText:
    """Another copy of a text, which has undergone edits of some kinds."""
    text = EditedText(original)
    for change in EDITS:
        if rng.random() < ODDS:
            change(text, rng)
    return text
