"""Explanations against evidence: what speaks for, what against, what says nothing."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.hypotheses import CONSISTENT, INCONSISTENT, SILENT, matrix
from shortofwar.corpus.tables import Corpus
from shortofwar.figures import style
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, listed

ROW = 0.2  # inches
LIMIT = 40  # claims that one matrix can name
LABELS = {"wide": 2.1, "narrow": 1.25}  # inches for the names of the claims
KEY = {CONSISTENT: "consistent", INCONSISTENT: "inconsistent", SILENT: "says nothing"}


def explanations(corpus: Corpus, title: str) -> Figure:
    """Each weighed claim by each explanation; what tells most between the explanations stands on top, what fits all at the foot."""
    readings = matrix(corpus)
    readings = readings[readings.index.isin(corpus.claims.index)]
    left = len(readings) - LIMIT
    readings = readings.iloc[:LIMIT]
    names = corpus.explanations["label"]
    claims = corpus.full_claims()
    who = claims.loc[readings.index, "origin"].map(corpus.actors["short"])
    against = {names[column]: int((readings[column] == INCONSISTENT).sum()) for column in readings}
    all_alike = readings.index[readings.nunique(axis="columns") == 1]
    said = f" Shown are {LIMIT} claims; {left:,} more are left out." if left > 0 else ""
    alt = (
        f"Matrix of {count(len(readings), 'claim')} by {len(names)} explanations. Inconsistent with them: "
        f"{listed([f'“{name}” {number}' for name, number in against.items()])}. "
        f"Consistent with all, and so without weight: {listed(list(map(str, all_alike))) or 'none'}.{said}"
    )
    why = corpus.weighing["why"].groupby("claim_id").max()
    data = readings.rename(columns=names).assign(who=who, why=why, claims=[[claim] for claim in readings.index])

    def draw(width: float) -> Drawing:
        return _draw(readings, [names[column] for column in readings], who, width)

    return Figure(
        name="explanations",
        title=title,
        subtitle=f"Claims by explanation: consistent with it, inconsistent with it, or silent. What tells most stands on top.{said}",
        alt=alt,
        data=data.reset_index(drop=True),
        made_by="figures.weighing.explanations from weighing.csv, explanations.csv and claims.csv",
        draw=draw,
    )


def _draw(readings: pd.DataFrame, names: list[str], who: pd.Series, width: float) -> Drawing:
    wide = width >= style.WIDE
    left, top = LABELS["wide" if wide else "narrow"], 0.62 if wide else 0.85
    height = top + ROW * len(readings) + 0.08
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((left / width, 0.08 / height, 1 - (left + 0.1) / width, ROW * len(readings) / height))
    axes.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(readings) - 0.5, -0.5))
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    for x, name in enumerate(names):
        words = name if wide else name.replace(" ", "\n")
        axes.annotate(words, (x, -0.5), (0, 5), textcoords="offset points", ha="center", va="bottom", fontsize=style.SMALL, fontweight="bold")
    _key(drawing, width, height)
    for y, (claim, row) in enumerate(readings.iterrows()):
        words = f"{claim}  {who[claim]}" if wide else str(claim)
        axes.annotate(words, (0, y), (-72 * left + 3, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center", fontsize=style.SMALL)
        axes.axhline(y + 0.5, color=style.colour("rule"), linewidth=0.4)
        for x, reading in enumerate(row):
            _mark(axes, x, y, reading, str(claim))
    return drawing


def _mark(axes: object, x: float, y: float, reading: str, claim: str = "") -> None:
    """A filled dot, a cross, or a small stroke: told apart without colour."""
    marker, size, colour = {
        CONSISTENT: ("o", 34, style.colour("resistance")),
        INCONSISTENT: ("x", 38, style.colour("pressure")),
        SILENT: ("_", 18, style.colour("rule")),
    }[reading]
    dots = axes.scatter([x], [y], s=size, marker=marker, color=colour, linewidths=1.8 if reading == INCONSISTENT else 1)
    if claim and reading != SILENT:
        dots.set_urls([f"claim:{claim}"])


def _key(drawing: Drawing, width: float, height: float) -> None:
    """Say at the top what the marks mean."""
    axes = drawing.add_axes((0, 0, 1, 1), zorder=-1)
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(0, height))
    at = 0.12
    for reading, meaning in KEY.items():
        _mark(axes, at, height - 0.12, reading)
        axes.text(at + 0.1, height - 0.12, meaning, va="center", fontsize=style.SMALL, color=style.colour("muted"))
        at += 0.32 + 0.068 * len(meaning)
