"""Tables and lists that cells show: MyST for the book, so that HTML and PDF both have them; plain Markdown for a notebook at work."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

MIME = "application/vnd.claimbook.myst+json"
MARKS = re.compile(r"[!-/:-@\[-`{-~]")  # of ASCII, all of which a backslash makes plain in Markdown
NUMERIC = re.compile(r"[\d,]+(\.\d+)?( s| MB)?")
CITED = re.compile(r"\{claim\}`([^`]*)`")


@dataclass(frozen=True)
class MystBlock:
    """What a cell shows: MyST in which claims are cited as prose cites them; a table has a title, by which it is numbered, and a name."""

    myst: str
    title: str = ""
    name: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        plainly = CITED.sub(r"[\1]", self.myst)
        titled = (
            f":::{{table}} {self.title}\n:name: {self.name}\n\n{self.myst}\n:::"
            if self.title
            else self.myst
        )
        return {
            MIME: {"myst": titled},
            "text/markdown": f"**{self.title}.**\n\n{plainly}" if self.title else plainly,
        }


def escape_markdown(text: object) -> str:
    """The text of a cell so that Markdown shows it as it stands, whatever marks it holds."""
    return MARKS.sub(r"\\\g<0>", str(text))


def claim_markers(claims: list[str]) -> str:
    """The marker of some claims, as prose writes it; nothing for none."""
    return f"{{claim}}`{', '.join(claims)}`" if claims else ""


def myst_table(rows: list[dict[str, Any]], title: str, name: str) -> MystBlock:
    """Rows, alike in their columns, under a title; `name` is what a reference to the table calls it. Numbers stand to the right."""
    known = pd.DataFrame(rows)
    sides = [
        "right" if all(NUMERIC.fullmatch(str(cell)) for cell in known[column]) else "left"
        for column in known
    ]
    return MystBlock(
        known.to_markdown(index=False, disable_numparse=True, colalign=sides), title, f"tab-{name}"
    )


def definition_list(entries: list[tuple[str, list[str]]]) -> MystBlock:
    """A definition list: each entry a term and the paragraphs of its definition."""
    return MystBlock(
        "\n\n".join(f"{term}\n: " + "\n\n  ".join(filter(None, parts)) for term, parts in entries)
    )
