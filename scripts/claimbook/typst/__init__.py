"""The PDF of the book: a Sphinx builder that writes it with Typst."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from claimbook.sphinxext.cell_outputs import prefer_still_media
from claimbook.typst.assemble import part
from claimbook.typst.builder import TypstBuilder
from claimbook.typst.deck import write_deck


def _set_media_order(app: Sphinx, config: Config) -> None:
    """Tell myst-nb which output of a cell the PDF builder prefers."""
    prefer_still_media(config, TypstBuilder.name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder `typstpdf`, its node for parts, and its settings.

    The values, in `conf.py` or below `sphinx.config` in `_config.yml`:
        typst_evidence_parts: The titles of the parts of the book that are printed in a second
            volume, with the data and code of the figures; empty for one volume.
        typst_title: The title; by default that of the HTML.
        typst_root_title: The heading of the root document if it has the book's title.
        typst_subtitle, typst_licence, typst_cite: Texts for the title page.
        typst_description, typst_keywords: Metadata of the file.
        typst_datapackage: The Data Package that is attached to the last volume with the files that
            it names, relative to the source folder; empty for none.
    """
    app.add_builder(TypstBuilder)
    app.add_node(part)
    for name, default in (
        ("typst_title", ""),
        ("typst_root_title", "Summary"),
        ("typst_subtitle", ""),
        ("typst_description", ""),
        ("typst_licence", ""),
        ("typst_cite", ""),
        ("typst_datapackage", "data/datapackage.json"),
    ):
        app.add_config_value(name, default, "", types=(str,))
    for name in ("typst_keywords", "typst_evidence_parts"):
        app.add_config_value(name, [], "", types=(list, tuple))
    app.connect("config-inited", _set_media_order)
    app.connect("build-finished", write_deck)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
