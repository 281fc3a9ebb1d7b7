"""Overlap of texts: how much of a text stands in others, by runs of normalized words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from claimbook.texts.anchors import split_words

RUN = 6  # words
MIN_SHARE = 0.5  # of a text's runs: from there on most of the text stands in another one
MAX_GAP = 2 * RUN  # words between two parts that count as one
NAMED_PARTS = 3  # parts that a description names
MULTIPLIER = np.uint64(1_000_003)


@dataclass(frozen=True)
class Overlap:
    """What a text has in common with another one.

    Attributes:
        source_id: The other text.
        share: The share of the text's runs of `RUN` words that stand in the other one.
        parts: The spans of the text that stand in the other one, in characters.
    """

    source_id: str
    share: float
    parts: list[tuple[int, int]]

    def __str__(self) -> str:
        """Describe the overlap in words."""
        named = ", ".join(f"{start} to {end}" for start, end in self.parts[:NAMED_PARTS])
        rest = len(self.parts) - NAMED_PARTS
        more = f" and {rest} further parts" if rest > 0 else ""
        return f"{self.share:.0%} of it stands in {self.source_id} (characters {named}{more})"


def _hash_runs(text: str) -> np.ndarray:
    """Hash every run of words of a text, in their order."""
    words = np.array([word.text for word in split_words(text)], dtype=object)
    hashes = pd.util.hash_array(words)
    count = max(len(hashes) - RUN + 1, 0)
    runs = np.zeros(count, dtype=np.uint64)
    for offset in range(RUN if count else 0):
        runs = runs * MULTIPLIER + hashes[offset : offset + count]
    return runs


def find_overlaps(texts: dict[str, str], new: list[str]) -> dict[str, Overlap]:
    """Find the texts of which most stands in another text.

    Args:
        texts: All texts, by source id, the known ones first.
        new: The ids of the texts to look at. Each is compared with those before it.

    Returns:
        For each text of `new` of which at least `MIN_SHARE` stands in one earlier text, the
        overlap with the one that has most of it.
    """
    names = list(texts)
    runs = {name: _hash_runs(text) for name, text in texts.items()}
    distinct = [np.unique(runs[name]) for name in names]
    hashes = np.concatenate([np.empty(0, dtype=np.uint64), *distinct])
    owners = np.repeat(np.arange(len(names)), [len(of_text) for of_text in distinct])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    overlaps = {}
    for name in new:
        number = names.index(name)
        own = distinct[number]
        first = np.searchsorted(hashes, own, "left")
        counts = np.searchsorted(hashes, own, "right") - first
        # the places in `owners` of all texts that have a run of this one
        ends = np.cumsum(counts)
        places = np.arange(counts.sum()) - np.repeat(ends - counts, counts) + first.repeat(counts)
        shared = np.bincount(owners[places], minlength=len(names))[:number]
        if shared.size and len(own) and shared.max() >= MIN_SHARE * len(own):
            best = int(shared.argmax())
            parts = _shared_parts(texts[name], np.isin(runs[name], distinct[best]))
            overlaps[name] = Overlap(names[best], float(shared[best] / len(own)), parts)
    return overlaps


def _shared_parts(text: str, is_shared: np.ndarray) -> list[tuple[int, int]]:
    """Find the spans of a text that its shared runs cover, in characters.

    Args:
        text: The text.
        is_shared: For each of its runs, whether it is shared.
    """
    words = split_words(text)
    spans: list[tuple[int, int]] = []  # in words, the end exclusive
    for first in np.flatnonzero(is_shared).tolist():
        if spans and first - spans[-1][1] <= MAX_GAP:
            spans[-1] = (spans[-1][0], first + RUN)
        else:
            spans.append((first, first + RUN))
    return [(words[first].start, words[end - 1].end) for first, end in spans]
