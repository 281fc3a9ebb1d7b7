"""Spans by the codebook's rule, and the places of a text that a quotation means.

A quotation is found by its letters and digits alone, in NFKC and without regard to case: quotation
marks, dashes, spaces, line breaks, hyphens at line ends, soft hyphens and ligatures do not matter.
"""

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz

from claimbook.texts.anchors import split_words

MAX_QUOTED = 1800  # characters from the first to the last word of a quotation with omissions
MIN_LIKENESS = 60  # per cent, below which no passage is called near
NEARBY = 4  # words around a near passage among which its first and last one are looked for
LIKE_WORD = 75  # per cent, from which a word counts as another one, misspelt
_OMISSION = re.compile(r"\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,}")
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE_AT_START = re.compile(rf"\s*(?:\[\d{{1,3}}\]|[{_SUPERSCRIPT}]+)")
_NOTE_AT_END = re.compile(  # also bare digits directly after the end of a sentence
    rf"(?:\s*\[\d{{1,3}}\]|[{_SUPERSCRIPT}]+|(?<=[^\W\d_][.!?])\d{{1,3}}|(?<=[.!?][”\"’])\d{{1,3}})"
    r"[\s.,;:]*\Z"
)
_BEFORE_FIRST_WORD = re.compile(r"[\"'“„‘‚«‹(\[]*[$€£#@~+]*\Z")
_SIGNS_OF_WORD = re.compile(r"[%‰°€$£+*]*")  # those that belong to the word before them
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\Z")
_CLOSING_QUOTES = re.compile(r"[”»›]+|[\"“]+(?!\w)")
_CLOSING_AFTER_MARK = re.compile(r"[,;:–—-]+[”»\"](?!\w)")  # “… ,” he said
_QUOTE = re.compile(r"(?P<opening>(?<![^\s(\[‘'–—-])[“”„«»‹\"](?=[^\s.,;:!?)\]]))|[“”„«»‹›\"]")
_OPENING_QUOTES = re.compile(r"[“„«‹\"]+")
_WITHIN_SENTENCE = re.compile(r"[\w,;][ \t\u00a0]+\Z")
_SENTENCE_END = re.compile(
    r"(?P<marks>[.!?…]+)(?P<quotes>[\"'“”‘’«»‹›)\]]*)"
    rf"(?=\s*(?P<next>[^\W_{_SUPERSCRIPT}])?)(?=\s|\Z|\[|[{_SUPERSCRIPT}]|\d{{1,3}}(?:\s|\Z)|[“‘(])"
)


class Passage(NamedTuple):
    """A stretch of a text that resembles a quotation.

    Attributes:
        start: The offset of its first character.
        end: The offset after its last character.
        likeness: How much of the wording agrees, from 0 to 100.
    """

    start: int
    end: int
    likeness: float


def apply_span_rule(text: str, start: int, end: int) -> tuple[int, int]:
    """Apply the codebook's rule on spans to a stretch of a text.

    The span loses white space and punctuation around its words, and a note's number at either
    end. It gains the rest of a word that it cuts, an opening quotation mark directly before its
    first word, and the full stop and closing quotation marks where its last word ends a sentence.
    Within a sentence it has a quotation mark only with the other one of the pair.

    Args:
        text: The text.
        start: The offset of the first character.
        end: The offset after the last character.

    Returns:
        The offsets of the span. Applied to a span that keeps the rule, they are the same.

    Raises:
        ValueError: There is no word between the offsets.
    """
    while note := _NOTE_AT_START.match(text[start:end]):
        start += note.end()
    while note := _NOTE_AT_END.search(text[max(start, end - 20) : end]):
        end = max(start, end - 20) + note.start()
    words = split_words(text[start:end])
    if not words:
        raise ValueError(f"span {start} to {end} holds no word")
    first, last = start + words[0].start, start + words[-1].end
    while first and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and text[last].isalnum() and text[last] not in _SUPERSCRIPT:
        last += 1
    opening = _BEFORE_FIRST_WORD.search(text[max(0, first - 10) : first])
    if opening:
        first -= len(opening.group())
    end, ends_sentence = _end_of_wording(text, first, last)
    if not ends_sentence and _WITHIN_SENTENCE.search(text[max(0, first - 10) : first]):
        quotes = _OPENING_QUOTES.match(text, first)
        if quotes and _open_quotation(text[first:end]) == 0:
            first = quotes.end()
    return first, end


def _end_of_wording(text: str, start: int, last: int) -> tuple[int, bool]:
    """Find the end of a span with the punctuation that belongs to its last word.

    Args:
        text: The text.
        start: The offset of the span's first character.
        last: The offset after its last word.

    Returns:
        The end, and whether a sentence ends there.
    """
    signs = _SIGNS_OF_WORD.match(text, last)
    end = signs.end() if signs else last
    within = text[start:end]
    if text[end : end + 1] == ")" and within.count("(") > within.count(")"):
        end += 1
    quotes = _CLOSING_QUOTES.match(text, end)
    closed = quotes.end() if quotes else end
    mark = _SENTENCE_END.match(text, closed)
    if mark and text[closed - 1].isdigit() and text[mark.end() : mark.end() + 1].isdigit():
        mark = None  # a decimal point
    is_abbreviation = _ABBREVIATION.search(text[max(0, closed - 10) : closed]) is not None
    if mark and (is_abbreviation or not _goes_on(mark)):
        return mark.end("quotes"), True
    if is_abbreviation and text[closed : closed + 1] == ".":
        return closed + 1, False
    opened = _open_quotation(text[start:end])
    if opened == 0 and not quotes:
        quotes = _CLOSING_AFTER_MARK.match(text, end)
    return (quotes.end() if quotes and opened is not None else end), False


def _open_quotation(wording: str) -> int | None:
    """Find where the first quotation begins that a wording leaves open, if any."""
    opened: list[int] = []
    for mark in _QUOTE.finditer(wording):
        if mark["opening"]:
            opened.append(mark.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else None


def _goes_on(mark: re.Match[str]) -> bool:
    """Whether a sentence goes on after a point or an ellipsis: with a small letter."""
    following = mark["next"] or ""
    return following.islower() and set(mark["marks"]) <= {".", "…"} and not mark["quotes"]


class QuotationIndex:
    """A text in which quotations are found quickly.

    Attributes:
        text: The text.
        words: Its normalized words.
    """

    def __init__(self, text: str) -> None:
        """Join the letters of all words, and note where each word begins among them."""
        self.text = text
        self.words = split_words(text)
        self._letters = "".join(word.text for word in self.words)
        self._offsets = [0, *accumulate(len(word.text) for word in self.words)]

    def find(self, wording: str) -> list[tuple[int, int]]:
        """Find all places where a wording stands, as `find_quotation` does."""
        if whole := self._occurrences(_letters_of(wording)):
            return [self._span(first, following) for first, following in whole]
        parts = [part for part in map(_letters_of, _OMISSION.split(wording)) if part]
        if len(parts) < 2:
            return []
        occurrences = [self._occurrences(part) for part in parts]
        spans = []
        for first, following in occurrences[0]:
            for later in occurrences[1:]:
                index = bisect_left(later, (following, 0))
                if index == len(later):
                    break
                following = later[index][1]
            else:
                spans.append(self._span(first, following))
        return [span for span in spans if span[1] - span[0] <= MAX_QUOTED]

    def nearest(self, wording: str) -> Passage | None:
        """Find the passage that resembles a wording most, as `nearest_passage` does."""
        own_words = [word.text for word in split_words(wording)]
        joined = " ".join(word.text for word in self.words)
        best = fuzz.partial_ratio_alignment(" ".join(own_words), joined, score_cutoff=MIN_LIKENESS)
        if best is None or not own_words or not self.words:
            return None
        starts = [0, *accumulate(len(word.text) + 1 for word in self.words)]
        first = max(bisect_left(starts, best.dest_start + 1) - 1, 0)
        last = max(bisect_left(starts, best.dest_end) - 1, first)
        first = self._nearby(own_words[0], first, step=-1)
        last = self._nearby(own_words[-1], last, step=1)
        while first < last and not _is_like_any(self.words[first].text, own_words):
            first += 1
        while first < last and not _is_like_any(self.words[last].text, own_words):
            last -= 1
        span = apply_span_rule(self.text, self.words[first].start, self.words[last].end)
        return Passage(*span, best.score)

    def _nearby(self, word: str, index: int, step: int) -> int:
        """Find a word at an index or soon after; return the index where it is not."""
        places = (index + step * distance for distance in range(NEARBY + 1))
        inside = (place for place in places if 0 <= place < len(self.words))
        return next((place for place in inside if self.words[place].text == word), index)

    def _occurrences(self, letters: str) -> list[tuple[int, int]]:
        """Find runs of whole words by their letters: the first, and the one after the run."""
        found = []
        offset = self._letters.find(letters) if letters else -1
        while offset >= 0:
            first = bisect_left(self._offsets, offset)
            following = bisect_left(self._offsets, offset + len(letters))
            if self._offsets[first] == offset and self._offsets[following] == offset + len(letters):
                found.append((first, following))
            offset = self._letters.find(letters, offset + 1)
        return found

    def _span(self, first: int, following: int) -> tuple[int, int]:
        """Return the offsets of a run of words, by the rule on spans."""
        return apply_span_rule(self.text, self.words[first].start, self.words[following - 1].end)


def _is_like_any(word: str, others: list[str]) -> bool:
    return any(fuzz.ratio(word, other, score_cutoff=LIKE_WORD) for other in others)


def _letters_of(wording: str) -> str:
    return "".join(word.text for word in split_words(wording))


def find_quotation(text: str | QuotationIndex, wording: str) -> list[tuple[int, int]]:
    """Find all places where a wording stands in a text.

    An ellipsis (`…`, `...`, also in brackets) inside the wording stands for words left out: the
    span runs from the part before it to the nearest part after it.

    Args:
        text: The text, or its index where several wordings are looked for.
        wording: The wording.

    Returns:
        The offsets of each place, by the rule on spans, in the order of the text.
    """
    index = text if isinstance(text, QuotationIndex) else QuotationIndex(text)
    return index.find(wording)


def nearest_passage(text: str | QuotationIndex, wording: str) -> Passage | None:
    """Find the passage of a text that resembles a wording most.

    Args:
        text: The text, or its index where several wordings are looked for.
        wording: The wording.

    Returns:
        The passage; None where nothing resembles the wording.
    """
    index = text if isinstance(text, QuotationIndex) else QuotationIndex(text)
    return index.nearest(wording)
