"""What a coder says in words of their own, held against the text of its source."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from claimbook.corpus import schema
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.sheets.columns import SOURCE, SOURCES
from claimbook.texts.source_texts import SourceText, find_texts
from claimbook.texts.verbatim import allowed_phrases, find_copied_runs
from claimbook.texts.word_runs import LENGTH, RunIndex

Raw = Mapping[str, pd.DataFrame]  # the rows of each table as text cells, named by their position
OWN_WORDS = ("paraphrase", "denies")  # columns that must not copy the text


class OwnWords:
    """The texts that a coder's own words must not copy."""

    def __init__(
        self, tables: dict[str, schema.Table], raw: Raw, texts: Mapping[str, SourceText]
    ) -> None:
        """Prepare to hold cells against texts.

        Args:
            tables: The schema.
            raw: The rows of all tables, whose names and titles do not count as copied.
            texts: The texts by source id.
        """
        self._tables, self._raw = tables, raw
        self._runs = {key: RunIndex({key: text}) for key, text in texts.items()}
        self._allowed: list[list[str]] | None = None

    def find_faults(self, cells: Mapping[str, str], source_id: str) -> list[Fault]:
        """Find where a row repeats too many words of its source; one fault for each run.

        Args:
            cells: The row.
            source_id: Its source.

        Returns:
            The faults, with column and value but without a place.
        """
        own = {name: cells.get(name, "") for name in OWN_WORDS}
        own = {name: words for name, words in own.items() if len(words.split()) >= LENGTH}
        if not own or source_id not in self._runs:
            return []
        if self._allowed is None:
            self._allowed = self._find_allowed()
        allowed = f"fewer than {LENGTH} words in a row of the text"
        return [
            Fault("", "", column, run, allowed, "say it in other words")
            for column, words in own.items()
            for _, run, _ in find_copied_runs(words, self._runs[source_id], self._allowed)
        ]

    def _find_allowed(self) -> list[list[str]]:
        """List what does not count as copied: names, titles and formulae."""
        actors, places, sources = (
            schema.to_typed(self._tables[name], self._raw[name])
            for name in ("actors", "places", SOURCES)
        )
        formulae = load_settings(project().settings).prose.formulae
        return allowed_phrases(actors, places, sources, formulae)


def find_copied(tables: dict[str, schema.Table], raw: Raw, rows: pd.DataFrame) -> list[Fault]:
    """Find the cells of coded rows that copy the text of their source.

    Args:
        tables: The schema.
        raw: The rows of all tables.
        rows: The coded rows, named by their position in a sheet.
    """
    named = raw[SOURCES][raw[SOURCES][SOURCE].isin(set(rows[SOURCE]))]
    own = OwnWords(tables, raw, find_texts(schema.to_typed(tables[SOURCES], named)))
    return [
        replace(fault, file=position.file, key=position.place, row=position)
        for position, row in rows.iterrows()
        for fault in own.find_faults(row, row[SOURCE])
    ]
