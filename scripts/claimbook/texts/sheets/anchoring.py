"""From quotations to anchors: where the wording of each row of a sheet stands in its text."""

import re
from dataclasses import asdict

import pandas as pd

from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault, RowPosition
from claimbook.texts.anchors import make_selector
from claimbook.texts.sheets.columns import COMPUTED, SOURCE
from claimbook.texts.source_texts import SourceText
from claimbook.texts.spans import QuotationIndex

Span = tuple[int, int]  # offsets in characters, end exclusive
POSITIVE = re.compile(r"[1-9][0-9]{0,5}")
MAX_SHOWN = 240  # characters of a text in a hint
CONTEXT = 30  # characters shown before each place of a wording that stands twice


class Anchorer:
    """The texts in which quotations are looked for.

    Attributes:
        faults: What could not be found, one fault a row.
    """

    def __init__(
        self,
        texts: dict[str, SourceText],
        sources: pd.DataFrame,
        passages: pd.DataFrame | None = None,
    ) -> None:
        """Prepare to look in texts; each is indexed when it is first needed.

        Args:
            texts: The texts at hand, by source id.
            sources: The rows of the table `sources`, as text cells.
            passages: The rows of the table `passages`, as text cells; None where there are none.
        """
        self.faults: list[Fault] = []
        self._texts = texts
        self._files = dict(zip(sources[SOURCE], sources["file"], strict=True))
        self._indexes: dict[str, QuotationIndex] = {}
        self._passages: dict[tuple[str, str], Span] = {}
        if passages is not None:
            for row in passages.itertuples():
                if row.start.isdigit() and row.end.isdigit():
                    self._passages[row.source_id, row.number] = int(row.start), int(row.end)

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
        key = f"line {position.line}"
        self.faults.append(Fault(position.file, key, column, value, allowed, hint, position))

    def _find(self, row: pd.Series) -> Span | None:
        """Find the one place that a row means; note a fault where that is not certain."""
        source_id, passage = row.source_id, row.passage
        if source_id not in self._indexes:
            self._indexes[source_id] = QuotationIndex(self._texts[source_id].content)
        index = self._indexes[source_id]
        spans = index.find(row.span)
        if not spans:
            self._add_not_found(row, index)
            return None
        if passage and len(spans) > 1 and not row.nth:
            within = self._passages.get((source_id, passage))
            spans = [span for span in spans if within and _inside(span, within)] or spans
        if row.nth and not (POSITIVE.fullmatch(row.nth) and int(row.nth) <= len(spans)):
            count = f"a number from 1 to {len(spans)}" if len(spans) > 1 else "empty"
            self._add(row.Index, "nth", row.nth, f"{count}: the span stands {_times(spans)}")
            return None
        if len(spans) > 1 and not row.nth:
            before = [index.text[max(0, start - CONTEXT) : start] for start, _ in spans]
            places = [f"{n} after ‘{_one_line(text)}’" for n, text in enumerate(before, start=1)]
            allowed = f"the span stands {_times(spans)}: say which, from 1"
            self._add(row.Index, "nth", "", allowed, "; ".join(places[:5]))
            return None
        return spans[int(row.nth or 1) - 1]

    def _add_not_found(self, row: pd.Series, index: QuotationIndex) -> None:
        """Note that a wording stands nowhere, and show the passage that resembles it most."""
        nearest = index.nearest(row.span)
        hint = ""
        if nearest is not None:
            text = _one_line(index.text[nearest.start : nearest.end])
            hint = f"nearest, {nearest.likeness:.0f} % alike: ‘{text}’"
        self._add(row.Index, "span", row.span, f"a wording that stands in {row.source_id}", hint)


def _inside(span: Span, passage: Span) -> bool:
    """Whether the greater part of a span lies in a passage."""
    shared = min(span[1], passage[1]) - max(span[0], passage[0])
    return shared * 2 > span[1] - span[0]


def _times(spans: list[Span]) -> str:
    return "once" if len(spans) == 1 else f"{len(spans)} times"


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
