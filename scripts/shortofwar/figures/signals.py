"""Speaker by speaker or event by event: who says that something is so, is not so, or is to be feared."""

import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.figures import timeline
from claimbook.figures.figure import Figure
from claimbook.figures.queries import (
    count_noun,
    dates_bounded,
    dates_happened,
    dates_uttered,
    join_few,
    join_words,
    top_by_claims,
)
from claimbook.language.claim_text import UNSAID, format_between, format_day, format_span
from matplotlib.figure import Figure as Drawing

GLYPH = {
    "event": "happened",
    "statement": "happened",
    "assessment": "feared",
    "warning": "feared",
    "denial": "denied",
}
LIMIT = 22  # rows that one figure can name
QUIET = "muted"  # the tone of the others
OURS = "ukraine"  # the side whose voices stand out in `feint_or_real`
COUNTRIES = {"belarus": "Belarus", "russia": "Russia", "ukraine": "Ukraine"}  # by side
NONE, AMONG, ALONE = "No denial among the claims", "A denial among them", "Denials alone"
WITHIN = " A mark upon a pale bar stands for some day of it."
LARGER = " A larger mark stands for several claims."


def observed_and_denied(corpus: Corpus, title: str) -> Figure:
    """Military events, each on the days that the texts give it or bound it by: who reports, judges or denies; quite open ones in a column apart."""
    claims = (
        corpus.full_claims()
        .join(dates_happened(corpus))
        .join(corpus.events[["title", "label"]], on="event_id")
    )
    claims = claims[(claims["theme"] == "military-signal") & claims["title"].notna()]
    claims = claims.assign(
        row=claims["label"], of="", who=claims["origin"].map(corpus.actors["short"])
    )
    claims["tone"] = claims["kind"].eq("denial").map({True: "ink", False: ""})
    claims["sure"] = claims["first"].notna() | claims["last"].notna()
    claims = claims.fillna(dates_bounded(corpus))
    undated = claims["first"].isna() & claims["last"].isna()
    denied, kinds = claims[claims["kind"] == "denial"], claims["kind"].map(GLYPH).value_counts()
    told = claims[claims["kind"].map(GLYPH) != "denied"]
    alt = (
        f"Matrix of {count_noun(len(claims), 'claim')} on {count_noun(claims['row'].nunique(), 'military event')}, by event and speaker, "
        "on the days when it happened. "
        f"{kinds.get('happened', 0)} report something as happening, {kinds.get('feared', 0)} judge, {kinds.get('denied', 0)} deny. "
        f"For {undated.sum()} of the claims the texts leave the day open for more than a month. Events with a denial: {'; '.join(dict.fromkeys(denied['title'])) or 'none'}. "
        f"{told['row'].nunique()} are reported or judged to be so, by {count_noun(told['who'].nunique(), 'speaker')}."
    )
    rank = (
        claims["kind"].astype(str).map(list(GLYPH).index)
    )  # reported before denied, where there is no day to go by
    order = (
        claims.assign(day=claims["first"].fillna(claims["last"]), rank=rank)
        .groupby("row")[["day", "rank"]]
        .min()
        .sort_values(["day", "rank"])
        .index
    )
    standing = claims.groupby("row")["kind"].agg(
        lambda kinds: (
            ALONE if (kinds == "denial").all() else AMONG if (kinds == "denial").any() else NONE
        )
    )
    sizes = standing.value_counts()
    claims["group"] = (
        claims["row"].map(standing).map(lambda standing: f"{standing} ({sizes[standing]})")
    )
    heading = claims.groupby("row")["group"].first()
    subtitle = (
        "Claims on military events, on the days of the event; in the column before the axis where the texts leave its day open for more than a "
        "month. Under each event: who speaks of it."
    )
    key = {
        "happened": "reported",
        "feared": "judged or expected",
        "denied": "denied",
        "certain": "over these days",
        "ongoing": "with no end given",
        "uncertain": "some time in these days",
    }
    return _figure(
        "observed-and-denied",
        title,
        subtitle,
        alt,
        claims,
        sorted(
            ((heading[row], row) for row in order),
            key=lambda pair: (NONE, AMONG, ALONE).index(standing[pair[1]]),
        ),
        key,
        "figures.signals.observed_and_denied from claims.csv and events.csv",
        late=False,
    )


def feint_or_real(corpus: Corpus, title: str) -> Figure:
    """Who calls the threat staged, who voices a threat to Belarus, who holds an attack for possible: speakers by day."""
    claims = corpus.full_claims()
    claims = claims.join(dates_uttered(corpus)).assign(row=claims["speaker"])
    claims["sure"] = claims["first"] == claims["last"]
    about = claims["theme"].eq("information-operation") | claims["also"].map(
        lambda also: "information-operation" in also
    )
    real = claims["theme"].eq("outlook") & claims["bearing"].eq("raises")
    official = claims["side"].isin(["belarus", "russia"])
    claims = pd.concat(
        [
            claims[about & official].assign(group="Minsk and Moscow speak of a threat to Belarus"),
            claims[about & ~official].assign(group="Others call it staged, or answer"),
            claims[real & ~about].assign(group="Others hold an attack for possible"),
        ]
    )
    claims["theme"], claims["who"] = (
        "information-operation",
        "",
    )  # one shape, which the key can name
    claims["of"] = claims["side"].map(COUNTRIES).fillna("")
    claims["tone"] = claims["side"].eq(OURS).map({True: "", False: QUIET})
    claims["group"] = claims["group"].map(
        {group: f"{group}{_of_ours(same)}" for group, same in claims.groupby("group", sort=False)}
    )
    groups = claims.groupby("group", sort=False)
    undated = claims["first"].isna()
    alt = (
        f"Timeline of {count_noun(len(claims), 'claim')} by speaker and day in three groups: "
        + "; ".join(
            f"“{group}”, {len(same)}, by {join_words(list(dict.fromkeys(same['row'])))}"
            for group, same in groups
        )
        + (
            f". Those with a day lie between {format_day(claims['first'].min())} and {format_day(claims['last'].max())}"
            if not undated.all()
            else ""
        )
        + f". Of {undated.sum()} the text does not say when they were said."
    )
    claims["abroad"] = claims["side"] != "ukraine"
    keys = [
        (row.group, row.row)
        for row in claims.sort_values(["abroad", "first"], kind="stable").itertuples()
    ]
    order = sorted(
        dict.fromkeys(keys), key=lambda key: list(dict.fromkeys(claims["group"])).index(key[0])
    )
    return _figure(
        "feint-or-real",
        title,
        "Claims by speaker and by the day on which they were said; where the texts do not say when, in the column before the axis.",
        alt,
        claims,
        order,
        {
            "happened": "asserted",
            "feared": "judged or warned of",
            "denied": "denied",
            "uncertain": "some time in these days",
            "information-operation": "Ukrainian voices",
        },
        "figures.signals.feint_or_real from claims.csv and actors.csv",
        late=True,
    )


def _of_ours(claims: pd.DataFrame) -> str:
    """How many of the speakers of a group are Ukrainian, in brackets; nothing where none is."""
    ours = claims.loc[claims["side"] == OURS, "row"].nunique()
    return f" ({ours} Ukrainian)" if ours else ""


def _figure(
    name: str,
    title: str,
    subtitle: str,
    alt: str,
    claims: pd.DataFrame,
    order: list[tuple[str, str]],
    key: dict[str, str],
    made_by: str,
    late: bool,
) -> Figure:
    """A line for each (group, row) in the given order: a mark for each kind of claim on its first day, and the days that it covers.

    `claims` has `first` and `last`, the days that the text gives, `who`, whom a note under the row names, `of`, the country beside it, and
    `tone`, a colour of the house if not the theme's.
    """
    told = (
        claims.rename_axis("claim_id")
        .reset_index()
        .groupby(["group", "row"])["claim_id"]
        .agg(list)
        .rename("claims")
    )
    shown, left = top_by_claims(told.reindex(order).reset_index(), LIMIT)
    rows, table = [], []
    for group, label in zip(shown["group"], shown["row"], strict=True):
        of_row = claims[(claims["row"] == label) & (claims["group"] == group)]
        rows.append(_row(label, group, of_row))
        for (first, last, sure, kind), same in of_row.groupby(
            ["first", "last", "sure", "kind"], observed=True, dropna=False
        ):
            when = (
                UNSAID
                if pd.isna(first) and pd.isna(last)
                else format_span(first, last)
                if sure or first == last
                else format_between(first, last)
            )
            table.append(
                {
                    "row": label,
                    "group": group,
                    "when": when,
                    "kind": kind,
                    "claims": sorted(map(str, same.index)),
                }
            )
    data = pd.DataFrame(table, columns=["row", "group", "when", "kind", "claims"])
    vague = claims["first"].notna() & (claims["first"] < claims["last"]) & ~claims["sure"]
    subtitle += WITHIN if vague.any() else ""
    several = (
        LARGER
        if any(mark.number > 1 for row in rows for mark in [*row.marks, *row.undated])
        else ""
    )

    def draw(width: float) -> Drawing:
        return timeline.draw_timeline(rows, key, width, late)

    return Figure(
        name,
        title,
        subtitle + several + left + ("" if late else f" {timeline.axis().note}"),
        alt + left,
        data,
        made_by,
        draw,
    )


def _row(label: str, group: str, claims: pd.DataFrame) -> timeline.Row:
    glyphs = claims["kind"].map(GLYPH)
    undated = claims["first"].isna() & claims["last"].isna()
    first = claims["first"].where(
        claims["first"].notna() | claims["last"].isna(), claims["published"]
    )  # what has but a term begins after its text
    days = claims["first"].where(
        claims["sure"] & claims["first"].notna(),
        first + (claims["last"].clip(upper=timeline.axis().last) - first) / 2,
    )
    quiet = bool((claims["tone"] == QUIET).all())
    return timeline.Row(
        label,
        group,
        stretches=_stretches(claims, QUIET if quiet else ""),
        marks=[_of(same, glyph, when) for (when, glyph), same in claims.groupby([days, glyphs])],
        undated=[_of(same, glyph, pd.NaT) for glyph, same in claims[undated].groupby(glyphs)],
        before=claims["of"].iloc[0],
        note=_speakers(claims),
        quiet=quiet,
    )


def _of(claims: pd.DataFrame, glyph: str, when: pd.Timestamp) -> timeline.Mark:
    return timeline.Mark(
        when,
        glyph,
        claims["theme"].iloc[0],
        str(claims.index[0]),
        len(claims),
        claims["tone"].iloc[0],
    )


def _speakers(claims: pd.DataFrame) -> str:
    """Who speaks of what a row is about, and who denies it; empty where the row is the speaker's own."""
    denied = claims["kind"] == "denial"
    telling, denying = (
        join_few([name for name in dict.fromkeys(of["who"]) if name])
        for of in (claims[~denied], claims[denied])
    )
    return "; ".join(filter(None, (telling, denying and f"denied by {denying}")))


def _stretches(claims: pd.DataFrame, tone: str) -> list[timeline.Stretch]:
    """The days that the claims of a row cover, and those in which they can lie; what goes on is known as far as its texts go."""
    theme = claims["theme"].iloc[0]
    going = claims[claims["first"].notna() & claims["last"].isna()]
    ongoing = (
        [
            timeline.Stretch(
                going["first"].min(), going["published"].max(), theme, certain=True, ongoing=True
            )
        ]
        if len(going)
        else []
    )
    ending = [
        timeline.Stretch(
            claim["published"],
            min(claim["last"], timeline.axis().last),
            theme,
            certain=False,
            claim=str(name),
        )
        for name, claim in claims[claims["first"].isna() & claims["last"].notna()].iterrows()
    ]
    lasting = claims.loc[
        claims["first"] < claims["last"], ["first", "last", "sure"]
    ].drop_duplicates()
    return [
        *ongoing,
        *ending,
        *(
            timeline.Stretch(first, last, theme, certain=sure, tone=tone)
            for first, last, sure in lasting.itertuples(index=False)
        ),
    ]
