"""What stands in place of a picture where the tables hold nothing to draw: a plain line."""

import textwrap
from collections.abc import Sized

from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.figures.canvas import small_print

HEIGHT = 0.4  # inches


class NoDataError(LookupError):
    """An error where the tables hold nothing that a figure could draw.

    Attributes:
        name: The id of the figure. The message says what there is none of.
    """

    def __init__(self, name: str, what: str) -> None:
        """Store the id of the figure, and make the message of what there is none of."""
        self.name = name
        super().__init__(f"No data: the corpus has no {what}.")


def require_rows(rows: Sized, name: str, what: str) -> None:
    """Make sure that a figure has something to draw.

    Args:
        rows: What it would draw.
        name: The id of the figure.
        what: What the rows are, in the plural and in the middle of a sentence.

    Raises:
        NoDataError: There are no rows.
    """
    if not len(rows):
        raise NoDataError(name, what)


def draw_line(line: str, width: float) -> Drawing:
    """Draw a line of text at a width in inches, broken where it is too long."""
    letters = int(width / house_style.SMALL_LETTER)
    drawing = Drawing(figsize=(width, HEIGHT))
    text = "\n".join(textwrap.wrap(line, letters))
    drawing.text(0.006, 0.5, text, va="center", **small_print())
    return drawing
