"""Checks of the tables against the texts at hand: hashes, lengths, spans and anchors."""

import hashlib
from dataclasses import replace

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table, read_schema
from claimbook.corpus.validation.report import Report
from claimbook.errors import Fault, did_you_mean
from claimbook.paths import project
from claimbook.texts import passage_checks, verbatim
from claimbook.texts.anchors import Match, Selector, TextIndex, make_selector, split_words
from claimbook.texts.source_texts import SourceText, find_texts, locate_claims, selector_of

HASHED = ("anchor", "words", "head", "tail")  # the columns computed from the words of a span


def check_copies(table: Table, sources: pd.DataFrame, texts: dict[str, SourceText]) -> list[Fault]:
    """Find texts that are not the annotated ones, and wrong lengths.

    Args:
        table: The table `sources` in the schema.
        sources: Its rows, with those of all texts.
        texts: The texts at hand by source id.
    """
    faults = []
    for source_id, text in texts.items():
        row = sources.loc[source_id]
        if not text.same:
            same_words = _sha256(text.content.replace("\r\n", "\n")) == row["sha256"]
            hint = (
                "its line ends were changed" if same_words else "take the copy that was annotated"
            )
            allowed = f"the SHA-256 of the text at hand, {_sha256(text.content)}"
            faults.append(Fault(table.file, source_id, "sha256", row["sha256"], allowed, hint))
            continue
        for column, allowed, length in (
            ("characters", "the length of its text", len(text.content)),
            ("words", "the number of normalised words in its text", len(split_words(text.content))),
        ):
            if length != row[column]:
                hint = did_you_mean([str(length)])
                faults.append(Fault(table.file, source_id, column, row[column], allowed, hint))
    return faults


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def check_anchors(table: Table, claims: pd.DataFrame, texts: dict[str, SourceText]) -> list[Fault]:
    """Find claims whose words are not at their offsets in the texts at hand.

    Args:
        table: The table `claims` in the schema.
        claims: Its rows.
        texts: The texts at hand by source id.
    """
    locations = locate_claims(claims, texts)
    faults = []
    for claim_id, location in locations[locations["status"] != "exact"].iterrows():
        source_id = claims.loc[claim_id, "source_id"]
        selector, match = selector_of(claims.loc[claim_id]), Match(*location)
        text = texts[source_id].content
        columns = [] if match.status == "moved" else _wrong_columns(selector, text)
        if columns:
            faults += _column_faults(table, str(claim_id), selector, text, columns)
        elif match.status == "missing":
            allowed = f"the hash of words in {source_id}"
            hint = _suggest_source(selector, texts, source_id)
            faults.append(
                Fault(table.file, str(claim_id), "anchor", selector.anchor, allowed, hint)
            )
        else:
            allowed = "the characters at which its words stand"
            if match.status == "changed":
                allowed += ", here with others between"
            span = f"{selector.start}-{selector.end}"
            hint = did_you_mean([_propose_span(text, selector, match)])
            faults.append(Fault(table.file, str(claim_id), "start-end", span, allowed, hint))
    return faults


def _suggest_source(selector: Selector, texts: dict[str, SourceText], source_id: str) -> str:
    """Name another source that has the words of a claim; empty if there is none."""
    for other_id, other in texts.items():
        if other_id != source_id:
            match = TextIndex(other.content).find(selector)
            if match.status in ("exact", "moved"):
                return f"its words stand in {other_id} at {match.start}-{match.end}"
    return ""


def _selector_at(text: str, selector: Selector) -> Selector | None:
    """Make the selector of the words at some offsets; None if there are none."""
    try:
        return make_selector(text, selector.start, selector.end)
    except ValueError:
        return None


def _propose_span(text: str, selector: Selector, match: Match) -> str:
    """Propose offsets for a moved or changed claim, changing as few as possible."""
    for start, end in ((match.start, selector.end), (selector.start, match.end)):
        actual = _selector_at(text, replace(selector, start=start, end=end))
        if actual is not None and actual.anchor == selector.anchor:
            return f"{start}-{end}"
    return f"{match.start}-{match.end}"


def _wrong_columns(selector: Selector, text: str) -> list[str]:
    """List the computed columns that are wrong while the offsets are right.

    Returns:
        The columns that differ from those of the words at the offsets; none where so many differ
        that the offsets must be wrong.
    """
    actual = _selector_at(text, selector)
    if actual is None:
        return []
    wrong = [name for name in HASHED if getattr(selector, name) != getattr(actual, name)]
    return wrong if len(wrong) <= len(HASHED) // 2 else []


def _column_faults(
    table: Table, key: str, selector: Selector, text: str, columns: list[str]
) -> list[Fault]:
    """Report wrong computed columns, with the values that they should have."""
    actual = make_selector(text, selector.start, selector.end)
    allowed = f"what the characters {selector.start} to {selector.end} give"
    return [
        Fault(
            table.file,
            key,
            name,
            getattr(selector, name),
            allowed,
            did_you_mean([str(getattr(actual, name))]),
        )
        for name in columns
    ]


def _by_joined_key(rows: pd.DataFrame) -> pd.DataFrame:
    """Index rows by their keys joined by slashes, as error lines name them."""
    keys = ["/".join(map(str, key)) for key in rows.index]
    return rows.reset_index().set_index(pd.Index(keys, dtype=object))


def check_criticism(
    table: Table, criticism: pd.DataFrame, texts: dict[str, SourceText]
) -> list[Fault]:
    """Find findings of source criticism whose passage is not at its offsets.

    Args:
        table: The table `criticism` in the schema.
        criticism: Its rows.
        texts: The texts at hand by source id.
    """
    faults = []
    for (source_id, start, end, kind), finding in criticism.iterrows():
        if source_id not in texts:
            continue
        key = f"{source_id}/{start}/{end}/{kind}"
        try:
            anchor = make_selector(texts[source_id].content, int(start), int(end)).anchor
        except ValueError as error:
            faults.append(Fault(table.file, key, "start", start, str(error)))
            continue
        if anchor != finding["anchor"]:
            allowed = "the hash of the words there"
            hint = f"{anchor}, if start and end are right"
            faults.append(Fault(table.file, key, "anchor", finding["anchor"], allowed, hint))
    return faults


def add_text_checks(report: Report, corpus: Corpus) -> None:
    """Check tables against the texts at hand, and the repository for copies.

    Args:
        report: Takes the faults, and what was and was not checked.
        corpus: The rows to check.
    """
    tables = read_schema(project().datapackage)
    unreadable: dict[str, Exception] = {}
    texts = find_texts(corpus.sources, unreadable)
    for file, error in unreadable.items():
        if isinstance(error, UnicodeDecodeError):
            fault = Fault(file, "", "", f"byte {error.start}", "a text in UTF-8")
        else:
            fault = Fault(file, "", "", str(error), "a text that can be read")
        report.faults.append(fault)
    missing = [str(source_id) for source_id in corpus.sources.index if source_id not in texts]
    passages = tables["passages"]
    if not any(fault.file == passages.file for fault in report.faults if fault.column != "reason"):
        report.faults += passage_checks.check_selection(passages, corpus, texts)
    if texts:
        allowed = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
        report.faults += check_copies(tables["sources"], corpus.sources, texts)
        report.faults += check_anchors(tables["claims"], corpus.claims, texts)
        report.faults += check_anchors(tables["passages"], _by_joined_key(corpus.passages), texts)
        report.faults += check_criticism(tables["criticism"], corpus.criticism, texts)
        report.faults += verbatim.find_faults(texts, allowed)
        report.done.append(
            f"anchors in {len(texts)} texts, and the verbatim rule over the repository"
        )
    if missing:
        names = ", ".join(missing)
        report.skipped.append(f"anchors and the verbatim rule: no text at hand of {names}")
