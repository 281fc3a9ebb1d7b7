"""The explorer in the book: its form and script in a page, a fixed picture in print and where no script runs."""

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from claimbook.explorer import page
from claimbook.sphinxext.citation_index import LEDGER
from claimbook.sphinxext.nodes import explorer_form


def explorer_nodes(content: dict[str, Any], still: list[nodes.Element]) -> list[nodes.Element]:
    """The nodes of an explorer: its form, and the picture that the script takes away where it runs."""
    return [
        explorer_form("", content=content),
        nodes.container("", *still, classes=["cb-explorer-still"]),
    ]


def visit_form_html(self: HTML5Translator, node: explorer_form) -> None:
    """Write the form and its data; its marks lead to the ledger."""
    ledger = self.builder.get_relative_uri(self.builder.current_docname, LEDGER)
    self.body.append(page.embed_html(node["content"], ledger))
    raise nodes.SkipNode


def visit_form_elsewhere(self: Any, node: explorer_form) -> None:
    """Other forms of the book show the picture alone."""
    raise nodes.SkipNode


def write_assets(app: Sphinx) -> None:
    """Lay script and style sheet beside those of the other pages."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (page.SCRIPT, page.SHEET):
        shutil.copyfile(page.ASSETS / name, folder / name)


def add_assets(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give script and style sheet to pages with an explorer, and to no other."""
    if doctree is not None and next(doctree.findall(explorer_form), None) is not None:
        app.add_js_file(page.SCRIPT, loading_method="defer")
        app.add_css_file(page.SHEET)


def prefer_explorer_output(app: Sphinx, config: Config) -> None:
    """Let every builder choose our form of an explorer before any other."""
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, ("*", page.MIME, 1)]


def setup(app: Sphinx) -> None:
    """Register the node and its assets."""
    elsewhere = (visit_form_elsewhere, None)
    app.add_node(
        explorer_form,
        html=(visit_form_html, None),
        latex=elsewhere,
        text=elsewhere,
        typst=elsewhere,
    )
    app.connect("config-inited", prefer_explorer_output, priority=100)
    app.connect("builder-inited", write_assets)
    app.connect("html-page-context", add_assets)
