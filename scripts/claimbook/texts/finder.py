"""Find the stored spans of a source in a copy of its text, and never take a wrong place.

Wordings that stand once are found first. How far each has shifted tells where its neighbours are,
and which of several places of the same wording is meant. A wording that stands away from where its
neighbours put it counts as moved only if the text around it has grown by about its length;
otherwise it is another occurrence of the same words, which the stored span did not mean.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from claimbook.texts.anchors import EDGE, Selector, TextIndex

MAX_GROWTH = 2  # a changed span may have up to this many times its words, and
MAX_INSERTED = 120  # this many words of an advertisement besides
MIN_WORDS = 5  # of a wording that tells how far the text has shifted
MIN_WORDS_MOVED = 10  # of a wording that may have moved away from its neighbours
NEIGHBOURS = 3  # on each side, that tell where a wording should be
SLACK, DRIFT = 6, 0.02  # characters, and share of the distance, by which a copy may be off
CLEARLY = 10  # how many times farther off a second place must be for the first to be certain
MAX_MOVE = 1500  # characters that a wording can have moved between the same neighbours

Status = Literal["exact", "moved", "changed", "unclear", "missing"]


@dataclass(frozen=True)
class Match:
    """The result of a search for a selector in a text.

    Attributes:
        status: "exact" for its words at its offsets; "moved" for its words at others; "changed"
            for its first or last words with other words beside them; "unclear" for its words where
            the neighbouring spans do not put them, or at several places; "missing" otherwise.
        start: The offset of the first character; that of the selector if it is missing.
        end: The offset after the last character; that of the selector if it is missing.
        words: The number of words there; 0 if only one end of a changed span was found.
        places: The number of places that come into question.
    """

    status: Status
    start: int
    end: int
    words: int = 0
    places: int = 1


class _Placed(NamedTuple):
    """A span whose place is certain: its old and its new offsets."""

    old: int
    new: int
    old_end: int
    new_end: int


def find_spans(
    index: TextIndex, selectors: Sequence[Selector], length: int | None = None
) -> list[Match]:
    """Find all spans of one source in a copy of its text.

    Args:
        index: The copy.
        selectors: The selectors, in any order.
        length: The number of characters of the text that was annotated, if known.

    Returns:
        For each selector its match, with offsets from the first to the last word.
    """
    search = _Search(index, selectors, length)
    matches = search.run()
    return [matches[selector] for selector in selectors]


class _Search:
    """The search for the spans of one source.

    Attributes:
        index: The copy of the text.
        candidates: The words at which each span may begin.
        placed: The spans whose place is certain, in their old order.
    """

    def __init__(self, index: TextIndex, selectors: Iterable[Selector], length: int | None) -> None:
        self.index = index
        self.ordered = sorted(set(selectors), key=lambda selector: (selector.start, selector.end))
        self.candidates = {selector: index.find_words(selector) for selector in self.ordered}
        self.placed = [_Placed(0, 0, 0, 0)]
        if length is not None:
            self.placed.append(_Placed(length, len(index.text), length, len(index.text)))
        self.matches: dict[Selector, Match] = {}

    def run(self) -> dict[Selector, Match]:
        """Find each span, the certain ones first."""
        for selector in self.ordered:
            if len(self.candidates[selector]) == 1:
                (first,) = self.candidates[selector]
                if self.index.distance(first, selector.start) == 0:
                    self._place(selector, first)
        self._place_agreeing()
        open_spans = self._open()
        while open_spans:
            for selector in open_spans:
                chosen = self._choose(selector)
                if chosen is not None:
                    self._place(selector, chosen)
            if len(remaining := self._open()) == len(open_spans):
                break
            open_spans = remaining
        for selector in self.ordered:
            if selector not in self.matches:
                self.matches[selector] = self._describe_unfound(selector)
        self._withdraw_shared()
        return self.matches

    def _withdraw_shared(self) -> None:
        """Withdraw places that were given to two spans which stood apart in the old text."""
        sharing: dict[tuple[str, int], list[Selector]] = defaultdict(list)
        for selector, match in self.matches.items():
            if match.status in ("exact", "moved"):
                sharing[selector.anchor, match.start].append(selector)
        for selectors in sharing.values():
            starts = [selector.start for selector in selectors]
            if max(starts) - min(starts) > SLACK:
                for selector in selectors:
                    if self.matches[selector].status == "moved":
                        self.matches[selector] = self._describe_unfound(selector)

    def _open(self) -> list[Selector]:
        """List the spans that are not placed and whose words stand somewhere."""
        return [
            selector
            for selector in self.ordered
            if selector not in self.matches and self.candidates[selector]
        ]

    def _place(self, selector: Selector, first: int) -> None:
        """Note the place of a span as certain."""
        is_exact = self.index.distance(first, selector.start) == 0
        status: Status = "exact" if is_exact else "moved"
        placed = self._placement(selector, first)
        insort(self.placed, placed)
        self.matches[selector] = Match(status, placed.new, placed.new_end, selector.words)

    def _placement(self, selector: Selector, first: int) -> _Placed:
        new, new_end = self.index.starts[first], self.index.ends[first + selector.words - 1]
        return _Placed(selector.start, new, selector.end, new_end)

    def _place_agreeing(self) -> None:
        """Place the wordings that stand once and have shifted like a neighbour."""
        single = [
            self._placement(selector, self.candidates[selector][0])
            for selector in self.ordered
            if len(self.candidates[selector]) == 1 and selector.words >= MIN_WORDS
        ]
        single = sorted({*single, *self.placed})
        agreeing = []
        for position, placed in enumerate(single):
            low = max(position - NEIGHBOURS, 0)
            others = single[low:position] + single[position + 1 : position + 1 + NEIGHBOURS]
            if any(_agree(placed, other) for other in others):
                agreeing.append(placed)
        certain = set(agreeing)
        for selector in self.ordered:
            if selector not in self.matches and len(self.candidates[selector]) == 1:
                first = self.candidates[selector][0]
                if self._placement(selector, first) in certain:
                    self._place(selector, first)

    def _neighbours(self, selector: Selector) -> tuple[list[_Placed], list[_Placed]]:
        """Return the nearest placed spans before a span, and those after it."""
        key = _Placed(selector.start, -1, 0, 0)
        position = bisect_left(self.placed, key)
        low = max(position - NEIGHBOURS, 0)
        return self.placed[low:position], self.placed[position : position + NEIGHBOURS]

    def _choose(self, selector: Selector) -> int | None:
        """Choose the place of a span among those where its words stand.

        Returns:
            The index of its first word; None if none is certain.
        """
        before, after = self._neighbours(selector)
        options = [(first, self._placement(selector, first)) for first in self.candidates[selector]]
        near = [
            first
            for first, placed in options
            if any(_agree(placed, other) for other in before + after)
        ]
        if near:
            scores = sorted(
                (*_nearness(placed, before + after), first) for first, placed in options
            )
            (least, distance, best), *others = scores
            limit = CLEARLY * least + 2 * SLACK
            certain = all(
                far > limit or 4 * distance + SLACK < other_distance
                for far, other_distance, _ in others
            )
            return best if certain and best in near else None
        if selector.words < MIN_WORDS or self._is_changed_nearby(selector, before, after):
            return None
        between = [
            first
            for first, placed in options
            if (not before or before[-1].new <= placed.new)
            and (not after or placed.new <= after[0].new)
        ]
        for group in (between, [first for first, _ in options]):
            if len(group) == 1 and self._can_have_moved(selector, group[0]):
                return group[0]
        return None

    def _is_changed_nearby(
        self, selector: Selector, before: list[_Placed], after: list[_Placed]
    ) -> bool:
        """Whether the first or last words of a span stand where its neighbours put it."""
        if not selector.head:
            return False
        for digest, offset in ((selector.head, selector.start), (selector.tail, selector.end)):
            for first in self.index.find_run(digest, min(EDGE, selector.words)):
                found = self.index.starts[first]
                if offset == selector.end:
                    found = self.index.ends[first + min(EDGE, selector.words) - 1]
                for other in before[-1:] + after[:1]:
                    distance = abs(offset - other.old)
                    if abs(found - other.new - (offset - other.old)) <= _tolerance(distance):
                        return True
        return False

    def _can_have_moved(self, selector: Selector, first: int) -> bool:
        """Whether the text around a place has changed as if a span had moved there.

        It has not if the place is another occurrence of the words, and those of the span are gone:
        then the text between the nearest placed spans is as long as it was, or, where the span
        stood between them, shorter by its length.
        """
        placed = self._placement(selector, first)
        by_new = sorted(self.placed, key=lambda other: other.new)
        left = [other for other in by_new if other.new_end <= placed.new]
        right = [other for other in by_new if other.new >= placed.new_end]
        if not left or not right:
            return False
        start, end = left[-1], right[0]
        growth = (end.new - start.new) - (end.old - start.old)
        size = selector.end - selector.start
        before = (placed.new - start.new) - (placed.old - start.old)
        after = growth - before
        stayed = start.old <= selector.start <= end.old
        if stayed and (min(before, after) >= -SLACK or max(before, after) <= SLACK):
            return True
        if selector.words < MIN_WORDS_MOVED:
            return False
        if not stayed:
            return growth >= size
        near = min(abs(before), abs(after)) <= MAX_MOVE
        return near and abs(growth + size) > SLACK + size / 10

    def _describe_unfound(self, selector: Selector) -> Match:
        """Describe what is left of a span that was not placed."""
        if places := self.candidates[selector]:
            first = min(places, key=lambda first: self.index.distance(first, selector.start))
            placed = self._placement(selector, first)
            return Match("unclear", placed.new, placed.new_end, selector.words, len(places))
        missing = Match("missing", selector.start, selector.end, 0, 0)
        if not selector.head:
            return missing
        before, after = self._neighbours(selector)
        edge = min(EDGE, selector.words)
        heads = self.index.find_run(selector.head, edge)
        tails = self.index.find_run(selector.tail, edge)
        longest = selector.words * MAX_GROWTH + MAX_INSERTED
        pairs = [
            (head, tail + edge)
            for head in heads
            for tail in tails[bisect_left(tails, head) :]
            if tail + edge - head <= longest
        ]
        others = before[-1:] + after[:1]

        def off(run: tuple[int, int]) -> tuple[int, int]:
            """How far a run is from where its neighbours put it, and how far from its size."""
            start, end = self.index.starts[run[0]], self.index.ends[run[1] - 1]
            start_off = min(abs(start - other.new - selector.start + other.old) for other in others)
            end_off = min(abs(end - other.new - selector.end + other.old) for other in others)
            return start_off + end_off, abs(run[1] - run[0] - selector.words)

        if pairs:
            head, following = min(pairs, key=off)
            return self._changed(head, following, following - head, len(pairs))
        single = [(head, head + edge) for head in heads]
        single += [(tail, tail + edge) for tail in tails]
        if len(single) == 1 and edge == EDGE:
            return self._changed(*single[0], 0, 1)
        return missing

    def _changed(self, first: int, following: int, words: int, places: int) -> Match:
        start, end = self.index.starts[first], self.index.ends[following - 1]
        return Match("changed", start, end, words, places)


def _tolerance(distance: float) -> float:
    return SLACK + DRIFT * distance


def _deviation(placed: _Placed, other: _Placed) -> int:
    """Measure by how many characters two spans have shifted differently."""
    starts = abs((placed.new - other.new) - (placed.old - other.old))
    if placed.old >= other.old:
        ends = abs((placed.new - other.new_end) - (placed.old - other.old_end))
    else:
        ends = abs((other.new - placed.new_end) - (other.old - placed.old_end))
    return min(starts, ends)


def _nearness(placed: _Placed, others: Iterable[_Placed]) -> tuple[int, int]:
    """Measure how differently a span has shifted from its most similar neighbour.

    Returns:
        The difference and the distance of that one, in characters.
    """
    return min((_deviation(placed, other), _gap(placed, other)) for other in others)


def _gap(placed: _Placed, other: _Placed) -> int:
    """Measure the characters that were between two spans; 0 if they overlapped."""
    return max(placed.old - other.old_end, other.old - placed.old_end, 0)


def _agree(placed: _Placed, other: _Placed) -> bool:
    """Whether two spans have shifted by the same number of characters, or nearly so."""
    return _deviation(placed, other) <= _tolerance(abs(placed.old - other.old))
