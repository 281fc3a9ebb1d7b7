"""Marks that lie outside the axes of a drawing, where readers do not see them in their place."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from claimbook.language.dates import DaySpan

CLAIM = "claim:"  # what the address of a mark begins with, before the id of its claim
TOLERANCE = 1e-6  # of the length of an axis

Points = npt.NDArray[np.float64]  # shape (n, 2)


def has_days(data: pd.DataFrame) -> bool:
    """Check whether the data of a figure have a day by which marks could be placed."""
    if any(str(kind).startswith("datetime64") for kind in data.dtypes):
        return True
    mixed = [name for name in data if data[name].dtype == object]
    items = (item for name in mixed for cell in data[name] for item in _items(cell))
    return any(isinstance(item, pd.Timestamp | DaySpan) for item in items)


def _items(cell: object) -> list[object]:
    """Return the items of a list cell, or else the cell itself."""
    return cell if isinstance(cell, list) else [cell]


def claims_off_axes(drawing: Drawing) -> list[str]:
    """Find the marks that lie outside their axes, by the claims to which they link.

    A mark is outside if all of it is beyond one limit. Only marks that are placed by the scales of
    both axes count. A scale can hold a mark at its end,
    so the mark's own values are compared with the limits.

    Args:
        drawing: The drawing, whose marks link to `claim:ID`.

    Returns:
        The ids of the claims, sorted.
    """
    return sorted({claim for axes in drawing.axes for claim in _claims_outside(axes)})


def _claims_outside(axes: Axes) -> Iterator[str]:
    """Yield the claim of each mark outside some axes."""
    for marks in axes.collections:
        if isinstance(marks, PathCollection) and marks.get_offset_transform() == axes.transData:
            addresses = list(marks.get_urls() or [])
            for number, point in enumerate(np.asarray(marks.get_offsets(), dtype=float)):
                address = addresses[number % len(addresses)] if addresses else None
                yield from _claim_if_outside(axes, np.array([point]), address)
    for shape in (*axes.lines, *axes.patches):
        points = _points(axes, shape)
        if points is not None and len(points):
            yield from _claim_if_outside(axes, points, shape.get_url())


def _points(axes: Axes, shape: Artist) -> Points | None:
    """Return the points of a line or patch in data of its axes; None for others."""
    if isinstance(shape, Line2D) and shape.get_transform() == axes.transData:
        return np.asarray(shape.get_xydata(), dtype=float)
    if isinstance(shape, Patch) and shape.get_data_transform() == axes.transData:
        path = shape.get_path().transformed(shape.get_patch_transform())
        return np.asarray(path.vertices, dtype=float)
    return None


def _claim_if_outside(axes: Axes, points: Points, address: str | None) -> Iterator[str]:
    """Yield the claim of a mark that lies wholly beyond one limit of an axis."""
    if not address or not address.startswith(CLAIM):
        return
    limits = (sorted(axes.get_xlim()), sorted(axes.get_ylim()))
    for values, (low, high) in zip(points.T, limits, strict=True):
        slack = TOLERANCE * (high - low)
        if values.max() < low - slack or values.min() > high + slack:
            yield address.removeprefix(CLAIM)
            return
