"""Renderers of cell outputs: figures, computed numbers, tables and the explorer as nodes."""

import base64
import csv
import io
import re
from dataclasses import replace
from html import escape
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

from claimbook.display import glued_counts, markdown
from claimbook.explorer import page as explorer_page
from claimbook.figures.figure import MIME
from claimbook.figures.svg import replace_in_tags
from claimbook.language.words import curly_apostrophes
from claimbook.sphinxext.corpus_cache import cached_ledger
from claimbook.sphinxext.explorer_form import explorer_nodes
from claimbook.sphinxext.figure_steps import slider
from claimbook.sphinxext.figure_tables import figure_table
from claimbook.sphinxext.nodes import chart, figure_data

LOGGER = logging.getLogger(__name__)


class FigureRenderer:
    """The renderer through which myst-nb renders the engine's own output formats."""

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Make the document nodes of a cell output in one of the engine's formats.

        Args:
            renderer: The renderer of myst-nb for the current page.
            data: The output.
            inline: Whether it is within a sentence.

        Returns:
            The nodes; None for any other format, which myst-nb then renders itself.
        """
        if data.mime_type == glued_counts.MIME:
            return [glued_counts.count_node(data.content)]
        if data.mime_type == markdown.MIME:
            source = replace(data, mime_type="text/markdown", content=data.content["myst"])
            table: list[nodes.Element] = renderer.render_markdown(source)
            return table
        if data.mime_type == explorer_page.MIME:
            return explorer_nodes(data.content, [_figure(renderer, data.content["still"])])
        return [_figure(renderer, data.content)] if data.mime_type == MIME else None


def _figure(renderer: NbElementRenderer, payload: dict[str, Any]) -> nodes.Element:
    """Make the node of a figure with its caption and legend, or of its picture alone.

    The picture is written to a file, too, for builders that copy files.

    Args:
        renderer: The renderer of myst-nb for the current page.
        payload: The figure, as its cell outputs it.
    """
    svg_file = renderer.write_file(
        [f"{payload['name']}.svg"], payload["plain"].encode(), overwrite=True
    )
    image = chart(
        uri=svg_file,
        **{key: payload[key] for key in ("alt", "wide", "narrow", "name")},
        steps=payload.get("steps"),
    )
    if payload.get("brief"):
        name = f"{payload['name']}-brief.svg"
        image["brief"] = renderer.write_file([name], payload["brief"].encode(), overwrite=True)
        image["brief_subtitle"] = payload["brief_subtitle"]
    if payload["alone"]:
        return nodes.container("", image, classes=["cb-figure"])
    below = filter(None, (curly_apostrophes(payload["subtitle"]), payload["source_line"]))
    caption = nodes.caption(
        "",
        "",
        nodes.strong(text=curly_apostrophes(payload["title"])),
        nodes.Text(f". {' '.join(below)}"),
    )
    legend = _legend(renderer, payload)
    figure = nodes.figure(
        "", image, caption, legend, names=[payload["name"]], classes=["cb-figure"]
    )
    figure["failed_finding"] = payload["failed_finding"]
    figure["off_axis"] = payload["off_axis"]
    renderer.renderer.document.note_explicit_target(figure, figure)
    return figure


def _legend(renderer: NbElementRenderer, payload: dict[str, Any]) -> nodes.legend:
    """Make the legend of a figure, and write the files for its downloads.

    The legend says how the figure was made, and has the data. On pages it also has links to
    downloads. A figure without data has neither.
    """
    made_by = nodes.paragraph("", f"Made by {payload['made_by']}.", classes=["cb-made"])
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(payload["download"])
    downloads = nodes.paragraph("", classes=["cb-downloads"])
    for label, suffix, content in (
        ("data (CSV)", ".csv", table.getvalue().encode()),
        ("picture (SVG)", ".svg", payload["picture"].encode()),
        ("slide (PNG)", "-slide.png", base64.b64decode(payload["slide_png"])),
        ("slide (SVG)", "-slide.svg", payload["slide_svg"].encode()),
    ):
        if not content:
            continue  # what would be illegible on a slide has none
        file = renderer.write_file(
            ["downloads", f"{payload['name']}{suffix}"], content, overwrite=True
        )
        link = addnodes.download_reference(
            "", "", nodes.inline(text=label), reftarget=file, refdoc="", refexplicit=True
        )
        downloads += [nodes.Text(" · " if len(downloads) else "Download: "), link]
    if not payload["rows"]:
        return nodes.legend("", made_by)
    return nodes.legend(
        "",
        made_by,
        addnodes.only("", downloads, expr="html"),
        figure_data("", figure_table(payload["columns"], payload["rows"])),
    )


class RequireAltText(SphinxPostTransform):
    """A transform that warns of every image without alternative text.

    The book is built with warnings as errors, so such an image makes the build fail.
    """

    default_priority = 900  # after myst-nb has chosen among the formats of an output

    def run(self, **_: Any) -> None:
        """Warn of every image of a document that has no alternative text."""
        for image in self.document.findall(nodes.image):
            if not image.get("alt", "").strip():
                LOGGER.warning(
                    "image without alt text: %s", image.get("uri"), location=image, type="claimbook"
                )


def picture_html(builder: Builder, docname: str, image: chart) -> str:
    """Return the picture of a figure as SVG, one for wide and one for narrow windows.

    Its marks are linked to the ledger.

    Args:
        builder: The builder of the pages.
        docname: The name of the page that shows the picture.
        image: The picture.
    """

    def address(match: re.Match[str]) -> str:
        uri = builder.get_relative_uri(docname, cached_ledger().of_claim[match[1]].name)
        return f'href="{uri}#{match[1]}"'

    alt = escape(" ".join(image["alt"].split()))
    pictures = []
    for width in ("wide", "narrow"):
        svg = replace_in_tags(r'href="claim:([^"]+)"', address, image[width])
        head = f'<svg class="cb-{width}" role="img" aria-label="{alt}"'
        pictures.append(svg.replace("<svg", head, 1) + "\n")
    return "".join(pictures)


def visit_chart_html(self: HTML5Translator, node: chart) -> None:
    """Write the picture of a figure, and above it the slider of its steps."""
    self.body.append(slider(node))
    self.body.append(picture_html(self.builder, self.builder.current_docname, node))
    raise nodes.SkipNode


def visit_data_html(self: HTML5Translator, node: figure_data) -> None:
    """Write the beginning of the folded element with a figure's data table."""
    self.body.append("<details class='cb-data'><summary>The figure's data as a table</summary>\n")


def depart_data_html(self: HTML5Translator, node: figure_data) -> None:
    """Write the end of the folded element with a figure's data table."""
    self.body.append("</details>\n")


def skip_data(self: Any, node: figure_data) -> None:
    """Skip the data table of a figure, in builders of LaTeX and plain text."""
    raise nodes.SkipNode


def visit_chart_latex(self: LaTeXTranslator, node: chart) -> None:
    """Write the alternative text of a picture, as LaTeX cannot include SVG."""
    self.body.append(self.encode(node["alt"]))
    raise nodes.SkipNode


def visit_chart_text(self: Any, node: chart) -> None:
    """Write the alternative text of a picture in square brackets, as plain text."""
    self.add_text(f"[{node['alt']}]")
    raise nodes.SkipNode


def prefer_own_formats(app: Sphinx, config: Config) -> None:
    """Make every builder prefer the engine's output formats to any other."""
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        ("*", MIME, 1),
        ("*", glued_counts.MIME, 1),
        ("*", markdown.MIME, 1),
    ]


def setup(app: Sphinx) -> None:
    """Register figure nodes, output formats, and the check of alternative texts."""
    app.connect("config-inited", prefer_own_formats, priority=100)
    app.add_node(
        chart,
        override=True,
        html=(visit_chart_html, None),
        latex=(visit_chart_latex, None),
        text=(visit_chart_text, None),
    )
    skipped = (skip_data, None)
    app.add_node(figure_data, html=(visit_data_html, depart_data_html), latex=skipped, text=skipped)
    app.add_post_transform(RequireAltText)
