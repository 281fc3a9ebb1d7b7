"""A blank matrix of claims by explanations, which readers fill in by themselves."""

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.figures.hypotheses_matrix import LIMIT, Readings
from claimbook.language.words import count_noun, join_words

LABELS = (0.56, 0.46)  # of the width, for the words of claims, on a page and on a phone
LETTER, LINE = 0.065, 0.135  # inches: a letter and a line of the words of a claim
PAD, LEAST = 0.12, 0.36  # inches: between two claims, and the least height of a box
EDGE = 0.06  # inches
SUM = "How many speak against it"


@traced
def blank_matrix(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw an empty matrix with the claims that tell most between the explanations.

    Args:
        corpus: The corpus with the readings, which choose the claims and are not shown.
        title: The title of the form.
    """
    readings = Readings.load(corpus)
    telling = readings.settled.index[readings.is_inconsistent][:LIMIT]
    claims = corpus.claims.loc[telling].rename_axis("claim_id").reset_index()
    explanations = [str(corpus.explanations.at[name, "label"]) for name in readings.settled]
    words = [
        (claim.claim_id, f"{claim.paraphrase} ({claim.claim_id})") for claim in claims.itertuples()
    ]
    data = claims[["claim_id", "paraphrase"]].assign(claims=[[key] for key in claims["claim_id"]])
    further = int(readings.is_inconsistent.sum()) - len(telling)

    def draw(width: float) -> Drawing:
        return _draw(words, explanations, width)

    return Figure(
        name="explanations-form",
        title=title,
        subtitle=(
            "Write into each box C if the claim, supposing it is true, fits the explanation, I if "
            "it speaks against it, and a dash if it says nothing on it. Count the I of each "
            "column. The claims are those that a reader found to speak against some explanation"
            + (f"; {further} more are left out." if further > 0 else ".")
        ),
        alt=(
            f"An empty form: {count_noun(len(words), 'claim')} in rows, the explanations "
            f"{join_words([f'“{name}”' for name in explanations])} in columns, a box for each "
            "pair, and a row for the sums."
        ),
        data=data,
        draw=draw,
    )


def _draw(words: list[tuple[str, str]], explanations: list[str], width: float) -> Drawing:
    """Draw the form at a width in inches."""
    labels = width * LABELS[0 if width >= house_style.WIDE else 1]
    box = (width - labels - 2 * EDGE) / max(len(explanations), 1)
    letters = int((labels - 0.1) / LETTER)
    rows = [(claim, textwrap.wrap(text, letters)) for claim, text in words]
    rows.append(("", textwrap.wrap(SUM, letters)))
    heads = [
        textwrap.wrap(name, max(int(box / house_style.SMALL_LETTER), 4)) for name in explanations
    ]
    top = 0.1 + LINE * max(map(len, heads), default=1)
    heights = [max(LINE * len(lines) + PAD, LEAST) for _, lines in rows]
    height = top + sum(heights) + EDGE
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for column, lines in enumerate(heads):
        x = labels + EDGE + box * (column + 0.5)
        axes.text(x, top - 0.05, "\n".join(lines), ha="center", va="bottom", **small_print("ink"))
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
