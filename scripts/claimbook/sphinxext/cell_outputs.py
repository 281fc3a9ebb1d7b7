"""Outputs of cells in the formats of Jupyter: shown, or refused with their place."""

import re
from typing import Any

from docutils import nodes
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE, get_mime_priority
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from claimbook.explorer.page import MIME as EXPLORER_MIME
from claimbook.figures.figure import MIME as FIGURE_MIME
from claimbook.sphinxext.nodes import ancestors

LOGGER = logging.getLogger(__name__)

FORMS = {
    "html": "a page",
    "typst": "the PDF",
    "epub": "the EPUB",
}  # what a builder makes, by its format
NEEDS_PROGRAM = {WIDGET_VIEW_MIMETYPE, "application/javascript"}  # to be shown
PLAIN = "text/plain"
STAND_IN = re.compile(r"<[\w.]+ object>")  # what Jupyter has for text of an object that is no text
# The same with an address in memory, also in a list: it says nothing, and differs at each build.
WITH_ADDRESS = re.compile(r"\[?(<[^<>]+ at 0x[0-9a-f]+>(,\s*)?)+\]?")
LONGEST_CODE = 300  # characters of code that describe a picture
CELL, CELL_SOURCE = "cell_code", "cell_code_source"  # kinds of myst-nb's containers
# Which output of a cell a form without scripts shows: the first of these that the cell gave.
STILL_MEDIA = (
    FIGURE_MIME,
    EXPLORER_MIME,
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "image/gif",
    "text/latex",
    PLAIN,
)


def prefer_still_media(config: Config, builder: str) -> None:
    """Have a builder prefer the outputs of cells in the order of `STILL_MEDIA`.

    The project's own settings come later and override it.

    Args:
        config: The settings of Sphinx, which are changed where they have myst-nb's.
        builder: The name of the builder.
    """
    if "nb_mime_priority_overrides" in config:
        config["nb_mime_priority_overrides"] = [
            *((builder, media, 10 * place) for place, media in enumerate(STILL_MEDIA, start=1)),
            *config["nb_mime_priority_overrides"],
        ]


class RefuseOutputs(SphinxPostTransform):
    """A transform that warns of each output that a form of the book cannot show.

    The book is built with warnings as errors, so such an output makes the build fail.
    """

    default_priority = 3  # before myst-nb chooses among the formats of an output

    def run(self, **_: Any) -> None:
        """Remove outputs that say nothing, and those that it warns of."""
        builder = self.app.builder
        if builder.format not in FORMS:
            return
        order = get_mime_priority(builder.name, self.config.nb_mime_priority_overrides)
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            formats = {child["mime_type"]: child for child in bundle.children}
            shown = next((name for name in order if name in formats), "")
            text = formats[shown].astext().strip() if shown == PLAIN else ""
            if set(formats) == {PLAIN} and WITH_ADDRESS.fullmatch(text):
                bundle.parent.remove(bundle)
            elif not shown or shown in NEEDS_PROGRAM or STAND_IN.fullmatch(text):
                LOGGER.warning(
                    "the output of this cell is %s, which %s cannot show: "
                    "let the cell give a picture, Markdown or text",
                    ", ".join(name for name in formats if name != PLAIN) or PLAIN,
                    FORMS[builder.format],
                    location=bundle,
                    type="claimbook",
                )
                bundle.parent.remove(bundle)


class DescribePictures(SphinxPostTransform):
    """A transform that describes a cell's picture without other words by its code.

    The setting `mystnb: {image: {alt: …}}` of a cell gives a better description.
    """

    default_priority = 890  # before `RequireAltText` warns of images without

    def run(self, **_: Any) -> None:
        """Give alternative texts to the pictures that cells output."""
        for image in self.document.findall(nodes.image):
            if image.get("alt", "").strip():
                continue
            cell = next((node for node in ancestors(image) if is_cell_part(node, CELL)), None)
            if cell is not None:
                sources = (node for node in cell.children if is_cell_part(node, CELL_SOURCE))
                code = " ".join(" ".join(node.astext() for node in sources).split())
                code = code or "(not shown)"
                shown = code[:LONGEST_CODE] + ("…" if len(code) > LONGEST_CODE else "")
                image["alt"] = (
                    f"Picture made by this code: {shown}" if code else "Picture of a cell"
                )


def is_cell_part(node: nodes.Node, element: str) -> bool:
    """Check whether a node is a container of myst-nb's of some kind."""
    return isinstance(node, nodes.container) and node.get("nb_element") == element


def setup(app: Sphinx) -> None:
    """Register the transforms of outputs."""
    app.add_post_transform(RefuseOutputs)
    app.add_post_transform(DescribePictures)
