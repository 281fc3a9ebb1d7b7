"""The signs that speakers named in advance, by the days on which each was seen or missed."""

from dataclasses import replace

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.legend import Sample, dot_sample
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import said_days
from claimbook.figures.strip_layout import Dot, Lane
from claimbook.figures.strip_slide import draw_dot_lanes
from claimbook.figures.strips import draw_strips, span_of_texts
from claimbook.language.dates import format_months
from claimbook.language.words import count_noun, join_words
from matplotlib.figure import Figure as Drawing

LOOKS = {  # colour in the house style and whether filled, by state
    "seen": ("outlook", True),
    "absent": ("military-signal", False),
    "contested": ("muted", True),
}
KEY = {"seen": "seen", "absent": "looked for and absent", "contested": "doubted or left open"}
WORDS = {"seen": "seen", "absent": "absent", "contested": "doubted"}
GROUPS = {
    ("attack", "for"): "For a Russian attack from Belarus",
    ("attack", "against"): "Against a Russian attack from Belarus",
    ("entry", "for"): "For entry of Belarus’s army",
    ("entry", "against"): "Against entry of Belarus’s army",
}
TABLE = "indicator_days"
ON_SLIDE = 6  # signs, those with most claims


@traced
def signs_by_day(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw for each sign the days on which a claim has it seen, absent or contested.

    A claim stands at the day when the thing happened if that is one day, else when it was said.

    Returns:
        The figure. Its data have `sign`, `group`, `named_by`, `day`, `state` and `claims`.
    """
    require_rows(corpus.further[TABLE].index, "signs-by-day", "claims on a sign")
    span = span_of_texts(corpus)
    rows = _rows(corpus)
    inside = rows["day"].between(span.first, span.last)
    undated = int(rows["day"].isna().sum())
    outside = int((~inside).sum()) - undated
    rows = rows[inside].reset_index(drop=True)
    order = list(dict.fromkeys(rows["sign"]))
    lanes = {sign: _lane(rows[rows["sign"] == sign]) for sign in order}
    days = as_of_mark(rows["day"])
    marks = marks_of(title, rows)
    most = set(rows["sign"].value_counts().index[:ON_SLIDE]) | set(marks)
    brief = [_brief(rows, lane, marks) for sign, lane in lanes.items() if sign in most]
    left_out = [f"{count_noun(outside, 'claim')} of other years"] * bool(outside)
    left_out += [f"{count_noun(undated, 'claim')} of an unknown day"] * bool(undated)
    omitted = f" Left out: {join_words(left_out)}." if left_out else ""
    further = len(lanes) - len(brief)

    def draw(width: float) -> Drawing:
        return draw_strips(list(lanes.values()), span, _key(), width, days)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_dot_lanes(brief, span, _key(), (width, height), days)

    return Figure(
        name="signs-by-day",
        title=title,
        subtitle=(
            "Signs of entry or attack that speakers named, and each day on which a claim says that "
            "the sign was seen, was looked for and absent, or was doubted. A larger dot stands for "
            f"several claims; under each sign, who named it.{omitted}"
        ),
        alt=_describe(rows) + omitted,
        data=rows,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            f"The {len(brief)} signs with most claims; each dot is one claim, at its day"
            + (f"; {further} more are left out." if further > 0 else ".")
        ),
    )


def _rows(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims on each sign, grouped by what it points to."""
    claims, signs = corpus.full_claims(), corpus.indicators
    rows: pd.DataFrame = getattr(corpus, TABLE).reset_index()  # one that the engine does not know
    rows = rows[rows["claim_id"].isin(claims.index) & rows["indicator_id"].isin(signs.index)]
    of_claim = claims.loc[rows["claim_id"]].set_index(rows.index)
    one_day = of_claim["event_start"].where(of_claim["event_start"] == of_claim["event_end"])
    of_sign = signs.loc[rows["indicator_id"]].set_index(rows.index)
    kinds = list(zip(of_sign["event"].astype(str), of_sign["points"].astype(str), strict=True))
    rows = pd.DataFrame(
        {
            "sign": of_sign["indicator"],
            "group": [GROUPS[kind] for kind in kinds],
            "named_by": of_sign["named_by"].map(corpus.actors["short"]),
            "day": one_day.fillna(said_days(corpus)[rows["claim_id"]].set_axis(rows.index)),
            "state": rows["state"].astype(str),
            "claims": [[claim] for claim in rows["claim_id"]],
        }
    )
    rows["size"] = rows.groupby("sign")["state"].transform("size")
    rows["rank"] = rows["group"].map(list(GROUPS.values()).index)
    rows = rows.sort_values(["rank", "size", "sign", "day"], ascending=[True, False, True, True])
    return rows.drop(columns=["size", "rank"]).reset_index(drop=True)


def _lane(rows: pd.DataFrame) -> Lane:
    """Create the lane of a sign."""
    first = rows.iloc[0]
    dots = []
    for row in rows.itertuples():
        colour, filled = LOOKS[row.state]
        dots.append(Dot(row.day, colour, row.claims[0], filled=filled))
    return Lane(first["sign"], f"named by {first['named_by']}", dots, first["group"])


def _brief(rows: pd.DataFrame, lane: Lane, marks: tuple[str, ...]) -> Lane:
    """Return the lane of a sign for a slide, set back unless it is marked."""
    states = rows.loc[rows["sign"] == lane.label, "state"].value_counts()
    counts = tuple(
        (f"{WORDS[state]} {states.get(state, 0)}", LOOKS[state][0] if state in states else "muted")
        for state in LOOKS
    )
    if lane.label in marks:
        days = rows.loc[rows["sign"] == lane.label, "day"]
        found = f"{states.get('absent', 0)} of {int(states.sum())} claims: {KEY['absent']}"
        when = format_months(days.min(), days.max())
        counts = tuple((words, LOOKS["absent"][0]) for words in (found, when))
    is_faded = bool(marks) and lane.label not in marks
    return replace(lane, note="", heading="", counts=counts, is_faded=is_faded)


def _key() -> dict[str, Sample]:
    """Return the samples of the legend."""
    return {
        KEY[state]: dot_sample("o", filled, colour, size=5.5)
        for state, (colour, filled) in LOOKS.items()
    }


def _describe(rows: pd.DataFrame) -> str:
    """Write the alternative text: how often each sign is seen, absent or contested."""
    parts = []
    for sign, group in rows.groupby("sign", sort=False):
        sizes = group["state"].value_counts()
        counts = [f"{sizes[state]} {state}" for state in LOOKS if state in sizes]
        parts.append(f"{sign}: {join_words(counts)}")
    return (
        f"Strips of dots by day for {count_noun(rows['sign'].nunique(), 'sign')}. "
        f"{'; '.join(parts)}."
    )
