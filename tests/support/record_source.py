"""Adds a source of the record to a copy of the made-up report, with claims of its own."""

import csv
import hashlib
from pathlib import Path

from claimbook.texts.anchors import make_selector

TEXT = (
    "--- a post\n"
    "Buoys lie across the channel, 40 ships wait.\n"
    "\n"
    "--- another post\n"
    "The institute holds a closure to be unlikely, and sees no boats at Cape Vell.\n"
)
POST = "The institute holds a closure to be unlikely, and sees no boats at Cape Vell."
SOURCE = "iss-posts-2031-08-16"
CLAIMS = {  # by id: the wording, and what is not as in the others
    "ISS310816-01": (
        "The institute holds a closure to be unlikely",
        {"theme": "forecast", "kind": "assessment", "term": "unlikely"}
        | {"paraphrase": "The institute doubts that the strait will be shut."}
        | {"on": "closing", "bearing": "lowers"},
    ),
    "ISS310816-02": (
        "sees no boats at Cape Vell.",
        {"theme": "closure", "kind": "absence", "denies": "DE-04", "places": "cape-vell"}
        | {"paraphrase": "No boat is visible near the cape."}
        | {"event_id": "no-boats"},
    ),
}


def add_record_source(folder: Path) -> None:
    """Add the second part of a file of posts as a source, two claims, an event and a relation."""
    data = folder / "data"
    (data / "texts" / "posts.txt").write_text(TEXT, "utf-8")
    _add(
        data / "sources.csv",
        {
            "source_id": SOURCE,
            "code": "ISS310816",
            "tier": "record",
            "series": "iss-posts",
            "scope": "whole",
            "extent": "whole",
            "part": "2",
            "title": "[A post of the institute]",
            "outlet": "iss",
            **dict.fromkeys(("published", "published_earliest", "published_latest"), "2031-08-16"),
            "precision": "printed",
            "published_basis": "The post bears the date.",
            "kind": "original",
            "language": "en",
            "file": "posts.txt",
            "sha256": hashlib.sha256(POST.encode()).hexdigest(),
            "characters": str(len(POST)),
            "words": "15",
            "body_words": "15",
            "reliability": "B",
            "reliability_reason": "Its own words.",
        },
    )
    for claim_id, (wording, codes) in CLAIMS.items():
        start = POST.index(wording)
        selector = make_selector(POST, start, start + len(wording))
        row = {"claim_id": claim_id, "source_id": SOURCE, "chain": "iss", "mode": "paraphrase"}
        row |= {"date_basis": "none", "verification": "none"}
        _add(data / "claims.csv", row | {k: str(v) for k, v in vars(selector).items()} | codes)
        _add(data / "set_aside.csv", {"claim_id": claim_id, "reason": "no bearing"})
    event = {"event_id": "no-boats", "title": "No boats", "label": "No boats", "kind": "movement"}
    event |= {"precision": "vague", "earliest": "2031-08-15", "latest": "2031-08-16"}
    _add(data / "events.csv", event | {"theme": "closure", "places": "cape-vell"})
    relation = {"claim_a": "ISS310816-02", "relation": "disputes", "claim_b": "DE-04"}
    _add(data / "relations.csv", relation | {"subject": "Boats at Cape Vell"})


def _add(file: Path, row: dict[str, str]) -> None:
    """Add a row to a table, and sort the rows by their first cells."""
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = [*reader, row]
    columns = list(reader.fieldnames or ())
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda each: each[columns[0]]))
