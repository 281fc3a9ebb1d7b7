"""Labels beside their marks, placed so that none covers a label, a mark or the canvas's edge."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from claimbook import house_style
from claimbook.figures.canvas import root_figure


class Side(NamedTuple):
    """A side of a mark on which its label can be.

    Attributes:
        across: How far the side is to the right, from -1 to 1.
        up: How far the side is upwards, from -1 to 1.
        ha: The horizontal alignment of a text on this side.
        va: The vertical alignment of a text on this side.
    """

    across: float
    up: float
    ha: str
    va: str


SIDES = [  # best first
    Side(1, 0, "left", "center"),
    Side(-1, 0, "right", "center"),
    Side(0, -1, "center", "top"),
    Side(0, 1, "center", "bottom"),
    Side(0.7, -0.7, "left", "top"),
    Side(0.7, 0.7, "left", "bottom"),
    Side(-0.7, -0.7, "right", "top"),
    Side(-0.7, 0.7, "right", "bottom"),
]
CENTRE = Side(0, 0, "center", "center")
# The part of a text's size that lies left of and below its anchor, by its alignment.
_ANCHORS = {
    (ha, va): np.array([across, up])
    for ha, across in (("left", 0), ("center", 0.5), ("right", 1))
    for va, up in (("bottom", 0), ("center", 0.5), ("top", 1))
}
NEAR = (2, 5, 9)  # points between a mark and its label
FAR = (14, 22, 32, 44)  # the same, where a line leads from the mark to its label
MARGIN = 1.5  # points that stay free about a label
LEAD_POINTS = 8  # points of that line on which nothing else may stand
CROSSING_COST = 40  # positions farther down the list that count as bad as crossing a line


@dataclass(frozen=True)
class Label:
    """A text for a mark.

    Attributes:
        text: The text.
        at: The position of the mark, in the data of the axes.
        clear: The radius of the mark in points, which the label must not cover.
        options: Options of matplotlib's text.
        upon: True if there is no mark at the position, so that the label may be upon it. Such a
            label is omitted if it would cross a line.
    """

    text: str
    at: tuple[float, float]
    clear: float = 0
    options: dict[str, Any] = field(default_factory=dict)
    upon: bool = False


@dataclass(frozen=True)
class _Candidate:
    """One of the possible positions of a label.

    Attributes:
        rank: Its place among the positions, the best first.
        gap: The points between the mark and the label.
        side: The side of the mark.
        box: The box that the label covers, in pixels.
        lead: Points of the line from the mark to a distant label, in pixels, shape (n, 2); none for
            a near label.
    """

    rank: int
    gap: float
    side: Side
    box: Bbox
    lead: np.ndarray

    @property
    def covered(self) -> list[Bbox]:
        """The boxes that the label and its line cover, in pixels."""
        return [self.box, *(Bbox([point - 1, point + 1]) for point in self.lead)]


def place_labels(
    axes: Axes, labels: list[Label], taken: list[Bbox], lines: list[Bbox]
) -> list[Annotation]:
    """Write labels beside their marks, each at the best free position.

    Labels are placed one after the other. A label is omitted if none of its positions is free,
    which means within the axes and without covering a label or a box of `taken`.

    Args:
        axes: The axes to write in.
        labels: The labels, the most important first.
        taken: Boxes that no label may cover, in pixels of the canvas.
        lines: Boxes that labels should not cover if another good position is free, in pixels.

    Returns:
        The labels that were written, in their order.
    """
    canvas = FigureCanvasAgg(root_figure(axes))
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib has no type
    room = axes.get_window_extent(renderer)
    occupied = list(taken)
    written = []
    for label in labels:
        best = crossing = None  # the first free position, and the first that crosses a line
        for candidate in _candidates(axes, renderer, label):
            if crossing is not None and candidate.rank >= crossing.rank + CROSSING_COST:
                break
            if not _is_inside(candidate.box, room) or any(
                box.count_overlaps(occupied) for box in candidate.covered
            ):
                continue
            if not candidate.box.count_overlaps(lines):
                best = candidate
                break
            if not label.upon:
                crossing = crossing or candidate
        best = best or crossing
        if best is not None:
            written.append(_write(axes, label, best))
            occupied += best.covered
    return written


def _positions(label: Label) -> Iterator[tuple[float, Side]]:
    """Yield the positions of a label, the best first.

    Yields:
        The distance from the mark in points, and the side of the mark.
    """
    if label.upon:
        yield 0, CENTRE
    for gap in NEAR if label.upon else (*NEAR, *FAR):
        for side in SIDES:
            yield gap, side


def _candidates(axes: Axes, renderer: RendererAgg, label: Label) -> Iterator[_Candidate]:
    """Yield the positions of a label with what they cover, the best first.

    The text is measured once: its box has the same size at every position.

    Args:
        axes: The axes to measure in.
        renderer: The renderer to measure with.
        label: The label.
    """
    text = _annotate(axes, label, 0, CENTRE)
    size = text.get_window_extent(renderer).size
    text.remove()
    pixels = root_figure(axes).dpi / 72
    at = axes.transData.transform(label.at)
    for rank, (gap, side) in enumerate(_positions(label)):
        distance = label.clear + gap
        direction = np.array([side.across, side.up])
        corner = at + pixels * distance * direction - size * _ANCHORS[side.ha, side.va]
        box = Bbox([corner, corner + size]).padded(MARGIN * pixels)
        reaches = np.linspace(label.clear + 2, distance, LEAD_POINTS if gap in FAR else 0)
        yield _Candidate(rank, gap, side, box, at + pixels * reaches[:, None] * direction)


def _annotate(axes: Axes, label: Label, gap: float, side: Side) -> Annotation:
    """Write a label into the axes.

    Args:
        axes: The axes to write in.
        label: The label.
        gap: The points between the mark and the label.
        side: The side of the mark.
    """
    distance = label.clear + gap
    options = {"fontsize": house_style.SMALL, "linespacing": 1.15, "multialignment": "left"}
    return axes.annotate(
        label.text,
        label.at,
        (side.across * distance, side.up * distance),
        textcoords="offset points",
        ha=side.ha,
        va=side.va,
        annotation_clip=False,
        **{**options, **label.options},
    )


def _is_inside(box: Bbox, room: Bbox) -> bool:
    """Check whether a box lies within another box, `room`."""
    across = room.x0 <= box.x0 and box.x1 <= room.x1
    return bool(across and room.y0 <= box.y0 and box.y1 <= room.y1)


def _write(axes: Axes, label: Label, candidate: _Candidate) -> Annotation:
    """Write a label at a position, for a distant one with the line to its mark."""
    text = _annotate(axes, label, candidate.gap, candidate.side)
    if len(candidate.lead):
        ends = axes.transData.inverted().transform(candidate.lead[[0, -1]])
        axes.plot(*ends.T, color=house_style.colour("muted"), linewidth=0.6, zorder=2.5)
    return text
