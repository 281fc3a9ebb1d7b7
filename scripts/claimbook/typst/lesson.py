"""The lesson: a page of the book as sheets to print for a class, with the answers last."""

from collections.abc import Iterator, Sequence

from docutils import nodes

from claimbook.leaflet_settings import Lesson
from claimbook.paths import LESSON
from claimbook.sphinxext.nodes import claim_ref
from claimbook.typst.assemble import assemble_page
from claimbook.typst.base import PdfBuilder
from claimbook.typst.leaflet import Leaflet, LeafletTranslator
from claimbook.typst.text import (
    block_call,
    content_block,
    markup_call,
    optional_content,
    string_array,
    string_literal,
    text_content,
    to_typst,
)

# The classes of lists that print gives a form to fill in, each a function of the layout.
FORMS = {"questions", "cards", "scale"}
IDS = "The small ids name claims. Each, and the way to its source, is in "


class LessonTranslator(LeafletTranslator):
    """A translator of a page whose lists may be forms, and whose claims have ids.

    A list of class `questions` has lines to write on, one of class `cards` is printed as cards to
    cut out, and one of class `scale` as a line with its items below it.
    """

    def visit_claim_ref(self, node: claim_ref) -> None:
        self._strip_trailing_space()
        self.add(markup_call("claim-ids", string_array(node["claims"])))

    def visit_figure_data(self, node: nodes.Element) -> None:
        """Render nothing: sheets for a class have no appendix of data."""

    def visit_section(self, node: nodes.section) -> None:
        self.section_level += 1
        title, level = node.next_node(nodes.title), to_typst(self.section_level)
        heading = content_block(self.render(title.children))
        self.add(block_call("lesson-heading", heading, level=level))
        self.add(self.render(child for child in node.children if child is not title))
        self.section_level -= 1

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Render a paragraph, which stays on the page of a table that it introduces."""
        if self._introduces_next(node):
            body = content_block(self.render_children(node))
            self.add(block_call("keep-with-next", body))
        else:
            super().visit_paragraph(node)

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        if not self._add_form(node):
            super().visit_bullet_list(node)

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        if not self._add_form(node):
            super().visit_enumerated_list(node)

    def _add_form(self, node: nodes.Element) -> bool:
        """Add a list that is a form to fill in; return whether it is one."""
        form = next((name for name in node["classes"] if name in FORMS), None)
        if form:
            self.add(block_call(form, *self._list_items(node)))
        return form is not None


class LessonWriter(Leaflet):
    """The writer of the lesson, which takes its content from a page of the book.

    What stands before the first section of the page, and that section, are the opening. Each
    section that follows begins a new page, so that it can be copied alone.
    """

    layout, subject = LESSON, "A lesson for a class, with sheets to copy and the answers."

    def __init__(self, chosen: Lesson, builder: PdfBuilder) -> None:
        """Write the markup of the lesson.

        Args:
            chosen: Which page it is.
            builder: The builder of the book.
        """
        self._chosen = chosen
        is_page = chosen.page in builder.env.found_docs
        self.name = builder.env.titles[chosen.page].astext() if is_page else chosen.title
        super().__init__(builder, LESSON)
        self._translator = LessonTranslator(builder)
        if is_page:
            page = assemble_page(builder, chosen.page).next_node(nodes.section)
            self._translator.docname = chosen.page
            with self._translator.nested(ragged=True):
                self.volume.markup = "".join(self._parts(page))
        else:
            self._fault("page", chosen.page, "is no page of the book")

    def _parts(self, page: nodes.section) -> Iterator[str]:
        """Yield the parts of the lesson in order, as markup."""
        sections = [child for child in page.children if isinstance(child, nodes.section)]
        first = page.index(sections[0]) if sections else len(page)
        opening = [child for child in page.children[:first] if not isinstance(child, nodes.title)]
        yield block_call("opening", content_block(self._translator.render(opening)))
        if not self._has_answers(sections):
            problem = f"is not the last of several sections of '{self._chosen.page}'"
            self._fault("answers", self._chosen.answers, problem)
        for number, section in enumerate(sections):
            if number:
                yield block_call("pagebreak", weak="true")
            yield self._translator.render([section])

    def _has_answers(self, sections: Sequence[nodes.section]) -> bool:
        """Check that the answers are the last section, and that others come before them."""
        return len(sections) > 1 and self._chosen.answers in sections[-1]["ids"]

    def _head(self) -> dict[str, str | None]:
        ids = f"{IDS}{self._builder.volumes[-1].pdf_name}."  # no link, which a foot may not have
        return {
            "heading": string_literal(self.name),
            "kind": text_content(self._chosen.title),
            "licence": optional_content(self._builder.config.typst_licence),
            "ids": text_content(ids),
        }
