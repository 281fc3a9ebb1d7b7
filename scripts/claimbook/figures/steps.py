"""Steps through a figure, such as its months, among which readers of a page choose by a slider.

A picture with steps has the marks of the whole and those of each step, of which a page shows one
set at a time. What is printed, downloaded or projected has the marks of the whole alone.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

WHOLE = "whole"  # begins the names of marks that stand for all steps


@dataclass(frozen=True)
class Steps:
    """The steps of a figure.

    Attributes:
        name: The name of what a step is, such as `Month`.
        whole: The label of all steps together, and a text with what the figure then shows.
        each: The same of each step, in their order.
        draw: A function that draws the picture with the marks of all steps, at a width in inches.
    """

    name: str
    whole: tuple[str, str]
    each: list[tuple[str, str]]
    draw: Callable[[float], Drawing]

    def to_json(self) -> dict[str, Any]:
        """Return what a page needs for the slider: `name`, and the `labels` and `texts`."""
        labels, texts = zip(self.whole, *self.each, strict=True)
        return {"name": self.name, "labels": list(labels), "texts": list(texts)}


def step_name(number: int) -> str:
    """Return the beginning of the names of the marks of a step, numbered from 0."""
    return f"step-{number + 1}"


@contextmanager
def named_parts(axes: Axes, name: str) -> Iterator[None]:
    """Name all that a `with` block draws, for `with_step_classes` to find.

    Args:
        axes: The axes.
        name: `WHOLE`, or a name by `step_name`.
    """
    before = set(axes.get_children())
    yield
    drawn = [artist for artist in axes.get_children() if artist not in before]
    for number, artist in enumerate(drawn):
        artist.set_gid(f"{name}-{number}")


def with_step_classes(svg: str) -> str:
    """Give the marks of steps the classes by which a page shows and hides them.

    The marks of steps are hidden until a script shows them.

    Args:
        svg: The SVG, with a prefix before its ids.
    """
    whole = re.sub(rf'(<g id="[\w-]+-{WHOLE}-\d+")', r'\1 class="cb-whole"', svg)
    return re.sub(
        r'(<g id="[\w-]+-step-(\d+)-\d+")',
        r'\1 class="cb-step" data-step="\2" display="none"',
        whole,
    )
