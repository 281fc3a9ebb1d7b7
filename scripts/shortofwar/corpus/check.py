"""Every check on the corpus in one call, and what could not be checked."""

from dataclasses import dataclass, field
from pathlib import Path

from shortofwar import paths
from shortofwar.corpus import rules, schema, tables, texts, verbatim
from shortofwar.corpus.faults import CorpusError, Fault


@dataclass
class Report:
    """What the checks found: `faults` to mend, `done` what was checked, `left` what could not be and why."""

    faults: list[Fault] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def check(folder: Path = paths.DATA) -> Report:
    """Checks tables, references, rules and, where the texts are at hand, anchors and the verbatim rule. Raises nothing."""
    try:
        corpus = tables.load(folder)
    except CorpusError as error:
        return Report(error.faults, left=["rules and anchors: the tables must be mended first"])
    described = schema.tables(folder / paths.DATAPACKAGE.name)
    report = Report()
    report.faults += rules.claims(described["claims"], corpus.claims, corpus.sources)
    report.faults += rules.estimates(described["claims"], corpus.claims, corpus.terms, corpus.actors)
    report.faults += rules.related(described["relations"], corpus.relations, corpus.claims)
    report.faults += rules.happened(described["events"], corpus.events, corpus.claims)
    report.faults += rules.judged(described, corpus.forecasts, corpus.claims)
    report.done.append(f"{len(described)} tables, {len(corpus.claims)} claims against schema, references and rules")
    try:
        at_hand = texts.find(corpus.sources)
    except UnicodeDecodeError as error:
        report.faults.append(Fault(str(paths.texts()), "", "", f"byte {error.start}", "texts in UTF-8"))
        return report
    absent = [source_id for source_id in corpus.sources.index if source_id not in at_hand]
    if at_hand:
        free = verbatim.names(corpus.actors, corpus.places, corpus.sources)
        report.faults += [
            Fault(described["sources"].file, text.source_id, "sha256", "another text", "the text that was annotated")
            for text in at_hand.values()
            if not text.same
        ]
        report.faults += rules.anchored(described["claims"], corpus.claims, at_hand)
        report.faults += rules.criticised(described["criticism"], corpus.criticism, at_hand)
        report.faults += verbatim.faults(at_hand, free)
        report.done.append(f"anchors in {len(at_hand)} texts, and the verbatim rule over the repository")
    if absent:
        report.left.append(f"anchors and the verbatim rule: no text at hand of {', '.join(absent)}")
    return report
