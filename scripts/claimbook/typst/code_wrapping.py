"""Wrapping of long lines of Python for print; the printed code still runs when it is retyped."""

import io
import re
import tokenize
from collections import defaultdict
from typing import NamedTuple

WIDTH = 70  # characters that the text column holds in the type of code
INDENT = "    "
NAMED_CHARACTER = re.compile(r"\\N\{[^}]*\}")  # an escape such as `\N{EM DASH}`, not to be broken


class BreakPoint(NamedTuple):
    """A position at which a line of code may be broken.

    Attributes:
        column: The index of the first character after the break.
        depth: How many brackets are open there.
        quote: For a break in a string, the quotation mark that closes the string before the break
            and opens it again after it; empty for any other break.
    """

    column: int
    depth: int
    quote: str


def wrap_code(code: str, width: int = WIDTH) -> str:
    """Wrap long lines of Python so that the code still runs.

    Lines are broken within brackets only, also in strings there, but not in strings of several
    lines. A line that cannot be broken so remains longer than `width`.

    Args:
        code: The source.
        width: The largest number of characters in a line.
    """
    points = _break_points(code)
    lines = enumerate(code.removesuffix("\n").split("\n"), start=1)
    return "\n".join(
        part for number, line in lines for part in _wrap_line(line, points.get(number, []), width)
    )


def _wrap_line(line: str, points: list[BreakPoint], width: int) -> list[str]:
    """Break one long line of Python into several that are at most `width` wide.

    Each break is within as few brackets as possible, and there as late as possible. Strings are
    broken only where nothing else can be. If no break fits, the line remains longer.

    Args:
        line: The line.
        points: The positions at which it may be broken.
        width: The largest number of characters in a line.
    """
    indent = line[: len(line) - len(line.lstrip())]
    parts, start, prefix = [], 0, ""
    while len(prefix) + len(line) - start > width:
        fitting = [
            point
            for point in points
            if start < point.column < len(line)
            and len(prefix) + point.column - start + len(point.quote) <= width
        ]
        if not fitting:
            break
        best = min(fitting, key=lambda point: (bool(point.quote), point.depth, -point.column))
        part = prefix + line[start : best.column]
        parts.append(part + best.quote if best.quote else part.rstrip())
        start, prefix = best.column, indent + INDENT + best.quote
        if not best.quote:
            start += len(line[start:]) - len(line[start:].lstrip())
    return [*parts, prefix + line[start:]]


def _break_points(code: str) -> dict[int, list[BreakPoint]]:
    """Find the positions at which code may be broken.

    Within brackets these are after an opening bracket, after a comma, and after a space in a
    string, unless the space is part of a `NAMED_CHARACTER`.

    Returns:
        The positions by the number of the line, counted from 1. Of code that is not Python, those
        before the place where this shows.
    """
    points: dict[int, list[BreakPoint]] = defaultdict(list)
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            row, column = token.start
            if token.type == tokenize.OP:
                depth += (token.string in "([{") - (token.string in ")]}")
                if depth and token.string in "([{,":
                    points[row].append(BreakPoint(token.end[1], depth, ""))
            elif depth and _is_plain_string(token):
                points[row] += [
                    BreakPoint(column + index, depth, token.string[0])
                    for index in _breaks_in_string(token.string)
                ]
    except (tokenize.TokenError, SyntaxError):
        pass
    return points


def _is_plain_string(token: tokenize.TokenInfo) -> bool:
    """Check whether a token is a string in one pair of quotation marks on one line.

    Returns:
        False for strings with a prefix, such as `f`, for triple quotation marks, and for strings
        that go on in the next line.
    """
    return (
        token.type == tokenize.STRING
        and token.string[0] in "\"'"
        and not token.string.startswith(('"""', "'''"))
        and token.start[0] == token.end[0]
    )


def _breaks_in_string(literal: str) -> list[int]:
    """Return the indices after the spaces at which a string literal may be broken.

    Args:
        literal: The literal with its quotation marks.
    """
    blanked = NAMED_CHARACTER.sub(lambda escape: "x" * len(escape[0]), literal)
    return [index + 1 for index in range(1, len(literal) - 2) if blanked[index] == " "]


def wrap_cells(text: str, width: int = WIDTH) -> str:
    """Wrap long lines of text that is no Python, such as rows of CSV.

    Lines are broken after commas and spaces alone, and go on with an indent. A longer run without
    them remains longer than `width`.

    Args:
        text: The text.
        width: The largest number of characters in a line.
    """
    return "\n".join(_wrap_cells_of_line(line, width) for line in text.split("\n"))


def _wrap_cells_of_line(line: str, width: int) -> str:
    lines = [""]
    for cell in re.findall(r"[^, ]*[, ]+|[^, ]+\Z", line):
        if lines[-1].strip() and len(lines[-1]) + len(cell.rstrip()) > width:
            lines.append(INDENT)
        lines[-1] += cell
    return "\n".join(part.rstrip(" ") for part in lines)
