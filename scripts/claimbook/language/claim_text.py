"""Rows in words: how dates, chains and codes read in a sentence."""

import re

import pandas as pd

from claimbook.corpus.model import OPPOSED, Corpus

MONTHS = [
    pd.Timestamp(2022, month, 1).month_name() for month in range(1, 13)
]  # of English, whatever the machine's locale
VERIFICATION = {
    "unverified": "The source says that it is not verified",
    "disputed": "The source gives a contradicting claim",
    "corroborated": "The source says that it is backed",
}
SEEN = {"read": "read", "digest": "seen in a digest", "found": "found, not read"}
NEUTRAL, HAPPENED, PUBLISHED = "Bears neither way on entry", "Happened: ", "Published: "
UNDATED, UNSAID, UNWORDED = (
    "not dated",
    "no day given",
    ", no word of likelihood",
)  # what is said where the corpus holds nothing


def format_day(when: pd.Timestamp) -> str:
    """A day as it is written in English: `3 December 2022`."""
    return f"{when.day} {when.month_name()} {when.year}"  # strftime would take the month from the machine's locale


def format_span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """First and last day in words; `since` and `until` where one is open, `not dated` where both are."""
    if pd.isna(start):
        return UNDATED if pd.isna(end) else f"until {format_day(end)}"
    if pd.isna(end):
        return f"since {format_day(start)}"
    if start == end:
        return format_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {format_day(end)}"
    return (
        f"{start.day} {start.month_name()} to {format_day(end)}"
        if start.year == end.year
        else f"{format_day(start)} to {format_day(end)}"
    )


def format_months(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write the months of two days: `February to December 2022`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{last.month_name()} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.month_name()}{year} to {last.month_name()} {last.year}"


def format_between(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """The days between which a day lies that is not known: `between 3 and 12 December 2022`."""
    return f"between {format_span(first, last).replace(' to ', ' and ')}"


def describe_publication(source: pd.Series) -> str:
    """When a source was published, with what is open about it."""
    if source["precision"] == "range":
        return format_between(source["published_earliest"], source["published_latest"])
    return format_day(source["published"]) + (
        "" if source["precision"] == "printed" else " (reconstructed)"
    )


def describe_when_said(known: Corpus, claim: pd.Series) -> str:
    """When a claim was said: its own day, else the day of its text, or all the days on which that can have been published."""
    source = known.sources.loc[claim["source_id"]]
    return (
        format_day(claim["stated_on"])
        if pd.notna(claim["stated_on"])
        else format_span(source["published_earliest"], source["published_latest"])
    )


def curly_apostrophes(text: str) -> str:
    """A text with the apostrophe of print after letters and digits, as the prose of the pages has it."""
    return re.sub(r"(?<=\w)'", "’", text)


def short_address(address: str) -> str:
    """An address of the web as it is read: without what every address begins with."""
    return re.sub(r"^https?://(www\.)?", "", address)


def code_label(code: str) -> str:
    """A code of the schema as words: `military-signal` becomes `military signal`."""
    return code.replace("-", " ")


def describe_chain(known: Corpus, links: list[str]) -> str:
    """Who passed a claim on, from its origin to the outlet: `Hajun Project, by way of ISW, in Newsweek`."""
    *relays, origin = [known.actors.loc[link, "name"] for link in links]
    if not relays:
        return f"{origin} in its own voice"
    outlet, *between = map(_within, relays)
    way = "".join(f", by way of {name}" for name in reversed(between))
    return f"{origin}{way}, in {outlet}"


def _within(name: str) -> str:
    """A name as it stands within a sentence, its article small."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def claim_sentences(known: Corpus, source: pd.Series, claim: pd.Series) -> list[str]:
    """All that the corpus holds on a claim, as short sentences without full stops."""
    themes = " and ".join(
        [code_label(claim["theme"]), *(f"also {code_label(theme)}" for theme in claim["also"])]
    )
    said = [f"{describe_chain(known, claim['chain'])}: {claim['kind']}, {themes}"]
    said.append(
        {
            "raises": "Makes entry look likelier",
            "lowers": "Makes entry look less likely",
            "neutral": NEUTRAL,
        }[claim["bearing"]]
    )
    said.append(
        f"{HAPPENED}{format_span(claim['event_start'], claim['event_end'])}"
        + (f" ({claim['date_basis']})" if claim["date_basis"] != "none" else "")
    )
    if pd.notna(claim["stated_on"]):
        said.append(f"Said: {format_day(claim['stated_on'])}")
    said.append(f"{PUBLISHED}{describe_publication(source)}")
    if claim["places"]:
        said.append(
            "Where: " + ", ".join(known.places.loc[place, "name"] for place in claim["places"])
        )
    if pd.notna(claim["quantity"]):
        said.append(f"Number: {claim['quantity']:,g} {claim['unit']}")
    if claim["term"]:
        said.append(f"Word of likelihood: “{claim['term']}”")
    if claim["verification"] in VERIFICATION:
        said.append(VERIFICATION[claim["verification"]])
    share = round(100 * claim["start"] / source["characters"])
    said.append(
        f"Characters {claim['start']:,} to {claim['end']:,} of {source['characters']:,}, {share} % into the text ({claim['mode']})"
    )
    return said


def claim_facts(known: Corpus, claim: pd.Series) -> list[tuple[str, str]]:
    """What a card says of a claim, as (heading, words): who, when, how sure, what its source says of its truth, what stands against it.

    `claim` is a row of `Corpus.full_claims`, named by its id.
    """
    said = format_day(claim["stated_on"]) if pd.notna(claim["stated_on"]) else UNSAID
    told = [
        ("Who", describe_chain(known, claim["chain"])),
        ("Happened", format_span(claim["event_start"], claim["event_end"])),
        ("Said", said),
        ("Published", describe_publication(known.sources.loc[claim["source_id"]])),
        ("How sure", f"{claim['kind']}" + (f", “{claim['term']}”" if claim["term"] else UNWORDED)),
    ]
    if claim["verification"] in VERIFICATION:
        told.append(("Its truth", VERIFICATION[claim["verification"]]))
    against = [
        other for relation, other in known.related.get(str(claim.name), []) if relation in OPPOSED
    ]
    if against:
        told.append(("Against it", ", ".join(against)))
    return told


def claim_note(known: Corpus, claim: pd.Series) -> str:
    """A claim in a line of print: its paraphrase and what a card says of it, but for what is not known and for what holds of its whole source."""
    (_, who), *rest = claim_facts(known, claim)
    told = [who[0].upper() + who[1:]]
    for heading, said in rest:
        if heading in ("Happened", "Said") and said not in (UNDATED, UNSAID):
            told.append(f"{heading.lower()} {said}")
        elif heading == "How sure" and not said.endswith(UNWORDED):
            told.append(said.partition(", ")[2])
        elif heading == "Its truth":
            told.append(f"{said[0].lower()}{said[1:]}")
    return f"{claim['paraphrase'].rstrip('.')}. {'; '.join(told)}."


def attribution(known: Corpus, claim: pd.Series) -> str:
    """Who said a claim and when (see `said`), in brackets: `(ISW, in Polskie Radio, 1 December 2022)`."""
    names = [known.actors.loc[link, "name"] for link in claim["chain"]]
    way = names[0] if len(names) == 1 else f"{names[-1]}, in {_within(names[0])}"
    return f"({way}, {describe_when_said(known, claim)})"


def settlement_winner(settlements: pd.DataFrame) -> pd.Series:
    """Whose value a settlement took: `first`, `second`, `another`, or `third reading` where both passes agreed and were both changed."""
    first = settlements["settled"] == settlements["first"]
    second = settlements["settled"] == settlements["second"]
    kept = settlements["settled"].isin(["keep"]) | (
        settlements["settled"].str.startswith("same as")
        & ~settlements["settled"].str.endswith("second span")
    )
    added = settlements["settled"].isin(["add", "drop"]) | settlements["settled"].str.endswith(
        "second span"
    )
    result = pd.Series("another", index=settlements.index)
    result[added | second] = "second"
    result[kept | first] = "first"
    result[settlements.index.str.startswith("x")] = "third reading"
    return result
