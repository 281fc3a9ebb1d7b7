"""Where the words of a figure stand, so that tests can see whether they can be read."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from claimbook import house_style
from claimbook.figures.figure import Figure
from claimbook.figures.steps import step_name
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

SLACK = 1.0  # pixels by which boxes of text may touch
SLIDE = 0.0  # in place of a width: the picture for a slide


class Words(NamedTuple):
    """A text on the canvas.

    Attributes:
        text: The text.
        box: The upright box around it.
        outline: The same, but along the text where that is slanted.
    """

    text: str
    box: Bbox
    outline: Path


def _outline(text: Text, box: Bbox, renderer: RendererAgg) -> Path:
    """The box around a text, along it where it is turned about its place by no right angle."""
    if not (angle := text.get_rotation()) % 90:
        return Path(box.corners()[[0, 1, 3, 2, 0]])
    assert text.get_rotation_mode() == "anchor"
    place = text.get_transform().transform(text.get_unitless_position())
    text.set_rotation(0)
    corners = text.get_window_extent(renderer).corners()[[0, 1, 3, 2, 0]]
    text.set_rotation(angle)
    return Path(Affine2D().rotate_deg_around(*place, angle).transform(corners))


def text_boxes(figure: Figure, width: float) -> tuple[tuple[float, float], list[Words]]:
    """The width and height of a figure's canvas in pixels, and each text on it with its box."""
    with house_style.house_style():
        drawing = figure.on_slide() if width == SLIDE else figure.draw(width)
        drawing.draw_without_rendering()  # ticks get their texts only now
        return _boxes(drawing)


def _boxes(drawing: Drawing) -> tuple[tuple[float, float], list[Words]]:
    """The width and height of a canvas in pixels, and each visible text on it with its box."""
    renderer = FigureCanvasAgg(drawing).get_renderer()
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
        Words(text.get_text(), box, _outline(text, box, renderer))
        for text in visible
        if text not in unused
        for box in [text.get_window_extent(renderer)]
    ]
    size = (drawing.bbox.width, drawing.bbox.height)
    return size, [words for words in boxes if words.box.width > 1]


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
    size, boxes = text_boxes(figure, width)
    return Layout(_faults(size, boxes), size[1] / size[0] * width)


def faults_of_steps(figure: Figure, width: float) -> Iterator[list[str]]:
    """The faults of what a page shows of a figure at each of its steps, in their order."""
    with house_style.house_style():
        drawing = figure.steps.draw(width)
        drawing.draw_without_rendering()
        parts = drawing.findobj(lambda part: bool(part.get_gid()))
        for number in range(len(figure.steps.each)):
            for part in parts:
                part.set_visible(part.get_gid().startswith(f"{step_name(number)}-"))
            yield _faults(*_boxes(drawing))


def _faults(size: tuple[float, float], boxes: list[Words]) -> list[str]:
    """The texts that leave a canvas, and the pairs that run over one another."""
    across, height = size
    faults = [
        f"off the canvas: {text!r}"
        for text, box, _ in boxes
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > across + SLACK or box.y1 > height + SLACK
    ]
    left, low, right, high = np.array([box.extents for _, box, _ in boxes]).T
    for place in range(len(boxes) - 1):
        rest = slice(place + 1, None)
        wide = np.minimum(right[place], right[rest]) - np.maximum(left[place], left[rest])
        tall = np.minimum(high[place], high[rest]) - np.maximum(low[place], low[rest])
        over = np.flatnonzero((wide > SLACK) & (tall > SLACK)) + place + 1
        faults += [
            f"{boxes[place].text!r} over {boxes[other].text!r}"
            for other in over
            if boxes[place].outline.intersects_path(boxes[other].outline)
        ]
    return faults


def layout_faults(figure: Figure, width: float) -> list[str]:
    """The texts that leave the canvas, and the pairs that run over one another."""
    return layout_of(figure, width).faults
