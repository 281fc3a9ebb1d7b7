"""Checks of the tables against the texts at hand: hashes, lengths, spans and anchors."""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table, read_schema
from claimbook.corpus.validation.table_checks import CheckResults
from claimbook.errors import Fault, did_you_mean
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts import passage_checks, relay_checks, verbatim
from claimbook.texts.anchors import HASHED, Selector, make_selector
from claimbook.texts.finder import Match
from claimbook.texts.fragments import FRAGMENTS, check_fragments
from claimbook.texts.passages import count_body_words
from claimbook.texts.passed_checks import PassedChecks, digest_sources
from claimbook.texts.renamed_texts import find_renamed
from claimbook.texts.source_texts import SourceText, find_readable_texts
from claimbook.texts.stored_spans import (
    CLAIMS,
    StoredSpan,
    has_spans,
    locate_all,
    span_by_rule,
)
from claimbook.texts.word_runs import RunIndex

MENDS = "`claimbook reanchor` mends it"
SHOWS = "`claimbook reanchor` shows both"
BATCH = 32  # sources that pass together
MAX_MISSING = 3  # sources without a text that a line names


def check_copies(
    table: Table, sources: pd.DataFrame, texts: Mapping[str, SourceText], index: RunIndex
) -> list[Fault]:
    """Find texts that are not the annotated ones, or have wrong lengths.

    Args:
        table: The table `sources` in the schema.
        sources: Its rows, with those of all texts.
        texts: The texts at hand by source id.
        index: The runs of words of these texts and of others.
    """
    faults = []
    for source_id, text in texts.items():
        row = sources.loc[source_id]
        if not text.same:
            same_words = _sha256(text.content.replace("\r\n", "\n")) == row["sha256"]
            hint = (
                "its line ends were changed"
                if same_words
                else "take the copy that was annotated, or run `claimbook reanchor`"
            )
            allowed = f"the SHA-256 of the text at hand, {text.digest}"
            faults.append(Fault(table.file, source_id, "sha256", row["sha256"], allowed, hint))
            continue
        for column, allowed, length in (
            ("characters", "the length of its text", len(text.content)),
            ("words", "the number of normalised words in its text", index.count_words(source_id)),
            ("body_words", "the number of those in its body", count_body_words(text.content)),
        ):
            if length != row[column]:
                hint = did_you_mean([str(length)])
                faults.append(Fault(table.file, source_id, column, row[column], allowed, hint))
    return faults


def check_names(table: Table, missing: pd.DataFrame, taken: Iterable[str]) -> list[Fault]:
    """Find texts that have other names than their sources state.

    Args:
        table: The table `sources` in the schema.
        missing: Its rows without a text.
        taken: The names of files that the sources state.
    """
    return [
        Fault(
            table.file,
            source_id,
            "file",
            missing.loc[source_id, "file"],
            f"the name of its text, {renamed.file}",
            MENDS,
        )
        for source_id, renamed in find_renamed(missing, taken, {}).items()
    ]


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def check_spans(
    tables: Iterable[Table],
    corpus: Corpus,
    texts: Mapping[str, SourceText],
    others: Mapping[str, SourceText] | None = None,
) -> list[Fault]:
    """Find rows whose words are not at their offsets in the texts at hand.

    Args:
        tables: The tables whose spans are checked.
        corpus: Their rows.
        texts: The texts by source id.
        others: The texts in which words that are missing are looked for; by default the same.

    Returns:
        The faults in the order of the tables and rows.
    """
    others = texts if others is None else others
    return [
        fault
        for span, match in locate_all(tables, corpus, texts).items()
        for fault in _check_span(span, match, texts[span.source_id], others)
    ]


def _check_span(
    span: StoredSpan, match: Match, text: SourceText, others: Mapping[str, SourceText]
) -> Iterator[Fault]:
    """Find the faults of one row, given where its words stand."""
    selector = span.selector
    columns = _wrong_columns(selector, text) if match.status != "moved" else []
    if columns:
        yield from _column_faults(span, text.content, columns)
    elif match.status == "exact":
        if span.table == CLAIMS and text.same:
            yield from _check_rule(span, text.content)
    elif match.status == "missing":
        allowed = f"missing: its words do not stand in {span.source_id}"
        hint = _suggest_source(selector, others, span.source_id)
        yield Fault(span.file, span.key, "anchor", selector.anchor, allowed, hint)
    else:
        place, hint = f"{match.start}-{match.end}", SHOWS
        if match.status == "moved":
            allowed, hint = f"moved: its words stand at {place}", MENDS
        elif match.status == "unclear":
            allowed = f"unclear: its words stand away from its neighbours, at {place}"
            if match.places > 1:
                allowed = f"unclear: its words stand at {match.places} places, one is {place}"
        elif match.words:
            allowed = f"changed: other words stand between its first and last, at {place}"
        else:
            allowed = f"changed: of its first and last words only some stand, at {place}"
        stored = f"{selector.start}-{selector.end}"
        yield Fault(span.file, span.key, "start-end", stored, allowed, hint)


def _check_rule(span: StoredSpan, text: str) -> Iterator[Fault]:
    """Find a claim that breaks the rule on spans though its words are right."""
    right = span_by_rule(text, span)
    stored = span.selector.start, span.selector.end
    if right != stored:
        yield Fault(
            span.file,
            span.key,
            "start-end",
            f"{stored[0]}-{stored[1]}",
            "the first to the last character, with closing quotation marks and full stop",
            did_you_mean([f"{right[0]}-{right[1]}"]),
        )


def _suggest_source(selector: Selector, texts: Mapping[str, SourceText], source_id: str) -> str:
    """Name another source that has the words of a span; empty if there is none."""
    for other_id, other in texts.items():
        if other_id != source_id and (places := other.index.find_words(selector)):
            start = other.index.starts[places[0]]
            end = other.index.ends[places[0] + selector.words - 1]
            return f"they stand in {other_id} at {start}-{end}"
    return ""


def _wrong_columns(selector: Selector, text: SourceText) -> list[str]:
    """List the computed columns that are wrong while the offsets are right.

    Returns:
        The columns that differ from those of the words at the offsets; none where so many differ
        that the offsets must be wrong, or where the text is not the one that was annotated.
    """
    if not text.same:
        return []
    try:
        actual = make_selector(text.content, selector.start, selector.end)
    except ValueError:
        return []
    stored = [name for name in HASHED if getattr(selector, name)]
    wrong = [name for name in stored if getattr(selector, name) != getattr(actual, name)]
    return wrong if len(wrong) <= len(stored) // 2 else []


def _column_faults(span: StoredSpan, text: str, columns: list[str]) -> Iterator[Fault]:
    """Report wrong computed columns, with the values that they should have."""
    stored = span.selector
    actual = make_selector(text, stored.start, stored.end)
    for name in columns:
        yield Fault(
            span.file,
            span.key,
            name,
            getattr(stored, name),
            f"what the characters {stored.start} to {stored.end} give",
            did_you_mean([str(getattr(actual, name))]),
        )


def add_text_checks(
    report: CheckResults, corpus: Corpus, passed: PassedChecks | None = None
) -> None:
    """Check tables against the texts at hand, and the repository for copies.

    What has passed before and is unchanged is not checked again.

    Args:
        report: Takes the faults, and what was and was not checked.
        corpus: The rows to check.
        passed: What has passed before; takes what passes now. By default what the project keeps.
    """
    tables = read_schema(project().datapackage)
    texts, unreadable = find_readable_texts(corpus.sources)
    report.faults += unreadable.values()
    missing = corpus.sources.loc[[name for name in corpus.sources.index if name not in texts]]
    report.faults += check_names(tables["sources"], missing, corpus.sources["file"])
    report.faults += passage_checks.check_rule(corpus)
    if texts:
        passed, index = passed or PassedChecks(), RunIndex(texts)
        report.faults += _check_sources(report, corpus, texts, index, passed)
        formulae = load_settings(project().settings).prose.formulae
        report.faults += verbatim.find_faults_of_corpus(index, corpus, formulae, passed=passed)
        number = f"{len(texts)} text{'s' * (len(texts) != 1)}"
        report.done.append(f"anchors in {number}, and the verbatim rule over the repository")
    if len(missing):
        described = _describe_missing(list(map(str, missing.index)), len(corpus.sources))
        report.skipped.append(f"anchors and the verbatim rule: {described}")


def _check_sources(
    report: CheckResults,
    corpus: Corpus,
    texts: Mapping[str, SourceText],
    index: RunIndex,
    passed: PassedChecks,
) -> Iterator[Fault]:
    """Find the faults of sources that have changed since they passed, check by check.

    Args:
        report: The faults found so far. With some in the table of passages, it is not checked.
        corpus: The rows to check.
        texts: The texts at hand by source id.
        index: The runs of words of the texts.
        passed: What has passed; takes the sources without faults.
    """
    tables = read_schema(project().datapackage)
    with_spans = [table for table in tables.values() if has_spans(table)]
    stored = tables["passages"]
    of_passages = [fault for fault in report.faults if fault.file == stored.file]
    has_passages = all(fault.column == "reason" for fault in of_passages)
    checks: dict[str, Callable[[Mapping[str, SourceText]], Iterable[Fault]]] = {
        "sources": lambda some: check_copies(tables["sources"], corpus.sources, some, index),
        "passages": lambda some: passage_checks.check_selection(stored, corpus, some),
        "spans": lambda some: check_spans(with_spans, corpus, some, texts),
        "relays": lambda some: relay_checks.check_wordings(tables["relays"], corpus, some),
    }
    if not has_passages:
        del checks["passages"]
    if FRAGMENTS in tables:
        checks[FRAGMENTS] = lambda some: check_fragments(tables[FRAGMENTS], corpus, some)
    read = {table.name for table in with_spans} | {"passages", *checks} & set(tables)
    rule = repr(load_settings(project().settings).passages)
    checked = {name: table for name, table in tables.items() if name in read}
    digests = digest_sources(passed, checked, corpus, texts, rule, repr(list(checks)))
    changed = [key for key in texts if not passed.has_passed(digests[key])]
    faults: dict[str, list[Fault]] = {name: [] for name in checks}
    for first in range(0, len(changed), BATCH):
        batch = {key: texts[key] for key in changed[first : first + BATCH]}
        found = {name: list(check(batch)) for name, check in checks.items()}
        if not any(found.values()):
            passed.note(digests[key] for key in batch)
        for name, of_batch in found.items():
            faults[name] += of_batch
    return itertools.chain.from_iterable(faults.values())


def _describe_missing(missing: list[str], sources: int) -> str:
    """Say in short of which sources no text is at hand, and how to see all of them."""
    names = ", ".join(missing[:MAX_MISSING])
    if len(missing) > MAX_MISSING:
        names += ", …; `claimbook source list --missing` lists them"
    return f"no text at hand of {len(missing)} of {sources} sources: {names}"
