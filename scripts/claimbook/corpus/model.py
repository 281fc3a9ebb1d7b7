"""Reads the tables of the corpus from disk, whole or not at all."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from claimbook.corpus import csv_reader, schema
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project

OPPOSED = ("contradicts", "disputes")
REVERSED = {
    "repeats": "is repeated by",
    "supports": "is supported by",
    "contradicts": "contradicts",
    "disputes": "disputes",
    "updates": "is updated by",
}


def relations_by_claim(relations: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """The relations of each claim that has any, as (relation, other claim); those told from the other side are turned round."""
    pairs = defaultdict(list)
    for claim_a, relation, claim_b in relations.index:
        pairs[claim_a].append((relation, claim_b))
        pairs[claim_b].append((REVERSED[relation], claim_a))
    return {claim: sorted(of_claim) for claim, of_claim in pairs.items()}


@dataclass(frozen=True)
class Corpus:
    """The annotated corpus: one DataFrame a table, indexed by its key, typed as `datapackage.json` says."""

    sources: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    actors: pd.DataFrame
    places: pd.DataFrame
    terms: pd.DataFrame
    relations: pd.DataFrame
    criticism: pd.DataFrame
    outlook_record: pd.DataFrame
    forecasts: pd.DataFrame
    indicators: pd.DataFrame
    judgements: pd.DataFrame
    evidence: pd.DataFrame
    explanations: pd.DataFrame
    weighing: pd.DataFrame
    corrections: pd.DataFrame
    passes: pd.DataFrame
    settlements: pd.DataFrame

    @cached_property
    def related(self) -> dict[str, list[tuple[str, str]]]:
        """The relations of each claim that has any, seen from its own side, as (relation, other claim)."""
        return relations_by_claim(self.relations)

    def full_claims(self) -> pd.DataFrame:
        """The claims with what follows from them.

        Adds `code` and `published` of the source, `said` (the day stated, else the day published), `outlet` and `origin` (actor
        ids, first and last of the chain), and the origin's name as `speaker` and its `side`.
        """
        claims = self.claims.join(self.sources[["code", "published"]], on="source_id")
        claims["said"] = claims["stated_on"].fillna(claims["published"])
        claims["outlet"] = claims["chain"].str[0]
        claims["origin"] = claims["chain"].str[-1]
        claims["speaker"] = claims["origin"].map(self.actors["name"])
        claims["side"] = claims["origin"].map(self.actors["side"])
        return claims


@dataclass(frozen=True)
class ReadTables:
    """The tables as text cells, rows named by their place, `file:line`; all faults of files, cells and references.

    `partial` names the tables of which not all rows could be read: references into them are not held against the others.
    """

    raw: dict[str, pd.DataFrame]
    faults: list[Fault]
    partial: set[str]


def read_table(table: schema.Table, folder: Path) -> csv_reader.ReadFile:
    """One table as text cells, its files below one another, with the columns that all of them have."""
    parts = [csv_reader.read_file(table, file, folder) for file in table.files]
    rows = pd.concat([part.rows for part in parts], join="inner")
    return csv_reader.ReadFile(
        rows, [fault for part in parts for fault in part.faults], all(part.whole for part in parts)
    )


def read_tables(folder: Path | None = None) -> ReadTables:
    """Every table, however damaged. Raises CorpusError if `datapackage.json` itself cannot be read."""
    folder = folder or project().data
    described = schema.read_schema(folder / project().datapackage.name)
    raw: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    partial = set()
    for table in described.values():
        part = read_table(table, folder)
        raw[table.name] = part.rows
        faults += part.faults + cells.find_faults(table, part.rows)
        if not part.whole:
            partial.add(table.name)
    return ReadTables(
        raw, faults + foreign_keys.find_faults(described, raw, partial, faults), partial
    )


def load(folder: Path | None = None) -> Corpus:
    """The corpus, typed. Raises CorpusError with every fault of files, cells and references, one line each."""
    folder = folder or project().data
    reading = read_tables(folder)
    if reading.faults:
        raise CorpusError(reading.faults)
    return to_corpus(reading.raw, folder)


def to_corpus(raw: dict[str, pd.DataFrame], folder: Path | None = None) -> Corpus:
    """A corpus of sound tables of text cells."""
    folder = folder or project().data
    described = schema.read_schema(folder / project().datapackage.name)
    return Corpus(**{name: schema.to_typed(table, raw[name]) for name, table in described.items()})


def known_names(actors: pd.DataFrame, places: pd.DataFrame) -> list[str]:
    """What actors and places are called, by this book and by its sources."""
    return [*actors["name"], *actors["also_called"].explode().dropna(), *places["name"]]
