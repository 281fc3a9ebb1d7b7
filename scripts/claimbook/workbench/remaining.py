"""What other tables lack for claims that were added: written in place, a row at a time."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from claimbook.corpus.validation import cells as cell_checks
from claimbook.corpus.validation import foreign_keys
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.paths import project
from claimbook.texts.sheets.columns import PASSAGES
from claimbook.texts.sheets.row_checks import check_against_rules
from claimbook.workbench.form import describe_row
from claimbook.workbench.session import Session, SessionError

KEY = "claim_id"
# The table whose row ends each want, by the table that the fault names.
MENDED_BY = {"propositions": "set_aside", "forecasts": "forecasts"}


class Remaining:
    """The rows that other tables lack for the claims of a session."""

    def __init__(self, session: Session) -> None:
        """Prepare to note and to write them."""
        self._session = session

    def forms(self) -> dict[str, list[dict[str, Any]]]:
        """Describe the fields of the rows that can be written, by table."""
        session = self._session
        return {
            name: describe_row(
                session.tables,
                session.raw,
                name,
                [column for column in session.tables[name].columns if column != KEY],
            )
            for name in dict.fromkeys(MENDED_BY.values())
            if name in session.tables
        }

    def note(self, faults: Iterable[Fault]) -> None:
        """Note what is lacking, beside what is noted already."""
        session = self._session
        passages = session.tables[PASSAGES].file
        for fault in faults:
            if fault.file == passages:
                continue  # the page shows the passages that wait
            table = self.table_for(fault)
            entry = {"claim": fault.key, "table": table, "text": str(fault), "cells": {}}
            same = [(one["claim"], one["text"]) for one in session.todo]
            if (entry["claim"], entry["text"]) not in same:
                session.todo.append(entry)

    def table_for(self, fault: Fault) -> str:
        """Return the table whose row mends a fault of another one; empty for none."""
        tables = self._session.tables.items()
        by_file = {table.file: name for name, table in tables}
        return MENDED_BY.get(by_file.get(fault.file, ""), "")

    def find(self, claim: str, text: str) -> int:
        """Return the number of what is lacking for a claim.

        Raises:
            SessionError: It is no longer lacking.
        """
        for number, entry in enumerate(self._session.todo):
            if (entry["claim"], entry["text"]) == (claim, text):
                return number
        raise SessionError("that is no longer lacking")

    def set_cell(self, number: int, column: str, value: str) -> None:
        """Change a cell of a row that is lacking; it is kept on disk."""
        entry = self._session.todo[number]
        entry["cells"][column] = " ".join(value.split())
        self._session.save()

    def complete(self, number: int) -> tuple[dict[str, pd.DataFrame], str]:
        """Make the table with the row that was lacking.

        Returns:
            The table, whole, by name; and what was done, in words.

        Raises:
            CorpusError: The row has faults; with every one.
        """
        session, entry = self._session, self._session.todo[number]
        session.reload_tables()
        name = entry["table"]
        table = session.tables[name]
        cells = dict.fromkeys(table.columns, "") | entry["cells"] | {KEY: entry["claim"]}
        position = RowPosition(table.file, len(session.raw[name]) + 2)
        row = pd.DataFrame([cells], index=pd.Index([position], dtype=object), dtype=str)
        rows = pd.concat([session.raw[name], row[table.columns]])
        changed = session.raw | {name: rows}
        faults = cell_checks.find_faults(table, row[table.columns])
        faults += [
            fault
            for fault in foreign_keys.find_faults(session.tables, changed, (), faults, only=name)
            if fault.row == position
        ]
        if not faults:
            positions = {(table.file, entry["claim"]): position}
            faults, _ = check_against_rules(changed, session.raw, positions, project().data)
        if faults:
            raise CorpusError(faults)
        return {name: rows}, f"Written: the row of {entry['claim']} in {table.file}."

    def drop(self, number: int) -> None:
        """Strike out what is no longer lacking."""
        del self._session.todo[number]
