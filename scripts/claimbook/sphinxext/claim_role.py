"""The claim role: `` {claim}`NW-07` `` or, with several, `` {claim}`NW-07, PR-03` ``.

A claim of another theme than the chapter's is cited as `` {claim}`+NW-07` ``, and shows its own theme's sign. On a page a marker opens a card with what the corpus holds on the claim; in print it is a note. Either leads to the ledger.
"""

from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform

from claimbook.language import claim_text
from claimbook.prose.parser import ELSEWHERE, TAKEAWAYS, claim_id
from claimbook.sphinxext.citation_index import LEDGER, citations_by_claim, is_in_prose
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus
from claimbook.sphinxext.nodes import claim_ref, page_numbers


class UnknownClaim(SphinxError):
    """A page cites a claim that the corpus does not have."""

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
    """The marker of the claims whose ids `text` lists. Raises UnknownClaim with file and line for an id the corpus lacks."""
    ids = [claim_id(part) for part in text.split(",")]
    known = cached_corpus().claims.index
    unknown = [claim for claim in ids if claim not in known]
    if unknown:
        source, line = inliner.document.current_source, lineno
        raise UnknownClaim(f"{source}:{line}: no claim {', '.join(unknown)} in data/claims.csv")
    marker = claim_marker(ids)
    marker["elsewhere"] = [
        claim_id(part) for part in text.split(",") if part.strip().startswith(ELSEWHERE)
    ]
    return [marker], []


def claim_marker(ids: list[str]) -> claim_ref:
    """The marker of some claims, to be linked to the ledger when the builder is known."""
    return claim_ref("", ", ".join(ids), claims=ids, classes=["claim"])


class LinkClaims(SphinxPostTransform):
    """Links every claim marker to the ledger's entry, in the addresses of the builder at work; in print, gives those of prose a note.

    The note stands where the book cites a claim first; after that the marker alone leads to the ledger, and so it does on the root
    page and among the takeaways, which are to be seen at a glance. In print a page of class `index` has the numbers of pages in the markers' place.
    """

    default_priority = 20

    def run(self, **_: Any) -> None:
        """Replace the text of each marker by links."""
        uri = (
            self.app.builder.get_relative_uri(self.env.docname, LEDGER)
            if LEDGER in self.env.all_docs
            else ""
        )
        noted: set[str] = set()
        printing = self.app.builder.format == "typst"
        for marker in self.document.findall(claim_ref):
            marker.clear()
            page = docname_of(marker)
            marker["listed"] = page == LEDGER or not is_in_prose(marker)
            if printing and "index" in self.env.metadata.get(page, {}).get("class", "").split():
                marker += self._pages(marker["claims"])
                continue
            for claim in marker["claims"]:
                if len(marker):
                    marker += nodes.Text(", ")
                classes = (
                    ["elsewhere", f"theme-{cached_claims().at[claim, 'theme']}"]
                    if claim in marker.get("elsewhere", [])
                    else []
                )
                marker += nodes.reference(
                    "", claim, internal=True, refuri=f"{uri}#{claim}", classes=classes
                )
            noting = (
                printing
                and page != self.config.root_doc
                and not marker["listed"]
                and not _taken_away(marker)
            )
            if noting and not noted.issuperset(marker["claims"]):
                marker["note"] = [
                    ""
                    if claim in noted
                    else claim_text.claim_note(cached_corpus(), cached_claims().loc[claim])
                    for claim in marker["claims"]
                ]
                noted.update(marker["claims"])

    def _pages(self, claims: list[str]) -> list[page_numbers]:
        """The pages that cite some claims, and those of the ledger that hold them."""
        known = citations_by_claim(self.env)
        cited = [
            (docname, citation.marker)
            for claim in claims
            for docname, citation in known.get(claim, [])
        ]
        held = [(LEDGER, claim) for claim in claims]
        return [
            page_numbers(places=places, ledger=places is held) for places in (cited, held) if places
        ]


def docname_of(node: nodes.Node) -> str:
    """The page from which a node comes, where several stand in one document; else nothing."""
    while node is not None and not isinstance(node, addnodes.start_of_file):
        node = node.parent
    return node["docname"] if node is not None else ""


def _taken_away(marker: nodes.Node) -> bool:
    """Whether a marker stands among the takeaways of a chapter."""
    node = marker.parent
    while node is not None and TAKEAWAYS not in node.get("classes", ()):
        node = node.parent
    return node is not None


def setup(app: Sphinx) -> None:
    """Register the role, its node and the transform that links it."""

    def visit(self: Any, node: claim_ref) -> None:
        self.visit_inline(node)

    def depart(self: Any, node: claim_ref) -> None:
        self.depart_inline(node)

    app.add_node(
        claim_ref, override=True, html=(visit, depart), latex=(visit, depart), text=(visit, depart)
    )
    app.add_role("claim", claim_role)
    app.add_post_transform(LinkClaims)
