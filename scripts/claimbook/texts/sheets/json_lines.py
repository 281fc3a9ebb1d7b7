"""Rows that a program made: JSON lines, or dictionaries, as text cells."""

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from claimbook.errors import CorpusError, Fault, RowPosition

JOINED = ";"  # joins the items of a list in a cell


def read_json_lines(file: Path, label: str) -> pd.DataFrame:
    """Read a file with an object a line, as text cells.

    Args:
        file: The file.
        label: The file, as error lines name it.

    Raises:
        CorpusError: The file cannot be read, or lines are not JSON objects; with a fault for each.
    """
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        fault = Fault(label, "", "", f"byte {error.start}", "JSON lines in UTF-8")
        raise CorpusError([fault]) from error
    records, faults = {}, []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        hint = ""
        try:
            record = json.loads(line)
        except ValueError as error:
            record, hint = None, str(error)
        if isinstance(record, dict):
            records[RowPosition(label, number)] = record
        else:
            faults.append(Fault(label, f"line {number}", "", line, "a JSON object a line", hint))
    if faults:
        raise CorpusError(faults)
    return from_records(records)


def from_records(records: Mapping[RowPosition, Mapping[str, object]]) -> pd.DataFrame:
    """Make text cells of values.

    Args:
        records: The rows, by their position.

    Returns:
        The rows, named by their position. A list becomes its items joined by semicolons, and a
        missing value an empty cell.
    """
    columns = list(dict.fromkeys(name for record in records.values() for name in record))
    cells = [[_to_cell(record.get(name)) for name in columns] for record in records.values()]
    index = pd.Index(list(records), dtype=object)
    return pd.DataFrame(cells, columns=columns, index=index, dtype=str)


def _to_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return JOINED.join(map(_to_cell, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
