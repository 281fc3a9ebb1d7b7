"""Long lines of Python broken where Python allows it, so that what is printed runs when it is typed off the page."""

import io
import tokenize

WIDTH = 70  # signs that the text column holds in the type of code
INDENT = "    "


def folded(code: str, width: int = WIDTH) -> str:
    """Return Python code with its lines broken within brackets, and within the strings that stand there; what cannot be broken stays long."""
    return "\n".join(part for line in code.splitlines() for part in _fold(line, width))


def _fold(line: str, width: int) -> list[str]:
    own = line[: len(line) - len(line.lstrip())]
    cuts, parts, start, lead = _cuts(line), [], 0, ""
    while len(lead) + len(line) - start > width:
        fitting = [cut for cut in cuts if start < cut and len(lead) + cut - start + len(cuts[cut]) <= width]
        if not fitting:
            break
        cut = max(fitting)
        part = lead + line[start:cut]
        parts.append(part + cuts[cut] if cuts[cut] else part.rstrip())
        start, lead = cut, own + INDENT + cuts[cut]
        if not cuts[cut]:
            start += len(line[cut:]) - len(line[cut:].lstrip())
    return [*parts, lead + line[start:]]


def _cuts(line: str) -> dict[int, str]:
    """The places at which a line may be broken, each with the quotation mark that then closes one part of a string and opens the next."""
    cuts: dict[int, str] = {}
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.lstrip()).readline):
            shift = len(line) - len(line.lstrip())
            begin, end = token.start[1] + shift, token.end[1] + shift
            depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
            if depth and token.type == tokenize.OP and token.string in "([{,":
                cuts[end] = ""
            elif depth and token.type == tokenize.STRING and token.string[0] in "\"'" and not token.string.startswith(('"""', "'''")):
                cuts |= {place + 1: token.string[0] for place in range(begin + 1, end - 2) if line[place] == " "}
    except tokenize.TokenError:  # a bracket that closes on a later line
        pass
    return cuts
