"""The two nodes of our own that a builder meets beside those of docutils and Sphinx."""

from docutils import nodes


class chart(nodes.image):
    """A drawn figure. `uri` names the SVG that the builders copy, `alt` its text; `wide` and `narrow` hold the SVG for a page."""


class claim_ref(nodes.inline):
    """The marker of one or more claims in prose: `claims` lists their ids; the children are links to the ledger."""
