"""The layout of a source's page: pieces of text and the marks that cover them.

A claim is underlined over all its length, in a lane of its own where claims overlap. A finding of
criticism is underlined with dots.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.language import claim_description
from claimbook.language.words import code_label
from claimbook.settings import settings
from claimbook.texts import anchors
from claimbook.texts.source_texts import SourceText

LINE = re.compile(r"[\r\n]*[^\r\n]+[\r\n]*|[\r\n]+")
FINDING_GLYPH = "†"
EVIDENCE = {  # how a finding is known, by the value of `known_by`
    "text": "The text itself shows it",
    "corpus": "Another of the sources shows it",
    "outside": "The outside record shows it",
}


@dataclass(frozen=True)
class Mark:
    """A claim or a finding of criticism in a text.

    Attributes:
        id: Its id on the page.
        label: Its name on the page: the id of a claim, the kind of a finding.
        start: The position of its first character.
        end: The position after its last character.
        status: How it was found in the copy.
        theme: The theme of a claim; empty for a finding.
        note: The paraphrase of a claim, or the words of a finding.
        details: The codes of a claim in words, or how a finding is known.
        addresses: The addresses of a finding's evidence.
        lane: The row of a claim's underline, the same over all its length.
    """

    id: str
    label: str
    start: int
    end: int
    status: anchors.Status
    theme: str
    note: str
    details: str
    addresses: list[str] = field(default_factory=list)
    lane: int = 0

    @property
    def glyph(self) -> str:
        """The glyph of the theme; a dagger for a finding."""
        return settings().theme[self.theme].glyph if self.theme else FINDING_GLYPH


@dataclass(frozen=True)
class Piece:
    """A run of characters that the same marks cover.

    Attributes:
        text: The characters.
        marks: The marks that cover them.
        flags: The marks that begin with them.
    """

    text: str
    marks: list[Mark]
    flags: list[Mark]

    @property
    def claims(self) -> list[Mark]:
        """The claims among the marks, in the order of their beginnings."""
        return [mark for mark in self.marks if mark.theme]

    @property
    def has_finding(self) -> bool:
        """Whether a finding of criticism covers the piece."""
        return len(self.claims) < len(self.marks)


@dataclass(frozen=True)
class Page:
    """The content of the page of one source.

    Attributes:
        source_id: The source.
        source: Its row in the table `sources`.
        outlet: The name of its outlet.
        published: When it was published, in words.
        is_annotated_copy: Whether the copy is, to the byte, the one that was annotated.
        lines: The text line by line, each cut into pieces.
        marks: The marks in the text.
        missing: The marks that are not found in the copy.
        lanes: The number of underlines that lie above one another at most.
    """

    source_id: str
    source: "pd.Series"
    outlet: str
    published: str
    is_annotated_copy: bool
    lines: list[list[Piece]]
    marks: list[Mark]
    missing: list[Mark]
    lanes: int

    def count(self, status: anchors.Status) -> int:
        """Count the claims with a status."""
        return sum(mark.status == status for mark in [*self.marks, *self.missing] if mark.theme)

    def count_themes(self) -> dict[str, int]:
        """Count the claims of each theme, including those missing from the copy.

        Returns:
            The counts by theme id, in the order of the settings.
        """
        counts = dict.fromkeys(settings().theme, 0)
        for mark in [*self.marks, *self.missing]:
            if mark.theme:
                counts[mark.theme] += 1
        return counts


def lay_out(corpus: Corpus, text: SourceText, located: pd.DataFrame) -> Page:
    """Lay out the page of one text.

    Args:
        corpus: The corpus.
        text: The text.
        located: Where its claims are, as `source_texts.locate_claims` finds them.
    """
    source = corpus.sources.loc[text.source_id]
    marks = [*_mark_claims(corpus, text, located), *_mark_findings(corpus, text)]
    in_order = sorted(
        (mark for mark in marks if mark.status != "missing"),
        key=lambda mark: (mark.start, -mark.end),
    )
    present = _assign_lanes(in_order)
    return Page(
        source_id=text.source_id,
        source=source,
        outlet=corpus.actors.loc[source["outlet"], "name"],
        published=claim_description.describe_publication(source),
        is_annotated_copy=text.same,
        lines=list(_cut_lines(text.content, present)),
        marks=present,
        missing=[mark for mark in marks if mark.status == "missing"],
        lanes=max((mark.lane + 1 for mark in present), default=0),
    )


def _mark_claims(corpus: Corpus, text: SourceText, located: pd.DataFrame) -> Iterator[Mark]:
    """Yield the marks of a text's claims, in the order of the table."""
    claims = corpus.claims[corpus.claims["source_id"] == text.source_id]
    for claim_id, claim in claims.iterrows():
        match = located.loc[claim_id]
        start, end = int(match["start"]), int(match["end"])
        if match["status"] == "exact" and not text.same:
            # in another copy, a claim that begins at its position may end at another
            end = start + anchors.split_words(text.content[start:])[int(claim["words"]) - 1].end
        also = "".join(f", also {code_label(theme)}" for theme in claim["also"])
        chain = claim_description.describe_chain(corpus, claim["chain"])
        yield Mark(
            id=str(claim_id),
            label=str(claim_id),
            start=start,
            end=end,
            status=match["status"],
            theme=claim["theme"],
            note=claim["paraphrase"],
            details=f"{code_label(claim['theme'])}{also}; {claim['kind']}; {chain}",
        )


def _mark_findings(corpus: Corpus, text: SourceText) -> Iterator[Mark]:
    """Yield the marks of the criticism of a text.

    A finding has no hashes of its edges: in another copy it is found whole or not at all.
    """
    criticism = corpus.criticism.reset_index()
    criticism = criticism[criticism["source_id"] == text.source_id]
    words = [] if text.same or criticism.empty else anchors.split_words(text.content)
    for _, finding in criticism.iterrows():
        start, end, count = int(finding["start"]), int(finding["end"]), int(finding["words"])
        status: anchors.Status = "exact"
        if not text.same:
            runs = [words[first : first + count] for first in range(len(words) - count + 1)]
            runs = [run for run in runs if anchors.hash_words(run) == finding["anchor"]]
            nearest = min(runs, key=lambda run: abs(run[0].start - start), default=None)
            status = "moved" if nearest else "missing"
            start, end = (nearest[0].start, nearest[-1].end) if nearest else (start, end)
        seen = f" ({claim_description.SEEN[finding['seen']]})" if pd.notna(finding["seen"]) else ""
        yield Mark(
            id=f"finding-{finding['start']}-{finding['end']}-{finding['kind']}",
            label=str(finding["kind"]).capitalize(),
            start=start,
            end=end,
            status=status,
            theme="",
            note=finding["finding"],
            details=f"{EVIDENCE[finding['known_by']]}{seen}",
            addresses=finding["address"],
        )


def _assign_lanes(marks: list[Mark]) -> list[Mark]:
    """Give each claim the first lane that is free over all its length.

    Args:
        marks: Marks in the order of their beginnings.
    """
    ends: list[int] = []
    assigned = []
    for mark in marks:
        lane = mark.lane
        if mark.theme:
            lane = next((lane for lane, end in enumerate(ends) if end <= mark.start), len(ends))
            ends[lane : lane + 1] = [mark.end]
        assigned.append(replace(mark, lane=lane))
    return assigned


def _cut_lines(content: str, marks: list[Mark]) -> Iterator[list[Piece]]:
    """Yield a text line by line, each cut wherever a mark begins or ends.

    The pieces joined are the text.
    """
    for line in LINE.finditer(content):
        cuts = {line.start(), line.end()}
        cuts |= {
            edge
            for mark in marks
            for edge in (mark.start, mark.end)
            if line.start() < edge < line.end()
        }
        edges = sorted(cuts)
        yield [
            Piece(
                content[start:end],
                [mark for mark in marks if mark.start <= start and end <= mark.end],
                [mark for mark in marks if mark.start == start],
            )
            for start, end in pairwise(edges)
        ]
