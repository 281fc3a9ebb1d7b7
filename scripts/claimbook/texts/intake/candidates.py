"""Candidates for new sources: the texts in files and folders, with what indexes say of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from claimbook.corpus.schema import read_schema
from claimbook.corpus.spreadsheet import read_spreadsheet
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project
from claimbook.settings import Intake
from claimbook.texts.anchors import split_words
from claimbook.texts.intake.extraction import SUFFIXES, Extract, Proposal, extract
from claimbook.texts.source_texts import PART_HEADING, split_parts

TEXT_SUFFIXES = {".csv", ".tsv"}
INDEX_SUFFIXES = {*TEXT_SUFFIXES, ".xlsx", ".xls", ".ods"}
FILE_COLUMN = "file"  # of an index: the name of the file that a row is about
SYNONYMS = {  # other names that indexes have for columns of the table `sources`
    "publisher": "outlet",
    "site": "outlet",
    "date": "published",
    "day": "published",
    "address": "url",
    "where_found": "url",
    "whole_or_cut": "extent",
    "byline": "author",
    "lang": "language",
}
DAYS = {"published": "date", "date": "date", "day": "date"}
ADDRESS = re.compile(r"https?://[^\s<>\"']+")
CODE_LETTERS = 2  # of the codes of languages in the table `sources`
OF_WHOLE_FILE = {"title", "extent", "url"}  # what is said of a file is not said of its parts
LANGUAGE_SAMPLE = 3000  # characters from which the language is told


@dataclass
class Candidate:
    """A text that may become a source.

    Attributes:
        file: The file that holds it.
        part: Its number in the file, from 1; empty where the file is one text.
        heading: The line that begins the part, without its hyphens.
        whole: What was extracted from the file.
        content: The text.
        given: What flags, index, settings and the file itself say, by column of `sources`.
    """

    file: Path
    whole: Extract
    content: str
    part: str = ""
    heading: str = ""
    given: dict[str, Proposal] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in messages."""
        return f"{self.file.name} part {self.part}" if self.part else self.file.name

    @cached_property
    def words(self) -> int:
        """The number of its normalized words."""
        return len(split_words(self.content))

    @cached_property
    def detected_language(self) -> str:
        """The code of the language that its words are most likely in."""
        import py3langid

        ranked = py3langid.rank(self.content[:LANGUAGE_SAMPLE])
        return next(str(code) for code, _ in ranked if len(code) == CODE_LETTERS)


@dataclass(frozen=True)
class Requests:
    """What a user asks of all texts that are added together.

    Attributes:
        values: Cells for every source, by column of the table `sources`.
        encoding: The encoding of plain texts; empty to find it out.
        split: Whether a file whose lines `--- ` begin parts is split; None to decide by its form.
    """

    values: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    split: bool | None = None


def list_files(
    paths: Iterable[Path],
) -> tuple[list[Path], dict[Path, dict[str, Proposal]], list[str]]:
    """List the texts in files and folders, and what indexes say of them.

    A folder whose index names files stands for those files; another folder for every file in it
    that can be read as a text. Folders in folders are not searched.

    Returns:
        The files; for those that an index names, its cells by column of the table `sources`; and
        what was left out, in words.

    Raises:
        CorpusError: A path does not exist, an index cannot be read, or a file that it names is not
            there; with every fault.
    """
    files: dict[Path, None] = {}
    indexed: dict[Path, dict[str, Proposal]] = {}
    remarks: list[str] = []
    faults: list[Fault] = []
    for path in paths:
        if path.is_file():
            files[path] = None
        elif not path.is_dir():
            faults.append(Fault(path.name, "", "", "missing", "a file or a folder"))
        else:
            found, of_index, unused = _list_folder(path, faults)
            files |= dict.fromkeys(found)
            indexed |= of_index
            remarks += unused
    for path in files:
        if path not in indexed and (cells := _index_of(path.parent).get(path.name)):
            indexed[path] = cells
    if faults:
        raise CorpusError(faults)
    return list(files), indexed, remarks


def _list_folder(
    folder: Path, faults: list[Fault]
) -> tuple[list[Path], dict[Path, dict[str, Proposal]], list[str]]:
    """List the texts of a folder; see `list_files`."""
    index = _index_of(folder)
    here = sorted(
        file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")
    )
    if index:
        for name in index:
            if not (folder / name).is_file():
                allowed = f"a file in {folder.name}, as its index names it"
                faults.append(Fault(name, "", "", "missing", allowed))
        found = [folder / name for name in sorted(index) if (folder / name).is_file()]
        left = [file.name for file in here if file.name not in index and file.suffix in SUFFIXES]
        remarks = [f"{name} is not in the index of {folder.name} and was left out" for name in left]
        return found, {folder / name: cells for name, cells in index.items()}, remarks
    return [file for file in here if file.suffix.lower() in SUFFIXES], {}, []


def _index_of(folder: Path) -> dict[str, dict[str, Proposal]]:
    """Read the index of a folder: a table with a column `file`.

    Returns:
        The cells of each named file by column of the table `sources`; nothing without an index.

    Raises:
        CorpusError: An index has faults, there are two, or one names a file twice.
    """
    columns = read_schema(project().datapackage)["sources"].columns
    types = dict.fromkeys([*columns, *SYNONYMS, "side"], "string")
    indexes: dict[str, dict[str, dict[str, Proposal]]] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in INDEX_SUFFIXES or not file.is_file():
            continue
        # in a workbook a day may be a number; in a text it may have words around it
        is_workbook = file.suffix.lower() not in TEXT_SUFFIXES
        read = read_spreadsheet(file, types | (DAYS if is_workbook else {}), optional=types)
        if not read.rows[FILE_COLUMN].any():
            continue  # some other table
        twice = read.rows.loc[read.rows[FILE_COLUMN].duplicated(), FILE_COLUMN]
        faults = [Fault(file.name, name, FILE_COLUMN, name, "each file once") for name in twice]
        if read.faults or faults:
            raise CorpusError([*read.faults, *faults])
        indexes[file.name] = {
            row.pop(FILE_COLUMN): _read_index_row(row, file.name)
            for row in read.rows.to_dict("records")
        }
    if len(indexes) > 1:
        allowed = f"one index, a table with a column {FILE_COLUMN}"
        raise CorpusError([Fault(folder.name, "", "", ", ".join(indexes), allowed)])
    return next(iter(indexes.values()), {})


def _read_index_row(row: dict[str, str], index: str) -> dict[str, Proposal]:
    """Read a row of an index: its filled cells by column of the table `sources`."""
    return {
        SYNONYMS.get(name, name): Proposal(value, f"the column {name} of {index}")
        for name, value in row.items()
        if value
    }


def read_candidates(
    files: Iterable[Path],
    indexed: dict[Path, dict[str, Proposal]],
    requests: Requests,
    intake: list[Intake],
) -> tuple[list[Candidate], list[Fault]]:
    """Read files, and split those that hold several sources.

    Args:
        files: The files.
        indexed: What indexes say of them.
        requests: What the user asks.
        intake: What the settings say of files, by patterns of names.

    Returns:
        The texts, and the faults of files that cannot be read.
    """
    candidates: list[Candidate] = []
    faults: list[Fault] = []
    for file in files:
        try:
            extracted = extract(file, requests.encoding)
        except CorpusError as error:
            faults += error.faults
        else:
            said = dict(extracted.facts) | indexed.get(file, {})
            asked: dict[str, Proposal] = {}
            for rule in intake:
                if fnmatch(file.name, rule.files):
                    reason = f"report.toml, for files named {rule.files}"
                    asked |= {name: Proposal(cell, reason) for name, cell in rule.values.items()}
            asked |= {name: Proposal(cell, "your flag") for name, cell in requests.values.items()}
            candidates += _split(file, extracted, said, asked, requests.split)
    return candidates, faults


def has_parts(content: str) -> bool:
    """Say whether a file begins with a line `--- ` and has more of them."""
    return content.lstrip().startswith("--- ") and len(PART_HEADING.findall(content)) > 1


def _split(
    file: Path,
    extracted: Extract,
    said: dict[str, Proposal],
    asked: dict[str, Proposal],
    split: bool | None,
) -> list[Candidate]:
    """Make the candidates of a file: one, or one for each of its parts.

    Args:
        file: The file.
        extracted: Its text.
        said: What the file and an index say of it.
        asked: What settings and flags say, which holds for each part.
        split: Whether to split it; None to decide by its form.
    """
    content = extracted.content
    if not (has_parts(content) if split is None else split and PART_HEADING.search(content)):
        return [Candidate(file, extracted, content, given=said | asked)]
    headings = [heading.removeprefix("--- ") for heading in PART_HEADING.findall(content)]
    shared = {name: cell for name, cell in said.items() if name not in OF_WHOLE_FILE}
    candidates = []
    for number, (heading, text) in enumerate(zip(headings, split_parts(content), strict=True), 1):
        of_part = dict(shared)
        if address := ADDRESS.search(heading):
            of_part["url"] = Proposal(address[0], "the line that begins the part")
        candidates.append(Candidate(file, extracted, text, str(number), heading, of_part | asked))
    return candidates
