"""Text as Typst source: escaped for markup, quoted for code, and the small calls built from them."""

import re
from collections.abc import Iterable

from claimbook.language.claim_text import MONTHS, curly_apostrophes

# What may mean more to Typst than itself. A full stop, comma or hyphen within a sentence does not; a number before a full stop
# may begin a list, stops in a row become an ellipsis, and a hyphen a dash, a minus, or a place to break a word.
_MARK = re.compile(r"""[\\"#$'*+/;<=>@\[\]_`~]|(?<=[\d.])\.|\.(?=\.)|(?<![^\W\d])-|-(?![^\W\d])""")
# What Typst reads as white space between words; a no-break space is not among them.
_BREAKS = re.compile(r"[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")


# What must not be parted at the end of a line: the day and its month, a number and what it counts by, an abbreviation and its number.
_TIED = re.compile(
    rf"(?<=\d) (?=(?:{'|'.join(MONTHS)}|rows|claims)\b)|(?<=\d) (?=%)|(?<=\bp\.) (?=\d)|(?<=\bpp\.) (?=\d)"
)

_NAME = re.compile(
    r"\b(?:[A-ZÀ-Þ][^\W\d_]{4,}|unlikely)\b"
)  # 'un-' at the end of a line would have a reader take it for its opposite


def typographic(text: str) -> str:
    """Return `text` as print has it: with curly apostrophes, and without breaks in days, percentages and numbers of pages."""
    return _TIED.sub("\N{NO-BREAK SPACE}", curly_apostrophes(text))


def escape(text: str) -> str:
    """Return `text` as markup that sets exactly its characters; runs of white space become one space, as in any paragraph."""
    return _MARK.sub(r"\\\g<0>", _BREAKS.sub(" ", text))


def keep_names_whole(markup: str) -> str:
    """Return escaped markup in which names, months and weekdays stay whole at the end of a line: all words with a capital, and *unlikely*."""
    return _NAME.sub(r"#whole[\g<0>];", markup)


def string_literal(text: str) -> str:
    """Return `text` as a string literal."""
    for raw, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(raw, written)
    return f'"{text}"'


def string_array(items: Iterable[str]) -> str:
    """Return an array of string literals."""
    return array_literal(string_literal(item) for item in items)


def array_literal(items: Iterable[str]) -> str:
    """Return an array of values that are already code."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def content_block(markup: str) -> str:
    """Return markup as a content block, without the blank lines at its ends."""
    return "[" + markup.strip(" \n") + "]"


def inline_content(markup: str) -> str:
    """Return inline markup as a content block, the spaces at its ends kept."""
    return f"[{markup}]"


def to_typst(thing: str | int | bool | None) -> str:
    """Return a Python value as code."""
    if thing is None:
        return "none"
    if isinstance(thing, bool):
        return "true" if thing else "false"
    return string_literal(thing) if isinstance(thing, str) else str(thing)


def typst_call(function: str, /, *positional: str, **named: str | None) -> str:
    """Return a call as code.

    Arguments are code already; a named one that is None is left out, and underscores in names become hyphens.
    """
    arguments = [
        f"{key.replace('_', '-')}: {argument}"
        for key, argument in named.items()
        if argument is not None
    ]
    return f"{function}({', '.join([*arguments, *positional])})"


def markup_call(function: str, /, *positional: str, **named: str | None) -> str:
    """Return a call in markup, closed so that no following character is read as part of it."""
    return f"#{typst_call(function, *positional, **named)};"


def block_call(function: str, /, *positional: str, **named: str | None) -> str:
    """Return a call that stands as a block of its own."""
    return f"\n\n{markup_call(function, *positional, **named)}\n\n"
