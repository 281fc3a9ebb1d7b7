"""What each side told of an entry or an attack, and what came of it."""

from dataclasses import replace

import pandas as pd
from claimbook.corpus.model import NEGATIVE_KINDS, Corpus
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.legend import Sample, dot_sample
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import said_days
from claimbook.figures.strip_layout import Dot, Lane
from claimbook.figures.strip_slide import draw_dot_lanes
from claimbook.figures.strips import draw_strips, span_of_texts
from claimbook.language.words import count_noun, join_words
from matplotlib.figure import Figure as Drawing

INVASION, ATTACK = pd.Timestamp("2022-02-24"), "the attack"
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
HOME, PRESS, ALLY = "to its own people", "to journalists", "to Russians"
WEST, KYIV = "to the West, the UN", "to a Ukrainian guest"
AUDIENCES = {  # to whom the movers of an event spoke at it, where its title, note or claims say so
    "address-january": HOME,
    "lukashenko-map": HOME,  # to his Security Council
    "strike-warning-october": HOME,  # to officers
    "unity-day-speech": HOME,
    "volfovich-october": HOME,  # to workers
    "makei-press-february": PRESS,
    "osipovichi-review": PRESS,
    "referendum-day-talk": PRESS,
    "assembly-june": ALLY,  # of the Union State
    "makei-izvestia": ALLY,
    "meeting-moscow-february": ALLY,
    "meeting-moscow-march": ALLY,
    "solovyov-interview": ALLY,
    "western-threat-minsk": ALLY,  # beside the other president
    "ap-interview": WEST,
    "budanov-feint": WEST,  # to an American newspaper
    "kirby-october": WEST,
    "makei-un": WEST,
    "meeting-moroz": KYIV,
}
SPLIT = 10  # claims with a known audience, from which a lane is split by audience
VERBS = {STOOD: "stood", NOT_COME: "had not come", REFUTED: "were refuted"}
SLIDE_KEY = {
    STOOD: "stood",
    NOT_COME: "had not come",
    REFUTED: "refuted",
    OPEN: "names nothing that a day could test",
}
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
    that others threaten Belarus. What came of a claim is its outcome in `forecasts.csv`. To whom it
    was said follows from its event; no table has it. A lane with many such claims is split by that.

    Returns:
        The figure. Its data have `side`, `told`, `to_whom` (empty where no source says so), `day`,
        `who`, `outcome` and `claims`.
    """
    require_rows(corpus.claims.index, "told-and-came", "claims")
    span = span_of_texts(corpus)
    rows = _rows(corpus)
    undated = int(rows["day"].isna().sum())
    rows = rows[rows["day"].between(span.first, span.last)].reset_index(drop=True)
    as_of = as_of_mark(rows["day"])
    groups = list(rows.groupby(["side", "told"], sort=False))
    lanes = [lane for (side, told), group in groups for lane in _lanes(group, side, told)]
    whole = [_lane(group, side, told) for (side, told), group in groups]
    marks = marks_of(title, rows)
    brief = [
        _brief(lane, group)
        for lane, (_, group) in zip(whole, groups, strict=True)
        if not marks or f"{lane.heading}: {lane.label}" in marks
    ]
    left_out = len(rows) - sum(len(lane.dots) for lane in brief)
    unnamed = int((rows["to_whom"] == "").sum())
    key, brief_key = (_samples(words) for words in (KEY, SLIDE_KEY))

    def draw(width: float) -> Drawing:
        return draw_strips(lanes, span, key, width, as_of)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_dot_lanes(brief, span, brief_key, (width, height), [(INVASION, ATTACK), *as_of])

    return Figure(
        name="told-and-came",
        title=title,
        subtitle=(
            "Claims that bear on entry or an attack, and what Minsk and Moscow say of threats to "
            "Belarus, by side and by the day when it was said. The colour shows what came of it, "
            "as we read it. A larger dot stands for several claims. For "
            f"{unnamed} of {len(rows)} claims no source tells to whom the speaker spoke."
            + f" Left out: {count_noun(undated, 'claim')} of an unknown day."
            * bool(undated)
        ),
        alt=_describe(rows),
        data=rows,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "Each dot is one claim; “it”: entry or an attack. Colour: what came of it. "
            f"Left out: {count_noun(left_out, 'other claim')}."
        ),
    )


def _samples(words: dict[str, str]) -> dict[str, Sample]:
    """Return the samples of a legend, whose words are given for each outcome."""
    return {
        words[outcome]: dot_sample("o", colour=colour, size=5.5)
        for outcome, colour in COLOURS.items()
    }


def _rows(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims with side, what they tell, and outcome, by side and day."""
    claims, days = corpus.full_claims(), said_days(corpus)
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
                    "to_whom": _to_whom(corpus, claim),
                    "day": days[claim_id],
                    "who": corpus.actors.at[claim["origin"], "short"],
                    "outcome": outcome if outcome in COLOURS else OPEN,
                    "claims": [claim_id],
                }
            )
    columns = ["side", "told", "to_whom", "day", "who", "outcome", "claims"]
    rows = pd.DataFrame(found, columns=columns)
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


def _to_whom(corpus: Corpus, claim: pd.Series) -> str:
    """Return to whom the origin of a claim said it; empty where no source tells it."""
    event = claim["event_id"]
    if event not in AUDIENCES or claim["origin"] not in corpus.events.at[event, "movers"]:
        return ""
    return AUDIENCES[event]


def _lanes(rows: pd.DataFrame, side: str, told: str) -> list[Lane]:
    """Create the lane of what a side told, or one for each larger audience."""
    to_whom = rows["to_whom"]
    if (to_whom != "").sum() < SPLIT:
        return [_lane(rows, side, told)]
    present = [name for name in [*dict.fromkeys(AUDIENCES.values()), ""] if name in set(to_whom)]
    lanes = []
    for audience in present:
        what = f"{told}," if audience == present[0] else "…"
        of_audience = rows[to_whom == audience]
        lane = _lane(of_audience, side, f"{what} {audience or 'not told to whom'}")
        lanes.append(replace(lane, note=count_noun(len(of_audience), "claim")))
    return lanes


def _lane(rows: pd.DataFrame, side: str, told: str) -> Lane:
    """Create the lane of what a side told."""
    dots = [Dot(row.day, COLOURS[row.outcome], row.claims[0]) for row in rows.itertuples()]
    speakers = rows["who"].value_counts()
    names = join_words([f"{who} {number}" for who, number in speakers[:2].items()])
    return Lane(told, f"{count_noun(len(rows), 'claim')}; {names}", dots, side)


def _brief(lane: Lane, rows: pd.DataFrame) -> Lane:
    """Return a lane for a slide, with what came of its claims."""
    counts: list[tuple[str, str]] = []
    is_before = rows["day"] < INVASION
    for when, of_time in (("before", rows[is_before]), ("after", rows[~is_before])):
        outcomes = of_time["outcome"].value_counts().drop(OPEN, errors="ignore")
        counts += [
            (f"{when}: {outcomes[name]} of {outcomes.sum()} tested {VERBS[name]}", COLOURS[name])
            for name in COLOURS
            if name in outcomes
        ]
    return Lane(f"{lane.heading}: {lane.label}", "", lane.dots, counts=tuple(counts))


def _describe(rows: pd.DataFrame) -> str:
    """Write the alternative text: for each lane its claims and what came of them."""
    parts = []
    for (side, told), group in rows.groupby(["side", "told"], sort=False):
        sizes = group["outcome"].value_counts()
        counts = join_words([f"{sizes[name]} {name}" for name in COLOURS if name in sizes])
        named = group.loc[group["to_whom"] != "", "to_whom"].value_counts()
        audiences = [f"{number} {audience}" for audience, number in named.items()]
        told_to = f" ({', '.join(audiences)})" if audiences else ""
        parts.append(f"{side}, {told}: {counts}{told_to}")
    return f"Strips of dots by day, by side and by what it told. {'; '.join(parts)}."
