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
        quote: For a break in a string, the quotation mark that closes the string before the break
            and opens it again after it; empty for any other break.
    """

    column: int
    depth: int
    quote: str


def wrap_code(code: str, width: int = WIDTH) -> str:
    """Wrap long lines of Python so that the code still runs.

    Lines are broken within brackets only, also in strings there. A line that cannot be broken so
    remains longer than `width`.

    Args:
        code: The source.
        width: The largest number of characters in a line.
    """
    return "\n".join(part for line in code.splitlines() for part in _wrap_line(line, width))


def _wrap_line(line: str, width: int) -> list[str]:
    """Break one long line of Python into several that are at most `width` wide.

    Each break is within as few brackets as possible, and there as late as possible. Strings are
    broken only where nothing else can be. If no break fits, the line remains longer.
    """
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

    Within brackets these are after an opening bracket, after a comma, and after a space in a
    string.
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
    """Check whether a token is a string in one pair of quotation marks.

    Returns:
        False for strings with a prefix, such as `f`, and for triple quotation marks.
    """
    return (
        token.type == tokenize.STRING
        and token.string[0] in "\"'"
        and not token.string.startswith(('"""', "'''"))
    )
