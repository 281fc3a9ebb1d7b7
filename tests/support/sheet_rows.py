"""Rows that a coder of the made-up texts would write, and files of them."""

import csv
from pathlib import Path

from claimbook.corpus.model import read_schema
from claimbook.texts.sheets.columns import CLAIMS, sheet_columns

CODED = {
    "kind": "event",
    "mode": "paraphrase",
    "date_basis": "none",
    "verification": "none",
}
FERRIES = CODED | {
    "span": "the ferries ran as usual",
    "theme": "closure",
    "on": "closing",
    "bearing": "lowers",
    "chain": "coast-wire",
    "event_id": "ferries-run",
    "event_start": "2031-09-01",
    "event_end": "2031-09-01",
    "date_basis": "relative",
    "places": "straits-of-vell",
    "paraphrase": "Ferries keep to their times on 1 September 2031.",
}
PILOT = CODED | {
    "span": "a pilot who asked not to be named",
    "theme": "background",
    "chain": "harbour-post;pilots",
    "paraphrase": "A pilot talks, without a name.",
}
EVENT = {
    "event_id": "ferries-run",
    "title": "Ferries run as usual",
    "label": "Ferries run",
    "kind": "movement",
    "start": "2031-09-01",
    "end": "2031-09-01",
    "precision": "day",
    "earliest": "2031-09-01",
    "latest": "2031-09-01",
    "theme": "closure",
    "movers": "",
    "places": "straits-of-vell",
    "note": "",
}


def fill(file: Path, *rows: dict[str, str], table: str = CLAIMS) -> Path:
    """Write rows into a CSV with all columns of a sheet, or of the table it is named after."""
    tables = read_schema()
    columns = tables[file.stem].columns if file.stem in tables else sheet_columns(tables[table])
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return file
