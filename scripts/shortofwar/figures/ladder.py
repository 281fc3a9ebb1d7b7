"""The ladder of likelihood: what was said of one event, as ranges of probability, in the order in which it was said."""

import textwrap

import pandas as pd
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.likelihood import record
from shortofwar.corpus.tables import Corpus
from shortofwar.corpus.words import day
from shortofwar.figures import style
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, listed

LIMIT = 26  # judgements
STEP = 0.34  # inches from rung to rung
HAPPENED = "judged to have happened"


def of_event(corpus: Corpus, event: str, title: str) -> Figure:
    """The judgements of one event, inside and outside the corpus; those without a range stand with their words alone."""
    rungs = record(corpus)
    rungs = rungs[rungs["event"] == event].reset_index(drop=True)
    outlook = corpus.full_claims()
    outlook = outlook[(outlook["theme"] == "outlook") & (outlook["term"] != "")]
    rungs["claims"] = [
        sorted(outlook.index[(outlook["source_id"] == rung["source_id"]) & (outlook["term"] == rung["wording"])].astype(str))
        if rung["inside"]
        else []
        for _, rung in rungs.iterrows()
    ]
    rungs, left = _fitted(rungs)
    drawn = rungs.dropna(subset=["low"])
    past = drawn[drawn["sort"] == HAPPENED]
    ahead = drawn[drawn["sort"] != HAPPENED]
    alt = (
        f"Ladder of {count(len(rungs), 'judgement')} on {event} from {day(rungs['date'].min())} to {day(rungs['date'].max())}, "
        f"{int(rungs['inside'].sum())} of them in the corpus. "
        + (f"{len(past)} judge it to have happened, at {past['low'].min():.0f} to {past['high'].max():.0f} per cent. " if len(past) else "")
        + (f"The {len(ahead)} with a range that look ahead lie between {ahead['low'].min():.0f} and {ahead['high'].max():.0f} per cent: " if len(ahead) else "")
        + listed([f"{rung['wording']} ({day(rung['date'])})" for _, rung in ahead.iterrows()])
        + f".{left}"
    )

    def draw(width: float) -> Drawing:
        return _draw(rungs, width)

    columns = ["date", "name", "wording", "sort", "low", "high", "inside", "address", "claims"]
    return Figure(
        name=f"ladder-{event.split()[-1].lower()}-{event.split()[0].lower()}",
        title=title,
        subtitle=f"Judgements on {event}, in per cent on the yardstick as read; filled: in the corpus, outlined: outside it.{left}",
        alt=alt,
        data=rungs[columns],
        made_by="figures.ladder.of_event from outlook_record.csv, terms.csv and claims.csv",
        draw=draw,
        basis=f"Drawn from {count(len(rungs), 'judgement')}, {int(rungs['inside'].sum()) or 'none'} of the corpus and the others from the record outside it.",
    )


def _fitted(rungs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The judgements that one ladder can name, those with a range and those of the corpus first; and what was left out."""
    if len(rungs) <= LIMIT:
        return rungs, ""
    ranked = rungs.assign(ranged=rungs["low"].notna()).sort_values(["ranged", "inside"], ascending=False, kind="stable")
    shown = rungs.loc[sorted(ranked.index[:LIMIT])].reset_index(drop=True)
    return shown, f" Shown are {LIMIT} judgements, those with a range and in the corpus first; {len(rungs) - LIMIT:,} more are left out."


def _draw(rungs: pd.DataFrame, width: float) -> Drawing:
    beside = width >= style.WIDE
    left = 2.6 if beside else 0.12
    step = STEP if beside else STEP + style.LINE
    top, bottom = 0.12, 0.34
    body = step * len(rungs)
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((left / width, bottom / height, 1 - (left + 0.22) / width, body / height))
    axes.set(xlim=(0, 100), ylim=(body, 0))
    axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for tick in range(0, 101, 20):
        axes.axvline(tick, color=style.colour("rule"), linewidth=0.4, zorder=0.5)
    colour = style.colour("outlook")
    for place, rung in rungs.iterrows():
        y = step * (place + 0.5) + (0 if beside else style.LINE / 2)
        who = f"{rung['date'].day} {rung['date'].month_name()[:3]} {rung['date'].year}  {_short(rung['name'])}"
        drawing.text(0.006, 1 - (top + (y if beside else y - style.LINE - 0.03)) / height, who, va="center")
        if pd.isna(rung["low"]):
            axes.text(0, y, f"“{rung['wording']}”: no range", va="center", fontsize=style.SMALL, color=style.colour("muted"))
            continue
        past = rung["sort"] == HAPPENED
        bar = axes.barh(
            y, rung["high"] - rung["low"], left=rung["low"], height=0.15,
            facecolor=colour if rung["inside"] else style.colour("paper"), edgecolor=colour,
            linewidth=1.2, hatch="////" if past else None, zorder=2,
        )  # fmt: skip
        if rung["claims"]:
            bar.patches[0].set_url(f"claim:{rung['claims'][0]}")
        words = f"“{rung['wording']}”" + (": it has happened" if past and beside else "")
        right = rung["high"] < 55
        axes.annotate(
            words, (rung["high"] if right else rung["low"], y), (5 if right else -5, 0), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=style.SMALL,
        )  # fmt: skip
    return drawing


def _short(name: str) -> str:
    """The name in the form that fits a rung."""
    known = {"Institute for the Study of War": "ISW", "Ukrainian military intelligence (GUR)": "GUR"}
    return textwrap.shorten(known.get(name, name), 24)
