"""The claim role: `` {claim}`AB-07` `` or, for several claims, `` {claim}`AB-07, AB-09` ``.

In a chapter on a theme, a claim of another theme is cited as `` {claim}`+AB-07` `` and shows the
sign of its own theme. On a page the marker opens a popover with the facts of the claim; in print
it is a note. Both link to the ledger.
"""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform

from claimbook.language.ledger_pages import LEDGER
from claimbook.prose.parser import ELSEWHERE, TAKEAWAYS, claim_id
from claimbook.sphinxext.citation_index import (
    citations_by_claim,
    citations_by_page,
    is_in_prose,
    quote_sentence,
)
from claimbook.sphinxext.claim_notes import add_note
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus, cached_ledger
from claimbook.sphinxext.nodes import (
    ancestors,
    claim_ref,
    depart_as_inline,
    page_numbers,
    visit_as_inline,
)
from claimbook.sphinxext.page_classes import INDEX, page_classes


class UnknownClaimError(SphinxError):
    """An error for a citation of a claim that is not in the corpus."""

    category = "Unknown claim"


def claim_role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Inliner,
    options: Any = None,
    content: Any = None,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Make the marker of the claims that the role `claim` cites.

    Args:
        name: The name of the role.
        rawtext: The source of the role with its name.
        text: The ids of the claims, with commas between them; `+` before an id says that the claim
            is of another theme than the chapter.
        lineno: The line of the role.
        inliner: The parser that met the role.
        options: Unused.
        content: Unused.

    Returns:
        The marker, and no messages.

    Raises:
        UnknownClaimError: An id is not in the corpus. The message has the file and the line.
    """
    cited = text.split(",")
    ids = [claim_id(part) for part in cited]
    claims = cached_corpus().claims.index
    if unknown := [claim for claim in ids if claim not in claims]:
        source = f"{inliner.document.current_source}:{lineno}"
        raise UnknownClaimError(f"{source}: no claim {', '.join(unknown)} in data/claims.csv")
    marker = claim_marker(ids)
    marker["elsewhere"] = [claim_id(part) for part in cited if part.strip().startswith(ELSEWHERE)]
    return [marker], []


def claim_marker(ids: list[str]) -> claim_ref:
    """Make a marker that cites claims, as a node of the document.

    Its links are added later, by `LinkClaims`.
    """
    return claim_ref("", ", ".join(ids), claims=ids, classes=["claim"])


class LinkClaims(SphinxPostTransform):
    """A transform that links claim markers to the ledger and adds notes for print.

    In print, a marker in prose has a note where the book cites a claim for the first time. Markers
    on the front page and among takeaways have no note, since these must be readable at a glance. On
    a page of class `index`, print shows page numbers instead of markers.

    Each marker gets the attribute `listed`. It is true where `is_in_prose` is false, and in a book
    joined to one document also on the page of the ledger.
    """

    default_priority = 20

    def run(self, **_: Any) -> None:
        """Replace the text of each marker by links, and add notes and page numbers."""
        is_print = self.app.builder.format == "typst"
        entries = self._printed_entries() if is_print else set(cached_claims().index)
        claims_with_note: set[str] = set()
        for marker in self.document.findall(claim_ref):
            marker.clear()
            page = docname_of(marker)
            marker["listed"] = page == LEDGER or not is_in_prose(marker)
            if is_print and is_index(self.env, page):
                marker += self._page_numbers(marker["claims"], entries)
                continue
            link_marker(marker, lambda claim: self._address(claim) if claim in entries else "")
            if is_print and self._may_have_note(marker, page):
                add_note(marker, self._sentence(page, marker), claims_with_note)

    def _printed_entries(self) -> set[str]:
        """Return the ids of the claims that have an entry in the printed ledger."""
        return {name for term in self.document.findall(nodes.term) for name in term["ids"]}

    def _address(self, claim: str) -> str:
        """Return the address of the entry of a claim, as seen from this document.

        In HTML it is on one of the pages of the ledger, else in the chapter of the ledger.
        """
        builder, page = self.app.builder, LEDGER
        if LEDGER not in self.env.all_docs:
            return f"#{claim}"
        if builder.format == "html":
            page = cached_ledger().of_claim[claim].name
        return f"{builder.get_relative_uri(self.env.docname, page)}#{claim}"

    def _may_have_note(self, marker: claim_ref, page: str) -> bool:
        return (
            page != self.config.root_doc
            and not marker["listed"]
            and not any(TAKEAWAYS in node.get("classes", ()) for node in ancestors(marker))
        )

    def _sentence(self, page: str, marker: claim_ref) -> str:
        """Return the sentence that a marker on a page follows, as text."""
        citation = next(
            each for each in citations_by_page(self.env)[page] if each.marker in marker["ids"]
        )
        return quote_sentence(self.env, citation)

    def _page_numbers(self, claims: list[str], entries: set[str]) -> list[nodes.Node]:
        """Make the nodes for the numbers of the pages on which claims are cited.

        Args:
            claims: The ids of the claims.
            entries: The ids of the claims that have an entry in print.

        Returns:
            One node for the pages that cite the claims, if any does; then one for the pages of the
            ledger with their entries. Where print has neither, the words that say where they are.
        """
        citations = citations_by_claim(self.env)
        cited = [
            (docname, citation.marker)
            for claim in claims
            for docname, citation in citations.get(claim, [])
        ]
        numbers = [page_numbers(targets=cited, ledger=False)] if cited else []
        printed = [(LEDGER, claim) for claim in claims if claim in entries]
        if printed:
            numbers.append(page_numbers(targets=printed, ledger=True))
        return numbers or [nodes.Text("in the tables attached")]


def is_index(env: BuildEnvironment, docname: str) -> bool:
    """Check whether a page is an index, by its class `index`."""
    return INDEX in page_classes(env, docname)


def link_marker(marker: claim_ref, address: Callable[[str], str]) -> None:
    """Add to a marker a link to the ledger for each of its claims.

    A link to a claim of another theme gets the class of that theme.

    Args:
        marker: The marker, whose children are replaced.
        address: A function that returns the address of the entry of a claim; empty for none.
    """
    marker.clear()
    for claim in marker["claims"]:
        if len(marker):
            marker += nodes.Text(", ")
        if not (uri := address(claim)):
            marker += nodes.Text(claim)
            continue
        link = nodes.reference("", claim, internal=True, refuri=uri)
        if claim in marker.get("elsewhere", []):
            link["other_theme"] = str(cached_claims().at[claim, "theme"])
            link["classes"] = ["elsewhere", f"theme-{link['other_theme']}"]
        marker += link


def docname_of(node: nodes.Node) -> str:
    """Return the name of the page from which a node of a joined document comes.

    Returns:
        The name; empty where the document is not joined from several pages.
    """
    for ancestor in ancestors(node):
        if isinstance(ancestor, addnodes.start_of_file):
            return str(ancestor["docname"])
    return ""


def setup(app: Sphinx) -> None:
    """Register the role `claim`, its node, and the transform that links it."""
    visitors = (visit_as_inline, depart_as_inline)
    app.add_node(claim_ref, override=True, html=visitors, latex=visitors, text=visitors)
    app.add_role("claim", claim_role)
    app.add_post_transform(LinkClaims)
