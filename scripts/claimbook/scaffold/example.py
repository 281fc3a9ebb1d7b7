"""The made-up source with which a new report begins, and the rows of its coding."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from claimbook.language.dates import format_day
from claimbook.scaffold.facts import FORECAST_ID, ReportFacts
from claimbook.scaffold.template_files import render_file
from claimbook.texts.anchors import make_selector, split_words
from claimbook.texts.intake.outlets import make_slug
from claimbook.texts.passages import count_body_words

Row = dict[str, str]  # the filled cells of a row, by column

OUTLET, ENGINEER, SHOPKEEPER = "example-gazette", "jon-berg", "mia-lund"
EVENT, PLACE = "bridge-closes", "old-bridge"
CODE = "EG"
FILE = "example.txt"


@dataclass(frozen=True)
class Example:
    """The made-up source.

    Attributes:
        source_id: Its id.
        code: What the ids of its claims begin with.
        text: Its text.
        rows: The rows on it, by table.
    """

    source_id: str
    code: str
    text: bytes
    rows: Mapping[str, list[Row]]


def make_example(facts: ReportFacts) -> Example:
    """Make the example, whose days lie in the period of the report."""
    length = (facts.end - facts.start).days
    told = facts.start + timedelta(days=length // 3)
    closes = facts.start + timedelta(days=length // 2)
    values = {"told": told, "closes": closes, "weekday": f"{told:%A}"}
    text = render_file(f"example/{FILE}", values).decode()
    source_id = f"{OUTLET}-{told}"
    first = next((theme for theme in facts.argued if theme.id != FORECAST_ID), facts.argued[0])
    closing, doubt = (line for line in text.splitlines() if line.endswith((".", "said.")))
    rows = {
        "sources": [_source(source_id, text, told)],
        "actors": _actors(),
        "places": [_place()],
        "events": [_event(closes, first.id)],
        "claims": [
            _claim(f"{CODE}-01", source_id, text, closing)
            | {
                "theme": first.id,
                "kind": "event",
                "chain": f"{OUTLET};{ENGINEER}",
                "event_id": EVENT,
                "event_start": f"{closes}",
                "date_basis": "explicit",
                "stated_on": f"{told}",
                "places": PLACE,
                "paraphrase": f"An engineer expects works on a bridge from {format_day(closes)}.",
            },
            _claim(f"{CODE}-02", source_id, text, doubt)
            | {
                "theme": FORECAST_ID,
                "kind": "assessment",
                "chain": f"{OUTLET};{SHOPKEEPER}",
                "mode": "mixed",
                "term": "unlikely",
                "date_basis": "none",
                "places": PLACE,
                "paraphrase": "A shopkeeper doubts that the works end within seven days.",
            },
        ],
        "forecasts": [
            {
                "claim_id": f"{CODE}-02",
                "event": "none",
                "looks": "ahead",
                "outcome": "untestable",
                "why": "The source is made up",
            }
        ],
    }
    return Example(source_id, CODE, text.encode(), rows)


def _source(source_id: str, text: str, day: date) -> Row:
    """Make the row of the source."""
    return {
        "source_id": source_id,
        "code": CODE,
        "tier": "report",
        "scope": "whole",
        "extent": "whole",
        "title": text.splitlines()[0],
        "outlet": OUTLET,
        "author": "Ada Holm",
        **dict.fromkeys(("published", "published_earliest", "published_latest"), f"{day}"),
        "precision": "printed",
        "published_basis": "The text prints the date.",
        "stamp": format_day(day),
        "kind": "original",
        "language": "en",
        "file": FILE,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "characters": f"{len(text)}",
        "words": f"{len(split_words(text))}",
        "body_words": f"{count_body_words(text)}",
        "reliability": "F",
        "reliability_reason": "The source is made up, to show how one is coded.",
    }


def _claim(claim_id: str, source_id: str, text: str, span: str) -> Row:
    """Make the cells of a claim on where it stands, and those that seldom differ."""
    start = text.index(span)
    selector = make_selector(text, start, start + len(span))
    traces = {name: str(value) for name, value in asdict(selector).items()}
    ids = {"claim_id": claim_id, "source_id": source_id}
    return {**ids, **traces, "mode": "paraphrase", "verification": "none"}


def _actors() -> list[Row]:
    """Make the rows of the outlet and the two speakers."""
    rows = [
        (OUTLET, "The Example Gazette", "Gazette", "outlet", "Newspaper of a made-up town"),
        (ENGINEER, "Jon Berg", "Berg", "person", "Engineer of a made-up town"),
        (SHOPKEEPER, "Mia Lund", "Lund", "person", "Shopkeeper in a made-up town"),
    ]
    columns = ("actor_id", "name", "short", "kind", "role")
    shared = {"side": "independent", "yardstick": "none"}
    return [dict(zip(columns, row, strict=True)) | shared for row in rows]


def _place() -> Row:
    """Make the row of the bridge."""
    return {
        "place_id": PLACE,
        "name": "Old Bridge",
        "kind": "area",
        "precision": "none",
        "basis": "A made-up bridge has no point.",
    }


def _event(day: date, theme: str) -> Row:
    """Make the row of the closing."""
    return {
        "event_id": EVENT,
        "title": "A bridge closes for repairs",
        "label": "Bridge closes",
        "kind": "other",
        "start": f"{day}",
        "end": f"{day}",
        "precision": "day",
        "earliest": f"{day}",
        "latest": f"{day}",
        "theme": theme,
        "movers": ENGINEER,
        "places": PLACE,
    }


def home_place(home: str) -> Row:
    """Make the row of the place that a report is about."""
    return {
        "place_id": make_slug(home) or "home",
        "name": home,
        "kind": "area",
        "precision": "none",
        "basis": "Nobody has looked up its point yet.",
    }
