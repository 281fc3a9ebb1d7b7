"""Frames around a drawing: the title above it, and its source and licence below it."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.paths import project

PIXELS = 1920, 1080  # of a projector
WIDTH = 7.2  # inches, so that house_style.SMALL is 28 of the 1080 pixels
HEIGHT = WIDTH * PIXELS[1] / PIXELS[0]
LEAST = 24  # of the 1080 pixels: no slide has smaller type
MARGIN = 0.14  # inches, left of the words and around the drawing
BRIEF_ROOM = WIDTH - 2 * MARGIN, 3.1  # inches: for the same drawing in the brief
TITLE = 13.0  # points
TITLE_LETTER, TITLE_LINE = 0.109, 0.225  # inches
LETTER = 0.063  # inches that a letter of the subtitle takes on average
FOOT_LETTER, FOOT_LINE = 0.053, 0.13


def deck_path() -> str:
    """Return the path of the deck of slides below the folder of the pages."""
    return f"slides/{project().slug}-slides.pdf"


@dataclass(frozen=True)
class Frame:
    """The words around the drawing on a slide, broken into lines.

    Attributes:
        title: The lines of the title.
        subtitle: The lines of the subtitle.
        foot: The lines at the foot, on source and licence.
    """

    title: list[str]
    subtitle: list[str]
    foot: list[str]

    @property
    def above(self) -> float:
        """The inches from the upper edge to the drawing, on a slide of the width `WIDTH`."""
        lines = TITLE_LINE * len(self.title) + house_style.LINE * len(self.subtitle)
        return MARGIN + lines + 0.08

    @property
    def below(self) -> float:
        """The inches from the drawing to the lower edge, on a slide of the width `WIDTH`."""
        return 0.14 + FOOT_LINE * len(self.foot)

    @property
    def room(self) -> tuple[float, float]:
        """The width and height in inches that are left for the drawing."""
        return WIDTH - 2 * MARGIN, HEIGHT - self.above - self.below


def frame_of(title: str, subtitle: str, foot: str) -> Frame:
    """Break the words around a drawing into lines that fit a slide.

    Args:
        title: The title.
        subtitle: The subtitle.
        foot: The sentences on source and licence.
    """
    across = WIDTH - 2 * MARGIN
    return Frame(
        textwrap.wrap(title, int(across / TITLE_LETTER)),
        textwrap.wrap(subtitle, int(across / LETTER)),
        textwrap.wrap(foot, int(across / FOOT_LETTER)),
    )


def brief_layout(
    draw: Callable[[float], Drawing], draw_slide: Callable[[float, float], Drawing] | None
) -> tuple[Callable[[float], Drawing], float]:
    """Return how a figure is drawn for the brief, and at what width in inches.

    It is laid out as for a slide, in the room of `BRIEF_ROOM`.

    Args:
        draw: The function that draws the figure at a width in inches.
        draw_slide: The one that draws it for a slide; None for a figure without such a layout,
            which is drawn as on a page.
    """
    if draw_slide is None:
        return draw, house_style.WIDE
    width, height = BRIEF_ROOM
    return lambda across: draw_slide(across, height), width


def shrunk_to_fit(draw: Callable[[float], Drawing], room: tuple[float, float]) -> Drawing:
    """Draw a figure with its type as large as fits the room.

    Args:
        draw: The function that draws the figure at a width in inches.
        room: The width and height of the room in inches, whose ratio the drawing must not exceed.

    Returns:
        The drawing. It is wider than the room if its height does not fit otherwise; the slide is
        then to be enlarged by as much.
    """
    width, height = room
    drawing = draw(width)
    across = width
    while (drawn := drawing.get_size_inches()[1]) * width > height * across * 1.001:
        across = max(drawn * width / height, across * 1.02)
        drawing = draw(across)
    return drawing


def is_legible(drawing: Drawing) -> bool:
    """Check whether the small print of a slide can be read from the back of a room.

    Args:
        drawing: The slide, with its frame.
    """
    across = drawing.get_size_inches()[0]
    return bool(house_style.SMALL / 72 * PIXELS[0] / across >= LEAST)


def add_slide_frame(drawing: Drawing, frame: Frame) -> None:
    """Enlarge a drawing to a slide of 16 by 9, and write the words around it.

    Args:
        drawing: The drawing, which is changed: as wide as the room of the frame, or a multiple.
        frame: The words.
    """
    width, height = drawing.get_size_inches()
    scale = width / frame.room[0]
    spare = frame.room[1] * scale - height
    low = frame.below * scale + spare / 2
    _enlarge(drawing, (WIDTH * scale, HEIGHT * scale), (MARGIN * scale, low))
    muted = house_style.colour("muted")
    left, y = MARGIN / WIDTH, 1 - MARGIN / HEIGHT
    for line in frame.title:
        drawing.text(left, y, line, va="top", fontsize=TITLE * scale, fontweight="bold")
        y -= TITLE_LINE / HEIGHT
    for line in frame.subtitle:
        drawing.text(left, y, line, va="top", fontsize=house_style.TEXT * scale, color=muted)
        y -= house_style.LINE / HEIGHT
    y = (0.07 + FOOT_LINE * len(frame.foot)) / HEIGHT
    for line in frame.foot:
        size = (house_style.SMALL - 1) * scale
        drawing.text(left, y, line, va="top", fontsize=size, color=muted)
        y -= FOOT_LINE / HEIGHT


def add_frame(drawing: Drawing, title: str, subtitle: str, foot: str) -> None:
    """Enlarge a drawing, and write title and subtitle above it and a line below it.

    Args:
        drawing: The drawing, which is changed.
        title: The title.
        subtitle: The subtitle.
        foot: The line below the drawing.
    """
    width, height = drawing.get_size_inches()
    titles = textwrap.wrap(title, int(width / 0.105))
    subtitles = textwrap.wrap(subtitle, int(width / 0.078))
    top, bottom = 0.2 + 0.2 * len(titles) + house_style.LINE * len(subtitles) + 0.1, 0.32
    total = height + top + bottom
    _enlarge(drawing, (width, total), (0, bottom))
    left = 0.08 / width
    muted = house_style.colour("muted")
    size = house_style.TEXT + 2.5
    upper, lower = 1 - 0.12 / total, 1 - (0.2 + 0.2 * len(titles)) / total
    drawing.text(left, upper, "\n".join(titles), va="top", fontsize=size, fontweight="bold")
    drawing.text(left, lower, "\n".join(subtitles), va="top", color=muted)
    drawing.text(left, 0.1 / total, foot, va="bottom", fontsize=house_style.SMALL - 1, color=muted)


def _enlarge(drawing: Drawing, size: tuple[float, float], at: tuple[float, float]) -> None:
    """Enlarge the canvas of a drawing, whose axes and texts keep their size.

    Args:
        drawing: The drawing.
        size: The new width and height in inches.
        at: The inches from the new lower left corner to the old one.
    """
    width, height = drawing.get_size_inches()
    for axes in drawing.axes:
        box = axes.get_position()
        axes.set_position(
            (
                (box.x0 * width + at[0]) / size[0],
                (box.y0 * height + at[1]) / size[1],
                box.width * width / size[0],
                box.height * height / size[1],
            )
        )
    for text in drawing.texts:
        x, y = text.get_position()
        text.set_position(((x * width + at[0]) / size[0], (y * height + at[1]) / size[1]))
    drawing.set_size_inches(*size)
