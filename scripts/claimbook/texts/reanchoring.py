"""Carry the stored spans of sources over to the copies of their texts at hand.

What is found for certain is written, in all tables at once; the rest is listed for a person to
decide. The words of the texts are shown, and never written to a file.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.corpus import model
from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError, Fault
from claimbook.texts.anchors import COLUMNS, Selector, make_selector
from claimbook.texts.finder import Match
from claimbook.texts.passages import count_body_words
from claimbook.texts.renamed_texts import find_renamed
from claimbook.texts.source_texts import SourceText, find_readable_texts
from claimbook.texts.stored_spans import StoredSpan, has_spans, locate_spans, read_spans

SOURCES = "sources"
COMMAND = "claimbook reanchor"
MIN_FOUND = 0.5  # the share of its spans that a changed text must have to be the same article


@dataclass(frozen=True)
class Located:
    """A stored span, and what was found of it in the text at hand.

    Attributes:
        span: The span.
        match: Where it stands.
        current: The wording that stands there; empty where the span is missing.
        is_accepted: Whether a person has accepted what stands there.
    """

    span: StoredSpan
    match: Match
    current: str
    is_accepted: bool

    @property
    def is_written(self) -> bool:
        """Whether the row takes the new place."""
        return self.match.status == "moved" or self.is_accepted

    @property
    def can_be_accepted(self) -> bool:
        """Whether a person may accept what stands there."""
        return self.match.status in ("changed", "unclear") and self.match.words > 0


@dataclass(frozen=True)
class SourceResult:
    """What was found of one source.

    Attributes:
        text: The text at hand.
        file: The file of the text, which may have another name than the table says.
        spans: Its spans, in the order of the tables.
        changes: The cells of its row in `sources` that change, by column.
        is_certain: Whether the text is certainly a copy of the annotated one, or a person has
            accepted it. Without that, nothing is written.
    """

    text: SourceText
    file: str
    spans: list[Located]
    changes: dict[str, str]
    is_certain: bool

    def count(self) -> Counter[str]:
        """Count the spans by status."""
        return Counter(located.match.status for located in self.spans)


class Reanchoring:
    """The search for all stored spans, and the rows that follow from it.

    Attributes:
        texts: The texts at hand, by source id.
        absent: The sources of which there is no text.
        unreadable: The faults of the texts that cannot be read.
    """

    def __init__(
        self, folder: Path, source_ids: Collection[str] = (), accepted: Collection[str] = ()
    ) -> None:
        """Read the tables and the texts.

        Args:
            folder: The folder of the tables.
            source_ids: The sources to look at; all where it is empty.
            accepted: The keys of changed rows, and the ids of sources, that a person accepts.

        Raises:
            CorpusError: The tables have faults, or have no such source.
        """
        self._folder, self._accepted = folder, set(accepted)
        self._raw = model.read_sound_tables(folder)
        sources = self._raw[SOURCES].set_index("source_id", drop=False)
        allowed = "a source_id of the table of sources"
        unknown = [name for name in source_ids if name not in sources.index]
        if unknown:
            raise CorpusError([Fault(COMMAND, "SOURCE", "", name, allowed) for name in unknown])
        self._sources = sources
        chosen = sources.loc[list(dict.fromkeys(source_ids))] if source_ids else sources
        self._spans: dict[str, list[StoredSpan]] = {name: [] for name in sources.index}
        for table in model.read_schema(folder).values():
            if has_spans(table):
                for span in read_spans(table, self._raw[table.name]):
                    self._spans[span.source_id].append(span)
        self.texts, self.unreadable = find_readable_texts(chosen)
        missing = chosen.loc[[name for name in chosen.index if name not in self.texts]]
        selectors = {name: [span.selector for span in self._spans[name]] for name in missing.index}
        self._renamed = find_renamed(missing, sources["file"], selectors)
        self.texts |= {name: renamed.text for name, renamed in self._renamed.items()}
        self.absent = [name for name in chosen.index if name not in self.texts]

    def search(self, source_id: str) -> SourceResult:
        """Find the spans of a source that has a text at hand."""
        row, text = self._sources.loc[source_id], self.texts[source_id]
        renamed = self._renamed.get(source_id)
        matches = locate_spans(self._spans[source_id], text, int(row["characters"]))
        spans = []
        for span, match in matches.items():
            wording = text.content[match.start : match.end] if match.status != "missing" else ""
            accepted = match.words > 0 and span.key in self._accepted
            spans.append(Located(span, match, wording, accepted))
        found = sum(located.match.status in ("exact", "moved") for located in spans)
        is_copy = not renamed and found > 0 and found >= MIN_FOUND * len(spans)
        file = renamed.file if renamed else row["file"]
        changes = _source_changes(row, text, file)
        is_certain = text.same or is_copy or source_id in self._accepted
        return SourceResult(text, file, spans, changes, is_certain)

    def check_accepted(self, results: Iterable[SourceResult]) -> None:
        """Check that everything that a person accepts is there to be accepted.

        Args:
            results: What was found of each source.

        Raises:
            CorpusError: A key is neither that of a changed or unclear row nor of a source.
        """
        possible = set()
        for result in results:
            possible |= {located.span.key for located in result.spans if located.can_be_accepted}
            possible.add(result.text.source_id)
        allowed = "a row that is listed as changed or unclear, or a source"
        if unknown := sorted(self._accepted - possible):
            raise CorpusError([Fault(COMMAND, "--accept", "", name, allowed) for name in unknown])

    def write(self, results: Iterable[SourceResult]) -> list[Path]:
        """Write the new places of spans and what changed of their sources, all or nothing.

        Args:
            results: What was found of each source.

        Returns:
            The files that were written.

        Raises:
            OSError: A file cannot be written.
        """
        rows = {name: table.copy() for name, table in self._raw.items()}
        touched = set()
        for result in results:
            if not result.is_certain:
                continue
            for located in result.spans:
                if located.is_written:
                    touched.add(located.span.table)
                    start, end = located.match.start, located.match.end
                    selector = make_selector(result.text.content, start, end)
                    _set_selector(rows[located.span.table], located.span.row, selector)
            for column, cell in result.changes.items():
                touched.add(SOURCES)
                number = self._sources.index.get_loc(result.text.source_id)
                rows[SOURCES].iat[number, rows[SOURCES].columns.get_loc(column)] = cell
        files: dict[str, pd.DataFrame] = {}
        for name in touched:
            by_file = rows[name].groupby([position.file for position in rows[name].index])
            files |= {str(file): part for file, part in by_file}
        return write_tables(files, self._folder) if files else []


def _set_selector(rows: pd.DataFrame, number: int, selector: Selector) -> None:
    """Write a selector into those of its columns that a table has."""
    for name in COLUMNS:
        if name in rows.columns:
            rows.iat[number, rows.columns.get_loc(name)] = str(getattr(selector, name))


def _source_changes(row: pd.Series, text: SourceText, file: str) -> dict[str, str]:
    """List the cells of a source's row that are wrong for the text at hand."""
    right = {"file": file}
    if not text.same:
        right["sha256"] = hashlib.sha256(text.content.encode()).hexdigest()
        right["characters"] = str(len(text.content))
        right["words"] = str(len(text.index.words))
        right["body_words"] = str(count_body_words(text.content))
    return {name: cell for name, cell in right.items() if row[name] != cell}
