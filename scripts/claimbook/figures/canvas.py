"""Canvases and measures of axes in inches, and the look of small print."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style


def inch_canvas(width: float, height: float) -> tuple[Drawing, Axes]:
    """Create a drawing whose data are inches from its upper left corner.

    Returns:
        The drawing, and its axes, of which nothing shows.
    """
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return drawing, axes


def root_figure(axes: Axes) -> Drawing:
    """Return the figure that axes belong to.

    Raises:
        ValueError: The axes belong to no figure.
    """
    drawing = axes.get_figure(root=True)
    if drawing is None:
        raise ValueError("the axes belong to no figure")
    return drawing


def axes_width(axes: Axes) -> float:
    """Return the width of axes in inches."""
    return float(axes.get_position().width * root_figure(axes).get_size_inches()[0])


def small_print(colour: str = "muted") -> dict[str, Any]:
    """Return matplotlib's text options for small print.

    Args:
        colour: The name of the text's colour in the house style.
    """
    return {"fontsize": house_style.SMALL, "color": house_style.colour(colour)}


def large_print(colour: str = "ink", more: float = 0.5) -> dict[str, Any]:
    """Return matplotlib's text options for what a slide says most of all.

    Args:
        colour: The name of the text's colour in the house style.
        more: The points by which it is larger than text.
    """
    size = house_style.TEXT + more
    return {"fontsize": size, "fontweight": "bold", "color": house_style.colour(colour)}
