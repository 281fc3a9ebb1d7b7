"""Numbers the paragraphs of every page that argues, so that a passage can be cited by them, on pages and in print alike."""

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from claimbook.sphinxext.claim_role import docname_of
from claimbook.sphinxext.nodes import par_number

UNNUMBERED = {
    "ledger",
    "chapters/indexes",
    "chapters/references",
    "chapters/codebook",
    "chapters/data",
}  # made by code, or with marks of their own


class NumberParagraphs(SphinxPostTransform):
    """Gives each paragraph that stands in a section itself its number, and an address `#p3`; lists, frames and figures have none."""

    default_priority = 30  # after the claim markers have been linked

    def run(self, **_: Any) -> None:
        """Count page by page, also where all pages stand in one document."""
        counted: Counter[str] = Counter()
        for paragraph in list(self.document.findall(nodes.paragraph)):
            page = docname_of(paragraph) or self.env.docname
            if not isinstance(paragraph.parent, nodes.section) or page in UNNUMBERED:
                continue
            counted[page] += 1
            number = counted[page]
            paragraph["ids"].append(f"p{number}")
            paragraph.insert(0, par_number("", str(number), number=number))


def visit_html(self: Any, node: par_number) -> None:
    """A small link to the paragraph itself, in the margin where there is one."""
    number = node["number"]
    self.body.append(
        f'<a class="cb-par" href="#p{number}" aria-label="Paragraph {number}">{number}</a> '
    )
    raise nodes.SkipNode


def skip(self: Any, node: par_number) -> None:
    """Other builders have no use for the numbers."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node and the transform."""
    app.add_node(
        par_number, override=True, html=(visit_html, None), latex=(skip, None), text=(skip, None)
    )
    app.add_post_transform(NumberParagraphs)
