"""A corpus of any size on disk, made from the real one by repeating it under other names, with texts of made-up words.

Everything in it is as the checks want it. Where the real schema has room for 676 sources (two letters name one), this one has more.
"""

import csv
import hashlib
import itertools
import json
import random
import re
import string
from pathlib import Path

from claimbook.corpus import schema
from claimbook.paths import project
from claimbook.texts.anchors import make_selector

SEED = 2022
CODES = ["".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3)]
VOCABULARY = 5000  # made-up words
SENTENCE = 14  # words of a claim
KEPT = {"actors", "places", "terms"}  # what every copy shares
Row = dict[str, str]


def write(folder: Path, claims: int, texts: int) -> None:
    """Write so many claims over so many texts below a folder, `data/` and `texts/`; `claims` is a multiple of `texts`."""
    data = folder / "data"
    (data / "coding").mkdir(parents=True)
    (folder / "texts").mkdir()
    described = schema.read_schema(project().datapackage)
    (data / "datapackage.json").write_text(
        _widened(project().datapackage.read_text("utf-8")), "utf-8"
    )
    grown = _Grown(claims // texts)
    for number in range(texts):
        content = grown.source(number)
        (folder / "texts" / f"{grown.rows['sources'][-1]['file']}").write_text(content, "utf-8")
    grown.relate()
    for table in described.values():
        if table.name in KEPT:
            rows = grown.real[table.name]
        else:
            rows = sorted(
                grown.rows.get(table.name, []), key=lambda row, key=table.key: _natural(row, key)
            )
        for file in table.files:
            with (data / file).open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, table.columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def _natural(row: Row, key: list[str]) -> list:
    return [
        [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", row[name])]
        for name in key
    ]


def _widened(described: str) -> str:
    """The schema with room for many sources, and for tables that a grown corpus leaves empty."""
    package = json.loads(
        described.replace("[A-Z]{2}", "[A-Z]{3}").replace("[0-9]{2,3}", "[0-9]{2,5}")
    )
    for resource in package["resources"]:
        resource["mayBeEmpty"] = True
    return json.dumps(package)


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


class _Grown:
    """The rows of a grown corpus, source by source."""

    def __init__(self, each: int) -> None:
        self.each = each
        self.real = {
            name: _read(project().data / f"{name}.csv")
            for name in ("sources", "claims", "events", "relations", "forecasts", *KEPT)
        }
        self.rows: dict[str, list[Row]] = {name: [] for name in self.real}
        self.names: dict[
            tuple[int, str], str
        ] = {}  # (copy of the corpus, real claim): the claim's id there
        dice = random.Random(SEED)
        self.vocabulary = [
            "".join(dice.choices(string.ascii_lowercase, k=dice.randint(3, 9)))
            for _ in range(VOCABULARY)
        ]
        self.dice = dice

    def source(self, number: int) -> str:
        """Add a source with its claims, their events and forecasts; returns its text."""
        copy, at = divmod(number, len(self.real["sources"]))
        like = self.real["sources"][at]
        code, source_id = CODES[number], f"source-{number}"
        templates = [
            claim for claim in self.real["claims"] if claim["source_id"] == like["source_id"]
        ]
        sentences = [
            " ".join(self.dice.choices(self.vocabulary, k=SENTENCE)) for _ in range(self.each)
        ]
        content = ". ".join(sentences) + "."
        start, events = 0, set()
        for place, (sentence, template) in enumerate(
            zip(sentences, itertools.cycle(templates), strict=False), start=1
        ):
            span = make_selector(content, start, start + len(sentence))
            claim = template | {
                "claim_id": f"{code}-{place:02d}",
                "source_id": source_id,
                "start": start,
                "end": start + len(sentence),
                "anchor": span.anchor,
                "words": span.words,
                "head": span.head,
                "tail": span.tail,
            }
            self.names.setdefault((copy, template["claim_id"]), claim["claim_id"])
            if template["event_id"]:
                claim["event_id"] = f"{template['event_id']}-{number}"
                events.add(template["event_id"])
            self.rows["claims"].append(claim)
            of_claim = [
                row for row in self.real["forecasts"] if row["claim_id"] == template["claim_id"]
            ]
            self.rows["forecasts"] += [
                row | {"claim_id": claim["claim_id"], "rests_on": ""} for row in of_claim
            ]
            start += len(sentence) + 2
        reported = [row for row in self.real["events"] if row["event_id"] in events]
        self.rows["events"] += [
            row | {"event_id": f"{row['event_id']}-{number}"} for row in reported
        ]
        digest = hashlib.sha256(content.encode()).hexdigest()
        sizes = {"characters": len(content), "words": SENTENCE * self.each}
        self.rows["sources"].append(
            like
            | {"source_id": source_id, "code": code, "file": f"{number}.txt", "sha256": digest}
            | sizes
        )
        return content

    def relate(self) -> None:
        """Join the claims of each copy of the corpus as those of the real one are."""
        copies = range(-(-len(self.rows["sources"]) // len(self.real["sources"])))
        for copy, row in itertools.product(copies, self.real["relations"]):
            ends = self.names.get((copy, row["claim_a"])), self.names.get((copy, row["claim_b"]))
            if all(ends):
                self.rows["relations"].append(row | {"claim_a": ends[0], "claim_b": ends[1]})
