"""Faults of tables and settings, worded so that a person with a spreadsheet can mend them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_VALUE_LENGTH = 60  # characters of a value in an error line
MAX_PROPOSALS = 3  # values that an error line proposes
TIDY_HINT = "`make tidy` mends it"


@dataclass(frozen=True)
class RowPosition:
    """The position of a row in a file.

    Attributes:
        file: The name of the file.
        line: The line on which the row begins, counted from 1.
        unit: What is counted, where it is not lines: items, for example.
    """

    file: str
    line: int
    unit: str = "line"

    @property
    def place(self) -> str:
        """The place in the file, in words: `line 3`."""
        return f"{self.unit} {self.line}"


@dataclass(frozen=True)
class Fault:
    """One fault of a table, a file or the settings.

    Attributes:
        file: The file with the fault.
        key: The key of the row, or its line; empty where the whole file is at fault.
        column: The column; empty where the whole row is at fault.
        value: The faulty value.
        allowed: The rule: what is allowed instead of the value.
        hint: A proposal how to mend it; empty for none.
        row: The position of the row; None where it could not be read. Error lines omit it.
        is_shift: Whether the cells of the row are in wrong columns, so that none of them can be
            judged by its column. Error lines omit it.
    """

    file: str
    key: str
    column: str
    value: object
    allowed: str
    hint: str = ""
    row: RowPosition | None = field(default=None, compare=False)
    is_shift: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        """Write the fault as one line: where it is, the value, the rule, and the hint."""
        cell = " ".join(escape_name(part) for part in (self.file, self.key, self.column) if part)
        hint = f"; {self.hint}" if self.hint else ""
        return f"{cell}: {quote_value(self.value)}: {self.allowed}{hint}"


class CorpusError(ValueError):
    """An error that makes the corpus unusable.

    Attributes:
        faults: All its reasons. The message has one line for each.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Store the faults, and make of them the message, with a line for each."""
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


def quote_value(value: object) -> str:
    """Put a value in quotation marks for an error line.

    Invisible characters are escaped, and a value of more than `MAX_VALUE_LENGTH` characters is cut
    off at its end.
    """
    return _shorten(repr(str(value)))


def escape_name(name: str) -> str:
    """Escape invisible characters in the name of a file, row or column.

    A name of more than `MAX_VALUE_LENGTH` characters is cut off at its end.
    """
    return _shorten(name if name.isprintable() else repr(name)[1:-1])


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_VALUE_LENGTH else text[: MAX_VALUE_LENGTH - 1] + "…"


def did_you_mean(values: Iterable[str]) -> str:
    """Return the question "did you mean …?" with proposals for a wrong value.

    Args:
        values: The proposals, the best first. Only the first `MAX_PROPOSALS` different ones are
            named.

    Returns:
        The question; empty without proposals.
    """
    proposals = [quote_value(value) for value in list(dict.fromkeys(values))[:MAX_PROPOSALS]]
    return f"did you mean {' or '.join(proposals)}?" if proposals else ""
