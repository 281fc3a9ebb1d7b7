"""Sentences and tokens of a text, which linguistic formats hang annotations on."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import NamedTuple

PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_BREAK = re.compile(r"(?<=[.!?…])(?:[”’\"')\]»]*)(\s+)(?=[“‘\"'«(\[]?[^\W\d_])")
TOKEN = re.compile(r"\w+(?:[’'.-]\w+)*|\S")


class Unit(NamedTuple):
    """A sentence or a token, by its offsets in characters, end exclusive."""

    start: int
    end: int


def split_sentences(text: str) -> list[Unit]:
    """Split a text into sentences, without the white space between them.

    A paragraph ends a sentence; within one, so does a point or the like before a capital letter.
    """
    breaks = [(match.start(), match.end()) for match in PARAGRAPH_BREAK.finditer(text)]
    for match in SENTENCE_BREAK.finditer(text):
        following = text[match.end() :].lstrip("“‘\"'«([")[:1]
        if not following.islower():
            breaks.append(match.span(1))
    edges = [0, *(offset for pair in sorted(breaks) for offset in pair), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [unit for start, end in pairs if (unit := _trim(text, start, end)) is not None]


def _trim(text: str, start: int, end: int) -> Unit | None:
    """Cut the white space off a stretch of a text; None where there is nothing else."""
    content = text[start:end]
    begin = start + len(content) - len(content.lstrip())
    return Unit(begin, start + len(content.rstrip())) if content.strip() else None


def split_tokens(text: str, sentence: Unit, edges: Collection[int]) -> list[Unit]:
    """Split a sentence into words and marks.

    Args:
        text: The text.
        sentence: The sentence.
        edges: Offsets at which a token ends and another one begins, too: those of spans.
    """
    tokens: list[Unit] = []
    for match in TOKEN.finditer(text, sentence.start, sentence.end):
        tokens += cut(Unit(*match.span()), edges)
    return tokens


def cut(unit: Unit, edges: Iterable[int]) -> list[Unit]:
    """Cut a unit at offsets within it."""
    inside = sorted(edge for edge in edges if unit.start < edge < unit.end)
    offsets = [unit.start, *inside, unit.end]
    return [Unit(*pair) for pair in pairwise(offsets)]


def utf16_offsets(text: str) -> list[int]:
    """Return the offset in UTF-16 of each character of a text, and of its end."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets


def utf16_length(text: str) -> int:
    """Count the characters of a text as UTF-16 does."""
    return len(text) + sum(character > "\uffff" for character in text)
