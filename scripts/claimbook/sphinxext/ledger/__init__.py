"""The ledger: every claim of the corpus in words, with the sentences that cite it.

In HTML it is a page of contents with a page for each source or month of a series below it; other
builders have it as a chapter. The address `ledger.html#AB-07` of a claim stays the same.
"""

from sphinx.application import Sphinx

from claimbook.sphinxext.ledger import directive, html_pages
from claimbook.sphinxext.nodes import ledger_placeholder


def setup(app: Sphinx) -> None:
    """Register the ledger's directive, transform, pages and scripts."""
    app.add_node(ledger_placeholder)
    app.add_directive("ledger", directive.LedgerDirective)
    app.add_post_transform(directive.MakeLedger)
    app.connect("env-updated", html_pages.rewrite_contents)
    app.connect("html-collect-pages", html_pages.changed_pages)
    app.connect("html-page-context", html_pages.add_scripts)
