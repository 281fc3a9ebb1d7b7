"""From a figure in a cell's output to nodes that every builder understands: picture, caption, data, downloads; and from a number."""

import base64
import csv
import io
from dataclasses import replace
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

from claimbook.display import glued_counts, markdown
from claimbook.figures.figure import MIME
from claimbook.figures.style import replace_in_tags, with_plain_colours
from claimbook.language.claim_text import curly_apostrophes
from claimbook.sphinxext import explorer_form
from claimbook.sphinxext.figure_tables import figure_table as drawn_table
from claimbook.sphinxext.nodes import chart, figure_data

LOGGER = logging.getLogger(__name__)


class FigureRenderer:
    """Tells myst-nb how to show our figures, and the numbers in our sentences."""

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The nodes of a figure, a number, a table or an explorer; None for any other output, which myst-nb then shows its own way."""
        if data.mime_type == glued_counts.MIME:
            return [glued_counts.count_node(data.content)]
        if data.mime_type == markdown.MIME:
            return renderer.render_markdown(
                replace(data, mime_type="text/markdown", content=data.content["myst"])
            )
        if data.mime_type == explorer_form.page.MIME:
            return explorer_form.explorer_nodes(
                data.content, [_figure(renderer, data.content["still"])]
            )
        return [_figure(renderer, data.content)] if data.mime_type == MIME else None


def _figure(renderer: NbElementRenderer, drawn: dict[str, Any]) -> nodes.figure:
    """A figure with its caption, and below it how it was made and what can be downloaded."""
    picture = renderer.write_file(
        [f"{drawn['name']}.svg"], with_plain_colours(drawn["wide"]).encode(), overwrite=True
    )
    image = chart(uri=picture, alt=drawn["alt"], wide=drawn["wide"], narrow=drawn["narrow"])
    caption = nodes.caption(
        "",
        "",
        nodes.strong(text=curly_apostrophes(drawn["title"])),
        nodes.Text(f". {curly_apostrophes(drawn['subtitle'])} {drawn['source_line']}"),
    )
    figure = nodes.figure(
        "", image, caption, _legend(renderer, drawn), names=[drawn["name"]], classes=["cb-figure"]
    )
    renderer.renderer.document.note_explicit_target(figure, figure)
    return figure


def _legend(renderer: NbElementRenderer, drawn: dict[str, Any]) -> nodes.legend:
    """What stands below a figure: how it was made, and for a page its data and downloads."""
    made = nodes.paragraph("", f"Made by {drawn['made_by']}.", classes=["cb-made"])
    rows = [drawn["columns"], *drawn["rows"]]
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    downloads = nodes.paragraph("", classes=["cb-downloads"])
    for label, suffix, content in (
        ("data (CSV)", "csv", file.getvalue().encode()),
        ("picture (SVG)", "svg", drawn["slide_svg"].encode()),
        ("slide (PNG)", "png", base64.b64decode(drawn["slide_png"])),
    ):
        uri = renderer.write_file(
            ["downloads", f"{drawn['name']}.{suffix}"], content, overwrite=True
        )
        link = addnodes.download_reference(
            "", "", nodes.inline(text=label), reftarget=uri, refdoc="", refexplicit=True
        )
        downloads += [nodes.Text(" · " if len(downloads) else "Download: "), link]
    return nodes.legend(
        "",
        made,
        addnodes.only("", downloads, expr="html"),
        figure_data("", drawn_table(drawn["columns"], drawn["rows"])),
    )


class RequireAltText(SphinxPostTransform):
    """Warns of every image without alternate text; the book is built with warnings as errors."""

    default_priority = 900  # after myst-nb has chosen among the forms of an output

    def run(self, **_: Any) -> None:
        """Look at every image that this builder will show."""
        for image in self.document.findall(nodes.image):
            if not image.get("alt", "").strip():
                LOGGER.warning(
                    "image without alt text: %s", image.get("uri"), location=image, type="claimbook"
                )


def visit_chart_html(self: HTML5Translator, node: chart) -> None:
    """Set the picture into the page itself, once for a wide and once for a narrow window, its marks linked to the ledger."""
    ledger = self.builder.get_relative_uri(self.builder.current_docname, "ledger")
    alt = self.attval(node["alt"])
    for form in ("wide", "narrow"):
        svg = replace_in_tags('href="claim:', f'href="{ledger}#', node[form])
        svg = svg.replace("<svg", f'<svg class="cb-{form}" role="img" aria-label="{alt}"', 1)
        self.body.append(svg + "\n")
    raise nodes.SkipNode


def visit_data_html(self: HTML5Translator, node: figure_data) -> None:
    """Fold the table away."""
    self.body.append("<details class='cb-data'><summary>The figure's data as a table</summary>\n")


def depart_data_html(self: HTML5Translator, node: figure_data) -> None:
    """Close it."""
    self.body.append("</details>\n")


def skip_data(self: Any, node: figure_data) -> None:
    """Other builders leave the table out."""
    raise nodes.SkipNode


def visit_chart_latex(self: LaTeXTranslator, node: chart) -> None:
    """LaTeX takes no SVG: the picture's words stand in its place."""
    self.body.append(self.encode(node["alt"]))
    raise nodes.SkipNode


def visit_chart_text(self: Any, node: chart) -> None:
    """Builders of plain text show the picture's words."""
    self.add_text(f"[{node['alt']}]")
    raise nodes.SkipNode


def prefer_our_outputs(app: Sphinx, config: Config) -> None:
    """Let every builder choose our form of a figure or a number before any other form of the same output."""
    config.nb_mime_priority_overrides = [
        *config.nb_mime_priority_overrides,
        ("*", MIME, 1),
        ("*", glued_counts.MIME, 1),
        ("*", markdown.MIME, 1),
    ]


def setup(app: Sphinx) -> None:
    """Register the node, the check on alternate text and the order of forms of an output."""
    app.connect("config-inited", prefer_our_outputs, priority=100)
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
