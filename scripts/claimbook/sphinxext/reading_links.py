"""The links from a claim to its wording: at the publisher's, in an archive, in a reader's copy.

Nothing is requested from another host unless a reader follows a link, which then does not say
where it was followed.
"""

from jinja2 import Environment
from sphinx.builders import Builder

from claimbook.language.source_links import links_of_claim
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus

TEXT_PAGE = "chapters/bring-the-text"  # the page of every report on which readers bring a text
TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """
{% macro away(address, words) -%}
<a class="reference external" rel="noreferrer noopener" href="{{ address }}">{{ words }}</a>
{%- endmacro %}
<p class="cb-reading">Read
{{ "its words" if links and links.is_exact else "the text from its beginning" }}:
{% if links %}
{{ away(links.address, "at the publisher’s") }} ({{ links.basis }}),
{{ away(links.archived, "in an archive") }}{{ ", " if own }}
{% endif %}
{% if own %}
<a class="reference internal" href="{{ own }}">in your own copy</a>
{%- endif -%}
.</p>
"""
)


def reading_links(builder: Builder, page: str, claim_id: str) -> str:
    """Return the HTML of the links to the wording of a claim, if there are any.

    Args:
        builder: The builder of the pages.
        page: The page that will have the links.
        claim_id: The claim.
    """
    links = links_of_claim(cached_corpus(), cached_claims().loc[claim_id])
    own = ""
    if builder.env is not None and TEXT_PAGE in builder.env.found_docs:
        own = f"{builder.get_relative_uri(page, TEXT_PAGE)}#{claim_id}"
    if links is None and not own:
        return ""
    return TEMPLATE.render(links=links, own=own)
