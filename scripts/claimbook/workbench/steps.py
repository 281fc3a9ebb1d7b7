"""The steps that the page asks for, taken in a session, and the state that it shows."""

from collections.abc import Callable, Mapping
from typing import Any

from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError
from claimbook.language.words import count_noun, join_few, join_words
from claimbook.paths import project
from claimbook.texts.sheets.plan import Plan
from claimbook.workbench.checking import DRAFT, FAULTY, READY, Checker, RowState
from claimbook.workbench.form import describe_form
from claimbook.workbench.overview import (
    describe_ahead,
    describe_fault,
    describe_passages,
    describe_todo,
)
from claimbook.workbench.proposals import Proposal, Proposer
from claimbook.workbench.remaining import Remaining
from claimbook.workbench.session import Session, SessionError, shorten
from claimbook.workbench.sheet_store import ROWS

# Columns of an event that are begun with what its claim says already.
OF_EVENT = {
    "start": "event_start",
    "end": "event_end",
    "earliest": "event_start",
    "latest": "event_end",
    "theme": "theme",
    "places": "places",
}
NO_YARDSTICK = "none"  # of an actor who names none
NAME_COLUMNS = {
    "events": ("title", "label"),
    "actors": ("name", "short"),
    "places": ("name",),
    "terms": ("term",),
}
# Steps that the page does not keep until they are on disk: they change nothing, or are asked again.
NOT_KEPT = {"select", "undo", "redo", "check", "add", "complete", "mine", "theirs"}
KEEPING = ("select", "check")  # steps after which the last check still holds
Step = Mapping[str, Any]  # what the page asks for: `do`, and what that needs


class Bench:
    """A session as the page sees it: steps in, state out.

    Attributes:
        session: The session.
        message: What the last step has to say.
    """

    def __init__(self, source: str, coder: str = "") -> None:
        """Open the sheet of a source.

        Args:
            source: The id or the code of the source.
            coder: The name of an independent pass; empty for the claims of the report.

        Raises:
            CorpusError: It cannot be opened; with every reason.
        """
        self.session = Session(source, coder)
        taken_in = (
            f"{count_noun(number, 'row')} of {name} taken in."
            for name, number in self.session.store.taken_in.items()
            if number
        )
        self.message: dict[str, str] = {"text": " ".join(taken_in), "kind": "status"}
        self._selected = ""
        self._ahead: list[dict[str, str]] = []  # what other tables will lack, at the last check
        self._begin()

    def _begin(self) -> None:
        """Prepare what is made of the tables as they are now."""
        session = self.session
        self._checker = Checker(session)
        self._proposer = Proposer(session.raw, session.source, session.text)
        self._remaining = Remaining(session)
        self.form = describe_form(session.tables, session.raw, session.name)
        self.form["todo"] = self._remaining.forms()

    def take(self, step: Step) -> bool:
        """Take a step that the page asks for.

        Args:
            step: The step.

        Returns:
            Whether its outcome is on disk, or it needs none: the page may forget the step.
        """
        steps: dict[str, Callable[[Step], str | None]] = {
            "mark": self._mark,
            "move": self._move,
            "select": self._select,
            "set": self._set,
            "take": self._take_proposals,
            "delete": self._delete,
            "adopt": self._adopt,
            "omit": lambda one: self.session.omit(one["number"], one["reason"], one["repeats"]),
            "create": self._create,
            "undo": lambda _: self._said("Undone", self.session.undo()),
            "redo": lambda _: self._said("Done again", self.session.redo()),
            "check": lambda _: self._check(),
            "add": lambda one: self._add(one.get("why", "").strip()),
            "complete": self._complete,
            "todo": lambda one: self._remaining.set_cell(
                self._remaining.find(one["claim"], one["text"]), one["column"], one["value"]
            ),
            "mine": lambda _: self._settle_conflict(mine=True),
            "theirs": lambda _: self._settle_conflict(mine=False),
        }
        if step["do"] not in KEEPING:
            self._ahead = []
        try:
            said = steps[step["do"]](step)
        except SessionError as error:
            self.say(str(error), "alert")
        except CorpusError as error:
            self.say("\n".join(map(str, error.faults)), "alert")
            return step["do"] in NOT_KEPT
        except OSError as error:
            reason = error.strerror or error
            self.say(f"Not saved: {reason}. The next step tries again.", "alert")
            return False
        else:
            self.say(said or "")
        return True

    def say(self, text: str, kind: str = "status") -> None:
        """Keep a message for the page."""
        self.message = {"text": text, "kind": kind}

    def state(self) -> dict[str, Any]:
        """Describe all that the page shows and that may change."""
        session = self.session
        states = self._checker.states()
        side_faults = self._checker.side_faults()
        undo, redo = session.history.labels
        in_sheet = {state.claim_id for state in states.values()}
        of_selected = states.get(self._selected)
        return {
            "claims": [
                {
                    "key": key,
                    "cells": cells,
                    "state": states[key].state,
                    "start": states[key].start,
                    "end": states[key].end,
                    "claim_id": states[key].claim_id,
                    "lacking": states[key].lacking,
                    "faults": [describe_fault(fault) for fault in states[key].faults],
                }
                for key, cells in session.claims().items()
            ],
            "published": [
                {
                    "id": row.claim_id,
                    "start": int(row.start),
                    "end": int(row.end),
                    "paraphrase": row.paraphrase,
                }
                for row in session.published().itertuples()
                if row.claim_id not in in_sheet
            ],
            "passages": describe_passages(session, states),
            "side": {
                name: [
                    {
                        "key": key,
                        "cells": cells,
                        "faults": [describe_fault(fault) for fault in side_faults[name, key]],
                    }
                    for key, cells in rows.items()
                    if not session.is_in_tables(name, cells)
                ]
                for name, rows in session.rows.items()
                if name != ROWS
            },
            "selected": self._selected,
            "proposals": self._proposals(of_selected),
            "undo": undo,
            "redo": redo,
            "message": self.message,
            "general": [str(fault) for fault in self._checker.general],
            "todo": describe_todo(session),
            "ahead": self._ahead,
            "conflict": self._relative(session.conflict),
            "file": self._relative(str(session.store.file)),
        }

    def _mark(self, step: Step) -> str:
        self.session.mark(step["key"], step["start"], step["end"])
        self._selected = step["key"]
        return f"Marked ‘{shorten(self.session.rows[ROWS][step['key']]['span'])}’."

    def _move(self, step: Step) -> str:
        self.session.move(step["key"], step["start"], step["end"])
        self._selected = step["key"]
        return f"The span is now ‘{shorten(self.session.rows[ROWS][step['key']]['span'])}’."

    def _select(self, step: Step) -> None:
        self._selected = step["key"]

    def _adopt(self, step: Step) -> str:
        self.session.adopt(step["key"], step["claim"])
        self._selected = step["key"]
        return f"{step['claim']} can be changed here; adding it asks for the reason."

    def _set(self, step: Step) -> None:
        self.session.set_cell(step["table"], step["key"], step["column"], step["value"])

    def _delete(self, step: Step) -> str:
        self.session.delete(step["table"], step["key"])
        return "Deleted; Undo brings it back."

    def _take_proposals(self, step: Step) -> str:
        """Take the proposals for some columns, or for all empty ones."""
        key = step["key"]
        found = {one.column: one.value for one in self._find_proposals(key) if one.value}
        wanted = step.get("columns") or [
            name for name in found if not self.session.rows[ROWS][key][name]
        ]
        values = {name: found[name] for name in wanted if name in found}
        if not values:
            return "Nothing is proposed for the empty fields."
        self.session.take(key, values)
        return f"Taken: {join_words([name.replace('_', ' ') for name in values])}."

    def _create(self, step: Step) -> str:
        """Begin a row beside the sheet, and name it in the claim that needs it."""
        session, table = self.session, step["table"]
        if step["key"] in session.rows.get(table, {}):
            return ""  # asked again by a page that had no answer
        name = " ".join(step["name"].split())
        if not name:
            raise SessionError("type the name of what is new first")
        column = session.tables[table].key[0]
        cells = dict.fromkeys(NAME_COLUMNS[table], name)
        if column not in cells:
            cells[column] = session.new_id(table, name)
        claim = session.rows[ROWS].get(step["claim"], {})
        if table == "events":
            cells |= {name: claim.get(source, "") for name, source in OF_EVENT.items()}
        elif table == "terms":
            cells["yardstick"] = self._yardstick(claim.get("chain", ""))
        session.create(table, step["key"], cells)
        into = step.get("into", "")
        if claim and into:
            value = cells[column]
            if step.get("several"):
                value = ";".join(filter(None, [*claim[into].split(";"), value]))
            session.set_cell(ROWS, step["claim"], into, value)
        return f"Begun: {cells[column]}. Fill in the rest of its row."

    def _yardstick(self, chain: str) -> str:
        """Return the yardstick of likelihood by which the last link of a chain writes."""
        session, speaker = self.session, chain.rpartition(";")[2]
        rows = [*session.raw["actors"].to_dict("records"), *session.rows["actors"].values()]
        known = {row["actor_id"]: row["yardstick"] for row in rows}
        return known.get(speaker) or NO_YARDSTICK

    def _find_proposals(self, key: str) -> list[Proposal]:
        state = self._checker.states().get(key)
        return self._of_span(state)

    def _of_span(self, state: RowState | None) -> list[Proposal]:
        if state is None or state.start is None or state.end is None:
            return []
        self._proposer.know(self.session.rows.get("actors", {}).values())
        return self._proposer.propose(state.start, state.end)

    def _proposals(self, state: RowState | None) -> list[dict[str, str]]:
        """List the proposals for the selected claim that it has not taken."""
        cells = self.session.rows[ROWS].get(self._selected, {})
        known = {field["name"] for field in self.form["fields"][ROWS]}
        return [
            one._asdict()
            for one in self._of_span(state)
            if one.column in known
            and (cells.get(one.column) != one.value if one.value else not cells.get(one.column))
        ]

    def _check(self) -> str:
        plan = self._checker.check()
        counts = self._count_states()
        self._ahead = describe_ahead(
            (key, self._remaining.table_for(fault), fault)
            for key, fault in self._checker.lacking_in(plan)
        )
        said = f"Checked: {counts}."
        if any(state.state == FAULTY for state in self._checker.states().values()):
            return f"{said} The list says what is wrong."
        if self._ahead:
            rows = count_noun(len(self._ahead), "row")
            return f"{said} Other tables will need {rows}; the list says which."
        return f"{said} Mend the faults of the tables." if self._checker.general else said

    def _count_states(self) -> str:
        states = [state.state for state in self._checker.states().values()]
        words = {READY: "ready", DRAFT: "waiting as a draft", FAULTY: "with faults"}
        parts = [
            f"{count_noun(states.count(name), 'claim')} {word}"
            for name, word in words.items()
            if name in states
        ]
        return join_words(parts) if parts else "nothing to add"

    def _add(self, why: str) -> str:
        """Add what is complete; say what was done and what remains."""
        session = self.session
        if session.conflict:
            raise SessionError("settle first which version of the sheet holds")
        try:
            done = self._checker.add(why)
        except CorpusError as error:
            count = count_noun(len(error.faults), "fault")
            raise SessionError(f"nothing was added: {count}, which the list names") from error
        general = self._checker.general
        self._begin()
        self._checker.general = general
        if not isinstance(done, Plan):
            return f"Added to the pass {session.coder}: {', '.join(done)}."
        self._remaining.note(done.lacking)
        session.save()
        parts = []
        if done.added:
            parts.append(f"Added: {join_few(sorted(done.added.values(), key=_number))}.")
        if done.changed:
            parts.append(f"Changed: {', '.join(match.claim_id for match in done.changed)}.")
        for name, keys in done.further.items():
            parts.append(f"Added to {name}: {', '.join(keys)}.")
        if done.omitted:
            parts.append(f"Passages without a claim: {', '.join(done.omitted)}.")
        if done.drafts:
            parts.append(f"Waiting: {count_noun(len(done.drafts), 'draft')}.")
        return " ".join(parts) or "Nothing has changed."

    def _complete(self, step: Step) -> str:
        """Write a row that another table lacked."""
        number = self._remaining.find(step["claim"], step["text"])
        tables, said = self._remaining.complete(number)
        write_tables(tables, project().data)
        self.session.reload_tables()
        self._remaining.drop(number)
        self.session.save()
        return said

    def _settle_conflict(self, mine: bool) -> str:
        lost = self.session.settle_conflict(mine)
        whose = "The other version" if mine else "Your version"
        return f"{whose} is kept in {self._relative(lost)}." if lost else "Settled."

    def _said(self, what: str, label: str) -> str:
        return f"{what}: {label}." if label else "There is nothing more."

    def _relative(self, path: str) -> str:
        return path.removeprefix(f"{project().root}/")


def _number(claim_id: str) -> int:
    return int(claim_id.rpartition("-")[2])
