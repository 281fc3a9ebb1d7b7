"""Event by event: when it happened, when it was said, when a source published it; who acted, and who reports it."""

import re
from dataclasses import replace

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures import timeline
from claimbook.figures.figure import Figure
from claimbook.figures.queries import (
    count_noun,
    distinct_dates,
    join_few,
    join_words,
    reported_events,
    spell_out_codes,
    top_by_claims,
)
from claimbook.language.claim_text import format_between, format_day, format_span
from matplotlib.figure import Figure as Drawing

LIMIT = 20  # steps that one figure can name
SOURCES = 8  # sources that the last group can name
KINDS = {  # the headings of the steps of pressure, in the order of the figure: what the sources tell before what they read into it
    "meeting": "Told: visits, meetings, calls",
    "treaty": "Told: treaties",
    "arms": "Told: arms",
    "dependence": "Told: dependence",
    "statement": "Told: warnings by third parties",
    "demand": "Inferred: a demand to take part",
}
OTHER = "Other steps"
SIDES = {"russia": "Moscow", "belarus": "Minsk", "ukraine": "Kyiv"}
UNTIED = "Asserted or supposed: pressure, dependence"
INFERRED = "demand"  # the kind of step that nobody tells of as seen or heard
KEY = {
    "happened": "told: on this day",
    "certain": "over these days",
    "ongoing": "with no end given",
    "uncertain": "some time in these days",
    "published": "published",
    "feared": "inferred, asserted or supposed",
}
GHOST = "rule"
CODE = r"\w+"  # in brackets or not
HEADS = ("whose step", "told in")
COLUMNS = ["title", "kind", "movers", "happened", "said", "published", "sources", "claims"]


def pressure(corpus: Corpus, title: str, of: Corpus | None = None) -> Figure:
    """The steps of pressure by kind and day, with who moved and which sources report it; and what is tied to no event.

    `of` is the corpus of which this one is a part: what it has more is drawn in grey, and its sources stand in brackets.
    """
    chosen, left = _chosen(corpus)
    december = chosen[chosen["earliest"] >= pd.Timestamp("2022-12-01")].sort_values(
        "day", kind="stable"
    )
    untied = _untied(corpus)
    sizes = chosen["kind"].value_counts()
    alt = (
        f"Timeline of {count_noun(len(chosen), 'step')} of pressure from {format_day(chosen['day'].min())} to {format_day(chosen['day'].max())}, by kind: "
        f"{join_words([f'{kind} {sizes[kind]}' for kind in KINDS if sizes.get(kind)])}. "
        f"{len(december)} fall in December 2022: {join_words([_low(title) for title in december['title']])}. "
        f"Undated and drawn as stretches: {join_words([_low(title) for title in chosen[chosen['precision'] == 'vague']['title']]) or 'none'}. "
        f"{count_noun(untied['claims'].map(len).sum(), 'claim')} on pressure or dependence are tied to no event.{left}"
    )
    rows = _rows(corpus, chosen, untied)
    if of is not None:
        rows = _ghosts(_rows(of, _chosen(of)[0], _untied(of)), rows)
    table = chosen.assign(happened=[_when(event) for _, event in chosen.iterrows()])
    data = pd.concat([table, untied.assign(title=UNTIED, movers=[[]] * len(untied))])[
        COLUMNS
    ].reset_index(drop=True)

    def draw(width: float) -> Drawing:
        return timeline.draw_timeline(rows, KEY, width, heads=HEADS)

    return Figure(
        name="pressure-steps",
        title=title,
        subtitle=(
            f"Steps of pressure by kind and day.{' Grey, in brackets: what the whole corpus has more.' if of is not None else ''} "
            f"A larger mark stands for several claims. {spell_out_codes(corpus if of is None else of, {code for row in rows for code in re.findall(CODE, row.after)})}. "
            f"{timeline.axis().note}{left}"
        ),
        alt=alt,
        data=data,
        made_by="figures.steps.pressure from claims.csv, events.csv and actors.csv",
        draw=draw,
    )


def _chosen(corpus: Corpus) -> tuple[pd.DataFrame, str]:
    """The steps that the figure names, in its order, each with its `group`; and what was left out."""
    chosen = reported_events(corpus, ["pressure"])
    chosen, left = top_by_claims(chosen[chosen["latest"] >= timeline.axis().first], LIMIT)
    chosen = chosen.assign(group=chosen["kind"].map(KINDS).fillna(OTHER))
    order = [*KINDS.values(), OTHER]
    return chosen.sort_values(
        "group", key=lambda groups: groups.map(order.index), kind="stable"
    ), left


def _rows(corpus: Corpus, chosen: pd.DataFrame, untied: pd.DataFrame) -> list[timeline.Row]:
    rows = [_row(event, _sides(corpus, event["movers"])) for _, event in chosen.iterrows()]
    return rows + [_untied_row(source) for _, source in untied.iterrows()]


def _ghosts(whole: list[timeline.Row], part: list[timeline.Row]) -> list[timeline.Row]:
    """The rows of the whole corpus, with what a part of it lacks in grey."""

    def key(row: timeline.Row) -> tuple[str, str]:
        return (
            row.group,
            row.after if row.group == UNTIED else row.label,
        )  # what is tied to no event has one row a source

    kept = {key(row): row for row in part}
    rows = []
    for row in whole:
        left = kept.get(key(row))
        marked = {(mark.day, mark.glyph): mark for mark in left.marks} if left else {}
        marks = [
            marked.get((mark.day, mark.glyph)) or replace(mark, tone=GHOST, claim="")
            for mark in row.marks
        ]
        codes = left.after.split() if left else []
        after = " ".join(code if code in codes else f"({code})" for code in row.after.split())
        stretches = (
            row.stretches
            if left
            else [replace(stretch, tone=GHOST, claim="") for stretch in row.stretches]
        )
        rows.append(replace(row, marks=marks, stretches=stretches, after=after, quiet=left is None))
    return rows


def _untied(corpus: Corpus) -> pd.DataFrame:
    """The claims on pressure that no event bears, a row for each source: `claims`, `by` (speakers), `said` and `published` (days), `sources`."""
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    claims = claims[(claims["theme"] == "pressure") & (claims["event_id"] == "")]
    grouped = claims.groupby("code").agg(
        claims=("claim_id", list),
        by=("origin", "unique"),
        said=("stated_on", distinct_dates),
        published=("published", distinct_dates),
    )
    grouped["sources"] = [[code] for code in grouped.index]
    grouped["by"] = [
        [corpus.actors.loc[origin, "short"] for origin in origins] for origins in grouped["by"]
    ]
    grouped["kind"] = grouped["happened"] = ""
    return top_by_claims(grouped, SOURCES)[0].sort_values(
        "published", key=lambda days: days.map(min), kind="stable"
    )


def _untied_row(source: pd.Series) -> timeline.Row:
    published = source["published"][0]
    mark = timeline.Mark(
        published, "feared", "pressure", source["claims"][0], number=len(source["claims"])
    )
    return timeline.Row(
        f"{count_noun(len(source['claims']), 'claim')} by {join_few(source['by'])}",
        UNTIED,
        "",
        source["sources"][0],
        [],
        [mark],
    )


def _sides(corpus: Corpus, movers: list[str]) -> str:
    """Whose step it was, by the side of each mover: `Moscow`, `Moscow, Minsk`."""
    named = [SIDES.get(corpus.actors.loc[mover, "side"], "others") for mover in movers]
    return ", ".join(sorted(set(named), key=lambda name: [*SIDES.values(), "others"].index(name)))


def _low(title: str) -> str:
    """A title as it stands within a sentence, where its first word is no name."""
    first = title.split()[0]
    return (
        title[0].lower() + title[1:]
        if first in ("Open", "Thousands", "Men", "New", "Both")
        else title
    )


def _when(event: pd.Series) -> str:
    if event["precision"] == "vague":
        return format_between(event["earliest"], event["latest"])
    return format_span(event["start"], event["end"])


def _row(event: pd.Series, movers: str) -> timeline.Row:
    theme, claims = event["theme"], event["claims"]
    stretches, marks = [], []
    if event["precision"] == "day":
        marks.append(timeline.Mark(event["start"], "happened", theme, claims[0]))
        if event["end"] != event["start"]:
            stretches.append(timeline.Stretch(event["start"], event["end"], theme, certain=True))
    elif event["precision"] == "month":
        stretches.append(timeline.Stretch(event["start"], event["end"], theme, certain=True))
    elif event["precision"] == "since":
        marks.append(timeline.Mark(event["start"], "happened", theme, claims[0]))
        stretches.append(
            timeline.Stretch(
                event["start"], event["published"][-1], theme, certain=True, ongoing=True
            )
        )
    else:
        stretches.append(
            timeline.Stretch(
                max(event["earliest"], timeline.axis().first), event["latest"], theme, certain=False
            )
        )
    glyph = "feared" if event["kind"] == INFERRED else "published"
    marks += [timeline.Mark(published, glyph, theme, claims[0]) for published in event["published"]]
    return timeline.Row(
        event["title"], event["group"], movers, " ".join(event["sources"]), stretches, marks
    )
