"""Month by month: what Minsk said, what Belarus gave to Russia's war, and what it kept back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from claimbook.analysis.provenance import root_institution
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style
from claimbook.figures.figure import Figure
from claimbook.figures.queries import (
    count_noun,
    dates_happened,
    join_words,
    outlet_names,
    top_by_claims,
)
from claimbook.language.claim_text import format_day
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

MONTHS = list(pd.date_range("2022-02-01", "2022-12-01", freq="MS"))
FIRST, LAST = pd.Timestamp("2022-02-24"), pd.Timestamp("2022-12-31")
MINSK = {"belarus-government", "lukashenko"}  # institutions whose words are the state's
SAID, GAVE, KEPT = "What Minsk said", "What Belarus gave", "What it kept back"
THREATENS, DENIES, ANNOUNCES = (
    "Speaks of a threat",
    "Denies, or promises defence alone",
    "Announces moves or arms",
)
WORDS = {
    THREATENS: "information-operation",
    DENIES: "resistance",
    ANNOUNCES: "pressure",
}  # and the theme whose colour each has
GIVEN = {
    "basing": "Room for Russian troops",
    "flight": "Its sky",
    "attack": "Soil for strikes on Ukraine",
    "supply": "Arms, tanks and supplies",
}
TROOPS = "Troops sent into Ukraine"
STAYED_OUT, CONFIRMED = (
    "army-stayed-out",
    1,
)  # the judgement, and the credibility of the claims that state it
CERTAIN, ONGOING, VAGUE, COUNTED, DENIED = (
    "on these days",
    "from this day on",
    "some time in these days",
    "said in this month",
    "said not to be so",
)
EMPTY = {
    True: "no text of these months",
    False: "no text of\nthese months",
}  # on a page, and on a phone
LINES = 18  # bars that one figure can name
LINE = 0.2  # inches from one bar to the next
HEAD = 0.3  # inches for the heading of a part
LETTER = 0.06  # inches that a letter takes at the small size
COLUMNS = ["part", "row", "first", "last", "how", "theme", "source", "claims"]


@dataclass(frozen=True)
class _Ground:
    """What all rows are drawn upon: inches to the left of the axis, and inches that a day takes on it."""

    left: float
    scale: float


def words_and_substitutes(corpus: Corpus, title: str) -> Figure:
    """Minsk's own words by the month in which they were said, above what Belarus gave: a bar for each source that says so and its days.

    What a text has without days can lie anywhere up to the text's own day, and is drawn pale. The last row is of the claims that
    the army stayed out: a cross in the month in which it was said.
    """
    given, left = top_by_claims(_given(corpus), LINES)
    marks = pd.concat([_said(corpus), given, _kept(corpus)], ignore_index=True)
    appeared = sorted(set(_month(corpus.sources["published"])))
    spoken, kept = marks[marks["part"] == SAID], marks[marks["part"] == KEPT]
    going = given[given["how"] == ONGOING]
    alt = (
        "Chart of February to December 2022 in three parts. Minsk's words: "
        + (
            join_words(
                [
                    f"“{row}”, {same['claims'].map(len).sum()} in {_when(same)}"
                    for row, same in spoken.groupby("row", sort=False)
                ]
            )
            or "none"
        )
        + f". Given, {count_noun(len(given), 'bar')}: "
        + "; ".join(
            f"“{row}” by {join_words(list(dict.fromkeys(same['source'])))}"
            for row, same in given.groupby("row", sort=False)
        )
        + f". {len(going)} of them begin on a day and have no end"
        + (f", the first on {format_day(going['first'].min())}" if len(going) else "")
        + f". {TROOPS}: said not to be so in {_when(kept) or 'no month'}. Texts appeared in {join_words([when.month_name() for when in appeared])} only.{left}"
    )

    def draw(width: float) -> Drawing:
        return _draw(marks, appeared, width)

    return Figure(
        name="words-and-substitutes",
        title=title,
        subtitle=(
            "Words: the number of claims by the month in which they were said. Things given: a bar for each source and its days; what goes on is "
            f"drawn up to the day of the text that says so.{left}"
        ),
        alt=alt,
        data=_table(marks),
        made_by="figures.months.words_and_substitutes from claims.csv, events.csv and actors.csv",
        draw=draw,
    )


def _said(corpus: Corpus) -> pd.DataFrame:
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    official = [root_institution(corpus.actors, origin) in MINSK for origin in claims["origin"]]
    claims = claims[pd.Series(official, index=claims.index) & (claims["theme"] != "context")].copy()
    claims["row"] = ANNOUNCES
    claims.loc[claims["theme"].eq("information-operation"), "row"] = THREATENS
    claims.loc[claims["kind"].eq("denial") | claims["theme"].eq("resistance"), "row"] = DENIES
    claims = claims.assign(first=_month(claims["said"])).sort_values(
        "row", key=lambda rows: rows.map(list(WORDS).index), kind="stable"
    )
    grouped = (
        claims.groupby(["row", "first"], sort=False)["claim_id"]
        .agg(list)
        .rename("claims")
        .reset_index()
    )
    return grouped.assign(
        part=SAID,
        theme=grouped["row"].map(WORDS),
        how=COUNTED,
        last=grouped["first"] + pd.offsets.MonthEnd(),
        source="",
    )[COLUMNS]


def _given(corpus: Corpus) -> pd.DataFrame:
    """A row for each thing given, source and days: what claims on military signals, denials apart, say of the events of some kinds."""
    claims = (
        corpus.full_claims()
        .join(dates_happened(corpus))
        .join(corpus.sources["published_latest"], on="source_id")
    )
    claims = claims.join(
        corpus.events[["kind", "earliest", "latest"]].rename(columns={"kind": "sort"}),
        on="event_id",
    )
    claims = claims[
        (claims["theme"] == "military-signal")
        & (claims["kind"] != "denial")
        & claims["sort"].isin(list(GIVEN))
    ]
    rows, named = [], outlet_names(corpus)
    for name, claim in claims.iterrows():
        first, last, how = claim["first"], claim["last"], CERTAIN
        if pd.isna(first):
            first, last, how = (
                claim["earliest"],
                min(claim["latest"], claim["published_latest"]),
                VAGUE,
            )
        elif pd.isna(last):
            last, how = claim["published"], ONGOING
        rows.append(
            (
                GAVE,
                GIVEN[claim["sort"]],
                max(first, FIRST),
                last,
                how,
                "military-signal",
                named[claim["code"]],
                str(name),
            )
        )
    told = pd.DataFrame(rows, columns=COLUMNS)
    grouped = told.groupby(COLUMNS[:-1], sort=False)["claims"].agg(list).reset_index()
    order = {name: place for place, name in enumerate(GIVEN.values())}
    return grouped.sort_values(
        ["row", "first", "last"],
        key=lambda cells: cells.map(order) if cells.name == "row" else cells,
        kind="stable",
    )


def _kept(corpus: Corpus) -> pd.DataFrame:
    """The claims that no Belarusian troops went in (those that state it outright), by the month in which they were said."""
    evidence = corpus.evidence.reset_index()
    stating = evidence[
        (evidence["judgement_id"] == STAYED_OUT)
        & (evidence["side"] == "for")
        & (evidence["credibility"] == CONFIRMED)
    ]
    claims = corpus.full_claims().reindex(stating["claim_id"]).dropna(subset="said")
    named = outlet_names(corpus)
    rows = [
        (
            KEPT,
            TROOPS,
            when,
            when + pd.offsets.MonthEnd(),
            DENIED,
            "resistance",
            join_words(list(dict.fromkeys(named[known["code"]]))),
            list(known.index),
        )
        for when, known in claims.groupby(_month(claims["said"]))
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _month(days: pd.Series) -> pd.Series:
    """The first day of the month of each day."""
    return days.dt.to_period("M").dt.to_timestamp()


def _when(marks: pd.DataFrame) -> str:
    """The months of some marks by name."""
    return join_words([when.month_name() for when in sorted(set(marks["first"]))])


def _table(marks: pd.DataFrame) -> pd.DataFrame:
    """The marks as a reader sees them: months by name, and no end where the text gives none."""
    monthly = marks["how"].isin([COUNTED, DENIED])
    first = [
        f"{when.month_name()} {when.year}" if whole else format_day(when)
        for when, whole in zip(marks["first"], monthly, strict=True)
    ]
    last = [
        "" if whole or how == ONGOING else format_day(when)
        for when, whole, how in zip(marks["last"], monthly, marks["how"], strict=True)
    ]
    return marks.assign(first=first, last=last)[
        ["part", "row", "first", "last", "how", "source", "claims"]
    ]


def _rows(marks: pd.DataFrame, label: float) -> Iterator[tuple[str, str, pd.DataFrame, float]]:
    """The rows from top to bottom: part, name, marks, and the inches that they need."""
    for (part, name), same in marks.groupby(["part", "row"], sort=False):
        yield part, name, same, label + LINE * (len(same) if part == GAVE else 1) + 0.07


def _draw(marks: pd.DataFrame, appeared: list[pd.Timestamp], width: float) -> Drawing:
    beside = width >= style.WIDE
    label = 0.0 if beside else style.LINE
    rows = list(_rows(marks, label))
    body = sum(tall for *_, tall in rows) + HEAD * marks["part"].nunique()
    key = _key()
    top, bottom, left = 0.34 + legend.legend_height(key, width), 0.26, 2.3 if beside else 0.05
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes(
        (left / width, bottom / height, 1 - (left + 0.08) / width, body / height)
    )
    days = (LAST - MONTHS[0]).days + 1
    axes.set(xlim=(0, days), ylim=(body, 0))
    ground = _Ground(left, (width - left - 0.08) / days)
    _months(axes, appeared, beside)
    at, part = 0.0, ""
    for here, name, same, tall in rows:
        if here != part:
            axes.axhline(
                at + 0.04, color=style.colour("rule"), linewidth=0.6, xmin=-2, clip_on=False
            )
            _label(axes, left, at + 0.6 * HEAD, here, weight="bold")
            at, part = at + HEAD, here
        _label(
            axes, left - 0.12 if beside else left, at + (LINE / 2 if beside else label / 2), name
        )
        for place, mark in enumerate(same.itertuples()):
            _mark(axes, ground, at + label + LINE * ((place if here == GAVE else 0) + 0.5), mark)
        at += tall
    legend.draw_legend(drawing, key)
    return drawing


def _months(axes: Axes, appeared: list[pd.Timestamp], beside: bool) -> None:
    """Name the months, and shade those in which no text appeared."""
    starts = [_day(month) for month in MONTHS]
    ends = [*starts[1:], axes.get_xlim()[1]]
    axes.set_xticks(
        [(start + end) / 2 for start, end in zip(starts, ends, strict=True)],
        [
            month.month_name()[:3] if beside or place % 2 == 0 else ""
            for place, month in enumerate(MONTHS)
        ],
    )
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    for month, start, end in zip(MONTHS, starts, ends, strict=True):
        axes.axvline(start, color=style.colour("rule"), linewidth=0.4, zorder=0.5)
        if month not in appeared:
            axes.axvspan(start, end, color=style.colour("band"), linewidth=0, zorder=0)
    for first, last in _runs([month not in appeared for month in MONTHS]):
        middle = (starts[first] + ends[last]) / 2
        axes.annotate(
            EMPTY[beside],
            (middle, 0),
            (0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=style.SMALL,
            color=style.colour("muted"),
            linespacing=1.1,
        )


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """The first and the last place of each run of true ones."""
    places = [place for place, flag in enumerate(flags) if flag]
    firsts = [place for place in places if place - 1 not in places]
    return list(zip(firsts, [place for place in places if place + 1 not in places], strict=True))


def _day(when: pd.Timestamp) -> int:
    """A day as its number on the axis."""
    return (when - MONTHS[0]).days


def _label(axes: Axes, left: float, y: float, text: str, **options: str) -> None:
    """Write at the left edge of the canvas, or within it where the grid begins there."""
    axes.annotate(
        text,
        (0, y),
        (-72 * left + 3, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center",
        **options,
    )


def _mark(axes: Axes, ground: _Ground, y: float, mark: Any) -> None:
    colour, start, end = (
        style.colour(mark.theme),
        _day(mark.first),
        min(_day(mark.last) + 1, axes.get_xlim()[1]),
    )
    small = {"va": "center", "fontsize": style.SMALL}
    if mark.how == DENIED:
        axes.scatter(
            [(start + end) / 2],
            [y],
            s=40,
            marker="x",
            color=style.colour("ink"),
            linewidths=1.8,
            zorder=3,
        ).set_urls([f"claim:{mark.claims[0]}"])
        return
    (box,) = axes.barh(
        [y],
        [end - start],
        height=LINE * 0.8,
        left=[start],
        color=colour,
        alpha=0.3 if mark.how == VAGUE else 1,
        linewidth=0,
        zorder=2,
    )
    box.set_url(f"claim:{mark.claims[0]}")
    if mark.how == COUNTED:
        axes.text(
            (start + end) / 2,
            y,
            str(len(mark.claims)),
            ha="center",
            color=style.colour("paper"),
            weight="bold",
            zorder=3,
            **small,
        )
        return
    if mark.how == ONGOING:
        axes.scatter([end], [y], s=60, marker=">", color=colour, linewidths=0, zorder=2)
    words = mark.source + (f" ({len(mark.claims)})" if len(mark.claims) > 1 else "")
    need = LETTER * len(words) / ground.scale + 3
    inside = end - start > need
    right = end + need < axes.get_xlim()[1]
    axes.text(
        start + 2.5
        if inside or not right and start < need
        else end + 2.5
        if right
        else start - 2.5,
        y,
        words,
        ha="left" if inside or right else "right",
        color=style.colour("paper" if inside and mark.how != VAGUE else "ink"),
        zorder=3,
        **small,
    )


def _key() -> dict[str, legend.Sample]:
    return {
        CERTAIN: legend.bar_sample(),
        ONGOING: legend.arrow_sample(),
        VAGUE: legend.bar_sample(alpha=0.3),
        DENIED: legend.dot_sample("x", colour="ink"),
    }
