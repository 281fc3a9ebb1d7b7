"""The directive of the ledger, and the transform that makes the ledger in its place."""

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from claimbook.corpus.model import REPORT_TIER
from claimbook.language.ledger_pages import LEDGER, Part
from claimbook.language.words import count_noun
from claimbook.sphinxext.citation_index import Citation, citations_by_claim
from claimbook.sphinxext.claim_role import claim_marker, docname_of, is_index
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus, cached_ledger
from claimbook.sphinxext.explorer_form import is_in_still
from claimbook.sphinxext.ledger.contents import contents_html
from claimbook.sphinxext.ledger.entries import Entries
from claimbook.sphinxext.nodes import claim_ref, ledger_placeholder, page_numbers

PRINT_BUILDER = "typst"


class LedgerDirective(SphinxDirective):
    """The directive `ledger`, which stands where the ledger is to be."""

    def run(self) -> list[nodes.Node]:
        """Return the placeholder of the ledger."""
        return [ledger_placeholder()]


class MakeLedger(SphinxPostTransform):
    """A transform that makes the ledger when all pages are read.

    HTML gets the contents only, since the entries have pages of their own.
    """

    default_priority = 15  # before LinkClaims, which links the markers that it adds

    def run(self, **_: Any) -> None:
        """Replace the placeholder in a document, if it has one.

        Only the ledger has one, or a document that contains the whole book.
        """
        for placeholder in list(self.document.findall(ledger_placeholder)):
            citations = citations_by_claim(self.env)
            if self.app.builder.format == "html":
                html = contents_html(
                    cached_corpus(),
                    cached_ledger(),
                    citations.keys(),
                    lambda page: self.app.builder.get_relative_uri(LEDGER, page),
                )
                placeholder.replace_self(nodes.raw("", html, format="html"))
            else:
                placeholder.replace_self(self._chapter(citations))

    def _chapter(self, citations: dict[str, list[tuple[str, Citation]]]) -> list[nodes.Node]:
        """Make the ledger as a chapter: sections of sources, and the claims not cited.

        In print, claims of the record are omitted that neither sentence nor table cites.

        Args:
            citations: The citations of the claims.
        """
        corpus = cached_corpus()
        is_print = self.app.builder.format == PRINT_BUILDER
        chosen = set(map(str, corpus.claims.index))
        if is_print:
            chosen = self._reported() | self._listed() | citations.keys()

        def cited_by(claim_id: str) -> list[nodes.Node]:
            return self._cited_by(citations.get(claim_id, []))

        entries = Entries(corpus, cached_claims(), cited_by)
        parts: dict[str, list[str]] = {}
        for page in cached_ledger().pages:
            for part in page.parts:
                parts.setdefault(part.source_id, []).extend(
                    claim for claim in part.claims if claim in chosen
                )
        made: list[nodes.Node] = [nodes.paragraph("", _defaults_note())] if is_print else []
        for source_id, claims in parts.items():
            if claims:
                source = corpus.sources.loc[source_id]
                outlet = corpus.actors.loc[source["outlet"], "name"]
                part = Part(source_id, tuple(claims))
                made.append(entries.section(part, f"{source['code']}: {outlet}"))
        made.append(self._uncited(chosen, citations))
        return made

    def _reported(self) -> set[str]:
        """Return the ids of the claims of the reports."""
        corpus = cached_corpus()
        tiers = corpus.claims["source_id"].map(corpus.sources["tier"].astype(object))
        return set(map(str, corpus.claims.index[tiers == REPORT_TIER]))

    def _listed(self) -> set[str]:
        """Return the ids of the claims that markers of the document name.

        Markers of an index, and of the picture that stands for the explorer, do not count: these
        name every claim.
        """
        return {
            claim
            for marker in self.document.findall(claim_ref)
            if not is_index(self.env, docname_of(marker)) and not is_in_still(marker)
            for claim in marker["claims"]
        }

    def _uncited(
        self, chosen: set[str], citations: dict[str, list[tuple[str, Citation]]]
    ) -> nodes.section:
        """Make the section of the claims that no sentence cites, among those chosen.

        Its last sentence says how many claims were not chosen.
        """
        title = "Claims that no sentence cites"
        section = nodes.section("", nodes.title("", title), ids=["uncited"], names=["uncited"])
        in_order = [claim for claim in cached_ledger().of_claim if claim in chosen]
        uncited = [claim for claim in in_order if claim not in citations]
        section += (
            nodes.paragraph("", "", claim_marker(uncited))
            if uncited
            else nodes.paragraph(text="Every claim is cited.")
        )
        if omitted := len(cached_ledger().of_claim) - len(in_order):
            more = f"The tables attached hold {count_noun(omitted, 'more claim')} of the record."
            section += nodes.paragraph(text=more)
        return section

    def _cited_by(self, citations: list[tuple[str, Citation]]) -> list[nodes.Node]:
        """Make the nodes that say where a claim is cited: page numbers or titles.

        Args:
            citations: The citations of the claim, each with the name of its page.
        """
        if not citations:
            return [nodes.paragraph(text="No sentence cites\N{NO-BREAK SPACE}it.")]
        if self.app.builder.format == PRINT_BUILDER:
            targets = [(docname, citation.marker) for docname, citation in citations]
            numbers = page_numbers(targets=targets, named=True)
            return [nodes.paragraph("", "Cited:\N{NO-BREAK SPACE}", numbers, nodes.Text("."))]
        titles = dict.fromkeys(self.env.titles[docname].astext() for docname, _ in citations)
        return [nodes.paragraph(text=f"Cited in {', '.join(titles)}.")]


def _defaults_note() -> str:
    """Return the note in print on the sentences that are omitted from entries.

    These are the sentences that say the same of most claims.
    """
    return (
        "Where an entry does not say that a claim makes something look likelier or less likely, it "
        "does neither; where it names no day on which something happened, the text gives none. "
        "Each claim was published on the day that stands under its source."
    )
