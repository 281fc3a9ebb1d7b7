"""What is wrong with a table, said so that a person with a spreadsheet can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 60  # characters of a value that an error line shows


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the row's key, the column, the value found and what is allowed there."""

    file: str
    key: str
    column: str
    value: object
    allowed: str

    def __str__(self) -> str:
        shown = ascii(self.value) if not str(self.value).isprintable() else repr(self.value)
        if len(shown) > SHOWN:
            shown = shown[: SHOWN - 1] + "…"
        where = " ".join(part for part in (self.file, self.key, self.column) if part)
        return f"{where}: {shown}: {self.allowed}"


class CorpusError(ValueError):
    """The corpus cannot be used as it stands; `faults` holds every reason, one line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))
