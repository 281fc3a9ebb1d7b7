"""Leaflets: short PDFs of their own, in the words of the book's pages."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import typst
from docutils import nodes
from sphinx.util.docutils import new_document

from claimbook.paths import SETTINGS, project
from claimbook.typst.base import PdfBuilder
from claimbook.typst.text import (
    content_block,
    markup_call,
    text_content,
    typst_call,
)
from claimbook.typst.translator import TypstTranslator
from claimbook.typst.volumes import Volume


class LeafletTranslator(TypstTranslator):
    """A translator of sections without what leads out of them.

    There are no markers of claims, notes, numbers of paragraphs, links or anchors.
    """

    def __init__(self, builder: PdfBuilder) -> None:
        """Begin with an empty document, to which no link leads.

        Args:
            builder: The builder to which faults are reported.
        """
        document = new_document("")
        document["docname"] = ""
        super().__init__(document, builder)

    def take_label(self, node: nodes.Node) -> None:
        """Return no label."""

    def visit_paragraph(self, node: nodes.Element) -> None:
        self.add(f"\n\n{self.render_children(node)}\n\n")

    def visit_paragraph_number(self, node: nodes.Element) -> None:
        """Render nothing."""

    def visit_claim_ref(self, node: nodes.Element) -> None:
        self._strip_trailing_space()

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        self._strip_trailing_space()

    def visit_reference(self, node: nodes.reference) -> None:
        """Render the words of a link, those of a chapter's title in italics."""
        body = self.render_children(node)
        titles = self.builder.env.titles.values()
        if any(node.astext() == title.astext() for title in titles):
            body = markup_call("emph", content_block(body))
        self.add(body)


class Leaflet(ABC):
    """A leaflet, whose markup is written from the pages of the book.

    Attributes:
        layout: The name of its layout: a file and a function of Typst.
        name: Its name, which follows that of the book in its title.
        subject: What it is, for its metadata.
        volume: The leaflet, as a volume beside those of the book.
        faults: What of it the book does not have, a line each.
    """

    layout: str
    name: str
    subject: str

    def __init__(self, builder: PdfBuilder, file: str) -> None:
        """Begin without markup.

        Args:
            builder: The builder of the book.
            file: The name of the leaflet in file names.
        """
        self.volume = Volume(self.name, project().pdf_name(file))
        self.faults: list[str] = []
        self._builder = builder

    def _fault(self, key: str, value: str, problem: str) -> None:
        """Note a fault of the settings of the leaflet.

        Args:
            key: The key below the table that is named like the layout.
            value: Its value.
            problem: What is wrong with the value, as the end of a sentence.
        """
        self.faults.append(f"{SETTINGS}: {self.layout}.{key}: '{value}' {problem}")

    @property
    def _report(self) -> Volume:
        return self._builder.volumes[0]

    @abstractmethod
    def _head(self) -> dict[str, str | None]:
        """Return the arguments of its layout besides the metadata, as Typst code."""

    def page_fault(self, compiler: typst.Compiler) -> str:
        """Check that each part of the leaflet has its pages.

        Args:
            compiler: The compiler of the leaflet.

        Returns:
            A fault; empty where all is well, or where a leaflet has as many pages as it needs.
        """
        return ""

    def source(self, metadata: Mapping[str, str | None]) -> str:
        """Return the Typst source of the leaflet.

        Args:
            metadata: The arguments that the layouts of all volumes have.
        """
        foot = text_content(f"{self._builder.title}, version {self._builder.config.release}")
        head = typst_call(f"{self.layout}.with", **{"foot": foot, **metadata, **self._head()})
        imports = (f'#import "{name}.typ": *' for name in ("template", self.layout))
        parts = (*imports, f"#show: {head}", self._report.as_other(), self.volume.markup)
        return "\n".join(parts)
