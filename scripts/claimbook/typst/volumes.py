"""The volumes of the book in print: what each has, and how one refers to the other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from claimbook.paths import EVIDENCE as EVIDENCE_FILE
from claimbook.paths import project
from claimbook.typst.assemble import part
from claimbook.typst.text import string_literal, typst_call

REPORT, EVIDENCE = "Report", "Evidence"
EVIDENCE_SUBJECT = "What the report rests on: its claims, its data, its code."
CONTENT = {
    REPORT: "the argument, its sources and its method",
    EVIDENCE: "the ledger of claims, the data and code of the figures, and other pages to look up",
}
OTHER = "other"  # the variable of a Typst source that has the pages of the other volume


@dataclass
class Volume:
    """A volume of the book, to which the translator adds its text.

    Attributes:
        name: Its name, by which the other volume refers to it; empty if there is no other.
        pdf_name: The file name of its PDF.
        markup: Its text, as markup.
        captioned_kinds: Which kinds of Typst's figures (`image`, `table`) have a caption in it.
        referred: The labels in it to which the other volume refers, in order.
        pages: For each of these labels the number of its page as printed, and its position among
            the pages of the file; as far as they are known.
    """

    name: str
    pdf_name: str
    markup: str = ""
    captioned_kinds: set[str] = field(default_factory=set)
    referred: dict[str, None] = field(default_factory=dict)
    pages: dict[str, list[int]] = field(default_factory=dict)

    @property
    def source_name(self) -> str:
        """The file name of its Typst source."""
        return self.pdf_name.replace(".pdf", ".typ")

    @property
    def pages_name(self) -> str:
        """The file name of its pages, which the source of the other volume reads."""
        return self.pdf_name.replace(".pdf", ".pages.json")

    @property
    def description(self) -> str:
        """What it is and has, for the title page of the other volume."""
        return f"{self.name}, in {self.pdf_name}: {CONTENT[self.name]}."

    def as_other(self) -> str:
        """Write the Typst code that tells the other volume of this one."""
        fields = {
            "name": string_literal(self.name),
            "file": string_literal(f"./{self.pdf_name}"),
            "pages": typst_call("json", string_literal(self.pages_name)),
        }
        values = ", ".join(f"{key}: {value}" for key, value in fields.items())
        return f"#let {OTHER} = ({values})"


def make_volumes(evidence_parts: Sequence[str]) -> list[Volume]:
    """Make the volumes of the book, without text.

    Args:
        evidence_parts: The titles of the parts that a second volume has; empty for one volume.
    """
    name = project().pdf_name()
    if not evidence_parts:
        return [Volume("", name)]
    return [Volume(REPORT, name), Volume(EVIDENCE, project().pdf_name(EVIDENCE_FILE))]


def unknown_parts(book: nodes.document, parts: Sequence[str]) -> list[str]:
    """Return those of some titles that no part of the book has.

    In a book without parts none is unknown.
    """
    titles = {title.astext() for title in book.findall(part)}
    return [title for title in parts if titles and title not in titles]


def assign_documents(
    book: nodes.document, volumes: Sequence[Volume], parts: Sequence[str]
) -> dict[str, Volume]:
    """Return the volume of each document of a book.

    Args:
        book: The book as one document.
        volumes: Its volumes.
        parts: The titles of the parts that the last volume has. All else is in the first one.
    """
    assigned: dict[str, Volume] = {}
    volume = volumes[0]
    for child in book.children:
        if isinstance(child, part):
            volume = volumes[-1] if child.astext() in parts else volumes[0]
        for document in child.findall(addnodes.start_of_file):
            assigned[document["docname"]] = volume
    return assigned


def write_json(pages: Mapping[str, list[int]], file: Path) -> None:
    """Write the pages of labels to a file, for Typst to read."""
    file.write_text(json.dumps(pages), "utf-8")
