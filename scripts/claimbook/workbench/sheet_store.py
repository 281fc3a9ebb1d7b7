"""The coder's sheet on disk: every change is written at once, and no other's work is lost."""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.atomic_files import replace_files, settled
from claimbook.corpus.table_writer import render_rows
from claimbook.errors import CorpusError, Fault
from claimbook.texts.sheets.columns import CLAIMS, SOURCE, Sheet, sheet_columns
from claimbook.texts.sheets.guide import side_tables
from claimbook.texts.sheets.reader import CODE, ENDINGS, SheetReader
from claimbook.workbench.history import Cells
from claimbook.workbench.imported_rows import move_imported_rows

KEPT = ".workbench"  # the folder, in that of the sheets, of histories and of copies
ROWS = "rows"  # the sheet itself among the tables of a session


class Stored(NamedTuple):
    """What is on disk.

    Attributes:
        tables: The rows of the sheet (`ROWS`) and of the tables beside it, by table, then by a key
            that the session gives.
        kept: What the last session left beside them, such as its history; empty where the files
            have changed since.
    """

    tables: dict[str, dict[str, Cells]]
    kept: dict[str, Any]


class SheetStore:
    """Reads and writes the sheet of one source and coder, with the tables beside it.

    Attributes:
        file: The sheet.
        taken_in: How many rows of imports the last reading moved into the sheet, by the name of
            the sheet in which they waited.
    """

    def __init__(
        self,
        folder: Path,
        code: str,
        tables: dict[str, schema.Table],
        sources: pd.DataFrame,
        name: str,
    ) -> None:
        """Prepare to read.

        Args:
            folder: The folder of the coder's sheets, which need not exist.
            code: The code of the source.
            tables: The schema.
            sources: The rows of the table `sources`, as text cells.
            name: The table that the sheet becomes, `claims` or `passes`.
        """
        self.file = folder / f"{code}.csv"
        self._folder, self._code = folder, code
        self._schema, self._sources, self._name = tables, sources, name
        self._digests: dict[str, str] = {}
        self.taken_in: dict[str, int] = {}

    @property
    def _state_name(self) -> str:
        return f"{KEPT}/{self._code}.json"

    def columns(self, table: str) -> list[str]:
        """List the columns of the sheet, or of a table beside it."""
        if table == ROWS:
            return sheet_columns(self._schema[self._name])
        return list(self._schema[table].columns)

    def read(self) -> Stored:
        """Read what is on disk.

        Rows of the source that wait in sheets of imports are moved into its own first. They wait on
        where the source cannot be opened, or the folder cannot be written.

        Raises:
            CorpusError: A file cannot be read as a sheet, or another program's file of the same
                source is filled in; with every fault.
        """
        reader = SheetReader(self._schema, self._sources, self._name)
        with settled(self._folder):
            self._refuse_other_files(reader)
        if not reader.faults:
            self._take_in_imports()
        with settled(self._folder):
            sheet = self._read_sheet(reader)
            state = self._read_state()
            self._digests = {name: self._digest(name) for name in self._file_names()}
        if reader.faults:
            raise CorpusError(reader.faults)
        kept = state if state.get("digests") == self._digests else {}
        frames = {ROWS: sheet.rows} | {
            name: sheet.further.get(name, pd.DataFrame(columns=self.columns(name)))
            for name in side_tables(self._name)
        }
        tables = {}
        for name, frame in frames.items():
            keys = kept.get("keys", {}).get(name, [])
            if len(keys) != len(frame):
                keys = [f"{name}-{number}" for number in range(1, len(frame) + 1)]
                kept = {}
            cells = frame[self.columns(name)].to_dict("records")
            tables[name] = dict(zip(keys, cells, strict=True))
        return Stored(tables, kept)

    def _take_in_imports(self) -> None:
        """Move the rows of imports into the sheet, unless it is of an independent pass."""
        self.taken_in = {}
        if self._name != CLAIMS or not self._folder.is_dir():
            return
        [source_id] = self._sources.loc[self._sources[CODE] == self._code, SOURCE]
        make_reader = partial(SheetReader, self._schema, self._sources, self._name)
        with contextlib.suppress(OSError):  # they wait on, and the first change says why
            self.taken_in = move_imported_rows(
                self.file, source_id, self.columns(ROWS), make_reader
            )

    def write(self, tables: Mapping[str, Mapping[str, Cells]], state: Mapping[str, Any]) -> None:
        """Write all rows, and what belongs to the session.

        Raises:
            OSError: A file cannot be written; then none is changed.
        """
        files = {
            self._file_name(name): self._render(name, rows)
            for name, rows in tables.items()
            if rows or name == ROWS or self._digests.get(self._file_name(name))
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        digests = {name: _digest(content) for name, content in files.items()}
        digests = {name: digests.get(name, "") for name in self._file_names()}
        keys = {name: list(rows) for name, rows in tables.items()}
        kept = {**state, "digests": digests, "keys": keys}
        files[self._state_name] = json.dumps(kept, ensure_ascii=False).encode()
        changed = {
            name: content
            for name, content in files.items()
            if self._digests.get(name) != _digest(content)
        }
        replace_files(changed, self._folder)
        self._digests = digests

    def changed_elsewhere(self) -> list[str]:
        """List the files that another program has changed since they were read or written."""
        return [name for name, digest in self._digests.items() if self._digest(name) != digest]

    def keep_copy(self, rows: Mapping[str, Cells], label: str) -> Path:
        """Write rows of the sheet into a file beside the others, under a name of its own.

        Args:
            rows: The rows.
            label: Whose rows they are, in the name of the file.
        """
        return self._keep(self._render(ROWS, rows), label)

    def keep_theirs(self) -> Path | None:
        """Copy the sheet on disk; None where there is none."""
        return self._keep(self.file.read_bytes(), "theirs") if self.file.exists() else None

    def take_over(self) -> None:
        """Take the files on disk as known, so that they may be written over."""
        self._digests = {name: self._digest(name) for name in self._file_names()}

    def _keep(self, content: bytes, label: str) -> Path:
        number = 1
        while (file := self._folder / KEPT / f"{self._code}-{label}-{number}.csv").exists():
            if file.read_bytes() == content:
                return file
            number += 1
        replace_files({file.relative_to(self._folder).as_posix(): content}, self._folder)
        return file

    def _file_name(self, table: str) -> str:
        return self.file.name if table == ROWS else f"{table}.csv"

    def _file_names(self) -> list[str]:
        return [self._file_name(name) for name in (ROWS, *side_tables(self._name))]

    def _digest(self, name: str) -> str:
        """Return the digest of a file; empty where there is none."""
        try:
            return _digest((self._folder / name).read_bytes())
        except FileNotFoundError:
            return ""

    def _read_sheet(self, reader: SheetReader) -> Sheet:
        if self.file.exists():
            return reader.read(self.file, self.file.name)
        further = reader.read_beside(self._folder)
        return reader.to_sheet(pd.DataFrame(dtype=str), self.file.name, self._code, further)

    def _read_state(self) -> dict[str, Any]:
        """Read what the last session left; nothing where it cannot be understood."""
        try:
            state = json.loads((self._folder / self._state_name).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _refuse_other_files(self, reader: SheetReader) -> None:
        """Note a fault for each other file of the source or of a side table."""
        for stem in (self._code, *side_tables(self._name)):
            for ending in ENDINGS:
                file = self._folder / f"{stem}{ending}"
                if ending == ".csv" or not file.is_file():
                    continue
                other = SheetReader(self._schema, self._sources, self._name)
                sheet = other.read(file, file.name) if stem == self._code else None
                if sheet is None or len(sheet.rows) or other.faults:
                    allowed = f"no rows beside those of {stem}.csv, which the workbench keeps"
                    hint = f"add it with `claimbook sheet add`, or save it as {stem}.csv"
                    reader.faults.append(Fault(file.name, "", "", "filled in", allowed, hint))

    def _render(self, table: str, rows: Mapping[str, Cells]) -> bytes:
        columns = self.columns(table)
        return render_rows(
            [columns, *([cells.get(name, "") for name in columns] for cells in rows.values())]
        )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
