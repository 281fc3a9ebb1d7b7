"""The likelihood role: `` {likelihood}`very likely` `` shows a word as a range on a bar.

The range is that of the word on the report's own yardstick in `terms.csv`. A word without a row
there, such as "not enough to judge", shows an empty bar.
"""

from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx

from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.nodes import depart_as_inline, likelihood_bar, visit_as_inline

WIDTH, HEIGHT = 100, 8  # units of the drawing: a unit of width is one per cent


def likelihood_role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Inliner,
    options: Any = None,
    content: Any = None,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Make the bar of a word of likelihood.

    Args:
        name: The name of the role.
        rawtext: The source of the role with its name.
        text: The word.
        lineno: The line of the role.
        inliner: The parser that met the role.
        options: Unused.
        content: Unused.

    Returns:
        The bar, whose text is the word, and no messages.
    """
    return [make_bar(text)], []


def make_bar(word: str) -> likelihood_bar:
    """Make the node of a word of likelihood, with its range.

    The range is that of the word on the report's own yardstick; other words have none.
    """
    bar = likelihood_bar("", word)
    terms, key = cached_corpus().terms, (word, settings().roles.yardstick)
    if key in terms.index:
        bar["low"], bar["high"] = (int(terms.at[key, column]) for column in ("low", "high"))
    return bar


def visit_bar(self: Any, node: likelihood_bar) -> None:
    """Write the word of likelihood, its range in per cent, and the bar."""
    self.body.append('<span class="cb-likelihood">')


def depart_bar(self: Any, node: likelihood_bar) -> None:
    """Write the range and the bar after the word, and end the element."""
    self.body.append(f"{range_in_words(node)}{bar_svg(node)}</span>")


def range_in_words(node: likelihood_bar) -> str:
    """Return the HTML of a word's range, after a space; empty for a word without one."""
    if "low" not in node:
        return ""
    return f' <span class="cb-range">{node["low"]} to {node["high"]}\N{NO-BREAK SPACE}%</span>'


def bar_svg(node: likelihood_bar) -> str:
    """Return the bar of a word as SVG; the scale alone for a word without range."""
    drawn = ""
    if "low" in node:
        low, high = node["low"], node["high"]
        drawn = (
            f'<rect class="cb-bar" x="{low}" y="0" width="{high - low}" height="{HEIGHT}"></rect>'
        )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'aria-hidden="true" focusable="false">'
        f'<rect class="cb-scale" x="0" y="3" width="{WIDTH}" height="2"></rect>'
        f'<rect class="cb-even" x="49.5" y="0" width="1" height="{HEIGHT}"></rect>'
        f"{drawn}</svg>"
    )


def setup(app: Sphinx) -> None:
    """Register the role `likelihood` and its node."""
    word = (visit_as_inline, depart_as_inline)  # for builders without a bar
    app.add_node(likelihood_bar, html=(visit_bar, depart_bar), latex=word, text=word)
    app.add_role("likelihood", likelihood_role)
