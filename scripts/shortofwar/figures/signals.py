"""Timelines of claims by event or speaker: who asserts, denies or expects something, and when."""

import pandas as pd
from claimbook.corpus.model import NEGATIVE_KINDS, Corpus
from claimbook.figures import day_axis, timeline
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.figures.glyphs import Mark, Stretch
from claimbook.figures.queries import dates_bounded, dates_happened, dates_uttered, top_by_claims
from claimbook.language.dates import NO_DAY_GIVEN, DaySpan, format_day
from claimbook.language.words import count_noun, join_few, join_words
from matplotlib.figure import Figure as Drawing

GLYPHS = {  # how a claim is drawn, by its kind
    "event": "happened",
    "statement": "happened",
    "assessment": "feared",
    "warning": "feared",
    "denial": "denied",
    "absence": "denied",
}
LIMIT = 22  # rows that one figure can name
SIGNAL, TALK, FORECAST = "military-signal", "information-operation", "outlook"
COUNTRIES = {"belarus": "Belarus", "russia": "Russia", "ukraine": "Ukraine"}  # by side
OFFICIAL = ("belarus", "russia")  # sides
OURS = "ukraine"  # the side whose voices stand out in `feint_or_real`
MUTED = "muted"  # the tone of the other voices

UNDENIED = "No denial or absence among the claims"
DISPUTED = "A denial or absence among them"
DENIED = "Denials or absences alone"
DENIALS = (UNDENIED, DISPUTED, DENIED)  # the groups of `observed_and_denied`, in order

THREAT = "Minsk and Moscow speak of a threat to Belarus"
STAGED = "Others call it staged, or answer"
POSSIBLE = "Others hold an attack for possible"
STANCES = (THREAT, STAGED, POSSIBLE)  # the groups of `feint_or_real`, in order

WITHIN = " A mark upon a pale bar stands for some day of it."
LARGER = " A larger mark stands for several claims."


@traced
def observed_and_denied(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw the claims on military events, grouped by whether any deny or miss it.

    A claim has its mark on the days of its event, or between the bounds that the texts give for
    them. If the bounds are more than a month apart, the mark is in a column before the axis.

    Returns:
        The figure. Its data have `row` (the event), `group` (of `DENIALS`), `when` (days),
        `kind` and `claims`.
    """
    titles = corpus.events[["title", "label"]]
    claims = corpus.full_claims().join(dates_happened(corpus)).join(titles, on="event_id")
    claims = claims[(claims["theme"] == SIGNAL) & claims["title"].notna()]
    is_denial = claims["kind"].isin(NEGATIVE_KINDS)
    claims = claims.assign(
        row=claims["label"],
        country="",
        speaks=claims["origin"].map(corpus.actors["short"]),
        tone=is_denial.map({True: "ink", False: ""}),
        certain=claims["first"].notna() | claims["last"].notna(),
        group=is_denial.groupby(claims["label"]).transform(_denial_group),
    ).fillna(dates_bounded(corpus))
    rows = claims[["row", "group"]].drop_duplicates()
    sizes = rows["group"].value_counts()
    order = _events_in_order(claims)
    key = {
        "happened": "reported",
        "feared": "judged or expected",
        "denied": "denied or not seen",
        "certain": "over these days",
        "ongoing": "with no end given",
        "uncertain": "some time in these days",
    }
    return _timeline_of_claims(
        "observed-and-denied",
        title,
        "Claims on military events, on the days of the event; in the column before the axis "
        "where the texts leave its day open for more than a month. "
        "Under each event: who speaks of it.",
        _observed_alt(claims),
        claims,
        rows.sort_values(
            ["group", "row"],
            key=lambda cells: cells.map((DENIALS if cells.name == "group" else order).index),
        ),
        {group: f"{group} ({sizes[group]})" for group in sizes.index},
        key,
        columns=["row", "group", "when", "kind", "claims"],
    )


def _denial_group(is_denial: pd.Series) -> str:
    """Choose the group of an event.

    Args:
        is_denial: For each claim on the event, whether it is a denial or an absence.

    Returns:
        `DENIED` if all claims are, `DISPUTED` if some are, and `UNDENIED` if none are.
    """
    if is_denial.all():
        return DENIED
    return DISPUTED if is_denial.any() else UNDENIED


def _events_in_order(claims: pd.DataFrame) -> list[str]:
    """Sort the events by their first day.

    Returns:
        The labels of the events. Those without a day come last, sorted by their kinds of claims.
    """
    rank = claims["kind"].astype(str).map(list(GLYPHS).index)
    days = claims.assign(day=claims["first"].fillna(claims["last"]), rank=rank)
    firsts = days.groupby("row")[["day", "rank"]].min()
    return list(firsts.sort_values(["day", "rank"]).index)


def _observed_alt(claims: pd.DataFrame) -> str:
    """Write the alternative text of the figure `observed_and_denied`.

    Args:
        claims: The claims with `row`, `title`, `kind`, `speaks`, `first` and `last`.
    """
    events = count_noun(claims["row"].nunique(), "military event")
    glyphs = claims["kind"].map(GLYPHS)
    sizes = glyphs.value_counts()
    denied = claims.loc[glyphs == "denied", "title"].unique()
    asserted = claims[glyphs != "denied"]
    return (
        f"Matrix of {count_noun(len(claims), 'claim')} on {events}, by event and speaker, "
        "on the days when it happened. "
        f"{sizes.get('happened', 0)} report something as happening, "
        f"{sizes.get('feared', 0)} judge, {sizes.get('denied', 0)} deny or miss it. "
        f"For {_is_undated(claims).sum()} of the claims "
        "the texts leave the day open for more than a month. "
        f"Events with a denial or absence: {'; '.join(denied) or 'none'}. "
        f"{asserted['row'].nunique()} are reported or judged to be so, "
        f"by {count_noun(asserted['speaks'].nunique(), 'speaker')}."
    )


@traced
def feint_or_real(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw the claims on a threat by speaker and day, grouped by stance.

    Minsk and Moscow speak of a threat to Belarus; others call that staged, or consider an attack
    from Belarus possible.

    Returns:
        The figure. Its data have `row` (the speaker), `group` (of `STANCES`), `country` (of the
        speaker, for the sides in `COUNTRIES`), `when` (days), `kind` and `claims`.
    """
    claims = corpus.full_claims().join(dates_uttered(corpus))
    on_talk = (claims["theme"] == TALK) | claims["also"].map(lambda themes: TALK in themes)
    on_attack = (claims["theme"] == FORECAST) & (claims["bearing"] == "raises")
    is_official = claims["side"].isin(OFFICIAL)
    claims = pd.concat(
        [
            claims[on_talk & is_official].assign(group=THREAT),
            claims[on_talk & ~is_official].assign(group=STAGED),
            claims[on_attack & ~on_talk].assign(group=POSSIBLE),
        ]
    )
    claims = claims.assign(
        row=claims["speaker"],
        theme=TALK,  # one shape, which the key can name
        speaks="",
        certain=claims["first"] == claims["last"],
        country=claims["side"].map(COUNTRIES).fillna(""),
        tone=claims["side"].eq(OURS).map({True: "", False: MUTED}),
        abroad=claims["side"] != OURS,
    )
    headings = {
        group: group + _ukrainian_count(of_group)
        for group, of_group in claims.groupby("group", sort=False)
    }
    rows = claims.sort_values(["abroad", "first"], kind="stable")[["row", "group"]]
    return _timeline_of_claims(
        "feint-or-real",
        title,
        "Claims by speaker and by the day on which they were said; where the texts do not say "
        "when, in the column before the axis.",
        _talk_alt(claims, headings),
        claims,
        rows.drop_duplicates().sort_values(
            "group", key=lambda groups: groups.map(STANCES.index), kind="stable"
        ),
        headings,
        {
            "happened": "asserted",
            "feared": "judged or warned of",
            "denied": "denied",
            "uncertain": "some time in these days",
            TALK: "Ukrainian voices",
        },
        columns=["row", "group", "country", "when", "kind", "claims"],
        late=True,
    )


def _ukrainian_count(claims: pd.DataFrame) -> str:
    """Write the number of Ukrainian speakers in brackets; empty for none."""
    speakers = claims.loc[claims["side"] == OURS, "row"].nunique()
    return f" ({speakers} Ukrainian)" if speakers else ""


def _talk_alt(claims: pd.DataFrame, headings: dict[str, str]) -> str:
    """Write the alternative text of the figure `feint_or_real`.

    Args:
        claims: The claims with `row`, `group`, `first` and `last`.
        headings: The heading of each group.
    """
    groups = [
        f"“{headings[group]}”, {len(of_group)}, by {join_words(list(of_group['row'].unique()))}"
        for group, of_group in claims.groupby("group", sort=False)
    ]
    first, last = claims["first"].min(), claims["last"].max()
    days = ""
    if pd.notna(first):
        days = f". Those with a day lie between {format_day(first)} and {format_day(last)}"
    return (
        f"Timeline of {count_noun(len(claims), 'claim')} by speaker and day in three groups: "
        f"{'; '.join(groups)}{days}. "
        f"Of {claims['first'].isna().sum()} the text does not say when they were said."
    )


def _timeline_of_claims(
    name: str,
    title: str | Finding,
    subtitle: str,
    alt: str,
    claims: pd.DataFrame,
    order: pd.DataFrame,
    headings: dict[str, str],
    key: dict[str, str],
    columns: list[str],
    late: bool = False,
) -> Figure:
    """Draw a timeline of claims with a mark for each kind of claim on its day.

    Args:
        name: The name of the figure.
        title: Its title.
        subtitle: Its subtitle. Remarks on the marks and on omitted rows are added.
        alt: Its alternative text. The remark on omitted rows is added.
        claims: By claim id: `row` and `group`; `first` and `last` (days, either may be missing);
            `certain` (true if the texts give them); `speaks` (who is named under the row);
            `country` (a word beside the row); `tone` (the name of a colour, or empty for that of
            the theme); `kind`, `theme` and `published`.
        order: The pairs of `row` and `group` from top to bottom.
        headings: The heading above each group.
        key: The words of the legend for each glyph.
        columns: The columns of the figure's data.
        late: True to omit the days before the stretched part of the axis.
    """
    by_row = claims.rename_axis("claim_id").reset_index().groupby(["row", "group"])["claim_id"]
    counted = order.join(by_row.agg(list).rename("claims"), on=["row", "group"])
    chosen, omitted = top_by_claims(counted.reset_index(drop=True), LIMIT)
    rows, data = [], []
    for label, group in zip(chosen["row"], chosen["group"], strict=True):
        of_row = claims[(claims["row"] == label) & (claims["group"] == group)]
        rows.append(_row(label, headings[group], of_row))
        data += _data_rows(of_row)
    vague = claims["first"].notna() & (claims["first"] < claims["last"]) & ~claims["certain"]
    several = any(mark.number > 1 for row in rows for mark in [*row.marks, *row.undated])
    remarks = (WITHIN if vague.any() else "") + (LARGER if several else "")
    note = "" if late else f" {day_axis.axis().note}"

    def draw(width: float) -> Drawing:
        return timeline.draw_timeline(rows, key, width, late)

    return Figure(
        name,
        title,
        subtitle + remarks + omitted + note,
        alt + omitted,
        pd.DataFrame(data, columns=columns),
        draw,
    )


def _data_rows(claims: pd.DataFrame) -> list[dict[str, object]]:
    """Group the claims of a row by days and kind, as rows of the figure's data."""
    groups = claims.groupby(["first", "last", "certain", "kind"], observed=True, dropna=False)
    return [
        {
            **claims.iloc[0][["row", "group", "country"]],
            "when": _days(first, last, certain),
            "kind": kind,
            "claims": sorted(map(str, of_kind.index)),
        }
        for (first, last, certain, kind), of_kind in groups
    ]


def _days(first: pd.Timestamp, last: pd.Timestamp, certain: bool) -> DaySpan | str:
    """Return the days of a claim, or the words for none."""
    if pd.isna(first) and pd.isna(last):
        return NO_DAY_GIVEN
    return DaySpan(first, last, bool(certain))


def _is_undated(claims: pd.DataFrame) -> pd.Series:
    """Check for each claim whether it has neither a first nor a last day."""
    return claims["first"].isna() & claims["last"].isna()


def _row(label: str, heading: str, claims: pd.DataFrame) -> timeline.Row:
    """Create a row of the timeline from its claims.

    Args:
        label: The label of the row.
        heading: The heading of its group.
        claims: The claims of the row.
    """
    glyphs = claims["kind"].map(GLYPHS)
    undated = claims[_is_undated(claims)]
    muted = bool((claims["tone"] == MUTED).all())
    return timeline.Row(
        label,
        heading,
        stretches=_stretches(claims, MUTED if muted else ""),
        marks=[
            _mark(of_glyph, glyph, day)
            for (day, glyph), of_glyph in claims.groupby([_mark_days(claims), glyphs])
        ],
        undated=[_mark(of_glyph, glyph, pd.NaT) for glyph, of_glyph in undated.groupby(glyphs)],
        before=claims["country"].iloc[0],
        note=_speakers(claims),
        quiet=muted,
    )


def _mark_days(claims: pd.DataFrame) -> pd.Series:
    """Choose the day of each claim's mark.

    This is the first day if it is certain, else the middle of the possible days. If a claim has
    only a last day, its possible days begin with the publication of its text.
    """
    only_last = claims["first"].isna() & claims["last"].notna()
    first = claims["first"].mask(only_last, claims["published"])
    last = claims["last"].clip(upper=day_axis.axis().last)
    certain = claims["certain"] & claims["first"].notna()
    return claims["first"].where(certain, first + (last - first) / 2)


def _mark(claims: pd.DataFrame, glyph: str, day: pd.Timestamp) -> Mark:
    """Create one mark for claims with the same day and glyph, linked to the first."""
    first = claims.iloc[0]
    return Mark(day, glyph, first["theme"], str(claims.index[0]), len(claims), first["tone"])


def _speakers(claims: pd.DataFrame) -> str:
    """Name who asserts an event and who denies or misses it.

    Returns:
        The names, such as `Kyiv; denied or not seen by Minsk`. They are empty if the row is for a
        speaker, and so the claims have no names in `speaks`.
    """
    is_denial = claims["kind"].isin(NEGATIVE_KINDS)
    asserting, denying = (
        join_few([name for name in of_kind["speaks"].unique() if name])
        for of_kind in (claims[~is_denial], claims[is_denial])
    )
    return "; ".join(filter(None, (asserting, denying and f"denied or not seen by {denying}")))


def _stretches(claims: pd.DataFrame, tone: str) -> list[Stretch]:
    """Create bars for the days that claims cover, and for their possible days.

    A bar without an end extends to the publication of the last text that says so.

    Args:
        claims: The claims of a row.
        tone: The name of a colour to use instead of the theme's; empty for none.
    """
    theme = claims["theme"].iloc[0]
    stretches = []
    has_first, has_last = claims["first"].notna(), claims["last"].notna()
    ongoing = claims[has_first & ~has_last]
    if len(ongoing):
        first, last = ongoing["first"].min(), ongoing["published"].max()
        stretches.append(Stretch(first, last, theme, certain=True, ongoing=True))
    for claim, row in claims[~has_first & has_last].iterrows():
        last = min(row["last"], day_axis.axis().last)
        stretches.append(Stretch(row["published"], last, theme, certain=False, claim=str(claim)))
    spans = claims.loc[claims["first"] < claims["last"], ["first", "last", "certain"]]
    stretches += [
        Stretch(first, last, theme, certain=certain, tone=tone)
        for first, last, certain in spans.drop_duplicates().itertuples(index=False)
    ]
    return stretches
