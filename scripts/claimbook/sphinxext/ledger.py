"""The ledger: every claim of the corpus, in words, at an address that stays (`ledger.html#NW-07`), with all that cites it."""

import json
from collections import defaultdict
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from claimbook.corpus.model import Corpus
from claimbook.language import claim_text
from claimbook.sphinxext.citation_index import LEDGER, Citation, citations_by_claim, quote_sentence
from claimbook.sphinxext.claim_role import claim_marker
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus
from claimbook.sphinxext.nodes import SCREEN, cited_by, page_numbers, uncited

SCRIPT = "ledger.js"
ENDS = (".", "?", "!")
USUAL = (
    claim_text.NEUTRAL,
    f"{claim_text.HAPPENED}{claim_text.UNDATED}",
)  # what print says once for all claims, and a page, which can be filtered, of each
UNSAID = (
    "Where an entry does not say that a claim makes entry look likelier or less likely, it does neither; where it names no day on which something "
    "happened, the text gives none. Each claim was published on the day that stands under its source."
)
IN_PRINT = "typst"


class LedgerDirective(SphinxDirective):
    """`{ledger}`: one section a source, one entry a claim, and at the end the claims that no sentence cites."""

    def run(self) -> list[nodes.Node]:
        """The sections, in the order of the sources' publication."""
        known, claims = cached_corpus(), cached_claims()
        sections = ledger_sections(known, claims)
        rest = nodes.section(
            "", nodes.title("", "Claims that no sentence cites"), ids=["uncited"], names=["uncited"]
        )
        rest += uncited()
        unsaid = addnodes.only("", nodes.paragraph("", UNSAID), expr=IN_PRINT)
        return [nodes.raw("", _controls(known), format="html"), unsaid, *sections, rest]


def ledger_sections(known: Corpus, claims: pd.DataFrame) -> list[nodes.section]:
    """One section a source in the order of publication, one entry a claim; `claims` as `Corpus.full_claims` gives them."""
    of_source = dict(iter(claims.sort_values(["start", "end"]).groupby("source_id")))
    return [
        _section(known, str(source_id), source, of_source.get(source_id, claims[:0]))
        for source_id, source in known.sources.sort_values("published").iterrows()
    ]


def _controls(known: Corpus) -> str:
    """The place for the filter, which a script fills; with the names that its choices show."""
    names = json.dumps(known.actors["name"].to_dict(), ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<form class="cb-filter" hidden aria-label="Filter and sort the claims"></form>'
        '<p class="cb-filter-count" role="status" hidden></p>'
        f'<script type="application/json" class="cb-names">{names}</script>'
    )


def _section(
    known: Corpus, source_id: str, source: pd.Series, claims: pd.DataFrame
) -> nodes.section:
    outlet = known.actors.loc[source["outlet"], "name"]
    section = nodes.section(
        "", nodes.title("", f"{source['code']}: {outlet}"), ids=[source_id], names=[source_id]
    )
    title = source["title"] if source["title"].endswith(ENDS) else f"{source['title']}."
    section += nodes.paragraph(
        "", f"{title} Published {claim_text.describe_publication(source)}; {len(claims)} claims."
    )
    entries = nodes.definition_list(classes=["cb-ledger", "small"])
    entries += [
        _entry(known, source, str(claim_id), claim) for claim_id, claim in claims.iterrows()
    ]
    section += entries
    return section


def _entry(
    known: Corpus, source: pd.Series, claim_id: str, claim: pd.Series
) -> nodes.definition_list_item:
    term = nodes.term("", "", nodes.strong(text=claim_id), nodes.Text(f" {claim['paraphrase']}"))
    term["ids"].append(claim_id)
    term["classes"] += [  # read by the page's own filter
        f"theme-{claim['theme']}",
        f"source-{source['code']}",
        f"speaker-{claim['origin']}",
        f"bearing-{claim['bearing']}",
        f"said-{claim['said']:%Y-%m-%d}",
    ]
    said = nodes.paragraph()
    for sentence in claim_text.claim_sentences(known, source, claim):
        usual = (
            sentence in USUAL
            or sentence == f"{claim_text.PUBLISHED}{claim_text.describe_publication(source)}"
        )
        text = f"{' ' if len(said) else ''}{sentence}."
        said += nodes.inline(text=text, classes=[SCREEN]) if usual else nodes.Text(text)
    definition = nodes.definition("", said)
    if claim["event_id"]:
        definition += nodes.paragraph("", f"Event: {known.events.loc[claim['event_id'], 'title']}.")
    if related := known.related.get(claim_id):
        definition += _related(related)
    definition += cited_by(claim=claim_id)
    return nodes.definition_list_item("", term, definition)


def _related(related: list[tuple[str, str]]) -> nodes.paragraph:
    """The relations of a claim in a line: `Supports [IN-09]; is repeated by [RW-08]`."""
    by_relation: dict[str, list[str]] = defaultdict(list)
    for relation, other in related:
        by_relation[relation].append(other)
    paragraph = nodes.paragraph()
    for relation, others in by_relation.items():
        lead = f"; {relation} " if len(paragraph) else f"{relation[0].upper()}{relation[1:]} "
        paragraph += [nodes.Text(lead), claim_marker(others)]
    paragraph += nodes.Text(".")
    return paragraph


class ResolveCitations(SphinxPostTransform):
    """Fills the ledger's places with the sentences that cite each claim, once all pages have been read."""

    default_priority = 15  # before the claim markers that it adds are linked

    def run(self, **_: Any) -> None:
        """Replace the placeholders; only the ledger, or a book in one document, has any."""
        if next(self.document.findall(uncited), None) is None:
            return
        known = citations_by_claim(self.env)
        for place in list(self.document.findall(cited_by)):
            place.replace_self(self._cited(known.get(place["claim"], [])))
        for place in list(self.document.findall(uncited)):
            rest = [str(claim) for claim in cached_claims().index if claim not in known]
            place.replace_self(
                nodes.paragraph("", "", claim_marker(rest))
                if rest
                else nodes.paragraph(text="Every claim is cited.")
            )

    def _cited(self, known: list[tuple[str, Citation]]) -> list[nodes.Node]:
        if not known:
            return [nodes.paragraph(text="No sentence cites\N{NO-BREAK SPACE}it.")]
        builder = self.app.builder
        if builder.format == "typst":
            pages = page_numbers(
                places=[(docname, citation.marker) for docname, citation in known], named=True
            )
            return [nodes.paragraph("", "Cited on\N{NO-BREAK SPACE}", pages, nodes.Text("."))]
        if builder.format != "html":
            pages = list(dict.fromkeys(self.env.titles[docname].astext() for docname, _ in known))
            return [nodes.paragraph(text=f"Cited in {', '.join(pages)}.")]
        sentences = nodes.bullet_list(classes=["cb-cited"])
        for docname, citation in known:
            uri = f"{builder.get_relative_uri(LEDGER, docname)}#{citation.marker}"
            link = nodes.reference("", self.env.titles[docname].astext(), internal=True, refuri=uri)
            sentences += nodes.list_item(
                "",
                nodes.paragraph(
                    "", "", link, nodes.Text(f": {quote_sentence(self.env, citation)}")
                ),
            )
        return [nodes.paragraph(text="Cited in:"), sentences]


def add_script(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the ledger the script of its filter."""
    if pagename == LEDGER and doctree is not None:
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the directive, the transform and the script."""
    app.add_node(cited_by)
    app.add_node(uncited)
    app.add_directive("ledger", LedgerDirective)
    app.add_post_transform(ResolveCitations)
    app.connect("html-page-context", add_script)
