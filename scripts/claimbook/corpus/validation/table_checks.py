"""Checks of the tables against schema, references and rules; and the results of all checks.

frictionless, which the tests hold the tables against, takes three times as long for a thousand
claims (`make bench`), and neither proposes what was meant nor knows rules across tables.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.named_files import find_stray_files
from claimbook.corpus.validation import (
    coding_rules,
    foreign_keys,
    passage_rules,
    relay_rules,
    rules,
    weighing_rules,
)
from claimbook.errors import TIDY_HINT, CorpusError, Fault, RowPosition, quote_value
from claimbook.paths import project
from claimbook.settings import Settings, load_settings

MAX_NAMED = 6  # tables without rows that are named
UNSORTABLE_HINT = "once the other faults of the file are mended, `make tidy` sorts them"


@dataclass
class CheckResults:
    """The results of all checks.

    Attributes:
        faults: The faults to mend.
        done: The checks that were made, a line each.
        skipped: The checks that could not be made and why, a line each.
        unpublished: The files among the tables that are not published, a line each.
        waiting: The sources whose passages wait for a coder, a line each.
        failed_findings: The titles of figures that the data do not bear out, a line each.
        off_axis: The marks of figures that lie outside the axes, a line for each figure.
        doubtful: What the tables alone show to be doubtful, in one line.
        is_sound: Whether no table has a fault of files, cells or references.
        corpus: The rows without faults that were checked; None where there is no schema.
    """

    faults: list[Fault] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    failed_findings: list[str] = field(default_factory=list)
    off_axis: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    is_sound: bool = field(default=False, kw_only=True)
    corpus: Corpus | None = field(default=None, kw_only=True, repr=False)


def check_tables(folder: Path, passed: bool = False) -> tuple[CheckResults, Corpus | None]:
    """Check the settings and the tables against schema, references and rules.

    Where tables have faults, only the rows without faults are checked against the rules.

    Args:
        folder: The folder of the tables.
        passed: Whether these tables, settings and this engine have passed before, so that the
            tables are read and not checked again.

    Returns:
        The report, and the corpus of the rows without faults; None where there is no schema.
    """
    try:
        read = model.read_tables(folder, passed)
        tables = model.read_schema(folder)
        settings = load_settings(project().settings)
    except CorpusError as error:
        skipped = ["the tables: nothing says what they should hold"]
        return CheckResults(error.faults, skipped=skipped), None
    raw, complete = read.raw, set(tables)
    if read.faults:
        raw, complete = foreign_keys.drop_invalid_rows(tables, raw, read.partial, read.faults)
    corpus = model.to_corpus(raw, folder)
    report = CheckResults(list(read.faults), is_sound=not read.faults)
    if folder == project().data:
        report.unpublished = find_stray_files()
    if not passed:
        report.faults += _find_unsorted_rows(tables, read)
        report.faults += rules.check_settings(tables, settings)
        report.faults += check_rules(tables, corpus, complete, settings)
    report.waiting = passage_rules.list_waiting(corpus.passages, corpus.claims)
    bare = [name for name, rows in read.raw.items() if rows.empty]  # also by an accident
    named = ", ".join(bare) if len(bare) <= MAX_NAMED else f"{len(bare)} of the tables"
    report.done.append(
        f"{len(tables)} tables, {len(corpus.claims)} claims against schema, references and rules"
        + (f"; without rows: {named}" if bare else "")
    )
    if len(complete) < len(tables):
        report.skipped.append(
            "rows with faults, and those that refer to them, against the rules: mend them first"
        )
    return report, corpus


def _find_unsorted_rows(tables: dict[str, schema.Table], read: model.ReadTables) -> list[Fault]:
    """Report the first unsorted row of each table."""
    faulty_rows = {fault.row for fault in read.faults if fault.row}
    faults = []
    for name, table in tables.items():
        faults += _find_unsorted_row(table, read.raw[name], faulty_rows, name in read.sortable)
    return faults


def _find_unsorted_row(
    table: schema.Table, raw: pd.DataFrame, faulty_rows: set[RowPosition], sortable: bool
) -> list[Fault]:
    """Report the first row of a table that comes after one with a greater key.

    Args:
        table: The table.
        raw: Its rows as text cells, named by their `RowPosition`.
        faulty_rows: The positions of rows with other faults, which are not compared.
        sortable: Whether `make tidy` can sort the rows.

    Returns:
        One fault, or none. Only rows of the same file are compared.
    """
    if not set(table.key) <= set(raw):
        return []
    keys = schema.sort_keys(table, raw)
    for (position, key), (following, next_key) in pairwise(zip(raw.index, keys, strict=True)):
        same_file = position.file == following.file
        if next_key < key and same_file and not {position, following} & faulty_rows:
            row = raw.loc[following]
            previous = quote_value("/".join(raw.loc[position, table.key]))
            return [
                Fault(
                    *table.locate(row),
                    "/".join(table.key),
                    "/".join(row[table.key]),
                    f"rows sorted by key; it stands after {previous}",
                    TIDY_HINT if sortable else UNSORTABLE_HINT,
                    following,
                )
            ]
    return []


def check_rules(
    tables: dict[str, schema.Table], corpus: Corpus, complete: set[str], settings: Settings
) -> list[Fault]:
    """Find the faults across columns and tables.

    Args:
        tables: The schema.
        corpus: The rows without faults.
        complete: The tables that lack no row.
        settings: The settings of the report.
    """
    faults = []
    for name in ("claims", "passages", "passes", "criticism"):
        faults += rules.check_spans(tables[name], getattr(corpus, name), corpus.sources)
    faults += rules.check_claims(tables, corpus.claims, corpus.sources)
    faults += coding_rules.check_coding(tables, corpus)
    faults += relay_rules.check_relays(tables["relays"], corpus, "relays" in complete)
    faults += relay_rules.check_findings(tables["criticism"], corpus)
    if {"claims", "passages", "sources"} <= complete:
        table = tables["passages"]
        faults += passage_rules.check_coverage(table, corpus.passages, corpus.claims)
    faults += rules.check_parts(tables, corpus.sources)
    if "terms" in complete:
        faults += rules.check_estimates(tables, corpus.claims, corpus.terms, corpus.actors)
    faults += rules.check_relations(tables, corpus.relations, corpus.claims)
    faults += rules.check_events(tables, corpus.events, corpus.claims, "claims" in complete)
    faults += rules.check_forecasts(
        tables, corpus.forecasts, corpus, settings.roles.forecast, "forecasts" in complete
    )
    faults += rules.check_ranges(tables, corpus.sources, corpus.terms, corpus.places)
    weighed = {"claims", "judgements", "evidence", "propositions", "explanations", "weighing"}
    if weighed | {"set_aside"} <= complete:
        faults += weighing_rules.check_weighing(tables, corpus)
    return faults + rules.check_corrections(tables, corpus.corrections)
