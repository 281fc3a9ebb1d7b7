"""The legend above a figure: a sample of each kind of mark with its meaning, in lines."""

from collections.abc import Iterable, Mapping

from matplotlib.artist import Artist
from matplotlib.figure import Figure as Drawing
from matplotlib.legend import Legend
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from claimbook import house_style

Sample = Artist | tuple[Artist, ...]  # several are drawn side by side

EDGE = 0.06  # inches before the first sample
ENTRY_GAP = 0.13  # inches between the words of one entry and the sample of the next
SAMPLE_WIDTH, SAMPLE_GAP = 0.2, 0.06  # inches: a sample, and the gap between it and its words


def legend_height(meanings: Iterable[str], width: float) -> float:
    """Compute the height of a legend, in inches.

    Args:
        meanings: The words of its entries.
        width: The width of the drawing in inches.
    """
    return 0.07 + house_style.LINE * len(_lines(meanings, width))


def draw_legend(drawing: Drawing, entries: Mapping[str, Sample]) -> None:
    """Draw a legend at the top of a drawing.

    Args:
        drawing: The drawing, whose upper `legend_height` inches must be free.
        entries: The sample of each entry by its words.
    """
    width, height = drawing.get_size_inches()
    em = house_style.SMALL / 72
    # axes of its own, so that a slide can move it with the others
    axes = drawing.add_axes((0, 0, 1, 1), zorder=5)
    axes.set_axis_off()
    for index, line in enumerate(_lines(entries, width)):
        axes.add_artist(
            Legend(
                axes,
                [entries[meaning] for meaning in line],
                line,
                loc="upper left",
                bbox_to_anchor=(EDGE / width, 1 - (0.03 + house_style.LINE * index) / height),
                ncols=len(line),
                frameon=False,
                borderpad=0,
                borderaxespad=0,
                labelspacing=0,
                columnspacing=ENTRY_GAP / em,
                handlelength=SAMPLE_WIDTH / em,
                handletextpad=SAMPLE_GAP / em,
                handleheight=0.8,
                fontsize=house_style.SMALL,
                labelcolor=house_style.colour("muted"),
                handler_map={tuple: HandlerTuple(ndivide=None, pad=0)},
            )
        )


def dot_sample(
    marker: str, filled: bool = True, colour: str = "muted", size: float = 6.5
) -> Line2D:
    """Return a legend's sample of a marker.

    Args:
        marker: Its code in matplotlib.
        filled: True if the marker is filled, false if it is an outline.
        colour: The name of its colour in the house style.
        size: Its size in points.
    """
    return Line2D(
        [],
        [],
        linestyle="",
        marker=marker,
        markersize=size,
        markerfacecolor=house_style.colour(colour if filled else "paper"),
        markeredgecolor=house_style.colour(colour),
        markeredgewidth=1.3,
    )


def bar_sample(
    colour: str = "muted", alpha: float = 1, edge: str | None = None, hatch: str | None = None
) -> Patch:
    """Return a legend's sample of a bar.

    Args:
        colour: The name of its colour in the house style.
        alpha: Its opacity.
        edge: The name of the colour of its outline; None for no outline.
        hatch: Its hatching in matplotlib's code. It has no effect without an outline.
    """
    if edge is None:
        return Patch(facecolor=house_style.colour(colour), alpha=alpha, linewidth=0)
    return Patch(
        facecolor=house_style.colour(colour),
        alpha=alpha,
        edgecolor=house_style.colour(edge),
        linewidth=1.1,
        hatch=hatch,
    )


def arrow_sample(alpha: float = 1) -> tuple[Patch, Line2D]:
    """Return a legend's sample of a bar with an arrowhead, for a span without an end.

    Args:
        alpha: The opacity of the bar.
    """
    return bar_sample(alpha=alpha), dot_sample(">", size=6)


def _lines(meanings: Iterable[str], width: float) -> list[list[str]]:
    """Break the entries of a legend into lines that fit a width.

    Args:
        meanings: The words of its entries.
        width: The width in inches.

    Returns:
        The words of the entries in each line.
    """
    lines: list[list[str]] = [[]]
    x = EDGE
    for meaning in meanings:
        entry = SAMPLE_WIDTH + SAMPLE_GAP + house_style.SMALL_LETTER * len(meaning)
        if x + entry > width and lines[-1]:
            lines.append([])
            x = EDGE
        lines[-1].append(meaning)
        x += entry + ENTRY_GAP
    return lines
