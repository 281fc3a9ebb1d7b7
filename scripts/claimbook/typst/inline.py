"""Inline elements: text and its emphasis, links, notes, claims and formulas."""

import re
from pathlib import Path

from docutils import nodes

from claimbook.house_style import colour
from claimbook.language.words import short_address
from claimbook.settings import settings
from claimbook.sphinxext.nodes import (
    SCREEN_ONLY,
    claim_ref,
    likelihood_bar,
    page_numbers,
    paragraph_number,
)
from claimbook.typst.base import BOOK_ADDRESS, BaseTranslator
from claimbook.typst.formula import draw_formula
from claimbook.typst.text import (
    block_call,
    content_block,
    escape,
    inline_content,
    markup_call,
    prevent_hyphenation,
    string_literal,
    to_typst,
    typographic,
)

UNBROKEN_IDS = 2  # ids of a marker that stay together at each end of it
LISTED_CLAIMS = 40  # that a list shows in print; the HTML and the attached tables have all
INDEX_PAGES = 14  # page numbers of an index entry; one with more says "throughout"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SENTENCE_ENDS = (".", "?", "!", ")", "”")


class Inlines(BaseTranslator):
    """A mixin of the translator that renders inline elements."""

    def visit_Text(self, node: nodes.Text) -> None:
        markup = escape(typographic(node.astext()))
        self.add(markup if self.ragged_depth else prevent_hyphenation(markup))

    def _add_call(self, function: str, node: nodes.Element) -> None:
        """Add a call of a Typst function whose only argument is the content of a node."""
        self.add(markup_call(function, inline_content(self.render_children(node))))

    def visit_emphasis(self, node: nodes.Element) -> None:
        self._add_call("emph", node)

    def visit_strong(self, node: nodes.Element) -> None:
        self._add_call("strong", node)

    visit_title_reference = visit_literal_emphasis = visit_emphasis
    visit_literal_strong = visit_strong

    def visit_subscript(self, node: nodes.Element) -> None:
        self._add_call("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        self._add_call("super", node)

    def visit_literal(self, node: nodes.Element) -> None:
        self.add(markup_call("raw", string_literal(node.astext())))

    def visit_inline(self, node: nodes.Element) -> None:
        if SCREEN_ONLY not in node["classes"]:
            self.add(self.render_children(node))

    visit_generated = visit_abbreviation = visit_acronym = visit_manpage = visit_inline
    visit_problematic = visit_inline

    def visit_paragraph_number(self, node: paragraph_number) -> None:
        self.add(markup_call("paragraph-number", string_literal(str(node["number"]))))

    # ------------------------------------------------------------------ links

    def visit_likelihood_bar(self, node: likelihood_bar) -> None:
        ends = (str(node.get(end, "none")) for end in ("low", "high"))
        self.add(markup_call("likelihood", *ends, content_block(escape(node.astext()))))
        raise nodes.SkipNode

    def visit_target(self, node: nodes.target) -> None:
        self.add(self.render_children(node))

    def visit_reference(self, node: nodes.reference) -> None:
        body = inline_content(self.render_children(node))
        address = node.get("refuri", "").replace("&amp;", "&")  # MyST escapes addresses for HTML
        docname, name = self.docname, ""
        if node.get("refid"):
            name = node["refid"]
        elif address.startswith(BOOK_ADDRESS):
            docname, _, name = address.removeprefix(BOOK_ADDRESS).partition("#")
        elif address.startswith("#"):
            name = address[1:]
        elif SCHEME.match(address):
            self._add_outer_link(node, address, body)
            return
        else:
            self.report_fault(
                node, f"the link '{node.astext()}' leads to '{address}', which a PDF cannot follow"
            )
            return
        label = self.resolve_link(docname, name, node)
        title = self.builder.env.titles.get(docname)
        if not name and title is not None and node.astext() == title.astext():
            # A chapter's title would otherwise read as part of the sentence.
            body = content_block(markup_call("emph", body))
        if label:
            # A claim is found by its id.
            named = not isinstance(node.parent, claim_ref)
            in_brackets = not _text_before(node).endswith(("(", "["))
            link = self.link(label, body, named=named, in_brackets=in_brackets)
            self.add(_theme_sign(node) + link)

    def _add_outer_link(self, node: nodes.reference, address: str, body: str) -> None:
        """Add a link to an address on the web.

        In running text, a note with the address follows, unless the text of the link is part of the
        address. In lists, boxes and cells there is no note.
        """
        self.add(markup_call("outer-link", string_literal(address), body))
        if not self.nesting_depth and node.astext() not in address:
            self._add_note(node.astext(), "note", _printed_address(address))

    def visit_download_reference(self, node: nodes.Element) -> None:
        """Render the text of a link to a file, without the link.

        The PDF has the tables as attachments. A link to an address on the web remains a link.
        """
        if node.get("refuri"):
            self.visit_reference(node)
        else:
            self.add(self.render_children(node))

    def visit_pending_xref(self, node: nodes.Element) -> None:
        self.add(self.render_children(node))  # Sphinx has warned that it leads nowhere

    # ------------------------------------------------------------------ notes and claims

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        footnote = self.footnotes.get((self.docname, node.get("refid", "")))
        if footnote is None:
            self.report_fault(node, f"the note '{node.astext()}' has no text")
            return
        self._strip_trailing_space()
        label = self.labels[self.docname, node["refid"]]
        if label in self.placed_labels:
            self._add_note(_text_before(node), "repeat-note", string_literal(label))
            return
        self.placed_labels.add(label)
        with self.nested():
            body = self.render(
                child for child in footnote.children if not isinstance(child, nodes.label)
            )
        note = content_block(body)
        self._add_note(_text_before(node), "note", note, name=string_literal(label))

    def visit_footnote(self, node: nodes.footnote) -> None:
        """Render nothing, since the first reference to the note renders it."""

    def _add_note(self, before: str, function: str, /, *given: str, **named: str) -> None:
        """Add a call of a Typst function that sets a note.

        Its mark is apart from a number before it: copied from the PDF, `2031` with note 1 would
        otherwise be `20311`.

        Args:
            before: The text before the mark.
            function: The name of the function.
            *given: Its arguments, as Typst code.
            **named: Its named arguments, as Typst code.
        """
        apart = "\N{NARROW NO-BREAK SPACE}" if before.rstrip()[-1:].isdigit() else ""
        self.add(apart + markup_call(function, *given, **named))

    def _strip_trailing_space(self) -> None:
        """Remove the space at the end of the output, before a marker is added."""
        if self.output:
            self.output[-1] = self.output[-1].rstrip(" ")

    def visit_claim_ref(self, node: claim_ref) -> None:
        """Render the marker of claims as a list of ids, a note, or a raised marker.

        A listed marker is the list of ids. Markers are listed on the page of the ledger, and in any
        table, definition list, figure or output of a cell. Any other is a note if the node has one,
        which is where the text first cites a claim; else it is a small raised marker with the ids.
        """
        if node.get("listed"):
            self._add_listed_claims(node)
            return
        self._strip_trailing_space()
        links = [child for child in node.children if isinstance(child, nodes.reference)]
        if node.get("note"):
            self._add_claim_note(node, links, node["note"])
            return
        index = node.parent.index(node)
        after_italic = index > 0 and isinstance(node.parent[index - 1], nodes.emphasis)
        self.add(
            markup_call(
                "claim-marker",
                content_block(self.anchor(node) + self._join_links(links)),
                after_italic="true" if after_italic else None,
            )
        )

    def _add_claim_note(
        self, node: claim_ref, links: list[nodes.reference], texts: list[str]
    ) -> None:
        """Add a note on claims, instead of their marker.

        Args:
            node: The marker.
            links: The link to each claim.
            texts: The text of the note on each claim. A claim with an empty text is only named,
                after the others.
        """
        parts, without_text = [], []
        for link, text in zip(links, texts, strict=True):
            if text:
                claim = markup_call("strong", content_block(self.render([link])))
                parts.append(f"{claim} {escape(typographic(text))}")
            else:
                without_text.append(link)
        if without_text:
            parts.append(f"Also {self._join_links(without_text)}\\.")
        entries = filter(None, map(self._label, links))
        if elsewhere := [label for label in entries if self.is_elsewhere(label)]:
            parts.append(f"{self.pages(elsewhere)}\\.")
        self._add_note(_text_before(node), "note", content_block(" ".join(parts)))

    def _label(self, link: nodes.reference) -> str:
        """Return the label that a link to a claim leads to; empty for none."""
        docname, _, name = link["refuri"].removeprefix(BOOK_ADDRESS).partition("#")
        return self.labels.get((docname, name), "")

    def _join_links(self, links: list[nodes.reference]) -> str:
        """Render links to claims, joined by commas, so that no line has only one of them.

        The spaces between them have a fixed width, also where a line is justified.
        """
        markup = ""
        for index, link in enumerate(links):
            may_break = UNBROKEN_IDS <= index <= len(links) - UNBROKEN_IDS
            space = "\N{THIN SPACE}" if may_break else "\N{NARROW NO-BREAK SPACE}"
            markup += ("," + space if index else "") + self.render([link])
        return markup

    def _add_listed_claims(self, node: claim_ref) -> None:
        """Add a claim marker as a list of ids.

        It is in brackets after the end of a sentence, and without brackets elsewhere. Of a long
        list only the first claims are printed, with the number of the others. On a page of class
        `index` it has the numbers of pages instead.

        Args:
            node: A marker that is listed: on the page of the ledger, or in any table, definition
                list, figure or output of a cell.
        """
        if all(isinstance(child, page_numbers) for child in node.children):
            self.add(self.anchor(node) + self.render(node.children))
            return
        previous = node.parent.children[: node.parent.index(node)]
        bracketed = bool(previous) and previous[-1].astext().rstrip().endswith(SENTENCE_ENDS)
        printed = node.children[: 2 * LISTED_CLAIMS - 1]  # commas stand between the claims
        omitted = (len(node.children) - len(printed)) // 2
        body = self.anchor(node) + self.render(printed)
        if omitted:
            body += escape(f" and {omitted:,} more")
        self.add(markup_call("listed-claims", content_block(body), bracketed=to_typst(bracketed)))

    def visit_page_numbers(self, node: page_numbers) -> None:
        """Render the numbers of pages on which some targets are.

        In an index, the numbers of pages of the ledger follow the others after a semicolon; in one
        of two volumes, so do those of all pages of its own volume.
        """
        labels = [
            label
            for docname, name in node["targets"]
            if (label := self.resolve_link(docname, name, node))
        ]
        index = node.parent.index(node)
        follows = index > 0 and isinstance(node.parent[index - 1], page_numbers)
        is_index = "index" in self.small_classes
        numbers = self.pages(
            labels,
            prefixed=bool(node.get("named")),
            at_most=INDEX_PAGES if is_index else None,
            own_in_italics=bool(node.get("ledger")) or (is_index and len(self.builder.volumes) > 1),
        )
        self.add((escape("; ") if follows else "") + numbers)

    # ------------------------------------------------------------------ formulas

    def _render_formula(self, node: nodes.Element) -> str:
        """Draw a formula and render a call that shows its picture.

        A formula that cannot be drawn is reported as a fault, and its markup is empty.
        """
        tex = node.astext()
        images = Path(self.builder.outdir, "images")
        try:
            formula = draw_formula(tex, images, displayed=isinstance(node, nodes.math_block))
        except ValueError as error:
            reason = " ".join(str(error).split())
            self.report_fault(node, f"the formula '{tex}' cannot be set: {reason}")
            return ""
        return markup_call(
            "formula",
            string_literal(f"images/{formula.name}"),
            alt=string_literal(tex),
            height=f"{formula.height:.3f}em",
            depth=f"{formula.depth:.3f}em",
        )

    def visit_math(self, node: nodes.math) -> None:
        self.add(self._render_formula(node))

    def visit_math_block(self, node: nodes.math_block) -> None:
        number = node.get("number")
        body = content_block(self.anchor(node) + self._render_formula(node))
        numbering = string_literal(f"({number})") if number else None
        self.add(block_call("displayed-formula", body, number=numbering))


def _printed_address(address: str) -> str:
    """Render a web address for a note, as a link that may break after each slash."""
    slash = escape("/")
    text = escape(short_address(address).removesuffix("/"))
    text = text.replace(slash, slash + "\N{ZERO WIDTH SPACE}")
    return content_block(markup_call("outer-link", string_literal(address), content_block(text)))


def _text_before(node: nodes.Node) -> str:
    """Return the text before a node among the children of its parent."""
    return "".join(child.astext() for child in node.parent.children[: node.parent.index(node)])


def _theme_sign(node: nodes.reference) -> str:
    """Render a theme's sign for a link marked as citing a claim of another theme.

    Returns:
        The sign in the colour of the claim's own theme; empty for any other link.
    """
    theme = settings().theme.get(node.get("other_theme", ""))
    if theme is None:
        return ""
    return markup_call("theme-sign", string_literal(theme.glyph), string_literal(colour(theme.id)))
