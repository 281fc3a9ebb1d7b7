"""Step by step: when pressure was put on Belarus, when a source published it, and who acted."""

from dataclasses import dataclass, replace

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures import day_axis, timeline
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.glyphs import Mark, Stretch
from claimbook.figures.queries import (
    distinct_dates,
    reported_events,
    spell_out_codes,
    top_by_claims,
)
from claimbook.language.dates import DaySpan, format_day
from claimbook.language.words import count_noun, join_few, join_words, lower_first
from matplotlib.figure import Figure as Drawing

LIMIT = 20  # steps that one figure can name
SOURCE_LIMIT = 8  # sources that the last group can name
THEME = "pressure"
INFERRED = "demand"  # the kind of step that nobody reports as seen or heard
HEADINGS = {  # of the steps by kind, in order: what is told before what is read into it
    "meeting": "Told: visits, meetings, calls",
    "treaty": "Told: treaties",
    "arms": "Told: arms",
    "dependence": "Told: dependence",
    "statement": "Told: warnings by third parties",
    INFERRED: "Inferred: a demand to take part",
}
OTHER = "Other steps"
NO_EVENT = "Asserted or supposed: pressure, dependence"
SIDES = {"russia": "Moscow", "belarus": "Minsk", "ukraine": "Kyiv"}
OTHER_SIDE = "others"
DECEMBER = pd.Timestamp("2022-12-01")
COMMON_WORDS = {"Open", "Thousands", "Men", "New", "Both"}  # in titles of events, no names
KEY = {
    "happened": "told: on this day",
    "certain": "over these days",
    "ongoing": "with no end given",
    "uncertain": "some time in these days",
    "published": "published",
    "feared": "inferred, asserted or supposed",
}
GHOST = "rule"  # the colour of what a part of the corpus lacks
COLUMN_HEADS = ("whose step", "told in")
COLUMNS = [
    "title",
    "kind",
    "movers",
    "happened",
    "said",
    "published",
    "reported_as",
    "sources",
    "claims",
]


@dataclass(frozen=True)
class _SourcedRow:
    """A row of the timeline with the sources behind it.

    Attributes:
        key: The id of its event; without an event, the code of its source.
        row: The row, without its sources.
        sources: The codes of the sources.
    """

    key: str
    row: timeline.Row
    sources: list[str]


@traced
def pressure(corpus: Corpus, title: str | Finding, of: Corpus | None = None) -> Figure:
    """Draw the steps of pressure on Belarus by day, grouped by kind.

    At most `LIMIT` steps are drawn. The claims on pressure that belong to no event have one row for
    each source, for at most `SOURCE_LIMIT` sources.

    Args:
        corpus: The corpus.
        title: The title of the figure.
        of: The whole corpus, if `corpus` is a part of it. Steps and sources that only the whole
            corpus has are drawn in grey, with the sources in brackets.

    Returns:
        The figure. Its data have `title`, `kind`, `movers` (actor ids), `happened` (days),
        `said` and `published` (days), `reported_as` (kinds of claims), `sources` (codes) and
        `claims`. Claims without an event have an empty `kind`, and one row for each source.
    """
    steps, omitted = _steps(corpus)
    no_event, further = _claims_without_event(corpus)
    omitted += further
    rows = _rows(corpus, steps, no_event)
    if of is None:
        drawn_rows = [_with_sources(row, row.sources) for row in rows]
    else:
        whole = _rows(of, _steps(of)[0], _claims_without_event(of)[0])
        drawn_rows = _with_ghosts(whole, rows)
        rows = whole
    codes = {code for row in rows for code in row.sources}
    grey = "" if of is None else " Grey, in brackets: what the whole corpus has more."

    def draw(width: float) -> Drawing:
        return timeline.draw_timeline(drawn_rows, KEY, width, heads=COLUMN_HEADS)

    return Figure(
        name="pressure-steps",
        title=title,
        subtitle=(
            f"Steps of pressure by kind and day.{grey} "
            "A larger mark stands for several claims. "
            f"{spell_out_codes(of or corpus, codes)}. {day_axis.axis().note}{omitted}"
        ),
        alt=_alt(steps, no_event) + omitted,
        data=_table(corpus, steps, no_event),
        draw=draw,
    )


def _steps(corpus: Corpus) -> tuple[pd.DataFrame, str]:
    """Select the steps to draw, in the order of their headings.

    Returns:
        The reported events with `heading`, and a sentence on how many are omitted, which is empty
        if none are.
    """
    steps = reported_events(corpus, [THEME])
    first = day_axis.axis().first
    is_early = steps["latest"] < first
    steps, omitted = top_by_claims(steps[~is_early], LIMIT)
    if early := int(is_early.sum()):
        omitted += f" Left out: {count_noun(early, 'step')} before {format_day(first)}."
    steps = steps.assign(heading=steps["kind"].map(HEADINGS).fillna(OTHER))
    order = [*HEADINGS.values(), OTHER]
    by_heading = steps.sort_values(
        "heading", key=lambda headings: headings.map(order.index), kind="stable"
    )
    return by_heading, omitted


def _claims_without_event(corpus: Corpus) -> tuple[pd.DataFrame, str]:
    """Collect the claims on pressure that belong to no event, by source.

    Only the `SOURCE_LIMIT` sources with most such claims are included.

    Returns:
        By source code and in the order of publication: `claims` (ids), `by` (short names of the
        origins), `said` and `published` (days), and `sources` (the code); and a sentence on how
        many sources are omitted, which is empty if none are.
    """
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    claims = claims[(claims["theme"] == THEME) & (claims["event_id"] == "")]
    claims["by"] = claims["origin"].map(corpus.actors["short"])
    by_source = claims.groupby("code").agg(
        claims=("claim_id", list),
        by=("by", lambda names: list(names.unique())),
        said=("stated_on", distinct_dates),
        published=("published", distinct_dates),
    )
    by_source["sources"] = [[code] for code in by_source.index]
    chosen, _ = top_by_claims(by_source, SOURCE_LIMIT)
    further = len(by_source) - len(chosen)
    omitted = f" Left out: {count_noun(further, 'source')} with fewer claims of no step."
    in_order = chosen.sort_values("published", key=lambda days: days.map(min), kind="stable")
    return in_order, omitted * bool(further)


def _rows(corpus: Corpus, steps: pd.DataFrame, no_event: pd.DataFrame) -> list[_SourcedRow]:
    """Create a row for each step, and one per source of claims without an event."""
    of_steps = [
        _SourcedRow(str(key), _step_row(step, _sides(corpus, step["movers"])), step["sources"])
        for key, step in steps.iterrows()
    ]
    of_sources = [
        _SourcedRow(str(code), _source_row(source), source["sources"])
        for code, source in no_event.iterrows()
    ]
    return of_steps + of_sources


def _step_row(step: pd.Series, sides: str) -> timeline.Row:
    """Create the row of a step: the days when it happened, and those of publication.

    Args:
        step: A reported event with `heading`.
        sides: The words for the column before the axis.
    """
    theme, claim = step["theme"], step["claims"][0]
    stretches, marks = [], []
    if step["precision"] in ("day", "since"):
        marks.append(Mark(step["start"], "happened", theme, claim))
    if step["precision"] == "since":
        last = step["published"][-1]
        stretches.append(Stretch(step["start"], last, theme, certain=True, ongoing=True))
    elif step["precision"] not in ("day", "month"):
        first = max(step["earliest"], day_axis.axis().first)
        stretches.append(Stretch(first, step["latest"], theme, certain=False))
    elif step["precision"] == "month" or step["end"] != step["start"]:
        stretches.append(Stretch(step["start"], step["end"], theme, certain=True))
    glyph = "feared" if step["kind"] == INFERRED else "published"
    marks += [Mark(day, glyph, theme, claim) for day in step["published"]]
    return timeline.Row(
        step["title"], step["heading"], before=sides, stretches=stretches, marks=marks
    )


def _source_row(source: pd.Series) -> timeline.Row:
    """Create the row of a source's claims without an event, on its day of publication."""
    number = len(source["claims"])
    mark = Mark(source["published"][0], "feared", THEME, source["claims"][0], number=number)
    label = f"{count_noun(number, 'claim')} by {join_few(source['by'])}"
    return timeline.Row(label, NO_EVENT, marks=[mark])


def _with_sources(row: _SourcedRow, sources: list[str]) -> timeline.Row:
    """Add the codes of sources to a row, for the column after the axis."""
    return replace(row.row, after=" ".join(sources))


def _with_ghosts(whole: list[_SourcedRow], part: list[_SourcedRow]) -> list[timeline.Row]:
    """Combine the rows of the whole corpus and of a part of it.

    Args:
        whole: The rows of the whole corpus.
        part: The rows of the part.

    Returns:
        The rows of the whole corpus. Marks, bars and labels that the part does not have are grey,
        and the codes of its missing sources in brackets.
    """
    rows_of_part = {row.key: row for row in part}
    rows = []
    for row in whole:
        own = rows_of_part.get(row.key)
        own_marks = {(mark.day, mark.glyph): mark for mark in own.row.marks} if own else {}
        marks = [
            own_marks.get((mark.day, mark.glyph)) or replace(mark, tone=GHOST, claim="")
            for mark in row.row.marks
        ]
        stretches = row.row.stretches
        if own is None:
            stretches = [replace(stretch, tone=GHOST, claim="") for stretch in stretches]
        own_sources = own.sources if own else []
        sources = [code if code in own_sources else f"({code})" for code in row.sources]
        ghost = replace(row.row, marks=marks, stretches=stretches, quiet=own is None)
        rows.append(_with_sources(replace(row, row=ghost), sources))
    return rows


def _sides(corpus: Corpus, movers: list[str]) -> str:
    """Name the sides of the actors who took a step, each once.

    Args:
        corpus: The corpus with the actors.
        movers: The ids of the actors.

    Returns:
        The capitals of the sides, such as `Moscow, Minsk`. Other sides are `others`.
    """
    sides = {SIDES.get(corpus.actors.at[mover, "side"], OTHER_SIDE) for mover in movers}
    return ", ".join(sorted(sides, key=[*SIDES.values(), OTHER_SIDE].index))


def _table(corpus: Corpus, steps: pd.DataFrame, no_event: pd.DataFrame) -> pd.DataFrame:
    """Combine the steps and the claims without an event in the data of the figure."""
    happened = [
        DaySpan(step["earliest"], step["latest"], is_certain=False)
        if step["precision"] == "vague"
        else DaySpan(step["start"], step["end"])
        for _, step in steps.iterrows()
    ]
    without_event = no_event.assign(
        title=NO_EVENT, kind="", happened="", movers=[[] for _ in no_event.index]
    )
    table = pd.concat([steps.assign(happened=happened), without_event])
    kinds = corpus.claims["kind"].astype(str)
    table["reported_as"] = [sorted(set(kinds[claims])) for claims in table["claims"]]
    return table[COLUMNS].reset_index(drop=True)


def _alt(steps: pd.DataFrame, no_event: pd.DataFrame) -> str:
    """Write the alternative text: the steps by kind, and those of December.

    Args:
        steps: The steps that are drawn.
        no_event: The claims without an event, by source.
    """
    sizes = steps["kind"].value_counts()
    kinds = join_words([f"{kind} {sizes[kind]}" for kind in HEADINGS if sizes.get(kind)])
    december = steps[steps["earliest"] >= DECEMBER].sort_values("day", kind="stable")
    vague = steps[steps["precision"] == "vague"]
    days = steps["day"].dropna()
    span = "" if days.empty else f" from {format_day(days.min())} to {format_day(days.max())}"
    return (
        f"Timeline of {count_noun(len(steps), 'step')} of pressure{span}, by kind: {kinds}. "
        f"{len(december)} fall in December 2022: {_list_titles(december)}. "
        f"Undated and drawn as stretches: {_list_titles(vague) or 'none'}. "
        f"{count_noun(no_event['claims'].map(len).sum(), 'claim')} "
        "on pressure or dependence are tied to no event."
    )


def _list_titles(steps: pd.DataFrame) -> str:
    """Join the titles of steps as in a sentence.

    A title that begins with one of `COMMON_WORDS` begins in lower case. Without steps the text is
    empty.
    """
    return join_words(
        [
            lower_first(title) if title.split()[0] in COMMON_WORDS else title
            for title in steps["title"]
        ]
    )
