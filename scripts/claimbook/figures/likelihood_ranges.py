"""The ladder of likelihood: what was said of one event, as ranges of probability, in the order in which it was said."""

import textwrap

import pandas as pd
from matplotlib.figure import Figure as Drawing

from claimbook.analysis.estimates import dated_judgements
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style
from claimbook.figures.figure import Figure
from claimbook.figures.queries import count_noun, join_words
from claimbook.language.claim_text import format_day

LIMIT = 26  # judgements
LABELS = 2.35  # inches for the words of a judgement and its speaker, beside the axis
STEP = 0.4  # inches from rung to rung
NAMED = 4  # judgements without a range that the subtitle names
HAPPENED = "judged to have happened"


def judgements_on(corpus: Corpus, event: str, title: str, until: str | None = None) -> Figure:
    """The judgements of one event with a range, inside and outside the corpus; `until` is the last day (ISO 8601) of those wanted.

    Those without a range have no bar: the subtitle names them, and they stand in the data.
    """
    rungs = dated_judgements(corpus)
    rungs = rungs[rungs["event"] == event]
    if until is not None:
        rungs = rungs[rungs["date"] <= pd.Timestamp(until)]
    rungs = rungs.assign(short=rungs["speaker"].map(corpus.actors["short"])).reset_index(drop=True)
    outlook = corpus.full_claims()
    outlook = outlook[(outlook["theme"] == "outlook") & (outlook["term"] != "")]
    rungs["claims"] = [
        sorted(
            outlook.index[
                (outlook["source_id"] == rung["source_id"]) & (outlook["term"] == rung["wording"])
            ].astype(str)
        )
        if rung["inside"]
        else []
        for _, rung in rungs.iterrows()
    ]
    unranged = rungs[rungs["low"].isna()]
    drawn, left = _fitted(rungs.dropna(subset=["low"]).reset_index(drop=True))
    without = _without(unranged)
    past = drawn[drawn["sort"] == HAPPENED]
    ahead = drawn[drawn["sort"] != HAPPENED]
    alt = (
        f"Ladder of {count_noun(len(drawn), 'judgement')} with a range on {event}"
        + (
            f" from {format_day(drawn['date'].min())} to {format_day(drawn['date'].max())}"
            if len(drawn)
            else ""
        )
        + f", {int(drawn['inside'].sum())} of them in the corpus. "
        + (
            f"{len(past)} judge it to have happened already, at {past['low'].min():.0f} to {past['high'].max():.0f} per cent. "
            if len(past)
            else ""
        )
        + (
            f"Those that look ahead, {len(ahead)}, lie between {ahead['low'].min():.0f} and {ahead['high'].max():.0f} per cent: "
            if len(ahead)
            else ""
        )
        + join_words(
            [
                f"{rung['wording']} ({format_day(rung['date'])}), {rung['low']:.0f} to {rung['high']:.0f}"
                for _, rung in ahead.iterrows()
            ]
        )
        + f".{without}{left}"
    )

    def draw(width: float) -> Drawing:
        return _draw(drawn, width)

    columns = ["date", "name", "wording", "sort", "low", "high", "inside", "address", "claims"]
    return Figure(
        name=f"ladder-{event.split()[-1].lower()}-{event.split()[0].lower()}",
        title=title,
        subtitle=(
            f"Judgements on {event}, in per cent. No speaker names a yardstick: we read the words on that of ICD 203, and give "
            f"a wide range to those not on it.{without}{left}"
        ),
        alt=alt,
        data=pd.concat([drawn, unranged])
        .sort_values("date", kind="stable")[columns]
        .reset_index(drop=True),
        made_by="figures.ladder.of_event from outlook_record.csv, terms.csv and claims.csv",
        draw=draw,
        basis=f"Drawn from {count_noun(len(drawn), 'judgement')}, {int(drawn['inside'].sum()) or 'none'} of the corpus and the others from the record outside it.",
    )


def _fitted(rungs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The judgements that one ladder can name, those of the corpus first; and what was left out."""
    if len(rungs) <= LIMIT:
        return rungs, ""
    ranked = rungs.sort_values("inside", ascending=False, kind="stable")
    shown = rungs.loc[sorted(ranked.index[:LIMIT])].reset_index(drop=True)
    return (
        shown,
        f" Shown are {LIMIT} judgements, those in the corpus first; {len(rungs) - LIMIT:,} more are left out.",
    )


def _without(unranged: pd.DataFrame) -> str:
    """A sentence on the judgements without a range: how many, and the first few."""
    if unranged.empty:
        return ""
    named = [
        f"“{rung['wording']}” ({rung['short']}, {format_day(rung['date'])})"
        for _, rung in unranged.iterrows()
    ]
    more = [f"{len(named) - NAMED:,} more"] if len(named) > NAMED else []
    return f" Left out, as their words give no range: {join_words(named[:NAMED] + more)}."


def _draw(rungs: pd.DataFrame, width: float) -> Drawing:
    beside = width >= style.WIDE
    left = LABELS if beside else 0.12
    step = STEP if beside else STEP + 1.3 * style.LINE
    key = _key((rungs["sort"] == HAPPENED).any())
    top, bottom = 0.2 + legend.legend_height(key, width), 0.5
    body = step * len(rungs)
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes(
        (left / width, bottom / height, 1 - (left + 0.22) / width, body / height)
    )
    axes.set(xlim=(0, 100), ylim=(body, 0))
    axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    axes.set_xlabel(
        "judged likelihood", fontsize=style.SMALL, color=style.colour("muted"), labelpad=2
    )
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for tick in range(0, 101, 20):
        axes.axvline(tick, color=style.colour("rule"), linewidth=0.4, zorder=0.5)
    axes.axvline(50, color=style.colour("muted"), linewidth=0.8, linestyle=(0, (3, 3)), zorder=0.6)
    axes.annotate(
        "even chance",
        (50, 0),
        (0, 2),
        textcoords="offset points",
        ha="center",
        fontsize=style.SMALL,
        color=style.colour("muted"),
    )
    colour = style.colour("outlook")
    for place, rung in rungs.iterrows():
        y = step * (place + 0.5) + (0 if beside else 0.75 * style.LINE)
        words, who = (
            f"“{rung['wording']}”",
            f"{textwrap.shorten(rung['short'], 24)}, {format_day(rung['date'])}",
        )
        label = top + (y if beside else y - 1.9 * style.LINE)
        drawing.text(0.006, 1 - label / height, words, va="bottom")
        drawing.text(
            0.006,
            1 - (label + 0.02) / height,
            who,
            va="top",
            fontsize=style.SMALL,
            color=style.colour("muted"),
        )
        past = rung["sort"] == HAPPENED
        bar = axes.barh(
            y,
            rung["high"] - rung["low"],
            left=rung["low"],
            height=0.15,
            facecolor=colour if rung["inside"] else style.colour("paper"),
            edgecolor=colour,
            linewidth=1.2,
            hatch="////" if past else None,
            zorder=2,
        )
        if rung["claims"]:
            bar.patches[0].set_url(f"claim:{rung['claims'][0]}")
    legend.draw_legend(drawing, key)
    return drawing


def _key(past: bool) -> dict[str, legend.Sample]:
    """What the fills of the bars mean; `past` where one of them is hatched."""
    fills = {
        "in the corpus": legend.bar_sample(edge="muted"),
        "from outside it": legend.bar_sample("paper", edge="muted"),
    }
    return fills | (
        {
            "hatched: judged to have happened already": legend.bar_sample(
                "paper", edge="muted", hatch="////"
            )
        }
        if past
        else {}
    )
