"""What all formats of annotations share: a quotation, what is said of it, and where it stands."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from claimbook.corpus.encodings import decode_text
from claimbook.errors import CorpusError, Fault, RowPosition

TAG = "#"  # begins the name of a tag that names no column
JOINED = ";"  # joins several values of a field


@dataclass(frozen=True)
class Annotation:
    """An annotation as a file has it.

    Attributes:
        position: Where it stands in the file.
        fields: What it says of the quotation, by the file's own names of columns.
        quote: The wording; empty where only its place is given.
        prefix: The words before it; empty where they are not given.
        suffix: The words after it.
        start: The offset of its first character, in `document` or else in the source's text; None
            where the file gives none.
        end: The offset after its last character.
        sources: Names by which its source may be known: ids, addresses, files, titles.
        document: The whole text that was annotated; empty where the file does not have it.
        state: The SHA-256 of the text to which the offsets belong; empty where it is not given.
    """

    position: RowPosition
    fields: dict[str, str]
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    sources: tuple[str, ...] = ()
    document: str = ""
    state: str = ""


@dataclass
class ReadFile:
    """What a file holds.

    Attributes:
        annotations: Its annotations, in their order.
        remarks: What was left out, a line each.
        faults: What cannot be read, one fault for each place.
    """

    annotations: list[Annotation] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add_fault(self, position: RowPosition, column: str, value: object, allowed: str) -> None:
        """Note the fault of an annotation."""
        self.faults.append(
            Fault(position.file, position.place, column, value, allowed, row=position)
        )


@dataclass(frozen=True)
class TextFile:
    """A file as text, which is parsed as JSON at most once.

    Attributes:
        name: Its name.
        text: Its content.
    """

    name: str
    text: str

    @cached_property
    def json(self) -> Any:
        """The content as JSON.

        Raises:
            CorpusError: The text is no JSON; the fault names the line.
        """
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            lines = self.text.split("\n")
            value = lines[error.lineno - 1].strip() if error.lineno <= len(lines) else ""
            fault = Fault(self.name, f"line {error.lineno}", "", value, "JSON", error.msg)
            raise CorpusError([fault]) from error


def read_text(file: Path) -> TextFile:
    """Read a file as text, whatever its encoding.

    Raises:
        CorpusError: The file cannot be read, or is no text.
    """
    try:
        text = decode_text(file.read_bytes())
    except OSError as error:
        fault = Fault(file.name, "", "", error.strerror or error, "a file that can be read")
        raise CorpusError([fault]) from error
    if text is None:
        raise CorpusError([Fault(file.name, "", "", "no text", "a text in UTF-8")])
    return TextFile(file.name, text)


def add_field(fields: dict[str, str], name: str, value: str) -> None:
    """Add a value to fields; a second one of the same name is joined to the first."""
    if not (value := value.strip()):
        return
    if name in fields and value not in fields[name].split(JOINED):
        value = f"{fields[name]}{JOINED}{value}"
    fields[name] = value


def add_tags(fields: dict[str, str], tags: Iterable[str]) -> None:
    """Add tags to fields: `name: value` as such, another one under its own name."""
    for tag in tags:
        for mark in (":", "="):
            name, found, value = tag.partition(mark)
            if found and name.strip() and value.strip() and not value.startswith("//"):
                add_field(fields, name.strip(), value)
                break
        else:
            add_field(fields, f"{TAG}{tag.strip()}", tag)
