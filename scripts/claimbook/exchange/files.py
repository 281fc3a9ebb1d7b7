"""The files of an import, each parsed once; spreadsheets when their columns are known."""

from collections.abc import Iterable
from pathlib import Path

from claimbook.exchange import formats, table
from claimbook.exchange.annotation import ReadFile
from claimbook.exchange.names import Names


class AnnotationFiles:
    """The files of annotations that are taken in together."""

    def __init__(self, files: Iterable[Path], name: str, layer: str) -> None:
        """Read the files.

        Args:
            files: The files.
            name: Their format; empty to tell it by the content.
            layer: The layer of quotations in a linguistic file; empty for the only one.

        Raises:
            CorpusError: A file cannot be read, or is of no format of annotations.
        """
        self._read = {file: formats.read_annotations(file, name, layer) for file in files}

    def find_names(self, names: Names) -> list[str]:
        """List the names of columns, features and tags, each once.

        Args:
            names: The names that are expected; of several sheets of a workbook, the one with most
                of them is read.

        Raises:
            CorpusError: A spreadsheet cannot be read.
        """
        used: list[str] = []
        for file, read in self._read.items():
            if read is None:
                used += table.read_names(file, names.columns)
            else:
                used += (name for one in read.annotations for name in one.fields)
        return list(dict.fromkeys(used))

    def read(self, names: Names) -> dict[Path, ReadFile]:
        """Return what each file holds.

        Args:
            names: The names with which all columns are known.
        """
        return {
            file: self._read_table(file, names) if read is None else read
            for file, read in self._read.items()
        }

    def _read_table(self, file: Path, names: Names) -> ReadFile:
        """Read a spreadsheet, each column with the type of what it fills."""
        columns = {}
        for name in table.read_names(file, names.columns):
            column, _ = names.find_column(name) or ("", "")
            if column:
                columns[name] = names.type_of(column)
        return table.read(file, columns)
