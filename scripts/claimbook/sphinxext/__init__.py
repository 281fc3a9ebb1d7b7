"""The Sphinx extension: claim markers, the ledger, figures, the HTML theme and notebooks."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MODULES = (
    "execution.cache_keys",
    "execution.kernels",
    "execution.parallel_run",
    "byline",
    "citation_index",
    "figure_doubts",
    "numrefs",
    "claim_role",
    "likelihood_role",
    "paragraph_numbers",
    "glossary",
    "stacked_tables",
    "popovers",
    "ledger",
    "bibliography_style",
    "renderers",
    "figure_steps",
    "cell_outputs",
    "explorer_form",
    "text_page",
    "story",
    "html.refused_builders",
    "html.static_files",
    "html.sphinx_theme",
    "html.head_metadata",
    "html.embeds",
    "html.feed",
    "html.search_index",
    "html.css_purge",
    "notebook_download",
)


def setup(app: "Sphinx") -> dict[str, Any]:
    """Register all modules of the extension with Sphinx.

    They are imported only here, so that other imports from this package do not load Sphinx.

    Returns:
        The metadata of the extension for Sphinx.
    """
    for module in MODULES:
        import_module(f"{__name__}.{module}").setup(app)
    return {"version": "1.0.0", "parallel_read_safe": True, "parallel_write_safe": True}
