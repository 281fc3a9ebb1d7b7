"""The document nodes that the engine adds to those of docutils and Sphinx."""

# mypy: disable-error-code="misc"
# docutils has no types, so to mypy every class of its nodes is Any.

from collections.abc import Iterator
from typing import Any

from docutils import nodes

SCREEN_ONLY = "cb-screen"  # class of text that pages show and print omits
PART = "part"  # class of a table row that is the heading of the rows below it


class chart(nodes.image):
    """The node for the picture of a figure.

    Attributes:
        uri: The SVG file, for builders that copy files.
        alt: The alternative text.
        wide: The SVG source for wide windows.
        narrow: The SVG source for narrow windows.
        name: The id of the figure.
        steps: What the slider needs to step through the figure; None for a figure without one.
        brief: The SVG file for the brief; only figures that it shows have one.
        brief_subtitle: The subtitle in the brief, likewise.
    """


class claim_ref(nodes.inline):
    """A marker that cites one or more claims; its children are links to the ledger.

    Attributes:
        claims: The ids of the claims.
        elsewhere: The ids of those claims whose theme is not the chapter's.
        note: In print, a text for each claim, empty where the book has cited the claim before. A
            marker without this attribute has no note.
        listed: Whether the marker is in a table or list made by code, and not in a sentence.
    """


class likelihood_bar(nodes.inline):
    """A word of likelihood with its range on a bar; its text is the word.

    Attributes:
        low: The lower end of the range in per cent; a word without a range has neither.
        high: The upper end.
    """


class page_numbers(nodes.Inline, nodes.TextElement):
    """The numbers of the pages that have some targets, for print.

    Attributes:
        targets: The targets as pairs of document name and id.
        ledger: Whether they are entries of the ledger.
        named: Whether `p.` or `pp.` comes before the numbers.
    """


class figure_data(nodes.General, nodes.Element):
    """The table of a figure's data.

    A page shows it folded below the figure; the PDF prints it in an appendix.
    """


class paragraph_number(nodes.Inline, nodes.TextElement):
    """The number of a paragraph, shown at its beginning.

    Attributes:
        number: The number.
    """


class ledger_placeholder(nodes.General, nodes.Element):
    """A placeholder for the ledger, which is made when all pages have been read."""


class text_form(nodes.General, nodes.Element):
    """The place of the form into which readers bring a text; only pages show it."""


class story_scene(nodes.General, nodes.Element):
    """The pictures of a step of a story.

    Attributes:
        options: The texts of the directive's options: what the step sets off.
        ground: In the first step of a page, what the pictures of all its steps have in common, as
            SVG; empty in the others.
        view_box: The attribute `viewBox` of the pictures.
        set_off: What the step sets off, as SVG.
        alt: The alternative text.
        caption: What is set off, in words.
    """


class explorer_form(nodes.General, nodes.Element):
    """The explorer's controls on a page.

    Other builders show the picture that follows it.

    Attributes:
        content: The output of the cell, as `explorer.page.explorer_bundle` makes it.
    """


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the nodes that contain a node, from its parent to the document."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def visit_as_inline(self: Any, node: nodes.Element) -> None:
    """Write the beginning of a node as that of an inline element."""
    self.visit_inline(node)


def depart_as_inline(self: Any, node: nodes.Element) -> None:
    """Write the end of a node as that of an inline element."""
    self.depart_inline(node)
