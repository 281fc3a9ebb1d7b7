"""Proposals for the row of a new source: each cell with the reason why it is proposed."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd
from babel.dates import format_date

from claimbook.corpus.schema import Table
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.texts.intake.bylines import find_authors
from claimbook.texts.intake.candidates import ADDRESS, Candidate
from claimbook.texts.intake.days import (
    DATELINE_WORDS,
    Days,
    find_printed_day,
    read_days,
    settle_printed_day,
)
from claimbook.texts.intake.extraction import Proposal
from claimbook.texts.intake.outlets import PASSED_ON, Outlets
from claimbook.texts.passages import count_body_words

LOCALE = "en_GB"
LONG_TEXT = 3000  # words from which a text is coded by its passages, where the settings select them
TITLE_WORDS = 30  # a longer first line is no title
NO_TITLE = re.compile(
    r"\s*\(?\s*(title|headline)?\s*(not stored|not given|none|untitled|no title)", re.I
)
PARTLY = re.compile(r"\b(cut|near|excerpts?|missing|opening only)\b", re.IGNORECASE)
BY_USER = ("your flag", "your answer")  # the reasons of cells that the user has given
UNKNOWN_RELIABILITY = ("F", "Not judged yet.")
ROOTS = {  # id, code, title and all on the day follow from them; what can be understood
    "outlet": "the id of an actor, or a name with Latin letters, of which an id is made",
    "published": "a day as YYYY-MM-DD, a month, a year, or `DAY to DAY`",
}
FROM_TEXT = {"language", "part", "file", "sha256", "characters", "words", "body_words"}
COMPUTED = Proposal("", "computed from the text")


@dataclass
class Draft:
    """The proposed row of a source.

    Attributes:
        candidate: The text.
        row: The proposed cells by column of the table `sources`.
        missing: The columns for which nothing could be proposed.
        unread: Of these columns, what was given for them and could not be understood.
        faults: What forbids to add the source.
        known: The id of the source that has the same text already; empty for none.
        is_day_doubtful: Whether the head of the text prints several days close to one another.
    """

    candidate: Candidate
    row: dict[str, Proposal] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    known: str = ""
    is_day_doubtful: bool = False

    @property
    def cells(self) -> dict[str, str]:
        """The cells without their reasons."""
        return {column: proposal.value for column, proposal in self.row.items()}


class _PublicationDay(NamedTuple):
    """When a text was published, whether it prints that, and the argument for it."""

    days: Days | None
    is_printed: bool
    basis: str
    is_doubtful: bool = False


class Proposer:
    """Proposes rows for texts, each with an id, a code and a file of its own."""

    def __init__(
        self,
        table: Table,
        sources: pd.DataFrame,
        outlets: Outlets,
        side: str = "",
        selects_passages: bool = False,
    ) -> None:
        """Note what is taken.

        Args:
            table: The table `sources` in the schema.
            sources: Its rows, as text cells.
            outlets: The known outlets.
            side: The side of new outlets; empty where it differs or is not known.
            selects_passages: Whether the settings say which passages of long texts are coded.
        """
        self._table = table
        self._sources = sources
        self._outlets = outlets
        self._side = side
        self._selects_passages = selects_passages
        self._taken = {column: set(sources[column]) for column in ("source_id", "code")}
        self._files = dict(zip(sources["file"], sources["sha256"], strict=True))
        self._texts = dict(zip(sources["sha256"], sources["source_id"], strict=True))

    def propose(self, candidate: Candidate) -> Draft:
        """Propose the row of a text."""
        draft = Draft(candidate)
        content = candidate.content
        digest = hashlib.sha256(content.encode()).hexdigest()
        if digest in self._texts:
            draft.known = self._texts[digest]
            return draft
        given = {
            column: cell._replace(value=_clean(cell.value))
            for column, cell in candidate.given.items()
            if column in (*self._table.columns, "side")
        }
        language = self._language(candidate, given)
        days, is_printed, basis, draft.is_day_doubtful = self._days(
            candidate, given, language.value
        )
        outlet = self._outlet(candidate, given)
        row: dict[str, Proposal] = {
            "language": language,
            "outlet": outlet,
            "tier": Proposal("record", "a text that is added belongs to the record unless you say"),
            "scope": self._scope(candidate),
            "extent": _extent(given.pop("extent", None)),
            "series": self._series(outlet.value),
            "kind": _kind(candidate.given.get("outlet")),
            "reliability": Proposal(UNKNOWN_RELIABILITY[0], "nobody has judged it"),
            "reliability_reason": Proposal(UNKNOWN_RELIABILITY[1], "nobody has judged it"),
            "part": Proposal(candidate.part, "its place in the file" if candidate.part else ""),
            "file": self._file(candidate),
            "sha256": COMPUTED._replace(value=digest),
            "characters": COMPUTED._replace(value=str(len(content))),
            "words": COMPUTED._replace(value=str(candidate.words)),
            "body_words": COMPUTED._replace(value=str(count_body_words(content))),
        }
        if days is not None:
            row |= _publication(days, is_printed, basis)
        given.pop("published", None)
        title = _title(candidate, given.pop("title", None))
        row["title"] = title or self._bracketed_title(outlet.value, days)
        if "url" in given and (address := ADDRESS.search(given["url"].value)):
            given["url"] = given["url"]._replace(value=_address(address[0]))
        elif "url" in given:
            del given["url"]
        row["author"] = self._author(candidate, outlet.value, row)
        row |= {name: cell for name, cell in given.items() if name not in FROM_TEXT}
        self._name(row, outlet.value)
        draft.unread = {
            column: candidate.given[column].value
            for column, proposed in (("outlet", outlet.value), ("published", days))
            if column in candidate.given and not proposed
        }
        draft.row = {column: row.get(column, Proposal("", "")) for column in self._table.columns}
        draft.missing = [
            column
            for column, proposal in draft.row.items()
            if self._table.field(column).required and not proposal.value
        ]
        if roots := [column for column in ROOTS if column in draft.missing]:
            draft.missing = roots  # the others follow from them
        self._take(draft)
        return draft

    def _language(self, candidate: Candidate, given: dict[str, Proposal]) -> Proposal:
        """Propose the language: as given, else as its words are."""
        cell = given.get("language")
        if cell is not None and re.match(r"[A-Za-z]{2}\b", cell.value):
            return cell._replace(value=cell.value[:2].lower())
        return Proposal(candidate.detected_language, "the language of its words")

    def _outlet(self, candidate: Candidate, given: dict[str, Proposal]) -> Proposal:
        """Propose the outlet, as an actor."""
        cell, side = given.pop("outlet", None), given.pop("side", None)
        if cell is None:
            return Proposal("", "")
        actor_id = self._outlets.find(cell.value, side.value if side else self._side)
        new = " (a new actor)" if actor_id in self._outlets.new else ""
        return Proposal(actor_id, f"{cell.reason}: {cell.value}{new}")

    def _author(self, candidate: Candidate, outlet: str, row: dict[str, Proposal]) -> Proposal:
        """Propose the authors that the head of the text names."""
        others = (row["title"].value, *self._outlets.names_of(outlet))
        authors = find_authors(candidate.content, row["language"].value, others)
        return Proposal(authors, "The head of the text names them." if authors else "")

    def _days(
        self, candidate: Candidate, given: dict[str, Proposal], language: str
    ) -> _PublicationDay:
        """Find the day of publication."""
        cell = given.get("published")
        known = read_days(cell.value, language) if cell else None
        by_user = cell is not None and cell.reason in BY_USER
        if by_user and known is None:
            return _PublicationDay(None, False, "")
        if (
            candidate.part
            and not by_user
            and (of_heading := read_days(candidate.heading, language))
        ):
            return _PublicationDay(
                of_heading, False, "The line that begins the item in its file gives the day."
            )
        whole = candidate.whole.content
        printed = find_printed_day(candidate.content, language, known, whole)
        if printed is not None and known is not None and known.is_day:
            return _PublicationDay(
                printed, True, f"The text prints the day, and {_as_giver(cell)} agrees."
            )
        if printed is not None:
            title = _title(candidate, given.get("title"))
            printed, others = settle_printed_day(
                printed, candidate.content, language, title.value if title else "", whole
            )
            lines = (line for line in candidate.content.splitlines() if printed.stamp in line)
            is_dateline = len(next(lines, "").split()) <= DATELINE_WORDS
            said = "The head of the text prints the day"
            if not others:
                return _PublicationDay(printed, is_dateline, f"{said}.")
            in_title = bool(title and printed.stamp in title.value)
            days = " and ".join(format_date(day, "d MMMM y", locale=LOCALE) for day in others)
            basis = f"{said}{', as the title does' * in_title}; the head also prints {days}."
            return _PublicationDay(printed, is_dateline, basis, is_doubtful=True)
        if known is None:
            return _PublicationDay(None, False, "")
        if known.is_day:
            return _PublicationDay(
                known, False, f"The text prints no day; {_as_giver(cell)} has it."
            )
        return _PublicationDay(
            known, False, f"No day is known; {_as_giver(cell)} has the span, whose end is taken."
        )

    def _scope(self, candidate: Candidate) -> Proposal:
        """Propose whether the text is coded whole."""
        if self._selects_passages and candidate.words > LONG_TEXT:
            return Proposal("passages", f"a long text, of {candidate.words} words")
        return Proposal("whole", f"a text of {candidate.words} words")

    def _series(self, outlet: str) -> Proposal:
        """Propose the series that all known texts of the outlet belong to."""
        series = set(self._sources.loc[self._sources["outlet"] == outlet, "series"])
        if outlet and len(series) == 1 and (only := series.pop()):
            return Proposal(only, "as all texts of the outlet")
        return Proposal("", "")

    def _bracketed_title(self, outlet: str, days: Days | None) -> Proposal:
        """Make a title in brackets for a text that has none."""
        name = self._outlets.name_of(outlet)
        day = format_date(days.latest, "d MMMM y", locale=LOCALE) if days else ""
        named = ", ".join(filter(None, (name, day)))
        return Proposal(f"[{named}]" if named else "", "the copy has no title")

    def _file(self, candidate: Candidate) -> Proposal:
        """Propose the name of the text's file in the collection."""
        whole = hashlib.sha256(candidate.whole.content.encode()).hexdigest()
        suffix = ".txt" if candidate.file.suffix.lower() != ".md" else ".md"
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", candidate.file.stem).strip("-._") or "text"
        key = whole if candidate.part else hashlib.sha256(candidate.content.encode()).hexdigest()
        number, name = 1, f"{stem}{suffix}"
        while self._files.get(name, key) != key or _holds_other(name, candidate.whole.content):
            number += 1
            name = f"{stem}-{number}{suffix}"
        self._files[name] = key
        return Proposal(name, "the name of the file")

    def _name(self, row: dict[str, Proposal], outlet: str) -> None:
        """Propose id and code where nobody gave them: outlet and day, month or year."""
        if not outlet or "published" not in row:
            return
        day = _shared_part(row["published_earliest"].value, row["published_latest"].value)
        by_outlet = f"outlet and day, {outlet} and {day}"
        if "source_id" not in row:
            numbered = (f"{outlet}-{day}" + (f"-{n}" if n > 1 else "") for n in range(1, 10_000))
            row["source_id"] = Proposal(self._first_free("source_id", numbered), by_outlet)
        if "code" not in row:
            stem = self._outlets.abbreviate(outlet) + day.replace("-", "")[2:]
            lettered = [stem, *(stem + letter for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")]
            row["code"] = Proposal(self._first_free("code", lettered), by_outlet)

    def _first_free(self, column: str, values: Iterable[str]) -> str:
        """Return the first value that no source has; empty where all are taken."""
        return next((value for value in values if value not in self._taken[column]), "")

    def _take(self, draft: Draft) -> None:
        """Note what a draft takes, and find what another source has already."""
        for column, taken in self._taken.items():
            value = draft.row[column].value
            if value in taken:
                allowed = f"a {column} that no other source has"
                draft.faults.append(Fault(draft.candidate.name, "", column, value, allowed))
            elif value:
                taken.add(value)
        self._texts[draft.row["sha256"].value] = draft.row["source_id"].value


def _clean(value: str) -> str:
    """Compose the letters of a cell, and remove what is not seen in it."""
    composed = unicodedata.normalize("NFC", " ".join(value.split()))
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")


def _holds_other(name: str, content: str) -> bool:
    """Say whether a folder of texts has another text under a name."""
    folders = {*project().texts(), project().own_texts}
    files = (folder / name for folder in folders)
    return any(file.is_file() and file.read_bytes() != content.encode() for file in files)


def _shared_part(earliest: str, latest: str) -> str:
    """Return the day, month or year that two days share, else the latest day."""
    shared = (earliest[:size] for size in (10, 7, 4) if earliest[:size] == latest[:size])
    return next(shared, latest)


def _as_giver(cell: Proposal | None) -> str:
    """Name who gave a day, for the column that argues for it."""
    reason = cell.reason if cell else ""
    if reason.startswith("the column"):
        return "the index of the collection"
    return "whoever added the text" if reason in BY_USER else reason


def _publication(days: Days, is_printed: bool, basis: str) -> dict[str, Proposal]:
    """Propose the cells on the day of publication."""
    precision = "printed" if is_printed else "day" if days.is_day else "range"
    return {
        "published": Proposal(days.latest.isoformat(), basis),
        "published_earliest": Proposal(days.earliest.isoformat(), basis),
        "published_latest": Proposal(days.latest.isoformat(), basis),
        "precision": Proposal(precision, basis),
        "published_basis": Proposal(basis, ""),
        "stamp": Proposal(days.stamp.rstrip(".,"), basis if days.stamp else ""),
    }


def _address(address: str) -> str:
    """Write an address with ASCII letters, as the table holds it."""
    return quote(address.rstrip(".,;)"), safe="%._~:/?#@!$&*+,=-")


def _extent(cell: Proposal | None) -> Proposal:
    """Propose how much of the text the copy has."""
    if cell is None:
        return Proposal("whole", "nothing says that the copy is cut")
    said = cell.value.casefold()
    extent = "abstract" if "abstract" in said else "cut" if PARTLY.search(said) else "whole"
    return cell._replace(value=extent)


def _kind(outlet: Proposal | None) -> Proposal:
    """Propose whether the text is the outlet's own."""
    if outlet is not None and PASSED_ON.search(outlet.value):
        return Proposal("repost", f"{outlet.reason}: {outlet.value}")
    return Proposal("original", "nothing says that it is another's")


def _title(candidate: Candidate, cell: Proposal | None) -> Proposal | None:
    """Propose the title: as given, else the first line where it looks like one."""
    if cell is not None:
        return None if NO_TITLE.match(cell.value) else cell
    lines = (line.strip("#*=+@- \t") for line in candidate.content.splitlines())
    first = next((line for line in lines if re.search(r"\w", line)), "")
    if not first or len(first.split()) > TITLE_WORDS or first.endswith((",", ":")):
        return None
    return Proposal(_clean(first), "the first line")
