"""Relays in words: what a claim of a report passes on, and what became of it on the way."""

from dataclasses import dataclass

from claimbook.corpus.model import Corpus
from claimbook.language.dates import format_between, format_day
from claimbook.language.words import without_article

CHANGES = {  # in words, by the values of `change`, in the order in which they are told
    "kept": "kept whole",
    "reversed": "turned round",
    "stronger": "stronger",
    "weaker": "weaker",
    "hedge-lost": "hedge lost",
    "hedge-added": "hedge added",
    "actor-changed": "another speaker or actor",
    "object-changed": "another object",
    "added": "something added",
    "merged": "merged with another",
    "shortened": "shortened",
    "misdated": "misdated",
    "origin-hidden": "source not named",
}


@dataclass(frozen=True)
class RelayDescription:
    """A relay in words.

    Attributes:
        original: The id of the claim that is passed on; empty where the text has nothing of it.
        who: Who wrote or said the original, and on which day; empty without one.
        paraphrase: The original as the coders worded it; empty without one.
        change: What was changed on the way.
        here: The decisive words of the report, if any.
        there: The decisive words of the original, if any.
        note: What else there is to say; may be empty.
    """

    original: str
    who: str
    paraphrase: str
    change: str
    here: str
    there: str
    note: str

    @property
    def source(self) -> str:
        """Describe an original by author and day: `AB-07 (an agency, 1 May 2030): …`."""
        if not self.original:
            return "The text passed on has nothing of the kind"
        return f"{self.original} ({self.who}): {self.paraphrase}"

    @property
    def outcome(self) -> str:
        """What changed, with the decisive words: `stronger: “refused” for “evaded”`."""
        return f"{self.change}: {self.words}" if self.words else self.change

    @property
    def words(self) -> str:
        """The decisive words of either side; empty if the wording decides nothing."""
        if self.here and self.there:
            return f"“{self.here}” for “{self.there}”"
        if self.here:
            return f"“{self.here}”"
        return f"without “{self.there}”" if self.there else ""


def describe_change(change: list[str]) -> str:
    """Write changes in words, those that turn the sense before those that cut it."""
    return ", ".join(words for value, words in CHANGES.items() if value in change)


def describe_relays(corpus: Corpus, claim_id: str) -> list[RelayDescription]:
    """Describe what a claim passes on, if it passes on anything of the corpus.

    Args:
        corpus: The corpus. A relay whose original it lacks is omitted.
        claim_id: The id of the claim.

    Returns:
        A description for each original, in the order of the table.
    """
    return [
        RelayDescription(
            original=original,
            who=describe_author(corpus, original) if original else "",
            paraphrase=corpus.claims.loc[original, "paraphrase"] if original else "",
            change=describe_change(relay["change"]),
            here=relay["here"],
            there=relay["there"],
            note=relay["note"],
        )
        for original, relay in corpus.relays_of.get(claim_id, [])
        if not original or original in corpus.claims.index
    ]


def describe_author(corpus: Corpus, claim_id: str) -> str:
    """Say who made a claim, where and when: `Ada Example, in a wire, 1 May 2030`."""
    claim = corpus.claims.loc[claim_id]
    source = corpus.sources.loc[claim["source_id"]]
    names = corpus.actors["short"]
    outlet, *others = [names[actor] for actor in claim["chain"]]
    who = f"{others[-1]}, in {without_article(outlet)}" if others else outlet
    if source["precision"] == "range":
        return f"{who}, {format_between(source['published_earliest'], source['published_latest'])}"
    return f"{who}, {format_day(source['published'])}"
