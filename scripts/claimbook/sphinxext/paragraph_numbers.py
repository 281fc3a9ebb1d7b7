"""Numbers of paragraphs, by which a passage can be cited, on pages and in print alike."""

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from claimbook.sphinxext.claim_role import docname_of
from claimbook.sphinxext.nodes import paragraph_number


class NumberParagraphs(SphinxPostTransform):
    """A transform that numbers the paragraphs of each page and gives them ids.

    The ids are `p1`, `p2` and so on. Only paragraphs directly in sections are numbered, not those
    in lists, frames or figures. Pages that the setting `claimbook_unnumbered_pages` names get no
    numbers.
    """

    default_priority = 30  # after the claim markers have been linked

    def run(self, **_: Any) -> None:
        """Add numbers and ids to the paragraphs of a document, page by page.

        A document that contains several pages begins with 1 on each of them.
        """
        last_number: Counter[str] = Counter()
        for paragraph in list(self.document.findall(nodes.paragraph)):
            page = docname_of(paragraph) or self.env.docname
            if not isinstance(paragraph.parent, nodes.section):
                continue
            if page in self.config.claimbook_unnumbered_pages:
                continue
            last_number[page] += 1
            number = last_number[page]
            paragraph["ids"].append(f"p{number}")
            paragraph.insert(0, paragraph_number("", str(number), number=number))


def visit_number_html(self: HTML5Translator, node: paragraph_number) -> None:
    """Write the number of a paragraph as a link to the paragraph."""
    number = node["number"]
    self.body.append(
        f'<a class="cb-par" href="#p{number}" aria-label="Paragraph {number}">{number}</a> '
    )
    raise nodes.SkipNode


def skip_number(self: Any, node: paragraph_number) -> None:
    """Write no number in builders that have no use for it."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the numbering of paragraphs, its node and its setting.

    The setting `claimbook_unnumbered_pages` names the pages without numbers.
    """
    app.add_config_value("claimbook_unnumbered_pages", [], "env", (list, tuple))
    app.add_node(
        paragraph_number,
        override=True,
        html=(visit_number_html, None),
        latex=(skip_number, None),
        text=(skip_number, None),
    )
    app.add_post_transform(NumberParagraphs)
