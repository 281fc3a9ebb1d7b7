"""Write a corpus of any size for the benchmark: copies of the report's rows with random texts.

The corpus passes all checks, against the schema of the report, but any table may be empty.
"""

import csv
import hashlib
import itertools
import random
import string
from pathlib import Path

import pandas as pd
from claimbook.corpus.schema import Table, read_schema, sort_keys
from claimbook.paths import project
from claimbook.texts.anchors import make_selector

SEED = 1
CODES = ["".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3)]
VOCABULARY_SIZE = 5000
WORD_LENGTHS = 3, 9  # letters, at least and at most
CLAIM_WORDS = 14
COPIED_TABLES = ("sources", "claims", "events", "relations", "forecasts")
SHARED_TABLES = ("actors", "places", "terms")  # every copy refers to the same rows
Row = dict[str, str]


def write_enlarged_corpus(folder: Path, claims: int, texts: int) -> None:
    """Write a corpus of a given size, with random texts.

    Args:
        folder: The folder in which to create `data/` and `texts/`.
        claims: The number of claims, a multiple of `texts`.
        texts: The number of texts.

    Raises:
        FileExistsError: The folder already has `data/coding/` or `texts/`.
    """
    data = folder / "data"
    (data / "coding").mkdir(parents=True)
    (folder / "texts").mkdir()
    package = project().datapackage
    (data / package.name).write_bytes(package.read_bytes())
    corpus = EnlargedCorpus(claims // texts)
    for number in range(texts):
        file, content = corpus.add_source(number)
        (folder / "texts" / file).write_text(content, "utf-8")
    corpus.add_relations()
    for table in read_schema(package).values():
        for file in table.files:
            with (data / file).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, table.columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(_sorted_rows(table, corpus.rows.get(table.name, [])))


def _sorted_rows(table: Table, rows: list[Row]) -> list[Row]:
    """Sort the rows of a table by its primary key."""
    keys = sort_keys(table, pd.DataFrame(rows, columns=table.columns))
    return [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda pair: pair[0])]


class EnlargedCorpus:
    """The rows of an enlarged corpus, which grows source by source.

    Sources are copies of those of the report that are coded whole and have a file of their own, in
    turn, with new ids and random texts. The first copy of an event has the original id.

    Attributes:
        rows: The rows of each table, by its name.
    """

    def __init__(self, claims_per_source: int) -> None:
        """Read the report's rows, and begin with the tables that all copies share.

        A vocabulary of random words is made, too, with a fixed seed, so that the same rows and
        sizes always give the same corpus.

        Args:
            claims_per_source: The number of claims of each source.
        """
        self._claims_per_source = claims_per_source
        self._originals = {
            name: _read_rows(project().data / f"{name}.csv") for name in COPIED_TABLES
        }
        with_claims = {claim["source_id"] for claim in self._originals["claims"]}
        self._originals["sources"] = [
            source
            for source in self._originals["sources"]
            if source["source_id"] in with_claims
            and source["scope"] == "whole"
            and not source["part"]
        ]
        self.rows: dict[str, list[Row]] = {name: [] for name in COPIED_TABLES}
        self.rows |= {name: _read_rows(project().data / f"{name}.csv") for name in SHARED_TABLES}
        # The first claim made from an original claim, by number of the copy and original id.
        self._copied_claims: dict[tuple[int, str], str] = {}
        self._event_ids: set[str] = set()
        self._random = random.Random(SEED)
        self._vocabulary = [
            "".join(
                self._random.choices(string.ascii_lowercase, k=self._random.randint(*WORD_LENGTHS))
            )
            for _ in range(VOCABULARY_SIZE)
        ]

    def add_source(self, number: int) -> tuple[str, str]:
        """Add a source with its claims, and their events and forecasts.

        Args:
            number: The number of the source, counted from 0, which decides which source of the
                report it is a copy of.

        Returns:
            The name of the source's file, and its text.
        """
        copy, index = divmod(number, len(self._originals["sources"]))
        original = self._originals["sources"][index]
        sentences = [
            " ".join(self._random.choices(self._vocabulary, k=CLAIM_WORDS))
            for _ in range(self._claims_per_source)
        ]
        content = ". ".join(sentences)
        source = original | {
            "source_id": f"source-{number}",
            "code": CODES[number],
            "file": f"{number}.txt",
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "characters": str(len(content)),
            "words": str(CLAIM_WORDS * self._claims_per_source),
            "body_words": str(CLAIM_WORDS * self._claims_per_source),
        }
        self.rows["sources"].append(source)
        templates = itertools.cycle(
            claim
            for claim in self._originals["claims"]
            if claim["source_id"] == original["source_id"]
        )
        start = 0
        event_ids: dict[str, str] = {}
        for claim_number, sentence in enumerate(sentences, start=1):
            template, end = next(templates), start + len(sentence)
            selector = make_selector(content, start, end)
            claim = template | {
                "claim_id": f"{source['code']}-{claim_number:02d}",
                "source_id": source["source_id"],
                "start": str(start),
                "end": str(end),
                "anchor": selector.anchor,
                "words": str(selector.words),
                "head": selector.head,
                "tail": selector.tail,
                "denies": "something" if template["denies"] else "",
            }
            if event := template["event_id"]:
                if event not in event_ids:
                    event_ids[event] = self._new_event_id(event, number)
                claim["event_id"] = event_ids[event]
            self.rows["claims"].append(claim)
            self._copied_claims.setdefault((copy, template["claim_id"]), claim["claim_id"])
            self.rows["forecasts"] += [
                forecast | {"claim_id": claim["claim_id"], "rests_on": ""}
                for forecast in self._originals["forecasts"]
                if forecast["claim_id"] == template["claim_id"]
            ]
            start = end + len(". ")
        self.rows["events"] += [
            event | {"event_id": event_ids[event["event_id"]]}
            for event in self._originals["events"]
            if event["event_id"] in event_ids
        ]
        return source["file"], content

    def _new_event_id(self, event_id: str, number: int) -> str:
        """Return the id for a copy of an event: the original id for the first copy.

        The settings refer to events by their original ids, so these must exist.

        Args:
            event_id: The original id.
            number: The number of the source, with which later ids end.
        """
        new_id = f"{event_id}-{number}" if event_id in self._event_ids else event_id
        self._event_ids.add(event_id)
        return new_id

    def add_relations(self) -> None:
        """Add the relations between claims, for each copy of the report's sources.

        A relation is omitted if the copy does not have both claims. All sources must have been
        added.
        """
        copies = range(-(-len(self.rows["sources"]) // len(self._originals["sources"])))
        for copy, relation in itertools.product(copies, self._originals["relations"]):
            first = self._copied_claims.get((copy, relation["claim_a"]))
            second = self._copied_claims.get((copy, relation["claim_b"]))
            if first and second:
                self.rows["relations"].append(relation | {"claim_a": first, "claim_b": second})


def _read_rows(file: Path) -> list[Row]:
    """Read the rows of a CSV file, as text cells by column."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
