"""The notes on claims in an EPUB: a number in the text, and a note that opens at it.

A reading system shows the note of a number in a window of its own, or else leads to it, at the end
of the page, and back. A reader of the EPUB has no ledger at hand, so every note has the paraphrase.
"""

import re
from dataclasses import dataclass, field

import jinja2
from docutils import nodes

from claimbook.language.claim_description import describe_claim
from claimbook.language.source_links import SourceLinks, links_of_claim
from claimbook.language.words import code_label, curly_apostrophes
from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus
from claimbook.sphinxext.nodes import claim_ref

MARKER = jinja2.Environment(autoescape=True).from_string(
    '<sup class="cb-notes">'
    "{% for note, place in cited %}"
    '{{ ", " if not loop.first }}'
    '<a epub:type="noteref" role="doc-noteref" id="{{ place }}" href="#{{ note.id }}">'
    "{{ note.number }}</a>"
    "{% endfor %}</sup>"
)


@dataclass(frozen=True)
class Note:
    """A note on a claim.

    Attributes:
        number: Its number on its page.
        claim: The id of the claim.
        theme: The claim's theme, with its sign.
        text: Who said what, in which outlet and on which day.
        links: Where the source can be read; None where no address is known.
        places: The ids of the markers that lead to it, in the order of the text.
    """

    number: int
    claim: str
    theme: str
    text: str
    links: SourceLinks | None
    places: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id on its page."""
        return f"cb-note-{self.number}"


def add_notes(tree: nodes.document) -> list[Note]:
    """Replace the markers of claims on a page by numbers of notes.

    Args:
        tree: The page, with its markers linked.

    Returns:
        The notes, one for each claim that the page cites, in the order in which it cites them.
    """
    notes: dict[str, Note] = {}
    places = 0
    for marker in list(tree.findall(claim_ref)):
        cited = []
        for claim in marker["claims"]:
            if claim not in notes:
                notes[claim] = _make_note(len(notes) + 1, claim)
            places += 1
            notes[claim].places.append(f"cb-ref-{places}")
            cited.append((notes[claim], f"cb-ref-{places}"))
        _close_up(marker)
        numbers = nodes.raw("", MARKER.render(cited=cited), format="html")
        marker.parent.replace(marker, numbers)
    return list(notes.values())


def _make_note(number: int, claim: str) -> Note:
    """Make the note on a claim."""
    row = cached_claims().loc[claim]
    theme = settings().theme[row["theme"]]
    text = describe_claim(cached_corpus(), row).note(with_paraphrase=True)
    return Note(
        number,
        claim,
        f"{theme.glyph}\N{VARIATION SELECTOR-15} {code_label(theme.id)}",
        curly_apostrophes(text),
        links_of_claim(cached_corpus(), row),
    )


def _close_up(marker: claim_ref) -> None:
    """Remove the space before a marker, since a raised number stands at its word.

    A marker that is itself a word of the sentence keeps it: one that another word follows.
    """
    index = marker.parent.index(marker)
    before = marker.parent[index - 1] if index else None
    after = marker.parent[index + 1 :]
    if after and re.match(r"\s+\w", after[0].astext()):
        return
    if isinstance(before, nodes.Text) and before.astext().endswith(" "):
        marker.parent.replace(before, nodes.Text(before.astext().rstrip(" ")))
