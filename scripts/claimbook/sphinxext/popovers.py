"""The cards that open at a claim's marker or a computed number: on hovering, on focus, on a tap.

Without script the marker is a plain link, and the number has its words as a title.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment
from sphinx.application import Sphinx

from claimbook.display.glued_counts import COUNT
from claimbook.language import claim_text
from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus
from claimbook.sphinxext.nodes import claim_ref

ASSETS = Path(__file__).parent / "assets"
SCRIPT = "popovers.js"
CARDS = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """
<div class="cb-cards" hidden>
{% for card in cards %}
<div id="card-{{ card.claim }}" class="cb-card theme-{{ card.theme }}">
<p class="cb-card-head"><b>{{ card.claim }}</b> <span>{{ card.glyph }} {{ card.label }}</span></p>
<p>{{ card.paraphrase }}</p>
<dl>
{% for term, text in card.facts %}<dt>{{ term }}</dt><dd>{{ text }}</dd>
{% endfor %}
</dl>
</div>
{% endfor %}
</div>
"""
)


def add_cards(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put the cards of the claims that a page cites at its end, and the script that opens them."""
    if doctree is None or "body" not in context:
        return
    cited = sorted({claim for marker in doctree.findall(claim_ref) for claim in marker["claims"]})
    counted = any(COUNT in number["classes"] for number in doctree.findall(nodes.abbreviation))
    if cited or counted:
        app.add_js_file(SCRIPT, loading_method="defer")
    if not cited:
        return
    claims = cached_claims()
    cards = [
        {
            "claim": claim,
            "theme": claims.loc[claim, "theme"],
            "glyph": settings().theme[claims.loc[claim, "theme"]].glyph,
            "label": claim_text.code_label(claims.loc[claim, "theme"]),
            "paraphrase": claims.loc[claim, "paraphrase"],
            "facts": claim_text.claim_facts(cached_corpus(), claims.loc[claim]),
        }
        for claim in cited
    ]
    context["body"] += CARDS.render(cards=cards)


def setup(app: Sphinx) -> None:
    """Register the cards."""
    app.connect("html-page-context", add_cards)
