"""The numbers, dates and names that the corpus supports, for the checks on prose."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from claimbook.corpus.model import REPEATS, REPORT_TIER, Corpus, known_names
from claimbook.prose.mentions import find_dates, find_numbers, parse_number
from claimbook.settings import settings

Days = tuple[pd.Timestamp, pd.Timestamp]  # first and last


@dataclass(frozen=True)
class EvidenceIndex:
    """The numbers, days and names in the corpus that the checks on prose look up.

    A number or day that a sentence mentions must be among them. "Outside evidence" is the evidence
    in the tables on criticism and on outlooks, which is keyed by its web address.

    Attributes:
        claim_numbers: The numbers that each claim supports, by claim id.
        claim_days: The spans of days that each claim supports, by claim id.
        outside_numbers: The numbers that the outside evidence at a web address supports.
        outside_days: The spans of days that the outside evidence at a web address supports.
        names_with_digits: A pattern that matches names with digits, and the numbers that the
            settings allow.
        source_days: The days on which the reports among the sources were published, as spans.
        as_of: The day as of which the report judges.
    """

    claim_numbers: dict[str, set[float]]
    claim_days: dict[str, list[Days]]
    outside_numbers: dict[str, set[float]]
    outside_days: dict[str, list[Days]]
    names_with_digits: re.Pattern[str]
    source_days: list[Days]
    as_of: pd.Timestamp

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> "EvidenceIndex":
        """Build the index from the tables of a corpus and the settings."""
        full = corpus.full_claims()
        claims = dict(zip(map(str, full.index), full.to_dict("records"), strict=True))
        outside_days, outside_numbers = _index_criticism(corpus)
        for row in corpus.outlook_record.reset_index().itertuples():
            outside_days.setdefault(row.address, []).append((row.date, row.date))
        said_before: dict[str, list[Days]] = {}  # what a claim repeats has a day of its own
        for claim, relation, original in corpus.relations.index:
            if relation == REPEATS:
                day = claims[original]["said"]
                said_before.setdefault(claim, []).append((day, day))
        events = corpus.events.to_dict("index")
        reports = corpus.sources[corpus.sources["tier"] == REPORT_TIER]
        published = reports[["published", "published_earliest", "published_latest"]]
        return cls(
            claim_numbers=_claim_numbers(corpus, claims),
            claim_days={
                key: [*_claim_days(row, events.get(row["event_id"])), *said_before.get(key, [])]
                for key, row in claims.items()
            },
            outside_numbers=outside_numbers,
            outside_days=outside_days,
            names_with_digits=_match_names_with_digits(corpus),
            source_days=[
                (day, day)
                for row in published.itertuples(index=False)
                for day in row
                if pd.notna(day)
            ],
            as_of=settings().as_of,
        )


def _index_criticism(corpus: Corpus) -> tuple[dict[str, list[Days]], dict[str, set[float]]]:
    """Collect the days and the numbers that the table on criticism supports.

    Returns:
        The days by web address, and the numbers by web address.
    """
    days: dict[str, list[Days]] = {}
    numbers: dict[str, set[float]] = {}
    published = corpus.sources["published"]
    for row in corpus.criticism.reset_index().itertuples():
        year = published[row.source_id].year
        mentioned = _mentioned_days(row.dated, year) + _mentioned_days(row.finding, year)
        values = {parse_number(word) for _, word in find_numbers(row.finding)} - {None}
        for address in row.address:
            days.setdefault(address, []).extend(mentioned)
            numbers.setdefault(address, set()).update(value for value in values if value)
    return days, numbers


def _claim_numbers(
    corpus: Corpus, claims: Mapping[str, Mapping[Hashable, Any]]
) -> dict[str, set[float]]:
    """Collect the numbers that claims support.

    These are a claim's quantity and the bounds, in per cent, of its word of likelihood.

    Args:
        corpus: The corpus, with its actors and terms.
        claims: The rows of claims, by claim id.

    Returns:
        The numbers by claim id.
    """
    yardsticks = corpus.actors["yardstick"].to_dict()
    bounds = {
        key: {float(end) for end in ends if pd.notna(end)}
        for key, *ends in corpus.terms[["low", "high"]].itertuples(name=None)
    }
    numbers = {}
    for claim_id, claim in claims.items():
        own = {float(claim["quantity"])} if pd.notna(claim["quantity"]) else set()
        numbers[claim_id] = own | bounds.get((claim["term"], yardsticks[claim["origin"]]), set())
    return numbers


def _claim_days(claim: Mapping[Hashable, Any], event: dict[str, pd.Timestamp] | None) -> list[Days]:
    """Return the days that a claim, its event and its paraphrase support.

    Args:
        claim: A row of the table of claims.
        event: The row of the claim's event; None where it has none.

    Returns:
        Spans of days as pairs of first and last day.
    """
    spans = [(claim["event_start"], claim["event_end"])]
    if event is not None:
        # a vague event can lie months within its bounds: only the bounds themselves are supported
        spans += [
            (event["start"], event["end"]),
            (event["earliest"], event["earliest"]),
            (event["latest"], event["latest"]),
        ]
    spans += [(claim[column], claim[column]) for column in ("stated_on", "published")]
    days: list[Days] = []
    for start, end in spans:
        if pd.notna(start) and pd.notna(end):
            days.append((start, end))
        else:
            days += [(day, day) for day in (start, end) if pd.notna(day)]
    # a paraphrase can mention a day that has no column, such as that of an earlier event
    return days + _mentioned_days(claim["paraphrase"], claim["published"].year)


def _mentioned_days(text: str, year: int) -> list[Days]:
    """Return the days that a text mentions.

    Args:
        text: The text.
        year: The year of the days that are mentioned without one.

    Returns:
        Each day as a span of one day. Days that do not exist are omitted.
    """
    days = (mention.in_year(mention.year or year) for mention in find_dates(text))
    return [(day, day) for day in days if day is not None]


def _match_names_with_digits(corpus: Corpus) -> re.Pattern[str]:
    """Compile a pattern that matches names with digits, and allowed numbers.

    It matches the words with a digit and a capital letter in the names of actors, places, events
    and units, such as `B-12`. It also matches the phrases that the settings allow. Where there are
    neither, it matches nothing.
    """
    names = [
        *known_names(corpus.actors, corpus.places),
        *corpus.events["title"],
        *corpus.events["label"],
        *corpus.claims["unit"].dropna(),
    ]
    words = {word for name in names for _, word in find_numbers(name) if re.search(r"[A-Z]", word)}
    longest_first = sorted(words | set(settings().prose.allowed_numbers), key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")  # matches nothing
    return re.compile(
        "|".join(
            r"\b" + r"\s+".join(map(re.escape, name.split())) + r"\b" for name in longest_first
        )
    )
