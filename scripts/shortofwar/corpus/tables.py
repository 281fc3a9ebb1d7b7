"""Reads the tables of the corpus from disk, whole or not at all."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from shortofwar import paths
from shortofwar.corpus import rules, schema
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
    corrections: pd.DataFrame
    passes: pd.DataFrame
    settlements: pd.DataFrame

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


def read(table: schema.Table, folder: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """One table as text cells, its parts below one another, and what keeps it from being read.

    Rows are named by their place, `file:line`. The frame is empty where there are such faults.
    """
    parts = [_read_file(table, file, folder) for file in table.files]
    faults = [fault for _, of_part in parts for fault in of_part]
    frame = pd.concat([rows for rows, _ in parts])
    return (frame.iloc[:0], faults) if faults else (frame, [])


def _read_file(table: schema.Table, file: str, folder: Path) -> tuple[pd.DataFrame, list[Fault]]:
    empty = pd.DataFrame(columns=table.columns, dtype=str)

    def fault(value: object, allowed: str, key: str = "") -> tuple[pd.DataFrame, list[Fault]]:
        return empty, [Fault(file, key, "", value, allowed)]

    try:
        text = (folder / file).read_bytes().decode("utf-8")
    except OSError as error:
        return fault(error.strerror or str(error), "a readable file")
    except UnicodeDecodeError as error:
        return fault(f"byte {error.start}", "UTF-8 text")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows or rows[0] != table.columns:
        return fault(",".join(rows[0]) if rows else "", "columns " + ",".join(table.columns), "line 1")
    wrong = [
        Fault(file, f"line {number}", "", f"{len(row)} cells", f"{len(table.columns)} cells")
        for number, row in enumerate(rows[1:], start=2)
        if len(row) != len(table.columns)
    ]
    if wrong:
        return empty, wrong
    places = [f"{file}:{number}" for number in range(2, len(rows) + 1)]
    return pd.DataFrame(rows[1:], columns=table.columns, index=places, dtype=str), []


def read_all(folder: Path = paths.DATA) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Every table as text cells with all faults of reading and of the schema.

    A table that cannot be read stands empty; the references into it are then not held against the others.
    """
    described = schema.tables(folder / paths.DATAPACKAGE.name)
    raw: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    broken = set()
    for table in described.values():
        raw[table.name], unreadable = read(table, folder)
        if unreadable:
            broken.add(table.name)
        faults += unreadable or schema.faults(table, raw[table.name])
    return raw, faults + rules.references(described, raw, broken)


def load(folder: Path = paths.DATA) -> Corpus:
    """The corpus, typed. Raises CorpusError with every fault of reading, schema and references, one line each."""
    raw, faults = read_all(folder)
    if faults:
        raise CorpusError(faults)
    described = schema.tables(folder / paths.DATAPACKAGE.name)
    return Corpus(**{name: schema.typed(table, raw[name]) for name, table in described.items()})
