"""The ledger: every claim of the corpus in words, with the sentences that cite it.

Each claim has an address that stays the same, such as `ledger.html#AB-07`.
"""

from collections import defaultdict
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from claimbook.corpus.model import Corpus
from claimbook.explorer import page
from claimbook.language import claim_description
from claimbook.language.words import capitalize_first
from claimbook.sphinxext.citation_index import LEDGER, Citation, citations_by_claim, quote_sentence
from claimbook.sphinxext.claim_role import claim_marker
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus
from claimbook.sphinxext.nodes import (
    SCREEN_ONLY,
    cited_by_placeholder,
    page_numbers,
    uncited_placeholder,
)

SCRIPT = "ledger.js"
FINAL_MARKS = (".", "?", "!")
PRINT_BUILDER = "typst"


class LedgerDirective(SphinxDirective):
    """The directive `ledger`, which inserts the entries of all claims by source.

    Below them are the claims that no sentence cites.
    """

    def run(self) -> list[nodes.Node]:
        """Make the filter, the sections of the sources, and the section of uncited claims."""
        corpus = cached_corpus()
        filter_node = nodes.raw("", filter_form(corpus), format="html")
        defaults = addnodes.only("", nodes.paragraph("", _defaults_note()), expr=PRINT_BUILDER)
        uncited = nodes.section(
            "", nodes.title("", "Claims that no sentence cites"), ids=["uncited"], names=["uncited"]
        )
        uncited += uncited_placeholder()
        return [filter_node, defaults, *ledger_sections(corpus, cached_claims()), uncited]


def _defaults_note() -> str:
    """Return the note in print on the sentences that are omitted from entries.

    These are the sentences that say the same of most claims.
    """
    return (
        "Where an entry does not say that a claim makes something look likelier or less likely, it "
        "does neither; where it names no day on which something happened, the text gives none. "
        "Each claim was published on the day that stands under its source."
    )


def ledger_sections(corpus: Corpus, claims: pd.DataFrame) -> list[nodes.section]:
    """Make the sections of the ledger, one for each source that has claims.

    The reports come first, then the record; in each, sources are in the order of publication. A
    section has an entry for each claim of its source.

    Args:
        corpus: The corpus.
        claims: Its claims, as `Corpus.full_claims` returns them.
    """
    claims_of_source = dict(iter(claims.sort_values(["start", "end"]).groupby("source_id")))
    return [
        _section(corpus, str(source_id), source, claims_of_source[source_id])
        for source_id, source in corpus.sources.sort_values(["tier", "published"]).iterrows()
        if source_id in claims_of_source
    ]


def filter_form(corpus: Corpus) -> str:
    """Return the HTML of the ledger's filter: an empty form, a status line and data.

    The form and the status line are hidden until the ledger's script fills and shows them.
    """
    return (
        '<form class="cb-filter" hidden aria-label="Filter and sort the claims"></form>'
        '<p class="cb-filter-count" role="status" hidden></p>'
        + page.data_element(page.ledger_data(corpus), "cb-ledger-data")
    )


def _section(
    corpus: Corpus, source_id: str, source: pd.Series, claims: pd.DataFrame
) -> nodes.section:
    """Make the ledger's section of one source, with an entry for each claim.

    Args:
        corpus: The corpus.
        source_id: The id of the source.
        source: Its row in the table `sources`.
        claims: Its claims, in the order of the entries.
    """
    outlet = corpus.actors.loc[source["outlet"], "name"]
    section = nodes.section(
        "", nodes.title("", f"{source['code']}: {outlet}"), ids=[source_id], names=[source_id]
    )
    title = source["title"]
    full_stop = "" if title.endswith(FINAL_MARKS) else "."
    published = claim_description.describe_publication(source)
    section += nodes.paragraph(
        "", f"{title}{full_stop} Published {published}; {len(claims)} claims."
    )
    entries = nodes.definition_list(classes=["cb-ledger", "small"])
    entries += [_entry(corpus, str(claim_id), claim) for claim_id, claim in claims.iterrows()]
    section += entries
    return section


def _entry(corpus: Corpus, claim_id: str, claim: pd.Series) -> nodes.definition_list_item:
    """Make the ledger's entry of one claim, as an item of a definition list.

    It has a placeholder for the sentences that cite the claim.
    """
    term = nodes.term("", "", nodes.strong(text=claim_id), nodes.Text(f" {claim['paraphrase']}"))
    term["ids"].append(claim_id)
    term["classes"].append(f"theme-{claim['theme']}")  # the colour of its border
    definition = nodes.definition("", _description(corpus, claim))
    if claim["event_id"]:
        event = corpus.events.loc[claim["event_id"], "title"]
        definition += nodes.paragraph("", f"Event: {event}.")
    if related := corpus.related.get(claim_id):
        definition += _relations(related)
    definition += cited_by_placeholder(claim=claim_id)
    return nodes.definition_list_item("", term, definition)


def _description(corpus: Corpus, claim: pd.Series) -> nodes.paragraph:
    """Make the paragraph that describes a claim in sentences.

    Sentences whose `is_default` is true are marked, so that pages show them and print omits them.
    """
    description = nodes.paragraph()
    for sentence in claim_description.describe_claim(corpus, claim).sentences():
        text = f"{' ' if len(description) else ''}{sentence.text}."
        if sentence.is_default:
            description += nodes.inline(text=text, classes=[SCREEN_ONLY])
        else:
            description += nodes.Text(text)
    return description


def _relations(related: list[tuple[str, str]]) -> nodes.paragraph:
    """Make the paragraph on a claim's relations to other claims.

    An example: `Supports [AB-09]; is repeated by [CD-08].`

    Args:
        related: Pairs of a relation, in words, and the id of the other claim.
    """
    claims_of_relation: dict[str, list[str]] = defaultdict(list)
    for relation, claim in related:
        claims_of_relation[relation].append(claim)
    paragraph = nodes.paragraph()
    for relation, claims in claims_of_relation.items():
        phrase = f"; {relation} " if len(paragraph) else f"{capitalize_first(relation)} "
        paragraph += [nodes.Text(phrase), claim_marker(claims)]
    paragraph += nodes.Text(".")
    return paragraph


class ResolveCitations(SphinxPostTransform):
    """A transform that replaces the ledger's placeholders when all pages are read.

    They stand for the sentences that cite a claim, and for the claims that no sentence cites.
    """

    default_priority = 15  # before LinkClaims, which links the markers that it adds

    def run(self, **_: Any) -> None:
        """Replace the placeholders in a document by citations and uncited claims.

        Only the ledger has placeholders, or a document that contains the whole book.
        """
        if next(self.document.findall(uncited_placeholder), None) is None:
            return
        citations = citations_by_claim(self.env)
        for placeholder in list(self.document.findall(cited_by_placeholder)):
            placeholder.replace_self(self._cited_by(citations.get(placeholder["claim"], [])))
        uncited = [str(claim) for claim in cached_claims().index if claim not in citations]
        for placeholder in list(self.document.findall(uncited_placeholder)):
            placeholder.replace_self(
                nodes.paragraph("", "", claim_marker(uncited))
                if uncited
                else nodes.paragraph(text="Every claim is cited.")
            )

    def _cited_by(self, citations: list[tuple[str, Citation]]) -> list[nodes.Node]:
        """Make the nodes that show where a claim is cited.

        A page quotes the sentences, print gives page numbers, and other builders name the pages.

        Args:
            citations: The citations of the claim, each with the name of its page.
        """
        if not citations:
            return [nodes.paragraph(text="No sentence cites\N{NO-BREAK SPACE}it.")]
        builder = self.app.builder
        if builder.format == "html":
            sentences = nodes.bullet_list(classes=["cb-cited"])
            sentences += [self._quotation(docname, citation) for docname, citation in citations]
            return [nodes.paragraph(text="Cited in:"), sentences]
        if builder.format == PRINT_BUILDER:
            targets = [(docname, citation.marker) for docname, citation in citations]
            numbers = page_numbers(targets=targets, named=True)
            return [nodes.paragraph("", "Cited on\N{NO-BREAK SPACE}", numbers, nodes.Text("."))]
        titles = dict.fromkeys(self.env.titles[docname].astext() for docname, _ in citations)
        return [nodes.paragraph(text=f"Cited in {', '.join(titles)}.")]

    def _quotation(self, docname: str, citation: Citation) -> nodes.list_item:
        """Make a list item that quotes a sentence and links to it on its page."""
        uri = f"{self.app.builder.get_relative_uri(LEDGER, docname)}#{citation.marker}"
        link = nodes.reference("", self.env.titles[docname].astext(), internal=True, refuri=uri)
        sentence = nodes.Text(f": {quote_sentence(self.env, citation)}")
        return nodes.list_item("", nodes.paragraph("", "", link, sentence))


def add_scripts(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the scripts of the filter to the page of the ledger."""
    if pagename == LEDGER and doctree is not None:
        for script in (page.FILTER_SCRIPT, SCRIPT):
            app.add_js_file(script, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the ledger's directive, placeholders, transform and scripts."""
    app.add_node(cited_by_placeholder)
    app.add_node(uncited_placeholder)
    app.add_directive("ledger", LedgerDirective)
    app.add_post_transform(ResolveCitations)
    app.connect("html-page-context", add_scripts)
