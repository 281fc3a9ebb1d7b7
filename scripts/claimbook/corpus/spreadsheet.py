"""Reader of a table from whatever a spreadsheet made of it: CSV of any kind, or a workbook.

`read_spreadsheet(file, columns)` gives the rows as text cells, and the faults of the file. The
tables of the corpus itself are read by `csv_reader`, which accepts no form but the repository's.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import python_calamine

from claimbook.corpus.encodings import WORKBOOKS, decode_text, plain_line_ends
from claimbook.corpus.validation.suggestions import date_readings, similar_names
from claimbook.errors import Fault, RowPosition, did_you_mean

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
DELIMITER_LINE = re.compile(r"sep=(.)\r?\n?")  # with which Excel says how cells are separated
SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2,4}")
DAY = "a day as YYYY-MM-DD"
Rows = list[tuple[int, list[str | date]]]  # each with its line


@dataclass(frozen=True)
class Spreadsheet:
    """The content of a spreadsheet.

    Attributes:
        rows: The filled rows as text cells, named by their `RowPosition`, with the columns that
            were asked for; one that the file does not have is empty.
        faults: The faults of the file. A row with one is in `rows`, too, as far as it can be read;
            but not one with more or fewer cells than the first row, whose cells may be shifted.
        ignored: The names of the columns that were not asked for.
    """

    rows: pd.DataFrame
    faults: list[Fault]
    ignored: list[str]


def read_spreadsheet(
    file: Path, columns: Mapping[str, str], optional: Collection[str] = (), tab: str = ""
) -> Spreadsheet:
    """Read a table from a CSV file or a workbook, as a spreadsheet saved it.

    A CSV file may be separated by commas, semicolons, tabs or bars, have any line ends, and be in
    UTF-8, UTF-16, UTF-32 or a code page of Windows or the Mac. A workbook may be `.xlsx`, `.xls`,
    `.xlsb` or `.ods`; its sheet is the one with the most of the columns. Cells lose the space at
    their ends, and their characters are composed (NFC). Days that the spreadsheet wrote in its own
    way become YYYY-MM-DD where only one day can be meant.

    Args:
        file: The file.
        columns: The type of each column, as a `Field` has it (`date`, `string`, …), by its name in
            the first row.
        optional: Those of the columns that the file may lack.
        tab: The only sheet of a workbook to look at; without such a sheet there are no rows.

    Returns:
        The rows, the faults and the ignored columns. Nothing is raised for a file that cannot be
        read: that is a fault, too.
    """
    reader = _Reader(file, columns, optional, tab)
    rows = reader.read_rows(file)
    return reader.result() if rows is None else reader.take(rows)


def read_header(file: Path, known: Collection[str]) -> tuple[list[str], list[Fault]]:
    """Read the names of the columns of a spreadsheet, whatever they are.

    Args:
        file: The file, of any kind that `read_spreadsheet` reads.
        known: Names that are expected; of several sheets, the one with most of them is read.

    Returns:
        The filled cells of the first filled row, and the faults of the file.
    """
    reader = _Reader(file, dict.fromkeys(known, "string"), known, "")
    rows = (_stripped(cells) for _, cells in reader.read_rows(file) or [])
    header = next((cells for cells in rows if any(cells)), [])
    return [str(name) for name in header if name], reader.faults


class _Reader:
    """The state of reading one file.

    Attributes:
        file: The name of the file.
        columns: The type of each column that was asked for.
        optional: The columns that the file may lack.
        tab: The only sheet of a workbook to look at; empty for the best one.
        delimiter: What separates the cells of a CSV file.
        faults: The faults so far.
    """

    def __init__(
        self, file: Path, columns: Mapping[str, str], optional: Collection[str], tab: str
    ) -> None:
        self.file, self.columns = file.name, columns
        self.optional, self.tab, self.delimiter = optional, tab, ","
        self.faults: list[Fault] = []

    def add_fault(self, line: int, column: str, value: object, allowed: str, hint: str) -> None:
        """Add a fault of a line; 0 stands for the whole file."""
        key = f"line {line}" if line else ""
        row = RowPosition(self.file, line) if line else None
        self.faults.append(Fault(self.file, key, column, value, allowed, hint, row))

    def read_rows(self, file: Path) -> Rows | None:
        """Read all rows of a file; None where it cannot be read, or lacks the sheet."""
        try:
            content = file.read_bytes()
        except OSError as error:
            allowed = "a file that can be read"
            self.add_fault(0, "", error.strerror or str(error), allowed, "")
            return None
        if content.startswith(WORKBOOKS):
            return self._read_workbook(content)
        return self._read_csv(content)

    def _read_workbook(self, content: bytes) -> Rows | None:
        """Read the sheet of a workbook that has the most of the columns."""
        try:
            workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            sheets = [
                _plain_rows(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in workbook.sheet_names
                if name == self.tab or not self.tab
            ]
        except python_calamine.PasswordError:
            self.add_fault(0, "", "a password", "a workbook without a password", "")
            return None
        except (python_calamine.CalamineError, OSError) as error:
            hint = "save it as .xlsx or as CSV in UTF-8"
            self.add_fault(0, "", str(error), "a workbook that can be read", hint)
            return None
        if self.tab and not any(sheets):
            return None
        return max(sheets, key=self._count_columns, default=[])

    def _count_columns(self, rows: Rows) -> tuple[int, bool]:
        """Count the columns that a sheet's first row names, and whether it has a row."""
        return (len(set(rows[0][1]) & set(self.columns)), True) if rows else (0, False)

    def _read_csv(self, content: bytes) -> Rows | None:
        """Read a CSV file, however it is encoded and separated."""
        text = decode_text(content)
        if text is None:
            hint = "save it as CSV in UTF-8, or as .xlsx"
            self.add_fault(0, "", "no text", "a CSV file or a workbook", hint)
            return None
        text = plain_line_ends(text)
        begin = 1
        delimiter = ""
        if named := DELIMITER_LINE.match(text):
            text, begin, delimiter = text[named.end() :], 2, named[1]
        delimiter = delimiter or max(DELIMITERS, key=lambda mark: self._count_named(text, mark))
        self.delimiter = delimiter
        rows: Rows = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = begin
        try:
            for cells in reader:
                rows.append((line, list(cells)))
                line = reader.line_num + begin
        except csv.Error as error:
            is_open = "unexpected end" in str(error)
            cause = "not closed" if is_open else "inside a cell not doubled"
            hint = f"is a quotation mark {cause}? the rows from here on were not read"
            value = text.split("\n")[line - begin]
            self.add_fault(line, "", value, "a row of cells as CSV writes them", hint)
        return rows

    def _count_named(self, text: str, delimiter: str) -> tuple[int, int]:
        """Count the columns that the first line names if separated so, and its cells."""
        line = next((line for line in text.split("\n") if line.strip()), "")
        cells = next(csv.reader([line], delimiter=delimiter), [])
        return len({cell.strip() for cell in cells} & set(self.columns)), len(cells)

    def take(self, rows: Rows) -> Spreadsheet:
        """Take the columns that were asked for from rows, the first of which names them."""
        rows = [(line, _stripped(cells)) for line, cells in rows]
        rows = [(line, cells) for line, cells in rows if any(cells)]
        if not rows:
            hint = "was the wrong file or sheet saved?"
            self.add_fault(0, "", "nothing", "a first row that names the columns", hint)
            return self.result()
        (first, header), *body = rows
        names = [str(name) for name in header]
        if not set(names) & set(self.columns):
            value, allowed = ",".join(names), f"the names of the columns: {','.join(self.columns)}"
            self.add_fault(first, "", value, allowed, "was the first row deleted?")
            return self.result()
        ignored = self._check_header(first, names)
        body = self._with_all_cells(body, len(names))
        places = {name: names.index(name) for name in self.columns if name in names}
        taken = [
            [cells[at] if at < len(cells) else "" for at in places.values()] for _, cells in body
        ]
        index = pd.Index([RowPosition(self.file, line) for line, _ in body], dtype=object)
        frame = pd.DataFrame(taken, columns=list(places), index=index, dtype=object)
        return self.result(frame=self._with_plain_days(frame), ignored=ignored)

    def _with_all_cells(self, rows: Rows, width: int) -> Rows:
        """Report the rows that have more or fewer cells than the first; return the others.

        Some programs leave out the empty cells at the end of rows, or add some to all of them. So
        that counts only where other rows have as many cells as the first.
        """
        widths = [len(cells) for _, cells in rows]
        regular, short = widths.count(width), sum(number < width for number in widths)
        mark = DELIMITERS.get(self.delimiter, self.delimiter)
        allowed = f"{width} cells, as in the first row"
        whole: Rows = []
        for line, cells in rows:
            if any(cells[width:]) or (len(cells) > width and regular):
                hint = f"a text with a {mark} in it must stand in quotation marks"
                self.add_fault(line, "", f"{len(cells)} cells", allowed, hint)
            elif len(cells) < width and short == 1 and regular > 1:
                hint = f"is a {mark} missing? an empty cell has one, too"
                self.add_fault(line, "", f"{len(cells)} cells", allowed, hint)
            else:
                whole.append((line, cells))
        return whole

    def _check_header(self, line: int, names: list[str]) -> list[str]:
        """Report missing and doubled columns; return those that were not asked for."""
        ignored = [name for name in names if name and name not in self.columns]
        for name in self.columns:
            if name not in names and name not in self.optional:
                hint = did_you_mean(similar_names(name, ignored))
                self.add_fault(line, name, "", "every column of the sheet", hint)
            elif names.count(name) > 1:
                self.add_fault(line, name, name, "each column once", "")
        return ignored

    def _with_plain_days(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Write the days of all columns as YYYY-MM-DD, and report those of two readings.

        A spreadsheet writes all days in one order: where one cell shows that the day comes first,
        or the month, it does so in the others.
        """
        day_columns = [name for name in frame if self.columns[name] == "date"]
        order = _day_order(str(cell) for name in day_columns for cell in frame[name])
        for name in frame:
            frame[name] = [
                self._plain_cell(name, cell, position, order)
                for position, cell in frame[name].items()
            ]
        return frame.astype(str)

    def _plain_cell(self, name: str, cell: str | date, position: RowPosition, order: str) -> str:
        """Write a cell as text, a day as YYYY-MM-DD."""
        if self.columns[name] != "date":
            if not isinstance(cell, date):
                return cell
            allowed = "no day, which the spreadsheet has made of what was written here"
            hint = "write it again, with an apostrophe before it"
            self.add_fault(position.line, name, cell, allowed, hint)
            return str(cell)
        readings = list(dict.fromkeys(date_readings(str(cell))))
        if len(readings) > 1 and SLASHED.fullmatch(str(cell)) and order:
            readings = readings[:1] if order == "day" else readings[1:]
        if len(readings) > 1:
            self.add_fault(position.line, name, cell, DAY, did_you_mean(readings))
        return readings[0] if len(readings) == 1 else str(cell)

    def result(
        self,
        faults: Iterable[Fault] = (),
        frame: pd.DataFrame | None = None,
        ignored: Iterable[str] = (),
    ) -> Spreadsheet:
        """Return the rows with all columns, and the faults in the order of the lines."""
        if frame is None:
            frame = pd.DataFrame(index=pd.Index([], dtype=object))
        frame = frame.reindex(columns=list(self.columns), fill_value="").astype(str)
        found = sorted(
            [*self.faults, *faults], key=lambda fault: fault.row.line if fault.row else 0
        )
        return Spreadsheet(frame, found, list(ignored))


def _plain_rows(rows: Iterable[Iterable[object]]) -> Rows:
    """Write the cells of a workbook as text, except for days; number the rows."""
    return [(line, [_plain_value(cell) for cell in row]) for line, row in enumerate(rows, 1)]


def _plain_value(value: object) -> str | date:
    """Write a cell of a workbook as text; a day without an hour stays one."""
    if isinstance(value, datetime):
        return str(value) if value.time() != datetime.min.time() else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _stripped(cells: Iterable[str | date]) -> list[str | date]:
    """Compose the characters of cells, and remove the space at their ends."""
    return [
        unicodedata.normalize("NFC", cell).strip() if isinstance(cell, str) else cell
        for cell in cells
    ]


def _day_order(cells: Iterable[str]) -> str:
    """Return what comes first in days such as 3/12/2030, as clear ones show.

    Returns:
        "day" or "month"; empty where no cell tells, or cells tell both.
    """
    first = set()
    for cell in cells:
        if (slashed := SLASHED.fullmatch(cell)) and len(set(date_readings(cell))) == 1:
            if int(slashed[1]) > 12:
                first.add("day")
            elif int(slashed[2]) > 12:
                first.add("month")
    return first.pop() if len(first) == 1 else ""
