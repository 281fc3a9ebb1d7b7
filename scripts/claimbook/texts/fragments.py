"""The words by which a link finds a claim on its publisher's page, and their check.

A link with a text fragment (`#:~:text=first,last`) leads a browser to the stretch between a claim's
first and last words. The table `fragments` keeps these, so that pages have such links where no text
is at hand: five words of a claim at most, two or more left out between them, and never so many
beside one another that six words of a source in a row could be read from the table.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.errors import Fault
from claimbook.texts.anchors import TextIndex, split_words
from claimbook.texts.source_texts import SourceText
from claimbook.texts.word_runs import LENGTH

FRAGMENTS, ADDRESSES = "fragments", "addresses"
SIZES = ((3, 2), (2, 3), (2, 2), (2, 1))  # words at both ends, by preference
MAX_WORDS = 5
MIN_LEFT_OUT = 2
# What stands on a publisher's page as it does in the copy: no line break, quotation mark or dash.
PLAIN = re.compile(r"[^\W_]+(?:(?:, | |-)[^\W_]+)*")
MENDS = "`claimbook fragments` mends it"


@dataclass(frozen=True)
class Fragment:
    """The first and the last words of a claim, as its text has them."""

    first: str
    last: str


class _TextOfClaims:
    """A text, and which of its words cells of the tables already show.

    Attributes:
        index: The text.
        shown: The positions of these words.
    """

    def __init__(self, index: TextIndex, claims: pd.DataFrame) -> None:
        """Note the words of likelihood that the claims of the text have."""
        self.index = index
        self.shown: set[int] = set()
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(index.words):
            self._places[word].append(place)
        for _, claim in claims[claims["term"] != ""].iterrows():
            first, end = self.range_of(claim)
            term = [word.text for word in split_words(claim["term"])]
            for place in self._find(term, first, end):
                self.shown |= set(range(place, place + len(term)))

    def range_of(self, claim: pd.Series) -> tuple[int, int]:
        """Return the positions of the first word of a claim, and after its last."""
        first = bisect_left(self.index.starts, int(claim["start"]))
        return first, first + int(claim["words"])

    def fragment(self, claim: pd.Series, size: tuple[int, int]) -> Fragment | None:
        """Return the fragment of a claim with so many words at its ends, if allowed."""
        (first, end), (opening, closing) = self.range_of(claim), size
        if end - first < opening + closing + MIN_LEFT_OUT:
            return None
        pieces = [self._piece(first, first + opening), self._piece(end - closing, end)]
        if not all(map(PLAIN.fullmatch, pieces)) or not self._is_unique(first, end, size):
            return None
        return Fragment(*pieces)

    def show(self, claim: pd.Series, size: tuple[int, int]) -> bool:
        """Note the words of a fragment as shown, unless six in a row would then be."""
        first, end = self.range_of(claim)
        shown = self.shown | {*range(first, first + size[0]), *range(end - size[1], end)}
        if any(
            shown.issuperset(range(place, place + LENGTH))
            for place in range(max(first - LENGTH, 0), end + 1)
        ):
            return False
        self.shown = shown
        return True

    def _piece(self, first: int, end: int) -> str:
        return self.index.text[self.index.starts[first] : self.index.ends[end - 1]]

    def _is_unique(self, first: int, end: int, size: tuple[int, int]) -> bool:
        """Check that the first words stand once, and the last once up to the end."""
        words, (opening, closing) = self.index.words, size
        starts = list(self._find(words[first : first + opening], 0, len(words)))
        ends = list(self._find(words[end - closing : end], first + opening, end))
        return starts == [first] and ends == [end - closing]

    def _find(self, words: list[str], first: int, end: int) -> Iterator[int]:
        """Yield the places between two positions where words stand in a row."""
        for place in self._places.get(words[0], []) if words else []:
            inside = first <= place <= end - len(words)
            if inside and self.index.words[place : place + len(words)] == words:
                yield place


def make_fragments(
    claims: pd.DataFrame, source_ids: Collection[str], texts: Mapping[str, SourceText]
) -> dict[str, Fragment]:
    """Make the fragments of all claims that may have one.

    Args:
        claims: The claims.
        source_ids: The sources that have an address.
        texts: The texts at hand by source id; copies that were not annotated are left out.

    Returns:
        The fragments by claim id.
    """
    made = {}
    for source_id, of_source in _by_text(claims, texts):
        if source_id not in source_ids:
            continue
        text = _TextOfClaims(texts[source_id].index, of_source)
        for claim_id, claim in of_source.iterrows():
            for size in SIZES:
                fragment = text.fragment(claim, size)
                if fragment is not None and text.show(claim, size):
                    made[str(claim_id)] = fragment
                    break
    return made


def check_fragments(
    table: Table, corpus: Corpus, texts: Mapping[str, SourceText]
) -> Iterator[Fault]:
    """Find fragments that lead to another place, or show too much of a text.

    Args:
        table: The table `fragments`.
        corpus: Its rows, and the claims.
        texts: The texts at hand by source id.

    Yields:
        The faults, by text and in the order of the claims in it.
    """
    stored = corpus.further[FRAGMENTS]
    for source_id, of_source in _by_text(corpus.claims, texts):
        text = _TextOfClaims(texts[source_id].index, of_source)
        for claim_id, claim in of_source[of_source.index.isin(stored.index)].iterrows():
            row = stored.loc[claim_id]
            size = len(split_words(row["first"])), len(split_words(row["last"]))
            cells = f"{row['first']} … {row['last']}"
            if sum(size) > MAX_WORDS or text.fragment(claim, size) != Fragment(*row[:2]):
                allowed = (
                    f"the first and last words of the claim, {MAX_WORDS} at most, "
                    f"{MIN_LEFT_OUT} or more left out, found once in the text"
                )
            elif not text.show(claim, size):
                allowed = "with the cells beside it, fewer than six words of the text in a row"
            else:
                continue
            yield Fault(table.file, str(claim_id), "first-last", cells, allowed, MENDS)


def _by_text(
    claims: pd.DataFrame, texts: Mapping[str, SourceText]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the claims of each annotated text at hand, in the order of the text."""
    with_text = claims[claims["source_id"].isin([key for key, text in texts.items() if text.same])]
    for source_id, of_source in with_text.groupby("source_id", observed=True):
        yield str(source_id), of_source.sort_values(["start", "end"], kind="stable")
