"""A matrix of propositions by explanations: how surprising each would be were one of them true.

The matrix follows the analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence
Analysis, 1999, ch. 8).
"""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.analysis import competing_hypotheses
from claimbook.analysis.competing_hypotheses import NOT, VERY
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.canvas import inch_canvas
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.hypotheses_rows import LINE, draw_rows, samples
from claimbook.figures.hypotheses_slide import draw_bars_and_rows
from claimbook.figures.no_data import require_rows
from claimbook.language.words import capitalize_first, count_noun, join_words

LIMIT = 16  # propositions that one matrix can show
LABEL_WIDTHS = (3.6, 2.2)  # inches for the words of the propositions, on a page and on a phone
LETTER = 0.059  # inches of a letter of the words of a proposition
PAD = 0.1  # inches between two propositions
EDGE = 0.75  # inches on the right of a page, into which the last name reaches
TOP, SLANT = 1.3, 35  # inches above the rows on a page, and degrees of the names there
TOTAL_HEIGHT = 0.42  # inches of the row of sums
SUMS = "Against it, all propositions"


@traced
def evidence_by_explanation(corpus: Corpus, title: str | Finding, question: str = "") -> Figure:
    """Draw a matrix of the most telling propositions by explanations.

    A proposition tells the more, the further its readings under different explanations are apart.
    At most `LIMIT` are drawn; all are in the data. The explanations stand from left to right by
    what speaks against them, the least first; a last row has the sums, in which *very* surprising
    counts two and *somewhat* one.

    Args:
        corpus: The corpus with the readings.
        title: The title of the figure.
        question: The question that the explanations answer, for the beginning of the subtitle; may
            be empty.
    """
    matrix = competing_hypotheses.surprise_matrix(corpus)
    require_rows(
        matrix.index if len(matrix.columns) else [], "explanations", "propositions that are weighed"
    )
    scores = competing_hypotheses.disconfirmation(matrix).sort_values(kind="stable")
    matrix = matrix[scores.index]
    chosen = telling_propositions(matrix)
    names = corpus.explanations["label"]
    propositions = corpus.propositions.loc[matrix.index]
    data = _table(corpus, matrix)

    def draw(width: float) -> Drawing:
        shown = matrix.loc[chosen].rename(columns=names)
        return _draw(propositions.loc[chosen], shown, scores.rename(names), width)

    def draw_slide(width: float, height: float) -> Drawing:
        marks = marks_of(title, data)
        return draw_bars_and_rows(
            propositions.loc[ranked_propositions(matrix)],
            matrix.rename(columns=names),
            scores.rename(names),
            (marks, title.shared if isinstance(title, Finding) and marks else ""),
            (width, height),
        )

    about = (
        "what was seen or said, and how surprising it would be if an explanation were true. "
        f"{len(chosen)} of {count_noun(len(matrix), 'proposition')}, those that separate the "
        "explanations most; the data have the others."
    )
    return Figure(
        name="explanations",
        title=title,
        subtitle=f"{question}: {about}" if question else capitalize_first(about),
        alt=_describe(matrix, scores, names, len(chosen)),
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=capitalize_first(
            f"{f'{question}: ' if question else ''}how much speaks against each explanation? "
            f"Points of {count_noun(len(matrix), 'proposition')}: somewhat surprising 1, very 2."
        ),
    )


def telling_propositions(matrix: pd.DataFrame) -> pd.Index:
    """Choose the at most `LIMIT` propositions that tell the explanations apart most.

    Args:
        matrix: The readings, as of `surprise_matrix`.

    Returns:
        Their ids in the order of the matrix.
    """
    return matrix.index[matrix.index.isin(ranked_propositions(matrix)[:LIMIT])]


def ranked_propositions(matrix: pd.DataFrame) -> pd.Index:
    """Rank the propositions that tell explanations apart.

    Args:
        matrix: The readings, as of `surprise_matrix`.

    Returns:
        Their ids: first those whose readings are furthest apart, then those that are surprising
        under most explanations.
    """
    telling = competing_hypotheses.diagnosticity(matrix)
    surprising = (matrix != NOT).sum(axis="columns")
    order = pd.DataFrame({"telling": -telling, "many": -surprising, "place": range(len(matrix))})
    ranked = order.sort_values(list(order.columns)).index
    return ranked[telling.loc[ranked] > 0]


def _describe(matrix: pd.DataFrame, scores: pd.Series, names: pd.Series, shown: int) -> str:
    """Write the alternative text: how much speaks against each explanation."""
    about = f"Matrix of {count_noun(shown, 'proposition')} by {len(names)} explanations"
    sums = [
        f"“{names[explanation]}” {score} ({(matrix[explanation] == VERY).sum()} very surprising)"
        for explanation, score in scores.items()
    ]
    return f"{about}. Against them, over all propositions: {join_words(sums)}."


def _table(corpus: Corpus, matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the data of the figure: a row for each proposition, drawn or not.

    Returns:
        `proposition`, a column for each explanation with the settled reading, `tells` (how far the
        readings are apart, 0 to 2), `first_reader` and `second_reader` (on how many explanations
        the settled reading follows each of them), `credibility` and `claims`.
    """
    propositions = corpus.propositions.loc[matrix.index]
    followed = {
        reader: (competing_hypotheses.surprise_matrix(corpus, reader)[matrix.columns] == matrix)
        for reader in ("first", "second")
    }
    table = matrix.astype(str).rename(columns=corpus.explanations["label"])
    table.insert(0, "proposition", propositions["statement"])
    return table.assign(
        tells=competing_hypotheses.diagnosticity(matrix),
        first_reader=followed["first"].sum(axis="columns"),
        second_reader=followed["second"].sum(axis="columns"),
        credibility=propositions["credibility"].astype(str),
        claims=propositions["claims"],
    ).reset_index(drop=True)


def _draw(
    propositions: pd.DataFrame, readings: pd.DataFrame, sums: pd.Series, width: float
) -> Drawing:
    """Draw the matrix.

    Args:
        propositions: The propositions from top to bottom, with `label` and `claims`.
        readings: Their readings, with a column for each explanation under its label.
        sums: The sum of what speaks against each explanation, by label.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    left = LABEL_WIDTHS[0 if wide else 1]
    labels = [textwrap.wrap(words, int((left - 0.1) / LETTER)) for words in propositions["label"]]
    heights = [LINE * len(lines) + PAD for lines in labels]
    top = TOP if wide else 1.72
    height = top + sum(heights) + TOTAL_HEIGHT
    drawing, axes = inch_canvas(width, height)
    cell = (width - left - (EDGE if wide else 0.05)) / readings.shape[1]
    rules = [left + cell * index for index in range(1, readings.shape[1])]
    axes.vlines(rules, top, height, color=house_style.colour("rule"), linewidth=0.3)
    columns = [left + cell * (index + 0.5) for index in range(readings.shape[1])]
    _draw_explanations(axes, list(readings), columns, top, wide)
    legend.draw_legend(drawing, samples(set(readings.to_numpy().flat)))
    y = draw_rows(axes, propositions, readings, columns, labels, (top, PAD))
    _draw_sums(axes, readings, sums, columns, (y, TOTAL_HEIGHT))
    return drawing


def _draw_sums(
    axes: Axes,
    readings: pd.DataFrame,
    sums: pd.Series,
    columns: list[float],
    at: tuple[float, float],
) -> None:
    """Write the row of sums, at a distance from the top and of a height in inches."""
    y, high = at
    axes.axhline(y, color=house_style.colour("ink"), linewidth=0.8)
    middle = y + high / 2
    axes.text(0.04, middle, SUMS, va="center", fontweight="bold", fontsize=house_style.SMALL)
    for x, explanation in zip(columns, readings, strict=True):
        axes.text(x, middle, f"{sums[explanation]}", ha="center", va="center", weight="bold")


def _draw_explanations(
    axes: Axes, explanations: list[str], columns: list[float], top: float, wide: bool
) -> None:
    """Write the names of the explanations above their columns.

    They are slanted, and on a phone turned by 90°. Positions are in inches: `columns` has the
    middles of the columns, and `top` is the distance to the first row.
    """
    for x, name in zip(columns, explanations, strict=True):
        axes.text(
            x,
            top - 0.06,
            name,
            ha="left" if wide else "center",
            va="bottom",
            rotation=SLANT if wide else 90,
            rotation_mode="anchor" if wide else "default",
            fontsize=house_style.SMALL,
            fontweight="bold",
            linespacing=1.1,
        )
