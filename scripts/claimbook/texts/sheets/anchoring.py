"""From quotations to anchors: where the wording of each row of a sheet stands in its text."""

import re
from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault, RowPosition
from claimbook.texts.anchors import make_selector
from claimbook.texts.sheets.columns import COMPUTED, PASSAGES, SOURCE, SOURCES
from claimbook.texts.source_texts import SourceText, find_texts
from claimbook.texts.spans import QuotationIndex

Raw = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by their position
Span = tuple[int, int]  # offsets in characters, end exclusive
POSITIVE = re.compile(r"[1-9][0-9]{0,5}")
MAX_SHOWN = 240  # characters of a text in a hint
CONTEXT = 5  # words shown before each place of a wording that stands twice
MAX_PLACES = 5  # places shown of a wording that stands often


class Anchorer:
    """The texts in which quotations are looked for.

    Attributes:
        faults: What could not be found, one fault a row.
    """

    def __init__(
        self,
        texts: dict[str, SourceText],
        sources: pd.DataFrame,
        passages: pd.DataFrame,
    ) -> None:
        """Prepare to look in texts; each is indexed when it is first needed.

        Args:
            texts: The texts at hand, by source id.
            sources: The rows of the table `sources`, as text cells.
            passages: The rows of the table `passages`, as text cells.
        """
        self.faults: list[Fault] = []
        self._texts = texts
        self._files = dict(zip(sources[SOURCE], sources["file"], strict=True))
        self._indexes: dict[str, QuotationIndex] = {}
        self._passages: dict[str, dict[str, Span]] = {}  # by source, then by number
        for row in passages.itertuples():
            of_source = self._passages.setdefault(row.source_id, {})
            of_source[row.number] = int(row.start), int(row.end)

    def anchor(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Compute the anchors of rows; note a fault where a wording is not found.

        Args:
            rows: The rows of a sheet as text cells, named by their `RowPosition`.

        Returns:
            The rows whose wording was found, with the computed columns as text cells.
        """
        computed = {}
        absent: set[tuple[str, str]] = set()
        for row in rows.itertuples():
            source_id = row.source_id
            if source_id not in self._files:
                hint = suggestions.suggest_name(source_id, self._files)
                self._add(row.Index, SOURCE, source_id, "the id or code of a source", hint)
            elif source_id not in self._texts:
                if (row.Index.file, source_id) not in absent:
                    absent.add((row.Index.file, source_id))
                    allowed = "a source whose text is at hand"
                    hint = f"put {self._files[source_id]} where CORPUS_TEXTS points"
                    self._add(row.Index, SOURCE, source_id, allowed, hint)
            elif (span := self._find(row)) is not None:
                selector = make_selector(self._texts[source_id].content, *span)
                computed[row.Index] = {name: str(cell) for name, cell in asdict(selector).items()}
        found = pd.DataFrame.from_dict(computed, orient="index", columns=COMPUTED, dtype=str)
        found = found.reindex([position for position in rows.index if position in computed])
        return rows.loc[found.index].join(found)

    def _add(
        self, position: RowPosition, column: str, value: str, allowed: str, hint: str = ""
    ) -> None:
        key = position.place
        self.faults.append(Fault(position.file, key, column, value, allowed, hint, position))

    def _find(self, row: pd.Series) -> Span | None:
        """Find the one place that a row means; note a fault where that is not certain."""
        source_id = row.source_id
        if source_id not in self._indexes:
            self._indexes[source_id] = QuotationIndex(self._texts[source_id].content)
        index = self._indexes[source_id]
        within = self._passages.get(source_id, {}).get(row.passage)
        if row.passage and within is None:
            self._add_unknown_passage(row)
        spans = index.find(row.span)
        if not spans:
            self._add_not_found(row, index)
            return None
        if within and not row.nth and len(spans) > 1:
            spans = [span for span in spans if _inside(span, within)] or spans
        if within and not any(_overlap(span, within) for span in spans):
            self._add_other_passage(row, spans)
            return None
        if row.nth and not (POSITIVE.fullmatch(row.nth) and int(row.nth) <= len(spans)):
            allowed = f"a number from 1 to {len(spans)}" if len(spans) > 1 else "empty"
            self._add(row.Index, "nth", row.nth, f"{allowed}: the span stands {_times(spans)}")
            return None
        if len(spans) > 1 and not row.nth:
            places = [
                f"{number} after ‘{_last_words(index.text[:start])}’"
                for number, (start, _) in enumerate(spans[:MAX_PLACES], start=1)
            ]
            allowed = f"the span stands {_times(spans)}: say which, from 1"
            self._add(row.Index, "nth", "", allowed, "; ".join(places))
            return None
        span = spans[int(row.nth or 1) - 1]
        if within and not _overlap(span, within):
            self._add_other_passage(row, [span])
            return None
        return span

    def _add_unknown_passage(self, row: pd.Series) -> None:
        """Note that a source has no passage of the number that a row gives."""
        numbers = self._passages.get(row.source_id)
        allowed, hint = "empty", f"{row.source_id} has no passages"
        if numbers:
            allowed = f"the number of a passage of {row.source_id}"
            hint = f"the last has the number {max(map(int, numbers))}"
        self._add(row.Index, "passage", row.passage, allowed, hint)

    def _add_other_passage(self, row: pd.Series, spans: list[Span]) -> None:
        """Note that a wording stands outside the passage that a row gives."""
        numbers = self._passages[row.source_id].items()
        others = [number for number, place in numbers if any(_overlap(s, place) for s in spans)]
        hint = f"the span stands in passage {' and '.join(others)}" if others else ""
        hint = hint or "the span stands in no passage"
        self._add(row.Index, "passage", row.passage, "a passage in which the span stands", hint)

    def _add_not_found(self, row: pd.Series, index: QuotationIndex) -> None:
        """Note that a wording stands nowhere, and show the passage that resembles it most."""
        nearest = index.nearest(row.span)
        hint = ""
        if nearest is not None:
            text = _one_line(index.text[nearest.start : nearest.end])
            hint = f"nearest, {nearest.likeness:.0f} % alike: ‘{text}’"
        self._add(row.Index, "span", row.span, f"a wording that stands in {row.source_id}", hint)


def anchor_rows(
    tables: dict[str, schema.Table], raw: Raw, rows: pd.DataFrame
) -> tuple[pd.DataFrame, list[Fault]]:
    """Anchor rows of sheets in the texts at hand.

    Args:
        tables: The schema.
        raw: The rows of all tables, as text cells.
        rows: The rows of sheets.

    Returns:
        The rows whose wording was found, with the computed columns; and a fault for each other.
    """
    sources = raw[SOURCES]
    named = schema.to_typed(tables[SOURCES], sources[sources[SOURCE].isin(set(rows[SOURCE]))])
    anchorer = Anchorer(find_texts(named), sources, raw[PASSAGES])
    return anchorer.anchor(rows), anchorer.faults


def number_rows(
    rows: pd.DataFrame, sources: pd.DataFrame, used: Iterable[str]
) -> dict[RowPosition, str]:
    """Give rows the next ids of their sources, in the order of the text.

    Args:
        rows: Anchored rows.
        sources: The rows of the table `sources`, as text cells.
        used: The ids that were ever used; their numbers are not used again.
    """
    last: dict[str, int] = {}
    for claim_id in used:
        code, _, number = claim_id.rpartition("-")
        if number.isdigit():
            last[code] = max(last.get(code, 0), int(number))
    codes = dict(zip(sources[SOURCE], sources["code"], strict=True))
    spans = zip(rows["start"].map(int), rows["end"].map(int), strict=True)
    ids = {}
    for _, position in sorted(zip(spans, rows.index, strict=True), key=lambda pair: pair[0]):
        code = codes[rows.at[position, SOURCE]]
        last[code] = last.get(code, 0) + 1
        ids[position] = f"{code}-{last[code]:02d}"
    return {position: ids[position] for position in rows.index}


def _overlap(span: Span, passage: Span) -> int:
    """Count the characters that a span has in a passage."""
    return max(0, min(span[1], passage[1]) - max(span[0], passage[0]))


def _inside(span: Span, passage: Span) -> bool:
    """Whether the greater part of a span lies in a passage."""
    return _overlap(span, passage) * 2 > span[1] - span[0]


def _times(spans: list[Span]) -> str:
    return "once" if len(spans) == 1 else f"{len(spans)} times"


def _last_words(text: str) -> str:
    """Return the last words of a text."""
    return " ".join(text[-MAX_SHOWN:].split()[-CONTEXT:])


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
