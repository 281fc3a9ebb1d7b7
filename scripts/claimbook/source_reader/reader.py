"""The source reader: private pages that show each text at hand with its claims where they stand, and an index of the sources.

Pages hold the sentences of the sources. They are for whoever owns the texts, are never part of the book and need no network.

What other pages may point to: `SOURCE_ID.html#NW-07` (a claim), `SOURCE_ID.html#finding-363-422-translation` (a finding of
criticism, by its key), `index.html`. Every claim of a source has its address on its page: in the text, or in the list of those
that the copy lacks.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from claimbook.corpus.model import Corpus
from claimbook.figures import style
from claimbook.language import claim_text
from claimbook.paths import project
from claimbook.settings import settings
from claimbook.texts import anchors, source_texts
from claimbook.texts.source_texts import SourceText

ASSETS = Path(__file__).parent / "assets"
LEDGER = "../html/ledger.html"
HERE = "here.js"  # by this file the ledger, opened from disk, knows that the pages stand beside the book
LINE = re.compile(r"[\r\n]*[^\r\n]+[\r\n]*|[\r\n]+")
LANE = 3  # pixels from one underline to the next
KNOWN = {
    "text": "The text itself shows it",
    "corpus": "Another of the sources shows it",
    "outside": "The outside record shows it",
}
# What would turn, hide or end the text around it: controls and the marks of direction. Shown by their number instead.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class NoTexts(LookupError):
    """No text that can be shown is at hand; the message is one line that says what to do."""


@dataclass(frozen=True)
class Mark:
    """A claim or a finding in a text: where (characters, end exclusive), how it was found, and what its note says.

    `theme` is empty for a finding; `lane` is the row of a claim's underline, the same over all its length.
    """

    id: str
    start: int
    end: int
    status: anchors.Status
    theme: str
    note: str
    said: str
    addresses: list[str] = field(default_factory=list)
    lane: int = 0

    @property
    def glyph(self) -> str:
        """What stands for the theme beside its colour; a dagger for a finding."""
        return settings().theme[self.theme].glyph if self.theme else "†"

    @property
    def label(self) -> str:
        """What the mark is called on the page: the claim's id, or the kind of the finding."""
        return self.id if self.theme else self.id.rsplit("-", 1)[1].capitalize()


@dataclass(frozen=True)
class Piece:
    """A run of characters under the same marks; `flags` are those that begin with it."""

    text: str
    marks: list[Mark]
    flags: list[Mark]

    @property
    def claims(self) -> list[Mark]:
        """The claims among the marks, the one that began first first."""
        return [mark for mark in self.marks if mark.theme]

    @property
    def doubted(self) -> bool:
        """Whether a finding of criticism covers the piece."""
        return len(self.claims) < len(self.marks)


@dataclass(frozen=True)
class Page:
    """All that the page of one source shows; `blocks` are its lines, `lanes` how many underlines lie above one another."""

    source_id: str
    source: pd.Series
    outlet: str
    published: str
    same: bool
    blocks: list[list[Piece]]
    marks: list[Mark]
    absent: list[Mark]
    lanes: int

    def count(self, status: str) -> int:
        """How many claims were found so."""
        return sum(mark.status == status for mark in [*self.marks, *self.absent] if mark.theme)

    def themes(self) -> dict[str, int]:
        """The number of claims of each theme, in the order of the codebook, those not found included."""
        counts = dict.fromkeys(settings().theme, 0)
        for mark in [*self.marks, *self.absent]:
            if mark.theme:
                counts[mark.theme] += 1
        return counts


def write_reader(corpus: Corpus, folder: Path | None = None) -> Path:
    """Write a page for each text at hand and the index into a folder; returns the index.

    The book's own ledger holds no link to them, since it may be published and they may not: where it is opened from disk and they
    stand beside it, its script makes the links. Pages of sources whose text is no longer at hand are removed. Raises NoTexts where there is none to show.
    """
    folder = folder or project().reader
    at_hand, unreadable = _find(corpus.sources)
    if not at_hand:
        wanted = (
            "no text can be read as UTF-8" if unreadable else "no text of the sources is at hand"
        )
        raise NoTexts(f"{wanted}: put them into data/texts/, or point CORPUS_TEXTS at their folder")
    located = source_texts.locate_claims(corpus.claims, at_hand)
    pages = {source_id: lay_out(corpus, text, located) for source_id, text in at_hand.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for source_id in corpus.sources.index.difference(list(pages)):
        (folder / f"{source_id}.html").unlink(missing_ok=True)
    shared = {"pages": pages, "ledger": LEDGER, "themes": settings().theme, "css": Markup(_css())}
    template = _environment().get_template("reader.html")
    for source_id, page in pages.items():
        _save(folder / f"{source_id}.html", template.render(page=page, **shared))
    _save(folder / HERE, f"var claimbookReader = {json.dumps(sorted(pages))};\n")
    sources = corpus.sources.sort_values("published")
    names = corpus.actors["name"]
    index = folder / "index.html"
    _save(
        index,
        template.render(page=None, sources=sources, names=names, unreadable=unreadable, **shared),
    )
    return index


def _find(sources: pd.DataFrame) -> tuple[dict[str, SourceText], list[str]]:
    """The texts at hand by source id, and the sources whose file is there but is not UTF-8."""
    at_hand: dict[str, SourceText] = {}
    unreadable = []
    for source_id in sources.sort_values("published").index:
        try:
            at_hand |= source_texts.find_texts(sources.loc[[source_id]])
        except UnicodeDecodeError:
            unreadable.append(source_id)
    return at_hand, unreadable


def _save(file: Path, page: str) -> None:
    file.write_bytes(page.encode("utf-8"))


def lay_out(corpus: Corpus, text: SourceText, located: pd.DataFrame) -> Page:
    """The page of one text: `located` is what `texts.locate` found of the claims."""
    source = corpus.sources.loc[text.source_id]
    marks = [*_claims(corpus, text, located), *_findings(corpus, text)]
    present = _in_lanes(
        sorted(
            (mark for mark in marks if mark.status != "missing"),
            key=lambda mark: (mark.start, -mark.end),
        )
    )
    return Page(
        source_id=text.source_id,
        source=source,
        outlet=corpus.actors.loc[source["outlet"], "name"],
        published=claim_text.describe_publication(source),
        same=text.same,
        blocks=list(_blocks(text.content, present)),
        marks=present,
        absent=[mark for mark in marks if mark.status == "missing"],
        lanes=max((mark.lane + 1 for mark in present), default=0),
    )


def _claims(corpus: Corpus, text: SourceText, located: pd.DataFrame) -> Iterator[Mark]:
    claims = corpus.claims[corpus.claims["source_id"] == text.source_id]
    for claim_id, claim in claims.iterrows():
        found = located.loc[claim_id]
        start, end = int(found["start"]), int(found["end"])
        if found["status"] == "exact" and not text.same:
            start, end = _as_printed(text.content, start, int(claim["words"]))
        also = "".join(f", also {claim_text.code_label(theme)}" for theme in claim["also"])
        said = f"{claim_text.code_label(claim['theme'])}{also}; {claim['kind']}; {claim_text.describe_chain(corpus, claim['chain'])}"
        yield Mark(
            str(claim_id), start, end, found["status"], claim["theme"], claim["paraphrase"], said
        )


def _as_printed(content: str, start: int, count: int) -> tuple[int, int]:
    """The span of `count` words from a place on: in another copy a claim that begins where it should may end elsewhere."""
    return start, start + anchors.split_words(content[start:])[count - 1].end


def _findings(corpus: Corpus, text: SourceText) -> Iterator[Mark]:
    """The criticism of a text. A finding has no hashes of its edges: in another copy it is found whole or not at all."""
    criticism = corpus.criticism.reset_index()
    criticism = criticism[criticism["source_id"] == text.source_id]
    inside = [] if text.same or criticism.empty else anchors.split_words(text.content)
    for _, finding in criticism.iterrows():
        start, end, count = int(finding["start"]), int(finding["end"]), int(finding["words"])
        status: anchors.Status = "exact"
        if not text.same:
            runs = [inside[first : first + count] for first in range(len(inside) - count + 1)]
            runs = [run for run in runs if anchors.hash_words(run) == finding["anchor"]]
            nearest = min(runs, key=lambda run: abs(run[0].start - start), default=None)
            status = "moved" if nearest else "missing"
            start, end = (nearest[0].start, nearest[-1].end) if nearest else (start, end)
        known = KNOWN[finding["known_by"]] + (
            f" ({claim_text.SEEN[finding['seen']]})" if pd.notna(finding["seen"]) else ""
        )
        key = f"finding-{finding['start']}-{finding['end']}-{finding['kind']}"
        yield Mark(key, start, end, status, "", finding["finding"], known, finding["address"])


def _in_lanes(marks: list[Mark]) -> list[Mark]:
    """The marks, in order of their start, each claim with the first underline that is free over all its length."""
    ends: list[int] = []
    placed = []
    for mark in marks:
        if mark.theme:
            lane = next((lane for lane, end in enumerate(ends) if end <= mark.start), len(ends))
            ends[lane : lane + 1] = [mark.end]
            mark = replace(mark, lane=lane)
        placed.append(mark)
    return placed


def _blocks(content: str, marks: list[Mark]) -> Iterator[list[Piece]]:
    """The text line by line, each cut wherever a mark begins or ends; the pieces joined are the text."""
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
            for start, end in zip(edges, edges[1:], strict=False)
        ]


def underlines(piece: Piece, lanes: int) -> str:
    """The CSS of a piece's underlines, one a claim in its own lane, dashed where the claim was changed."""
    if not piece.claims:
        return ""
    images, places = [], []
    for mark in piece.claims:
        ink = f"var(--cb-{mark.theme})"
        dashed = f"repeating-linear-gradient(90deg,{ink} 0 6px,transparent 6px 10px)"
        images.append(dashed if mark.status == "changed" else f"linear-gradient({ink},{ink})")
        places.append(f"0 calc(100% - {(lanes - 1 - mark.lane) * LANE}px)")
    shortest = min(piece.claims, key=lambda mark: mark.end - mark.start)
    return f"--tint:var(--cb-{shortest.theme});background-image:{','.join(images)};background-position:{','.join(places)}"


def visible(text: str) -> Markup:
    """The text for a page, character for character; controls stand in boxes, named by number, where they can do nothing."""

    def boxed(found: re.Match[str]) -> str:
        held = "" if found.group() == "\0" else found.group()  # HTML has no way to write this one
        name = unicodedata.name(found.group(), "control character")
        return f'<bdi class="control" data-code="U+{ord(found.group()):04X}" title="{name}">{held}</bdi>'

    return Markup(CONTROL.sub(boxed, str(escape(text))).replace("\r", "&#13;"))


def plain(text: str) -> str:
    """The text without controls, for places that cannot hold elements: titles and labels."""
    return CONTROL.sub("", text)


def highlights(page: Page) -> Markup:
    """The CSS by which a flag, a note or an address lights all of its span. The schema keeps ids safe for CSS."""
    rules = []
    for mark in page.marks:
        tint = f"var(--cb-{mark.theme or 'muted'})"
        chosen = f"main:has(#{mark.id}:is(:hover,:focus,:target),#note-{mark.id}:is(:hover,:focus-within,:target))"
        rules.append(
            f'{chosen} [data-marks~="{mark.id}"]{{background-color:color-mix(in srgb,{tint} 38%,transparent)}}'
        )
        over = f'main:has([data-marks~="{mark.id}"]:hover)'
        rules.append(
            f"{chosen} #note-{mark.id},{over} #note-{mark.id}{{background:var(--cb-band)}}"
        )
    return Markup("\n".join(rules))


def _css() -> str:
    """The house's colours, dark where the reader's system is: these pages have no switch and run no script."""
    dark = "".join(f"--cb-{name}:{value.dark};" for name, value in style.colours().items())
    sheet = (ASSETS / "reader.css").read_text("utf-8")
    return f"{style.css_variables()}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{sheet}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "plain": plain}
    environment.globals |= {
        "underlines": underlines,
        "highlights": highlights,
        "published": claim_text.describe_publication,
    }
    return environment
