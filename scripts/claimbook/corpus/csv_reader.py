"""From the bytes of a file to rows of text cells: what a spreadsheet, an editor or a broken copy can do to a table."""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.corpus.schema import Table
from claimbook.corpus.validation import suggestions
from claimbook.corpus.validation.cells import is_valid_row
from claimbook.errors import Fault

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
WORKBOOK = "a spreadsheet's own format"
OTHER_FORMATS = {
    b"PK\x03\x04": WORKBOOK,
    b"\xd0\xcf\x11\xe0": WORKBOOK,
    b"%PDF": "a PDF",
    b"{\\rtf": "RTF",
}
OTHER_CODES = {
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
    codecs.BOM_UTF32_BE: "UTF-32",
}
ENDING = 40  # characters shown of a file's last line
TIDY_HINT = "`make tidy` mends it"
OLDER_COPY_HINT = "take it from an older copy"
SAVE_AS_CSV_HINT = "save it as CSV, UTF-8, with commas"


@dataclass(frozen=True)
class ReadFile:
    """What was read of one file: its rows as text cells, named `file:line`; its faults; whether all rows are there."""

    rows: pd.DataFrame
    faults: list[Fault]
    whole: bool


def read_file(table: Table, file: str, folder: Path) -> ReadFile:
    """Read one file of a table. Rows that do not have the table's cells are left out; `whole` is then false."""
    reader = _Reader(table, file)
    try:
        content = _content(folder / file)
    except OSError as error:
        value, hint = _unreadable(folder / file, error)
        reader.fault("", "", value, "a file that can be read", hint)
        return reader.part()
    text = reader.decoded(content)
    if text is not None:
        reader.parse(text)
    return reader.part()


def _content(file: Path) -> bytes:
    if file.exists() and not file.is_file():
        raise OSError(
            "a folder" if file.is_dir() else "not a file"
        )  # and not a pipe, on which reading would wait
    return file.read_bytes()


def _unreadable(file: Path, error: OSError) -> tuple[str, str]:
    """What stands in the place of a file that cannot be read, and what may be it."""
    if isinstance(error, PermissionError):
        return "no permission to read it", f"chmod u+r {file.name}"
    if not isinstance(error, FileNotFoundError):
        return error.strerror or str(error), ""
    beside = (
        [other.name for other in file.parent.iterdir() if other.is_file()]
        if file.parent.is_dir()
        else []
    )
    like = [
        name
        for name in beside
        if re.sub(r"[ _-]?(\(\d+\)|copy)", "", name.lower()).startswith(file.stem.lower() + ".")
    ]
    return "missing", suggestions.meant(sorted(like))


class _Reader:
    """One file on its way from bytes to rows, and the faults met so far."""

    def __init__(self, table: Table, file: str) -> None:
        self.table, self.file = table, file
        self.faults: list[Fault] = []
        self.rows: list[list[str]] = []
        self.places: list[str] = []
        self.columns: list[str] = table.columns
        self.whole = False
        self.spare = False  # whether the first line has columns without a name at its end

    def fault(self, key: str, column: str, value: object, allowed: str, hint: str = "") -> None:
        """Note a fault of the file."""
        self.faults.append(Fault(self.file, key, column, value, allowed, hint))

    def part(self) -> ReadFile:
        """What was read, with the columns that the table knows."""
        frame = pd.DataFrame(
            self.rows, columns=self.columns, index=pd.Index(self.places, dtype=object), dtype=str
        )
        known = [name for name in self.table.columns if name in self.columns]
        return ReadFile(frame[known], self.faults, self.whole)

    def decoded(self, content: bytes) -> str | None:
        """The text of a file with LF for every line end, without a byte-order mark; None if it is not text in UTF-8."""
        if not content.strip():
            return self.fault(
                "",
                "",
                "blank lines" if content else "nothing",
                "a first line that names the columns",
                OLDER_COPY_HINT,
            )
        for begin, what in OTHER_FORMATS.items():
            if content.startswith(begin):
                return self.fault("", "", what, "text with commas between cells", SAVE_AS_CSV_HINT)
        for begin, what in OTHER_CODES.items():
            if content.startswith(begin):
                return self.fault("", "", what, "UTF-8", SAVE_AS_CSV_HINT)
        if content.count(b"\0") > len(content) // 3:
            return self.fault(
                "", "", "UTF-16 without a byte-order mark, or no text", "UTF-8", SAVE_AS_CSV_HINT
            )
        if content.startswith(codecs.BOM_UTF8):
            self.fault("line 1", "", "\ufeff", "no byte-order mark", TIDY_HINT)
            content = content.removeprefix(codecs.BOM_UTF8)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            near = content[
                max(error.start - 10, content.rfind(b"\n", 0, error.start) + 1) : error.start + 10
            ]
            return self.fault(
                f"line {line}",
                "",
                near.decode("cp1252", "replace"),
                "UTF-8",
                f"it looks like Windows-1252: {SAVE_AS_CSV_HINT}",
            )
        if "\r" in text:
            self.fault(
                "", "", "\r\n" if "\r\n" in text else "\r", "lines that end in LF", TIDY_HINT
            )
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.endswith("\n"):
            *before, last = text.split("\n")
            hint = "the file may have been cut off: compare it with an older copy"
            shown = last if len(last) <= ENDING else f"…{last[-ENDING:]}"
            self.fault(f"line {len(before) + 1}", "", shown, "a line end after the last row", hint)
        return text

    def parse(self, text: str) -> None:
        """Take the rows of a text: its first names the columns, each other one must have a cell for each."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        begins = 1
        self.whole = True
        blank: list[int] = []
        try:
            for cells in reader:
                line, begins = begins, reader.line_num + 1
                if line == 1:
                    if not self.header(cells):
                        self.whole = False
                        return
                elif not any(cell.strip() for cell in cells):
                    blank.append(line)
                else:
                    self.row(line, cells)
        except csv.Error as error:
            why = (
                "is a quotation mark not closed"
                if "unexpected end" in str(error)
                else "is a quotation mark inside a cell not doubled"
            )
            near = text.split("\n")[begins - 1]
            self.fault(
                f"line {begins}",
                "",
                near,
                "a row of cells as CSV writes them",
                f"{why}? the rows from here on were not read",
            )
            self.whole = False
        for first, last in _runs(blank):
            where, hint = (
                (f"line {first}", "delete it")
                if first == last
                else (f"lines {first}-{last}", "delete them")
            )
            self.fault(where, "", "", "no empty rows", hint)
        if not self.rows and self.whole and not self.table.may_be_empty:
            self.fault("", "", "no rows", "at least one row", OLDER_COPY_HINT)

    def header(self, names: list[str]) -> bool:
        """Take the names of the columns; false where no row can be read by them."""
        expected = self.table.columns
        if names == expected:
            return True
        if names[: len(expected)] == expected and not any(names[len(expected) :]):
            self.spare = True
            self.fault(
                "line 1",
                "",
                f"{len(names)} columns",
                f"{len(expected)} columns",
                "delete those at the end that have no name",
            )
            return True
        for mark, what in SEPARATORS.items():
            if len(names) == 1 and names[0].count(mark) >= len(expected) // 2:
                self.fault(
                    "line 1",
                    "",
                    names[0],
                    "commas between cells",
                    f"it looks separated by {what}: {SAVE_AS_CSV_HINT}",
                )
                return False
        if not set(names) & set(expected):
            self.fault(
                "line 1",
                "",
                ",".join(names),
                f"the names of the columns: {','.join(expected)}",
                "was the first line deleted?",
            )
            return False
        missing = [name for name in expected if name not in names]
        for at, name in enumerate(names):
            if name not in expected:
                likely = [
                    other
                    for other in missing
                    if suggestions.meant([other]) == suggestions.suggest_name(name, missing)
                ]
                missing = [other for other in missing if other not in likely]
                hint = suggestions.meant(likely) if likely else "delete the column"
                self.fault("line 1", f"column {at + 1}", name, "only columns of the table", hint)
            elif name in names[:at]:
                self.fault(
                    "line 1",
                    name,
                    name,
                    "each column once",
                    f"it stands in columns {names.index(name) + 1} and {at + 1}",
                )
        for name in missing:
            before = expected[expected.index(name) - 1] if name != expected[0] else ""
            self.fault(
                "line 1",
                name,
                "",
                "every column of the table",
                f"it stands after {before}" if before else "it is the first",
            )
        known = [name for name in dict.fromkeys(names) if name in expected]
        if known != [name for name in expected if name in known]:
            self.fault(
                "line 1", "", ",".join(names), f"the columns in their order: {','.join(expected)}"
            )
        # the cells under the names that are right can still be checked
        self.columns = [
            name if name in expected and name not in names[:at] else f"\0{at}"
            for at, name in enumerate(names)
        ]
        self.whole = False
        return True

    def row(self, line: int, cells: list[str]) -> None:
        """Take a row, or say that it has not as many cells as there are columns."""
        if len(cells) > len(self.columns) and not any(cells[len(self.columns) :]) and self.spare:
            cells = cells[: len(self.columns)]
        if len(cells) == len(self.columns):
            self.rows.append(cells)
            self.places.append(f"{self.file}:{line}")
            return
        self.whole = False
        _, key = self.table.place(
            pd.Series(dict(zip(self.columns, cells, strict=False)), name=f"{self.file}:{line}")
        )
        where = f"line {line}" if key == f"line {line}" else f"{key} (line {line})"
        self.fault(
            where, "", f"{len(cells)} cells", f"{len(self.columns)} cells", self._repaired(cells)
        )

    def _repaired(self, cells: list[str]) -> str:
        """What would make a sound row of one with too many or too few cells."""
        names = self.table.columns
        if self.columns != names:
            return ""
        over = len(cells) - len(names)
        for at, name in enumerate(names):
            if over == -1 and is_valid_row(self.table, [*cells[:at], "", *cells[at:]], but=at):
                return f"a cell is missing at {name}"
            if (
                over == 1
                and not cells[at]
                and is_valid_row(self.table, [*cells[:at], *cells[at + 1 :]])
            ):
                return f"an empty cell too many at {name}"
        for at, name in enumerate(names if over > 0 else []):
            if is_valid_row(
                self.table,
                [*cells[:at], ",".join(cells[at : at + over + 1]), *cells[at + over + 1 :]],
            ):
                return f"a cell with commas stands in quotation marks: {name}"
        return ""


def _runs(lines: list[int]) -> list[tuple[int, int]]:
    """Lines as stretches of such as follow one another: first and last of each."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs
