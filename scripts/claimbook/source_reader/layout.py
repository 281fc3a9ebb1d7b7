"""The layout of a source's page: pieces of text and the marks that cover them.

A claim is underlined over all its length; where claims overlap, their underlines are one below the
other. A finding of criticism is underlined with dots.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.language import claim_description
from claimbook.language.relay_description import describe_relays
from claimbook.language.words import code_label
from claimbook.settings import settings
from claimbook.texts.finder import Match, Status
from claimbook.texts.source_texts import SourceText

LINE = re.compile(r"[\r\n]*[^\r\n]+[\r\n]*|[\r\n]+")
FINDING_GLYPH = "†"
EVIDENCE = {  # how a finding is known, by the value of `known_by`
    "text": "The text itself shows it",
    "corpus": "Another of the sources shows it",
    "original": "The text that it passes on shows it",
    "outside": "The outside record shows it",
}


Located = Mapping[tuple[str, str], Match]  # by table and key of the row


@dataclass(frozen=True)
class Mark:
    """A claim or a finding of criticism, with its position in a source's text.

    Attributes:
        id: Its id on the page.
        label: Its name on the page: the id of a claim, the kind of a finding.
        start: The position of its first character.
        end: The position after its last character.
        status: Whether the copy has it as it was annotated: `exact`, `moved`, `changed` or
            `missing`.
        theme: The theme of a claim; empty for a finding.
        note: The paraphrase of a claim, or the text of a finding.
        details: For a claim its codes in words; for a finding how it is known.
        addresses: The web addresses of a finding's evidence; empty for a claim.
        lane: The level of a claim's underline, counted from 0, the same over all its length.
    """

    id: str
    label: str
    start: int
    end: int
    status: Status
    theme: str
    note: str
    details: str
    addresses: list[str] = field(default_factory=list)
    lane: int = 0

    @property
    def glyph(self) -> str:
        """The character of the claim's theme; for a finding a dagger."""
        return settings().theme[self.theme].glyph if self.theme else FINDING_GLYPH


@dataclass(frozen=True)
class Piece:
    """A piece of a line of text that the same marks cover from end to end.

    Attributes:
        text: The characters.
        marks: The marks that cover them.
        flags: The marks that begin where the piece begins.
    """

    text: str
    marks: list[Mark]
    flags: list[Mark]

    @property
    def claims(self) -> list[Mark]:
        """The marks of claims that cover the piece, in the order of their beginnings."""
        return [mark for mark in self.marks if mark.theme]

    @property
    def has_finding(self) -> bool:
        """Whether a finding of criticism covers the piece, perhaps beside claims."""
        return len(self.claims) < len(self.marks)


@dataclass(frozen=True)
class Page:
    """The content of the page of one source.

    Attributes:
        source_id: The id of the source.
        source: Its row in the table `sources`.
        outlet: The name of its outlet.
        published: The day of its publication, in words.
        is_annotated_copy: Whether the copy of its text is, byte for byte, the one that was
            annotated.
        lines: The text line by line, each cut into pieces.
        marks: The marks in the text, in the order of their beginnings.
        missing: The marks of claims and findings that the copy does not have.
        lanes: The largest number of underlines that are one below the other.
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

    def count(self, status: Status) -> int:
        """Count the claims that the copy has in a certain way.

        Args:
            status: `exact`, `moved`, `changed` or `missing`.
        """
        return sum(mark.status == status for mark in [*self.marks, *self.missing] if mark.theme)

    def count_themes(self) -> dict[str, int]:
        """Count the claims of the source by theme, including those that the copy lacks.

        Returns:
            The counts by theme id, in the order of the settings. A theme without claims has 0.
        """
        counts = dict.fromkeys(settings().theme, 0)
        for mark in [*self.marks, *self.missing]:
            if mark.theme:
                counts[mark.theme] += 1
        return counts


def lay_out(corpus: Corpus, text: SourceText, located: Located) -> Page:
    """Lay out the page of one source: cut its text into pieces with their marks.

    Args:
        corpus: The corpus.
        text: The copy of the source's text.
        located: Where its claims and findings stand, by table and key.
    """
    source = corpus.sources.loc[text.source_id]
    marks = [*_mark_claims(corpus, text, located), *_mark_findings(corpus, text, located)]
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


def _mark_claims(corpus: Corpus, text: SourceText, located: Located) -> Iterator[Mark]:
    """Yield the marks of the claims of a source, in the order of the table.

    Args:
        corpus: The corpus.
        text: The copy of the source's text.
        located: Where its claims and findings stand, by table and key.
    """
    claims = corpus.claims[corpus.claims["source_id"] == text.source_id]
    for claim_id, claim in claims.iterrows():
        match = located["claims", str(claim_id)]
        also = "".join(f", also {code_label(theme)}" for theme in claim["also"])
        chain = claim_description.describe_chain(corpus, claim["chain"])
        relays = describe_relays(corpus, str(claim_id))
        passed = "".join(f"; passes on {relay.source} {relay.outcome}" for relay in relays)
        yield Mark(
            id=str(claim_id),
            label=str(claim_id),
            start=match.start,
            end=match.end,
            status=_shown_status(match),
            theme=claim["theme"],
            note=claim["paraphrase"],
            details=f"{code_label(claim['theme'])}{also}; {claim['kind']}; {chain}{passed}",
        )


def _shown_status(match: Match) -> Status:
    """Return the status that a page shows: missing, where no place is certain."""
    is_uncertain = match.status == "unclear" or (match.status == "changed" and not match.words)
    return "missing" if is_uncertain else match.status


def _mark_findings(corpus: Corpus, text: SourceText, located: Located) -> Iterator[Mark]:
    """Yield the marks of the findings on a source, in the order of the table."""
    criticism = corpus.criticism.reset_index()
    criticism = criticism[criticism["source_id"] == text.source_id]
    for _, finding in criticism.iterrows():
        key = "/".join(str(finding[name]) for name in ("source_id", "start", "end", "kind"))
        match = located["criticism", key]
        seen = (
            f" ({claim_description.describe_seen(finding['seen'])})"
            if pd.notna(finding["seen"])
            else ""
        )
        yield Mark(
            id=f"finding-{finding['start']}-{finding['end']}-{finding['kind']}",
            label=str(finding["kind"]).capitalize(),
            start=match.start,
            end=match.end,
            status=_shown_status(match),
            theme="",
            note=finding["finding"],
            details=f"{EVIDENCE[finding['known_by']]}{seen}",
            addresses=finding["address"],
        )


def _assign_lanes(marks: list[Mark]) -> list[Mark]:
    """Give each claim the first level of underlines that is free over all its length.

    So the underlines of claims that overlap do not cover each other. Findings keep level 0.

    Args:
        marks: Marks in the order of their beginnings.

    Returns:
        Copies of the marks with their `lane`, in the same order.
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
    """Cut a text into lines, and each line wherever a mark begins or ends.

    All pieces joined are the text again.

    Yields:
        The pieces of each line.
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
