"""What stands in a line: text and its emphases, links, notes, claims, formulas."""

import re
from pathlib import Path

from docutils import nodes

from shortofwar.book.nodes import claim_ref

from .base import Base
from .formula import draw
from .text import block, call, content, escape, spaced_content, string

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Inlines(Base):
    """Visitors of inline nodes."""

    def visit_Text(self, node: nodes.Text) -> None:
        self.add(escape(node.astext()))

    def _call(self, name: str, node: nodes.Element) -> None:
        """Set a node's children as the one argument of a function."""
        self.add(call(name, spaced_content(self.inner(node))))

    def visit_emphasis(self, node: nodes.Element) -> None:
        self._call("emph", node)

    def visit_strong(self, node: nodes.Element) -> None:
        self._call("strong", node)

    visit_title_reference = visit_literal_emphasis = visit_emphasis
    visit_literal_strong = visit_strong

    def visit_subscript(self, node: nodes.Element) -> None:
        self._call("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        self._call("super", node)

    def visit_literal(self, node: nodes.Element) -> None:
        self.add(call("raw", string(node.astext())))

    def visit_inline(self, node: nodes.Element) -> None:
        self.add(self.inner(node))

    visit_generated = visit_abbreviation = visit_acronym = visit_manpage = visit_problematic = visit_inline

    # ------------------------------------------------------------------ links

    def visit_target(self, node: nodes.target) -> None:
        self.add(self.inner(node))

    def visit_reference(self, node: nodes.reference) -> None:
        body = spaced_content(self.inner(node))
        address = node.get("refuri", "").replace("&amp;", "&")  # MyST writes addresses as HTML would have them
        if node.get("refid"):
            label = self.target(self.docname, node["refid"], node)
        elif address.startswith(("%", "#")):
            docname, _, name = address[1:].partition("#") if address[0] == "%" else (self.docname, "", address[1:])
            label = self.target(docname, name, node)
        elif SCHEME.match(address):
            self.add(call("without", string(address), body))
            return
        else:
            self.fault(node, f"the link '{node.astext()}' leads to '{address}', which a PDF cannot follow")
            return
        if label:
            self.add(call("within", string(label), body))

    def visit_download_reference(self, node: nodes.Element) -> None:
        """A file for download: the PDF carries the tables as attachments, so its name alone stands here."""
        self.visit_reference(node) if node.get("refuri") else self.add(self.inner(node))

    def visit_pending_xref(self, node: nodes.Element) -> None:
        self.add(self.inner(node))  # Sphinx has warned that it leads nowhere

    # ------------------------------------------------------------------ notes and claims

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        footnote = self.notes.get((self.docname, node.get("refid", "")))
        if footnote is None:
            self.fault(node, f"the note '{node.astext()}' has no text")
            return
        self._close_up()
        label = self.labels[self.docname, node["refid"]]
        if label in self.made:
            self.add(call("note-again", string(label)))
            return
        self.made.add(label)
        with self.inside():
            body = self.together(child for child in footnote.children if not isinstance(child, nodes.label))
        self.add(call("note", content(body), name=string(label)))

    def visit_footnote(self, node: nodes.footnote) -> None:
        """Set where it is first referred to."""

    def _close_up(self) -> None:
        """Drop the space before a marker, which stands close to the word it belongs to."""
        if self.out:
            self.out[-1] = self.out[-1].rstrip(" ")

    def visit_claim_ref(self, node: claim_ref) -> None:
        self._close_up()
        if not node.get("note"):
            self.add(call("claims", content(self.inner(node))))
            return
        links = [child for child in node.children if isinstance(child, nodes.reference)]
        lines = [f"{self.together([link])} {escape(text)}".strip() for link, text in zip(links, node["note"], strict=True)]
        self.add(call("note", content(" ".join(lines))))

    # ------------------------------------------------------------------ formulas

    def _formula(self, node: nodes.Element) -> str:
        tex = node.astext()
        try:
            drawn = draw(tex, Path(self.builder.outdir, "images"), displayed=isinstance(node, nodes.math_block))
        except ValueError as error:
            self.fault(node, f"the formula '{tex}' cannot be set: {' '.join(str(error).split())}")
            return ""
        return call(
            "formula", string(f"images/{drawn.name}"), alt=string(tex), height=f"{drawn.height:.3f}em", depth=f"{drawn.depth:.3f}em"
        )

    def visit_math(self, node: nodes.math) -> None:
        self.add(self._formula(node))

    def visit_math_block(self, node: nodes.math_block) -> None:
        number = node.get("number")
        body = content(self.anchor(node) + self._formula(node))
        self.add(block("displayed-formula", body, number=string(f"({number})") if number else None))
