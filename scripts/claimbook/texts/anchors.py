"""Anchors: selectors that find a claim again in another copy of its source, without its words.

A span is normalized (NFKC, case folded, split into runs of letters and digits). Its `anchor` is
the first 16 hex digits of the SHA-256 of those words joined by single spaces; `head` and `tail`
are the same hash of the first and the last three words.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

EDGE = 3  # words in head and tail
WORD = re.compile(r"[^\W_]+")
COLUMNS = ("start", "end", "words", "anchor", "head", "tail")  # of a selector, in the tables
HASHED = ("words", "anchor", "head", "tail")  # those computed from the words of a span
# Stretches whose letters may change under NFKC and case folding otherwise than one by one: marks
# above ASCII, with the letter before them.
_BEYOND_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")


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
        head: The hash of its first words; empty where the table does not keep it.
        tail: The hash of its last words; empty where the table does not keep it.
    """

    start: int
    end: int
    words: int
    anchor: str
    head: str = ""
    tail: str = ""


def split_words(text: str) -> list[Word]:
    """Split a text into normalized words, each with its offsets in the text as it is."""
    return list(map(Word, *_split(text)))


def _split(text: str) -> tuple[list[str], list[int], list[int]]:
    """Split a text into normalized words.

    Returns:
        The words, and for each its offsets in the text as it is, end exclusive.
    """
    folded = text.casefold()
    if len(folded) == len(text) and unicodedata.is_normalized("NFKC", folded):
        return _find_words(folded)
    folded, starts, ends = _fold(text)
    words, first, last = _find_words(folded)
    return words, [starts[index] for index in first], [ends[index - 1] for index in last]


def _find_words(folded: str) -> tuple[list[str], list[int], list[int]]:
    """Find the words of a folded text, and their offsets in it."""
    spans = [match.span() for match in WORD.finditer(folded)]
    return WORD.findall(folded), [start for start, _ in spans], [end for _, end in spans]


def _fold(text: str) -> tuple[str, list[int], list[int]]:
    """Normalize a text to NFKC and fold its case.

    Returns:
        The folded text, and for each of its characters the offsets of the letter (with its marks)
        that it comes from.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in _BEYOND_ASCII.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start].casefold())
        starts += range(done, start)
        ends += range(done + 1, start + 1)
        for piece, first, last in _fold_letters(text, start, end):
            pieces.append(piece)
            starts += [first] * len(piece)
            ends += [last] * len(piece)
        done = end
    pieces.append(text[done:].casefold())
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return "".join(pieces), starts, ends


def _fold_letters(text: str, start: int, stop: int) -> Iterator[tuple[str, int, int]]:
    """Fold each letter of a stretch together with its marks.

    Yields:
        The folded letter, and its offsets in the text.
    """
    while start < stop:
        end = start + 1
        while end < stop and unicodedata.combining(text[end]):
            end += 1
        letter = unicodedata.normalize("NFKC", text[start:end])
        yield unicodedata.normalize("NFKC", letter.casefold()), start, end
        start = end


def hash_words(words: Iterable[Word]) -> str:
    """Hash words joined by single spaces: the first 16 hex digits of their SHA-256."""
    return _hash([word.text for word in words])


def _hash(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


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
    words, _, _ = _split(text[start:end])
    if not words:
        raise ValueError(f"span {start} to {end} holds no word")
    return Selector(start, end, len(words), _hash(words), _hash(words[:EDGE]), _hash(words[-EDGE:]))


class TextIndex:
    """A text in which the words of selectors are found quickly.

    Attributes:
        text: The text.
        words: Its normalized words.
        starts: The offset of each word's first character.
        ends: The offset after each word's last character.
    """

    def __init__(self, text: str) -> None:
        """Split the text into words."""
        self.text = text
        self.words, self.starts, self.ends = _split(text)
        self._runs: dict[int, dict[str, list[int]]] = {}

    def find_run(self, digest: str, size: int) -> list[int]:
        """Find the runs of a number of words that have a hash.

        Returns:
            The index of the first word of each, in order.
        """
        if size not in self._runs:
            runs: dict[str, list[int]] = defaultdict(list)
            for first in range(len(self.words) - size + 1):
                runs[self.hash_run(first, size)].append(first)
            self._runs[size] = dict(runs)
        return self._runs[size].get(digest, [])

    def find_words(self, selector: Selector) -> list[int]:
        """Find all places where the words of a selector stand.

        Returns:
            The index of the first word of each, in order.
        """
        if not selector.head:
            return self.find_run(selector.anchor, selector.words)
        return [
            first
            for first in self.find_run(selector.head, min(EDGE, selector.words))
            if self.hash_run(first, selector.words) == selector.anchor
        ]

    def hash_run(self, first: int, size: int) -> str:
        """Hash a run of words, from the one at an index on."""
        return _hash(self.words[first : first + size])

    def distance(self, first: int, offset: int) -> int:
        """Measure the distance of a word from an offset, in characters.

        It is 0 where there is no other word between them, as a span may begin with a quotation
        mark.
        """
        previous_end = self.ends[first - 1] if first else 0
        if previous_end <= offset <= self.starts[first]:
            return 0
        return abs(self.starts[first] - offset)
