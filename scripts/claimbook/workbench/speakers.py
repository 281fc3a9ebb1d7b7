"""Who says what a passage tells: names of actors beside words of saying."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

# The first group passes words on, the second judges: a text that writes what an institute thinks
# stands nearer to the outlet than the institute.
PASSED_ON = "said says told tells wrote writes reported reports stated states announced announces"
PASSED_ON += " according quoted quotes cited cites posted tweeted published added adds"
JUDGED = "thinks thought believes believed assesses assessed estimates estimated expects expected"
JUDGED += " claims claimed denies denied warned warns confirmed confirms argued argues suggested"
JUDGED += " suggests noted notes accused accuses promised promises called calls asked asks declared"
SAYING = re.compile(rf"\b(?:{'|'.join([*PASSED_ON.split(), *JUDGED.split()])})\b", re.IGNORECASE)
FULL_NAME = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*\s+){1,2}[^\W\d_a-z][\w'’-]+")  # of a person
OWNER = re.compile(r"['’]s\b")  # after a name: its bearer owns what follows, and does not speak
NEARBY = 80  # characters from a name to the word of saying that makes its bearer a speaker
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9])|\n+")
ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|St|No|Jan|Feb|Mar|Apr"
                         r"|Aug|Sept?|Oct|Nov|Dec)\.\Z")  # fmt: skip


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
        for name, key in names:
            if len(name) > 1:
                keys.setdefault(_plain(name), set()).add(key)
        self._keys = {name: next(iter(ids)) for name, ids in keys.items() if len(ids) == 1}
        words = sorted(self._keys, key=len, reverse=True)
        pattern = "|".join(map(_pattern_of, words))
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if words else None

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
        for name in {row.name, row.name.removeprefix("The "), *others, surname}:
            names.append((name, row.actor_id))
    return names


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentences in which a stretch of a text lies.

    Returns:
        The offsets of their first character and after their last.
    """
    first, last = 0, len(text)
    for match in SENTENCE_END.finditer(text):
        if ABBREVIATED.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end - 1:
            last = match.end()
            break
    return first, last


def find_speakers(text: str, start: int, end: int, actors: NameFinder) -> list[str]:
    """Find who speaks in the sentences of a stretch, the one nearest the outlet first.

    Where nobody does and the stretch is quoted, the last speaker of the sentence before is taken.

    Returns:
        The ids of actors.
    """
    first, last = sentence_around(text, start, end)
    found = _speakers_between(text, first, last, actors)
    if not found and first and re.search(r"[“\"«„]", text[first:last]):
        before, _ = sentence_around(text, first - 1, first - 1)
        found = _speakers_between(text, before, first, actors)[-1:]
    return found


def _speakers_between(text: str, first: int, last: int, actors: NameFinder) -> list[str]:
    """Find the names between two offsets that stand beside a word of saying."""
    names = [name for name in actors.find(text, first, last) if not OWNER.match(text, name.end)]
    pairs = sorted(
        (max(name.start - verb.end(), verb.start() - name.end), verb.start(), verb[0], name)
        for verb in SAYING.finditer(text, first, last)
        for name in names
    )
    ranked: list[tuple[bool, int, str]] = []
    spoken: set[int] = set()  # verbs that have their speaker
    for distance, start, verb, name in pairs:
        if (
            distance < NEARBY
            and start not in spoken
            and name.key not in {key for *_, key in ranked}
        ):
            spoken.add(start)
            ranked.append((verb.casefold() not in PASSED_ON.split(), name.start, name.key))
    return [key for _, _, key in sorted(ranked)]


def _plain(name: str) -> str:
    """Return a name as it is looked up: one of several words in small letters."""
    words = name.replace("’", "'").split()
    return " ".join(words).casefold() if len(words) > 1 else "".join(words)


def _pattern_of(name: str) -> str:
    """Return a pattern of a name, which may be in capitals or not if it is an office."""
    pattern = re.escape(name).replace(r"\ ", r"\s+")
    return f"(?i:{pattern})" if " " in name else pattern
