"""The Sphinx extension: claims in prose, the ledger, figures with alt text, the PDF; and the checks on prose."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    "fresh", "kernel", "ahead", "beside", "citations", "numbered", "claims", "paragraphs", "cards", "ledger", "literature", "render", "explorer", "page", "theme", "head",
    "sheets", "notebooks", "typst",
)  # fmt: skip


def setup(app: "Sphinx") -> dict[str, Any]:
    """Register all parts; they are imported here, so that the checks on prose need not wait for Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
