"""The nodes of our own: those that a builder meets beside those of docutils and Sphinx, and two that hold a place until all pages are read."""

from docutils import nodes

SCREEN = "cb-screen"  # the class of words that a page shows and print leaves out
PART = "part"  # the class of a row that is the title of those below it


class chart(nodes.image):
    """A drawn figure. `uri` names the SVG that the builders copy, `alt` its text; `wide` and `narrow` hold the SVG for a page."""


class claim_ref(nodes.inline):
    """The marker of one or more claims in prose: `claims` lists their ids, `elsewhere` those of another theme
    than the chapter's; the children are links to the ledger.

    In print `note` holds a text for each claim, empty where the book has cited it before; without it the marker stands alone.
    `listed` says that it stands in a table or list made by code, and not in a sentence that someone wrote.
    """


class page_numbers(nodes.Inline, nodes.TextElement):
    """In print, the numbers of the pages on which some places stand: `places` lists them as (document, id); `ledger` says of the ledger;
    `named` that `p.` or `pp.` is to stand before them."""


class figure_data(nodes.General, nodes.Element):
    """The table of a figure's data: folded below the figure on a page, in an appendix in print."""


class par_number(nodes.Inline, nodes.TextElement):
    """The number of a paragraph, at its beginning: `number`."""


class cited_by(nodes.General, nodes.Element):
    """Stands in the ledger, until all pages are read, for the sentences that cite the claim named in `claim`."""


class uncited(nodes.General, nodes.Element):
    """Stands in the ledger, until all pages are read, for the list of claims that no sentence cites."""


class explorer_form(nodes.General, nodes.Element):
    """The explorer's controls in a page: `content` is what the cell gave (see `explorer.page.bundle`). The picture beside it stands for it elsewhere."""
