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
    """A label laid out at one of its possible positions.

    Attributes:
        text: The text, not yet in the axes.
        box: The box that it covers, in pixels.
        lead: Points of the line from the mark to a distant label, in pixels, shape (n, 2); none for
            a near label.
    """

    text: Annotation
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
        free: list[tuple[int, int, _Candidate]] = []
        for rank, (gap, side) in enumerate(_positions(label)):
            candidate = _set_label(axes, renderer, label, gap, side)
            crossing = bool(candidate.box.count_overlaps(lines))
            if (
                _is_inside(candidate.box, room)
                and not any(box.count_overlaps(occupied) for box in candidate.covered)
                and not (label.upon and crossing)
            ):
                free.append((rank + CROSSING_COST * crossing, rank, candidate))
        if free:
            _, _, best = min(free, key=lambda candidate: candidate[:2])
            _write(axes, best)
            written.append(best.text)
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


def _set_label(
    axes: Axes, renderer: RendererAgg, label: Label, gap: float, side: Side
) -> _Candidate:
    """Lay a label out at a position and measure it, without adding it to the axes.

    Args:
        axes: The axes to measure in.
        renderer: The renderer to measure with.
        label: The label.
        gap: The points between the mark and the label.
        side: The side of the mark.
    """
    distance = label.clear + gap
    options = {"fontsize": house_style.SMALL, "linespacing": 1.15, "multialignment": "left"}
    text = axes.annotate(
        label.text,
        label.at,
        (side.across * distance, side.up * distance),
        textcoords="offset points",
        ha=side.ha,
        va=side.va,
        annotation_clip=False,
        **{**options, **label.options},
    )
    pixels = root_figure(axes).dpi / 72
    box = text.get_window_extent(renderer).padded(MARGIN * pixels)
    text.remove()
    at = axes.transData.transform(label.at)
    reaches = np.linspace(label.clear + 2, distance, LEAD_POINTS if gap in FAR else 0)
    lead = at + pixels * reaches[:, None] * np.array([side.across, side.up])
    return _Candidate(text, box, lead)


def _is_inside(box: Bbox, room: Bbox) -> bool:
    """Check whether a box lies within another box, `room`."""
    across = room.x0 <= box.x0 and box.x1 <= room.x1
    return bool(across and room.y0 <= box.y0 and box.y1 <= room.y1)


def _write(axes: Axes, candidate: _Candidate) -> None:
    """Add a label to its axes, and for a distant label the line to its mark."""
    axes.add_artist(candidate.text)
    if len(candidate.lead):
        ends = axes.transData.inverted().transform(candidate.lead[[0, -1]])
        axes.plot(*ends.T, color=house_style.colour("muted"), linewidth=0.6, zorder=2.5)
