"""Anchors: selectors that find a claim again in another copy of its source, and hold none of its words.

A span is normalised (NFKC, case folded, split into runs of letters and digits). Its `anchor` is the first 16 hex digits of
the SHA-256 of those words joined by single spaces; `head` and `tail` are the same hash of the first and last three words.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, NamedTuple

EDGE = 3  # words in head and tail
WORD = re.compile(r"[^\W_]+")
STRETCH = (
    2  # a changed claim may have grown to this many times its words before it counts as missing
)

Status = Literal["exact", "moved", "changed", "missing"]


class Word(NamedTuple):
    """A normalised word and where it stands in the text: characters `start` to `end`, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Selector:
    """What is kept of a span: its offsets in characters, number of words, and three hashes."""

    start: int
    end: int
    words: int
    anchor: str
    head: str
    tail: str


@dataclass(frozen=True)
class Match:
    """How a selector was found in a text, and where; the offsets are those of the selector where it is missing."""

    status: Status
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """The normalised words of a text in order, with their places in the text as it stands."""
    plain = text.casefold()
    if len(plain) == len(text) and unicodedata.is_normalized("NFKC", plain):
        return [Word(found.group(), *found.span()) for found in WORD.finditer(plain)]
    folded, clusters = _fold(text)
    return [
        Word(found.group(), clusters[found.start()][0], clusters[found.end() - 1][1])
        for found in WORD.finditer(folded)
    ]


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in NFKC and case folded, and for each of its characters the span of the letter (with its marks) it came from."""
    pieces: list[str] = []
    clusters: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize(
            "NFKC", unicodedata.normalize("NFKC", text[start:end]).casefold()
        )
        pieces.append(piece)
        clusters += [(start, end)] * len(piece)
        start = end
    return "".join(pieces), clusters


def hash_words(of: list[Word]) -> str:
    """The first 16 hex digits of the SHA-256 of the words joined by single spaces."""
    return hashlib.sha256(" ".join(word.text for word in of).encode()).hexdigest()[:16]


def make_selector(text: str, start: int, end: int) -> Selector:
    """The selector of the characters `start` to `end` of a text. Raises ValueError if the span is outside it or holds no word."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start} to {end} is not inside the text of {len(text)} characters")
    inside = split_words(text[start:end])
    if not inside:
        raise ValueError(f"span {start} to {end} holds no word")
    return Selector(
        start,
        end,
        len(inside),
        hash_words(inside),
        hash_words(inside[:EDGE]),
        hash_words(inside[-EDGE:]),
    )


class TextIndex:
    """A text prepared for finding selectors in it: built once, in one pass over its words."""

    def __init__(self, text: str) -> None:
        self.words = split_words(text)
        self._runs: dict[tuple[int, str], list[int]] = defaultdict(list)
        for size in range(1, EDGE + 1):
            for first in range(len(self.words) - size + 1):
                self._runs[size, hash_words(self.words[first : first + size])].append(first)

    def find(self, selector: Selector) -> Match:
        """Where the selector's span stands in this text; of several places the one nearest to its offset."""
        edge = min(EDGE, selector.words)
        starts = self._runs.get((edge, selector.head), [])
        same = [
            first
            for first in starts
            if hash_words(self.words[first : first + selector.words]) == selector.anchor
        ]
        if same:
            first = min(same, key=lambda first: self._distance(first, selector.start))
            last = self.words[first + selector.words - 1]
            after = (
                self.words[first + selector.words].start
                if first + selector.words < len(self.words)
                else selector.end
            )
            if self._distance(first, selector.start) == 0 and last.end <= selector.end <= after:
                return Match("exact", selector.start, selector.end)
            return Match("moved", self.words[first].start, last.end)
        for first in sorted(starts, key=lambda first: self._distance(first, selector.start)):
            for size in range(edge, selector.words * STRETCH + edge):
                if (
                    first + size <= len(self.words)
                    and hash_words(self.words[first + size - edge : first + size]) == selector.tail
                ):
                    return Match(
                        "changed", self.words[first].start, self.words[first + size - 1].end
                    )
        return Match("missing", selector.start, selector.end)

    def _distance(self, first: int, start: int) -> int:
        """How far the word stands from an offset: 0 where no other letter is between them, as a span may begin with a quotation mark."""
        before = self.words[first - 1].end if first else 0
        if before <= start <= self.words[first].start:
            return 0
        return abs(self.words[first].start - start)
