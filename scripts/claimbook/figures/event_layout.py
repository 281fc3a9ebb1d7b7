"""The places of the events of a lane: lines, sides of the labels, and the days of a mark."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from claimbook import house_style
from claimbook.figures.day_axis import LANES, axis, axis_share

GAP = 0.12  # inches between a mark and its label, and between one label and the next mark

Side = Literal["left", "right", "upon"]  # where a label is, beside its mark or upon it


@dataclass(frozen=True)
class LaneMark:
    """The position of a mark in its lane.

    Attributes:
        event: The row of the event or source.
        line: The line of the lane, counted from 0 at the top.
        side: The side of the mark on which its label is.
    """

    event: pd.Series
    line: int
    side: Side


def pack_lane(events: pd.DataFrame, width: float) -> list[LaneMark]:
    """Assign each event of a lane to a line where no mark or label overlaps another.

    A label is upon its mark if the mark is long enough, else at its right if there is room, else at
    its left.

    Args:
        events: The events of the lane in order of time, with `label`.
        width: The width of the drawing in inches.

    Returns:
        The position of each event's mark and label, in the order of `events`.
    """
    ends: list[float] = []  # where each line is free, in inches
    marks = []
    inches = width * LANES
    for _, event in events.iterrows():
        first, last = (axis_share(day) * inches for day in mark_extent(event))
        label = house_style.SMALL_LETTER * len(event["label"])
        side: Side = "upon"
        if last - first <= label + 2 * GAP:
            if last + GAP + label <= inches:
                side = "right"
            elif first - GAP - label >= 0:
                side = "left"
        start = first - GAP - label if side == "left" else first
        line = next((line for line, end in enumerate(ends) if end + GAP <= start), len(ends))
        if line == len(ends):
            ends.append(0.0)
        ends[line] = last + GAP + label if side == "right" else last
        marks.append(LaneMark(event, line, side))
    return marks


def mark_extent(event: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of an event's mark, by the event's precision.

    Returns:
        For `day` and `month`, the start and the end of the event.
        For `since`, its start and the last day on which a source that reports it was published.
        For any other precision, its start or else its earliest day, and its latest possible day.
        In the last two cases the first day is not before the axis begins.
    """
    if event["precision"] in ("day", "month"):
        return event["start"], event["end"]
    first = event["start"] if pd.notna(event["start"]) else event["earliest"]
    last = event["published"][-1] if event["precision"] == "since" else event["latest"]
    return max(first, axis().first), last
