"""What is wrong with a table, said so that a person with a spreadsheet can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN = 60  # characters of a value that an error line shows
NAMED = 3  # values at most that a line proposes


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the row's key, the column, the value found and what is allowed there.

    `hint` says what was probably meant, where that can be known. `place` is the raw row, `file:line`; it is not shown.
    """

    file: str
    key: str
    column: str
    value: object
    allowed: str
    hint: str = ""
    place: str = field(default="", compare=False)

    def __str__(self) -> str:
        where = " ".join(escape_name(part) for part in (self.file, self.key, self.column) if part)
        return f"{where}: {quote_value(self.value)}: {self.allowed}" + (
            f"; {self.hint}" if self.hint else ""
        )


class CorpusError(ValueError):
    """The corpus cannot be used as it stands; `faults` holds every reason, one line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


def quote_value(value: object) -> str:
    """A value in quotation marks, on one line, what cannot be seen escaped, the end of a long one left out."""
    return _short(repr(str(value)))


def escape_name(part: str) -> str:
    """The name of a file, row or column in the same way, without quotation marks."""
    return _short(part if part.isprintable() else repr(part)[1:-1])


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def did_you_mean(values: Iterable[str]) -> str:
    """The question that proposes some values; nothing for none."""
    proposed = [quote_value(value) for value in list(dict.fromkeys(values))[:NAMED]]
    return f"did you mean {' or '.join(proposed)}?" if proposed else ""
