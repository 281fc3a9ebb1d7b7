"""The slider above a figure with steps, by which readers of a page choose one of them.

A page without scripts has no slider, and the figure then shows the whole, as it does in print.
"""

import json
from typing import Any

import jinja2
from docutils import nodes
from sphinx.application import Sphinx

from claimbook.sphinxext.nodes import chart

SCRIPT = "figure-steps.js"
TEMPLATE = jinja2.Environment(autoescape=True).from_string(
    '<div class="cb-steps" hidden data-steps="{{ steps }}">'
    '<label for="{{ id }}">{{ name }}</label>'
    '<input type="range" id="{{ id }}" min="0" max="{{ last }}" value="0">'
    '<output for="{{ id }}"></output></div>\n'
)


def slider(node: chart) -> str:
    """Return the HTML of the slider of a figure; empty for a figure without steps.

    It is hidden until its script shows it.

    Args:
        node: The figure's picture. Its attribute `steps` is what `Steps.to_json` returns, or None.
    """
    steps = node.get("steps")
    if not steps:
        return ""
    texts = list(zip(steps["labels"], steps["texts"], strict=True))
    return TEMPLATE.render(
        id=f"{node['name']}-step",
        name=steps["name"],
        last=len(texts) - 1,
        steps=json.dumps(texts, ensure_ascii=False),
    )


def _add_script(
    app: Sphinx,
    _pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Let a page load the script if it has a figure with steps."""
    if doctree is not None and any(node.get("steps") for node in doctree.findall(chart)):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the script of sliders for the pages that need it."""
    app.connect("html-page-context", _add_script)
