"""The key above a figure: a sample of each kind of mark with what it means, in lines that fit the width.

The samples and their words are matplotlib's own legends, one to a line.
"""

from collections.abc import Iterable

from matplotlib.artist import Artist
from matplotlib.figure import Figure as Drawing
from matplotlib.legend import Legend
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from claimbook.figures import style

Sample = Artist | tuple[Artist, ...]  # several stand side by side

EDGE, APART = (
    0.06,
    0.13,
)  # inches before the first sample, and between the words of one and the sample of the next
SAMPLE, GAP = 0.2, 0.06  # inches: a sample, and the room between it and its words
LETTER = 0.063  # inches a letter takes at the small size


def legend_height(meanings: Iterable[str], width: float) -> float:
    """Inches that the key takes from the top of a drawing of this width."""
    return 0.07 + style.LINE * len(_lines(meanings, width))


def draw_legend(drawing: Drawing, entries: dict[str, Sample]) -> None:
    """Set the key at the top of a drawing: words by their samples."""
    width, tall = drawing.get_size_inches()
    em = style.SMALL / 72
    axes = drawing.add_axes(
        (0, 0, 1, 1), zorder=5
    )  # of its own, so that it moves with the others when the drawing is framed
    axes.set_axis_off()
    for number, line in enumerate(_lines(entries, width)):
        axes.add_artist(
            Legend(
                axes,
                [entries[meaning] for meaning in line],
                line,
                loc="upper left",
                bbox_to_anchor=(EDGE / width, 1 - (0.03 + style.LINE * number) / tall),
                ncols=len(line),
                frameon=False,
                borderpad=0,
                borderaxespad=0,
                labelspacing=0,
                columnspacing=APART / em,
                handlelength=SAMPLE / em,
                handletextpad=GAP / em,
                handleheight=0.8,
                fontsize=style.SMALL,
                labelcolor=style.colour("muted"),
                handler_map={tuple: HandlerTuple(ndivide=None, pad=0)},
            )
        )


def dot_sample(
    marker: str, filled: bool = True, colour: str = "muted", size: float = 6.5
) -> Line2D:
    """A marker in a colour of the house, filled or as an outline; `size` in points."""
    face = style.colour(colour if filled else "paper")
    return Line2D(
        [],
        [],
        linestyle="",
        marker=marker,
        markersize=size,
        markerfacecolor=face,
        markeredgecolor=style.colour(colour),
        markeredgewidth=1.3,
    )


def bar_sample(
    colour: str = "muted", alpha: float = 1, edge: str | None = None, hatch: str | None = None
) -> Patch:
    """A bar in a colour of the house; `edge` is the colour of its outline, if it has one."""
    outline = (
        {"edgecolor": style.colour(edge), "linewidth": 1.1, "hatch": hatch}
        if edge
        else {"linewidth": 0}
    )
    return Patch(facecolor=style.colour(colour), alpha=alpha, **outline)


def arrow_sample(alpha: float = 1) -> tuple[Patch, Line2D]:
    """A bar that goes on."""
    return bar_sample(alpha=alpha), dot_sample(">", size=6)


def _lines(meanings: Iterable[str], width: float) -> list[list[str]]:
    """The meanings broken into lines that fit the width."""
    lines: list[list[str]] = [[]]
    at = EDGE
    for meaning in meanings:
        need = SAMPLE + GAP + LETTER * len(meaning)
        if at + need > width and lines[-1]:
            lines.append([])
            at = EDGE
        lines[-1].append(meaning)
        at += need + APART
    return lines
