"""Writes what became of claims on their way from the record into the made-up report."""

import csv
from pathlib import Path

from support.record_source import add_record_source

ORIGINAL, OTHER = "ISS310816-01", "ISS310816-02"
HEAD = ["claim_id", "original", "change", "here", "there", "note"]
RELAYS = [
    ["CW-01", ORIGINAL, "kept", "", "", ""],
    ["CW-02", ORIGINAL, "merged;stronger", "thinks", "holds", "It was an old view."],
    ["CW-02", OTHER, "merged;origin-hidden", "", "no boats", ""],
    ["DE-02", ORIGINAL, "origin-hidden", "", "", ""],
]
PASSES = [  # of two coders; the claims without an original are left out of both alike
    ["first", "CW-01", ORIGINAL, "kept"],
    ["first", "CW-02", ORIGINAL, "merged;stronger"],
    ["first", "DE-01", "", ""],
    ["first", "DE-02", ORIGINAL, "origin-hidden"],
    ["second", "CW-01", ORIGINAL, "kept"],
    ["second", "CW-02", OTHER, "stronger"],
    ["second", "DE-01", "", ""],
    ["second", "DE-02", "", ""],
]


def write_relays(data: Path, rows: list[list[str]]) -> None:
    """Write the table of relays; cells that a row lacks at its end are empty."""
    _write(data / "relays.csv", HEAD, rows)


def add_relays(folder: Path) -> None:
    """Add a record, relays from it and two coders' rows to a copy of the made-up report."""
    add_record_source(folder)
    data = folder / "data"
    write_relays(data, RELAYS)
    head = ["coder", *HEAD[:-1], "none", "note"]
    rows = [[*row, "", "", "" if row[2] else "own-voice"] for row in PASSES]
    _write(data / "coding" / "relays.csv", head, rows)
    with (data / "coding" / "coders.csv").open("r+", encoding="utf-8") as file:
        known = {line.partition(",")[0]: line for line in file}
        for coder in ("first", "second"):
            known.setdefault(coder, f"{coder},2,,\n")
        file.seek(0)
        file.writelines([known.pop("coder"), *(known[coder] for coder in sorted(known))])


def _write(file: Path, head: list[str], rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([head, *([*row, *[""] * (len(head) - len(row))] for row in rows)])
