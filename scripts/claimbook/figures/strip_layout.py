"""The layout of strips: the words of lanes in lines, and places for dots and their names."""

import textwrap
from dataclasses import dataclass, field, replace

import pandas as pd

from claimbook import house_style

SIDE = 0.105  # inches from one dot of a day to the next
DOT = 5.2  # points across, for one claim
LARGEST = 16  # claims: a dot for more grows no further
MOST_LEVELS = 5  # of dots in a lane
NAME_ROWS = 2  # of the names of dots in a lane
PAD = 0.07  # inches above and below what a lane holds
NOTE_LINE = 0.135  # inches from one line of a note to the next


@dataclass(frozen=True)
class Dot:
    """A dot on a strip.

    Attributes:
        day: Its day.
        colour: The name of its colour in the house style.
        claim: The id of the claim to which it links; empty for none.
        number: The number of claims or events that it stands for, which gives its size.
        filled: False for an outline.
        label: Its name, written above it where there is room.
    """

    day: pd.Timestamp
    colour: str
    claim: str = ""
    number: int = 1
    filled: bool = True
    label: str = ""


@dataclass(frozen=True)
class Lane:
    """A lane of dots.

    Attributes:
        label: Its label.
        note: A note in small print under the label.
        dots: Its dots.
        heading: The heading of its group. The lanes of a group must be next to each other.
        counts: What its dots count, in words, each with the name of its colour; only for slides.
        is_faded: Whether a slide sets it back, as its title does not speak of it.
    """

    label: str
    note: str = ""
    dots: list[Dot] = field(default_factory=list)
    heading: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    is_faded: bool = False


@dataclass(frozen=True)
class Span:
    """The first and the last day of the axis, which has whole months."""

    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def months(self) -> pd.DatetimeIndex:
        """The first day of each month."""
        return pd.date_range(self.first, self.last, freq="MS")

    def share(self, day: pd.Timestamp) -> float:
        """Return the position of the middle of a day on the axis, from 0 to 1."""
        return float(((day - self.first).days + 0.5) / ((self.last - self.first).days + 1))


@dataclass(frozen=True)
class Name:
    """The name of a dot, in its place.

    Attributes:
        text: The name.
        start: The inches from the left end of the axis to the name.
        row: Its row, from below.
        x: The inches from the left end of the axis to its dot.
        level: The level of its dot.
    """

    text: str
    start: float
    row: int
    x: float
    level: int

    @property
    def end(self) -> float:
        """The inches from the left end of the axis to the end of the name."""
        return self.start + house_style.SMALL_LETTER * len(self.text)


@dataclass(frozen=True)
class Placed:
    """A lane as it is laid out.

    Attributes:
        lane: The lane.
        text: The lines of its label.
        note: The lines of its note.
        levels: The level of each dot, from below, so that dots of near days do not hide each other.
        names: The names of dots.
        rows: The number of rows of names.
        headed: Whether its heading stands above it.
        beside: Whether label and note stand beside the axis, as on a page.
    """

    lane: Lane
    text: list[str]
    note: list[str]
    levels: list[int]
    names: list[Name]
    rows: int
    headed: bool
    beside: bool

    @property
    def stack(self) -> int:
        """The number of levels of dots."""
        return max(self.levels, default=0) + 1

    @property
    def words(self) -> float:
        """The inches that label and note take."""
        return house_style.LINE * len(self.text) + NOTE_LINE * len(self.note)

    @property
    def marks(self) -> float:
        """The inches that names and dots take."""
        return NOTE_LINE * self.rows + SIDE * self.stack + 0.04

    @property
    def height(self) -> float:
        """The inches of the lane, without its heading."""
        inside = max(self.words, self.marks) if self.beside else self.words + self.marks
        return inside + 2 * PAD


def place(lanes: list[Lane], span: Span, room: float, across: float, beside: bool) -> list[Placed]:
    """Break the words of lanes into lines, and find places for dots and names.

    Args:
        lanes: The lanes.
        span: The axis.
        room: The inches for labels and notes.
        across: The inches of the axis.
        beside: Whether label and note stand beside the axis.
    """
    placed = []
    heading = ""
    for lane in lanes:
        lane = replace(lane, dots=_merged(lane.dots))
        levels = _levels(lane.dots, span, across)
        names = _place_names(lane.dots, levels, span, across)
        placed.append(
            Placed(
                lane,
                textwrap.wrap(lane.label, int(room / house_style.LETTER)),
                textwrap.wrap(lane.note, int(room / house_style.SMALL_LETTER)),
                levels,
                names,
                max((name.row for name in names), default=-1) + 1,
                bool(lane.heading) and lane.heading != heading,
                beside,
            )
        )
        heading = lane.heading
    return placed


def _merged(dots: list[Dot]) -> list[Dot]:
    """Merge the dots of each day and look, with the name of the weightiest."""
    by_look: dict[tuple[object, ...], list[Dot]] = {}
    for dot in dots:
        by_look.setdefault((dot.day, dot.colour, dot.filled), []).append(dot)
    merged = [
        replace(
            max(same, key=lambda dot: (bool(dot.label), dot.number)),
            number=sum(dot.number for dot in same),
        )
        for same in by_look.values()
    ]
    return sorted(merged, key=lambda dot: (dot.day, dot.colour))


def size_of(dot: Dot) -> float:
    """Return how many inches a dot takes across."""
    return float(DOT / 72 * min(dot.number, LARGEST) ** 0.25)


def _levels(dots: list[Dot], span: Span, across: float) -> list[int]:
    """Choose the level of each dot: the lowest where no other is in its way."""
    ends: list[float] = []  # of the last dot of each level
    levels = []
    for dot in dots:
        x, half = span.share(dot.day) * across, size_of(dot) / 2
        free = [level for level, end in enumerate(ends) if end <= x - half * 0.7]
        if free:
            level = free[0]
        elif len(ends) < MOST_LEVELS:
            level = len(ends)
            ends.append(0.0)
        else:
            level = ends.index(min(ends))
        ends[level] = x + half * 0.7
        levels.append(level)
    return levels


def _place_names(dots: list[Dot], levels: list[int], span: Span, across: float) -> list[Name]:
    """Find places for the names of dots, the weightiest first.

    A name has no place where it would touch another one, or the line from another to its dot.

    Args:
        dots: The dots.
        levels: Their levels.
        span: The axis.
        across: The inches of the axis.
    """
    names: list[Name] = []
    for dot, level in sorted(
        zip(dots, levels, strict=True), key=lambda pair: (-pair[0].number, pair[0].day)
    ):
        long = house_style.SMALL_LETTER * len(dot.label)
        x = span.share(dot.day) * across
        start = min(max(x - long / 2, 0), across - long)
        for row in range(NAME_ROWS if dot.label and long < across else 0):
            name = Name(dot.label, start, row, x, level)
            if not any(_touch(name, other) for other in names):
                names.append(name)
                break
    return names


def _touch(one: Name, other: Name) -> bool:
    """Check whether a name is too near to another one or to the line to its dot."""
    if one.row == other.row:
        return one.start < other.end + 0.1 and other.start < one.end + 0.1
    low, high = sorted((one, other), key=lambda name: name.row)
    return low.start - 0.04 < high.x < low.end + 0.04
