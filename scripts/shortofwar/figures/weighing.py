"""Explanations against evidence: what speaks for, what against, what says nothing, as two readers have it."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.hypotheses import CONSISTENT, INCONSISTENT, SILENT, matrix
from shortofwar.corpus.origins import ISW
from shortofwar.corpus.tables import Corpus
from shortofwar.figures import keys, style
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, listed

LIMIT = 18  # claims that one matrix can name
LABELS = {"wide": 3.95, "narrow": 2.2}  # inches for the words of the claims
LETTER, LINE, PAD, HEAD = 0.059, 0.135, 0.1, 0.29  # inches: a letter, a line of small type, the room between two claims, a heading
LOOKS = {CONSISTENT: ("o", "resistance", 5.8), INCONSISTENT: ("x", "pressure", 6.2), SILENT: ("_", "muted", 5.1)}  # marker, colour, points
APART = 0.22  # of the width of a cell: how far either of two marks stands from its middle
OTHERS = "Other analysts and officials"
GROUPS = ("ISW", "Ukrainian officials", OTHERS, "Minsk and Moscow", "The outlets themselves")


def explanations(corpus: Corpus, title: str) -> Figure:
    """Each claim that a reader finds inconsistent with an explanation, by all explanations, grouped by who speaks; the others in the table."""
    names = corpus.explanations["label"]
    weighed = matrix(corpus)
    weighed = weighed[weighed.index.isin(corpus.claims.index)]
    first, second = (matrix(corpus, reader).loc[weighed.index] for reader in ("first", "second"))
    tells = ((weighed == INCONSISTENT) | (first == INCONSISTENT) | (second == INCONSISTENT)).any(axis="columns")
    claims = corpus.full_claims().loc[weighed.index]
    claims = claims.assign(group=[_group(claim) for _, claim in claims.iterrows()], who=claims["origin"].map(corpus.actors["short"]))
    shown = claims[tells].iloc[:LIMIT].sort_values("group", key=lambda groups: groups.map(GROUPS.index), kind="stable")
    beyond = int(tells.sum()) - len(shown)
    left = (
        f" {count(int((~tells).sum()), 'claim')} inconsistent with none {'is' if (~tells).sum() == 1 else 'are'} left out and stand in the data."
        if (~tells).any()
        else ""
    )
    left += f" Of the others {LIMIT} are shown; {beyond:,} more are left out." if beyond else ""
    against = [f"“{names[column]}” {(weighed[column] == INCONSISTENT).sum()}" for column in weighed]
    groups = shown["group"].value_counts(sort=False)
    differ = int((first != second).to_numpy().sum())
    alt = (
        f"Matrix of {count(len(shown), 'claim')} by {len(names)} explanations, by who speaks: "
        f"{listed([f'{group} {number}' for group, number in groups.items()]) or 'none'}. "
        f"Inconsistent with them: {listed(against)}. The two readers differ in {differ} of all {weighed.size} readings.{left}"
    )
    why = corpus.weighing["why"].groupby("claim_id").max()
    data = weighed.rename(columns=names).assign(
        first_reader=[_otherwise(weighed.loc[claim], first.loc[claim], names) for claim in weighed.index],
        second_reader=[_otherwise(weighed.loc[claim], second.loc[claim], names) for claim in weighed.index],
        who=claims["who"], why=why, claims=[[claim] for claim in weighed.index],
    )  # fmt: skip

    def draw(width: float) -> Drawing:
        return _draw(shown, first.loc[shown.index], second.loc[shown.index], [names[column] for column in weighed], width)

    return Figure(
        name="explanations",
        title=title,
        subtitle=f"Claims that two readers, apart from one another, find consistent or inconsistent with each explanation, or silent on it.{left}",
        alt=alt,
        data=data.reset_index(drop=True),
        made_by="figures.weighing.explanations from weighing.csv, explanations.csv and claims.csv",
        draw=draw,
    )


def _group(claim: pd.Series) -> str:
    """Who speaks in a claim, as a heading of the figure."""
    if ISW in claim["chain"] and claim["side"] != "belarus":
        return "ISW"
    if claim["origin"] == claim["outlet"]:
        return "The outlets themselves"
    return {"ukraine": "Ukrainian officials", "belarus": "Minsk and Moscow", "russia": "Minsk and Moscow"}.get(claim["side"], OTHERS)


def _otherwise(settled: pd.Series, read: pd.Series, names: pd.Series) -> str:
    """Where a reader differs from what was settled, with the reading: `never asked: consistent`."""
    return "; ".join(f"{names[column]}: {read[column]}" for column in settled.index if settled[column] != read[column]) or "the same"


def _words(name: str, claim: pd.Series) -> str:
    """What a claim says, its id, and its speaker where the words do not name one."""
    return f"{claim['paraphrase']} ({name})" if claim["who"] in claim["paraphrase"] else f"{claim['paraphrase']} ({name}, {claim['who']})"


def _draw(shown: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame, names: list[str], width: float) -> Drawing:
    wide = width >= style.WIDE
    left = LABELS["wide" if wide else "narrow"]
    words = [textwrap.wrap(_words(str(name), claim), int(left / LETTER)) for name, claim in shown.iterrows()]
    heights = [LINE * len(lines) + PAD for lines in words]
    top = 0.85 if wide else 1.72
    height = top + sum(heights) + HEAD * shown["group"].nunique() + 0.05
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    cell = (width - left - 0.05) / len(names)
    axes.vlines([left + cell * place for place in range(1, len(names))], top, height, color=style.colour("rule"), linewidth=0.3)
    places = [left + cell * (place + 0.5) for place in range(len(names))]
    for x, name in zip(places, names, strict=True):
        text = "\n".join(textwrap.wrap(name, 9)) if wide else name
        axes.text(
            x,
            top - 0.06,
            text,
            ha="center",
            va="bottom",
            rotation=0 if wide else 90,
            fontsize=style.SMALL,
            fontweight="bold",
            linespacing=1.1,
        )
    keys.draw(drawing, _key())
    at, group = top, ""
    for (name, claim), lines, tall in zip(shown.iterrows(), words, heights, strict=True):
        if claim["group"] != group:
            group = claim["group"]
            axes.axhline(at, color=style.colour("rule"), linewidth=0.8)
            axes.text(0.04, at + HEAD / 2 + 0.02, group, va="center", fontweight="bold")
            at += HEAD
        else:
            axes.axhline(at, color=style.colour("rule"), linewidth=0.4)
        axes.text(0.04, at + tall / 2, "\n".join(lines), va="center", fontsize=style.SMALL, linespacing=1.15)
        for x, one, other in zip(places, first.loc[name], second.loc[name], strict=True):
            _cell(axes, x, at + tall / 2, one, other, cell * APART, str(name))
        at += tall
    return drawing


def _cell(axes: Axes, x: float, y: float, first: str, second: str, apart: float, claim: str = "") -> None:
    """One mark where the readers agree; else the first reader's and the second's side by side."""
    if first == second:
        _mark(axes, x, y, first, claim)
    else:
        _mark(axes, x - apart, y, first, claim)
        _mark(axes, x + apart, y, second, claim)


def _mark(axes: Axes, x: float, y: float, reading: str, claim: str = "") -> None:
    """A filled dot, a cross, or a small stroke: told apart without colour."""
    marker, colour, size = LOOKS[reading]
    dots = axes.scatter([x], [y], s=size**2, marker=marker, color=style.colour(colour), linewidths=1.8 if reading == INCONSISTENT else 1)
    if claim:
        dots.set_urls([f"claim:{claim}"])


def _key() -> dict[str, keys.Sample]:
    """What the marks mean."""
    samples = {reading: keys.dot(marker, colour=colour, size=size) for reading, (marker, colour, size) in LOOKS.items()}
    return {
        "consistent": samples[CONSISTENT],
        "inconsistent": samples[INCONSISTENT],
        "says nothing": samples[SILENT],
        "two marks: the first and the second reader differ": (samples[SILENT], samples[INCONSISTENT]),
    }
