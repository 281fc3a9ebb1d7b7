"""Labels of days above an axis, each on a stem, in rows so that none covers a stem or a label."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from claimbook import house_style
from claimbook.figures.canvas import small_print

ROW = 0.145  # inches from one row of labels to the next
PAD = 0.05  # inches between a stem and its label, and at least between two labels


@dataclass(frozen=True)
class Stem:
    """A label at a day.

    Attributes:
        x: Its place on the axis, in inches from the left end.
        text: The label.
        left: True if the label is to the left of its stem.
        row: The number of its row, from 0 at the axis.
    """

    x: float
    text: str
    left: bool = False
    row: int = 0

    @property
    def span(self) -> tuple[float, float]:
        """The inches that the stem and its label cover."""
        reach = PAD + house_style.SMALL_LETTER * len(self.text)
        return (self.x - reach, self.x) if self.left else (self.x, self.x + reach)


def place_stems(
    labels: list[tuple[float, str]], width: float, lowest: Callable[[float, float], int]
) -> list[Stem] | None:
    """Place labels in rows.

    Those before some day are to the right of their stems, and those from it on to the left.

    Args:
        labels: The inches from the left end of the axis to each label, and its text; from left to
            right.
        width: The inches that the axis is long.
        lowest: A function that returns the lowest row in which a label from one inch of the axis to
            another covers no mark.

    Returns:
        The labels with their rows, as few as can be; None if they cannot be placed so.
    """
    placings = (
        _in_rows(
            [Stem(x, text, index >= turn) for index, (x, text) in enumerate(labels)], width, lowest
        )
        for turn in range(len(labels) + 1)
    )
    placed = [stems for stems in placings if stems is not None]
    return min(
        placed,
        key=lambda stems: (rows_of(stems), sum(stem.row for stem in stems)),
        default=None,
    )


def rows_of(stems: list[Stem]) -> int:
    """Return the number of rows that labels take."""
    return max((stem.row + 1 for stem in stems), default=0)


def _in_rows(
    stems: list[Stem], width: float, lowest: Callable[[float, float], int]
) -> list[Stem] | None:
    """Choose the rows of labels whose sides are given; None if there is no way."""
    if any(stem.span[0] < -PAD or stem.span[1] > width + PAD for stem in stems):
        return None
    # a stem runs through all rows below its own, and so keeps the labels over it above it
    right = [index for index, stem in enumerate(stems) if not stem.left]
    left = [index for index, stem in enumerate(stems) if stem.left]
    placed: dict[int, Stem] = {}
    for index in [*reversed(right), *left]:
        stem = stems[index]
        first, last = stem.span
        row = lowest(first, last)
        for other in placed.values():
            start, end = other.span
            if start < stem.x < end:
                return None
            if start < last + PAD and first < end + PAD:
                row = max(row, other.row + 1)
        placed[index] = Stem(stem.x, stem.text, stem.left, row)
    return [placed[index] for index in range(len(stems))]


def draw_stems(axes: Axes, stems: list[Stem]) -> None:
    """Draw labels on their stems, which begin at zero.

    Args:
        axes: Axes with inches on both scales.
        stems: The labels.
    """
    for stem in stems:
        y = ROW * stem.row
        rule = house_style.colour("muted")
        axes.plot([stem.x, stem.x], [0, y + ROW * 0.8], color=rule, linewidth=0.6, zorder=1)
        axes.text(
            stem.x + (-PAD if stem.left else PAD) * 0.6,
            y + ROW * 0.2,
            stem.text,
            ha="right" if stem.left else "left",
            va="baseline",
            bbox={"facecolor": house_style.colour("paper"), "edgecolor": "none", "pad": 0.4},
            zorder=3,
            **small_print("ink"),
        )
