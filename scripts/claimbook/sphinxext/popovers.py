"""Popovers with the facts of a claim, which open at its markers on a page.

A computed number has a popover, too, with what it counts, and a term with what it means. Without
script a marker is a plain link, and a number or term has its explanation as a title.
"""

from functools import cache
from typing import Any

from docutils import nodes
from jinja2 import Environment
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders import Builder

from claimbook.display import glued_counts
from claimbook.language.claim_description import AGAINST, describe_claim
from claimbook.language.words import code_label, curly_apostrophes
from claimbook.settings import settings
from claimbook.sphinxext import glossary
from claimbook.sphinxext.claim_role import is_index
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus, cached_ledger
from claimbook.sphinxext.explorer_form import is_in_still
from claimbook.sphinxext.nodes import ancestors, claim_ref, figure_data
from claimbook.sphinxext.reading_links import reading_links

SCRIPT = "popovers.js"
EXPLAINED = {glued_counts.CSS_CLASS, glossary.CSS_CLASS}  # classes of words with a popover
MOST_CARDS = 300  # of a page; a figure of more claims would make it slow to load
TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """
<div class="cb-cards" hidden>
{% for card in cards %}
<div id="card-{{ card.claim }}" class="cb-card theme-{{ card.theme }}">
<p class="cb-card-head"><b>{{ card.claim }}</b> <span>{{ card.glyph }} {{ card.label }}</span></p>
<p>{{ card.paraphrase }}</p>
<dl>
{% for term, text in card.facts %}<dt>{{ term }}</dt><dd>
{%- if term == against %}
{% for claim, how in card.against %}
{{ "; " if not loop.first }}<a href="{{ address(claim) }}">{{ claim }}</a> {{ how }}
{%- endfor %}
{{ "; " ~ card.more if card.more }}
{%- else %}{{ text }}{% endif %}</dd>
{% endfor %}
</dl>
{{ card.reading }}
</div>
{% endfor %}
</div>
"""
)


def add_popovers(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Append to the HTML of a page the popovers of all claims that it cites.

    The script that opens them is added if the page has claims, computed numbers or terms. The
    picture that stands for the explorer has no popovers, since it is shown only where no script
    runs; nor has an index, which would have to carry the facts of most claims. On a page of more
    than `MOST_CARDS` claims those that only a figure has are plain links to the ledger.
    """
    if doctree is None or "body" not in context or is_index(app.env, pagename):
        return
    markers = [marker for marker in doctree.findall(claim_ref) if not is_in_still(marker)]
    cited = sorted({claim for marker in markers for claim in marker["claims"]})
    if len(cited) > MOST_CARDS:
        markers = [marker for marker in markers if not _is_in_figure(marker)]
        cited = sorted({claim for marker in markers for claim in marker["claims"]})
    has_explained = any(
        EXPLAINED.intersection(words["classes"]) for words in doctree.findall(nodes.abbreviation)
    )
    if cited or has_explained:
        app.add_js_file(SCRIPT, loading_method="defer")
    if cited:
        context["body"] += cards(app.builder, pagename, cited)


def _is_in_figure(marker: claim_ref) -> bool:
    """Check whether a marker is in the table of a figure's data."""
    return any(isinstance(ancestor, figure_data) for ancestor in ancestors(marker))


def cards(builder: Builder, page: str, claims: list[str]) -> str:
    """Return the HTML of the popovers of some claims.

    Args:
        builder: The builder of the pages.
        page: The page that will have the popovers.
        claims: The ids of the claims.
    """

    def address(claim_id: str) -> str:
        name = cached_ledger().of_claim[claim_id].name
        return f"{builder.get_relative_uri(page, name)}#{claim_id}"

    reading = [Markup(reading_links(builder, page, claim_id)) for claim_id in claims]
    return TEMPLATE.render(
        cards=[
            _card(claim_id) | {"reading": links}
            for claim_id, links in zip(claims, reading, strict=True)
        ],
        against=AGAINST,
        address=address,
    )


@cache
def _card(claim_id: str) -> dict[str, Any]:
    """Return the template variables for the popover of a claim."""
    claim = cached_claims().loc[claim_id]
    description = describe_claim(cached_corpus(), claim)
    against, more = description.against()
    return {
        "claim": claim_id,
        "theme": claim["theme"],
        "glyph": settings().theme[claim["theme"]].glyph,
        "label": code_label(claim["theme"]),
        "paraphrase": curly_apostrophes(claim["paraphrase"]),
        "facts": description.facts(),
        "against": [(other, curly_apostrophes(text)) for other, text in against],
        "more": more,
    }


def setup(app: Sphinx) -> None:
    """Register the handler that adds popovers and their script to pages."""
    app.connect("html-page-context", add_popovers)
