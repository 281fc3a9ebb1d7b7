"""Authors of a text, where a line at its head names them."""

import re
from collections.abc import Collection

from claimbook.texts.anchors import split_words
from claimbook.texts.intake.days import has_day

HEAD_LINES = 8  # lines with words at the beginning of a text, of which one may name its authors
DATELINE_WORDS = 10  # a longer line with a day is no dateline
SEPARATOR = "; "  # between the authors in a cell
MARK = re.compile(r"(?:by|words by|authors?|author\(s\)|written by)(?:\s*:\s*|\s+)", re.IGNORECASE)
JOIN = re.compile(r"\s*(?:[,;&]\s*(?:and\s+)?|\s(?:and|und|et|y|e|i|и|та)\s+)\s*")
PARTICLES = "al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|ter|van|von"
NAME = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?"  # a name, or an initial with its full stop
FULL_NAME = re.compile(rf"{NAME}(?:\s+(?:(?:{PARTICLES})\s+)?{NAME}){{1,4}}")


def find_authors(text: str, language: str, others: Collection[str] = ()) -> str:
    """Find the authors that a line at the head of a text names.

    The line has full names and nothing else. It begins with a word such as *by*, or the next line
    is short and has a day. The first line is the title, and names nobody.

    Args:
        text: The text.
        language: The code of its language.
        others: Names that are no author's, such as that of the outlet.

    Returns:
        The names as a cell of the table `sources`; empty where no line names authors.
    """
    nobody = {_plain(name) for name in others}
    lines = [" ".join(line.split()) for line in text.splitlines() if re.search(r"\w", line)]
    for line, following in zip(lines[1:HEAD_LINES], [*lines[2 : HEAD_LINES + 1], ""], strict=False):
        marked = MARK.match(line)
        dated = len(following.split()) <= DATELINE_WORDS and has_day(following, language)
        if not (marked or dated):
            continue
        names = _read_names(line[marked.end() :] if marked else line)
        if names and not nobody & set(map(_plain, [line, *names])):
            return SEPARATOR.join(names)
    return ""


def _read_names(line: str) -> list[str]:
    """Split a line into full names; none where anything in it is no name."""
    names = [name for name in JOIN.split(line) if name]
    return names if all(map(_is_full_name, names)) else []


def _is_full_name(words: str) -> bool:
    """Check that each word but a particle has a capital, as in a person's name."""
    if not FULL_NAME.fullmatch(words):
        return False
    return all(word[0].isupper() or word in PARTICLES.split("|") for word in words.split())


def _plain(name: str) -> str:
    """Reduce a name to its words, for comparison."""
    return " ".join(word.text for word in split_words(name))
