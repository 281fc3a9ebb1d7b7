"""The cards that open at a claim's marker: on hovering, on focus, on a tap. Without script the marker is a plain link."""

from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment
from sphinx.application import Sphinx

from shortofwar.book.nodes import claim_ref
from shortofwar.book.record import corpus, full_claims
from shortofwar.corpus import words
from shortofwar.corpus.relations import OPPOSED, of_claim
from shortofwar.figures.style import THEMES

ASSETS = Path(__file__).parent / "assets"
SCRIPT = "cards.js"
CARDS = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """
<div class="sow-cards" hidden>
{% for card in cards %}
<div id="card-{{ card.claim }}" class="sow-card theme-{{ card.theme }}">
<p class="sow-card-head"><b>{{ card.claim }}</b> <span>{{ card.glyph }} {{ card.label }}</span></p>
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


def facts(claim_id: str) -> list[tuple[str, str]]:
    """What a card says of a claim: who, when, how sure, what its source says of its truth, what stands against it."""
    known = corpus()
    claim = full_claims().loc[claim_id]
    source = known.sources.loc[claim["source_id"]]
    said = words.day(claim["stated_on"]) if claim["stated_on"] == claim["stated_on"] else "no day given"
    told = [
        ("Who", words.chain(known, claim["chain"])),
        ("Happened", words.span(claim["event_start"], claim["event_end"])),
        ("Said", said),
        ("Published", words.published(source)),
        ("How sure", f"{claim['kind']}" + (f", “{claim['term']}”" if claim["term"] else ", no word of likelihood")),
    ]
    if claim["verification"] in words.VERIFICATION:
        told.append(("Its truth", words.VERIFICATION[claim["verification"]]))
    against = [other for relation, other in of_claim(known.relations, claim_id) if relation in OPPOSED]
    if against:
        told.append(("Against it", ", ".join(against)))
    return told


def add_cards(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the cards of the claims that a page cites at its end, and the script that opens them."""
    if doctree is None or "body" not in context:
        return
    cited = sorted({claim for marker in doctree.findall(claim_ref) for claim in marker["claims"]})
    if not cited:
        return
    claims = full_claims()
    cards = [
        {
            "claim": claim,
            "theme": claims.loc[claim, "theme"],
            "glyph": THEMES[claims.loc[claim, "theme"]].glyph,
            "label": words.label(claims.loc[claim, "theme"]),
            "paraphrase": claims.loc[claim, "paraphrase"],
            "facts": facts(claim),
        }
        for claim in cited
    ]
    context["body"] += CARDS.render(cards=cards)
    app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the cards."""
    app.connect("html-page-context", add_cards)
