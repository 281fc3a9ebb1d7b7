"""The book for e-readers: a Sphinx builder that writes it as EPUB 3."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from claimbook.epub.builder import EpubBuilder
from claimbook.sphinxext.cell_outputs import prefer_still_media


def _set_media_order(app: Sphinx, config: Config) -> None:
    """Tell myst-nb which output of a cell the builder prefers: the same as in print."""
    prefer_still_media(config, EpubBuilder.name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder `epub`, in place of Sphinx's own of that name.

    Sphinx's would write pages with the forms and cards of the site, which no e-reader accepts.
    """
    app.add_builder(EpubBuilder, override=True)
    app.connect("config-inited", _set_media_order)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
