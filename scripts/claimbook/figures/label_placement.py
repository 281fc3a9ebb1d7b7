"""Labels beside their marks: each where it meets neither another label nor a mark nor the edge of the canvas."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from claimbook.figures import style

SIDES = [  # where a label may stand about its mark, best first: across, along, and how its text is set
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, -1, "center", "top"),
    (0, 1, "center", "bottom"),
    (0.7, -0.7, "left", "top"),
    (0.7, 0.7, "left", "bottom"),
    (-0.7, -0.7, "right", "top"),
    (-0.7, 0.7, "right", "bottom"),
]
NEAR, FAR = (
    (2, 5, 9),
    (14, 22, 32, 44),
)  # points between a mark and its label; from FAR a line leads from one to the other
MARGIN = 1.5  # points kept free about a label
LEAD = 8  # points of that line on which nothing else may stand
CROSSING = 40  # as many places farther down the list a label goes rather than cross a line


@dataclass(frozen=True)
class Label:
    """A text for a mark at a point of the axes' data.

    `clear` is the mark's radius in points; `options` go to matplotlib. One that stands `upon` its point, or near it, has no mark,
    and is left out rather than cross a line.
    """

    text: str
    at: tuple[float, float]
    clear: float = 0
    options: dict[str, Any] = field(default_factory=dict)
    upon: bool = False


def place_labels(
    axes: Axes, labels: list[Label], taken: list[Bbox], lines: list[Bbox]
) -> list[Annotation]:
    """Write labels one after the other, each at the first place that is free; gives those that found one, in their order.

    Boxes are in pixels of the canvas: nothing may stand on those `taken`, and nothing should on `lines`. A label that finds no
    room in reach of its mark is not written, so that none covers another.
    """
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    pixels = axes.figure.dpi / 72
    room = axes.get_window_extent(renderer)
    full = list(taken)
    written = []
    for label in labels:
        at = axes.transData.transform(label.at)
        fits = []
        for rank, (gap, (across, along, ha, va)) in enumerate(_ways(label)):
            away = label.clear + gap
            text = axes.annotate(
                label.text,
                label.at,
                (across * away, along * away),
                textcoords="offset points",
                ha=ha,
                va=va,
                annotation_clip=False,
                **{
                    "fontsize": style.SMALL,
                    "linespacing": 1.15,
                    "multialignment": "left",
                    **label.options,
                },
            )
            box = text.get_window_extent(renderer).padded(MARGIN * pixels)
            text.remove()
            inside = (
                room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1
            )
            reaches = np.linspace(label.clear + 2, away, LEAD) if gap in FAR else []
            lead = [at + pixels * reach * np.array([across, along]) for reach in reaches]
            covered = [box, *(Bbox([point - 1, point + 1]) for point in lead)]
            crossing = bool(box.count_overlaps(lines))
            if (
                inside
                and not any(part.count_overlaps(full) for part in covered)
                and not (label.upon and crossing)
            ):
                fits.append((rank + CROSSING * crossing, rank, text, lead, covered))
        if fits:
            _, _, text, lead, covered = min(fits, key=lambda fit: fit[:2])
            axes.add_artist(text)
            if lead:
                ends = axes.transData.inverted().transform([lead[0], lead[-1]])
                axes.plot(*ends.T, color=style.colour("muted"), linewidth=0.6, zorder=2.5)
            written.append(text)
            full += covered
    return written


def _ways(label: Label) -> Iterator[tuple[float, tuple[float, float, str, str]]]:
    """Where a label may stand, best first: the gap in points, and the side."""
    if label.upon:
        yield 0, (0, 0, "center", "center")
    for gap in NEAR if label.upon else (*NEAR, *FAR):
        for side in SIDES:
            yield gap, side
