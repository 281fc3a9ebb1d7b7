"""Rows of the corpus in words: sources, chains of attribution and claims."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from claimbook.corpus.model import OPPOSED, Corpus
from claimbook.language.dates import (
    format_between,
    format_day,
    format_span,
)
from claimbook.language.relay_description import RelayDescription, describe_relays
from claimbook.language.words import (
    capitalize_first,
    code_label,
    curly_apostrophes,
    lower_first,
    without_article,
)
from claimbook.settings import settings

VERIFICATION = {
    "unverified": "The source says that it is not verified",
    "disputed": "The source gives a contradicting claim",
    "corroborated": "The source says that it is backed",
    "corrupt": "Its wording is known to be mistranslated or garbled",
}
DENIED = {"denial": "Denied", "absence": "Not there"}  # what the column `denies` names, by kind
# headings of a card
PUBLISHED = "Published"  # the day on which the source was published
AGAINST = "Against it"  # the claims that contradict or dispute it
OPPOSING = {"contradicts": "contradicts it", "disputes": "disputes it"}  # relations, of the others
RATINGS = {  # of sources, on the Admiralty scale
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "not to be judged",
}
MAX_OPPOSED = 3  # claims against a claim that its card describes
SEEN = {"read": "read", "digest": "seen in a digest", "found": "found, not read"}


def describe_publication(source: pd.Series) -> str:
    """Describe when a source was published, and how certain that day is.

    Args:
        source: A row of the sources.

    Returns:
        The day; `between 3 and 12 December 2030` if only its bounds are known; or the day followed
        by `(reconstructed)` if it is not printed in the source.
    """
    if source["precision"] == "range":
        return format_between(source["published_earliest"], source["published_latest"])
    day = format_day(source["published"])
    return day if source["precision"] == "printed" else f"{day} (reconstructed)"


def describe_when_said(corpus: Corpus, claim: pd.Series) -> str:
    """Describe the day on which a claim was said.

    Args:
        corpus: The corpus of the claim.
        claim: A row of the claims.

    Returns:
        The day that the text states. If it states none, the span of days on which its source may
        have been published.
    """
    if pd.notna(claim["stated_on"]):
        return format_day(claim["stated_on"])
    source = corpus.sources.loc[claim["source_id"]]
    return format_span(source["published_earliest"], source["published_latest"])


def describe_chain(corpus: Corpus, chain: list[str]) -> str:
    """Describe the chain of attribution of a claim.

    Args:
        corpus: The corpus with the actors.
        chain: The ids of the actors, from the outlet to the origin of the claim.

    Returns:
        The chain in words, such as `Ada Example, by way of an agency, in the Daily Example`. If the
        outlet itself is the origin, `The Daily Example in its own voice`.
    """
    *relays, origin = [str(corpus.actors.loc[actor, "name"]) for actor in chain]
    if not relays:
        return f"{origin} in its own voice"
    outlet, *between = map(_inside_sentence, relays)
    way = "".join(f", by way of {name}" for name in reversed(between))
    return f"{origin}{way}, in {outlet}"


def describe_quantity(claim: pd.Series) -> str:
    """Describe the number of a claim, with what it counts.

    Args:
        claim: A row of the claims.

    Returns:
        The number, such as `more than 90,000 soldiers` or `10 to 15 tanks`; empty for a claim
        without one.
    """
    if pd.isna(claim["quantity"]):
        return ""
    limit = "" if pd.isna(claim["quantity_word"]) else f"{claim['quantity_word']} "
    upper = "" if pd.isna(claim["quantity_to"]) else f" to {claim['quantity_to']:,g}"
    is_one = claim["quantity"] == 1 and not upper
    unit = _in_singular(str(claim["unit"])) if is_one else claim["unit"]
    return f"{limit}{claim['quantity']:,g}{upper} {unit}"


def _in_singular(unit: str) -> str:
    """Put a unit of the tables, which are all in the plural, into the singular."""
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")


def _describe_denied(corpus: Corpus, denied: str) -> str:
    """Describe what a claim denies: an event by its title, else as the table has it."""
    return str(corpus.events.loc[denied, "title"]) if denied in corpus.events.index else denied


def attribute_claim(corpus: Corpus, claim: pd.Series) -> str:
    """Write the attribution of a claim in brackets: its speaker, outlet and day.

    Returns:
        The attribution, such as `(Ada Example, in the Daily Example, 1 May 2030)`. If the outlet
        itself is the speaker, it is named only once.
    """
    names = [str(corpus.actors.loc[actor, "name"]) for actor in claim["chain"]]
    who = names[0] if len(names) == 1 else f"{names[-1]}, in {_inside_sentence(names[0])}"
    return f"({who}, {describe_when_said(corpus, claim)})"


def describe_weight(corpus: Corpus, claim: pd.Series) -> str:
    """Describe what a claim weighs beside another: its speaker, form and source.

    Returns:
        The weight, such as `Ada Example; denial, “unlikely”; in a source rated B, usually
        reliable`.
    """
    origin = corpus.actors.loc[claim["chain"][-1], "name"]
    put = f"{claim['kind']}, “{claim['term']}”" if claim["term"] else claim["kind"]
    rating = describe_rating(corpus.sources.loc[claim["source_id"]])
    return f"{origin}; {put}; in a source {rating}"


def describe_rating(source: pd.Series) -> str:
    """Describe how reliable a source is, as in `rated B, usually reliable`."""
    return f"rated {source['reliability']}, {RATINGS[source['reliability']]}"


def describe_seen(seen: str) -> str:
    """Describe how far a page outside the corpus was seen, as in `found, not read`."""
    return SEEN[seen]


def _inside_sentence(name: str) -> str:
    """Write a name as it reads inside a sentence.

    Returns:
        The name with its article, if any, in lower case: `the Daily Example`.
    """
    bare = without_article(name)
    return name if bare == name else f"the {bare}"


class Sentence(NamedTuple):
    """A statement about a claim, without its full stop.

    Attributes:
        text: The words.
        is_default: True if a list of claims may omit the sentence, because it repeats what is true
            of every claim of the source.
    """

    text: str
    is_default: bool = False


class Opposition(NamedTuple):
    """A claim that contradicts or disputes another.

    Attributes:
        claim_id: Its id.
        text: Which of both, and its own weight (see `describe_weight`).
    """

    claim_id: str
    text: str


@dataclass(frozen=True)
class ClaimDescription:
    """A claim in words, to be rendered as sentences, as a card or as a note.

    A field is empty if the corpus has no value.

    Attributes:
        paraphrase: The claim as the coders worded it.
        chain: Its chain of attribution: the origin, the relays and the outlet.
        kind: The kind of claim, as the schema calls it.
        themes: Its themes.
        denies: What it rejects, or says was not there.
        bears_on: The outcome that it bears on, in words.
        bearing: How it bears on the outcome, as the schema calls it.
        happened: The days on which its content happened.
        date_basis: How the text gives these days, as the schema calls it; `none` without days.
        said: The day on which it was said.
        published: When its source was published.
        places: The places where it happened.
        quantity: Its number, with what the number counts.
        term: Its phrase of likelihood.
        verification: Whether its source calls it unverified, disputed or corroborated.
        span: Its position in the source.
        rating: How reliable the source is.
        opposed_by: The claims that contradict or dispute it.
        passes_on: The originals that it passes on, and what became of them.
    """

    paraphrase: str
    chain: str
    kind: str
    themes: str
    denies: str
    bears_on: str
    bearing: str
    happened: str
    date_basis: str
    said: str
    published: str
    places: str
    quantity: str
    term: str
    verification: str
    span: str
    rating: str
    opposed_by: list[Opposition]
    passes_on: list[RelayDescription]

    def sentences(self) -> list[Sentence]:
        """Render all that the corpus has on the claim as sentences.

        Returns:
            The sentences in a fixed order. Empty fields have none.
        """
        bearings = {
            "raises": Sentence(f"Makes {self.bears_on} look likelier"),
            "lowers": Sentence(f"Makes {self.bears_on} look less likely"),
            "neutral": Sentence(f"Bears neither way on {self.bears_on}"),
            "": Sentence(""),
        }
        sentences = [
            Sentence(f"{self.chain}: {self.kind}, {self.themes}"),
            Sentence(f"{DENIED[self.kind]}: {self.denies}" if self.denies else ""),
            bearings[self.bearing],
            Sentence(f"Happened: {self.happened} ({self.date_basis})" if self.happened else ""),
            Sentence(f"Said: {self.said}" if self.said else ""),
            Sentence(f"Published: {self.published}", is_default=True),
            Sentence(f"Where: {self.places}" if self.places else ""),
            Sentence(f"Number: {self.quantity}" if self.quantity else ""),
            Sentence(f"Word of likelihood: “{self.term}”" if self.term else ""),
            Sentence(self.verification),
            Sentence(self.span),
        ]
        return [sentence for sentence in sentences if sentence.text]

    def facts(self) -> list[tuple[str, str]]:
        """Render the claim for a card, as pairs of a heading and its text.

        Returns:
            The pairs in a fixed order. Empty fields are omitted.
        """
        shown, more = self.against()
        against = [f"{other} {text}" for other, text in shown] + [more] * bool(more)
        facts = [
            ("Who", self.chain),
            ("Happened", self.happened),
            ("Said", self.said),
            (PUBLISHED, self.published),
            ("Told as", f"{self.kind}, “{self.term}”" if self.term else self.kind),
            ("Its truth", self.verification),
        ]
        for relay in self.passes_on:
            facts += [("Original", relay.source), ("On its way", relay.outcome)]
        if against:  # the weight of both is seen
            facts += [("Its source", self.rating), (AGAINST, "; ".join(against))]
        return [(heading, curly_apostrophes(text)) for heading, text in facts if text]

    def against(self) -> tuple[list[Opposition], str]:
        """Return the claims against it that a card shows, and how many more there are."""
        shown = self.opposed_by[:MAX_OPPOSED]
        more = len(self.opposed_by) - len(shown)
        return shown, f"{more} more in the ledger" if more else ""

    def note(self, *, with_paraphrase: bool) -> str:
        """Render the claim as one line of text for a printed note.

        Args:
            with_paraphrase: Whether it begins with the paraphrase.

        Returns:
            The chain and the day on which it was said, or else published, followed by the phrase of
            likelihood, the verification, and what became of the originals. Empty fields are
            omitted.
        """
        parts = [
            f"{capitalize_first(self.chain)}, {self.said or self.published}",
            f"“{self.term}”" if self.term else "",
            lower_first(self.verification),
            *(f"original {relay.original}, {relay.outcome}" for relay in self.passes_on),
        ]
        told = f"{self.paraphrase.rstrip('.')}. " if with_paraphrase else ""
        return f"{told}{'; '.join(filter(None, parts))}."


def describe_claim(corpus: Corpus, claim: pd.Series) -> ClaimDescription:
    """Describe a claim in words.

    Args:
        corpus: The corpus of the claim.
        claim: A row of the claims, named by the claim's id.
    """
    source = corpus.sources.loc[claim["source_id"]]
    start, end = claim["event_start"], claim["event_end"]
    also = [f"also {code_label(theme)}" for theme in claim["also"]]
    percent = round(100 * claim["start"] / source["characters"])
    return ClaimDescription(
        paraphrase=claim["paraphrase"],
        chain=describe_chain(corpus, claim["chain"]),
        kind=claim["kind"],
        themes=" and ".join([code_label(claim["theme"]), *also]),
        denies=_describe_denied(corpus, claim["denies"]),
        bears_on=settings().outcomes.get(claim["on"], ""),
        bearing="" if pd.isna(claim["bearing"]) else claim["bearing"],
        happened="" if pd.isna(start) and pd.isna(end) else format_span(start, end),
        date_basis=claim["date_basis"],
        said=format_day(claim["stated_on"]) if pd.notna(claim["stated_on"]) else "",
        published=describe_publication(source),
        places=", ".join(corpus.places.loc[place, "name"] for place in claim["places"]),
        quantity=describe_quantity(claim),
        term=claim["term"],
        verification=VERIFICATION.get(claim["verification"], ""),
        span=(
            f"Characters {claim['start']:,} to {claim['end']:,} of {source['characters']:,}, "
            f"{percent} % into the text ({claim['mode']})"
        ),
        rating=describe_rating(source),
        opposed_by=[
            Opposition(
                other,
                f"{OPPOSING[relation]} ({describe_weight(corpus, corpus.claims.loc[other])})",
            )
            for relation, other in corpus.related.get(str(claim.name), [])
            if relation in OPPOSED
        ],
        passes_on=describe_relays(corpus, str(claim.name)),
    )
