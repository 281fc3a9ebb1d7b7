"""What stands in a line: text and its emphases, links, notes, claims, formulas."""

import re
from pathlib import Path

from docutils import nodes

from claimbook.figures.style import colour
from claimbook.language.claim_text import short_address
from claimbook.settings import settings
from claimbook.sphinxext.nodes import SCREEN, claim_ref, page_numbers, par_number
from claimbook.typst.base import Base
from claimbook.typst.formula import draw_formula
from claimbook.typst.text import (
    block_call,
    content_block,
    escape,
    inline_content,
    keep_names_whole,
    markup_call,
    string_array,
    string_literal,
    to_typst,
    typographic,
)

TOGETHER = 2  # how many ids of a marker stand on a line at least
LISTED = 40  # how many claims a list names in print; the page and the table attached to the file have all
THROUGHOUT = 14  # how many numbers of pages an index gives before it says that a name is everywhere
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Inlines(Base):
    """Visitors of inline nodes."""

    def visit_Text(self, node: nodes.Text) -> None:
        markup = escape(typographic(node.astext()))
        self.add(markup if self.ragged else keep_names_whole(markup))

    def _call(self, name: str, node: nodes.Element) -> None:
        """Set a node's children as the one argument of a function."""
        self.add(markup_call(name, inline_content(self.inner(node))))

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
        self.add(markup_call("raw", string_literal(node.astext())))

    def visit_inline(self, node: nodes.Element) -> None:
        if SCREEN not in node["classes"]:
            self.add(self.inner(node))

    visit_generated = visit_abbreviation = visit_acronym = visit_manpage = visit_problematic = (
        visit_inline
    )

    def visit_par_number(self, node: par_number) -> None:
        self.add(markup_call("par-number", string_literal(str(node["number"]))))

    # ------------------------------------------------------------------ links

    def visit_target(self, node: nodes.target) -> None:
        self.add(self.inner(node))

    def visit_reference(self, node: nodes.reference) -> None:
        body = inline_content(self.inner(node))
        address = node.get("refuri", "").replace(
            "&amp;", "&"
        )  # MyST writes addresses as HTML would have them
        if node.get("refid"):
            label = self.target(self.docname, node["refid"], node)
        elif address.startswith(("%", "#")):
            docname, _, name = (
                address[1:].partition("#") if address[0] == "%" else (self.docname, "", address[1:])
            )
            label = self.target(docname, name, node)
            if (
                not name
                and docname in self.builder.env.titles
                and node.astext() == self.builder.env.titles[docname].astext()
            ):
                body = content_block(
                    markup_call("emph", body)
                )  # the title of a chapter would read on as the sentence does
        elif SCHEME.match(address):
            self.add(markup_call("without", string_literal(address), body))
            if not self.nesting and node.astext() not in address:
                self.add(markup_call("note", _address(address)))
            return
        else:
            self.fault(
                node, f"the link '{node.astext()}' leads to '{address}', which a PDF cannot follow"
            )
            return
        if label:
            self.add(_sign(node) + markup_call("within", string_literal(label), body))

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
            self.add(markup_call("note-again", string_literal(label)))
            return
        self.made.add(label)
        with self.inside():
            body = self.together(
                child for child in footnote.children if not isinstance(child, nodes.label)
            )
        self.add(markup_call("note", content_block(body), name=string_literal(label)))

    def visit_footnote(self, node: nodes.footnote) -> None:
        """Set where it is first referred to."""

    def _close_up(self) -> None:
        """Drop the space before a marker, which stands close to the word it belongs to."""
        if self.out:
            self.out[-1] = self.out[-1].rstrip(" ")

    def visit_claim_ref(self, node: claim_ref) -> None:
        if node.get("listed"):
            self._listed(node)
            return
        self._close_up()
        links = [child for child in node.children if isinstance(child, nodes.reference)]
        if not node.get("note"):
            place = node.parent.index(node)
            leaning = place > 0 and isinstance(node.parent[place - 1], nodes.emphasis)
            self.add(
                markup_call(
                    "claims",
                    content_block(self.anchor(node) + self._keys(links)),
                    after_italic="true" if leaning else None,
                )
            )
            return
        told = list(zip(links, node["note"], strict=True))
        lines = [
            f"{markup_call('strong', content_block(self.together([link])))} {escape(typographic(text))}"
            for link, text in told
            if text
        ]
        known = [link for link, text in told if not text]
        lines += [f"Also {self._keys(known)}\\."] if known else []
        self.add(markup_call("note", content_block(" ".join(lines))))

    def _keys(self, links: list[nodes.reference]) -> str:
        """Set ids with commas, so that no id stands alone on a line and no space in between is stretched."""
        markup = ""
        for place, link in enumerate(links):
            breaks = TOGETHER <= place <= len(links) - TOGETHER
            markup += (
                ("," + ("\N{THIN SPACE}" if breaks else "\N{NARROW NO-BREAK SPACE}"))
                if place
                else ""
            ) + self.together([link])
        return markup

    def _listed(self, node: claim_ref) -> None:
        """Set a marker in the line; in brackets where it follows a whole sentence, without where it is part of one."""
        before = node.parent.children[: node.parent.index(node)]
        follows = bool(before) and before[-1].astext().rstrip().endswith((".", "?", "!", ")", "”"))
        if all(isinstance(child, page_numbers) for child in node.children):
            self.add(self.anchor(node) + self.together(node.children))
            return
        children = node.children[: 2 * LISTED - 1]  # commas stand between them
        rest = (len(node.children) - len(children)) // 2
        body = (
            self.anchor(node)
            + self.together(children)
            + (escape(f" and {rest:,} more") if rest else "")
        )
        self.add(markup_call("listed", content_block(body), bracketed=to_typst(follows)))

    def visit_page_numbers(self, node: page_numbers) -> None:
        """Set the numbers of the pages; in an index those of the ledger follow the others."""
        labels = [label for place in node["places"] if (label := self.target(*place, node))]
        apart = (
            "; "
            if node.parent.index(node)
            and isinstance(node.parent[node.parent.index(node) - 1], page_numbers)
            else ""
        )
        options = {name: "true" for name in ("ledger", "named") if node.get(name)}
        self.add(
            escape(apart)
            + markup_call(
                "pages-of",
                string_array(labels),
                many=to_typst(THROUGHOUT if "index" in self.small else None),
                **options,
            )
        )

    # ------------------------------------------------------------------ formulas

    def _formula(self, node: nodes.Element) -> str:
        tex = node.astext()
        try:
            drawn = draw_formula(
                tex,
                Path(self.builder.outdir, "images"),
                displayed=isinstance(node, nodes.math_block),
            )
        except ValueError as error:
            self.fault(node, f"the formula '{tex}' cannot be set: {' '.join(str(error).split())}")
            return ""
        return markup_call(
            "formula",
            string_literal(f"images/{drawn.name}"),
            alt=string_literal(tex),
            height=f"{drawn.height:.3f}em",
            depth=f"{drawn.depth:.3f}em",
        )

    def visit_math(self, node: nodes.math) -> None:
        self.add(self._formula(node))

    def visit_math_block(self, node: nodes.math_block) -> None:
        number = node.get("number")
        body = content_block(self.anchor(node) + self._formula(node))
        self.add(
            block_call(
                "displayed-formula", body, number=string_literal(f"({number})") if number else None
            )
        )


def _address(address: str) -> str:
    """An address as a note has it, which may be broken after each of its strokes."""
    shown = escape(short_address(address).removesuffix("/"))
    return content_block(
        markup_call(
            "without",
            string_literal(address),
            content_block(shown.replace("\\/", "\\/\N{ZERO WIDTH SPACE}")),
        )
    )


def _sign(node: nodes.reference) -> str:
    """The sign of a theme before a claim that is of another theme than its chapter; nothing before any other link."""
    theme = next(
        (name.removeprefix("theme-") for name in node["classes"] if name.startswith("theme-")), None
    )
    if "elsewhere" not in node["classes"] or theme not in settings().theme:
        return ""
    return markup_call(
        "sign", string_literal(settings().theme[theme].glyph), string_literal(colour(theme))
    )
