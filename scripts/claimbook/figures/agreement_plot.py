"""A dot plot of how well two coders agreed, column by column, with intervals."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.analysis import agreement
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.no_data import require_rows

ALPHA = "Krippendorff's alpha"
ROW_HEIGHT = 0.24  # inches
BELOW = 0.5  # inches below the axes, for their scale
TENTATIVE, FIRM = 0.667, 0.8  # Krippendorff's customary bounds of alpha for conclusions
BOUNDS = {TENTATIVE: "tentative", FIRM: "firm"}


@traced
def agreement_by_field(corpus: Corpus, one: str, two: str, title: str | Finding) -> Figure:
    """Draw a dot plot of two coders' agreement on each field: Krippendorff's alpha.

    Each dot has its 95 % bootstrap interval. It is hollow if alpha is below `FIRM`.

    Args:
        corpus: The corpus with the coders' claims.
        one: The name of the first coder.
        two: The name of the second coder.
        title: The title of the figure.
    """
    name = f"agreement-{one}-{two}"
    matched = len(agreement.match_claims(corpus.passes, one, two))
    require_rows(range(matched), name, f"claims that the passes {one} and {two} both found")
    compared = agreement.compared_fields(corpus.coders, one, two)
    fields = agreement.field_agreement(corpus.passes, one, two, fields=compared)
    fields = fields.sort_values("alpha", ascending=False)

    def draw(width: float) -> Drawing:
        return _draw(fields, width)

    return Figure(
        name=name,
        title=title,
        subtitle=(
            f"{ALPHA} with 95 % bootstrap intervals, and the customary bounds for tentative and "
            "for firm conclusions. Hollow: not firm."
        ),
        alt=_describe(fields, matched),
        data=fields.round(3).reset_index(),
        draw=draw,
        basis=f"Drawn from {matched} claims that both passes found.",
    )


def _describe(fields: pd.DataFrame, matched: int) -> str:
    """Write the alternative text: the range of alpha, and the most uncertain fields.

    These are the fields whose 95 % interval reaches below `TENTATIVE`.

    Args:
        fields: A row for each field with `alpha` and `low`, the highest alpha first.
        matched: The number of claims that both coders marked.
    """
    best, worst = fields.index[0], fields.index[-1]
    low = list(fields.index[fields["low"] < TENTATIVE])
    return (
        f"Dot plot of alpha for {len(fields)} fields over {matched} matched claims, from "
        f"{fields['alpha'].iloc[0]:.2f} ({best}) to {fields['alpha'].iloc[-1]:.2f} ({worst}). "
        f"Intervals that reach below {TENTATIVE}: {', '.join(low) or 'none'}."
    )


def _field_label(field: str, wide: bool) -> str:
    """Return the label of a coded field.

    Args:
        field: The column of the coding.
        wide: True on a page, where some labels have an explanation; false on a phone.
    """
    labels = {
        "also": "also (second themes)",
        "theme": "theme (what it is about)",
        "kind": "kind (event, denial, …)",
        "mode": "mode (quoted or not)",
        "chain": "chain (who says so)",
        "on": "on (what it bears on)",
        "bearing": "bearing (likelier or not)",
        "term": "term of likelihood",
        "stated_on": "day it was said",
    }
    label = field.replace("_", " ")
    return labels.get(field, label) if wide else label


def _draw(fields: pd.DataFrame, width: float) -> Drawing:
    """Draw the dot plot.

    Args:
        fields: A row for each field of the coding, with `alpha`, `low` and `high`.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    body = ROW_HEIGHT * len(fields)
    height = 0.15 + body + BELOW
    left = 1.85 if wide else 1.2
    drawing = Drawing(figsize=(width, height))
    box = (left / width, BELOW / height, 1 - (left + 0.15) / width, body / height)
    axes = drawing.add_axes(box)
    _draw_scale(axes, fields, wide)
    for y, (_, field) in enumerate(fields.iterrows()):
        axes.plot(
            [field["low"], field["high"]],
            [y, y],
            color=house_style.colour("rule"),
            linewidth=3,
            solid_capstyle="butt",
        )
        axes.scatter(
            [field["alpha"]],
            [y],
            s=30,
            facecolors=house_style.colour("ink" if field["alpha"] >= FIRM else "paper"),
            edgecolors=house_style.colour("ink"),
            linewidths=1.3,
            zorder=3,
        )
    return drawing


def _draw_scale(axes: Axes, fields: pd.DataFrame, wide: bool) -> None:
    """Draw the scale of alpha with its bounds, and the labels of the fields."""
    lowest = min(0.4, fields["low"].min() - 0.03)
    axes.set(xlim=(lowest, 1.02), ylim=(len(fields) - 0.5, -0.5))
    axes.set_xticks([tick / 5 for tick in range(-5, 6) if tick / 5 >= lowest])
    label = f"{ALPHA if wide else 'alpha'} (1: full agreement)"
    axes.set_xlabel(label, labelpad=2, **small_print())
    axes.set_yticks(range(len(fields)), [_field_label(str(field), wide) for field in fields.index])
    axes.tick_params(
        axis="y", length=0, labelcolor=house_style.colour("ink"), labelsize=house_style.TEXT
    )
    axes.spines["left"].set_visible(False)
    for bound, name in BOUNDS.items():
        axes.axvline(bound, color=house_style.colour("muted"), linewidth=0.8, linestyle=(0, (3, 3)))
        axes.annotate(
            f"{name} {bound:g}" if wide else name,
            (bound, -0.5),
            (0, 2),
            textcoords="offset points",
            ha="right" if bound == TENTATIVE else "left",
            **small_print(),
        )
