"""The state of a coding session: claims of one source, changed step by step and kept on disk."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.errors import CorpusError, Fault
from claimbook.texts.intake.outlets import make_slug
from claimbook.texts.sheets.columns import (
    CLAIMS,
    NEW,
    OMITTED,
    PASSAGES,
    PASSES,
    SOURCE,
    SOURCES,
    coded_columns,
)
from claimbook.texts.sheets.scope import choose_sources, coder_folder
from claimbook.texts.source_texts import SourceText, find_texts
from claimbook.texts.spans import QuotationIndex, apply_span_rule
from claimbook.workbench.history import Cells, Change, History
from claimbook.workbench.sheet_store import ROWS, SheetStore

KEY = re.compile(r"[a-z0-9-]{1,40}")  # a key of a row, which the page chooses
SHOWN = 40  # characters of a wording in the name of a step


class SessionError(ValueError):
    """A step that cannot be taken, with a message for the coder."""


class Session:
    """The claims of one source, as one coder marks them.

    Every step is written to disk before it counts as taken.

    Attributes:
        source: The row of the source.
        text: Its text.
        name: The table that the claims become, `claims` or `passes`.
        coder: The name of the pass; empty for the claims of the report.
        tables: The schema.
        raw: The rows of all tables, as text cells.
        rows: The rows of the sheet (`rows`) and of the tables beside it, by table and key.
        store: The files on disk.
        history: The steps that can be undone.
        todo: What other tables still lack for claims that were added.
        conflict: Where the rows of this session are kept, after another program changed the sheet.
    """

    def __init__(self, source: str, coder: str = "") -> None:
        """Open the sheet of a source, or begin it.

        Args:
            source: The id or the code of the source.
            coder: The name of an independent pass; empty for the claims of the report.

        Raises:
            CorpusError: The tables or the sheet have faults, there is no such source, its text is
                not at hand, or this is no name of a coder.
        """
        self.coder, self.name = coder, PASSES if coder else CLAIMS
        folder = coder_folder(coder)
        self.tables: dict[str, schema.Table] = model.read_schema()
        self.raw = model.read_sound_tables()
        [source_id] = choose_sources(self.raw[SOURCES], [source])
        sources = self.raw[SOURCES]
        self.source: pd.Series = sources.set_index(SOURCE).loc[source_id]
        text = self._find_text(source_id)
        self.text, self.index = text.content, QuotationIndex(text.content)
        self.source_text = text
        self.store = SheetStore(
            folder, self.source["code"], self.tables, self.raw[SOURCES], self.name
        )
        self.rows: dict[str, dict[str, Cells]] = {}
        self.history, self.todo, self.conflict = History(), list[dict[str, Any]](), ""
        self.load()

    @property
    def source_id(self) -> str:
        """The id of the source."""
        return str(self.source.name)

    def load(self) -> None:
        """Read the sheet from disk, in place of what the session has.

        Raises:
            CorpusError: It has faults.
        """
        stored = self.store.read()
        self.rows, self.conflict = stored.tables, ""
        kept = stored.kept
        self.history = History.from_json(kept["history"]) if "history" in kept else History()
        self.todo = list(kept.get("todo", []))

    def reload_tables(self) -> None:
        """Read the tables of the report again.

        Raises:
            CorpusError: They have faults.
        """
        self.raw = model.read_sound_tables()

    def claims(self) -> dict[str, Cells]:
        """Return the claims of the source, by key, in the order of the sheet."""
        return {
            key: cells
            for key, cells in self.rows[ROWS].items()
            if cells[SOURCE] == self.source_id and not _is_omission(cells)
        }

    def omissions(self) -> dict[str, Cells]:
        """Return the rows that say why a passage of the source has no claim, by key."""
        return {
            key: cells
            for key, cells in self.rows[ROWS].items()
            if cells[SOURCE] == self.source_id and _is_omission(cells)
        }

    def passages(self) -> pd.DataFrame:
        """Return the passages in scope of the source, as text cells."""
        passages = self.raw[PASSAGES]
        return passages[passages[SOURCE] == self.source_id]

    def published(self) -> pd.DataFrame:
        """Return the claims of the report in the source; none for an independent coder."""
        claims = self.raw[CLAIMS]
        return claims[:0] if self.coder else claims[claims[SOURCE] == self.source_id]

    def is_in_tables(self, table: str, cells: Cells) -> bool:
        """Whether a row beside the sheet stands in the tables of the report as it is."""
        rows = self.raw[table]
        same = rows[rows[self.tables[table].key[0]] == cells[self.tables[table].key[0]]]
        return any(row == cells for row in same[list(cells)].to_dict("records"))

    def mark(self, key: str, start: int, end: int) -> None:
        """Begin a claim on a stretch of the text, by the rule on spans.

        Args:
            key: A key for its row.
            start: The offset of the first character.
            end: The offset after the last character.

        Raises:
            SessionError: There is no word in it.
        """
        if not KEY.fullmatch(key):
            raise SessionError(f"{key!r} is no key of a row")
        if key in self.rows[ROWS]:
            return
        span = self._snap(start, end)
        cells = dict.fromkeys(self.store.columns(ROWS), "") | {SOURCE: self.source_id}
        cells |= self._quote(*span)
        published = self.published()
        same = (published["start"] == str(span[0])) & (published["end"] == str(span[1]))
        if self.name == CLAIMS and same.any():
            own = {row["claim_id"] for row in self.claims().values()}
            cells["claim_id"] = "" if set(published["claim_id"][same]) & own else NEW
        self.change(ROWS, key, cells, f"mark ‘{shorten(cells['span'])}’")

    def move(self, key: str, start: int, end: int) -> None:
        """Give a claim another span."""
        cells = self._row(ROWS, key)
        self.change(ROWS, key, cells | self._quote(*self._snap(start, end)), "change the span")

    def adopt(self, key: str, claim_id: str) -> None:
        """Take a claim of the report into the sheet, so that it can be changed."""
        known = self.published().set_index("claim_id")
        if key in self.rows[ROWS]:
            return
        if claim_id not in known.index:
            raise SessionError(f"{claim_id} is no claim of this source")
        claim = known.loc[claim_id]
        cells = dict.fromkeys(self.store.columns(ROWS), "") | {SOURCE: self.source_id}
        cells |= {name: claim[name] for name in coded_columns(self.tables[CLAIMS])}
        cells |= self._quote(int(claim["start"]), int(claim["end"])) | {"claim_id": claim_id}
        self.change(ROWS, key, cells, f"take {claim_id} into the sheet")

    def set_cell(self, table: str, key: str, column: str, value: str) -> None:
        """Change a cell.

        Args:
            table: `rows`, or a table beside the sheet.
            key: The key of the row.
            column: The column.
            value: The new value; line breaks become spaces.

        Raises:
            SessionError: There is no such row or column.
        """
        cells = self._row(table, key)
        if column not in cells:
            raise SessionError(f"there is no column {column}")
        value = " ".join(value.split())
        if cells[column] != value:
            label = f"change {column.replace('_', ' ')}"
            self.change(table, key, cells | {column: value}, label, joins=True)

    def take(self, key: str, values: Mapping[str, str]) -> None:
        """Take proposed values into a claim."""
        cells = self._row(ROWS, key)
        named = ", ".join(name.replace("_", " ") for name in values)
        self.change(ROWS, key, cells | dict(values), f"take the proposed {named}")

    def omit(self, number: str, reason: str, repeats: str = "") -> None:
        """Say why a passage has no claim; with an empty reason, take that back."""
        if number not in set(self.passages()["number"]):
            raise SessionError(f"there is no passage {number}")
        key = next(
            (key for key, cells in self.omissions().items() if cells["passage"] == number),
            f"passage-{number}",
        )
        cells = dict.fromkeys(self.store.columns(ROWS), "") | {SOURCE: self.source_id}
        cells |= {"passage": number, "reason": reason, "repeats": repeats}
        self.change(ROWS, key, cells if reason else None, f"passage {number} without a claim")

    def create(self, table: str, key: str, cells: Mapping[str, str]) -> None:
        """Begin a row of a table beside the sheet, such as an event.

        Args:
            table: The table.
            key: A key for the row in the session.
            cells: The cells that are known.

        Raises:
            SessionError: The sheet has no such table beside it.
        """
        if table not in self.rows or table == ROWS or not KEY.fullmatch(key):
            raise SessionError(f"no rows of {table} go in with this sheet")
        if key not in self.rows[table]:
            empty = dict.fromkeys(self.store.columns(table), "")
            self.change(table, key, empty | dict(cells), f"begin a row of {table}")

    def new_id(self, table: str, name: str) -> str:
        """Make an id of a name that no row of a table has yet."""
        column = self.tables[table].key[0]
        taken = {*self.raw[table][column], *(row[column] for row in self.rows[table].values())}
        stem = make_slug(name) or table.removesuffix("s")
        numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        return next(one for one in (stem, *numbered) if one not in taken)

    def delete(self, table: str, key: str) -> None:
        """Take a row away."""
        cells = self._row(table, key)
        words = cells.get("span") or cells.get("title") or cells.get("name") or key
        self.change(table, key, None, f"delete ‘{shorten(words)}’")

    def undo(self) -> str:
        """Undo the last step; return it in words, empty where there is none."""
        change = self.history.undo(self._write)
        self.save()
        return change.label if change else ""

    def redo(self) -> str:
        """Take the last undone step again; return it in words, empty where there is none."""
        change = self.history.redo(self._write)
        self.save()
        return change.label if change else ""

    def change(
        self, table: str, key: str, after: Cells | None, label: str, joins: bool = False
    ) -> None:
        """Change a row, note the step, and write all to disk."""
        before = self.rows[table].get(key)
        if before == after:
            return
        self._write(table, key, after)
        self.history.add(Change(table, key, before, after, label), joins)
        self.save()

    def save(self) -> None:
        """Write all to disk; beside the sheet, where another program has changed it.

        Raises:
            OSError: It cannot be written. The session keeps everything, for the next try.
        """
        changed = self.store.changed_elsewhere()
        if self.conflict or self.store.file.name in changed:
            self.conflict = str(self.store.keep_copy(self.rows[ROWS], "mine"))
            return
        if changed:
            self._absorb(changed)
        state = {"history": self.history.to_json(), "todo": self.todo}
        self.store.write(self.rows, state)

    def settle_conflict(self, mine: bool) -> str:
        """End a conflict: write this session's rows, or take those on disk.

        Args:
            mine: Whether the rows of this session win.

        Returns:
            The file with the rows that did not win.
        """
        lost = self.conflict
        if mine:
            theirs = self.store.keep_theirs()
            self.store.take_over()
            self.conflict = ""
            self.save()
            return str(theirs or "")
        self.load()
        return lost

    def _absorb(self, files: Collection[str]) -> None:
        """Take in the rows that others have added to tables beside the sheet."""
        stored = self.store.read()
        for table, rows in stored.tables.items():
            if table == ROWS or f"{table}.csv" not in files:
                continue
            key = self.tables[table].key
            known = {tuple(cells[name] for name in key) for cells in self.rows[table].values()}
            for cells in rows.values():
                if tuple(cells[name] for name in key) not in known:
                    self.rows[table][f"{table}-{len(self.rows[table]) + 1}-other"] = cells

    def _write(self, table: str, key: str, cells: Cells | None) -> None:
        if cells is None:
            self.rows[table].pop(key, None)
        else:
            self.rows[table][key] = cells

    def _row(self, table: str, key: str) -> Cells:
        cells = self.rows.get(table, {}).get(key)
        if cells is None:
            raise SessionError("that row is no longer there")
        return cells

    def _snap(self, start: int, end: int) -> tuple[int, int]:
        try:
            return apply_span_rule(self.text, max(start, 0), min(end, len(self.text)))
        except ValueError as error:
            raise SessionError("mark at least one word of the text") from error

    def _quote(self, start: int, end: int) -> Cells:
        """Return the cells that say where a span stands."""
        words = " ".join(self.text[start:end].split())
        places = self.index.find(words)
        which = str(places.index((start, end)) + 1) if (start, end) in places else ""
        passages = self.passages()
        overlaps = {
            row.number: min(end, int(row.end)) - max(start, int(row.start))
            for row in passages.itertuples()
        }
        best = max(overlaps, key=lambda number: overlaps[number], default="")
        passage = best if overlaps.get(best, 0) > 0 else ""
        return {"span": words, "nth": which if len(places) > 1 else "", "passage": passage}

    def _find_text(self, source_id: str) -> SourceText:
        sources = self.raw[SOURCES]
        named = schema.to_typed(self.tables[SOURCES], sources[sources[SOURCE] == source_id])
        try:
            text = find_texts(named).get(source_id)
        except (UnicodeDecodeError, OSError) as error:
            allowed = "a text that can be read, in UTF-8"
            fault = Fault(self.source["file"], "", "", error, allowed)
            raise CorpusError([fault]) from error
        if text is None:
            allowed = "a source whose text is at hand"
            hint = f"put {self.source['file']} where CORPUS_TEXTS points, or into data/texts"
            raise CorpusError([Fault("sources.csv", source_id, "file", source_id, allowed, hint)])
        return text


def _is_omission(cells: Cells) -> bool:
    return bool(cells[OMITTED[0]]) and not cells["span"]


def shorten(words: str) -> str:
    """Cut words off where they are too long for a label."""
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
