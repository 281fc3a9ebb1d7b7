"""How well the coders agreed, field by field, with intervals."""

from matplotlib.figure import Figure as Drawing

from claimbook.analysis import agreement
from claimbook.corpus.model import Corpus
from claimbook.figures import style
from claimbook.figures.figure import Figure

ALPHA = "Krippendorff's alpha"
ROW = 0.24  # inches
TOLERABLE = 0.8  # Krippendorff's customary bound for firm conclusions; 0.667 for tentative ones
TENTATIVE = 0.667
NAMES = {  # what the names of the columns leave unsaid
    "also": "also (second themes)",
    "theme": "theme (what it is about)",
    "kind": "kind (event, denial, …)",
    "mode": "mode (quoted or not)",
    "chain": "chain (who says so)",
    "bearing": "bearing on entry",
    "term": "term of likelihood",
    "stated_on": "day it was said",
}
BOUNDS = {TENTATIVE: "tentative", TOLERABLE: "firm"}


def agreement_by_field(corpus: Corpus, one: str, two: str, title: str) -> Figure:
    """Krippendorff's alpha for each coded field over the claims that both coders found, with bootstrap intervals."""
    table = agreement.field_agreement(corpus.passes, one, two).sort_values("alpha", ascending=False)
    matched = agreement.match_claims(corpus.passes, one, two)
    below = [field for field, row in table.iterrows() if row["low"] < TENTATIVE]
    alt = (
        f"Dot plot of alpha for {len(table)} fields over {len(matched)} matched claims, from {table['alpha'].iloc[0]:.2f} "
        f"({table.index[0]}) to {table['alpha'].iloc[-1]:.2f} ({table.index[-1]}). "
        f"Intervals that reach below {TENTATIVE}: {', '.join(below) or 'none'}."
    )
    data = table.round(3).reset_index()

    def draw(width: float) -> Drawing:
        below = 0.5  # inches, for the values of the axis and what they are
        height = 0.15 + ROW * len(table) + below
        drawing = Drawing(figsize=(width, height))
        wide = width >= style.WIDE
        left = 1.85 if wide else 1.2
        axes = drawing.add_axes(
            (left / width, below / height, 1 - (left + 0.15) / width, ROW * len(table) / height)
        )
        lowest = min(0.4, table["low"].min() - 0.03)
        axes.set(xlim=(lowest, 1.02), ylim=(len(table) - 0.5, -0.5))
        axes.set_xticks([tick / 5 for tick in range(-5, 6) if tick / 5 >= lowest])
        axes.set_xlabel(
            f"{ALPHA if wide else 'alpha'} (1: full agreement)",
            fontsize=style.SMALL,
            color=style.colour("muted"),
            labelpad=2,
        )
        axes.set_yticks(
            range(len(table)),
            [
                NAMES.get(field, field.replace("_", " ")) if wide else field.replace("_", " ")
                for field in table.index
            ],
        )
        axes.tick_params(axis="y", length=0, labelcolor=style.colour("ink"), labelsize=style.TEXT)
        axes.spines["left"].set_visible(False)
        for bound, name in BOUNDS.items():
            axes.axvline(bound, color=style.colour("muted"), linewidth=0.8, linestyle=(0, (3, 3)))
            axes.annotate(
                f"{name} {bound:g}" if wide else name,
                (bound, -0.5),
                (0, 2),
                textcoords="offset points",
                ha="right" if bound == TENTATIVE else "left",
                fontsize=style.SMALL,
                color=style.colour("muted"),
            )
        for y, (_, row) in enumerate(table.iterrows()):
            axes.plot(
                [row["low"], row["high"]],
                [y, y],
                color=style.colour("rule"),
                linewidth=3,
                solid_capstyle="butt",
            )
            firm = row["alpha"] >= TOLERABLE
            axes.scatter(
                [row["alpha"]],
                [y],
                s=30,
                facecolors=style.colour("ink" if firm else "paper"),
                edgecolors=style.colour("ink"),
                linewidths=1.3,
                zorder=3,
            )
        return drawing

    return Figure(
        name=f"agreement-{one}-{two}",
        title=title,
        subtitle="Krippendorff's alpha with 95 % bootstrap intervals, and the customary bounds for tentative and for firm conclusions. Hollow: not firm.",
        alt=alt,
        data=data,
        made_by="figures.coders.by_field from coding/*.csv",
        draw=draw,
        basis=f"Drawn from {len(matched)} claims that both passes found.",
    )
