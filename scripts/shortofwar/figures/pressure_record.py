"""What is told of pressure on Belarus over the year, and what is only inferred or denied."""

from dataclasses import replace

import pandas as pd
from claimbook.corpus.model import NEGATIVE_KINDS, Corpus
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.beeswarm import landmarks
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.legend import Sample, dot_sample
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import reported_events, said_days
from claimbook.figures.strip_layout import Dot, Lane, Span
from claimbook.figures.strip_slide import draw_dot_lanes
from claimbook.figures.strips import draw_strips, span_of_texts
from claimbook.language.words import count_noun, join_words
from matplotlib.figure import Figure as Drawing

from shortofwar.figures import sides

THEME = "pressure"
ENTRY = ["entry", "both"]  # the outcomes that a demand for the army bears on
MEETINGS, SIGNATURES, SUPPLIES = "Meetings and calls", "Treaties and laws", "Arms, bases, money"
KINDS = {  # of events that both governments take part in
    "meeting": MEETINGS,
    "treaty": SIGNATURES,
    "law": SIGNATURES,
    "arms": SUPPLIES,
    "basing": SUPPLIES,
    "supply": SUPPLIES,
    "dependence": SUPPLIES,
}
TOLD, INFERRED, DENIED = "Told as fact", "Inferred or feared", "Denied"
ALLIES = ("russia", "belarus")
DONE, WANTED = "What was done", "That Moscow wants Belarus’s army in the war"


@traced
def pressure_in_record(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw reported steps, and claims on a demand for the army, by day.

    A step is an event of the theme and of one of `KINDS`; it stands at its first day. A claim of
    the theme that bears on entry is about a demand; it stands at the day when it was said.

    Returns:
        The figure. Its data have `lane`, `day`, `what`, `side` (of the speaker; empty for a step)
        and `claims`.
    """
    require_rows(corpus.claims.index, "pressure-record", "claims")
    span = span_of_texts(corpus)
    rows, omitted = _rows(corpus, span)
    days = [*landmarks(corpus)[:1], *as_of_mark(rows["day"])]

    lanes = [_lane(rows[rows["lane"] == name], name) for name in _headings()]
    brief = [
        replace(lane, counts=_counts(rows[rows["lane"] == lane.label], lane.heading))
        for lane in lanes
        if lane.label != SUPPLIES
    ]

    def draw(width: float) -> Drawing:
        return draw_strips(lanes, span, _key("event"), width, days)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_dot_lanes(brief, span, _key("one event"), (width, height), days)

    return Figure(
        name="pressure-record",
        title=title,
        subtitle=(
            "The upper part shows reported events between Moscow and Minsk, each at its day; those "
            "with most claims are named. The lower part shows claims that bear on entry into the "
            "war, at the day when they were said. A larger dot stands for several claims."
            f"{omitted}"
        ),
        alt=_describe(rows) + omitted,
        data=rows.drop(columns="label"),
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "Each dot is one event or one claim, at its day. Left out: arms, bases and money."
        ),
    )


def _headings() -> dict[str, str]:
    """Return the heading of each lane, by its name."""
    done = dict.fromkeys(KINDS.values(), DONE)
    return done | dict.fromkeys([TOLD, INFERRED, DENIED], WANTED)


def _rows(corpus: Corpus, span: Span) -> tuple[pd.DataFrame, str]:
    """Collect the rows of the figure's data, and a sentence on what is omitted.

    Returns:
        The rows, with `label` for the names of events, and the sentence.
    """
    events = reported_events(corpus, [THEME])
    events = events[events["kind"].isin(list(KINDS))]
    dated = events["start"].between(span.first, span.last)
    steps = [
        {
            "lane": KINDS[event["kind"]],
            "day": event["start"],
            "what": event["title"],
            "side": "",
            "claims": event["claims"],
            "label": event["label"],
        }
        for _, event in events[dated].iterrows()
    ]
    claims, days = corpus.full_claims(), said_days(corpus)
    about = claims[(claims["theme"] == THEME) & claims["on"].isin(ENTRY)]
    demands = [
        {
            "lane": _manner(claim["kind"]),
            "day": days[claim_id],
            "what": corpus.actors.at[claim["origin"], "short"],
            "side": sides.side_name(claim["side"]),
            "claims": [claim_id],
            "label": "",
        }
        for claim_id, claim in about.iterrows()
    ]
    columns = ["lane", "day", "what", "side", "claims", "label"]
    rows = pd.DataFrame(steps + demands, columns=columns)
    inside = rows["day"].between(span.first, span.last)
    old = int((~dated).sum())
    omitted = [f"{count_noun(old, 'event')} of earlier years or without a day"] * bool(old)
    undated = int(rows["day"].isna().sum())
    outside = int((~inside).sum()) - undated
    omitted += [f"{count_noun(outside, 'claim')} said outside these months"] * bool(outside)
    omitted += [f"{count_noun(undated, 'claim')} said on an unknown day"] * bool(undated)
    rows = rows[inside].sort_values(["lane", "day"], kind="stable").reset_index(drop=True)
    return rows, f" Left out: {join_words(omitted)}." if omitted else ""


def _manner(kind: str) -> str:
    """Return in which lane a claim on a demand stands, by its kind."""
    if kind in NEGATIVE_KINDS:
        return DENIED
    return TOLD if kind in ("event", "statement") else INFERRED


def _lane(rows: pd.DataFrame, name: str) -> Lane:
    """Create a lane from its rows of the figure's data."""
    is_step = _headings()[name] == DONE
    colours = {label: sides.side_colour(side) for side, label in sides.NAMES.items()}
    dots = [
        Dot(
            row.day,
            "ink" if is_step else colours[row.side],
            row.claims[0],
            len(row.claims),
            label=row.label,
        )
        for row in rows.itertuples()
    ]
    if is_step:
        note = count_noun(len(rows), "event")
    else:
        speakers = rows["what"].value_counts()
        named = [f"{speaker} {number}" for speaker, number in speakers[:3].items()]
        further = int(speakers[3:].sum())
        named += [f"others {further}"] if further else []
        note = f"{count_noun(len(rows), 'claim')}: {', '.join(named)}" if len(rows) else "no claim"
    return Lane(name, note, dots, _headings()[name])


def _counts(rows: pd.DataFrame, heading: str) -> tuple[tuple[str, str], ...]:
    """Return what the dots of a lane count on a slide: events, or claims by side."""
    if heading == DONE:
        return ((f"{len(rows)} on record", "ink"),)
    own = int(rows["side"].isin([sides.NAMES[side] for side in ALLIES]).sum())
    abroad = len(rows) - own
    return (
        (f"Moscow, Minsk: {own}", sides.side_colour(ALLIES[0]) if own else "muted"),
        (f"abroad: {abroad}", sides.side_colour("ukraine") if abroad else "muted"),
    )


def _key(event: str) -> dict[str, Sample]:
    """Return the samples of the legend."""
    return {event: dot_sample("o", colour="ink", size=5.5)} | sides.side_key("said by")


def _describe(rows: pd.DataFrame) -> str:
    """Write the alternative text: numbers of each lane, and who speaks of a demand."""
    parts = []
    for name, heading in _headings().items():
        lane = rows[rows["lane"] == name]
        if heading == DONE:
            parts.append(f"{name}: {count_noun(len(lane), 'event')}")
            continue
        by_side = lane["side"].value_counts()
        who = [f"{side} {number}" for side, number in by_side.items()]
        parts.append(
            f"{name}: {count_noun(len(lane), 'claim')}" + (f" ({join_words(who)})" if who else "")
        )
    return (
        "Strips of dots by day over the year: what Moscow and Minsk did, and what is said of a "
        f"demand for Belarus’s army. {'; '.join(parts)}."
    )
