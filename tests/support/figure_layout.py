"""Where the words of a figure stand, so that tests can see whether they can be read."""

import itertools

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
        drawing.draw(renderer)  # ticks get their texts only now
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


def layout_faults(figure: Figure, width: float) -> list[str]:
    """The texts that leave the canvas, and the pairs that run over one another."""
    (across, height), boxes = text_boxes(figure, width)
    faults = [
        f"off the canvas: {text!r}"
        for text, box in boxes
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > across + SLACK or box.y1 > height + SLACK
    ]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > SLACK and min(a.y1, b.y1) - max(a.y0, b.y0) > SLACK:
            faults.append(f"{one!r} over {other!r}")
    return faults


def inches_high(figure: Figure, width: float) -> float:
    """The height of a figure drawn at a width, in inches."""
    (across, height), _ = text_boxes(figure, width)
    return height / across * width
