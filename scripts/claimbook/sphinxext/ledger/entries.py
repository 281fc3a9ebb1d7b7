"""The entries of the ledger, as nodes of a document, in sections by source."""

from collections import defaultdict
from collections.abc import Callable, Mapping

import pandas as pd
from docutils import nodes

from claimbook.corpus.model import OPPOSED, Corpus
from claimbook.language import claim_description
from claimbook.language.ledger_pages import Part
from claimbook.language.relay_description import (
    RelayDescription,
    describe_relays,
)
from claimbook.language.words import capitalize_first, count_noun, curly_apostrophes
from claimbook.sphinxext.claim_role import claim_marker
from claimbook.sphinxext.nodes import SCREEN_ONLY

FINAL_MARKS = (".", "?", "!")
MakeNodes = Callable[[str], list[nodes.Node]]  # of a claim, by its id


class Entries:
    """Makes the entries of claims, and the sections that hold them.

    All nodes are final, except for the markers of related claims, which have no links yet.
    """

    def __init__(
        self,
        corpus: Corpus,
        claims: pd.DataFrame,
        cited_by: MakeNodes,
        reading: MakeNodes = lambda _: [],
    ) -> None:
        """Store what all entries need.

        Args:
            corpus: The corpus.
            claims: Its claims, as `Corpus.full_claims` returns them.
            cited_by: A function that makes the nodes which show where a claim is cited.
            reading: A function that makes the nodes which lead to the wording of a claim.
        """
        self._corpus = corpus
        self._rows: Mapping[str, pd.Series] = {str(key): row for key, row in claims.iterrows()}
        self._numbers = claims["source_id"].value_counts()
        self._cited_by = cited_by
        self._reading = reading

    def section(self, part: Part, heading: str) -> nodes.section:
        """Make the section of the claims of a source, with an entry for each.

        Args:
            part: The claims.
            heading: The heading of the section.
        """
        source = self._corpus.sources.loc[part.source_id]
        total = int(self._numbers[part.source_id])
        named = {"ids": [part.source_id], "names": [part.source_id]}
        section = nodes.section("", nodes.title("", heading), **named)
        title = source["title"]
        full_stop = "" if title.endswith(FINAL_MARKS) else "."
        published = claim_description.describe_publication(source)
        number = count_noun(total, "claim")
        if len(part.claims) < total:
            number = f"{len(part.claims)} of its {number}"
        section += nodes.paragraph("", f"{title}{full_stop} Published {published}; {number}.")
        entries = nodes.definition_list(classes=["cb-ledger", "small"])
        entries += [self._entry(claim_id) for claim_id in part.claims]
        section += entries
        return section

    def _entry(self, claim_id: str) -> nodes.definition_list_item:
        """Make the entry of one claim, as an item of a definition list."""
        claim = self._rows[claim_id]
        paraphrase = nodes.Text(f" {curly_apostrophes(claim['paraphrase'])}")
        term = nodes.term("", "", nodes.strong(text=claim_id), paraphrase)
        term["ids"].append(claim_id)
        term["classes"].append(f"theme-{claim['theme']}")  # the colour of its border
        definition = nodes.definition("", self._description(claim))
        if claim["event_id"]:
            event = self._corpus.events.loc[claim["event_id"], "title"]
            definition += nodes.paragraph("", f"Event: {event}.")
        related = self._corpus.related.get(claim_id, [])
        definition += [self._opposition(*pair) for pair in related if pair[0] in OPPOSED]
        if others := [pair for pair in related if pair[0] not in OPPOSED]:
            definition += _relations(others)
        definition += [_relay(relay) for relay in describe_relays(self._corpus, claim_id)]
        if reports := self._corpus.passed_on_by.get(claim_id):
            marker = claim_marker(reports)
            definition += nodes.paragraph("", "Passed on by ", marker, nodes.Text("."))
        definition += self._reading(claim_id)
        definition += self._cited_by(claim_id)
        return nodes.definition_list_item("", term, definition)

    def _opposition(self, relation: str, other: str) -> nodes.paragraph:
        """Make the paragraph on a claim that contradicts or disputes another.

        An example: `Contradicts [AB-09]: The straits are open (Ada Example; denial; in a source
        rated B).`

        Args:
            relation: The relation, in words.
            other: The id of the other claim.
        """
        claim = self._rows[other]
        weight = claim_description.describe_weight(self._corpus, claim)
        text = f": {claim['paraphrase'].rstrip('.')} ({weight})."
        lead = nodes.Text(f"{capitalize_first(relation)} ")
        return nodes.paragraph("", "", lead, claim_marker([other]), nodes.Text(text))

    def _description(self, claim: pd.Series) -> nodes.paragraph:
        """Make the paragraph that describes a claim in sentences.

        Sentences whose `is_default` is true are marked, so that pages show them and print omits
        them.
        """
        description = nodes.paragraph()
        for sentence in claim_description.describe_claim(self._corpus, claim).sentences():
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


def _relay(relay: RelayDescription) -> nodes.paragraph:
    """Make the paragraph on an original of a claim, and what became of it."""
    note = f" {relay.note}" if relay.note else ""
    if not relay.original:
        return nodes.paragraph("", f"{relay.source}: {relay.outcome}.{note}")
    return nodes.paragraph(
        "",
        "Passes on ",
        claim_marker([relay.original]),
        nodes.Text(f" ({relay.who}): {relay.paraphrase} On its way: {relay.outcome}.{note}"),
    )
