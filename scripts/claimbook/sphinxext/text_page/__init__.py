"""The page on which readers bring a copy of a text, and see its claims where they stand.

All is done in the page: nothing leaves the browser, and the page holds no word of any text.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from claimbook.explorer.page import data_element
from claimbook.language.ledger_pages import LEDGER
from claimbook.sphinxext import popovers
from claimbook.sphinxext.nodes import text_form
from claimbook.sphinxext.page_form import register_form
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


def setup(app: Sphinx) -> None:
    """Register the directive, and the form with its assets."""
    app.add_directive("bring-the-text", BringTextDirective)
    register_form(app, text_form, visit_form_html, ASSETS, SCRIPTS, STYLESHEET, [popovers.SCRIPT])
