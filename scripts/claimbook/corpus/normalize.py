"""Normalize the form of tables that a spreadsheet saved; what cells say does not change."""

import codecs
import contextlib
import csv
import io
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.atomic_files import replace_files, settled
from claimbook.corpus.csv_reader import format_fault, is_full_row
from claimbook.corpus.encodings import has_crlf_alone, plain_line_ends
from claimbook.corpus.table_writer import render_rows
from claimbook.paths import project


@dataclass
class NormalizedFile:
    """A file that was normalized.

    Attributes:
        file: The file, relative to the folder of the tables.
        changes: What was changed, such as "line ends" or "order of 3 rows".
    """

    file: str
    changes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Write the file and its changes as one line."""
        return f"{self.file}: {', '.join(self.changes)}"


def normalize_tables(folder: Path | None = None) -> list[NormalizedFile]:
    """Rewrite the tables that are not in the form of the repository.

    That form has lines that end in LF, no byte-order mark, composed characters (NFC), no empty
    rows, quotation marks only where they are needed, and rows sorted by key. A file with other
    faults is mended as far as they allow; the checks report the rest.

    Args:
        folder: The folder of the tables; by default that of the project.

    Returns:
        The rewritten files.

    Raises:
        CorpusError: `datapackage.json` cannot be read or understood.
        OSError: A table cannot be written.
    """
    folder = folder or project().data
    normalized: list[NormalizedFile] = []
    contents: dict[str, bytes | None] = {}
    with settled(folder):
        for table in schema.read_schema(folder / project().datapackage.name).values():
            for name in filter(lambda name: (folder / name).is_file(), table.files):
                done = NormalizedFile(name)
                with contextlib.suppress(OSError):  # the checks name a file that cannot be read
                    contents[name] = _normalize(table, (folder / name).read_bytes(), done.changes)
                normalized += [done] if done.changes else []
    if normalized:
        replace_files({done.file: contents[done.file] for done in normalized}, folder)
    return normalized


def _normalize(table: schema.Table, content: bytes, changes: list[str]) -> bytes:
    """Return the normalized content of a file, and add to the list what was changed."""
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return content
    if format_fault(content):
        return content
    if content.startswith(codecs.BOM_UTF8):
        changes.append("byte-order mark")
    plain = plain_line_ends(text)
    if plain != text:
        changes.append("line ends")
    composed = unicodedata.normalize("NFC", plain)
    if composed != plain:
        changes.append("composed characters")
    try:
        rows = list(csv.reader(io.StringIO(composed, newline=""), strict=True))
    except csv.Error:
        return composed.encode()
    if rows[0] != table.columns:
        return composed.encode()
    if not composed.endswith("\n"):
        if not (has_crlf_alone(content) and is_full_row(table, rows[-1])):
            return composed.encode()  # it may have been cut off
        composed += "\n"
        changes.append("last line end")
    if render_rows(rows) != composed.encode():
        changes.append("quotation marks")
    return render_rows(_normalize_rows(table, rows, changes))


def _normalize_rows(
    table: schema.Table, rows: list[list[str]], changes: list[str]
) -> list[list[str]]:
    """Drop the empty rows of a table; sort the others if all have their cells."""
    header, *body = [row for row in rows if any(cell.strip() for cell in row)]
    if dropped := len(rows) - len(body) - 1:
        changes.append(_count(dropped, "empty row"))
    if any(len(row) != len(table.columns) for row in body):
        return [header, *body]
    order = schema.sort_order(table, pd.DataFrame(body, columns=header, dtype=str))
    if moved := len(order) - _longest_ascent(order):
        changes.append(f"order of {_count(moved, 'row')}")
    return [header, *(body[index] for index in order)]


def _longest_ascent(numbers: list[int]) -> int:
    """Return how many of the numbers, at most, stand in ascending order."""
    ends: list[int] = []  # the least number with which an ascent of each length ends
    for number in numbers:
        place = bisect_right(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
