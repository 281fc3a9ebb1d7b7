"""Parts, chapters, sections and their headings."""

from contextlib import nullcontext

from docutils import nodes

from claimbook.sphinxext.page_classes import page_classes
from claimbook.typst.assemble import part
from claimbook.typst.base import BaseTranslator
from claimbook.typst.text import (
    block_call,
    content_block,
    escape,
    string_array,
    string_literal,
    to_typst,
)

SMALL_CLASSES = {"small", "dense", "index"}  # of chapters that are looked up and not read through
COLUMN_CLASSES = {"dense", "index"}  # those of them that are printed in two columns

INDEX_NOTE = (
    "Numbers are of pages; those in italics, after a semicolon, are of the ledger, where the "
    "claims themselves stand."
)
INDEX_NOTE_OF_TWO = (
    "Numbers are of pages of the report; those in italics, after a semicolon, are of this volume, "
    "most of them of the ledger, where the claims themselves stand."
)


class Sections(BaseTranslator):
    """A mixin of the translator that renders parts, chapters and sections."""

    def visit_document(self, node: nodes.document) -> None:
        """Render the documents of the book, and add each to the text of its volume."""
        for child in node.children:
            markup = self.render([child])
            self.volume.markup += markup

    def visit_start_of_file(self, node: nodes.Element) -> None:
        outer = self.docname
        self.enter_document(node["docname"])
        self.add(self.render(node.children))
        self.docname = outer

    def visit_part(self, node: part) -> None:
        if self.parts_remaining < 0:
            self.parts_remaining = sum(1 for _ in self.document.findall(part))
        self.parts_remaining -= 1
        self.part_title = block_call("part", content_block(self.render_children(node)))

    def visit_section(self, node: nodes.section) -> None:
        self.section_level += 1
        title = node.next_node(nodes.title)
        has_title = title is not None and title.parent is node
        heading = self.render(title.children).strip() if has_title else ""
        if self.section_level == 1:
            self._add_chapter(node, title, heading)
        else:
            heading = self._heading(node, heading)
            self.add(heading + self.render(child for child in node.children if child is not title))
        self.section_level -= 1

    def _add_chapter(self, node: nodes.section, title: nodes.title, heading: str) -> None:
        """Render a chapter with its opening, and add it to the output.

        A chapter begins a new page. Only in the last part a chapter that is not in small type may
        begin below the one before it, if there is room. A chapter of class `index` is printed at
        the end of the book.

        Args:
            node: The section of the chapter.
            title: The node of its title.
            heading: Its title, as markup.
        """
        config, is_root = self.builder.config, self.docname == self.builder.config.root_doc
        if is_root and title.astext() == self.builder.title:
            heading = escape(config.typst_root_title)  # the title page has the book's title
        self.chapter_title = heading
        classes = [*node["classes"], *page_classes(self.builder.env, self.docname)]
        self.small_classes = [name for name in classes if name in SMALL_CLASSES]
        is_index = "index" in self.small_classes
        continues = self.parts_remaining == 0 and not self.small_classes
        opening = block_call("new-page-unless-room" if continues else "new-page")
        if not is_index:
            opening, self.part_title = self.part_title or opening, ""
        opening += self._heading(node, heading)
        if is_root:
            self.small_classes = ["summary"]
        in_columns = not COLUMN_CLASSES.isdisjoint(self.small_classes)
        with self.nested(ragged=True) if in_columns else nullcontext():
            body = self.render(child for child in node.children if child is not title)
        if self.small_classes:
            note = None
            if is_index:
                of_two = len(self.builder.volumes) > 1
                note = content_block(INDEX_NOTE_OF_TWO if of_two else INDEX_NOTE)
            body = block_call(
                "styled", string_array(self.small_classes), content_block(body), note=note
            )
        if is_index:
            self.index_markup += opening + body
        else:
            self.add(opening + body)
        self.small_classes = []

    def _heading(self, node: nodes.section, heading: str) -> str:
        """Render the heading of a section, with its number and label.

        Args:
            node: The section.
            heading: Its title, as markup.
        """
        return block_call(
            "section-heading",
            content_block(heading),
            level=to_typst(self.section_level),
            number=self._section_number(node),
            name=to_typst(self.take_label(node)),
            small="true" if self.small_classes else None,
        )

    def _section_number(self, node: nodes.section) -> str | None:
        """Return the number that Sphinx gave a section, the same as in the HTML.

        Returns:
            The number as a Typst string literal; None where the section has none.
        """
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        anchors = [f"#{name}" for name in node["ids"]]
        if self.labels.get((self.docname, "")) == self.labels[self.docname, node["ids"][0]]:
            anchors.append("")
        number = next((numbers[anchor] for anchor in anchors if numbers.get(anchor)), None)
        return string_literal(".".join(map(str, number))) if number else None

    def visit_title(self, node: nodes.title) -> None:
        self.visit_rubric(node)  # only titles of cards, sidebars and tabs are visited

    def visit_rubric(self, node: nodes.Element) -> None:
        self.add(block_call("rubric", content_block(self.render_children(node))))

    def visit_centered(self, node: nodes.Element) -> None:
        self.add(block_call("centred", content_block(self.render_children(node))))

    def visit_transition(self, node: nodes.transition) -> None:
        if "footnotes" not in node["classes"]:  # MyST's rule above the notes at a document's end
            self.add(block_call("thematic-break"))
