"""Reads filled sheets, whatever program saved them: CSV, a workbook, or JSON lines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.spreadsheet import read_spreadsheet
from claimbook.corpus.validation import suggestions
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.texts.sheets.columns import (
    CLAIMS,
    OMITTED,
    QUOTED,
    SHOWN,
    SIDE_TABLES,
    SOURCE,
    Sheet,
    coded_columns,
    sheet_columns,
)
from claimbook.texts.sheets.json_lines import read_json_lines

CODE = "code"  # a column that may stand in place of the source's id
OPTIONAL = {"claim_id", SOURCE, CODE, *QUOTED, *OMITTED, SHOWN} - {"span"}
GIVEN = {SOURCE, CODE, "claim_id", "passage", SHOWN}  # a row with nothing else is not coded
COPY = re.compile(r"(?:[ _-]*(?:\(\d+\)|copy))+\Z", re.IGNORECASE)
JSON_LINES = (".jsonl", ".ndjson")
ENDINGS = (".csv", ".xlsx", ".ods", ".xls", ".tsv")


class SheetReader:
    """Reads the files of sheets, and notes their faults.

    Attributes:
        faults: The faults of all files read so far.
    """

    def __init__(
        self, tables: dict[str, schema.Table], sources: pd.DataFrame, name: str = CLAIMS
    ) -> None:
        """Prepare to read.

        Args:
            tables: The schema.
            sources: The rows of the table `sources`, as text cells.
            name: The table that the sheets become, `claims` or `passes`.
        """
        self.faults: list[Fault] = []
        self._tables, self._name = tables, name
        table = tables[name]
        types = {field.name: field.type for field in table.fields}
        columns = [*sheet_columns(table), CODE, SHOWN]
        self._types = {column: types.get(column, "string") for column in columns}
        self._further: dict[Path, dict[str, pd.DataFrame]] = {}  # by folder, then by table
        self._ids: dict[str, str] = {}
        for code, source_id in zip(sources[CODE], sources[SOURCE], strict=True):
            self._ids |= dict.fromkeys((code.lower(), source_id.lower()), source_id)

    def read_all(self, files: Iterable[Path]) -> list[Sheet]:
        """Read filled sheets; of two with the same name, error lines name the whole path.

        Files that are named after other tables are read with the sheets beside them.
        """
        given = list(dict.fromkeys(files))
        files = [file for file in given if file.stem not in SIDE_TABLES]
        if not files:
            allowed = "a sheet of claims, with which the rows of other tables go in"
            self.faults += [Fault(file.name, "", "", file.stem, allowed) for file in given]
        names = [file.name for file in files]
        return [
            self.read(file, str(file) if names.count(file.name) > 1 else file.name)
            for file in files
        ]

    def read(self, file: Path, label: str) -> Sheet:
        """Read a filled sheet, and the rows for other tables on its tabs or beside it.

        Args:
            file: The file.
            label: The file, as error lines name it.
        """
        further = dict(self.read_beside(file.parent))
        if file.suffix.lower() in JSON_LINES:
            try:
                return self.to_sheet(read_json_lines(file, label), label, file.stem, further)
            except CorpusError as error:
                self.faults += error.faults
                return self.to_sheet(pd.DataFrame(dtype=str), label)
        frame = self._read_rows(file, self._types, OPTIONAL, label)
        for name in SIDE_TABLES:
            if not (rows := self._read_side(file, name, tab=name)).empty:
                further[name] = pd.concat([further[name], rows]) if name in further else rows
        return self.to_sheet(frame, label, file.stem, further)

    def to_sheet(
        self,
        frame: pd.DataFrame,
        label: str,
        stem: str = "",
        further: Mapping[str, pd.DataFrame] | None = None,
    ) -> Sheet:
        """Make a sheet of text cells, and note the columns that are unknown.

        Args:
            frame: The rows, named by their position.
            label: The file, as error lines name it.
            stem: The name of the file without its ending: the source of rows that name none.
            further: The rows for other tables, by table.
        """
        table = self._tables[self._name]
        for name in frame:
            if name not in self._types:
                hint = suggestions.suggest_name(name, list(self._types))
                self.faults.append(Fault(label, "", "", name, "a column of the sheet", hint))
        rows = frame.reindex(columns=list(self._types), fill_value="")
        coded = ["span", *coded_columns(table), *OMITTED]
        rows = rows[(rows[coded] != "").any(axis="columns")]
        named = rows[SOURCE].where(rows[SOURCE] != "", rows[CODE])
        named = named.where(named != "", COPY.sub("", stem))
        source_ids = [self._ids.get(name.lower(), name) for name in named]
        return Sheet(
            label, rows.assign(**{SOURCE: source_ids})[sheet_columns(table)], dict(further or {})
        )

    def read_beside(self, folder: Path) -> dict[str, pd.DataFrame]:
        """Read the files of a folder that are named after other tables."""
        if folder not in self._further:
            self._further[folder] = {}
            for name in SIDE_TABLES:
                files = (folder / f"{name}{ending}" for ending in ENDINGS)
                for file in filter(Path.is_file, files):
                    self._further[folder][name] = self._read_side(file, name)
        return self._further[folder]

    def _read_side(self, file: Path, name: str, tab: str = "") -> pd.DataFrame:
        """Read rows for another table; none from a CSV where a tab is asked for."""
        types = {field.name: field.type for field in self._tables[name].fields}
        if tab and file.suffix.lower() not in ENDINGS[1:-1]:
            return pd.DataFrame(columns=list(types))
        return self._read_rows(file, types, (), file.name, tab)

    def _read_rows(
        self,
        file: Path,
        types: Mapping[str, str],
        optional: Iterable[str],
        label: str,
        tab: str = "",
    ) -> pd.DataFrame:
        """Read rows as text cells, and note the faults of the file."""

        def relabel(position: RowPosition) -> RowPosition:
            return replace(position, file=label)

        read = read_spreadsheet(file, types, set(optional), tab)
        self.faults += [
            replace(fault, file=label, row=fault.row and relabel(fault.row))
            for fault in read.faults
        ]
        return read.rows.set_axis(map(relabel, read.rows.index), axis="index")
