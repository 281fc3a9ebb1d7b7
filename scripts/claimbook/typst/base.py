"""What every visitor needs: a place to write, labels, faults."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from docutils import nodes
from sphinx import addnodes
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxTranslator

from claimbook.typst.text import (
    block_call,
    content_block,
    markup_call,
    string_array,
    string_literal,
)


class Press(Protocol):
    """What the visitors ask of the builder."""

    env: BuildEnvironment
    config: Config
    outdir: str
    title: str
    supported_image_types: list[str]

    def fault(self, node: nodes.Node, message: str) -> None:
        """Note a fault with the file and line of a node."""

    def copy_in(self, uri: str) -> str | None:
        """Copy an image under the output folder and return its path there, or None if there is no such file."""


@dataclass
class Listing:
    """The source of one cell, kept for the appendix, and what it made: the numbers and labels of its figures and tables, empty where a table has none."""

    chapter: str
    code: str
    language: str
    figures: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Data:
    """The table behind a figure, kept for the appendix: its own label, the figure's number and label, its title, the table, what follows it."""

    name: str
    figure: str
    drawn: str
    title: str
    table: str
    rest: str


class Base(SphinxTranslator):
    """A translator whose visitors set their children themselves, so that each can put them where Typst wants them."""

    builder: Press

    def __init__(self, document: nodes.document, builder: Press) -> None:
        super().__init__(document, builder)
        self.out: list[str] = []
        self.docname: str = document["docname"]
        self.level = 0  # of the section we are in
        self.nesting = 0  # how many lists, boxes, cells we are in
        self.ragged = 0  # how many of these have ragged lines
        self.chapter = ""  # the markup of the chapter's title
        self.listings: list[Listing] = []
        self.data: list[Data] = []
        self.labels: dict[tuple[str, str], str] = {}
        self.notes: dict[tuple[str, str], nodes.footnote] = {}
        self.made: set[str] = set()
        self.captioned: set[str] = set()  # Typst's kinds of figure
        self.measured: dict[
            tuple[str, ...], list[list[float]]
        ] = {}  # the widths of the columns of tables that stand alike, by page and heads
        self.wanted: list[tuple[str, nodes.Node]] = []
        self._survey(document, self.docname)

    def _survey(self, node: nodes.Node, docname: str) -> None:
        """Give every id of every document its label before any link is set. A document's own label is that of its first section."""
        if isinstance(node, addnodes.start_of_file):
            docname = node["docname"]
        if isinstance(node, nodes.Element):
            for name in node.get("ids", ()):
                self.labels[docname, name] = f"{docname}:{node['ids'][0]}"
                if isinstance(node, nodes.footnote):
                    self.notes[docname, name] = node
            if isinstance(node, nodes.section) and node["ids"]:
                self.labels.setdefault((docname, ""), f"{docname}:{node['ids'][0]}")
        for child in node.children:
            self._survey(child, docname)

    # ------------------------------------------------------------------ writing

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Let the visitor set the node and all in it; a label that it did not place itself goes after it."""
        before = len(self.out)
        super().dispatch_visit(node)
        self.add(self.anchor(node))
        if isinstance(node, nodes.Body) and "small" in node.get("classes", ()):
            self.out[before:] = [
                block_call(
                    "classed", string_array(["small"]), content_block("".join(self.out[before:]))
                )
            ]
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        """A node without a visitor is a fault, never left out in silence."""
        self.fault(node, f"the PDF builder does not know the node '{type(node).__name__}'")

    def add(self, markup: str) -> None:
        """Write markup."""
        if markup:
            self.out.append(markup)

    def inner(self, node: nodes.Element) -> str:
        """Return a node's children as markup, its label before them if it has none yet."""
        return self.anchor(node) + self.together(node.children)

    def together(self, children: Iterable[nodes.Node]) -> str:
        """Return nodes as markup."""
        outer, self.out = self.out, []
        for child in children:
            child.walkabout(self)
        outer, self.out = self.out, outer
        return "".join(outer)

    @contextmanager
    def inside(self, ragged: bool = False) -> Iterator[None]:
        """Within a list, a box or a cell, nothing reaches into the margin; where lines are `ragged`, no word is parted."""
        self.nesting += 1
        self.ragged += ragged
        yield
        self.ragged -= ragged
        self.nesting -= 1

    # ------------------------------------------------------------------ labels and faults

    def name(self, node: nodes.Node) -> str | None:
        """Return the label of a node that places it itself; once only."""
        if not isinstance(node, nodes.Element) or not node.get("ids"):
            return None
        label = self.labels.get((self.docname, node["ids"][0]))
        if label is None or label in self.made:
            return None
        self.made.add(label)
        return label

    def anchor(self, node: nodes.Node) -> str:
        """Return an invisible anchor for a node that has a label and has not placed it."""
        label = self.name(node)
        return markup_call("anchor", string_literal(label)) if label else ""

    def target(self, docname: str, name: str, node: nodes.Node) -> str | None:
        """Return the label that a link leads to; a link that leads nowhere is a fault."""
        label = self.labels.get((docname, name))
        if label is None:
            self.fault(
                node,
                f"the link '{node.astext()}' leads to '{docname}{'#' + name if name else ''}', which the book does not have",
            )
        else:
            self.wanted.append((label, node))
        return label

    def fault(self, node: nodes.Node, message: str) -> None:
        """Note a fault; the builder stops on all of them together."""
        self.builder.fault(node, message)


def lineage(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all it stands in, from within outwards."""
    at: nodes.Node | None = node
    while at is not None:
        yield at
        at = at.parent
