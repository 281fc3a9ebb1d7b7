"""The faults of a session's rows, while they are coded and before they go into the report."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from claimbook.corpus.validation import cells as cell_checks
from claimbook.corpus.validation import foreign_keys
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.paths import project
from claimbook.texts.sheets import row_checks
from claimbook.texts.sheets.anchoring import Anchorer
from claimbook.texts.sheets.columns import (
    CLAIMS,
    PASSAGES,
    SOURCES,
    required_columns,
)
from claimbook.texts.sheets.intake import add_sheets, plan_read
from claimbook.texts.sheets.matching import match_rows
from claimbook.texts.sheets.own_words import OwnWords
from claimbook.texts.sheets.passes import PassWriter
from claimbook.texts.sheets.plan import Plan
from claimbook.texts.sheets.reader import SheetReader
from claimbook.workbench.history import Cells
from claimbook.workbench.session import Session
from claimbook.workbench.sheet_store import ROWS

DRAFT, FAULTY, READY, ADDED, CHANGED = "draft", "faulty", "ready", "added", "changed"
FIRST_LINE = 2  # of a row in a sheet


@dataclass
class RowState:
    """How a row stands.

    Attributes:
        state: `draft` where a required cell is empty, `faulty`, `ready` to be added, `added`, or
            `changed` where it differs from its claim in the report.
        start: The offset of its span; None where its words are not in the text.
        end: The offset after it.
        claim_id: The claim of the report that it is.
        lacking: The required columns that are empty.
        faults: The faults.
    """

    state: str = READY
    start: int | None = None
    end: int | None = None
    claim_id: str = ""
    lacking: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Checker:
    """Finds the faults of a session's rows.

    Attributes:
        general: The faults of the last whole check that belong to no row of the sheet.
    """

    def __init__(self, session: Session) -> None:
        """Prepare to check a session."""
        self.general: list[Fault] = []
        self._session = session
        self._checked: dict[tuple[str, str], tuple[Cells, list[Fault]]] = {}
        source, text = session.source_id, session.source_text
        self._anchorer = Anchorer({source: text}, session.raw[SOURCES], session.raw[PASSAGES])
        self._own_words = OwnWords(session.tables, session.raw, {source: text})

    def states(self) -> dict[str, RowState]:
        """Work out how each claim stands, by the key of its row."""
        session = self._session
        claims = session.claims()
        states = {key: RowState() for key in claims}
        if not claims:
            return states
        positions = {position: key for key, position in self._positions(ROWS, claims).items()}
        frame = _to_frame(claims, self._positions(ROWS, claims))
        required = required_columns(session.tables[session.name])
        self._anchorer.faults.clear()
        anchored = self._anchorer.anchor(frame[frame["span"] != ""])
        for position, row in anchored.iterrows():
            states[positions[position]].start = int(row["start"])
            states[positions[position]].end = int(row["end"])
        faults = [
            *row_checks.check_coded(session.tables, self._with_side(), session.name, frame),
            *self._anchorer.faults,
        ]
        for fault in faults:
            if fault.row is not None and not (fault.value == "" and fault.column in required):
                states[positions[fault.row]].faults.append(fault)
        for key, cells in claims.items():
            states[key].lacking = [name for name in required if not cells[name]]
            states[key].faults += self._copied(key, cells)
            states[key].faults += self._of_whole_check(ROWS, key, cells)
        if session.name == CLAIMS:
            matches, of_ids = match_rows(session.tables[CLAIMS], anchored, session.raw[CLAIMS])
            for match in matches:
                state = states[positions[match.position]]
                state.claim_id = match.claim_id
                state.state = CHANGED if match.changed else ADDED
            for fault in of_ids:
                if fault.row is not None:
                    states[positions[fault.row]].faults.append(fault)
        for state in states.values():
            state.faults = list(dict.fromkeys(state.faults))
            if state.state != ADDED:
                waits = DRAFT if state.lacking else state.state
                state.state = FAULTY if state.faults else waits
        return states

    def side_faults(self) -> dict[tuple[str, str], list[Fault]]:
        """Find the faults of rows beside the sheet, by table and key."""
        session = self._session
        found: dict[tuple[str, str], list[Fault]] = defaultdict(list)
        raw = self._with_side()
        for name, rows in session.rows.items():
            if name == ROWS or not rows:
                continue
            table = session.tables[name]
            positions = self._positions(name, rows)
            keys = {position: key for key, position in positions.items()}
            frame = _to_frame(rows, positions)
            faults = cell_checks.find_faults(table, frame)
            faults += foreign_keys.find_faults(session.tables, raw, (), faults, only=name)
            known = set(map(tuple, session.raw[name][table.key].to_numpy()))
            for key, cells in rows.items():
                taken = tuple(cells[column] for column in table.key) in known
                if taken and not session.is_in_tables(name, cells):
                    allowed = f"an id that {table.file} does not have yet"
                    value = cells[table.key[0]]
                    faults.append(
                        Fault(table.file, "", table.key[0], value, allowed, row=positions[key])
                    )
                faults += self._of_whole_check(name, key, cells)
            for fault in faults:
                place = name, keys.get(fault.row, "") if fault.row else ""
                if fault not in found[place]:
                    found[place].append(fault)
        return found

    def check(self) -> Plan | None:
        """Check the sheet as it would be checked when it is added.

        Returns:
            What adding it would change; None where there are faults, or for a pass.
        """
        session = self._session
        self._checked.clear()
        self.general = []
        try:
            if session.coder:
                PassWriter(session.coder).check([session.store.file])
                return None
            # the tables are read once, when they are planned with
            reader = SheetReader(session.tables, session.raw[SOURCES])
            sheet = reader.read(session.store.file, session.store.file.name)
            return plan_read(reader, [sheet], project().data)
        except CorpusError as error:
            self._place(error.faults)
            return None

    def lacking_in(self, plan: Plan | None) -> list[tuple[str, Fault]]:
        """List what other tables will lack for the claims of a plan, by their key."""
        if plan is None:
            return []
        rows = self._session.rows[ROWS]
        keys = {position: key for key, position in self._positions(ROWS, rows).items()}
        added = {claim_id: keys[position] for position, claim_id in plan.added.items()}
        return [(added[fault.key], fault) for fault in plan.lacking if fault.key in added]

    def add(self, why: str = "") -> Plan | list[str]:
        """Add the complete claims to the report, or the pass to the passes.

        Args:
            why: Why claims that are in the report already change; empty where none may.

        Returns:
            What was changed in the report; of a pass, the ids of its sources.

        Raises:
            CorpusError: There are faults. They are placed at their rows, and nothing is added.
        """
        session = self._session
        self._checked.clear()
        self.general = []
        try:
            if session.coder:
                writer = PassWriter(session.coder)
                write = writer.extend if writer.exists else writer.add
                return write([session.store.file], [session.source_id])
            plan = add_sheets([session.store.file], why=why)
        except CorpusError as error:
            self._place(error.faults)
            raise
        finally:
            session.reload_tables()
        return plan

    def _place(self, faults: Iterable[Fault]) -> None:
        """Give faults to the rows on whose line of a file they are."""
        session = self._session
        at = {
            (position.file, position.line): (name, key)
            for name, rows in session.rows.items()
            for key, position in self._positions(name, rows).items()
        }
        placed: dict[tuple[str, str], list[Fault]] = defaultdict(list)
        for fault in faults:
            place = at.get((fault.row.file, fault.row.line)) if fault.row else None
            if place is None:
                self.general.append(fault)
            else:
                placed[place].append(fault)
        self._checked = {
            (name, key): (dict(session.rows[name][key]), found)
            for (name, key), found in placed.items()
        }

    def _of_whole_check(self, table: str, key: str, cells: Cells) -> list[Fault]:
        """Return the faults of the last whole check, for a row as it was then."""
        then, faults = self._checked.get((table, key), ({}, []))
        return faults if then == cells else []

    def _positions(self, table: str, rows: dict[str, Cells]) -> dict[str, RowPosition]:
        """Return the positions of rows in the file that holds them, by key."""
        session = self._session
        file = session.store.file.name if table == ROWS else f"{table}.csv"
        lines = {key: line for line, key in enumerate(session.rows[table], start=FIRST_LINE)}
        return {key: RowPosition(file, lines[key]) for key in rows}

    def _with_side(self) -> dict[str, pd.DataFrame]:
        """Return the rows of all tables, with those beside the sheet."""
        session = self._session
        raw = dict(session.raw)
        for name, rows in session.rows.items():
            if name != ROWS and rows:
                frame = _to_frame(rows, self._positions(name, rows))
                raw[name] = pd.concat([raw[name], frame])
        return raw

    def _copied(self, key: str, cells: Cells) -> list[Fault]:
        """Find where a claim's own words repeat too many words of the text."""
        session = self._session
        found = self._own_words.find_faults(cells, session.source_id)
        return [replace(fault, file=session.store.file.name, key=key) for fault in found]


def _to_frame(rows: dict[str, Cells], positions: dict[str, RowPosition]) -> pd.DataFrame:
    index = pd.Index([positions[key] for key in rows], dtype=object)
    return pd.DataFrame(list(rows.values()), index=index, dtype=str)
