"""Month by month: what Minsk said, what Belarus gave to Russia's war, and what it withheld."""

import pandas as pd
from claimbook.analysis.provenance import root_institution
from claimbook.corpus.model import NEGATIVE_KINDS, Corpus
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.figures.queries import (
    dates_happened,
    distinct_dates,
    outlet_names,
    top_by_claims,
)
from claimbook.language.dates import format_day, format_months
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings
from matplotlib.figure import Figure as Drawing

from shortofwar.figures.monthly_chart import (
    CERTAIN,
    COUNTED,
    DENIED,
    MONTHLY,
    ONGOING,
    VAGUE,
    draw_months,
    month_starts,
)

MINSK = ("belarus-government", "lukashenko")  # institutions whose words are the state's
INVASION = "invasion"  # the event from which on Belarus can have given anything to the war
WORDS, GIVEN, WITHHELD = "What Minsk said", "What Belarus gave", "What it kept back"
THREAT = "Speaks of a threat"
DENIAL = "Denies, or promises defence alone"
ANNOUNCEMENT = "Announces moves or arms"
THEME_OF_WORDS = {
    THREAT: "information-operation",
    DENIAL: "resistance",
    ANNOUNCEMENT: "pressure",
}
HELP = {  # the rows of what was given, by the kind of the event
    "basing": "Room for Russian troops",
    "flight": "Its sky",
    "attack": "Soil for strikes on Ukraine",
    "supply": "Arms, tanks and supplies",
}
SIGNAL = "military-signal"
TROOPS = "Troops sent into Ukraine"
STAYED_OUT = "army-stayed-out"  # the judgement that no troops were sent
CONFIRMED = 1  # the credibility of the claims that state it outright
LIMIT = 18  # bars that one figure can name
MARK = ["part", "row", "first", "last", "how", "theme", "source"]  # what one mark stands for
COLUMNS = ["part", "row", "first", "last", "how", "source", "published", "claims"]


@traced
def words_and_substitutes(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw Minsk's words, and the help that Belarus gave and withheld, by month.

    Words are counted by the month in which they were said. Help given has a bar for each source and
    its days. If a text gives no days, a pale bar covers the possible ones, up to the day of the
    text. The last row has a cross for each month in which a source said that the army stayed out.
    At most `LIMIT` bars are drawn.

    Returns:
        The figure. Its data have `part`, `row`, `first` and `last` (days; for marks of a whole
        month `first` is the month, and `last` is missing), `how` (the relation of the mark to its
        days), `source`, `published` (days) and `claims`.
    """
    given, omitted = top_by_claims(_given(corpus), LIMIT)
    words, withheld = _words(corpus), _withheld(corpus)
    marks = pd.concat([words, given, withheld], ignore_index=True)
    with_texts = set(_month(corpus.sources["published"]))

    def draw(width: float) -> Drawing:
        return draw_months(marks, with_texts, width)

    return Figure(
        name="words-and-substitutes",
        title=title,
        subtitle=(
            "Words: the number of claims by the month in which they were said. "
            "Things given: a bar for each source and its days; what goes on is "
            f"drawn up to the day of the text that says so.{omitted}"
        ),
        alt=_alt(words, given, withheld, with_texts) + omitted,
        data=_table(marks),
        draw=draw,
    )


def _words(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims of the Belarusian state on the argued themes, by month.

    Returns:
        A row for each mark, as `_collect` returns them.
    """
    claims = corpus.full_claims()
    official = [root_institution(corpus.actors, origin) in MINSK for origin in claims["origin"]]
    argued = claims["theme"] != settings().roles.background
    claims = claims[pd.Series(official, index=claims.index) & argued].copy()
    claims["row"] = ANNOUNCEMENT
    claims.loc[claims["theme"].eq("information-operation"), "row"] = THREAT
    refuses = claims["kind"].isin(NEGATIVE_KINDS) | claims["theme"].eq("resistance")
    claims.loc[refuses, "row"] = DENIAL
    claims = claims.sort_values(
        "row", key=lambda rows: rows.map(list(THEME_OF_WORDS).index), kind="stable"
    )
    first = _month(claims["said"])
    claims = claims.assign(
        part=WORDS,
        theme=claims["row"].map(THEME_OF_WORDS),
        first=first,
        last=first + pd.offsets.MonthEnd(),
        how=COUNTED,
        source="",
    )
    return _collect(claims)


def _given(corpus: Corpus) -> pd.DataFrame:
    """Collect the help that Belarus gave, by kind, source and days.

    These are the claims on military events of the kinds in `HELP`, except for denials and absences.

    Returns:
        A row for each mark, as `_collect` returns them, none before the invasion begins.
    """
    claims = corpus.full_claims().join(dates_happened(corpus))
    claims = claims.join(corpus.sources["published_latest"], on="source_id")
    of_event = corpus.events[["kind", "earliest", "latest"]].rename(columns={"kind": "event_kind"})
    claims = claims.join(of_event, on="event_id")
    is_help = (claims["theme"] == SIGNAL) & claims["event_kind"].isin(list(HELP))
    claims = claims[is_help & ~claims["kind"].isin(NEGATIVE_KINDS)].copy()
    claims["how"] = CERTAIN
    ongoing = claims["first"].notna() & claims["last"].isna()
    claims.loc[ongoing, "how"] = ONGOING
    claims.loc[ongoing, "last"] = claims["published"]
    vague = claims["first"].isna()
    claims.loc[vague, "how"] = VAGUE
    claims.loc[vague, "first"] = claims["earliest"]
    claims.loc[vague, "last"] = claims[["latest", "published_latest"]].min(axis="columns")
    claims = claims.assign(
        part=GIVEN,
        row=claims["event_kind"].map(HELP),
        first=claims["first"].clip(lower=_war_begins(corpus)),
        source=claims["code"].map(outlet_names(corpus)),
        theme=SIGNAL,
    )
    return _collect(claims).sort_values(
        ["row", "first", "last"],
        key=lambda cells: cells.map(list(HELP.values()).index) if cells.name == "row" else cells,
        kind="stable",
    )


def _withheld(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims that state outright that no troops were sent, by month.

    Returns:
        A row for each mark, as `_collect` returns them.
    """
    evidence = corpus.evidence.reset_index()
    stating = evidence[
        (evidence["judgement_id"] == STAYED_OUT)
        & (evidence["side"] == "for")
        & (evidence["credibility"] == CONFIRMED)
    ]
    claims = corpus.full_claims().reindex(stating["claim_id"]).dropna(subset="said")
    outlets = claims["code"].map(outlet_names(corpus))
    first = _month(claims["said"])
    sources = outlets.groupby(first).transform(lambda names: join_words(list(names.unique())))
    claims = claims.assign(
        part=WITHHELD,
        row=TROOPS,
        first=first,
        last=first + pd.offsets.MonthEnd(),
        how=DENIED,
        theme="resistance",
        source=sources,
    )
    return _collect(claims).sort_values("first", kind="stable")


def _collect(claims: pd.DataFrame) -> pd.DataFrame:
    """Group claims into marks, by the columns of `MARK`.

    Returns:
        A row for each mark, with the columns of `MARK`, `published` (days) and `claims` (ids).
    """
    claims = claims.rename_axis("claim_id").reset_index()
    marks = claims.groupby(MARK, sort=False, observed=True)
    return marks.agg(
        published=("published", distinct_dates), claims=("claim_id", list)
    ).reset_index()


def _war_begins(corpus: Corpus) -> pd.Timestamp:
    """Return the day of the invasion.

    If the corpus does not have that event, it is the first day of the report's first month.
    """
    starts = corpus.events["start"]
    return starts[INVASION] if INVASION in starts.index else month_starts()[0]


def _month(days: pd.Series) -> pd.Series:
    """Return the first day of the month of each day."""
    return days.dt.to_period("M").dt.to_timestamp()


def _month_names(marks: pd.DataFrame) -> str:
    """Name the months in which some marks begin, each once, in order of time."""
    return join_words([month.month_name() for month in sorted(set(marks["first"]))])


def _alt(
    words: pd.DataFrame,
    given: pd.DataFrame,
    withheld: pd.DataFrame,
    with_texts: set[pd.Timestamp],
) -> str:
    """Write the alternative text of the figure, row by row.

    Args:
        words: The marks of Minsk's words.
        given: The marks of the help that was given.
        withheld: The marks of the troops that were not sent.
        with_texts: The first days of the months in which a source was published.
    """
    said = [
        f"“{row}”, {marks['claims'].map(len).sum()} in {_month_names(marks)}"
        for row, marks in words.groupby("row", sort=False)
    ]
    sources = [
        f"“{row}” by {join_words(list(marks['source'].unique()))}"
        for row, marks in given.groupby("row", sort=False)
    ]
    ongoing = given[given["how"] == ONGOING]
    first = f", the first on {format_day(ongoing['first'].min())}" if len(ongoing) else ""
    texts = join_words([month.month_name() for month in sorted(with_texts)])
    months = month_starts()
    return (
        f"Chart of {format_months(months[0], months[-1])} in three parts. "
        f"Minsk's words: {join_words(said) or 'none'}. "
        f"Given, {count_noun(len(given), 'bar')}: {'; '.join(sources)}. "
        f"{len(ongoing)} of them begin on a day and have no end{first}. "
        f"{TROOPS}: said not to be so in {_month_names(withheld) or 'no month'}. "
        f"Texts appeared in {texts} only."
    )


def _table(marks: pd.DataFrame) -> pd.DataFrame:
    """Return the data of the figure.

    In `first`, marks of a whole month have the name of the month. In `last`, marks of a month or
    without an end have no day.
    """
    monthly = marks["how"].isin(MONTHLY)
    first = [
        format_months(day, day) if whole else day
        for day, whole in zip(marks["first"], monthly, strict=True)
    ]
    last = marks["last"].mask(monthly | (marks["how"] == ONGOING))
    return marks.assign(first=first, last=last)[COLUMNS]
