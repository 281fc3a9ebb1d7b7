"""The claim role: `` {claim}`NW-07` `` or, with several, `` {claim}`NW-07, PR-03` ``."""

from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform

from shortofwar.book.nodes import claim_ref
from shortofwar.book.record import corpus

LEDGER = "ledger"


class UnknownClaim(SphinxError):
    """A page cites a claim that the corpus does not have."""

    category = "Unknown claim"


def claim_role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Inliner, options: Any = None, content: Any = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """The marker of the claims whose ids `text` lists. Raises UnknownClaim with file and line for an id the corpus lacks."""
    ids = [part.strip() for part in text.split(",")]
    known = corpus().claims.index
    unknown = [claim for claim in ids if claim not in known]
    if unknown:
        source, line = inliner.document.current_source, lineno
        raise UnknownClaim(f"{source}:{line}: no claim {', '.join(unknown)} in data/claims.csv")
    return [linked(ids)], []


def linked(ids: list[str]) -> claim_ref:
    """The marker of some claims, to be linked to the ledger when the builder is known."""
    return claim_ref("", ", ".join(ids), claims=ids, classes=["claim"])


class LinkClaims(SphinxPostTransform):
    """Links every claim marker to the ledger's entry, in the addresses of the builder at work."""

    default_priority = 20

    def run(self, **_: Any) -> None:
        """Replace the text of each marker by links."""
        builder = self.app.builder
        for marker in self.document.findall(claim_ref):
            marker.clear()
            uri = builder.get_relative_uri(self.env.docname, LEDGER) if LEDGER in self.env.all_docs else ""
            for claim in marker["claims"]:
                if len(marker):
                    marker += nodes.Text(", ")
                marker += nodes.reference("", claim, internal=True, refuri=f"{uri}#{claim}")


def setup(app: Sphinx) -> None:
    """Register the role, its node and the transform that links it."""

    def visit(self: Any, node: claim_ref) -> None:
        self.visit_inline(node)

    def depart(self: Any, node: claim_ref) -> None:
        self.depart_inline(node)

    app.add_node(claim_ref, override=True, html=(visit, depart), latex=(visit, depart), text=(visit, depart))
    app.add_role("claim", claim_role)
    app.add_post_transform(LinkClaims)
