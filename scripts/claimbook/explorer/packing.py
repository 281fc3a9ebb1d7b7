"""Packing of records for a page: each distinct value of a column is written once."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def pack_records(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Pack records with the same keys into columns, ready for JSON.

    The script `explorer.js` unpacks them.

    Args:
        records: The records, whose values are ready for JSON.

    Returns:
        By key a pair: the distinct values in the order in which they first occur, and for each
        record the position of its value among them. Where few values repeat, the values themselves
        stand in place of the pair's first part, and the second is None.
    """
    columns: dict[str, Any] = {}
    for key in records[0] if records else ():
        values = [record[key] for record in records]
        written = [json.dumps(value) for value in values]
        positions = {text: position for position, text in enumerate(dict.fromkeys(written))}
        if 2 * len(positions) > len(values):
            columns[key] = [values, None]
        else:
            distinct = [json.loads(text) for text in positions]
            columns[key] = [distinct, [positions[text] for text in written]]
    return columns
