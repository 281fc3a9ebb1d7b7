"""Figures, images and tables."""

import re
from functools import cache

from docutils import nodes
from sphinx import addnodes

from claimbook.sphinxext.nodes import PART, chart, figure_data
from claimbook.typst.base import Base, Data, lineage
from claimbook.typst.text import (
    array_literal,
    block_call,
    content_block,
    escape,
    inline_content,
    markup_call,
    string_literal,
    to_typst,
    typographic,
    typst_call,
)

LENGTH = re.compile(r"([0-9.]+)\s*(px|pt|mm|cm|in|em|%|)")
# Where a line of a cell may break: at white space, and after a hyphen, dash or slash unless a digit follows.
BREAK = re.compile(r"[^\S\xa0]+|\u200b|(?<=[-–—/])(?!\d)")
ROWS = 300  # of a figure's data that are printed
LAST, MANY, PAIR = (
    3,
    8,
    2,
)  # rows at the end of a table that stay together if it has more than so many, and if it has fewer
SHORT, SMALL, FEW = (
    16,
    12,
    24,
)  # lines that a table may take and still stay on one page, in the text and where it is only looked up; and rows
LONG = 32  # lines of a table that still stays on one page if it may stand where there is room
HEAD = 6  # ems that a head of several words takes at most for the sake of its lines
FULL = 90  # signs of text on a line across all columns
EMS = (
    ("iljft.,:;'’!|()[]-/", 0.31),
    (" \xa0", 0.25),
    ("\u200b", 0.0),
    ("0123456789", 0.47),
    ("mwMW@%—", 0.86),
)
WHOLE, MONO = (
    40,
    "n",
)  # signs of code that stay on one line (as in the template), and one as wide as theirs
SAFE = 1.08  # for signs wider than most, and bold ones
ALIGNMENT = {"text-left": "left", "text-center": "center", "text-right": "right"}


class Figures(Base):
    """Visitors of what has a number and a caption."""

    def _figure_number(self, kind: str, node: nodes.Element) -> str | None:
        """Return the number that Sphinx gave a figure or table."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        found = next((numbers[name] for name in node["ids"] if name in numbers), None)
        return ".".join(map(str, found)) if found else None

    def _caption(self, captions: list[nodes.Element], kind: str) -> str:
        """Return a caption of one of Typst's kinds; what follows a title in bold stands below the figure alone, not in the list of figures."""
        if not captions:
            return ""
        self.captioned.add(kind)
        title, *others = captions[0].children
        if not isinstance(title, nodes.strong) or not others:
            return self.inner(captions[0])
        return (
            self.anchor(captions[0])
            + self.together([title])
            + markup_call("more", inline_content(self.together(others)))
        )

    # ------------------------------------------------------------------ figures

    def visit_figure(self, node: nodes.figure) -> None:
        number, name = self._figure_number("figure", node), self.name(node)
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        legends = [child for child in node.children if isinstance(child, nodes.legend)]
        nested = self.nesting > 0
        with self.inside():
            body = self.together(
                child for child in node.children if child not in captions + legends
            )
            caption = self._caption(captions, "image")
            legend = "".join(self.inner(part) for part in legends)
        if number and name and self.cell is not None:
            self.cell.figures.append((number, name))
        self.add(
            block_call(
                "pictured",
                content_block(body),
                name=to_typst(name),
                number=string_literal(number) if number else None,
                nested=to_typst(nested),
                caption=content_block(caption) if captions else None,
                legend=content_block(legend) if legends else None,
            )
        )

    def visit_figure_data(self, node: figure_data) -> None:
        """Keep the table for the appendix, and say here where it stands; of a very long one the first rows are enough in print."""
        figure = next(
            outer for outer in (node.parent, node.parent.parent) if isinstance(outer, nodes.figure)
        )
        body = next(node.findall(nodes.tbody))
        rest = len(body) - ROWS
        if rest > 0:
            del body[ROWS:]
        drawn = self.labels[self.docname, figure["ids"][0]]
        caption = next(figure.findall(nodes.caption), figure)
        title = next(caption.findall(nodes.strong), caption).astext().rstrip(".")
        outer, self.out, nesting, self.nesting = self.out, [], self.nesting, 0
        number = self._figure_number("figure", figure) or ""
        self.visit_table(
            next(node.findall(nodes.table)), data_of=(f"Figure {number}", f"%data:{drawn}")
        )
        table, self.out, self.nesting = "".join(self.out), outer, nesting
        more = (
            f"{rest:,} more rows are in the file below the figure on its page of the HTML book."
            if rest > 0
            else ""
        )
        self.data.append(Data(f"%data:{drawn}", number, drawn, title, table, more))
        self.add(block_call("data-note", string_literal(f"%data:{drawn}")))

    def visit_caption(self, node: nodes.Element) -> None:
        """The caption of a listing; a figure takes its own."""
        number = self._figure_number("code-block", node.parent)
        self.add(
            block_call(
                "rubric",
                content_block((escape(f"Listing {number}. ") if number else "") + self.inner(node)),
            )
        )

    def visit_image(self, node: nodes.image) -> None:
        path = self._image_path(node)
        if not (node.get("alt") or "").strip():
            self.fault(node, f"the image '{node['uri']}' has no alternative text")
        if not path:
            return
        alt, width = string_literal(typographic(node.get("alt") or "")), _length(node.get("width"))
        if isinstance(node, chart):
            self.add(block_call("picture", string_literal(path), alt=alt, chart="true"))
        elif isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1:
            self.add(markup_call("picture-in-line", string_literal(path), alt=alt, width=width))
        else:
            self.add(markup_call("picture", string_literal(path), alt=alt, width=width))

    def _image_path(self, node: nodes.image) -> str | None:
        """Return where the image lies under the output folder."""
        candidates = node.get("candidates", {})
        uri = next(
            (candidates[kind] for kind in self.builder.supported_image_types if kind in candidates),
            node["uri"],
        )
        path = None if "?" in candidates else self.builder.copy_in(uri)
        if path is None:
            self.fault(node, f"the image '{uri}' is not a file of the book")
        return path

    # ------------------------------------------------------------------ tables

    def visit_table(self, node: nodes.table, *, data_of: tuple[str, str] | None = None) -> None:
        """Set a table; in small type where it is the data of a figure, given as what it is called and the label of its heading."""
        small = data_of is not None
        number, name = self._figure_number("table", node), self.name(node)
        captions = [child for child in node.children if isinstance(child, nodes.title)]
        nested = self.nesting > 0
        group = node.next_node(nodes.tgroup)
        with self.inside(ragged=True):
            caption = self._caption(captions, "table")
            rows = {
                type(part): [self._row(row) for row in part.children]
                for part in group.children
                if isinstance(part, (nodes.thead, nodes.tbody))
            }
        body = rows.get(nodes.tbody, [])
        last = LAST if len(body) > MANY else PAIR if len(body) > LAST else 0
        if any(entry.get("morerows") for entry in group.findall(nodes.entry)):
            last = 0  # a cell that reaches over rows cannot reach into those that are bound
        opening = max(
            (place for place, row in enumerate(body, start=1) if row.startswith("table.header")),
            default=0,
        )
        short = _short(group, SMALL if small else SHORT)
        floating = self.parts_left > 0 and not small and not nested and floats(node)
        what, begins = data_of or (f"Table {number}", name if number else None)
        goes_on = begins and not (short or floating)
        cut = max(len(body) - last, opening)  # rows below the title of a part stand with that
        if self.cell is not None and not small:
            self.cell.tables.append((number or "", name or ""))
        self.add(
            block_call(
                "tabled",
                array_literal(body[:cut]),
                tail=array_literal(body[cut:]),
                head=array_literal(rows.get(nodes.thead, [])),
                columns=array_literal(self._columns(node)),
                short=to_typst(short),
                floats=to_typst(floating),
                name=to_typst(name),
                number=string_literal(number) if number else None,
                nested=to_typst(nested),
                caption=content_block(caption) if captions else None,
                small="true" if small else None,
                what=string_literal(what) if goes_on else None,
                begins=string_literal(begins) if goes_on else None,
            )
        )

    def _columns(self, table: nodes.table) -> list[str]:
        """Return for each column the length of its longest unbreakable run and of its longest line, in ems, for the template to fit.

        The titled tables of a page that have the same heads are measured together, so that their columns stand alike.
        """
        if not isinstance(table.children[0], nodes.title):
            return _told(_widths(table))
        heads = _heads(table)
        key = (self.docname, *heads)
        if key not in self.measured:
            page = next(
                outer for outer in lineage(table) if isinstance(outer, addnodes.start_of_file)
            )
            titled = [
                other
                for other in page.findall(nodes.table)
                if isinstance(other.children[0], nodes.title)
            ]
            alike = [_widths(other) for other in titled if _heads(other) == heads]
            self.measured[key] = [
                [max(ems) for ems in zip(*column, strict=True)]
                for column in zip(*alike, strict=True)
            ]
        return _told(self.measured[key])

    def _row(self, row: nodes.row) -> str:
        """Return the cells of a row; a line that opens a part of the table stays with the rows below it."""
        cells = []
        for entry in row.children:
            options = {
                "rowspan": to_typst(entry["morerows"] + 1) if entry.get("morerows") else None,
                "colspan": to_typst(entry["morecols"] + 1) if entry.get("morecols") else None,
                "align": next(
                    (ALIGNMENT[name] for name in entry["classes"] if name in ALIGNMENT), None
                ),
            }
            body = content_block(self.anchor(row) + self.inner(entry))
            cells.append(typst_call("table.cell", body, **options))
        return (
            typst_call("table.header", *cells, level="2")
            if PART in row["classes"]
            else ", ".join(cells)
        )


def floats(node: nodes.table) -> bool:
    """Whether a table stands where a page has room for it, as figures do: numbered, spoken of before, and neither short nor long."""
    group = node.next_node(nodes.tgroup)
    return (
        isinstance(node.children[0], nodes.title)
        and SHORT < _lines(group)
        and _short(group, LONG)
        and isinstance(_before(node), nodes.paragraph)
    )


def _before(node: nodes.Element) -> nodes.Node | None:
    """What stands before a table, or before the cell whose output it is."""
    while isinstance(node.parent, nodes.container):
        node = node.parent
    place = node.parent.index(node)
    return node.parent[place - 1] if place else None


def _short(group: nodes.tgroup, lines: int) -> bool:
    """Whether a table of at most so many lines is kept on one page."""
    return _lines(group) <= lines and sum(1 for _ in group.findall(nodes.row)) <= FEW + 1


def _heads(table: nodes.table) -> list[str]:
    """The heads of a table's columns."""
    head = next(table.findall(nodes.thead), None)
    return [entry.astext() for entry in head.findall(nodes.entry)] if head is not None else []


def _told(widths: list[list[float]]) -> list[str]:
    """Widths as the template takes them."""
    return [f"(word: {word:.2f}, line: {line:.2f})" for word, line in widths]


def _widths(table: nodes.table) -> list[list[float]]:
    """The longest unbreakable run and the longest line of each column, in ems. Heads may take two lines, or more if they are long."""
    group = table.next_node(nodes.tgroup)
    widths = [[1.0, 1.0] for _ in group.findall(nodes.colspec)]
    taken: dict[tuple[int, int], bool] = {}
    for y, row in enumerate(group.findall(nodes.row)):
        x = 0
        for entry in row.children:
            while taken.get((y, x)):
                x += 1
            across, down = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
            taken.update({(y + j, x + i): True for j in range(down) for i in range(across)})
            if across == 1 and x < len(widths):
                text = typographic("\n\n".join(_shown(paragraph) for paragraph in entry.children))
                widths[x][0] = max(
                    [widths[x][0], *(SAFE * _ems(word) for word in BREAK.split(text))]
                )
                if isinstance(row.parent, nodes.thead):
                    widths[x][0] = max(widths[x][0], min(HEAD, SAFE * _ems(text) / 2 + 1))
                else:
                    widths[x][1] = max([widths[x][1], *(_ems(line) for line in text.splitlines())])
            x += across
    return widths


def _ems(text: str) -> float:
    """About how long a text is in the report's serif."""
    return sum(map(_em, text))


@cache
def _em(sign: str) -> float:
    return next((ems for signs, ems in EMS if sign in signs), 0.66 if sign.isupper() else 0.49)


def _lines(group: nodes.Element) -> int:
    """Return about how many lines a table takes at the page's width."""
    return sum(
        max(1, -(-sum(len(_shown(entry)) for entry in row.children) // FULL))
        for row in group.findall(nodes.row)
    )


def _shown(node: nodes.Node) -> str:
    """The text of a node, without what is meant for HTML alone; a short name in code as as many signs of its width, between which no line breaks."""
    if isinstance(node, nodes.literal) and len(node.astext()) <= WHOLE:
        return MONO * len(node.astext())
    return (
        ""
        if isinstance(node, nodes.raw)
        else "".join(map(_shown, node.children))
        if node.children
        else node.astext()
    )


def _length(text: str | None) -> str | None:
    """Return a length of docutils as one of Typst."""
    found = LENGTH.fullmatch(text or "")
    if not found or not float(found[1]):
        return None
    return f"{float(found[1]) * 0.75}pt" if found[2] in ("px", "") else f"{found[1]}{found[2]}"
