"""The Sphinx extension: claims in prose, the ledger, figures with alt text, pages and notebooks."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    "execution.cache_keys",
    "execution.kernels",
    "execution.parallel_run",
    "execution.forked_builder",
    "citation_index",
    "numrefs",
    "claim_role",
    "paragraph_numbers",
    "popovers",
    "ledger",
    "bibliography_style",
    "renderers",
    "explorer_form",
    "html.static_files",
    "html.theme_overrides",
    "html.head_metadata",
    "html.css_purge",
    "notebook_download",
)


def setup(app: "Sphinx") -> dict[str, Any]:
    """Register all parts; they are imported here, so that others need not wait for Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
