"""Body elements: paragraphs, lists, quotations, boxes, code and bibliographies."""

import re
from contextlib import nullcontext
from typing import NamedTuple

from docutils import nodes
from sphinx.locale import admonitionlabels

from claimbook.typst.base import BaseTranslator, CodeListing
from claimbook.typst.code_wrapping import wrap_cells, wrap_code
from claimbook.typst.tables import is_floating
from claimbook.typst.text import (
    array_literal,
    block_call,
    content_block,
    escape,
    markup_call,
    string_array,
    string_literal,
    to_typst,
)

NUMBERING = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}
CODE = "cell_code"  # myst-nb's kinds of containers: of the code of a cell,
CODE_SOURCE = "cell_code_source"  # and of its source
LEDGER = "cb-ledger"  # the class of the list of a source's claims
LEAD_LENGTH = 240  # characters of a paragraph that stays with the code below it
UNBROKEN_BOX = 1600  # characters of a box that stays on one page, about a third of it
LINE_BREAK = re.compile(r"<br ?/?>")
LONGEST_WHOLE = 5_000  # characters of a definition's markup, at most half a page
LINE_INDENT = 1.5  # ems for each level of a line block


class Definition(NamedTuple):
    """An item of a definition list, as markup.

    Attributes:
        term: The term or terms.
        has_strong: Whether some words of the term are marked as strong, so that the whole need not
            be.
        body: The definition.
    """

    term: str
    has_strong: bool
    body: str

    @property
    def is_breakable(self) -> bool:
        """Whether the definition may be longer than what is left of a page."""
        return len(self.body) > LONGEST_WHOLE


class Blocks(BaseTranslator):
    """A mixin of the translator that renders body elements."""

    def visit_container(self, node: nodes.Element) -> None:
        """Render the content of a container, without code that is folded on the page.

        The folded code of a cell is saved for the appendix. Code that the page shows unfolded is
        rendered in place.
        """
        element = node.get("nb_element")
        if element == CODE_SOURCE and not self.code_is_visible:
            return  # the appendix has it
        if element == CODE:
            self.code_is_visible = not any(
                "hide" in name or "remove" in name for name in node["classes"]
            )
            if not self.code_is_visible:
                self._save_code(node)
        self.add(f"\n\n{self.render_children(node)}\n\n")
        if element == CODE:
            self.cell, self.code_is_visible = None, False

    visit_compound = visit_glossary = visit_only = visit_hlist = visit_hlistcol = visit_container
    visit_versionmodified = visit_HideCodeCellNode = visit_container  # noqa: N815  # named after the node

    def visit_PassthroughTextElement(self, node: nodes.Element) -> None:
        self.add(f"\n\n{self.render_children(node)}\n\n")

    visit_compact_paragraph = visit_sd_tab_label = visit_PassthroughTextElement

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Render a paragraph.

        If it introduces a table or code, it is kept on the same page as these.
        """
        body = self.render_children(node)
        index = node.parent.index(node)
        follows_paragraph = index > 0 and isinstance(node.parent[index - 1], nodes.paragraph)
        if self._introduces_next(node):
            indented = "true" if follows_paragraph else None
            self.add(block_call("keep-with-next", content_block(body), indented=indented))
        else:
            self.add(f"\n\n{body}\n\n")

    def _introduces_next(self, node: nodes.Element) -> bool:
        """Check whether a paragraph must be on the same page as what follows it.

        Returns:
            True before a table that does not float, also as the output of a cell; before a source's
            claims in the ledger; and, for a short paragraph that ends with a colon, before code.
        """
        is_top_level = isinstance(node.parent, (nodes.section, nodes.document))
        if not is_top_level and node.parent.get("nb_element") is None:
            return False
        following: nodes.Node | None = node.next_node(descend=False, siblings=True)
        while isinstance(following, nodes.container):
            following = next(
                (child for child in following.children if child.get("nb_element") != CODE_SOURCE),
                None,
            )
        if isinstance(following, nodes.table):
            may_float = self.parts_remaining > 0  # not among what is looked up
            return not (may_float and is_floating(following))
        if isinstance(following, nodes.literal_block):
            return node.astext().endswith(":") and len(node.astext()) <= LEAD_LENGTH
        return isinstance(following, nodes.definition_list) and LEDGER in following["classes"]

    # ------------------------------------------------------------------ lists

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        self.add(block_call("list", *self._list_items(node), tight=to_typst(_is_tight(node))))

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        style = NUMBERING.get(node.get("enumtype", "arabic"), "1")
        numbering = string_literal(f"{node.get('prefix', '')}{style}{node.get('suffix', '.')}")
        self.add(
            block_call(
                "enum",
                *self._list_items(node),
                tight=to_typst(_is_tight(node)),
                numbering=numbering,
                start=to_typst(node.get("start", 1)),
            )
        )

    def _list_items(self, node: nodes.Element) -> list[str]:
        with self.nested():
            return [content_block(self.render_children(item)) for item in node.children]

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        with self.nested():
            self._add_definitions(list(map(self._definition, node.children)))

    def _definition(self, item: nodes.definition_list_item) -> Definition:
        """Render a term with its definition; classifiers of the term are emphasised."""
        heads = [child for child in item.children if not isinstance(child, nodes.definition)]
        bodies = [child for child in item.children if isinstance(child, nodes.definition)]
        terms = [
            self.render_children(head)
            if isinstance(head, nodes.term)
            else markup_call("emph", content_block(self.render_children(head)))
            for head in heads
        ]
        has_strong = any(True for head in heads for _ in head.findall(nodes.strong))
        running_term = ""
        if has_strong and "dense" in self.small_classes:
            first = heads[0].next_node(nodes.strong).astext()
            running_term = markup_call("running-term", string_literal(first))
        term = running_term + self.anchor(item) + ", ".join(terms)
        return Definition(term, has_strong, "\n\n".join(map(self.render_children, bodies)))

    def visit_option_list(self, node: nodes.option_list) -> None:
        with self.nested():
            self._add_definitions(
                [
                    Definition(
                        ", ".join(
                            markup_call("raw", string_literal(option.astext()))
                            for option in item[0].children
                        ),
                        True,
                        self.render_children(item[1]),
                    )
                    for item in node.children
                ]
            )

    def _add_definitions(self, items: list[Definition]) -> None:
        """Render a definition list, or in an index its entries, and add it to the output."""
        function = "index-entries" if "index" in self.small_classes else "definitions"
        arguments = (
            (
                content_block(item.term),
                to_typst(item.has_strong),
                to_typst(item.is_breakable),
                content_block(item.body),
            )
            for item in items
        )
        self.add(block_call(function, *map(array_literal, arguments)))

    def visit_field_list(self, node: nodes.field_list) -> None:
        with self.nested():
            fields = [
                array_literal(content_block(self.render_children(part)) for part in field[:2])
                for field in node.children
            ]
        self.add(block_call("fields", *fields))

    def visit_line_block(self, node: nodes.line_block) -> None:
        lines = (content_block(line) for line in self._render_lines(node, level=0))
        self.add(block_call("line-block", *lines))

    def _render_lines(self, node: nodes.line_block, level: int) -> list[str]:
        """Render the lines of a line block, each indented by its level of nesting.

        Args:
            node: The line block.
            level: Its level of nesting, from 0.
        """
        lines: list[str] = []
        indent = markup_call("h", f"{LINE_INDENT * level}em") if level else ""
        for child in node.children:
            if isinstance(child, nodes.line_block):
                lines += self._render_lines(child, level + 1)
            else:
                lines.append(indent + self.render_children(child))
        return lines

    # ------------------------------------------------------------------ quotations and boxes

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        attributions = [child for child in node.children if isinstance(child, nodes.attribution)]
        with self.nested():
            attribution = (
                content_block(self.render(attributions[0].children)) if attributions else None
            )
            body = self.anchor(node) + self.render(
                child for child in node.children if child not in attributions
            )
        self.add(block_call("quote", content_block(body), block="true", attribution=attribution))

    def visit_Admonition(self, node: nodes.Element) -> None:
        kind = type(node).__name__
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        # A judgement is part of the text: links in it have notes.
        is_judgement = "judgement" in node["classes"]
        with nullcontext() if is_judgement else self.nested():
            title = (
                self.render_children(titles[0])
                if titles
                else escape(str(admonitionlabels.get(kind, kind.capitalize())))
            )
            body = self.anchor(node) + self.render(
                child for child in node.children if child not in titles
            )
        unbroken = is_judgement and len(node.astext()) <= UNBROKEN_BOX
        self.add(
            block_call(
                "admonition",
                content_block(title),
                content_block(body),
                kind=string_literal(kind),
                classes=string_array(node["classes"]),
                unbroken="true" if unbroken else None,
            )
        )

    def visit_topic(self, node: nodes.Element) -> None:
        if "contents" not in node["classes"]:  # the book has its own contents
            self.visit_Admonition(node)

    visit_sidebar = visit_Admonition

    # ------------------------------------------------------------------ code

    def visit_literal_block(self, node: nodes.Element) -> None:
        language = node.get("language", "none")
        code = string_literal(_printed_code(node.astext(), language))
        self.add(block_call("code-listing", code, language=string_literal(language)))

    visit_doctest_block = visit_literal_block

    def _save_code(self, cell: nodes.Element) -> None:
        """Save the source of a code cell for the appendix, and make it the current cell."""
        for source in cell.findall(nodes.container):
            if source.get("nb_element") != CODE_SOURCE:
                continue
            for block in source.findall(nodes.literal_block):
                language = block.get("language", "python")
                code = _printed_code(block.astext(), language)
                self.cell = CodeListing(self.chapter_title, code, language)
                self.listings.append(self.cell)

    # ------------------------------------------------------------------ bibliography

    def visit_citation(self, node: nodes.citation) -> None:
        name = to_typst(self.take_label(node))
        style = getattr(self.builder.config, "bibtex_reference_style", "label")
        labels = [child for child in node.children if isinstance(child, nodes.label)]
        key = content_block(escape(labels[0].astext())) if labels and style == "label" else "none"
        body = self.render(child for child in node.children if child not in labels)
        self.add(block_call("reference-entry", key, content_block(body), name=name))

    # ------------------------------------------------------------------ what a PDF does not show

    def visit_raw(self, node: nodes.raw) -> None:
        if "typst" in node.get("format", "").split():
            self.add(node.astext())
        elif LINE_BREAK.fullmatch(node.astext().strip()):  # MyST has it only as HTML and LaTeX
            self.add(markup_call("linebreak"))

    def visit_nothing(self, node: nodes.Element) -> None:
        """Render nothing, for nodes that a PDF does not show."""

    visit_comment = visit_substitution_definition = visit_index = visit_toctree = visit_nothing
    visit_meta = visit_docinfo = visit_highlightlang = visit_tabular_col_spec = visit_nothing
    visit_system_message = visit_pending = visit_fontawesome = visit_sd_icon = visit_nothing
    visit_sd_tab_input = visit_nothing


def _printed_code(text: str, language: str) -> str:
    """Prepare code for print: remove blank lines at its end, and wrap long lines."""
    text = text.rstrip("\n")
    return wrap_code(text) if "python" in language else wrap_cells(text)


def _is_tight(node: nodes.Element) -> bool:
    """Check whether a list needs no space between its items.

    Returns:
        True if each item is one paragraph, perhaps with lists below it.
    """
    return all(
        isinstance(child, (nodes.bullet_list, nodes.enumerated_list) if index else nodes.paragraph)
        for item in node.children
        for index, child in enumerate(item.children)
    )
