"""The ledger: every claim of the corpus, in words, at an address that stays (`ledger.html#NW-07`)."""



import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from shortofwar.book.record import corpus
from shortofwar.corpus import words
from shortofwar.corpus.tables import Corpus


class LedgerDirective(SphinxDirective):
    """`{ledger}`: one section a source, one entry a claim."""

    def run(self) -> list[nodes.Node]:
        """The sections, in the order of the sources' publication."""
        known = corpus()
        claims = known.full_claims()
        return [
            _section(known, str(source_id), source, claims[claims["source_id"] == source_id])
            for source_id, source in known.sources.sort_values("published").iterrows()
        ]


def _section(known: Corpus, source_id: str, source: pd.Series, claims: pd.DataFrame) -> nodes.section:
    outlet = known.actors.loc[source["outlet"], "name"]
    section = nodes.section("", nodes.title("", f"{source['code']}: {outlet}"), ids=[source_id], names=[source_id])
    section += nodes.paragraph("", f"{source['title']}. Published {words.published(source)}; {len(claims)} claims.")
    entries = nodes.definition_list(classes=["sow-ledger", "small"])
    entries += [_entry(known, source, str(claim_id), claim) for claim_id, claim in claims.iterrows()]
    section += entries
    return section


def _entry(known: Corpus, source: pd.Series, claim_id: str, claim: pd.Series) -> nodes.definition_list_item:
    term = nodes.term("", "", nodes.strong(text=claim_id), nodes.Text(f" {claim['paraphrase']}"))
    term["ids"].append(claim_id)
    term["classes"].append(f"theme-{claim['theme']}")
    said = nodes.paragraph("", ". ".join(words.sentences(known, source, claim)) + ".")
    return nodes.definition_list_item("", term, nodes.definition("", said))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("ledger", LedgerDirective)


