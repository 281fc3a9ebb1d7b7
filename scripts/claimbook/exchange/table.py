"""Quotations in a spreadsheet, whose columns may have names of their own."""

from collections.abc import Mapping
from pathlib import Path

from claimbook.corpus.spreadsheet import read_header, read_spreadsheet
from claimbook.errors import CorpusError
from claimbook.exchange.annotation import Annotation, ReadFile

NAME = "table"


def read_names(file: Path, known: list[str]) -> list[str]:
    """Read the names of the columns.

    Args:
        file: The file.
        known: Names that are expected.

    Raises:
        CorpusError: The file cannot be read.
    """
    names, faults = read_header(file, known)
    if faults:
        raise CorpusError(faults)
    return list(dict.fromkeys(names))


def read(file: Path, columns: Mapping[str, str]) -> ReadFile:
    """Read the rows.

    Args:
        file: The file.
        columns: The type of each column that is to be read, by its name in the file.
    """
    spreadsheet = read_spreadsheet(file, columns)
    found = ReadFile(faults=spreadsheet.faults)
    for position, row in spreadsheet.rows.iterrows():
        fields = {name: cell for name, cell in row.items() if cell}
        found.annotations.append(Annotation(position, fields))
    return found
