"""Anchors: selectors that find a claim again in another copy of its source, without its words.

A span is normalized (NFKC, case folded, split into runs of letters and digits). Its `anchor` is
the first 16 hex digits of the SHA-256 of those words joined by single spaces; `head` and `tail`
are the same hash of the first and the last three words.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, NamedTuple

EDGE = 3  # words in head and tail
WORD = re.compile(r"[^\W_]+")
MAX_GROWTH = 2  # a changed claim may have up to this many times its words; then it is missing

Status = Literal["exact", "moved", "changed", "missing"]


class Word(NamedTuple):
    """A normalized word and its offsets in the text, in characters, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Selector:
    """The stored traces of a span.

    Attributes:
        start: The offset of its first character.
        end: The offset after its last character.
        words: The number of its words.
        anchor: The hash of its words.
        head: The hash of its first words.
        tail: The hash of its last words.
    """

    start: int
    end: int
    words: int
    anchor: str
    head: str
    tail: str


@dataclass(frozen=True)
class Match:
    """The result of a search for a selector in a text.

    Attributes:
        status: "exact" at the selector's offsets, "moved" for the same words at others, "changed"
            for other words between the same first and last ones, or "missing".
        start: The offset of the first character; that of the selector if it is missing.
        end: The offset after the last character; that of the selector if it is missing.
    """

    status: Status
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Split a text into normalized words, each with its offsets in the text as it is."""
    folded = text.casefold()
    if len(folded) == len(text) and unicodedata.is_normalized("NFKC", folded):
        return [Word(match.group(), *match.span()) for match in WORD.finditer(folded)]
    folded, origins = _fold(text)
    return [
        Word(match.group(), origins[match.start()][0], origins[match.end() - 1][1])
        for match in WORD.finditer(folded)
    ]


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Normalize a text to NFKC and fold its case.

    Returns:
        The folded text, and for each of its characters the offsets of the letter (with its marks)
        that it comes from.
    """
    pieces: list[str] = []
    origins: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        letter = unicodedata.normalize("NFKC", text[start:end])
        piece = unicodedata.normalize("NFKC", letter.casefold())
        pieces.append(piece)
        origins += [(start, end)] * len(piece)
        start = end
    return "".join(pieces), origins


def hash_words(words: list[Word]) -> str:
    """Hash words joined by single spaces: the first 16 hex digits of their SHA-256."""
    return hashlib.sha256(" ".join(word.text for word in words).encode()).hexdigest()[:16]


def make_selector(text: str, start: int, end: int) -> Selector:
    """Make the selector of a span.

    Args:
        text: The text.
        start: The offset of the span's first character.
        end: The offset after its last character.

    Raises:
        ValueError: The span is not inside the text, or holds no word.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start} to {end} is not inside the text of {len(text)} characters")
    words = split_words(text[start:end])
    if not words:
        raise ValueError(f"span {start} to {end} holds no word")
    return Selector(
        start,
        end,
        len(words),
        hash_words(words),
        hash_words(words[:EDGE]),
        hash_words(words[-EDGE:]),
    )


class TextIndex:
    """An index of a text in which selectors are found quickly.

    Attributes:
        words: The words of the text.
    """

    def __init__(self, text: str) -> None:
        """Index the runs of up to three words by their hash."""
        self.words = split_words(text)
        self._runs: dict[tuple[int, str], list[int]] = defaultdict(list)
        for size in range(1, EDGE + 1):
            for first in range(len(self.words) - size + 1):
                self._runs[size, self._hash(first, size)].append(first)

    def find(self, selector: Selector) -> Match:
        """Find the span of a selector; of several matches, the one nearest to its offset."""
        edge = min(EDGE, selector.words)
        starts = sorted(
            self._runs.get((edge, selector.head), []),
            key=lambda first: self._distance(first, selector.start),
        )
        for first in starts:
            if self._hash(first, selector.words) == selector.anchor:
                return self._match_unchanged(first, selector)
        for first in starts:
            for size in range(edge, selector.words * MAX_GROWTH + edge):
                last = first + size - 1
                if last < len(self.words) and self._hash(last - edge + 1, edge) == selector.tail:
                    return Match("changed", self.words[first].start, self.words[last].end)
        return Match("missing", selector.start, selector.end)

    def _match_unchanged(self, first: int, selector: Selector) -> Match:
        """Match a selector with its own words, which begin at a word of the text."""
        following = first + selector.words
        last = self.words[following - 1]
        max_end = self.words[following].start if following < len(self.words) else selector.end
        if self._distance(first, selector.start) == 0 and last.end <= selector.end <= max_end:
            return Match("exact", selector.start, selector.end)
        return Match("moved", self.words[first].start, last.end)

    def _hash(self, first: int, size: int) -> str:
        """Hash a run of words, from the one at an index on."""
        return hash_words(self.words[first : first + size])

    def _distance(self, first: int, offset: int) -> int:
        """Measure the distance of a word from an offset, in characters.

        It is 0 where there is no other word between them, as a span may begin with a quotation
        mark.
        """
        previous_end = self.words[first - 1].end if first else 0
        if previous_end <= offset <= self.words[first].start:
            return 0
        return abs(self.words[first].start - offset)
