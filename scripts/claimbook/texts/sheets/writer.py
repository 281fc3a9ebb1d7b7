"""Writes the sheets that a coder fills in, as CSV and as a workbook."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from claimbook.corpus import schema
from claimbook.texts.sheets.columns import (
    CLAIMS,
    OMITTED,
    PASSAGES,
    SHOWN,
    SOURCE,
    SOURCES,
    coded_columns,
)
from claimbook.texts.sheets.guide import describe_columns, offer_values, side_tables
from claimbook.texts.sheets.reader import SheetReader
from claimbook.texts.sheets.workbook import make_workbook
from claimbook.texts.source_texts import SourceText

Raw = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by their position
BY_PASSAGES = "passages"  # the scope of a source of which only passages are coded


class WrittenSheet(NamedTuple):
    """A file of a sheet.

    Attributes:
        file: The file.
        kept: Whether it was filled in already, and so left as it is.
    """

    file: Path
    kept: bool


class SheetWriter:
    """Writes sheets for the sources of a corpus."""

    def __init__(
        self, tables: dict[str, schema.Table], raw: Raw, texts: dict[str, SourceText], name: str
    ) -> None:
        """Prepare to write.

        Args:
            tables: The schema.
            raw: The rows of all tables, as text cells.
            texts: The texts at hand, by source id.
            name: The table that the sheets become, `claims` or `passes`.
        """
        self._tables, self._raw, self._texts, self._name = tables, raw, texts, name
        self._side = side_tables(name)
        self._described = describe_columns(tables, name)
        self._offered = offer_values(tables, raw, name)

    def write(self, source_ids: Iterable[str], folder: Path) -> list[WrittenSheet]:
        """Write a CSV and a workbook for each source, but over no filled one.

        Args:
            source_ids: The sources.
            folder: The folder, which need not exist.

        Returns:
            The files, those of a source together.
        """
        folder.mkdir(parents=True, exist_ok=True)
        sources = self._raw[SOURCES].set_index(SOURCE)
        written = []
        for source_id in source_ids:
            rows = self._rows(source_id, sources.loc[source_id])
            tabs = {self._name: rows}
            tabs |= {name: pd.DataFrame(columns=self._tables[name].columns) for name in self._side}
            contents = {
                ".csv": _to_csv(rows),
                ".xlsx": make_workbook(tabs, self._described, self._offered),
            }
            for ending, content in contents.items():
                file = folder / f"{sources.loc[source_id, 'code']}{ending}"
                kept = self._is_filled(file)
                if not kept:
                    file.write_bytes(content)
                written.append(WrittenSheet(file, kept))
        return written

    def _is_filled(self, file: Path) -> bool:
        """Whether a file holds anything coded, or cannot be read."""
        if not file.exists():
            return False
        reader = SheetReader(self._tables, self._raw[SOURCES], self._name)
        sheet = reader.read(file, file.name)
        return len(sheet.rows) > 0 or any(map(len, sheet.further.values())) or bool(reader.faults)

    def _rows(self, source_id: str, source: pd.Series) -> pd.DataFrame:
        """Return the rows of a new sheet: the passages to be coded, where there are any."""
        own = self._name == CLAIMS
        coded = ["span", "nth", *coded_columns(self._tables[self._name])]
        if source.get("scope") != BY_PASSAGES:
            return pd.DataFrame(columns=[*coded, *(["claim_id"] if own else [])])
        columns = ["passage", SHOWN, *coded, *([*OMITTED, "claim_id"] if own else [])]
        passages = self._raw[PASSAGES]
        passages = passages[passages[SOURCE] == source_id]
        if own:
            passages = passages[[self._is_open(passage) for _, passage in passages.iterrows()]]
        text = self._texts.get(source_id)
        shown = [
            " ".join(text.content[int(start) : int(end)].split()) if text else ""
            for start, end in zip(passages["start"], passages["end"], strict=True)
        ]
        rows = pd.DataFrame({"passage": passages["number"], SHOWN: shown}, dtype=str)
        return rows.reindex(columns=columns, fill_value="")

    def _is_open(self, passage: pd.Series) -> bool:
        """Whether a passage has neither a claim nor a reason for having none."""
        claims = self._raw[CLAIMS]
        claims = claims[claims[SOURCE] == passage[SOURCE]]
        first, last = int(passage["start"]), int(passage["end"])
        overlaps = (claims["start"].astype(int) < last) & (claims["end"].astype(int) > first)
        return not passage["reason"] and not overlaps.any()


def _to_csv(rows: pd.DataFrame) -> bytes:
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows([list(rows), *rows.to_numpy()])
    return content.getvalue().encode()
