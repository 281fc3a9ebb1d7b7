"""A sheet as a workbook: allowed values as lists to choose from, and each column described."""

import io
from collections.abc import Mapping

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from claimbook.texts.sheets.guide import Choices

LISTS = "lists"  # the tab with the values to choose from
ROWS = 1000  # for which a column offers its values
AS_TEXT = "@"  # the format of cells that a program is not to turn into days or numbers
WIDTHS = {"span": 50, "passage_text": 70, "paraphrase": 40}  # in characters
WIDTH = 16


def make_workbook(
    tabs: Mapping[str, pd.DataFrame],
    descriptions: Mapping[str, Mapping[str, str]],
    choices: Mapping[str, Mapping[str, Choices]],
) -> bytes:
    """Make a workbook with a tab for each table.

    Args:
        tabs: The rows of each tab, as text cells.
        descriptions: The meaning of columns, by tab and column.
        choices: The values offered in columns, by tab and column.
    """
    book = Workbook()
    book.remove(book.active)
    sheets = {name: book.create_sheet(name) for name in tabs}
    lists = _Lists(book.create_sheet(LISTS))
    for name, rows in tabs.items():
        _fill(sheets[name], rows, descriptions.get(name, {}))
        for column, offered in choices.get(name, {}).items():
            if offered.values and column in rows:
                letter = get_column_letter(list(rows).index(column) + 1)
                validation = DataValidation(
                    type="list",
                    formula1=lists.add(column, offered),
                    allow_blank=True,
                    showErrorMessage=offered.only,
                )
                validation.add(f"{letter}2:{letter}{ROWS}")
                sheets[name].add_data_validation(validation)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class _Lists:
    """The tab with the values to choose from, each list beside its names."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._places: dict[tuple[str, ...], str] = {}

    def add(self, column: str, offered: Choices) -> str:
        """Return the cells that hold some values, written there if they are not yet."""
        values = tuple(offered.values)
        if values not in self._places:
            number = self._sheet.max_column + 1 if self._places else 1
            _write(self._sheet.cell(1, number), column).font = Font(bold=True)
            for line, value in enumerate(values, start=2):
                _write(self._sheet.cell(line, number), value)
            for line, name in enumerate(offered.names, start=2):
                _write(self._sheet.cell(line, number + 1), name)
            letter = get_column_letter(number)
            self._places[values] = f"{LISTS}!${letter}$2:${letter}${len(values) + 1}"
        return self._places[values]


def _fill(sheet: Worksheet, rows: pd.DataFrame, descriptions: Mapping[str, str]) -> None:
    """Write the names of columns with their descriptions, then rows of text."""
    for number, column in enumerate(rows, start=1):
        cell = _write(sheet.cell(1, number), column)
        cell.font = Font(bold=True)
        if description := descriptions.get(column):
            cell.comment = Comment(description, "", height=160, width=320)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.number_format = WIDTHS.get(column, WIDTH), AS_TEXT
    for line, cells in enumerate(rows.itertuples(index=False), start=2):
        for number, value in enumerate(cells, start=1):
            cell = _write(sheet.cell(line, number), value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _write(cell: Cell, value: str) -> Cell:
    """Write a value as text, also one that begins like a formula."""
    cell.value = value or None
    if value:
        cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell
