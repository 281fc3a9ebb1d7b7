"""Builders of Sphinx that cannot make this book, which say so and why before they begin."""

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

REASON = (
    "the builder '{name}' cannot make this book: it puts each page into a folder of its own, where "
    "the links to tables and archives, the search and the addresses of claims would lead nowhere. "
    "Use 'html'; a server can still show a page at an address without '.html'."
)
REFUSED = ("dirhtml",)


class RefusedBuilderError(SphinxError):
    """An error for a builder that would make pages with dead links."""

    category = "Builder"


def refuse_builder(app: Sphinx) -> None:
    """Raise an error if the builder at work would make pages with dead links.

    Raises:
        RefusedBuilderError: The builder is one of `REFUSED`.
    """
    if app.builder.name in REFUSED:
        raise RefusedBuilderError(REASON.format(name=app.builder.name))


def setup(app: Sphinx) -> None:
    """Register the refusal, before any page is read."""
    app.connect("builder-inited", refuse_builder, priority=1)
