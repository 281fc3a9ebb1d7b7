"""A board of indicators, the signs that speakers named in advance: reported, missing or unknown."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures import glyphs, legend, timeline
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.figures.queries import top_by_claims
from claimbook.language.words import capitalize_first, count_noun, join_few, join_words
from claimbook.settings import settings

LIMIT = 22  # signs that one figure can show
REPORTED, MISSING, UNKNOWN = "reported", "reported missing", "not known"
STATES = {"seen": REPORTED, "not seen": MISSING, "not known": UNKNOWN}  # by `status`
GLYPHS = {REPORTED: "happened", MISSING: "denied", UNKNOWN: "feared"}
HEADING = 0.3  # inches: the heading of a group
LETTER = 0.074  # inches: a letter of a sign
LEFT = 0.3  # inches from the edge to the words of a sign
COLUMNS = (LEFT, 3.5, 4.95)  # the same, and on a page to its namer and to those who speak of it
SAME, NOBODY = "the same", "nobody"


@traced
def indicators_by_state(corpus: Corpus, title: str | Finding, outcomes: str = "") -> Figure:
    """Draw a board of indicators, grouped by what they point to and by state.

    An indicator is a sign of a coming event that a speaker named in advance. Its state is whether
    claims report it, report it missing, or leave it open. At most `LIMIT` are drawn, those with
    most claims.

    Args:
        corpus: The corpus.
        title: The title of the figure.
        outcomes: The events that the signs point to, worded for the subtitle; by default as the
            table of indicators names them.
    """
    signs, omitted = top_by_claims(_signs(corpus), LIMIT)
    outcomes = outcomes or join_words(list(signs["event"].unique()))
    data = signs[["group", "indicator", "namer", "state", "speakers", "claims"]].rename(
        columns={"group": "sign", "namer": "named_by", "speakers": "from_the_words_of"}
    )

    def draw(width: float) -> Drawing:
        return _draw(signs, width)

    return Figure(
        name="indicators",
        title=title,
        subtitle=(
            f"Signs for or against {outcomes} that speakers named, by whether a claim reports "
            "them, reports them missing, or leaves it open; who named each, and who speaks of it. "
            f"Shaded: reported by none but the one who named it.{omitted}"
        ),
        alt=_describe(signs) + omitted,
        data=data.reset_index(drop=True),
        draw=draw,
    )


def _signs(corpus: Corpus) -> pd.DataFrame:
    """Collect the indicators by event, direction and state.

    Returns:
        The columns of `indicators.csv`, with the claims that report the sign added to `claims`; and
        `group` (the heading: for or against which event), `state`, `namer` and `speakers` (short
        names of those who report it), `own` (true if only its namer reports it) and `rank` (of the
        state).
    """
    origins = corpus.full_claims()["origin"].map(corpus.actors["short"])
    signs = corpus.indicators.copy()
    signs["state"] = signs["status"].map(STATES)
    signs["namer"] = signs["named_by"].map(corpus.actors["short"])
    directions = signs["points"].astype(str).map({"for": "For"}).fillna("Against")
    signs["group"] = directions + " " + signs["event"].astype(str)
    signs["claims"] = [sorted({*sign["claims"], *sign["seen_in"]}) for _, sign in signs.iterrows()]
    signs["speakers"] = [
        list(dict.fromkeys(origins[claim] for claim in claims if claim in origins.index))
        for claims in signs["seen_in"]
    ]
    signs["own"] = [
        sign["state"] == REPORTED and sign["speakers"] == [sign["namer"]]
        for _, sign in signs.iterrows()
    ]
    rank = signs["state"].map(list(STATES.values()).index)
    return signs.assign(rank=rank).sort_values(["event", "points", "rank"], kind="stable")


def _describe(signs: pd.DataFrame) -> str:
    """Write the alternative text: the signs in each state, with their speakers."""
    sizes = signs["state"].value_counts()
    numbers = join_words([f"{sizes.get(state, 0)} {state}" for state in STATES.values()])
    lists = []
    for state, group in signs.groupby("state", sort=False):
        named = [
            f"{sign.indicator} ({join_words(sign.speakers)})" if sign.speakers else sign.indicator
            for sign in group.itertuples()
        ]
        lists.append(f"{capitalize_first(state)}: {'; '.join(named)}.")
    return (
        f"Board of {count_noun(len(signs), 'sign')} named by speakers: {numbers}. Of those "
        f"reported, {signs['own'].sum()} are reported by their namer alone. {' '.join(lists)}"
    )


@dataclass(frozen=True)
class _SignLayout:
    """A sign with its text broken into lines.

    Attributes:
        sign: The row of the sign.
        cells: The lines of each column: the sign and, on a page, its namer and its speakers.
        note: The lines under the sign, on a phone.
    """

    sign: pd.Series
    cells: list[list[str]]
    note: list[str]

    @property
    def height(self) -> float:
        """The height of the sign in inches."""
        return house_style.LINE * (max(map(len, self.cells)) + len(self.note)) + timeline.PAD


def _lay_out(sign: pd.Series, edges: list[float]) -> _SignLayout:
    """Break the text of a sign into lines.

    Args:
        sign: The row of the sign.
        edges: The edges of the columns in inches: four for the three columns on a page, two for the
            one column on a phone.
    """
    speakers = _speakers(sign)
    indicator = textwrap.wrap(sign["indicator"], int((edges[1] - edges[0] - 0.1) / LETTER))
    if len(edges) == 2:
        words = f"named by {sign['namer']}; spoken of by {speakers}"
        note = textwrap.wrap(words, int((edges[1] - edges[0] - 0.1) / house_style.SMALL_LETTER))
        return _SignLayout(sign, [indicator], note)
    others = [
        textwrap.wrap(text, int((end - start - 0.1) / house_style.SMALL_LETTER))
        for text, start, end in zip((sign["namer"], speakers), edges[1:], edges[2:], strict=False)
    ]
    return _SignLayout(sign, [indicator, *others], [])


def _speakers(sign: pd.Series) -> str:
    """Name the speakers who report a sign.

    Returns:
        The first few names; `SAME` if only its namer reports it, and `NOBODY` if none does.
    """
    if sign["speakers"] == [sign["namer"]]:
        return SAME
    return join_few(sign["speakers"]) or NOBODY


def _draw(signs: pd.DataFrame, width: float) -> Drawing:
    """Draw the board: in columns on a page; on a phone with names below each sign."""
    wide = width >= house_style.WIDE
    edges = [*COLUMNS, width] if wide else [LEFT, width]
    layouts = [_lay_out(sign, edges) for _, sign in signs.iterrows()]
    headings = {
        str(group): _heading(str(group), same, width)
        for group, same in signs.groupby("group", sort=False)
    }
    theme = settings().roles.forecast
    key = {state: glyphs.legend_sample(GLYPHS[state], theme) for state in STATES.values()}
    y = 0.06 + legend.legend_height(key, width) + (0.2 if wide else 0)
    heading_heights = {
        group: HEADING + house_style.LINE * (len(lines) - 1) for group, lines in headings.items()
    }
    height = y + sum(layout.height for layout in layouts) + sum(heading_heights.values())
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    for x, head in zip(edges[1:] if wide else [], ("named by", "spoken of by"), strict=False):
        axes.text(x, y - 0.04, head, fontsize=house_style.SMALL, fontweight="bold")
    group = ""
    for layout in layouts:
        if layout.sign["group"] != group:
            group = layout.sign["group"]
            _draw_heading(axes, y, headings[group], heading_heights[group])
            y += heading_heights[group]
        _draw_sign(axes, layout, edges, y)
        y += layout.height
    legend.draw_legend(drawing, key)
    return drawing


def _heading(group: str, signs: pd.DataFrame, width: float) -> list[str]:
    """Write the heading of a group, with the numbers of signs reported.

    Args:
        group: The name of the group.
        signs: The signs of the group.
        width: The width of the drawing in inches.

    Returns:
        The lines of the heading.
    """
    own, reported = int(signs["own"].sum()), int((signs["state"] == REPORTED).sum())
    words = f"{group}: {reported} reported" + (f", {own} by their namer alone" if own else "")
    return textwrap.wrap(words, int((width - 0.1) / house_style.BOLD_LETTER))


def _draw_heading(axes: Axes, y: float, lines: Iterable[str], height: float) -> None:
    """Write a heading under a rule, `y` inches from the top."""
    axes.axhline(y + 0.03, color=house_style.colour("rule"), linewidth=0.6)
    middle = y + height / 2 + 0.03
    words = "\n".join(lines)
    axes.text(0.04, middle, words, va="center", fontweight="bold", linespacing=1.2)


def _draw_sign(axes: Axes, layout: _SignLayout, edges: list[float], y: float) -> None:
    """Draw a sign with its text, `y` inches from the top."""
    sign = layout.sign
    top = y + timeline.PAD / 2
    if sign["own"]:
        ground = Rectangle((0, y), edges[-1], layout.height, linewidth=0, zorder=0)
        ground.set_color(house_style.colour("band"))
        axes.add_patch(ground)
    theme = settings().roles.forecast
    mark = glyphs.Mark(pd.NaT, GLYPHS[sign["state"]], theme, sign["claims"][0])
    glyphs.draw_mark(axes, mark, LEFT / 2 + 0.03, top + house_style.LINE / 2)
    for index, lines in enumerate(layout.cells):
        look: dict[str, Any] = small_print() if index else {}
        if sign["own"] and lines == [SAME]:
            look = {"fontsize": house_style.SMALL, "fontweight": "bold"}
        axes.text(edges[index], top, "\n".join(lines), va="top", linespacing=1.25, **look)
    note_y = top + house_style.LINE * len(layout.cells[0])
    note = "\n".join(layout.note)
    axes.text(LEFT, note_y, note, va="top", linespacing=1.25, **small_print())
