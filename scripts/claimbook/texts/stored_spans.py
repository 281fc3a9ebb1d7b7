"""The spans that tables store, and where their words stand in the texts at hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.texts.anchors import COLUMNS, Selector, make_selector
from claimbook.texts.finder import Match, find_spans
from claimbook.texts.source_texts import SourceText
from claimbook.texts.spans import apply_span_rule

CLAIMS = "claims"
REQUIRED = {"source_id", "start", "end", "words", "anchor"}
DESCRIBING = ("paraphrase", "finding", "reason")  # columns that say what a span is about
QUOTES = {"“": "”", "„": "“", "«": "»", "‘": "’", "‹": "›", '"': '"', "(": ")", "[": "]"}
CLOSING = frozenset("”’»›\"'.!?…)]")


@dataclass(frozen=True)
class StoredSpan:
    """A span in a row of a table.

    Attributes:
        table: The table.
        file: The file of the row.
        key: The key of the row, its columns joined by slashes.
        row: The position of the row among those that were read.
        source_id: The source.
        selector: Where the span stands, and the traces of its words.
        about: What the row says of it, in its own words.
    """

    table: str
    file: str
    key: str
    row: int
    source_id: str
    selector: Selector
    about: str = ""


def has_spans(table: Table) -> bool:
    """Whether the rows of a table have spans in the texts of sources."""
    return set(table.columns) >= REQUIRED


def read_spans(table: Table, rows: pd.DataFrame) -> list[StoredSpan]:
    """Read the spans of a table.

    Args:
        table: A table that `has_spans`.
        rows: Its rows without faults, as text cells or typed; keys as columns or as the index.
    """
    flat = rows if set(table.key) <= set(rows.columns) else rows.reset_index()
    hashed = [name for name in COLUMNS if name in table.columns]
    about = next((name for name in DESCRIBING if name in table.columns), None)
    columns = [*table.key, "source_id", *hashed, *([about] if about else [])]
    coders = {PurePosixPath(file).stem: file for file in table.files}
    spans = []
    for number, cells in enumerate(zip(*(flat[name] for name in columns), strict=True)):
        row = dict(zip(columns, cells, strict=True))
        numbers = (int(row["start"]), int(row["end"]), int(row["words"]))
        hashes = (row[name] for name in hashed[3:])
        spans.append(
            StoredSpan(
                table=table.name,
                file=coders.get(row.get("coder", ""), table.file),
                key="/".join(str(row[name]) for name in table.key),
                row=number,
                source_id=row["source_id"],
                selector=Selector(*numbers, *map(str, hashes)),
                about=str(row[about]) if about and pd.notna(row[about]) else "",
            )
        )
    return spans


def selector_of(claim: pd.Series) -> Selector:
    """Return the selector in a row of the table `claims`."""
    start, end, words = (int(claim[name]) for name in COLUMNS[:3])
    return Selector(start, end, words, *(claim[name] for name in COLUMNS[3:]))


def locate_all(
    tables: Iterable[Table], corpus: Corpus, texts: Mapping[str, SourceText]
) -> dict[StoredSpan, Match]:
    """Find all spans of tables in the texts at hand.

    Args:
        tables: Tables that have spans.
        corpus: Their rows.
        texts: The texts by source id.

    Returns:
        The match of each span whose source has a text, in the order of tables and rows.
    """
    spans = []
    for table in tables:
        rows = getattr(corpus, table.name).reset_index()
        spans += read_spans(table, rows[rows["source_id"].isin(list(texts))])
    by_source: dict[str, list[StoredSpan]] = defaultdict(list)
    for span in spans:
        by_source[span.source_id].append(span)
    matches: dict[StoredSpan, Match] = {}
    for source_id, text in texts.items():
        length = int(corpus.sources.loc[source_id, "characters"])
        matches |= locate_spans(by_source[source_id], text, length)
    return {span: matches[span] for span in spans if span in matches}


def locate_spans(
    spans: Iterable[StoredSpan], text: SourceText, length: int | None = None
) -> dict[StoredSpan, Match]:
    """Find the spans of one source in its text.

    Args:
        spans: The spans.
        text: The text of their source.
        length: The number of characters of the text that was annotated, if known.

    Returns:
        The match of each span. Offsets of moved and changed ones have the form of stored spans,
        with the punctuation that belongs to them.
    """
    spans = list(spans)
    matches = {span: Match("exact", span.selector.start, span.selector.end) for span in spans}
    if all(stands_exactly(text.content, span.selector) for span in spans):
        return matches
    found = find_spans(text.index, [span.selector for span in spans], length)
    for span, match in zip(spans, found, strict=True):
        if match.status in ("moved", "changed", "unclear"):
            start, end = _with_punctuation(text.content, span, match)
            matches[span] = Match(match.status, start, end, match.words, match.places)
        elif match.status == "missing":
            matches[span] = match
        elif not stands_exactly(text.content, span.selector):  # its words, but cut elsewhere
            start, end = _with_punctuation(text.content, span, match)
            matches[span] = Match("moved", start, end, match.words)
    return matches


def stands_exactly(text: str, selector: Selector) -> bool:
    """Whether the words of a selector are those at its offsets."""
    try:
        found = make_selector(text, selector.start, selector.end)
    except ValueError:
        return False
    return found.anchor == selector.anchor


def span_by_rule(text: str, span: StoredSpan) -> tuple[int, int]:
    """Return the offsets that a claim should have by the codebook's rule on spans.

    An opening mark before it is left out if the span does not hold the closing one, as in a
    quotation that goes on.

    Args:
        text: The text of its source.
        span: A span whose words stand at its offsets.
    """
    return _by_rule(text, span.selector.start, span.selector.end)


def _by_rule(text: str, start: int, end: int) -> tuple[int, int]:
    ruled_start, ruled_end = apply_span_rule(text, start, end)
    opening = text[ruled_start:start]
    if opening and not any(QUOTES.get(mark, mark) in text[start:ruled_end] for mark in opening):
        ruled_start = start
    return ruled_start, ruled_end


def _with_punctuation(text: str, span: StoredSpan, match: Match) -> tuple[int, int]:
    """Give the words that were found the punctuation that the stored span had.

    A claim ends by the rule on spans. Of the forms that any other span may have, the one whose
    length is nearest to that of the stored span is taken.
    """
    first, last = match.start, match.end
    if match.status == "changed" and not match.words:  # one end alone
        return first, last
    length = span.selector.end - span.selector.start
    ruled = apply_span_rule(text, first, last)
    if span.table == CLAIMS:
        starts, ends = _ordered(ruled[0], first), [ruled[1]]
        if ruled[0] == _by_rule(text, first, last)[0]:
            starts = [ruled[0]]
    else:
        starts = _ordered(ruled[0], first)
        ends = _ordered(ruled[1], last, _after_punctuation(text, last))
    forms = [
        (start, end)
        for start in starts
        for end in ends
        if match.status == "changed" or _words(text, start, end) == span.selector.anchor
    ]
    if not forms:  # the rule drops a number at the end that belongs to the stored words
        return first, last
    return min(forms, key=lambda form: abs(form[1] - form[0] - length))


def _words(text: str, start: int, end: int) -> str:
    return make_selector(text, start, end).anchor


def _ordered(*offsets: int) -> list[int]:
    return list(dict.fromkeys(offsets))


def _after_punctuation(text: str, end: int) -> int:
    """Return the offset after the closing punctuation that follows directly."""
    while end < len(text) and text[end] in CLOSING:
        end += 1
    return end
