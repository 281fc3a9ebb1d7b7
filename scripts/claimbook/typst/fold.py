"""Long lines of Python broken where Python allows it, so that what is printed runs when it is typed off the page."""

import io
import tokenize
from typing import NamedTuple

WIDTH = 70  # signs that the text column holds in the type of code
INDENT = "    "


def fold_code(code: str, width: int = WIDTH) -> str:
    """Return Python code with its lines broken within brackets, and within the strings that stand there; what cannot be broken stays long."""
    return "\n".join(part for line in code.splitlines() for part in _fold(line, width))


def _fold(line: str, width: int) -> list[str]:
    own = line[: len(line) - len(line.lstrip())]
    cuts, parts, start, lead = _cuts(line), [], 0, ""
    while len(lead) + len(line) - start > width:
        fitting = [
            cut
            for cut in cuts
            if start < cut.place < len(line)
            and len(lead) + cut.place - start + len(cut.quote) <= width
        ]
        if not fitting:
            break
        cut = min(fitting, key=lambda each: (bool(each.quote), each.depth, -each.place))
        part = lead + line[start : cut.place]
        parts.append(part + cut.quote if cut.quote else part.rstrip())
        start, lead = cut.place, own + INDENT + cut.quote
        if not cut.quote:
            start += len(line[start:]) - len(line[start:].lstrip())
    return [*parts, lead + line[start:]]


class Cut(NamedTuple):
    """A place at which a line may be broken, how deep in brackets it stands, and the mark that closes and opens a string that it parts."""

    place: int
    depth: int
    quote: str


def _cuts(line: str) -> list[Cut]:
    cuts: list[Cut] = []
    depth, shift = 0, len(line) - len(line.lstrip())
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.lstrip()).readline):
            begin, end = token.start[1] + shift, token.end[1] + shift
            depth += (
                (token.string in "([{") - (token.string in ")]}")
                if token.type == tokenize.OP
                else 0
            )
            if depth and token.type == tokenize.OP and token.string in "([{,":
                cuts.append(Cut(end, depth, ""))
            elif (
                depth
                and token.type == tokenize.STRING
                and token.string[0] in "\"'"
                and not token.string.startswith(('"""', "'''"))
            ):
                cuts += [
                    Cut(place + 1, depth, token.string[0])
                    for place in range(begin + 1, end - 2)
                    if line[place] == " "
                ]
    except tokenize.TokenError:  # a bracket that closes on a later line
        pass
    return cuts
