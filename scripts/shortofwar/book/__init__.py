"""The Sphinx extension: claims in prose, the ledger, figures with alt text, the PDF."""

from typing import Any

from sphinx.application import Sphinx

from shortofwar.book import claims, fresh, kernel, ledger, page, render, typst


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all parts."""
    for part in (fresh, kernel, claims, ledger, render, page, typst):
        part.setup(app)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
