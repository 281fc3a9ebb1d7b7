"""Reader of one CSV file: from bytes to rows of text cells, with the faults of the file.

It reports what a spreadsheet, an editor or a broken copy can do to a table.
"""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.corpus.encodings import BYTE_ORDER_MARKS, WORKBOOKS, has_crlf_alone, plain_line_ends
from claimbook.corpus.schema import Table
from claimbook.corpus.table_writer import render_rows
from claimbook.corpus.validation import suggestions
from claimbook.corpus.validation.cells import first_violation, is_valid_row
from claimbook.errors import TIDY_HINT, Fault, RowPosition, did_you_mean

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
SIGNATURES = {  # first bytes of files in other formats
    **dict.fromkeys(WORKBOOKS, "a spreadsheet's own format"),
    b"%PDF": "a PDF",
    b"{\\rtf": "RTF",
}
MAX_ENDING = 40  # characters of a file's last line in an error line
MAX_CONTEXT = 10  # bytes shown on each side of one that is not UTF-8
OLDER_COPY_HINT = "take it from an older copy"
SAVE_AS_CSV_HINT = "save it as CSV, UTF-8, with commas"
CUT_OFF_HINT = "the file may have been cut off: compare it with an older copy"


@dataclass(frozen=True)
class ReadFile:
    """The content of one file.

    Attributes:
        rows: The rows as text cells, named by their `RowPosition`.
        faults: The faults of the file.
        complete: Whether every row of the file is in `rows`, under the columns of the table.
        sortable: Whether `make tidy` can sort the rows.
    """

    rows: pd.DataFrame
    faults: list[Fault]
    complete: bool
    sortable: bool


def read_file(table: Table, file: str, folder: Path) -> ReadFile:
    """Read one file of a table.

    Rows with too many or too few cells are left out; the result is then not complete.

    Args:
        table: The table.
        file: The file, relative to the folder.
        folder: The folder of the tables.
    """
    reader = _Reader(table, file)
    try:
        content = _read_bytes(folder / file)
    except OSError as error:
        value, hint = _describe_read_error(folder / file, error)
        reader.add_fault("", "", value, "a file that can be read", hint)
        return reader.result()
    text = reader.decode(content)
    if text is not None:
        reader.parse(text, has_crlf_alone(content))
    return reader.result()


def _read_bytes(file: Path) -> bytes:
    """Read a file; refuse folders, and pipes, on which reading would wait."""
    if file.exists() and not file.is_file():
        raise OSError("a folder" if file.is_dir() else "not a file")
    return file.read_bytes()


def _describe_read_error(file: Path, error: OSError) -> tuple[str, str]:
    """Describe why a file cannot be read, with a hint at files of like names."""
    if isinstance(error, PermissionError):
        return "no permission to read it", f"chmod u+r {file.name}"
    if not isinstance(error, FileNotFoundError):
        return error.strerror or str(error), ""
    if not file.parent.is_dir():
        return "missing", ""
    copies = [
        other.name
        for other in file.parent.iterdir()
        if other.is_file()
        and re.sub(r"[ _-]?(\(\d+\)|copy)", "", other.name.lower()).startswith(
            file.stem.lower() + "."
        )
    ]
    return "missing", did_you_mean(sorted(copies))


class _Reader:
    """The state of reading one file.

    Attributes:
        table: The table of the file.
        file: The file, as error lines name it.
        faults: The faults so far.
        rows: The rows so far, as text cells.
        positions: The position of each row.
        columns: The column of each cell in a row; one without a name in the table begins with NUL.
        complete: Whether no row was left out.
        is_whole: Whether the file can be written anew from its rows, which `make tidy` does.
        has_spare_columns: Whether the first line ends with columns without a name.
    """

    def __init__(self, table: Table, file: str) -> None:
        self.table, self.file = table, file
        self.faults: list[Fault] = []
        self.rows: list[list[str]] = []
        self.positions: list[RowPosition] = []
        self.columns: list[str] = table.columns
        self.complete = False
        self.is_whole = False
        self.has_spare_columns = False

    def add_fault(self, key: str, column: str, value: object, allowed: str, hint: str = "") -> None:
        """Add a fault of the file."""
        self.faults.append(Fault(self.file, key, column, value, allowed, hint))

    def result(self) -> ReadFile:
        """Return the rows read so far, with the columns that belong to the table."""
        frame = pd.DataFrame(
            self.rows,
            columns=self.columns,
            index=pd.Index(self.positions, dtype=object),
            dtype=str,
        )
        present = [name for name in self.table.columns if name in self.columns]
        sortable = self.complete and self.is_whole
        return ReadFile(frame[present], self.faults, self.complete, sortable)

    def decode(self, content: bytes) -> str | None:
        """Decode the bytes of the file.

        Returns:
            The text with LF for every line end and without a byte-order mark; None where it is
            not text in UTF-8.
        """
        if fault := format_fault(content):
            self.add_fault("", "", *fault)
            return None
        if content.startswith(codecs.BOM_UTF8):
            self.add_fault("line 1", "", "\ufeff", "no byte-order mark", TIDY_HINT)
            content = content.removeprefix(codecs.BOM_UTF8)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            self._add_encoding_fault(content, error.start)
            return None
        if "\r" in text:
            line_end = "\r\n" if "\r\n" in text else "\r"
            self.add_fault("", "", line_end, "lines that end in LF", TIDY_HINT)
        return plain_line_ends(text)

    def _add_encoding_fault(self, content: bytes, position: int) -> None:
        """Report the first byte that is not UTF-8, with its surroundings."""
        line_start = content.rfind(b"\n", 0, position) + 1
        excerpt = content[max(position - MAX_CONTEXT, line_start) : position + MAX_CONTEXT]
        line = content.count(b"\n", 0, position) + 1
        self.add_fault(
            f"line {line}",
            "",
            excerpt.decode("cp1252", "replace"),
            "UTF-8",
            f"it looks like Windows-1252: {SAVE_AS_CSV_HINT}",
        )

    def parse(self, text: str, all_crlf: bool) -> None:
        """Parse the first line as the names of the columns, and each other one as a row.

        Args:
            text: The text of the file, with LF for every line end.
            all_crlf: Whether every line of the file ended in CRLF.
        """
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        all_rows: list[list[str]] = []
        next_line = 1  # a quoted cell may hold line breaks
        self.complete = True
        blank: list[int] = []
        try:
            for cells in reader:
                line, next_line = next_line, reader.line_num + 1
                all_rows.append(cells)
                if line == 1:
                    if not self.parse_header(cells):
                        self.complete = False
                        self._check_form(text, [], all_crlf)
                        return
                elif not any(cell.strip() for cell in cells):
                    blank.append(line)
                else:
                    self.parse_row(line, cells)
        except csv.Error as error:
            cause = (
                "is a quotation mark not closed"
                if "unexpected end" in str(error)
                else "is a quotation mark inside a cell not doubled"
            )
            self.add_fault(
                f"line {next_line}",
                "",
                text.split("\n")[next_line - 1],
                "a row of cells as CSV writes them",
                f"{cause}? the rows from here on were not read",
            )
            self.complete = False
            all_rows = []
        self._check_form(text, all_rows, all_crlf)
        for first, last in _group_consecutive(blank):
            lines, hint = (
                (f"line {first}", "delete it")
                if first == last
                else (f"lines {first}-{last}", "delete them")
            )
            hint = TIDY_HINT if self.is_whole else hint
            self.add_fault(lines, "", "", "no empty rows", hint)

    def _check_form(self, text: str, rows: list[list[str]], all_crlf: bool) -> None:
        """Check the last line end and the quotation marks; note whether the file is whole.

        Args:
            text: The text of the file, with LF for every line end.
            rows: All its rows, also the first and empty ones; none where they cannot be parsed.
            all_crlf: Whether every line of the file ended in CRLF.
        """
        self.is_whole = rows[:1] == [self.table.columns]
        if not text.endswith("\n"):
            self.is_whole = self.is_whole and all_crlf and is_full_row(self.table, rows[-1])
            *lines, last = text.split("\n")
            ending = last if len(last) <= MAX_ENDING else f"…{last[-MAX_ENDING:]}"
            allowed = "a line end after the last row"
            hint = TIDY_HINT if self.is_whole else CUT_OFF_HINT
            self.add_fault(f"line {len(lines) + 1}", "", ending, allowed, hint)
        if not self.is_whole:
            return
        pairs = zip(text.split("\n"), render_rows(rows).decode().split("\n"), strict=False)
        for number, (line, plain) in enumerate(pairs, 1):
            if line != plain:
                allowed = "quotation marks only around cells that need them"
                self.add_fault(f"line {number}", "", line, allowed, TIDY_HINT)
                break

    def parse_header(self, names: list[str]) -> bool:
        """Match the first line to the columns; return whether rows can be read."""
        expected = self.table.columns
        if names == expected:
            return True
        if names[: len(expected)] == expected and not any(names[len(expected) :]):
            self.has_spare_columns = True
            hint = "delete those at the end that have no name"
            value, allowed = f"{len(names)} columns", f"{len(expected)} columns"
            self.add_fault("line 1", "", value, allowed, hint)
            return True
        for separator, separator_name in SEPARATORS.items():
            if len(names) == 1 and names[0].count(separator) >= len(expected) // 2:
                hint = f"it looks separated by {separator_name}: {SAVE_AS_CSV_HINT}"
                self.add_fault("line 1", "", names[0], "commas between cells", hint)
                return False
        if not set(names) & set(expected):
            allowed = f"the names of the columns: {','.join(expected)}"
            hint = "was the first line deleted?"
            self.add_fault("line 1", "", ",".join(names), allowed, hint)
            return False
        self._add_column_faults(names)
        # The cells under the right names can still be checked.
        self.columns = [
            name if name in expected and name not in names[:index] else f"\0{index}"
            for index, name in enumerate(names)
        ]
        self.complete = False
        return True

    def _add_column_faults(self, names: list[str]) -> None:
        """Report columns that are misspelt, unknown, doubled, missing or out of order."""
        expected = self.table.columns
        missing = [name for name in expected if name not in names]
        for index, name in enumerate(names):
            if name not in expected:
                similar = suggestions.similar_names(name, missing)
                likely = similar if len(similar) == 1 else []
                missing = [other for other in missing if other not in likely]
                hint = did_you_mean(likely) or "delete the column"
                key = f"column {index + 1}"
                self.add_fault("line 1", key, name, "only columns of the table", hint)
            elif name in names[:index]:
                hint = f"it stands in columns {names.index(name) + 1} and {index + 1}"
                self.add_fault("line 1", name, name, "each column once", hint)
        for name in missing:
            index = expected.index(name)
            hint = f"it stands after {expected[index - 1]}" if index else "it is the first"
            self.add_fault("line 1", name, "", "every column of the table", hint)
        present = [name for name in dict.fromkeys(names) if name in expected]
        if present != [name for name in expected if name in present]:
            allowed = f"the columns in their order: {','.join(expected)}"
            self.add_fault("line 1", "", ",".join(names), allowed)

    def parse_row(self, line: int, cells: list[str]) -> None:
        """Add a row, or a fault where it does not have as many cells as there are columns."""
        width = len(self.columns)
        if self.has_spare_columns and len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        position = RowPosition(self.file, line)
        if len(cells) == width:
            self.rows.append(cells)
            self.positions.append(position)
            return
        self.complete = False
        _, key = self.table.locate(
            pd.Series(dict(zip(self.columns, cells, strict=False)), name=position)
        )
        if key != f"line {line}":
            key += f" (line {line})"
        self.add_fault(
            key, "", f"{len(cells)} cells", f"{width} cells", self._suggest_row_repair(cells)
        )

    def _suggest_row_repair(self, cells: list[str]) -> str:
        """Suggest which cell of a row is missing, superfluous or split by a comma."""
        names = self.table.columns
        if self.columns != names:
            return ""
        surplus = len(cells) - len(names)
        for index, name in enumerate(names):
            before, after = cells[:index], cells[index:]
            if surplus == -1 and is_valid_row(self.table, [*before, "", *after], ignored=index):
                return f"a cell is missing at {name}"
            if surplus == 1 and not after[0] and is_valid_row(self.table, [*before, *after[1:]]):
                return f"an empty cell too many at {name}"
        for index, name in enumerate(names if surplus > 0 else []):
            end = index + surplus + 1
            joined = ",".join(cells[index:end])
            if is_valid_row(self.table, [*cells[:index], joined, *cells[end:]]):
                return f"a cell with commas stands in quotation marks: {name}"
        return ""


def format_fault(content: bytes) -> tuple[str, str, str] | None:
    """Recognize a file that is not text in UTF-8 from its bytes.

    Returns:
        The format, what is allowed instead, and a hint; None where nothing speaks against UTF-8.
    """
    if not content.strip():
        value = "blank lines" if content else "nothing"
        return value, "a first line that names the columns", OLDER_COPY_HINT
    for signature, format_name in SIGNATURES.items():
        if content.startswith(signature):
            return format_name, "text with commas between cells", SAVE_AS_CSV_HINT
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark) and mark != codecs.BOM_UTF8:
            return encoding[: len("utf-16")].upper(), "UTF-8", SAVE_AS_CSV_HINT
    if content.count(b"\0") > len(content) // 3:
        return "UTF-16 without a byte-order mark, or no text", "UTF-8", SAVE_AS_CSV_HINT
    return None


def is_full_row(table: Table, cells: list[str]) -> bool:
    """Check whether the last row of a file seems not to be cut off.

    Google Sheets writes no line end after the last row; so does a file that was cut off.
    """
    return len(cells) == len(table.fields) and not first_violation(table.fields[-1], cells[-1])


def _group_consecutive(lines: list[int]) -> list[tuple[int, int]]:
    """Group ascending line numbers into runs: the first and last line of each."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs
