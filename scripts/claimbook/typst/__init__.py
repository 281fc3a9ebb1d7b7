"""The PDF of the book: a Sphinx builder that sets it in Typst."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from claimbook.typst.assemble import part
from claimbook.typst.builder import TypstBuilder

# Which of a cell's outputs the PDF takes, the first that is there.
MEDIA_ORDER = (
    "application/vnd.claimbook.figure+json",
    "application/vnd.claimbook.explorer+json",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/plain",
)


def _order_outputs(app: Sphinx, config: Config) -> None:
    """Tell myst-nb our order of media types; what the project sets itself comes later in the list and so wins."""
    if "nb_mime_priority_overrides" in config:
        ours = [
            (TypstBuilder.name, media, 10 * (place + 1)) for place, media in enumerate(MEDIA_ORDER)
        ]
        config["nb_mime_priority_overrides"] = [*ours, *config["nb_mime_priority_overrides"]]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and its settings."""
    app.add_builder(TypstBuilder)
    app.add_node(part)
    for name, default, kind in (
        ("typst_pdf_name", "short-of-war.pdf", str),
        ("typst_title", "", str),
        ("typst_root_title", "Summary", str),
        ("typst_subtitle", "", str),
        ("typst_description", "", str),
        ("typst_keywords", [], list),
        ("typst_licence", "", str),
        ("typst_cite", "", str),
        ("typst_attachments", ["data/*.csv", "data/datapackage.json"], list),
    ):
        app.add_config_value(name, default, "", types=(kind,) if kind is str else (list, tuple))
    app.connect("config-inited", _order_outputs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
