"""Figures, their data tables, and images."""

import re

from docutils import nodes

from claimbook.sphinxext.nodes import chart, figure_data
from claimbook.typst.base import FigureData
from claimbook.typst.tables import DataHeading, Tables
from claimbook.typst.text import (
    block_call,
    content_block,
    markup_call,
    string_literal,
    to_typst,
    typographic,
)

PRINTED_ROWS = 300  # of the data table of a figure
LENGTH = re.compile(r"([0-9.]+)\s*(px|pt|mm|cm|in|em|%|)")
POINTS_PER_PIXEL = 0.75


class Figures(Tables):
    """A mixin of the translator that renders figures, their data and images."""

    def visit_figure(self, node: nodes.figure) -> None:
        number, name = self.figure_number("figure", node), self.take_label(node)
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        legends = [child for child in node.children if isinstance(child, nodes.legend)]
        is_nested = self.nesting_depth > 0
        with self.nested():
            body = self.render(child for child in node.children if child not in captions + legends)
            caption = self.render_caption(captions, "image")
            legend = "".join(map(self.render_children, legends))
        if number and name and self.cell is not None:
            self.cell.figures.append((number, name))
        self.add(
            block_call(
                "book-figure",
                content_block(body),
                name=to_typst(name),
                number=string_literal(number) if number else None,
                nested=to_typst(is_nested),
                caption=content_block(caption) if captions else None,
                legend=content_block(legend) if legends else None,
            )
        )

    def visit_figure_data(self, node: figure_data) -> None:
        """Save the data table of a figure for the appendix, and render a reference to it.

        Only the first `PRINTED_ROWS` rows are printed. A sentence below the table gives the number
        of rows that are omitted.
        """
        figure = next(
            outer for outer in (node.parent, node.parent.parent) if isinstance(outer, nodes.figure)
        )
        rows = next(node.findall(nodes.tbody))
        omitted = len(rows) - PRINTED_ROWS
        if omitted > 0:
            del rows[PRINTED_ROWS:]
        figure_label = self.labels[self.docname, figure["ids"][0]]
        label = f"%data:{figure_label}"
        number = self.figure_number("figure", figure) or ""
        caption = next(figure.findall(nodes.caption), figure)
        title = next(caption.findall(nodes.strong), caption)
        nesting_depth, self.nesting_depth = self.nesting_depth, 0
        table = self.render_table(
            next(node.findall(nodes.table)), DataHeading(f"Figure {number}", label)
        )
        self.nesting_depth = nesting_depth
        self.figure_data.append(
            FigureData(
                label=label,
                figure_number=number,
                figure_label=figure_label,
                title=title.astext().rstrip("."),
                table=table,
                omitted=f"{omitted:,} more rows are in the file below the figure on its page of "
                "the HTML book."
                if omitted > 0
                else "",
            )
        )
        self.add(block_call("data-reference", content_block(self.pages([label]))))

    def visit_image(self, node: nodes.image) -> None:
        path = self._copy_image(node)
        alt = node.get("alt") or ""
        if not alt.strip():
            self.report_fault(node, f"the image '{node['uri']}' has no alternative text")
        if not path:
            return
        arguments = {"alt": string_literal(typographic(alt))}
        is_in_line = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        if isinstance(node, chart):
            self.add(block_call("picture", string_literal(path), **arguments, chart="true"))
        else:
            function = "inline-picture" if is_in_line else "picture"
            width = _to_typst_length(node.get("width"))
            self.add(markup_call(function, string_literal(path), **arguments, width=width))

    def _copy_image(self, node: nodes.image) -> str | None:
        """Copy an image to the output folder, in the format that the PDF prefers.

        An image that is no file of the book is reported as a fault.

        Returns:
            Its path within the output folder; None if there is no such file.
        """
        candidates = node.get("candidates", {})
        uri = next(
            (candidates[kind] for kind in self.builder.supported_image_types if kind in candidates),
            node["uri"],
        )
        is_remote = "?" in candidates
        path = None if is_remote else self.builder.copy_image(uri)
        if path is None:
            self.report_fault(node, f"the image '{uri}' is not a file of the book")
        return path


def _to_typst_length(text: str | None) -> str | None:
    """Convert a length from docutils, such as `200px`, to a length of Typst.

    Returns:
        The length; None for a length of zero, an unknown unit, or no length.
    """
    match = LENGTH.fullmatch(text or "")
    if not match or not float(match[1]):
        return None
    if match[2] in ("px", ""):
        return f"{float(match[1]) * POINTS_PER_PIXEL}pt"
    return f"{match[1]}{match[2]}"
