"""Addition of new sources to the corpus: all rows and texts in one write, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.model import read_sound_tables
from claimbook.corpus.spreadsheet import read_spreadsheet
from claimbook.corpus.table_writer import write_tables
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.intake.candidates import Candidate, Requests, list_files, read_candidates
from claimbook.texts.intake.extraction import Proposal
from claimbook.texts.intake.outlets import Outlets
from claimbook.texts.intake.overlap import Overlap, find_overlaps
from claimbook.texts.intake.proposals import ROOTS, Draft, Proposer
from claimbook.texts.source_texts import find_texts

ONCE_FOR_ALL = {"tier", "scope", "extent", "kind", "language", "outlet", "series"}


@dataclass
class Addition:
    """Texts that are to be added, with their proposed rows.

    Attributes:
        drafts: The new sources.
        known: The texts that are sources already, with the source's id.
        actors: The rows of new actors, by id.
        remarks: What else the user should know, a line each.
        faults: What forbids to add all of it.
    """

    drafts: list[Draft]
    known: list[tuple[Candidate, str]]
    actors: dict[str, dict[str, str]]
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def all_faults(self) -> list[Fault]:
        """The faults of files and rows, each once."""
        of_drafts = [fault for draft in self.drafts for fault in draft.faults]
        return list(dict.fromkeys([*self.faults, *of_drafts]))

    @property
    def sound(self) -> list[Draft]:
        """The new sources without faults."""
        return [draft for draft in self.drafts if not draft.faults]


def _where_to_say(column: str, texts: int) -> str:
    """Say where a user states a cell: by a flag, or in an index of several texts."""
    flag = f"--{column.replace('_', '-')}"
    if texts == 1:
        return f"say it with {flag}"
    return f"say it in a row of an index; {flag} holds for all {texts} texts"


class SourceIntake:
    """The intake of files: read once, proposed again after each answer of the user.

    Attributes:
        files: The files.
        candidates: The texts of the files.
        remarks: What was left out, a line each.
        faults: The faults of files that cannot be read.
    """

    def __init__(self, requests: Requests, side: str = "", more_actors: Path | None = None) -> None:
        """Read tables and settings.

        Args:
            requests: What the user asks of all texts.
            side: The side of new outlets; empty where it differs or is not known.
            more_actors: A table with rows for actors, which are added where a text needs them.

        Raises:
            CorpusError: The tables, the settings or the rows for actors have faults.
        """
        self._requests, self._side = requests, side
        self._settings = load_settings(project().settings)
        self._raw = read_sound_tables()
        self._tables = schema.read_schema(project().datapackage)
        self._more_actors = self._read_actors(more_actors) if more_actors else []
        self.files: list[Path] = []
        self._indexed: dict[Path, dict[str, Proposal]] = {}
        self.candidates: list[Candidate] = []
        self.remarks: list[str] = []
        self.faults: list[Fault] = self._check_columns()

    def _read_actors(self, file: Path) -> list[dict[str, str]]:
        """Read rows for actors from a table that a spreadsheet may have saved."""
        columns = self._tables["actors"].columns
        optional = [name for name in columns if name not in ("actor_id", "name")]
        read = read_spreadsheet(file, dict.fromkeys(columns, "string"), optional)
        if read.faults:
            raise CorpusError(read.faults)
        return list(read.rows.to_dict("records"))

    def _check_columns(self) -> list[Fault]:
        """Find names in the settings that are no columns of the table `sources`."""
        columns = self._tables["sources"].columns
        return [
            Fault(
                project().settings.name,
                "intake",
                rule.files,
                name,
                f"a column of {self._tables['sources'].file}",
            )
            for rule in self._settings.intake
            for name in rule.values
            if name not in columns
        ]

    def find(self, paths: Iterable[Path]) -> None:
        """Find the texts in files and folders, and what indexes say of them.

        Raises:
            CorpusError: A path or an index has faults; with every one.
        """
        self.files, self._indexed, self.remarks = list_files(paths)

    def read(self, files: Iterable[Path]) -> None:
        """Read texts.

        Args:
            files: The files, among those that `find` has found.
        """
        self.candidates, faults = read_candidates(
            files, self._indexed, self._requests, self._settings.intake
        )
        self.faults += faults

    def propose(self) -> Addition:
        """Propose the rows of all texts, and find their faults."""
        outlets = Outlets(self._raw["actors"], self._tables["actors"], self._more_actors)
        proposer = Proposer(
            self._tables["sources"],
            self._raw["sources"],
            outlets,
            self._side,
            self._settings.passages is not None,
        )
        drafts = [proposer.propose(candidate) for candidate in self.candidates]
        addition = Addition(
            [draft for draft in drafts if not draft.known],
            [(draft.candidate, draft.known) for draft in drafts if draft.known],
            outlets.new,
            list(self.remarks),
            list(self.faults),
        )
        self._check(addition)
        return addition

    def _check(self, addition: Addition) -> None:
        """Check the new rows of sources and actors as the tables are checked."""
        table = self._tables["sources"]
        by_name = {draft.candidate.name: draft for draft in addition.drafts}
        rows = _rows(table, {name: draft.cells for name, draft in by_name.items()})
        together = pd.concat([self._raw["sources"], rows])
        for fault in cells.find_faults(table, together):
            if fault.row is not None and fault.row.file in by_name:
                draft = by_name[fault.row.file]
                if not fault.value and fault.column not in draft.missing:
                    continue  # it follows from what is missing
                hint = "" if fault.value else _where_to_say(fault.column, len(addition.drafts))
                value, allowed = fault.value, fault.allowed
                if fault.column in draft.unread:
                    value, allowed = draft.unread[fault.column], ROOTS[fault.column]
                hint = fault.hint or hint
                draft.faults.append(
                    Fault(draft.candidate.name, "", fault.column, value, allowed, hint)
                )
        actors = self._tables["actors"]
        new = _rows(actors, addition.actors)
        raw = {**self._raw, "actors": pd.concat([self._raw["actors"], new])}
        faults = cells.find_faults(actors, raw["actors"])
        faults += foreign_keys.find_faults(self._tables, raw, (), faults, only="actors")
        for fault in faults:
            if fault.row is None or (actor_id := fault.row.file) not in addition.actors:
                continue
            hint = fault.hint or f"say it with --{fault.column}, or in a file for --actors"
            of_actor = Fault(actors.file, actor_id, fault.column, fault.value, fault.allowed, hint)
            for draft in addition.drafts:
                if draft.cells["outlet"] == actor_id:
                    draft.faults.append(of_actor)

    def describe_files(self, said_of: Mapping[Path, dict[str, Proposal]]) -> None:
        """Take in what a library says of files; an index beats it.

        Args:
            said_of: What it says, by file and column of the table `sources`.
        """
        for file, said in said_of.items():
            self._indexed[file] = said | self._indexed.get(file, {})

    def describe(self, column: str) -> tuple[str, list[str]]:
        """Return the meaning and the allowed values of a column, or of `side`."""
        table = self._tables["actors" if column == "side" else "sources"]
        field_ = table.field(column)
        return field_.description, field_.enum

    def overlaps(self, addition: Addition) -> dict[str, Overlap]:
        """Find the new texts of which most is in an earlier text."""
        sources = self._raw["sources"].set_index("source_id")
        texts = {key: text.content for key, text in find_texts(sources).items()}
        new = {draft.cells["source_id"]: draft.candidate.content for draft in addition.drafts}
        return find_overlaps(texts | new, [name for name in new if name])

    def write(self, addition: Addition) -> list[Path]:
        """Write the sources without faults: their rows, actors and texts.

        A text that lies in one of the folders of texts already is not copied.

        Returns:
            The files that were written.
        """
        drafts = addition.sound
        table, actors = self._tables["sources"], self._tables["actors"]
        used = {draft.cells["outlet"] for draft in drafts}
        rows = _rows(table, {draft.candidate.name: draft.cells for draft in drafts})
        new = {name: cells for name, cells in addition.actors.items() if name in used}
        tables = {"sources": pd.concat([self._raw["sources"], rows])}
        if new:
            tables["actors"] = pd.concat([self._raw["actors"], _rows(actors, new)])
        texts = {
            f"{project().own_texts.name}/{draft.cells['file']}": draft.candidate.whole.content
            for draft in drafts
            if not _is_at_hand(draft.cells["file"])
        }
        project().own_texts.mkdir(exist_ok=True)
        others = {name: content.encode() for name, content in texts.items()}
        return write_tables(tables, others=others)


def _is_at_hand(file: str) -> bool:
    """Say whether a folder of texts has a file of this name."""
    return any((folder / file).is_file() for folder in project().texts())


def _rows(table: schema.Table, cells_by_name: dict[str, dict[str, str]]) -> pd.DataFrame:
    """Make rows of text cells, each at a position with its name."""
    positions = [RowPosition(name, 1) for name in cells_by_name]
    return pd.DataFrame(
        list(cells_by_name.values()),
        columns=table.columns,
        index=pd.Index(positions, dtype=object),
        dtype=str,
    )


def answer(drafts: Iterable[Draft], column: str, value: str) -> None:
    """Note an answer of the user: a cell for the texts of some drafts."""
    for draft in drafts:
        draft.candidate.given[column] = Proposal(value, "your answer")
