"""Titles that state a finding; imports nothing that draws, as checks read them, too."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Finding:
    """A title that states a finding, with a test of it against the figure's data.

    Attributes:
        sentence: The title, without a full stop.
        holds: A function that takes the figure's data and returns whether the sentence is true.
        neutral: The title to use if the sentence is not true. It only names the subject.
        marks: The keys of what the sentence speaks of, which a slide sets off from the rest.
        shared: What they have in common, in the sentence's words, for a brace over them.
    """

    sentence: str
    holds: Callable[[pd.DataFrame], bool]
    neutral: str
    marks: tuple[str, ...] = ()
    shared: str = ""

    def is_borne_out(self, data: pd.DataFrame) -> bool:
        """Check whether the sentence is true of a figure's data.

        Args:
            data: The data of the figure, with the columns that the test reads.

        Returns:
            The result of the test. It is false if the test raises an error on the data, for example
            because a column is missing.
        """
        try:
            return bool(self.holds(data))
        except (LookupError, TypeError, ValueError, ArithmeticError):
            return False  # data of another report, or too few of them, bear nothing out


def marks_of(title: str | Finding, data: pd.DataFrame) -> tuple[str, ...]:
    """Return the marks of a finding that the data bear out; none for another title."""
    if isinstance(title, Finding) and title.is_borne_out(data):
        return title.marks
    return ()
