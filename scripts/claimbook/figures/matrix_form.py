"""A blank matrix of propositions by explanations, which readers fill in by themselves."""

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.analysis.competing_hypotheses import surprise_matrix
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import inch_canvas, small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.hypotheses_matrix import ranked_propositions, telling_propositions
from claimbook.figures.no_data import require_rows
from claimbook.language.words import count_noun, join_words

LABELS = (0.44, 0.4)  # of the width, for the words of claims, on a page and on a phone
LETTER, LINE = 0.065, 0.135  # inches: a letter and a line of the words of a claim
PAD, LEAST = 0.12, 0.36  # inches: between two claims, and the least height of a box
EDGE = 0.06  # inches
UPRIGHT = 12  # letters of a line of a name that stands upright
SLIDE_LABELS, SLIDE_PAD = 0.51, 0.06  # of the width, and inches, on a slide
SLIDE_LETTER = 0.054  # inches that a letter takes in one line, on average
HOW = (
    "Take a box: if the explanation above it were true, how surprising would the words at its left "
    "be? Write V for very (2 points), S for somewhat (1); leave it empty for not (0)."
)
SUM = "The sum of what speaks against it"


@traced
def blank_matrix(
    corpus: Corpus, title: str | Finding, only: Sequence[str] = (), name: str = "explanations-form"
) -> Figure:
    """Draw an empty matrix with the propositions that tell explanations apart most.

    Args:
        corpus: The corpus with the readings, which choose the propositions and are not shown.
        title: The title of the form.
        only: The ids of the propositions to show instead, in this order. The book then has the form
            as a picture alone, which needs no number.
        name: The name of the figure.
    """
    matrix = surprise_matrix(corpus)
    require_rows(
        matrix.index if len(matrix.columns) else [],
        name,
        "propositions that are weighed",
    )
    propositions = corpus.propositions.loc[list(only) or telling_propositions(matrix)]
    explanations = [str(corpus.explanations.at[name, "label"]) for name in matrix]
    words = [(row.claims[0], row.label) for row in propositions.itertuples()]
    data = propositions[["statement", "claims"]].reset_index(drop=True)

    def draw(width: float) -> Drawing:
        share = LABELS[0 if width >= house_style.WIDE else 1]
        return _draw(words, explanations, width, width * share, (PAD, LEAST))

    def draw_slide(width: float, height: float) -> Drawing:
        order = propositions.index if only else ranked_propositions(matrix)
        ranked = [row for row in order if row in propositions.index]
        return _draw_slide(
            [(propositions.at[row, "claims"][0], propositions.at[row, "label"]) for row in ranked],
            explanations,
            width,
            height,
        )

    return Figure(
        name=name,
        title=title,
        subtitle=(
            "Suppose that an explanation is true. Write into its box V if the observation would "
            "then be very surprising, S if somewhat, and leave it empty if not. Count V as two "
            "and S as one in each column."
        ),
        alt=(
            f"An empty form: {count_noun(len(words), 'proposition')} in rows, the explanations "
            f"{join_words([f'“{name}”' for name in explanations])} in columns, a box for each "
            "pair, and a row for the sums."
        ),
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "An empty form to print and fill in by hand: which explanation has least against it?"
        ),
        alone=bool(only),
    )


def _draw_slide(
    words: list[tuple[str, str]], explanations: list[str], width: float, height: float
) -> Drawing:
    """Draw the form for a slide, with as many claims as have room."""
    labels = width * SLIDE_LABELS
    spare = -1.0
    while spare < 0 and len(words) > 1:
        drawing = _draw(words, explanations, width, labels, (SLIDE_PAD, 0), SLIDE_LETTER, HOW)
        spare = (height - drawing.get_size_inches()[1]) / (len(words) + 1)
        words = words if spare >= 0 else words[:-1]
    spare = max(spare, 0)
    return _draw(words, explanations, width, labels, (SLIDE_PAD + spare, 0), SLIDE_LETTER, HOW)


def _draw(
    words: list[tuple[str, str]],
    explanations: list[str],
    width: float,
    labels: float,
    spacing: tuple[float, float],
    letter: float = LETTER,
    how: str = "",
) -> Drawing:
    """Draw the form.

    Args:
        words: The claim to which each row leads, and its words.
        explanations: The names of the explanations.
        width: The width in inches.
        labels: The inches for the words of rows.
        spacing: The inches between the words of two rows, and the least height of a row.
        letter: The inches that a letter of the words takes.
        how: How to fill it in, for the corner above the rows.
    """
    pad, least = spacing
    box = (width - labels - 2 * EDGE) / max(len(explanations), 1)
    across = int((labels - 0.1) / letter)
    rows = [(claim, textwrap.wrap(text, across)) for claim, text in words]
    rows.append(("", textwrap.wrap(SUM, across)))
    letters = max(int(box / house_style.SMALL_LETTER), 4)
    heads = [textwrap.wrap(name, letters, break_long_words=False) for name in explanations]
    is_upright = any(len(line) > letters for lines in heads for line in lines)
    if is_upright:  # as on a phone, where no name fits above its box
        heads = [textwrap.wrap(name, UPRIGHT, break_long_words=False) for name in explanations]
    steps = textwrap.wrap(how, int((labels - 0.1) / house_style.SMALL_LETTER))
    top = 0.1 + LINE * max([*map(len, heads), len(steps)], default=1)
    if is_upright:
        longest = max(len(line) for lines in heads for line in lines)
        top = 0.1 + max(house_style.SMALL_LETTER * longest, LINE * len(steps))
    heights = [max(LINE * len(lines) + pad, least) for _, lines in rows]
    height = top + sum(heights) + EDGE
    drawing, axes = inch_canvas(width, height)
    for column, lines in enumerate(heads):
        x = labels + EDGE + box * (column + 0.5)
        turn = 90 if is_upright else 0
        look = {"ha": "center", "va": "bottom", "rotation": turn, **small_print("ink")}
        axes.text(x, top - 0.05, "\n".join(lines), **look)
    axes.text(EDGE, top - 0.05, "\n".join(steps), va="bottom", **small_print("negative"))
    y = top
    for (claim, lines), high in zip(rows, heights, strict=True):
        _draw_row(axes, claim, lines, (y, high))
        for column in range(len(explanations)):
            corner = (labels + EDGE + box * column, y)
            edge = house_style.colour("muted")
            axes.add_patch(Rectangle(corner, box, high, facecolor="none", edgecolor=edge))
        y += high
    return drawing


def _draw_row(axes: Axes, claim: str, lines: list[str], at: tuple[float, float]) -> None:
    """Write the words of a row, linked to their claim; the row of sums is bold."""
    y, high = at
    look = small_print("ink") | ({} if claim else {"fontweight": "bold"})
    text = axes.text(EDGE, y + high / 2, "\n".join(lines), va="center", linespacing=1.2, **look)
    if claim:
        text.set_url(f"claim:{claim}")
