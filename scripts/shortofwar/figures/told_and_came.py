"""What each side told of an entry or an attack, and what came of it."""

from dataclasses import replace

import pandas as pd
from claimbook.corpus.model import NEGATIVE_KINDS, Corpus
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.figures.legend import Sample, dot_sample
from claimbook.figures.strip_layout import Dot, Lane
from claimbook.figures.strips import draw_strips, span_of_texts
from claimbook.language.words import count_noun, join_words
from matplotlib.figure import Figure as Drawing

OUTCOMES = ["entry", "attack", "both"]  # by the column `on`
THEMES = ["outlook", "information-operation"]
SIDES = {"belarus": "Minsk", "russia": "Moscow", "ukraine": "Kyiv", "west": "The West"}
CALMS, ALARMS, THREATENED = "it will not come", "it may come", "the West or Ukraine threatens"
STOOD, NOT_COME, REFUTED, OPEN = "stood", "not come", "refuted", "no test"
COLOURS = {
    STOOD: "positive",
    NOT_COME: "outlook",
    REFUTED: "negative",
    OPEN: "muted",
}
LEAST = 7  # claims of a lane on a slide
KEY = {
    STOOD: "nothing spoke against it by 20 December",
    NOT_COME: "what it held possible had not come",
    REFUTED: "what it denied had come",
    OPEN: "says nothing that a day could test",
}


@traced
def told_and_came(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw what each side said of an entry or an attack by day, and what came of it.

    A claim on the outlook or an information operation stands in the lane of its speaker's side, by
    whether it makes the event look more or less likely. Minsk and Moscow have a lane for claims
    that others threaten Belarus. What came of a claim is its outcome in `forecasts.csv`.

    Returns:
        The figure. Its data have `side`, `told`, `day`, `who`, `outcome` and `claims`.
    """
    span = span_of_texts(corpus)
    rows = _rows(corpus)
    rows = rows[rows["day"].between(span.first, span.last)].reset_index(drop=True)
    lanes = [
        _lane(group, side, told)
        for (side, told), group in rows.groupby(["side", "told"], sort=False)
    ]
    brief = [_brief(lane) for lane in lanes if len(lane.dots) >= LEAST]
    left_out = sum(len(lane.dots) for lane in lanes if len(lane.dots) < LEAST)
    key: dict[str, Sample] = {
        KEY[outcome]: dot_sample("o", colour=colour, size=5.5)
        for outcome, colour in COLOURS.items()
    }

    def draw(width: float) -> Drawing:
        return draw_strips(lanes, span, key, width)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_strips(brief, span, key, width, height)

    return Figure(
        name="told-and-came",
        title=title,
        subtitle=(
            "Claims on the outlook and on information operations that bear on entry or an attack, "
            "and what Minsk and Moscow say of threats to Belarus, by speaker’s side and by the day "
            "when it was said. Colour: what came of it, as we read it. A larger dot stands for "
            "several claims."
        ),
        alt=_describe(rows),
        data=rows,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "“It” is an entry or an attack. Colour: what came of it. Larger dots: several claims. "
            f"Left out: {count_noun(left_out, 'claim')} in smaller lanes."
        ),
    )


def _rows(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims with side, what they tell, and outcome, by side and day."""
    claims = corpus.full_claims()
    claims = claims[claims["theme"].isin(THEMES) & claims["side"].isin(list(SIDES))]
    outcomes = corpus.forecasts["outcome"].astype(str)
    found = []
    for claim_id, claim in claims.iterrows():
        told = _told(claim)
        if told:
            outcome = outcomes.get(claim_id, OPEN)
            found.append(
                {
                    "side": SIDES[claim["side"]],
                    "told": told,
                    "day": claim["said"],
                    "who": corpus.actors.at[claim["origin"], "short"],
                    "outcome": outcome if outcome in COLOURS else OPEN,
                    "claims": [claim_id],
                }
            )
    rows = pd.DataFrame(found, columns=["side", "told", "day", "who", "outcome", "claims"])
    order = [*SIDES.values(), CALMS, ALARMS, THREATENED]
    return rows.sort_values(
        ["side", "told", "day"],
        key=lambda cells: cells if cells.name == "day" else cells.map(order.index),
        kind="stable",
    ).reset_index(drop=True)


def _told(claim: pd.Series) -> str:
    """Return what a claim tells of an entry or an attack; empty for nothing."""
    if claim["on"] in OUTCOMES:
        if claim["bearing"] == "lowers" or claim["kind"] in NEGATIVE_KINDS:
            return CALMS
        return ALARMS if claim["bearing"] == "raises" else ""
    own = claim["side"] in ("belarus", "russia") and claim["theme"] == THEMES[1]
    return THREATENED if own and claim["kind"] in ("statement", "warning") else ""


def _lane(rows: pd.DataFrame, side: str, told: str) -> Lane:
    """Create the lane of what a side told."""
    dots = [Dot(row.day, COLOURS[row.outcome], row.claims[0]) for row in rows.itertuples()]
    speakers = rows["who"].value_counts()
    names = join_words([f"{who} {number}" for who, number in speakers[:2].items()])
    return Lane(told, f"{count_noun(len(rows), 'claim')}; {names}", dots, side)


def _brief(lane: Lane) -> Lane:
    """Shorten the words of a lane for a slide, and put its dots together by week."""
    weeks = [
        replace(dot, day=dot.day - pd.Timedelta(dot.day.weekday() - 3, "D")) for dot in lane.dots
    ]
    return Lane(f"{lane.heading}: {lane.label}", "", weeks)


def _describe(rows: pd.DataFrame) -> str:
    """Write the alternative text: for each lane its claims and what came of them."""
    parts = []
    for (side, told), group in rows.groupby(["side", "told"], sort=False):
        sizes = group["outcome"].value_counts()
        counts = join_words([f"{sizes[name]} {name}" for name in COLOURS if name in sizes])
        parts.append(f"{side}, {told}: {counts}")
    return f"Strips of dots by day, by side and by what it told. {'; '.join(parts)}."
