"""A matrix of claims by competing explanations: how two readers judged their consistency.

The matrix follows the analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence
Analysis, 1999, ch. 8).
"""

import textwrap
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.analysis.competing_hypotheses import CONSISTENT, INCONSISTENT, SILENT, reading_matrix
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.language.words import capitalize_first, count_noun, join_words, lower_first

LIMIT = 18  # claims that one matrix can show
LABEL_WIDTHS = (3.95, 2.2)  # inches for the words of the claims, on a page and on a phone
LETTER, LINE = 0.059, 0.135  # inches: a letter and a line of the words of a claim

PAD = 0.1  # inches between two claims
LOOKS = {  # marker, colour, size in points
    CONSISTENT: ("o", "positive", 5.8),
    INCONSISTENT: ("x", "negative", 6.2),
    SILENT: ("_", "muted", 5.1),
}
TINT = 0.12  # opacity of the shading
MARK_SHIFT = 0.2  # of the width of a cell: how far either of two marks is from its middle
AGAINST_ALL, AGAINST_NONE = "Against all of them", "As one reader alone has it"  # headings
ALIKE = "the same"


@dataclass(frozen=True)
class Readings:
    """The readings of claims: how consistent each is with each explanation.

    Each table has a row for each claim, a column for each explanation, and in the cells
    `CONSISTENT`, `INCONSISTENT` or `SILENT`.

    Attributes:
        settled: The readings on which the two readers settled.
        first: The readings of the first reader.
        second: The readings of the second reader.
    """

    settled: pd.DataFrame
    first: pd.DataFrame
    second: pd.DataFrame

    @classmethod
    def load(cls, corpus: Corpus) -> "Readings":
        """Load the readings of the weighed claims.

        The claims that discriminate most between explanations come first. Weighed claims that the
        corpus does not have are omitted.
        """
        settled = reading_matrix(corpus)
        settled = settled[settled.index.isin(corpus.claims.index)]
        first, second = (
            reading_matrix(corpus, reader).loc[settled.index] for reader in ("first", "second")
        )
        return cls(settled, first, second)

    @property
    def is_inconsistent(self) -> pd.Series:
        """Whether any reading of a claim, settled or of one reader, is inconsistent.

        These are booleans by claim id.
        """
        tables = (self.settled, self.first, self.second)
        inconsistent = pd.concat([table == INCONSISTENT for table in tables], axis="columns")
        return inconsistent.any(axis="columns")

    def of(self, claims: pd.Index) -> "Readings":
        """Select the readings of some claims, in the given order of their ids."""
        return Readings(self.settled.loc[claims], self.first.loc[claims], self.second.loc[claims])


@traced
def evidence_by_explanation(corpus: Corpus, title: str | Finding, question: str = "") -> Figure:
    """Draw a matrix of claims by explanations, with the readings of both readers.

    Only claims that are inconsistent with an explanation in some reading are drawn, and at most
    `LIMIT` of them. They are grouped by the explanations that they contradict. All others are only
    in the data.

    Args:
        corpus: The corpus with the readings.
        title: The title of the figure.
        question: The question that the explanations answer, for the beginning of the subtitle; may
            be empty.
    """
    names = corpus.explanations["label"]
    readings = Readings.load(corpus)
    is_inconsistent = readings.is_inconsistent
    claims = corpus.full_claims().loc[readings.settled.index]
    claims = claims.assign(
        group=[_heading(settled, names) for _, settled in readings.settled.iterrows()],
        who=claims["origin"].map(corpus.actors["short"]),
    )
    chosen = claims[is_inconsistent].iloc[:LIMIT]
    sizes = chosen["group"].value_counts()
    chosen = chosen.sort_values(
        "group", key=lambda groups: groups.map(list(sizes.index).index), kind="stable"
    )
    omitted = _omitted(int((~is_inconsistent).sum()), int(is_inconsistent.sum()) - len(chosen))
    chosen_readings = readings.of(chosen.index)
    explanations = [names[column] for column in readings.settled]

    def draw(width: float) -> Drawing:
        return _draw(chosen, chosen_readings, explanations, width)

    about = "claims for and against each explanation, as two readers weighed them apart."
    return Figure(
        name="explanations",
        title=title,
        subtitle=f"{question}: {about}{omitted}" if question else capitalize_first(about) + omitted,
        alt=_describe(sizes, readings, names) + omitted,
        data=_table(readings, claims["who"], corpus.weighing["why"], names),
        draw=draw,
    )


def _heading(settled: pd.Series, names: pd.Series) -> str:
    """Write the heading of a claim's group: the explanations that it contradicts.

    Args:
        settled: The settled readings of the claim, by explanation id.
        names: The names of all explanations, by id.

    Returns:
        `Against` and the names; `AGAINST_ALL` if it contradicts all explanations; `AGAINST_NONE` if
        it contradicts none by the settled readings.
    """
    against = [f"“{names[column]}”" for column in settled.index[settled == INCONSISTENT]]
    if not against:
        return AGAINST_NONE
    return AGAINST_ALL if len(against) == len(names) else f"Against {join_words(against)}"


def _omitted(consistent: int, further: int) -> str:
    """Write the sentences on the claims that are not drawn; empty if all are.

    Args:
        consistent: The number of claims that are inconsistent with no explanation.
        further: The number of inconsistent claims beyond `LIMIT`.
    """
    text = ""
    if consistent:
        verb = "is" if consistent == 1 else "are"
        text += (
            f" {count_noun(consistent, 'claim')} inconsistent with none {verb} left out and stand "
            "in the data."
        )
    if further:
        text += f" Of the others {LIMIT} are shown; {further:,} more are left out."
    return text


def _describe(sizes: pd.Series, readings: Readings, names: pd.Series) -> str:
    """Write the alternative text: groups, readings and how often the readers differ.

    Args:
        sizes: The number of claims in each group, by its heading.
        readings: The readings of all weighed claims.
        names: The names of the explanations, by id.
    """
    settled = readings.settled
    groups = join_words([f"{lower_first(group)} {number}" for group, number in sizes.items()])
    against = [f"“{names[column]}” {(settled[column] == INCONSISTENT).sum()}" for column in settled]
    differences = int((readings.first != readings.second).to_numpy().sum())
    return (
        f"Matrix of {count_noun(int(sizes.sum()), 'claim')} by {len(names)} explanations, by what "
        f"they speak against: {groups or 'none'}. Inconsistent with them: {join_words(against)}. "
        f"The two readers differ in {differences} of all {settled.size} readings."
    )


def _table(
    readings: Readings, speakers: pd.Series, reasons: pd.Series, names: pd.Series
) -> pd.DataFrame:
    """Return the data of the figure: a row for each weighed claim, drawn or not.

    Args:
        readings: The readings of all weighed claims.
        speakers: The short names of the speakers, by claim id.
        reasons: The reasons for the readings, with `claim_id` in the index.
        names: The names of the explanations, by id.

    Returns:
        A column for each explanation with the settled reading; `first_reader` and `second_reader`
        (how that reader differs from it, in words); `who`, `why` and `claims`.
    """
    settled = readings.settled
    table = settled.rename(columns=names).assign(
        first_reader=_differences(settled, readings.first, names),
        second_reader=_differences(settled, readings.second, names),
        who=speakers,
        why=reasons.groupby("claim_id").max(),
        claims=[[claim] for claim in settled.index],
    )
    return table.reset_index(drop=True)


def _differences(settled: pd.DataFrame, read: pd.DataFrame, names: pd.Series) -> list[str]:
    """Write for each claim how a reader differs from the settled readings.

    Args:
        settled: The settled readings.
        read: The readings of the reader.
        names: The names of the explanations, by id.

    Returns:
        A text for each claim, such as `never asked: consistent`, or `ALIKE`.
    """
    differences = []
    for claim, row in settled.iterrows():
        differing = [
            f"{names[column]}: {read.at[claim, column]}"
            for column in row.index
            if row[column] != read.at[claim, column]
        ]
        differences.append("; ".join(differing) or ALIKE)
    return differences


def _claim_label(claim_id: str, claim: pd.Series) -> str:
    """Write the label of a claim: its paraphrase, and in brackets its id and speaker.

    The speaker is omitted if the paraphrase names him.

    Args:
        claim_id: The id of the claim.
        claim: Its row, with `paraphrase` and `who` (the speaker's short name).
    """
    words = claim["paraphrase"]
    speaker = "" if claim["who"] in words else f", {claim['who']}"
    return f"{words} ({claim_id}{speaker})"


def _draw(
    claims: pd.DataFrame, readings: Readings, explanations: list[str], width: float
) -> Drawing:
    """Draw the matrix.

    Args:
        claims: The claims from top to bottom, with `paraphrase`, `group` (a heading) and `who`.
        readings: Their readings.
        explanations: The names of the explanations, from left to right.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    left = LABEL_WIDTHS[0 if wide else 1]
    labels = [
        textwrap.wrap(_claim_label(str(name), claim), int((left - 0.1) / LETTER))
        for name, claim in claims.iterrows()
    ]
    heights = [LINE * len(lines) + PAD for lines in labels]
    headings = {
        group: textwrap.wrap(f"{group} ({number})", int(left / house_style.BOLD_LETTER))
        for group, number in claims["group"].value_counts(sort=False).items()
    }
    heading_heights = {
        group: house_style.LINE * len(lines) + PAD for group, lines in headings.items()
    }
    top = 0.85 if wide else 1.72
    height = top + sum(heights) + sum(heading_heights.values()) + 0.05
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    cell = (width - left - 0.05) / len(explanations)
    rules = [left + cell * index for index in range(1, len(explanations))]
    axes.vlines(rules, top, height, color=house_style.colour("rule"), linewidth=0.3)
    columns = [left + cell * (index + 0.5) for index in range(len(explanations))]
    _draw_explanations(axes, explanations, columns, top, wide)
    legend.draw_legend(drawing, _key())
    y, group = top, ""
    for (name, claim), lines, claim_height in zip(claims.iterrows(), labels, heights, strict=True):
        is_new = claim["group"] != group
        axes.axhline(y, color=house_style.colour("rule"), linewidth=0.8 if is_new else 0.4)
        if is_new:
            group = claim["group"]
            middle = y + heading_heights[group] / 2 + 0.02
            heading = "\n".join(headings[group])
            axes.text(0.04, middle, heading, va="center", fontweight="bold", linespacing=1.15)
            y += heading_heights[group]
        middle = y + claim_height / 2
        words = "\n".join(lines)
        axes.text(0.04, middle, words, va="center", fontsize=house_style.SMALL, linespacing=1.15)
        pairs = zip(readings.first.loc[name], readings.second.loc[name], strict=True)
        for x, (first, second) in zip(columns, pairs, strict=True):
            _draw_cell(axes, (x, middle), (first, second), cell, str(name))
            if first == second == INCONSISTENT:
                _tint_cell(axes, (x, middle), cell, claim_height)
        y += claim_height
    return drawing


def _draw_explanations(
    axes: Axes, explanations: list[str], columns: list[float], top: float, wide: bool
) -> None:
    """Write the names of the explanations above their columns.

    On a phone they are turned by 90°. Positions are in inches: `columns` has the middles of the
    columns, and `top` is the distance to the first row.
    """
    for x, name in zip(columns, explanations, strict=True):
        axes.text(
            x,
            top - 0.06,
            textwrap.fill(name, 9) if wide else name,
            ha="center",
            va="bottom",
            rotation=0 if wide else 90,
            fontsize=house_style.SMALL,
            fontweight="bold",
            linespacing=1.1,
        )


def _draw_cell(
    axes: Axes, at: tuple[float, float], readings: tuple[str, str], width: float, claim: str
) -> None:
    """Draw the two readings of a cell: one mark if they are the same, else two marks.

    The marks link to the claim. `width` is that of the cell in inches.
    """
    x, y = at
    first, second = readings
    if first == second:
        _draw_mark(axes, x, y, first, claim)
    else:
        _draw_mark(axes, x - width * MARK_SHIFT, y, first, claim)
        _draw_mark(axes, x + width * MARK_SHIFT, y, second, claim)


def _tint_cell(axes: Axes, at: tuple[float, float], width: float, height: float) -> None:
    """Shade a cell that both readers find inconsistent."""
    x, y = at
    axes.add_patch(
        Rectangle(
            (x - width / 2, y - height / 2),
            width,
            height,
            color=house_style.colour("negative"),
            alpha=TINT,
            linewidth=0,
            zorder=0,
        )
    )


def _draw_mark(axes: Axes, x: float, y: float, reading: str, claim: str) -> None:
    """Draw the mark of a reading, with a link to its claim.

    The marks of different readings differ in shape, so that they can be read without colour.
    """
    marker, colour, size = LOOKS[reading]
    dots = axes.scatter(
        [x],
        [y],
        s=size**2,
        marker=marker,
        color=house_style.colour(colour),
        linewidths=1.8 if reading == INCONSISTENT else 1,
    )
    dots.set_urls([f"claim:{claim}"])


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    samples = {
        reading: legend.dot_sample(marker, colour=colour, size=size)
        for reading, (marker, colour, size) in LOOKS.items()
    }
    return {
        "consistent": samples[CONSISTENT],
        "inconsistent": samples[INCONSISTENT],
        "says nothing": samples[SILENT],
        "shaded: for both readers": legend.bar_sample("negative", TINT),
        "two marks: the first and the second reader differ": (
            samples[SILENT],
            samples[INCONSISTENT],
        ),
    }
