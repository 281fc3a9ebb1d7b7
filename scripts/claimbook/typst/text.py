"""Text as Typst source: escape it for markup, quote it for code, and build calls from it."""

import re
from collections.abc import Iterable

from claimbook.language.dates import MONTHS
from claimbook.language.words import curly_apostrophes

# Characters with a meaning in Typst's markup. A full stop, comma or hyphen within a sentence has
# none; a number before a full stop may begin a list, full stops in a row become an ellipsis, and a
# hyphen becomes a dash, a minus, or a place to break a word.
_SPECIAL = re.compile(
    r"""[\\"#$'*+/;<=>@\[\]_`~]|(?<=[\d.])\.|\.(?=\.)|(?<![^\W\d])-|-(?![^\W\d])"""
)
# What Typst reads as white space between words; a no-break space is not among them.
_WHITE_SPACE = re.compile(r"[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
# Spaces at which no line breaks: between a day and its month, a number and what it counts, an
# abbreviation and its number.
_NO_BREAK = re.compile(
    rf"(?<=\d) (?=(?:{'|'.join(MONTHS)}|rows|claims)\b)"
    r"|(?<=\d) (?=%)|(?<=\bp\.) (?=\d)|(?<=\bpp\.) (?=\d)"
)
# Words that are not hyphenated; `un-` at the end of a line could be read as its opposite.
_UNHYPHENATED = re.compile(r"\b(?:[A-ZÀ-Þ][^\W\d_]{4,}|unlikely)\b")


def typographic(text: str) -> str:
    """Replace straight apostrophes by curly ones, and some spaces by no-break spaces.

    No line then breaks before a month, a per cent sign, a page number after `p.`, or the noun of a
    count.
    """
    return _NO_BREAK.sub("\N{NO-BREAK SPACE}", curly_apostrophes(text))


def escape(text: str) -> str:
    """Escape text as Typst markup that shows exactly these characters.

    Only white space changes: several white-space characters become one space.
    """
    return _SPECIAL.sub(r"\\\g<0>", _WHITE_SPACE.sub(" ", text))


def prevent_hyphenation(markup: str) -> str:
    """Mark some words in Typst markup so that Typst does not hyphenate them.

    These are words of at least five letters that begin with a capital, and "unlikely". The markup
    must be escaped text.
    """
    return _UNHYPHENATED.sub(r"#unhyphenated[\g<0>];", markup)


def string_literal(text: str) -> str:
    """Write text as a Typst string literal, in quotation marks and escaped."""
    for raw, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(raw, escaped)
    return f'"{text}"'


def string_array(items: Iterable[str]) -> str:
    """Write strings as a Typst array of string literals."""
    return array_literal(string_literal(item) for item in items)


def array_literal(items: Iterable[str]) -> str:
    """Write values that are already Typst code as a Typst array."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def content_block(markup: str) -> str:
    """Wrap markup in a Typst content block, without white space at its ends."""
    return "[" + markup.strip(" \n") + "]"


def inline_content(markup: str) -> str:
    """Wrap markup in a Typst content block, with the white space at its ends."""
    return f"[{markup}]"


def text_content(text: str) -> str:
    """Write text as a Typst content block, with curly apostrophes and no-break spaces."""
    return content_block(escape(typographic(text)))


def optional_content(text: str) -> str | None:
    """Write text as a Typst content block; None if it is empty."""
    return f"[{escape(text)}]" if text else None


def to_typst(value: str | int | bool | None) -> str:
    """Write a text, number, boolean or None as Typst code."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return string_literal(value) if isinstance(value, str) else str(value)


def typst_call(function: str, /, *positional: str, **named: str | None) -> str:
    """Write a function call as Typst code.

    Args:
        function: The name of the function.
        *positional: Arguments, as Typst code. They come after the named ones.
        **named: Named arguments, as Typst code. None omits the argument; an underscore in a name
            becomes a hyphen.
    """
    arguments = [
        f"{key.replace('_', '-')}: {argument}"
        for key, argument in named.items()
        if argument is not None
    ]
    return f"{function}({', '.join([*arguments, *positional])})"


def markup_call(function: str, /, *positional: str, **named: str | None) -> str:
    """Write a function call for use within a line of Typst markup.

    It ends with a semicolon, so that Typst takes no character that follows as a part of it. The
    arguments are those of `typst_call`.
    """
    return f"#{typst_call(function, *positional, **named)};"


def block_call(function: str, /, *positional: str, **named: str | None) -> str:
    """Write a function call in Typst markup as a block with blank lines around it.

    The arguments are those of `typst_call`.
    """
    return f"\n\n{markup_call(function, *positional, **named)}\n\n"
