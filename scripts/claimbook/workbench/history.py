"""The changes of a session, to be undone and done again, also after the kernel has died."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

Cells = dict[str, str]  # the cells of a row, by column
MAX_STEPS = 200  # that are kept

# Writes the cells of a row of a table, or takes the row away (None).
Write = Callable[[str, str, Cells | None], None]


@dataclass(frozen=True)
class Change:
    """A change of one row.

    Attributes:
        table: The table: `rows` for the sheet itself, else that of a row beside it.
        key: The key of the row in the session.
        before: Its cells before; None where it was not there.
        after: Its cells after; None where it was taken away.
        label: The change in words.
    """

    table: str
    key: str
    before: Cells | None
    after: Cells | None
    label: str


class History:
    """The changes that can be undone, and those that can be done again."""

    def __init__(self) -> None:
        """Begin without changes."""
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._open = False  # whether the next change of the same cell joins the last

    def add(self, change: Change, joins: bool = False) -> None:
        """Note a change that was made.

        Args:
            change: The change.
            joins: Whether it may become one step with the last, as letters typed into one cell do.
        """
        last = self._done[-1] if self._done else None
        if (
            joins
            and self._open
            and last is not None
            and (last.table, last.key, last.label) == (change.table, change.key, change.label)
        ):
            self._done[-1] = Change(
                change.table, change.key, last.before, change.after, change.label
            )
        else:
            self._done = [*self._done, change][-MAX_STEPS:]
        self._open = joins
        self._undone.clear()

    @property
    def labels(self) -> tuple[str, str]:
        """What would be undone and what would be done again, in words; empty for nothing."""
        return (
            self._done[-1].label if self._done else "",
            self._undone[-1].label if self._undone else "",
        )

    def undo(self, write: Write) -> Change | None:
        """Undo the last change.

        Args:
            write: Writes the cells of a row.

        Returns:
            The change; None where there is none.
        """
        change = _move_last(self._done, self._undone)
        if change is not None:
            write(change.table, change.key, change.before)
            self._open = False
        return change

    def redo(self, write: Write) -> Change | None:
        """Do the last undone change again; return None where there is none."""
        change = _move_last(self._undone, self._done)
        if change is not None:
            write(change.table, change.key, change.after)
            self._open = False
        return change

    def to_json(self) -> dict[str, Any]:
        """Return the changes as a JSON object."""
        return {
            "done": [asdict(change) for change in self._done],
            "undone": [asdict(change) for change in self._undone],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "History":
        """Make a history of its JSON object."""
        history = cls()
        history._done = [Change(**change) for change in kept["done"]]
        history._undone = [Change(**change) for change in kept["undone"]]
        return history


def _move_last(source: list[Change], target: list[Change]) -> Change | None:
    """Move the last change from one list to another; None where there is none."""
    if not source:
        return None
    target.append(source.pop())
    return target[-1]
