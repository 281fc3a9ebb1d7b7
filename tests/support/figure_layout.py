"""Where the words of a figure stand, so that tests can see whether they can be read."""

from typing import NamedTuple

import numpy as np
from claimbook import house_style
from claimbook.figures.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 1.0  # pixels by which boxes of text may touch
SLIDE = 0.0  # in place of a width: the picture for a slide


def text_boxes(figure: Figure, width: float) -> tuple[tuple[float, float], list[tuple[str, Bbox]]]:
    """The width and height of a figure's canvas in pixels, and each text on it with its box."""
    with house_style.house_style():
        drawing = figure.on_slide() if width == SLIDE else figure.draw(width)
        renderer = FigureCanvasAgg(drawing).get_renderer()
        drawing.draw_without_rendering()  # ticks get their texts only now
        visible = [
            text for text in drawing.findobj(Text) if text.get_visible() and text.get_text().strip()
        ]
        unused = {
            tick.label2
            for axes in drawing.axes
            for axis in (axes.xaxis, axes.yaxis)
            for tick in axis.get_major_ticks()
        }
        boxes = [
            (text.get_text(), text.get_window_extent(renderer))
            for text in visible
            if text not in unused
        ]
        size = (drawing.bbox.width, drawing.bbox.height)
        return size, [(text, box) for text, box in boxes if box.width > 1]


class Layout(NamedTuple):
    """How the words of a figure stand.

    Attributes:
        faults: The texts that leave the canvas, and the pairs that run over one another.
        inches_high: The height of the figure.
    """

    faults: list[str]
    inches_high: float


def layout_of(figure: Figure, width: float) -> Layout:
    """Draw a figure at a width, and look where its words stand."""
    (across, height), boxes = text_boxes(figure, width)
    faults = [
        f"off the canvas: {text!r}"
        for text, box in boxes
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > across + SLACK or box.y1 > height + SLACK
    ]
    left, low, right, high = np.array([box.extents for _, box in boxes]).T
    for place in range(len(boxes) - 1):
        rest = slice(place + 1, None)
        wide = np.minimum(right[place], right[rest]) - np.maximum(left[place], left[rest])
        tall = np.minimum(high[place], high[rest]) - np.maximum(low[place], low[rest])
        over = np.flatnonzero((wide > SLACK) & (tall > SLACK)) + place + 1
        faults += [f"{boxes[place][0]!r} over {boxes[other][0]!r}" for other in over]
    return Layout(faults, height / across * width)


def layout_faults(figure: Figure, width: float) -> list[str]:
    """The texts that leave the canvas, and the pairs that run over one another."""
    return layout_of(figure, width).faults
