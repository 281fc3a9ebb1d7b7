"""Names of actors and places in a text, its sentences, and its quotations."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

FULL_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*\s+){1,2}[^\W\d_a-z][\w'’-]+")  # of a person
SHORT = 3  # letters up to which a name of one word must be written as the table has it
# The number of a note, such as [12], belongs to the sentence before it.
SENTENCE_END = re.compile(
    r"[.!?…][\"'”’»)\]]*(?:(?:\s?\[\d+\])+\s*|\s+)(?=[-•]?\s?[\"'“‘«(\[]?[A-Z0-9])|\n+"
)
ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|St|No|Jan|Feb|Mar|Apr"
                         r"|Aug|Sept?|Oct|Nov|Dec)\.\Z")  # fmt: skip
# Marks open before a word and close after one, since texts mix their kinds. A quotation that is
# not closed goes on to the end of its paragraph, if it began that.
QUOTATION = re.compile(
    r"(?<![^\s(\[—–])[“”\"„«](?=\S)[^\n]*?(?<=[^\s(\[—–])[“”\"»](?!\w)|^[“\"„«][^\n]*$",
    re.MULTILINE,
)


class Named(NamedTuple):
    """A name of an actor or a place in a text.

    Attributes:
        start: The offset of its first character.
        end: The offset after its last character.
        key: The id of its bearer.
    """

    start: int
    end: int
    key: str


class NameFinder:
    """Finds the names of a table's rows in a text, the longest first."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Prepare to find names.

        Args:
            names: Each name with the id of its bearer. A name of several bearers is not looked for.
        """
        keys: dict[str, set[str]] = {}
        written = set[str]()
        for name, key in names:
            if len(name) > 1:
                written.add(name.replace("’", "'"))
                keys.setdefault(_plain(name), set()).add(key)
        self._keys = {name: next(iter(ids)) for name, ids in keys.items() if len(ids) == 1}
        known = [name for name in written if _plain(name) in self._keys]
        pattern = "|".join(map(_pattern_of, sorted(known, key=lambda name: (-len(name), name))))
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if known else None

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Named]:
        """Find the names between two offsets of a text, in its order."""
        if self._pattern is None:
            return []
        stop = len(text) if end is None else end
        text = text.replace("’", "'")
        return [
            Named(*match.span(), self._keys[_plain(match[0])])
            for match in self._pattern.finditer(text, start, stop)
        ]


def actor_names(actors: pd.DataFrame) -> list[tuple[str, str]]:
    """List the names under which texts may have actors, surnames among them.

    Args:
        actors: The rows of the table `actors`, as text cells.
    """
    names = []
    for row in actors.itertuples():
        others = [name.strip() for name in row.also_called.split(";")]
        is_full = row.kind == "person" and FULL_NAME.fullmatch(row.name)
        surname = row.name.rpartition(" ")[2] if is_full else ""
        for name in {row.name, row.name.removeprefix("The "), row.short, *others, surname}:
            names.append((name, row.actor_id))
    return names


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each sentence: of its first character, and after its last."""
    first = 0
    for match in SENTENCE_END.finditer(text):
        if not ABBREVIATED.search(text[max(0, match.start() - 8) : match.start() + 1]):
            yield first, match.end()
            first = match.end()
    yield first, len(text)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentences in which a stretch of a text lies.

    Returns:
        The offsets of their first character and after their last.
    """
    begun = 0
    for first, last in sentences_of(text):
        if first <= start:
            begun = first
        if last >= end:
            return begun, last
    return begun, len(text)


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Find what stands in quotation marks, as the offsets of and after the marks."""
    return [match.span() for match in QUOTATION.finditer(text)]


def _plain(name: str) -> str:
    """Return a name as it is looked up."""
    return " ".join(name.replace("’", "'").split()).casefold()


def _pattern_of(name: str) -> str:
    """Return a pattern of a name, in small letters or capitals but for a first one."""
    pattern = re.escape(name).replace(r"\ ", r"\s+")
    if " " in name:
        return f"(?i:{pattern})"
    if len(name) > SHORT and name.isalpha():
        return f"{name[0]}(?i:{name[1:]})"
    return pattern
