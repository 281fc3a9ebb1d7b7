"""The base of the translator's mixins: their shared state, labels, and reports of faults."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.docutils import SphinxTranslator

from claimbook.typst.text import (
    block_call,
    content_block,
    escape,
    markup_call,
    string_array,
    string_literal,
    to_typst,
)
from claimbook.typst.volumes import OTHER, Volume, assign_documents

BOOK_ADDRESS = "%"  # begins the address of a document of the book, unlike any other address


class PdfBuilder(Builder):
    """The interface of the PDF builder, as far as the translator uses it.

    Attributes:
        title: The title of the book.
        volumes: Its volumes, the report first.
        evidence_parts: The titles of the parts that the last volume has.
    """

    title: str
    volumes: list[Volume]
    evidence_parts: list[str]

    @abstractmethod
    def report_fault(self, node: nodes.Node, message: str) -> None:
        """Collect a fault of the book, with the file and line of a node.

        Args:
            node: The node with the fault.
            message: The fault in words.
        """

    @abstractmethod
    def copy_image(self, uri: str) -> str | None:
        """Copy an image to the output folder.

        Args:
            uri: The path of the image, relative to the source folder or absolute.

        Returns:
            Its path within the output folder; None if there is no such file.
        """


@dataclass
class CodeListing:
    """The source of a code cell, for the appendix.

    Attributes:
        chapter: The title of its chapter, as markup.
        code: The source, with long lines wrapped.
        language: The language of the source.
        figures: The number and the label of each figure that the cell made.
        tables: The number and the label of each table that the cell made; both are empty for a
            table without a number.
    """

    chapter: str
    code: str
    language: str
    figures: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class FigureData:
    """The data table of a figure, for the appendix.

    Attributes:
        label: The label of the table's heading.
        figure_number: The number of the figure; empty for none.
        figure_label: The label of the figure.
        title: The title of the figure.
        table: The table, as markup.
        omitted: A sentence on the rows that are not printed; empty if all are.
    """

    label: str
    figure_number: str
    figure_label: str
    title: str
    table: str
    omitted: str


class BaseTranslator(SphinxTranslator):
    """A translator whose visitors render their children themselves.

    So a visitor can pass its children as arguments of a Typst function.

    Attributes:
        output: Pieces of markup, in order.
        docname: The name of the document of the current node.
        section_level: The level of the current section, 1 for a chapter.
        nesting_depth: How many lists, boxes and cells enclose the current node.
        ragged_depth: How many of these are not justified, but ragged right.
        chapter_title: The title of the current chapter, as markup.
        small_classes: The current chapter's classes that ask for small type.
        part_title: The title of a part whose first chapter has not begun, as markup.
        parts_remaining: How many parts follow the current one; -1 before the first.
        index_markup: The markup of chapters of class `index`, which end the book.
        cell: The current code cell, if its code is printed in the appendix.
        code_is_visible: Whether the code of the current cell is printed in place.
        listings: The code cells for the appendix.
        figure_data: The data tables of figures for the appendix.
        labels: The label of each id, by document name and id.
        footnotes: The footnotes, by document name and id.
        placed_labels: The labels that the markup already contains.
        links: The labels that links lead to, each with the node of the link.
        volume: The volume of the current node.
        volume_of: The volume of each document, by document name.
    """

    builder: PdfBuilder

    def __init__(self, document: nodes.document, builder: PdfBuilder) -> None:
        """Begin with an empty output, and collect the labels of the whole document.

        Args:
            document: The book as one document.
            builder: The builder to which faults are reported.
        """
        super().__init__(document, builder)
        self.output: list[str] = []
        self.docname: str = document["docname"]
        self.section_level = 0
        self.nesting_depth = 0
        self.ragged_depth = 0
        self.chapter_title = ""
        self.small_classes: Sequence[str] = ()
        self.part_title = ""
        self.parts_remaining = -1
        self.index_markup = ""
        self.cell: CodeListing | None = None
        self.code_is_visible = False
        self.listings: list[CodeListing] = []
        self.figure_data: list[FigureData] = []
        self.labels: dict[tuple[str, str], str] = {}
        self.footnotes: dict[tuple[str, str], nodes.footnote] = {}
        self.placed_labels: set[str] = set()
        self.links: list[tuple[str, nodes.Node]] = []
        self.volume = builder.volumes[0]
        self.volume_of = assign_documents(document, builder.volumes, builder.evidence_parts)
        self._collect_labels(document, self.docname)

    def _collect_labels(self, node: nodes.Node, docname: str) -> None:
        """Give a label to every id at or below a node, so that links can lead forward.

        The label of a document is that of its first section.

        Args:
            node: The node.
            docname: The name of the document that contains it.
        """
        if isinstance(node, addnodes.start_of_file):
            docname = node["docname"]
        if isinstance(node, nodes.Element):
            for name in node.get("ids", ()):
                self.labels[docname, name] = f"{docname}:{node['ids'][0]}"
                if isinstance(node, nodes.footnote):
                    self.footnotes[docname, name] = node
            if isinstance(node, nodes.section) and node["ids"]:
                self.labels.setdefault((docname, ""), f"{docname}:{node['ids'][0]}")
        for child in node.children:
            self._collect_labels(child, docname)

    # ------------------------------------------------------------------ rendering

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Render a node with all its children, and add the markup to the output.

        If the node has a label that its visitor has not placed, an anchor with it follows. A node
        of class `small` is printed in small type.

        Raises:
            SkipNode: Always, so that docutils does not visit the children again.
        """
        start = len(self.output)
        super().dispatch_visit(node)
        self.add(self.anchor(node))
        if isinstance(node, nodes.Body) and "small" in node.get("classes", ()):
            body = content_block("".join(self.output[start:]))
            self.output[start:] = [block_call("styled", string_array(["small"]), body)]
        raise nodes.SkipNode

    def unknown_visit(self, node: nodes.Node) -> None:
        """Report as a fault a node for whose type the translator has no visitor.

        So no content is omitted in silence.
        """
        self.report_fault(node, f"the PDF builder does not know the node '{type(node).__name__}'")

    def add(self, markup: str) -> None:
        """Append markup to the output, unless it is empty."""
        if markup:
            self.output.append(markup)

    def render_children(self, node: nodes.Element) -> str:
        """Render the children of a node, and return their markup.

        An anchor with the node's label comes first, unless that label is placed already.
        """
        return self.anchor(node) + self.render(node.children)

    def render(self, children: Iterable[nodes.Node]) -> str:
        """Render nodes and return their markup, without adding it to the output."""
        outer, self.output = self.output, []
        for child in children:
            child.walkabout(self)
        outer, self.output = self.output, outer
        return "".join(outer)

    @contextmanager
    def nested(self, *, ragged: bool = False) -> Iterator[None]:
        """Treat everything rendered in this context as part of a list, box or cell.

        Such content does not extend into the margin.

        Args:
            ragged: Whether its lines are ragged right instead of justified, and so need no
                hyphenation.
        """
        self.nesting_depth += 1
        self.ragged_depth += ragged
        yield
        self.ragged_depth -= ragged
        self.nesting_depth -= 1

    # ------------------------------------------------------------------ labels and faults

    def take_label(self, node: nodes.Node) -> str | None:
        """Return the label of a node and count it as placed.

        Returns:
            The label, which the caller must write into the markup; None if the node has no label,
            or if the label is placed already.
        """
        if not isinstance(node, nodes.Element) or not node.get("ids"):
            return None
        label = self.labels.get((self.docname, node["ids"][0]))
        if label is None or label in self.placed_labels:
            return None
        self.placed_labels.add(label)
        return label

    def anchor(self, node: nodes.Node) -> str:
        """Render an invisible anchor with the label of a node, and count it as placed.

        Returns:
            The markup; empty if the node has no label, or if the label is placed already.
        """
        label = self.take_label(node)
        return markup_call("anchor", string_literal(label)) if label else ""

    def resolve_link(self, docname: str, name: str, node: nodes.Node) -> str | None:
        """Return the label that a link leads to, or report that there is none.

        Args:
            docname: The name of the document that the link leads to.
            name: The id in that document; empty for its beginning.
            node: The link.

        Returns:
            The label; None if the book has no such document or id.
        """
        label = self.labels.get((docname, name))
        if label is None:
            address = f"{docname}#{name}" if name else docname
            self.report_fault(
                node,
                f"the link '{node.astext()}' leads to '{address}', which the book does not have",
            )
        else:
            self.links.append((label, node))
        return label

    # ------------------------------------------------------------------ volumes

    def enter_document(self, docname: str) -> None:
        """Take a document, and its volume, for those of the nodes that follow."""
        self.docname = docname
        self.volume = self.volume_of.get(docname, self.volume)

    def is_elsewhere(self, label: str) -> bool:
        """Check whether a label is in the other volume, and if so count it as referred to."""
        volume = self.builder.volumes[-1]
        if not label.startswith(BOOK_ADDRESS):  # else it is of the appendices
            volume = self.volume_of[label.partition(":")[0]]
        if volume is self.volume:
            return False
        volume.referred[label] = None
        return True

    def link(self, label: str, body: str, *, named: bool = True, in_brackets: bool = True) -> str:
        """Render a link to a label in this volume or the other.

        Args:
            label: The label.
            body: The text of the link, as content.
            named: Whether the page follows where it is in the other volume.
            in_brackets: Whether that page is in brackets, and not after a comma.
        """
        if not self.is_elsewhere(label):
            return markup_call("inner-link", string_literal(label), body)
        markup = markup_call("link-elsewhere", OTHER, string_literal(label), body)
        page = self.pages([label])
        if not named:
            return markup
        return markup + (f" ({page})" if in_brackets else f", {page}")

    def pages(
        self,
        labels: Iterable[str],
        *,
        prefixed: bool = True,
        at_most: int | None = None,
        own_in_italics: bool = False,
    ) -> str:
        """Render the page numbers of some labels, those in the other volume first.

        Args:
            labels: The labels.
            prefixed: Whether `p.` or `pp.` comes before them, after the name of the other volume.
            at_most: How many numbers of a volume are printed before a word replaces them; None for
                all.
            own_in_italics: Whether those of this volume are in italics.
        """
        elsewhere: list[str] = []
        own: list[str] = []
        for label in labels:
            (elsewhere if self.is_elsewhere(label) else own).append(label)
        options = {"prefixed": to_typst(prefixed), "at_most": to_typst(at_most)}
        parts = []
        if elsewhere:
            parts.append(markup_call("pages-elsewhere", OTHER, string_array(elsewhere), **options))
        if own:
            italic = "true" if own_in_italics else None
            parts.append(markup_call("page-numbers", string_array(own), italic=italic, **options))
        return escape("; ").join(parts)

    def report_unplaced_links(self) -> None:
        """Report every link to a label that the finished markup does not contain."""
        for label, node in self.links:
            if label not in self.placed_labels:
                self.report_fault(
                    node,
                    f"the link '{node.astext()}' leads to '{label}', which the PDF does not show",
                )

    def report_fault(self, node: nodes.Node, message: str) -> None:
        """Report a fault to the builder, which fails after the translation.

        Args:
            node: The node with the fault.
            message: The fault in words.
        """
        self.builder.report_fault(node, message)
