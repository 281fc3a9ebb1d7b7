"""Wrapping of long lines of Python for print; the printed code still runs when it is retyped."""

import io
import tokenize
from typing import NamedTuple

WIDTH = 70  # characters that the text column holds in the type of code
INDENT = "    "


class BreakPoint(NamedTuple):
    """A position at which a line of code may be broken.

    Attributes:
        column: The index of the first character after the break.
        depth: How many brackets are open there.
        quote: The quotation mark that closes and reopens a string broken there; else empty.
    """

    column: int
    depth: int
    quote: str


def wrap_code(code: str, width: int = WIDTH) -> str:
    """Wrap lines of Python within brackets, and within the strings inside brackets.

    A line that cannot be broken there stays longer than `width`.
    """
    return "\n".join(part for line in code.splitlines() for part in _wrap_line(line, width))


def _wrap_line(line: str, width: int) -> list[str]:
    """Wrap one line, at the outermost brackets and as late as possible."""
    indent = line[: len(line) - len(line.lstrip())]
    points, parts, start, prefix = _break_points(line), [], 0, ""
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


def _break_points(line: str) -> list[BreakPoint]:
    """Find the positions at which a line of code may be broken.

    These are, within brackets, after an opening bracket or a comma, and after a space in a string.
    """
    points: list[BreakPoint] = []
    depth, indent = 0, len(line) - len(line.lstrip())
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.lstrip()).readline):
            begin, end = token.start[1] + indent, token.end[1] + indent
            if token.type == tokenize.OP:
                depth += (token.string in "([{") - (token.string in ")]}")
                if depth and token.string in "([{,":
                    points.append(BreakPoint(end, depth, ""))
            elif depth and _is_plain_string(token):
                points += [
                    BreakPoint(column + 1, depth, token.string[0])
                    for column in range(begin + 1, end - 2)
                    if line[column] == " "
                ]
    except tokenize.TokenError:  # a bracket closes on a later line
        pass
    return points


def _is_plain_string(token: tokenize.TokenInfo) -> bool:
    """Check whether a token is a string without a prefix or triple quotation marks."""
    return (
        token.type == tokenize.STRING
        and token.string[0] in "\"'"
        and not token.string.startswith(('"""', "'''"))
    )
