"""The signs that speakers named of what might come: reported, reported missing or not known, and by whom."""

import textwrap

import pandas as pd
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style, timeline
from claimbook.figures.figure import Figure
from claimbook.figures.queries import count_noun, join_few, join_words, top_by_claims

LIMIT = 22  # signs that one figure can name
REPORTED, MISSING, OPEN = "reported", "reported missing", "not known"
STATES = {"seen": REPORTED, "not seen": MISSING, "not known": OPEN}
GLYPHS = {REPORTED: "happened", MISSING: "denied", OPEN: "feared"}
HEAD = 0.3  # inches: the heading of a group
BOLD = 0.079  # inches: a letter of it
LEFT = 0.3  # inches from the edge to the words of a sign
COLUMNS = (LEFT, 3.5, 4.95)  # and, on a page, to its namer and to those who speak of it
SAME, NOBODY = "the same", "nobody"


def indicators_by_state(corpus: Corpus, title: str) -> Figure:
    """The signs that speakers named, by what they would be signs of and by state: reported, reported missing or not known, and by whom."""
    claims, short = corpus.full_claims(), corpus.actors["short"]
    named = corpus.indicators.assign(
        state=corpus.indicators["status"].map(STATES),
        namer=corpus.indicators["named_by"].map(short),
    )
    named["group"] = [
        f"{'For' if points == 'for' else 'Against'} {event}"
        for points, event in zip(named["points"], named["event"], strict=True)
    ]
    named["behind"] = [sorted({*sign["claims"], *sign["seen_in"]}) for _, sign in named.iterrows()]
    named["by"] = [
        list(
            dict.fromkeys(
                short[claims.at[claim, "origin"]] for claim in sign if claim in claims.index
            )
        )
        for sign in named["seen_in"]
    ]
    named["rank"] = named["state"].map(list(STATES.values()).index)
    named = named.sort_values(["event", "points", "rank"], kind="stable")
    shown, left = top_by_claims(
        named.drop(columns="claims").rename(columns={"behind": "claims"}), LIMIT
    )
    states = shown["state"].value_counts()
    own = sum(_own(sign) for _, sign in shown.iterrows())
    alt = (
        f"Board of {count_noun(len(shown), 'sign')} named by speakers: {join_words([f'{states.get(state, 0)} {state}' for state in STATES.values()])}. "
        f"Of those reported, {own} are reported by their namer alone. "
        + " ".join(
            f"{state[0].upper()}{state[1:]}: "
            + "; ".join(
                f"{sign.indicator} ({join_words(sign.by)})" if sign.by else sign.indicator
                for sign in same.itertuples()
            )
            + "."
            for state, same in shown.groupby("state", sort=False)
        )
        + left
    )
    data = shown.assign(named_by=shown["namer"], sign=shown["group"], from_the_words_of=shown["by"])

    def draw(width: float) -> Drawing:
        return _draw(shown, width)

    return Figure(
        "indicators",
        title,
        "Signs for or against entry and attack that speakers named, by whether a claim reports them, reports them missing, or leaves it "
        f"open; who named each, and who speaks of it. Shaded: reported by none but the one who named it.{left}",
        alt,
        data[["sign", "indicator", "named_by", "state", "from_the_words_of", "claims"]].reset_index(
            drop=True
        ),
        "figures.board.signs from indicators.csv, claims.csv and actors.csv",
        draw,
    )


def _draw(shown: pd.DataFrame, width: float) -> Drawing:
    """A mark for each sign, its words, who named it and who speaks of it: in columns on a page, below the sign on a phone."""
    beside = width >= style.WIDE
    edges = [*COLUMNS, width] if beside else [LEFT, width]
    cells = [
        [sign["indicator"], *_behind(sign)] if beside else [sign["indicator"]]
        for _, sign in shown.iterrows()
    ]
    wrapped = [
        [
            textwrap.wrap(
                text,
                int((edges[place + 1] - edges[place] - 0.1) / (timeline.NOTE if place else 0.074)),
            )
            for place, text in enumerate(row)
        ]
        for row in cells
    ]
    notes = [
        []
        if beside
        else textwrap.wrap(
            "named by {}; spoken of by {}".format(*_behind(sign)),
            int((width - LEFT - 0.1) / timeline.NOTE),
        )
        for _, sign in shown.iterrows()
    ]
    heights = [
        style.LINE * (max(map(len, row)) + len(small)) + timeline.PAD
        for row, small in zip(wrapped, notes, strict=True)
    ]
    rows = [
        timeline.Mark(pd.NaT, GLYPHS[sign["state"]], "outlook", sign["claims"][0])
        for _, sign in shown.iterrows()
    ]
    key = {state: timeline.legend_sample(GLYPHS[state], "outlook") for state in STATES.values()}
    at = 0.06 + legend.legend_height(key, width) + (0.2 if beside else 0)
    heads = {
        group: _heading(str(group), same, width)
        for group, same in shown.groupby("group", sort=False)
    }
    height = at + sum(heights) + sum(tall for _, tall in heads.values())
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    for x, title in zip(edges[1:] if beside else [], ("named by", "spoken of by"), strict=False):
        axes.text(x, at - 0.04, title, fontsize=style.SMALL, fontweight="bold")
    group = ""
    for (_, sign), mark, lines, small, tall in zip(
        shown.iterrows(), rows, wrapped, notes, heights, strict=True
    ):
        if sign["group"] != group:
            group = sign["group"]
            axes.axhline(at + 0.03, color=style.colour("rule"), linewidth=0.6)
            axes.text(
                0.04,
                at + heads[group][1] / 2 + 0.03,
                heads[group][0],
                va="center",
                fontweight="bold",
                linespacing=1.2,
            )
            at += heads[group][1]
        top = at + timeline.PAD / 2
        own = _own(sign)
        if own:
            axes.add_patch(
                Rectangle((0, at), width, tall, color=style.colour("band"), linewidth=0, zorder=0)
            )
        timeline.draw_mark(axes, mark, LEFT / 2 + 0.03, top + style.LINE / 2)
        for place, words in enumerate(lines):
            look = {"fontsize": style.SMALL, "color": style.colour("muted")} if place else {}
            if own and words == [SAME]:
                look = {"fontsize": style.SMALL, "fontweight": "bold"}
            axes.text(edges[place], top, "\n".join(words), va="top", linespacing=1.25, **look)
        axes.text(
            LEFT,
            top + style.LINE * len(lines[0]),
            "\n".join(small),
            va="top",
            linespacing=1.25,
            fontsize=style.SMALL,
            color=style.colour("muted"),
        )
        at += tall
    legend.draw_legend(drawing, key)
    return drawing


def _heading(group: str, signs: pd.DataFrame, width: float) -> tuple[str, float]:
    """What stands above a group, with how many of its signs are reported and how many of these by their namer alone; and its inches."""
    own, seen = (
        sum(_own(sign) for _, sign in signs.iterrows()),
        int((signs["state"] == REPORTED).sum()),
    )
    words = f"{group}: {seen} reported" + (f", {own} by their namer alone" if own else "")
    lines = textwrap.wrap(words, int((width - 0.1) / BOLD))
    return "\n".join(lines), HEAD + style.LINE * (len(lines) - 1)


def _own(sign: pd.Series) -> bool:
    """Whether a sign is reported, and by none but the one who named it."""
    return sign["state"] == REPORTED and _behind(sign)[1] == SAME


def _behind(sign: pd.Series) -> tuple[str, str]:
    """Who named a sign, and who speaks of it."""
    return sign["namer"], SAME if sign["by"] == [sign["namer"]] else join_few(sign["by"]) or NOBODY
