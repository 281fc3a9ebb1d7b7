"""Explanations against evidence: what speaks for, what against, what says nothing, as two readers have it."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook.analysis.competing_hypotheses import CONSISTENT, INCONSISTENT, SILENT, reading_matrix
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style
from claimbook.figures.figure import Figure
from claimbook.figures.queries import count_noun, join_words

LIMIT = 18  # claims that one matrix can name
LABELS = {"wide": 3.95, "narrow": 2.2}  # inches for the words of the claims
LETTER, LINE, PAD = (
    0.059,
    0.135,
    0.1,
)  # inches: a letter, a line of small type, the room between two claims
BOLD, HEAD = 0.079, 0.155  # inches: a letter and a line of a heading
LOOKS = {
    CONSISTENT: ("o", "resistance", 5.8),
    INCONSISTENT: ("x", "pressure", 6.2),
    SILENT: ("_", "muted", 5.1),
}  # marker, colour, points
TINT = 0.12
APART = 0.2  # of the width of a cell: how far either of two marks stands from its middle
ALL, ONE = "Against all of them", "As one reader alone has it"  # headings


def evidence_by_explanation(corpus: Corpus, title: str) -> Figure:
    """Each claim that a reader finds inconsistent with an explanation, by all explanations, grouped by those that they speak against; the others in the table."""
    names = corpus.explanations["label"]
    weighed = reading_matrix(corpus)
    weighed = weighed[weighed.index.isin(corpus.claims.index)]
    first, second = (
        reading_matrix(corpus, reader).loc[weighed.index] for reader in ("first", "second")
    )
    tells = ((weighed == INCONSISTENT) | (first == INCONSISTENT) | (second == INCONSISTENT)).any(
        axis="columns"
    )
    claims = corpus.full_claims().loc[weighed.index]
    claims = claims.assign(
        group=[_against(weighed.loc[claim], names) for claim in weighed.index],
        who=claims["origin"].map(corpus.actors["short"]),
    )
    shown = claims[tells].iloc[:LIMIT]
    sizes = shown["group"].value_counts()
    shown = shown.sort_values(
        "group", key=lambda groups: groups.map(list(sizes.index).index), kind="stable"
    )
    beyond = int(tells.sum()) - len(shown)
    left = (
        f" {count_noun(int((~tells).sum()), 'claim')} inconsistent with none {'is' if (~tells).sum() == 1 else 'are'} left out and stand in the data."
        if (~tells).any()
        else ""
    )
    left += f" Of the others {LIMIT} are shown; {beyond:,} more are left out." if beyond else ""
    against = [f"“{names[column]}” {(weighed[column] == INCONSISTENT).sum()}" for column in weighed]
    differ = int((first != second).to_numpy().sum())
    alt = (
        f"Matrix of {count_noun(len(shown), 'claim')} by {len(names)} explanations, by what they speak against: "
        f"{join_words([f'{group[0].lower()}{group[1:]} {number}' for group, number in sizes.items()]) or 'none'}. "
        f"Inconsistent with them: {join_words(against)}. The two readers differ in {differ} of all {weighed.size} readings.{left}"
    )
    why = corpus.weighing["why"].groupby("claim_id").max()
    data = weighed.rename(columns=names).assign(
        first_reader=[
            _otherwise(weighed.loc[claim], first.loc[claim], names) for claim in weighed.index
        ],
        second_reader=[
            _otherwise(weighed.loc[claim], second.loc[claim], names) for claim in weighed.index
        ],
        who=claims["who"],
        why=why,
        claims=[[claim] for claim in weighed.index],
    )

    def draw(width: float) -> Drawing:
        return _draw(
            shown,
            first.loc[shown.index],
            second.loc[shown.index],
            [names[column] for column in weighed],
            width,
        )

    return Figure(
        name="explanations",
        title=title,
        subtitle=f"Why Belarus stayed out: claims for and against each explanation, as two readers weighed them apart.{left}",
        alt=alt,
        data=data.reset_index(drop=True),
        made_by="figures.weighing.explanations from weighing.csv, explanations.csv and claims.csv",
        draw=draw,
    )


def _against(settled: pd.Series, names: pd.Series) -> str:
    """The explanations with which a claim was settled to be inconsistent, as a heading of the figure."""
    against = [f"“{names[column]}”" for column in settled.index if settled[column] == INCONSISTENT]
    return (
        (ALL if len(against) == len(names) else f"Against {join_words(against)}")
        if against
        else ONE
    )


def _otherwise(settled: pd.Series, read: pd.Series, names: pd.Series) -> str:
    """Where a reader differs from what was settled, with the reading: `never asked: consistent`."""
    return (
        "; ".join(
            f"{names[column]}: {read[column]}"
            for column in settled.index
            if settled[column] != read[column]
        )
        or "the same"
    )


def _words(name: str, claim: pd.Series) -> str:
    """What a claim says, its id, and its speaker where the words do not name one."""
    return (
        f"{claim['paraphrase']} ({name})"
        if claim["who"] in claim["paraphrase"]
        else f"{claim['paraphrase']} ({name}, {claim['who']})"
    )


def _draw(
    shown: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame, names: list[str], width: float
) -> Drawing:
    wide = width >= style.WIDE
    left = LABELS["wide" if wide else "narrow"]
    words = [
        textwrap.wrap(_words(str(name), claim), int((left - 0.1) / LETTER))
        for name, claim in shown.iterrows()
    ]
    heights = [LINE * len(lines) + PAD for lines in words]
    top = 0.85 if wide else 1.72
    headings = {
        group: textwrap.wrap(f"{group} ({number})", int(left / BOLD))
        for group, number in shown["group"].value_counts(sort=False).items()
    }
    height = top + sum(heights) + sum(HEAD * len(lines) + PAD for lines in headings.values()) + 0.05
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    cell = (width - left - 0.05) / len(names)
    axes.vlines(
        [left + cell * place for place in range(1, len(names))],
        top,
        height,
        color=style.colour("rule"),
        linewidth=0.3,
    )
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
    legend.draw_legend(drawing, _key())
    at, group = top, ""
    for (name, claim), lines, tall in zip(shown.iterrows(), words, heights, strict=True):
        if claim["group"] != group:
            group = claim["group"]
            axes.axhline(at, color=style.colour("rule"), linewidth=0.8)
            room = HEAD * len(headings[group]) + PAD
            axes.text(
                0.04,
                at + room / 2 + 0.02,
                "\n".join(headings[group]),
                va="center",
                fontweight="bold",
                linespacing=1.15,
            )
            at += room
        else:
            axes.axhline(at, color=style.colour("rule"), linewidth=0.4)
        axes.text(
            0.04,
            at + tall / 2,
            "\n".join(lines),
            va="center",
            fontsize=style.SMALL,
            linespacing=1.15,
        )
        for x, one, other in zip(places, first.loc[name], second.loc[name], strict=True):
            _cell(axes, x, at + tall / 2, one, other, cell * APART, str(name))
            if one == other == INCONSISTENT:
                _tint(axes, x, at + tall / 2, cell, tall)
        at += tall
    return drawing


def _cell(
    axes: Axes, x: float, y: float, first: str, second: str, apart: float, claim: str = ""
) -> None:
    """One mark where the readers agree; else the first reader's and the second's side by side."""
    if first == second:
        _mark(axes, x, y, first, claim)
    else:
        _mark(axes, x - apart, y, first, claim)
        _mark(axes, x + apart, y, second, claim)


def _tint(axes: Axes, x: float, y: float, cell: float, tall: float) -> None:
    """Ground under a reading that both readers find against an explanation."""
    axes.add_patch(
        Rectangle(
            (x - cell / 2, y - tall / 2),
            cell,
            tall,
            color=style.colour("pressure"),
            alpha=TINT,
            linewidth=0,
            zorder=0,
        )
    )


def _mark(axes: Axes, x: float, y: float, reading: str, claim: str = "") -> None:
    """A filled dot, a cross, or a small stroke: told apart without colour."""
    marker, colour, size = LOOKS[reading]
    dots = axes.scatter(
        [x],
        [y],
        s=size**2,
        marker=marker,
        color=style.colour(colour),
        linewidths=1.8 if reading == INCONSISTENT else 1,
    )
    if claim:
        dots.set_urls([f"claim:{claim}"])


def _key() -> dict[str, legend.Sample]:
    """What the marks mean."""
    samples = {
        reading: legend.dot_sample(marker, colour=colour, size=size)
        for reading, (marker, colour, size) in LOOKS.items()
    }
    return {
        "consistent": samples[CONSISTENT],
        "inconsistent": samples[INCONSISTENT],
        "says nothing": samples[SILENT],
        "shaded: for both readers": legend.bar_sample("pressure", TINT),
        "two marks: the first and the second reader differ": (
            samples[SILENT],
            samples[INCONSISTENT],
        ),
    }
