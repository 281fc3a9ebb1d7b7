"""Reads the tables of the corpus from disk, whole or not at all."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from shortofwar import paths
from shortofwar.corpus import cells, files, references, relations, schema
from shortofwar.corpus.faults import CorpusError, Fault


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
        return relations.by_claim(self.relations)

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
class Reading:
    """The tables as text cells, rows named by their place, `file:line`; all faults of files, cells and references.

    `partial` names the tables of which not all rows could be read: references into them are not held against the others.
    """

    raw: dict[str, pd.DataFrame]
    faults: list[Fault]
    partial: set[str]


def read(table: schema.Table, folder: Path) -> files.Part:
    """One table as text cells, its files below one another, with the columns that all of them have."""
    parts = [files.read(table, file, folder) for file in table.files]
    rows = pd.concat([part.rows for part in parts], join="inner")
    return files.Part(rows, [fault for part in parts for fault in part.faults], all(part.whole for part in parts))


def read_all(folder: Path = paths.DATA) -> Reading:
    """Every table, however damaged. Raises CorpusError if `datapackage.json` itself cannot be read."""
    described = schema.tables(folder / paths.DATAPACKAGE.name)
    raw: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    partial = set()
    for table in described.values():
        part = read(table, folder)
        raw[table.name] = part.rows
        faults += part.faults + cells.faults(table, part.rows)
        if not part.whole:
            partial.add(table.name)
    return Reading(raw, faults + references.faults(described, raw, partial, faults), partial)


def load(folder: Path = paths.DATA) -> Corpus:
    """The corpus, typed. Raises CorpusError with every fault of files, cells and references, one line each."""
    reading = read_all(folder)
    if reading.faults:
        raise CorpusError(reading.faults)
    return typed(reading.raw, folder)


def typed(raw: dict[str, pd.DataFrame], folder: Path = paths.DATA) -> Corpus:
    """A corpus of sound tables of text cells."""
    described = schema.tables(folder / paths.DATAPACKAGE.name)
    return Corpus(**{name: schema.typed(table, raw[name]) for name, table in described.items()})
