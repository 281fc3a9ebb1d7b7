"""Checks of the tables: schema, references, rules; and the report of all checks."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.corpus.csv_reader import TIDY_HINT
from claimbook.corpus.model import Corpus
from claimbook.corpus.validation import foreign_keys, rules
from claimbook.errors import CorpusError, Fault, quote_value
from claimbook.paths import project
from claimbook.settings import load_settings


@dataclass
class Report:
    """What the checks found.

    Attributes:
        faults: What is to be mended.
        done: What was checked, a line each.
        skipped: What could not be checked and why, a line each.
    """

    faults: list[Fault] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def check_tables(folder: Path) -> tuple[Report, Corpus | None]:
    """Check the settings and the tables against schema, references and rules.

    Where tables have faults, the rules are held against the rows that have none.

    Args:
        folder: The folder of the tables.

    Returns:
        The report, and the corpus of the rows without faults; None where there is no schema.
    """
    try:
        reading = model.read_tables(folder)
        tables = schema.read_schema(folder / project().datapackage.name)
        faults = list(reading.faults)
        settings = load_settings(project().settings)
    except CorpusError as error:
        return Report(
            error.faults, skipped=["the tables: nothing says what they should hold"]
        ), None
    raw, whole = reading.raw, set(tables)
    if faults:
        raw, whole = foreign_keys.drop_invalid_rows(tables, raw, reading.partial, faults)
    corpus = model.to_corpus(raw, folder)
    report = Report(faults)
    faulty = {fault.place for fault in reading.faults}
    for table in tables.values():
        report.faults += _unsorted(table, reading.raw[table.name], faulty)
    report.faults += rules.check_settings(tables, settings)
    report.faults += _against_rules(tables, corpus, whole)
    report.done.append(
        f"{len(tables)} tables, {len(corpus.claims)} claims against schema, references and rules"
    )
    if len(whole) < len(tables):
        report.skipped.append(
            "rows with faults, and those that refer to them, against the rules: mend them first"
        )
    return report, corpus


def _unsorted(table: schema.Table, raw: pd.DataFrame, faulty: set[str]) -> list[Fault]:
    """The first row of a table that stands after one with a greater key, rows at the places `faulty` aside."""
    if not set(table.key) <= set(raw):
        return []
    keys = schema.sort_keys(table, raw)
    for (place, key), (after, next_key) in pairwise(zip(raw.index, keys, strict=True)):
        if (
            next_key < key
            and not {place, after} & faulty
            and place.rsplit(":", 1)[0] == after.rsplit(":", 1)[0]
        ):
            value, before = ("/".join(raw.loc[row, table.key]) for row in (after, place))
            allowed = f"rows sorted by key; it stands after {quote_value(before)}"
            return [
                Fault(
                    *table.place(raw.loc[after]),
                    "/".join(table.key),
                    value,
                    allowed,
                    TIDY_HINT,
                    str(after),
                )
            ]
    return []


def _against_rules(tables: dict[str, schema.Table], corpus: Corpus, whole: set[str]) -> list[Fault]:
    """The faults across columns and tables; `whole` names the tables from which no row was left out."""
    found = []
    for name in ("claims", "passes", "criticism"):
        found += rules.check_spans(tables[name], getattr(corpus, name), corpus.sources)
    found += rules.check_claims(tables["claims"], corpus.claims, corpus.sources)
    if "terms" in whole:
        found += rules.check_estimates(tables["claims"], corpus.claims, corpus.terms, corpus.actors)
    found += rules.check_relations(tables["relations"], corpus.relations, corpus.claims)
    found += rules.check_events(tables["events"], corpus.events, corpus.claims, "claims" in whole)
    found += rules.check_forecasts(tables, corpus.forecasts, corpus.claims, "forecasts" in whole)
    found += rules.check_ranges(tables, corpus.sources, corpus.terms, corpus.places)
    return found + rules.check_corrections(tables, corpus.corrections)
