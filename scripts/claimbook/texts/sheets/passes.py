"""Independent passes of coders, from their sheets: added, extended, removed."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.paths import project
from claimbook.texts.sheets import row_checks
from claimbook.texts.sheets.anchoring import anchor_rows, number_rows
from claimbook.texts.sheets.columns import (
    CODERS,
    PASSES,
    SETTLEMENTS,
    SOURCE,
    SOURCES,
)
from claimbook.texts.sheets.matching import find_repeated
from claimbook.texts.sheets.own_words import find_copied
from claimbook.texts.sheets.reader import SheetReader


class PassWriter:
    """Changes the pass of one coder in the tables of a folder."""

    def __init__(self, coder: str, folder: Path | None = None) -> None:
        """Read the tables.

        Args:
            coder: The name of the pass.
            folder: The folder of the tables; by default that of the project.

        Raises:
            CorpusError: The tables have faults, or this is no name of a pass.
        """
        self._coder, self._folder = coder, folder or project().data
        self._raw = model.read_sound_tables(self._folder)
        self._tables = model.read_schema(self._folder)
        if not schema.SLUG.fullmatch(coder):
            self._refuse("a name in small letters, digits and hyphens")
        self._table = self._tables[PASSES]
        self._file = f"coding/{coder}.csv"
        self._exists = self._file in self._table.files
        self._rows = self._raw[PASSES][self._raw[PASSES]["coder"] == coder]

    def _refuse(self, allowed: str, hint: str = "") -> None:
        fault = Fault(self._tables[PASSES].file, "", "coder", self._coder, allowed, hint)
        raise CorpusError([fault])

    def add(self, files: Sequence[Path], only: Collection[str] = ()) -> list[str]:
        """Add the pass from filled sheets.

        Args:
            files: The files of the sheets.
            only: The ids of the sources to take; empty for all.

        Returns:
            The ids of its sources.

        Raises:
            CorpusError: There is such a pass already, nothing is filled in, or there are faults;
                with every one. Then nothing is written.
        """
        if self._exists:
            self._refuse("the name of a new pass", "`claimbook pass extend` adds sources to it")
        return self._write(self._coded_rows(files, only))

    def extend(self, files: Sequence[Path], only: Collection[str] = ()) -> list[str]:
        """Add sources to the pass; the rows of those that it has stay as they are.

        Args:
            files: The files of the sheets.
            only: The ids of the sources to take; empty for all.

        Returns:
            The ids of the new sources.

        Raises:
            CorpusError: There is no such pass, nothing new is filled in, or there are faults; with
                every one. Then nothing is written.
        """
        self._require()
        rows = self._coded_rows(files, only, without=set(self._rows[SOURCE]))
        return self._write(rows)

    def check(self, files: Sequence[Path]) -> None:
        """Check filled sheets as `add` and `extend` do, without writing.

        Args:
            files: The files of the sheets.

        Raises:
            CorpusError: Nothing is filled in, or there are faults; with every one.
        """
        self._coded_rows(files, ())

    @property
    def sources(self) -> set[str]:
        """The ids of the sources that the pass has."""
        return set(self._rows[SOURCE])

    @property
    def exists(self) -> bool:
        """Whether there is such a pass."""
        return self._exists

    @property
    def settlements(self) -> int:
        """How many rows of the table of settlements are on differences of the pass."""
        return int(self._is_settled().sum())

    def _is_settled(self) -> "pd.Series[bool]":
        """Tell for each settlement whether it is on a difference of the pass."""
        rows = self._raw[SETTLEMENTS]
        return (rows["first_pass"] == self._coder) | (rows["second_pass"] == self._coder)

    def remove(self) -> None:
        """Remove the pass: its file, and what the other tables say of it.

        Raises:
            CorpusError: There is no such pass, or it is the only one.
        """
        self._require()
        if self._table.files == [self._file]:
            self._refuse("one of several passes: the table needs one")
        coders, settled = self._raw[CODERS], self._raw[SETTLEMENTS]
        tables = {CODERS: coders[coders["coder"] != self._coder]}
        if self.settlements:
            tables[SETTLEMENTS] = settled[~self._is_settled()]
        others = {project().datapackage.name: self._describe(remove=True), self._file: None}
        write_tables(tables, self._folder, others)

    def _require(self) -> None:
        """Refuse a name that no pass has."""
        if not self._exists:
            names = ", ".join(Path(file).stem for file in self._table.files)
            self._refuse(f"a pass: {names}")

    def _coded_rows(
        self, files: Sequence[Path], only: Collection[str], without: Collection[str] = ()
    ) -> pd.DataFrame:
        """Read, check, anchor and number the rows of sheets.

        Args:
            files: The files of the sheets.
            only: The sources to take; empty for all.
            without: The sources to leave out.
        """
        reader = SheetReader(self._tables, self._raw[SOURCES], PASSES)
        sheets = reader.read_all(files)
        rows = pd.concat([sheet.rows for sheet in sheets]) if sheets else pd.DataFrame()
        if not rows.empty:
            rows = rows[~rows[SOURCE].isin(list(without))]
        if only and not rows.empty:
            rows = rows[rows[SOURCE].isin(list(only))]
        if rows.empty and not reader.faults:
            self._refuse("filled sheets: nothing is filled in")
        if rows.empty:
            raise CorpusError(reader.faults)
        faults = row_checks.find_empty(rows, ["span"])
        anchored, of_anchors = anchor_rows(self._tables, self._raw, rows[rows["span"] != ""])
        faults += row_checks.check_coded(self._tables, self._raw, PASSES, rows)
        faults += of_anchors + find_repeated(self._table, anchored)
        faults += find_copied(self._tables, self._raw, rows)
        ids = number_rows(anchored, self._raw[SOURCES], self._rows["claim_id"])
        coded = anchored.assign(coder=self._coder, claim_id=list(ids.values()))
        coded = coded[self._table.columns]
        faulty = {fault.row for fault in faults if fault.row}
        faults += self._check_rules(coded[~coded.index.isin(list(faulty))])
        if faults or reader.faults:
            raise CorpusError(row_checks.in_order(faults, reader.faults))
        return coded

    def _check_rules(self, rows: pd.DataFrame) -> list[Fault]:
        """Find the faults across columns and tables that the rows of the pass bring."""
        changed = {PASSES: pd.concat([self._raw[PASSES], rows]), **self._coders()}
        keys = [f"{self._coder}/{claim_id}" for claim_id in rows["claim_id"]]
        positions: dict[tuple[str, str], RowPosition] = {}
        for file in (self._table.file, self._file):
            positions |= dict(zip(((file, key) for key in keys), rows.index, strict=True))
        faults, _ = row_checks.check_against_rules(
            {**self._raw, **changed}, self._raw, positions, self._folder
        )
        return faults

    def _coders(self) -> dict[str, pd.DataFrame]:
        """Return the table of coders with this one, where it is new."""
        if self._exists:
            return {}
        known = self._raw[CODERS]
        row = dict.fromkeys(known.columns, "")
        row |= {"coder": self._coder, "codebook": str(model.CODEBOOK)}
        position = RowPosition(self._tables[CODERS].file, len(known) + 2)
        return {CODERS: pd.concat([known, pd.DataFrame([row], index=[position])])}

    def _write(self, rows: pd.DataFrame) -> list[str]:
        """Write the pass with new rows; return their sources."""
        others = {} if self._exists else {project().datapackage.name: self._describe()}
        written = {self._file: pd.concat([self._rows, rows]), **self._coders()}
        write_tables(written, self._folder, others)
        return list(dict.fromkeys(rows[SOURCE]))

    def _describe(self, remove: bool = False) -> bytes:
        """Return the schema in which the table `passes` names the file, or no longer does."""
        package = json.loads((self._folder / project().datapackage.name).read_text("utf-8"))
        for resource in package["resources"]:
            if resource["name"] == PASSES and remove:
                resource["path"].remove(self._file)
            elif resource["name"] == PASSES:
                resource["path"].append(self._file)
        return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()
