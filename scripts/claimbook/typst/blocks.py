"""What stands between paragraphs: sections, lists, quotations, boxes, code."""

import re
from collections.abc import Sequence
from contextlib import nullcontext

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from claimbook.typst.assemble import part
from claimbook.typst.base import Base, Listing
from claimbook.typst.figures import floats
from claimbook.typst.fold import fold_code
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

ENUMERATION = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}
SMALL = {"small", "dense", "index"}  # classes of what is looked up and not read through
COLUMNED = {"dense", "index"}  # those of them that are set in two columns
LEAD = 240  # signs of a paragraph that stays with the code it announces
FRAME = 1600  # signs of text in a frame that is not parted, about a third of a page
BREAK = re.compile(r"<br ?/?>")


class Blocks(Base):
    """Visitors of body nodes."""

    part_title = ""  # the title of a part, kept until its first chapter opens
    parts_left = -1  # parts that are still to come
    index: str = ""  # the chapters of class `index`, which end the book
    small: Sequence[str] = ()  # the classes of the chapter that ask for small type
    cell: Listing | None = None
    shown = False  # whether we are in a cell whose code a page shows unfolded

    # ------------------------------------------------------------------ the frame

    def visit_document(self, node: nodes.document) -> None:
        self.add(self.inner(node))

    def visit_start_of_file(self, node: addnodes.start_of_file) -> None:
        outer, self.docname = self.docname, node["docname"]
        self.add(self.together(node.children))
        self.docname = outer

    def visit_part(self, node: part) -> None:
        self.parts_left = (
            len([each for each in self.document.findall(part) if each is not node])
            if self.parts_left < 0
            else self.parts_left - 1
        )
        self.part_title = block_call("part", content_block(self.inner(node)))

    def visit_section(self, node: nodes.section) -> None:
        self.level += 1
        title = node.next_node(nodes.title)
        heading = (
            self.together(title.children).strip()
            if title is not None and title.parent is node
            else ""
        )
        if self.level > 1:
            self.add(
                self._head(node, heading)
                + self.together(child for child in node.children if child is not title)
            )
        else:
            self._chapter(node, title, heading)
        self.level -= 1

    def _chapter(self, node: nodes.section, title: nodes.title, heading: str) -> None:
        """Open a chapter on a new page, the title of its part above its own; what is only looked up is set small."""
        if self.docname == self.builder.config.root_doc and title.astext() == self.builder.title:
            heading = escape(
                self.builder.config.typst_root_title
            )  # the book's title has its own page
        self.chapter = heading
        classes = [
            *node["classes"],
            *str(self.builder.env.metadata.get(self.docname, {}).get("class", "")).split(),
        ]
        self.small = [name for name in classes if name in SMALL]
        follows = (
            self.parts_left == 0 and not self.small
        )  # of the part that ends the book, which is looked up and not read through
        opening = block_call("follow-on") if follows else block_call("new-page")
        if "index" not in self.small:
            opening, self.part_title = self.part_title or opening, ""
        start = opening + self._head(node, heading)
        if self.docname == self.builder.config.root_doc:
            self.small = ["summary"]
        with self.inside(ragged=True) if COLUMNED & set(self.small) else nullcontext():
            body = self.together(child for child in node.children if child is not title)
        chapter = start + (
            block_call("classed", string_array(self.small), content_block(body))
            if self.small
            else body
        )
        if "index" in self.small:
            self.index += chapter
        else:
            self.add(chapter)
        self.small = []

    def _head(self, node: nodes.section, heading: str) -> str:
        return block_call(
            "head",
            content_block(heading),
            level=to_typst(self.level),
            number=self._number(node),
            name=to_typst(self.name(node)),
            small="true" if self.small else None,
        )

    def _number(self, node: nodes.section) -> str | None:
        """Return the number that Sphinx gave a section, so that both outputs count alike."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        anchors = [f"#{name}" for name in node["ids"]]
        if self.labels.get((self.docname, "")) == self.labels[self.docname, node["ids"][0]]:
            anchors.append("")
        found = next((numbers[anchor] for anchor in anchors if numbers.get(anchor)), None)
        return string_literal(".".join(map(str, found))) if found else None

    def visit_title(self, node: nodes.title) -> None:
        self.visit_rubric(node)  # one that its parent did not take: of a card, a sidebar, a tab

    def visit_rubric(self, node: nodes.Element) -> None:
        self.add(block_call("rubric", content_block(self.inner(node))))

    def visit_centered(self, node: nodes.Element) -> None:
        self.add(block_call("centred", content_block(self.inner(node))))

    def visit_container(self, node: nodes.Element) -> None:
        element = node.get("nb_element")
        if element == "cell_code_source" and not self.shown:
            return  # printed in the appendix
        if element == "cell_code":
            self.shown = not any("hide" in name or "remove" in name for name in node["classes"])
            if not self.shown:
                self._keep_code(node)
        self.add(f"\n\n{self.inner(node)}\n\n")
        if element == "cell_code":
            self.cell, self.shown = None, False

    visit_compound = visit_glossary = visit_only = visit_hlist = visit_hlistcol = (
        visit_versionmodified
    ) = visit_container
    visit_HideCodeCellNode = visit_container

    def visit_PassthroughTextElement(self, node: nodes.Element) -> None:
        self.add(f"\n\n{self.inner(node)}\n\n")

    visit_compact_paragraph = visit_sd_tab_label = visit_PassthroughTextElement

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Set a paragraph; one that leads up to a table stays on its page."""
        body = self.inner(node)
        place = node.parent.index(node)
        indented = "true" if place and isinstance(node.parent[place - 1], nodes.paragraph) else None
        self.add(
            block_call("lead", content_block(body), indented=indented)
            if _leads(node, self.parts_left > 0)
            else f"\n\n{body}\n\n"
        )

    def visit_transition(self, node: nodes.transition) -> None:
        if (
            "footnotes" not in node["classes"]
        ):  # MyST rules off the notes, which here stand on their pages
            self.add(block_call("starred"))

    # ------------------------------------------------------------------ lists

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        self.add(block_call("list", *self._items(node), tight=to_typst(_tight(node))))

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        style = ENUMERATION.get(node.get("enumtype", "arabic"), "1")
        numbering = string_literal(f"{node.get('prefix', '')}{style}{node.get('suffix', '.')}")
        self.add(
            block_call(
                "enum",
                *self._items(node),
                tight=to_typst(_tight(node)),
                numbering=numbering,
                start=to_typst(node.get("start", 1)),
            )
        )

    def _items(self, node: nodes.Element) -> list[str]:
        with self.inside():
            return [content_block(self.inner(item)) for item in node.children]

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        items = []
        with self.inside():
            for item in node.children:
                heads = [
                    child for child in item.children if not isinstance(child, nodes.definition)
                ]
                bodies = [child for child in item.children if isinstance(child, nodes.definition)]
                terms = [
                    self.inner(head)
                    if isinstance(head, nodes.term)
                    else markup_call("emph", content_block(self.inner(head)))
                    for head in heads
                ]
                weighed = any(True for head in heads for _ in head.findall(nodes.strong))
                entry = (
                    markup_call("entry", string_literal(heads[0].next_node(nodes.strong).astext()))
                    if weighed and "dense" in self.small
                    else ""
                )
                items.append(
                    (
                        entry + self.anchor(item) + ", ".join(terms),
                        weighed,
                        "\n\n".join(map(self.inner, bodies)),
                    )
                )
        self._definitions(items)

    def visit_option_list(self, node: nodes.option_list) -> None:
        with self.inside():
            self._definitions(
                [
                    (
                        ", ".join(
                            markup_call("raw", string_literal(option.astext()))
                            for option in item[0].children
                        ),
                        True,
                        self.inner(item[1]),
                    )
                    for item in node.children
                ]
            )

    def _definitions(self, items: list[tuple[str, bool, str]]) -> None:
        function = "index-entries" if "index" in self.small else "definitions"
        self.add(
            block_call(
                function,
                *(
                    array_literal((content_block(term), to_typst(weighed), content_block(body)))
                    for term, weighed, body in items
                ),
            )
        )

    def visit_field_list(self, node: nodes.field_list) -> None:
        with self.inside():
            fields = [(self.inner(field[0]), self.inner(field[1])) for field in node.children]
        self.add(
            block_call(
                "fields",
                *(
                    array_literal((content_block(name), content_block(body)))
                    for name, body in fields
                ),
            )
        )

    def visit_line_block(self, node: nodes.line_block) -> None:
        self.add(block_call("verse", *(content_block(line) for line in self._lines(node, 0))))

    def _lines(self, node: nodes.line_block, depth: int) -> list[str]:
        lines: list[str] = []
        for child in node.children:
            if isinstance(child, nodes.line_block):
                lines += self._lines(child, depth + 1)
            else:
                lines.append(
                    (markup_call("h", f"{1.5 * depth}em") if depth else "") + self.inner(child)
                )
        return lines

    # ------------------------------------------------------------------ quotations and boxes

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        said_by = [child for child in node.children if isinstance(child, nodes.attribution)]
        with self.inside():
            attribution = content_block(self.together(said_by[0].children)) if said_by else None
            body = self.anchor(node) + self.together(
                child for child in node.children if child not in said_by
            )
        self.add(block_call("quote", content_block(body), block="true", attribution=attribution))

    def visit_Admonition(self, node: nodes.Element) -> None:
        kind = type(node).__name__
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        judges = "judgement" in node["classes"]  # its sentences have notes, as those of the text
        with nullcontext() if judges else self.inside():
            title = (
                self.inner(titles[0])
                if titles
                else escape(str(admonitionlabels.get(kind, kind.capitalize())))
            )
            body = self.anchor(node) + self.together(
                child for child in node.children if child not in titles
            )
        together = judges and len(node.astext()) <= FRAME
        self.add(
            block_call(
                "admonition",
                content_block(title),
                content_block(body),
                kind=string_literal(kind),
                classes=string_array(node["classes"]),
                together="true" if together else None,
            )
        )

    def visit_topic(self, node: nodes.Element) -> None:
        if "contents" not in node["classes"]:  # the book has its own contents
            self.visit_Admonition(node)

    visit_sidebar = visit_Admonition

    # ------------------------------------------------------------------ code

    def visit_literal_block(self, node: nodes.Element) -> None:
        language = node.get("language", "none")
        self.add(
            block_call(
                "listing",
                string_literal(_code(node.astext(), language)),
                language=string_literal(language),
            )
        )

    visit_doctest_block = visit_literal_block

    def _keep_code(self, cell: nodes.Element) -> None:
        """Keep the source of a cell for the appendix."""
        for source in cell.findall(
            lambda node: (
                isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_source"
            )
        ):
            for code in source.findall(nodes.literal_block):
                self.cell = Listing(
                    self.chapter,
                    _code(code.astext(), code.get("language", "python")),
                    code.get("language", "python"),
                )
                self.listings.append(self.cell)

    # ------------------------------------------------------------------ citations

    def visit_citation(self, node: nodes.citation) -> None:
        name = to_typst(self.name(node))
        by_key = (
            getattr(self.builder.config, "bibtex_reference_style", "label") == "label"
        )  # else by author and year
        keys = [
            child.astext() for child in node.children if by_key and isinstance(child, nodes.label)
        ]
        body = self.together(child for child in node.children if not isinstance(child, nodes.label))
        self.add(
            block_call(
                "reference-entry",
                content_block(escape(keys[0])) if keys else "none",
                content_block(body),
                name=name,
            )
        )

    # ------------------------------------------------------------------ what a PDF does not show

    def visit_raw(self, node: nodes.raw) -> None:
        if "typst" in node.get("format", "").split():
            self.add(node.astext())
        elif BREAK.fullmatch(
            node.astext().strip()
        ):  # MyST writes a hard break as HTML and LaTeX alone
            self.add(markup_call("linebreak"))

    def visit_nothing(self, node: nodes.Element) -> None:
        """Set nothing."""

    visit_comment = visit_substitution_definition = visit_index = visit_toctree = visit_meta = (
        visit_docinfo
    ) = visit_nothing
    visit_highlightlang = visit_tabular_col_spec = visit_system_message = visit_pending = (
        visit_nothing
    )
    visit_fontawesome = visit_sd_icon = visit_sd_tab_input = visit_nothing


def _leads(node: nodes.Element, read: bool) -> bool:
    """Whether a table comes next that stays in its place, perhaps as the output of a cell, or a source's part of the ledger, or the code announced.

    `read` is true where a part is read through and not looked up: there some tables stand where there is room.
    """
    if (
        not isinstance(node.parent, (nodes.section, nodes.document))
        and node.parent.get("nb_element") is None
    ):
        return False
    after: nodes.Node | None = node.next_node(descend=False, siblings=True)
    while isinstance(after, nodes.container):
        after = next(
            (child for child in after.children if child.get("nb_element") != "cell_code_source"),
            None,
        )
    if (
        isinstance(after, nodes.literal_block)
        and node.astext().endswith(":")
        and len(node.astext()) <= LEAD
    ):
        return True
    return (isinstance(after, nodes.table) and not (read and floats(after))) or (
        isinstance(after, nodes.definition_list) and "cb-ledger" in after["classes"]
    )


def _code(text: str, language: str) -> str:
    """Code as it is printed."""
    text = text.rstrip("\n")
    return fold_code(text) if "python" in language else text


def _tight(node: nodes.Element) -> bool:
    """Whether every item of a list is one paragraph, perhaps with a list below it."""
    return all(
        isinstance(child, nodes.paragraph)
        if place == 0
        else isinstance(child, (nodes.bullet_list, nodes.enumerated_list))
        for item in node.children
        for place, child in enumerate(item.children)
    )
