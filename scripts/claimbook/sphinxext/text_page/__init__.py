"""The page on which readers bring a copy of a text, and see its claims where they stand.

All is done in the page: nothing leaves the browser, and the page holds no word of any text.
"""

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from claimbook.explorer.page import data_element
from claimbook.language.ledger_pages import LEDGER
from claimbook.sphinxext import popovers
from claimbook.sphinxext.nodes import text_form
from claimbook.sphinxext.text_page.page_data import page_data

ASSETS = Path(__file__).parent / "assets"
FORM = ASSETS / "bring-the-text.html"
SCRIPTS = ("js-sha256.js", "anchors.js", "finder.js", "bring-the-text.js")  # in their order
STYLESHEET = "bring-the-text.css"


class BringTextDirective(SphinxDirective):
    """The directive `bring-the-text`, which stands where the form is to be."""

    def run(self) -> list[nodes.Node]:
        """Return the placeholder of the form."""
        return [text_form()]


def visit_form_html(self: HTML5Translator, node: text_form) -> None:
    """Write the form and its data as HTML, with addresses as seen from the page."""
    ledger = self.builder.get_relative_uri(self.builder.current_docname, LEDGER)
    self.body.append(FORM.read_text("utf-8"))
    self.body.append(data_element(page_data(str(ledger)), "cb-bring-data"))
    raise nodes.SkipNode


def skip_form(self: Any, node: text_form) -> None:
    """Write nothing for the form in other builders."""
    raise nodes.SkipNode


def copy_assets(app: Sphinx) -> None:
    """Copy the page's scripts and style sheet to the HTML output."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*SCRIPTS, STYLESHEET):
        shutil.copyfile(ASSETS / name, folder / name)


def add_assets(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the scripts and the style sheet to the page that has the form."""
    if doctree is not None and next(doctree.findall(text_form), None) is not None:
        for script in (popovers.SCRIPT, *SCRIPTS):
            app.add_js_file(script, loading_method="defer")
        app.add_css_file(STYLESHEET)


def setup(app: Sphinx) -> None:
    """Register the directive, its node and its assets."""
    skipped = (skip_form, None)
    app.add_node(
        text_form, html=(visit_form_html, None), latex=skipped, text=skipped, typst=skipped
    )
    app.add_directive("bring-the-text", BringTextDirective)
    app.connect("builder-inited", copy_assets)
    app.connect("html-page-context", add_assets)
