"""What becomes of a page in an EPUB: no code, no data of figures, no links that lead nowhere."""

import re
from collections.abc import Callable, Iterator
from html import escape

from docutils import nodes

from claimbook.epub.pictures import SVG, picture_file
from claimbook.sphinxext.cell_outputs import CELL, CELL_SOURCE, is_cell_part
from claimbook.sphinxext.likelihood_role import bar_svg, range_in_words
from claimbook.sphinxext.nodes import SCREEN_ONLY, chart, likelihood_bar, paragraph_number
from claimbook.sphinxext.stacked_tables import CSS_CLASS as STACKED
from claimbook.sphinxext.stacked_tables import put_headings

WRAPPER = "cb-table"  # class of what surrounds a table, by whose width its form is chosen
SCREEN = 42  # characters in a line of a table on a small screen
BROKEN_AT = 16  # characters of a cell, from which on it is broken into lines there
FIGURE = "cb-figure"  # class of the figures that code makes

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)

AddPicture = Callable[[str, str], str]  # stores a file by its name, and returns its address


def prepare_page(tree: nodes.document, add_picture: AddPicture) -> None:
    """Make a page what an e-reader can show.

    Args:
        tree: The page, with its references resolved. It is changed.
        add_picture: A function that takes the file name and the SVG of a picture, and returns its
            address as seen from the page.
    """
    _remove_hidden_code(tree)
    _remove_scripts(tree)
    for figure in tree.findall(nodes.figure):
        if FIGURE in figure["classes"]:
            _remove(child for child in list(figure.children) if isinstance(child, nodes.legend))
    _remove(node for node in list(tree.findall(nodes.inline)) if SCREEN_ONLY in node["classes"])
    for picture in list(tree.findall(chart)):
        address = add_picture(f"{picture['name']}.svg", picture_file(picture["narrow"]))
        image = f'<img class="cb-picture" src="{escape(address)}" alt="{escape(picture["alt"])}"/>'
        _replace_by_html(picture, image)
    for number in list(tree.findall(paragraph_number)):
        _replace_by_html(number, f'<span class="cb-par">{number["number"]}</span> ')
    for bar in list(tree.findall(likelihood_bar)):
        words = f"{escape(bar.astext())}{range_in_words(bar)}"
        drawn = bar_svg(bar).replace("<svg", f'<svg xmlns="{SVG}"', 1)
        _replace_by_html(bar, f'<span class="cb-likelihood">{words} {drawn}</span>')
    for table in list(tree.findall(nodes.table)):
        _fit_to_screen(table)


def _remove(unwanted: Iterator[nodes.Node]) -> None:
    """Remove nodes from their parents."""
    for node in unwanted:
        node.parent.remove(node)


def _replace_by_html(node: nodes.Node, html: str) -> None:
    """Put HTML in the place of a node."""
    node.parent.replace(node, nodes.raw("", html, format="html"))


def _remove_hidden_code(tree: nodes.document) -> None:
    """Remove the code of cells that the pages of the site fold or leave out."""
    for cell in [node for node in tree.findall(nodes.container) if is_cell_part(node, CELL)]:
        if any("hide" in name or "remove" in name for name in cell["classes"]):
            _remove(child for child in list(cell.children) if is_cell_part(child, CELL_SOURCE))
        if not cell.children:
            cell.parent.remove(cell)


def _remove_scripts(tree: nodes.document) -> None:
    """Remove scripts, such as that by which the theme starts kernels."""
    for raw in list(tree.findall(nodes.raw)):
        if SCRIPT.search(raw.astext()):
            _replace_by_html(raw, SCRIPT.sub("", raw.astext()))


def _fit_to_screen(table: nodes.table) -> None:
    """Put a table into a container, whose width decides between rows and a list."""
    group = next(table.findall(nodes.tgroup))
    if STACKED not in table["classes"] and _is_wide(group):
        table["classes"].append(STACKED)
    if STACKED in table["classes"]:
        put_headings(table)
    table["classes"].append("colwidths-auto")  # a reader's screen is not a page of the site
    wrapper = nodes.container("", classes=[WRAPPER])
    table.parent.replace(table, wrapper)
    wrapper += table


def _is_wide(group: nodes.tgroup) -> bool:
    """Check whether a table with headings is too wide for a small screen."""
    head = next(group.findall(nodes.thead), None)
    rows = [row.children for row in group.findall(nodes.row) if len(row) == group["cols"]]
    if head is None or not rows:
        return False
    width = 0
    for number, heading in enumerate(rows[0]):
        words = [len(word) for word in heading.astext().split()]
        cells = [min(len(row[number].astext()), BROKEN_AT) for row in rows[1:]]
        width += max([*words, *cells, 0]) + 1
    return width > SCREEN
