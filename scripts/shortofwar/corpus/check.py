"""Every check on the corpus in one call, and what could not be checked."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pandas as pd

from shortofwar import paths
from shortofwar.corpus import references, rules, schema, tables, texts, verbatim, wordings
from shortofwar.corpus.faults import CorpusError, Fault, shown
from shortofwar.corpus.files import TIDY
from shortofwar.corpus.tables import Corpus


@dataclass
class Report:
    """What the checks found: `faults` to mend, `done` what was checked, `left` what could not be and why."""

    faults: list[Fault] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def check(folder: Path = paths.DATA) -> Report:
    """Checks tables, references, rules and, where the texts are at hand, anchors and the verbatim rule. Raises nothing.

    Where tables have faults, the rules and anchors are held against the rows that are sound.
    """
    try:
        reading = tables.read_all(folder)
    except CorpusError as error:
        return Report(error.faults, left=["the tables: nothing says what they should hold"])
    described = schema.tables(folder / paths.DATAPACKAGE.name)
    raw, whole = reading.raw, set(described)
    if reading.faults:
        raw, whole = references.sound(described, reading.raw, reading.partial, reading.faults)
    corpus = tables.typed(raw, folder)
    report = Report(list(reading.faults))
    faulty = {fault.place for fault in reading.faults}
    report.faults += [fault for table in described.values() for fault in _unsorted(table, reading.raw[table.name], faulty)]
    report.faults += _ruled(described, corpus, whole)
    report.done.append(f"{len(described)} tables, {len(corpus.claims)} claims against schema, references and rules")
    if len(whole) < len(described):
        report.left.append("rows with faults, and those that refer to them, against the rules: mend them first")
    _compare(described, corpus, report)
    return report


def _unsorted(table: schema.Table, raw: pd.DataFrame, faulty: set[str]) -> list[Fault]:
    """The first row of a table that stands after one with a greater key, rows at the places `faulty` aside."""
    if not set(table.key) <= set(raw):
        return []
    keys = schema.order(table, raw)
    for (place, key), (after, next_key) in pairwise(zip(raw.index, keys, strict=True)):
        if next_key < key and not {place, after} & faulty and place.rsplit(":", 1)[0] == after.rsplit(":", 1)[0]:
            value, before = ("/".join(raw.loc[row, table.key]) for row in (after, place))
            allowed = f"rows sorted by key; it stands after {shown(before)}"
            return [Fault(*table.place(raw.loc[after]), "/".join(table.key), value, allowed, TIDY, str(after))]
    return []


def _ruled(described: dict[str, schema.Table], corpus: Corpus, whole: set[str]) -> list[Fault]:
    """The faults across columns and tables; `whole` names the tables from which no row was left out."""
    found = []
    for name in ("claims", "passes", "criticism"):
        found += rules.spans(described[name], getattr(corpus, name), corpus.sources)
    found += rules.claims(described["claims"], corpus.claims, corpus.sources)
    if "terms" in whole:
        found += rules.estimates(described["claims"], corpus.claims, corpus.terms, corpus.actors)
    found += rules.related(described["relations"], corpus.relations, corpus.claims)
    found += rules.happened(described["events"], corpus.events, corpus.claims, "claims" in whole)
    found += rules.judged(described, corpus.forecasts, corpus.claims, "forecasts" in whole)
    found += rules.measured(described, corpus.sources, corpus.terms, corpus.places)
    return found + rules.corrected(described, corpus.corrections)


def _compare(described: dict[str, schema.Table], corpus: Corpus, report: Report) -> None:
    """Hold the tables against the texts at hand, and the repository against the verbatim rule."""
    at_hand: dict[str, texts.Text] = {}
    for source_id, source in corpus.sources.iterrows():
        try:
            at_hand |= texts.find(corpus.sources.loc[[source_id]])
        except UnicodeDecodeError as error:
            report.faults.append(Fault(source["file"], "", "", f"byte {error.start}", "a text in UTF-8"))
        except OSError as error:
            report.faults.append(Fault(source["file"], "", "", error.strerror or error, "a text that can be read"))
    absent = [str(source_id) for source_id in corpus.sources.index if source_id not in at_hand]
    if at_hand:
        report.faults += wordings.same(described["sources"], corpus.sources, at_hand)
        report.faults += wordings.anchored(described["claims"], corpus.claims, at_hand)
        report.faults += wordings.criticised(described["criticism"], corpus.criticism, at_hand)
        report.faults += verbatim.faults(at_hand, verbatim.names(corpus.actors, corpus.places, corpus.sources))
        report.done.append(f"anchors in {len(at_hand)} texts, and the verbatim rule over the repository")
    if absent:
        report.left.append(f"anchors and the verbatim rule: no text at hand of {', '.join(absent)}")
