"""The explorer on a page: a form with scripts, or a picture in print and without script."""

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from claimbook.explorer import page
from claimbook.sphinxext.corpus_cache import cached_ledger
from claimbook.sphinxext.nodes import ancestors, explorer_form

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


def skip_form(self: Any, node: explorer_form) -> None:
    """Write nothing for the form in other builders, which show the picture only."""
    raise nodes.SkipNode


def copy_assets(app: Sphinx) -> None:
    """Copy the explorer's scripts and style sheet to the HTML output."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*page.SCRIPTS, page.STYLESHEET):
        shutil.copyfile(page.ASSETS / name, folder / name)


def add_assets(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the explorer's scripts and style sheet to a page if it has an explorer."""
    if doctree is not None and next(doctree.findall(explorer_form), None) is not None:
        for script in page.SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        app.add_css_file(page.STYLESHEET)


def prefer_explorer_output(app: Sphinx, config: Config) -> None:
    """Make every builder prefer the explorer's own output format to any other."""
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, ("*", page.MIME, 1)]


def setup(app: Sphinx) -> None:
    """Register the explorer's node and assets, and prefer its output format.

    HTML has the form; other builders write nothing for it. The scripts and the style sheet are
    copied to the HTML output, and added to the pages that have an explorer.
    """
    skipped = (skip_form, None)
    app.add_node(
        explorer_form, html=(visit_form_html, None), latex=skipped, text=skipped, typst=skipped
    )
    app.connect("config-inited", prefer_explorer_output, priority=100)
    app.connect("builder-inited", copy_assets)
    app.connect("html-page-context", add_assets)
