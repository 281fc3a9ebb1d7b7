"""Passages in scope: the paragraphs of long texts that name what the report is about.

A paragraph is a line. Headings and key takeaways are paragraphs of their own. Front matter,
pictures and the notes at the end of a text are none.
"""

import re
from dataclasses import asdict
from functools import cache
from typing import NamedTuple

import pandas as pd

from claimbook.settings import Passages
from claimbook.texts.anchors import make_selector
from claimbook.texts.word_runs import list_words

BY_PASSAGES = "passages"  # the scope of sources that are coded by passages
SELECTOR = ["start", "end", "anchor", "words", "head", "tail"]
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
ADDRESS = r"https?:\S+"
NOTE = re.compile(r"\s*(\[\d+\]|\[?\d+\]?[.\s]*https?:)|\s*https?:\S+\s*\Z")
PICTURE = re.compile(r"\s*!\[")


class Passage(NamedTuple):
    """A passage of a text, in characters, the end exclusive."""

    start: int
    end: int


class Comparison(NamedTuple):
    """The rows of a source's passages, brought in line with its text.

    Attributes:
        rows: The rows by number: those that stay, with their offsets in the text at hand, and new
            ones.
        new: The numbers of the new rows.
        moved: The numbers of rows that stay, with other offsets or hashes.
        gone: The numbers of stored rows that the rule does not select.
    """

    rows: pd.DataFrame
    new: list[int]
    moved: list[int]
    gone: list[int]


@cache
def _pattern(names: tuple[str, ...], except_in: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern whose group `name` has a value where a name stands that counts."""

    def alternatives(phrases: tuple[str, ...]) -> str:
        ordered = sorted(phrases, key=len, reverse=True)
        words = (re.escape(phrase).replace(r"\*", r"\w*") for phrase in ordered)
        return "|".join(word.replace(r"\ ", r"\s+") for word in words)

    skipped = "|".join(filter(None, (ADDRESS, alternatives(except_in))))
    firsts = "".join(sorted({re.escape(phrase[0]) for phrase in (*names, *except_in, ADDRESS)}))
    # the letters first: at most words no name need be tried
    return re.compile(rf"\b(?=[{firsts}])(?:(?:{skipped})|(?P<name>{alternatives(names)}))(?!\w)")


def count_body_words(text: str) -> int:
    """Count the words of those paragraphs of a text that can be passages.

    Front matter, pictures, notes and lines of nothing but addresses are none.
    """
    return sum(
        len(list_words(line))
        for line in FRONT_MATTER.sub("", text).split("\n")
        if not NOTE.match(line)
        and not PICTURE.match(line)
        and list_words(re.sub(ADDRESS, " ", line))
    )


def select_passages(text: str, rule: Passages) -> list[Passage]:
    """Select the paragraphs of a text that name what the report is about."""
    matter = FRONT_MATTER.match(text)
    body_start = matter.end() if matter else 0
    passages: list[Passage] = []
    for match in _pattern(tuple(rule.names), tuple(rule.except_in)).finditer(text, body_start):
        if match["name"] is None or (passages and match.start() < passages[-1].end):
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        line = text[start : end if end >= 0 else len(text)]
        if NOTE.match(line) or PICTURE.match(line):
            continue
        start += len(line) - len(line.lstrip())
        passages.append(Passage(start, start + len(line.strip())))
    return passages


def compare_passages(stored: pd.DataFrame, text: str, rule: Passages) -> Comparison:
    """Bring the stored passages of a source in line with its text.

    A stored passage whose words are selected keeps its number and reason, wherever they stand.

    Args:
        stored: The rows of the source in the table `passages`, with a column `number`.
        text: The text.
        rule: The names that select passages.
    """
    selected = [make_selector(text, *passage) for passage in select_passages(text, rule)]
    by_anchor: dict[str, list[dict[str, object]]] = {}
    for row in stored.sort_values("start", key=lambda cells: cells.astype(int)).to_dict("records"):
        by_anchor.setdefault(row["anchor"], []).append(row)
    last = max(map(int, stored["number"]), default=0)
    rows, new, moved = [], [], []
    for found in map(asdict, selected):
        if same := by_anchor.get(found["anchor"]):
            row = same.pop(0)
            if [str(row[name]) for name in SELECTOR] != [str(found[name]) for name in SELECTOR]:
                moved.append(int(str(row["number"])))
        else:
            last += 1
            row = {"number": last, "reason": "", "repeats": ""}
            new.append(last)
        rows.append({**row, **found})
    gone = [int(str(row["number"])) for left in by_anchor.values() for row in left]
    columns = ["number", *SELECTOR, "reason", "repeats"]
    return Comparison(pd.DataFrame(rows, columns=columns), new, moved, sorted(gone))
