"""Tables of words that show one cell below the other on a phone, each with its heading.

A page asks for it by the class `cb-stack` of a table. On a wide window the headings in the cells
are hidden.
"""

from docutils import nodes
from sphinx.application import Sphinx

CSS_CLASS, HEADING_CLASS = "cb-stack", "cb-stack-head"


def head_cells(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Put the heading of its column before each cell but the first of a row."""
    if app.builder.format != "html":
        return
    for table in doctree.findall(nodes.table):
        if CSS_CLASS in table["classes"]:
            put_headings(table)


def put_headings(table: nodes.table) -> None:
    """Put the heading of its column before each cell but the first of a row.

    Cells without text, and rows with cells across several columns, are left as they are.
    """
    head = next(table.findall(nodes.thead))
    headings = [entry.astext() for entry in head.findall(nodes.entry)]
    for row in next(table.findall(nodes.tbody)).findall(nodes.row):
        if len(row.children) != len(headings):
            continue
        for heading, entry in list(zip(headings, row.children, strict=True))[1:]:
            words = nodes.inline("", f"{heading}: ", classes=[HEADING_CLASS])
            if heading and (first := next(entry.findall(nodes.paragraph), None)) is not None:
                first.insert(0, words)


def setup(app: Sphinx) -> None:
    """Register the handler that puts headings into cells."""
    app.connect("doctree-resolved", head_cells)
