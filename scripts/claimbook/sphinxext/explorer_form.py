"""The explorer on a page: a form with scripts, or a picture in print and without script."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from claimbook.explorer import page
from claimbook.sphinxext.corpus_cache import cached_ledger
from claimbook.sphinxext.nodes import ancestors, explorer_form
from claimbook.sphinxext.page_form import register_form

STILL = "cb-explorer-still"  # class of the picture that stands for the explorer


def explorer_nodes(content: dict[str, Any], picture: list[nodes.Element]) -> list[nodes.Element]:
    """Make the document nodes of an explorer: its form and its picture.

    Args:
        content: The output of the cell, as `explorer.page.explorer_bundle` makes it.
        picture: The nodes of the picture for print and for pages without scripts, which the
            explorer's script hides.
    """
    return [
        explorer_form("", content=content),
        nodes.container("", *picture, classes=[STILL]),
    ]


def is_in_still(node: nodes.Node) -> bool:
    """Check whether a node is in the picture that stands for an explorer."""
    return any(STILL in outer.get("classes", ()) for outer in ancestors(node))


def visit_form_html(self: HTML5Translator, node: explorer_form) -> None:
    """Write the explorer's form and its data as HTML.

    The addresses of the claims' entries are written with them, since the script links the marks of
    the timeline to these.
    """

    def address(claim_id: str) -> str:
        name = cached_ledger().of_claim[claim_id].name
        return str(self.builder.get_relative_uri(self.builder.current_docname, name))

    self.body.append(page.embed_html(node["content"], address))
    raise nodes.SkipNode


def prefer_explorer_output(app: Sphinx, config: Config) -> None:
    """Make every builder prefer the explorer's own output format to any other."""
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, ("*", page.MIME, 1)]


def setup(app: Sphinx) -> None:
    """Register the explorer's node and assets, and prefer its output format."""
    register_form(app, explorer_form, visit_form_html, page.ASSETS, page.SCRIPTS, page.STYLESHEET)
    app.connect("config-inited", prefer_explorer_output, priority=100)
