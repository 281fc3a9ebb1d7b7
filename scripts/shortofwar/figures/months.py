"""Month by month: what Minsk said, what Belarus gave to Russia's war, and what it kept back."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.origins import institution
from shortofwar.corpus.tables import Corpus
from shortofwar.figures import style
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import events, listed

MONTHS = list(pd.date_range("2022-02-01", "2022-12-01", freq="MS"))
MINSK = {"belarus-government", "lukashenko"}  # institutions whose words are the state's
SAID, GAVE, KEPT = "What Minsk said", "What Belarus gave", "What it kept back"
THREATENS, DENIES, ANNOUNCES = "Speaks of a threat", "Denies, or promises defence alone", "Announces moves or arms"
WORDS = {THREATENS: "information-operation", DENIES: "resistance", ANNOUNCES: "pressure"}  # and the theme whose colour each has
GIVEN = {"basing": "Room for Russian troops", "flight": "Its sky", "attack": "Soil for strikes on Ukraine", "supply": "Arms, tanks and supplies"}
TROOPS = "Troops sent into Ukraine"
STAYED_OUT, CONFIRMED = "army-stayed-out", 1  # the judgement, and the credibility of the claims that state it
ROW = 0.27  # inches
HEAD = 0.3


def words_and_substitutes(corpus: Corpus, title: str) -> Figure:
    """Claims of Minsk's own words by the month in which they were said, above what was given by the months of its events.

    Events that the sources date only vaguely cover every month in which they can lie, and are drawn pale. The last row is of the
    claims that the army stayed out: a cross where it was said, no mark where troops would stand.
    """
    cells = pd.concat([_said(corpus), _given(corpus), _kept(corpus)], ignore_index=True)
    spoken = cells[cells["part"] == SAID]
    given = cells[cells["part"] == GAVE]
    always = [row for row, months in given.groupby("row", sort=False)["month"].nunique().items() if months == len(MONTHS)]
    alt = (
        f"Grid of {len(MONTHS)} months, February to December 2022, in three parts. Minsk's words: "
        + listed([f'“{row}” in {listed(_months(group))}' for row, group in spoken.groupby("row", sort=False)])
        + f". Given in every month: {listed([f'“{row}”' for row in always]) or 'nothing'}. "
        f"Troops sent into Ukraine: none in any month, said in {listed(_months(cells[cells['part'] == KEPT])) or 'no month'}."
    )

    def draw(width: float) -> Drawing:
        return _draw(cells, width)

    return Figure(
        name="words-and-substitutes",
        title=title,
        subtitle=(
            "Words: claims by the month in which they were said. Things given: claims on events of that month; pale: at some time "
            "in these months. A cross: said not to be so. Four of the five texts are of December."
        ),
        alt=alt,
        data=_table(cells),
        made_by="figures.months.words_and_substitutes from claims.csv, events.csv and actors.csv",
        draw=draw,
    )


def _said(corpus: Corpus) -> pd.DataFrame:
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    official = [institution(corpus.actors, origin) in MINSK for origin in claims["origin"]]
    claims = claims[pd.Series(official, index=claims.index) & (claims["theme"] != "context")].copy()
    claims["row"] = ANNOUNCES
    claims.loc[claims["theme"].eq("information-operation"), "row"] = THREATENS
    claims.loc[claims["kind"].eq("denial") | claims["theme"].eq("resistance"), "row"] = DENIES
    claims = claims.assign(month=_month(claims["said"])).sort_values("row", key=lambda rows: rows.map(list(WORDS).index), kind="stable")
    grouped = claims.groupby(["row", "month"], sort=False)["claim_id"].agg(list).rename("claims").reset_index()
    return grouped.assign(part=SAID, theme=grouped["row"].map(WORDS), how="certain")


def _given(corpus: Corpus) -> pd.DataFrame:
    rows = []
    chosen = events(corpus, ["military-signal"])
    for kind, name in GIVEN.items():
        for month in MONTHS:
            last = month + pd.offsets.MonthEnd()
            here = chosen[(chosen["kind"] == kind) & (chosen["earliest"] <= last) & (chosen["latest"] >= month)]
            sure = here[(here["precision"] != "vague") & (here["start"] <= last)]
            if len(here):
                claims = sorted({claim for known in (sure if len(sure) else here)["claims"] for claim in known})
                rows.append((GAVE, name, month, "certain" if len(sure) else "uncertain", "military-signal", claims))
    return pd.DataFrame(rows, columns=["part", "row", "month", "how", "theme", "claims"])


def _kept(corpus: Corpus) -> pd.DataFrame:
    """The claims that no Belarusian troops went in (those that state it outright), by the month in which they were said."""
    evidence = corpus.evidence.reset_index()
    stating = evidence[(evidence["judgement_id"] == STAYED_OUT) & (evidence["side"] == "for") & (evidence["credibility"] == CONFIRMED)]
    claims = corpus.full_claims().reindex(stating["claim_id"]).dropna(subset="said")
    rows = [(KEPT, TROOPS, when, "denied", "resistance", list(known.index)) for when, known in claims.groupby(_month(claims["said"]))]
    return pd.DataFrame(rows, columns=["part", "row", "month", "how", "theme", "claims"])


def _month(days: pd.Series) -> pd.Series:
    """The first day of the month of each day."""
    return days.dt.to_period("M").dt.to_timestamp()


def _months(cells: pd.DataFrame) -> list[str]:
    """The months of some cells by name."""
    return [when.month_name() for when in sorted(set(cells["month"]))]


def _table(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells as a reader sees them: the month by name."""
    named = cells.assign(month=[f"{when.month_name()} {when.year}" for when in cells["month"]])
    return named[["part", "row", "month", "how", "claims"]]


def _draw(cells: pd.DataFrame, width: float) -> Drawing:
    beside = width >= style.WIDE
    rows = list(dict.fromkeys(zip(cells["part"], cells["row"], strict=True)))
    parts = list(dict.fromkeys(part for part, _ in rows))
    label = 0.0 if beside else style.LINE
    body = sum(ROW + label for _ in rows) + HEAD * len(parts)
    bottom, left = 0.26, 2.2 if beside else 0.05
    height = body + bottom
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((left / width, bottom / height, 1 - (left + 0.08) / width, body / height))
    axes.set(xlim=(-0.5, len(MONTHS) - 0.5), ylim=(body, 0))
    names = [when.month_name()[:3] for when in MONTHS]
    axes.set_xticks(range(len(MONTHS)), names if beside else [name if i % 2 == 0 else "" for i, name in enumerate(names)])
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    for month in range(len(MONTHS) + 1):
        axes.axvline(month - 0.5, color=style.colour("rule"), linewidth=0.4, zorder=0)
    at, part = 0.0, ""
    for here, name in rows:
        if here != part:
            axes.axhline(at + 0.04, color=style.colour("rule"), linewidth=0.6, xmin=-2, clip_on=False)
            _label(axes, left, at + 0.6 * HEAD, here, weight="bold")
            at, part = at + HEAD, here
        _label(axes, left - 0.12 if beside else left, at + (ROW / 2 if beside else label / 2), name)
        for cell in cells[(cells["part"] == here) & (cells["row"] == name)].itertuples():
            _cell(axes, MONTHS.index(cell.month), at + label + ROW / 2, cell)
        at += ROW + label
    return drawing


def _label(axes: Axes, left: float, y: float, text: str, **settings: str) -> None:
    """Write at the left edge of the canvas, or within it where the grid begins there."""
    axes.annotate(text, (0, y), (-72 * left + 3, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center", **settings)


def _cell(axes: Axes, month: int, y: float, cell: Any) -> None:
    colour = style.colour(cell.theme)
    if cell.how == "denied":
        axes.scatter([month], [y], s=40, marker="x", color=colour, linewidths=1.6, zorder=3).set_urls([f"claim:{cell.claims[0]}"])
    else:
        certain = cell.how == "certain"
        (box,) = axes.barh(
            [y], [0.92], height=ROW * 0.72, left=[month - 0.46], color=colour, alpha=1 if certain else 0.3, linewidth=0, zorder=2
        )
        box.set_url(f"claim:{cell.claims[0]}")
        if certain:
            axes.text(month, y, str(len(cell.claims)), ha="center", va="center", color=style.colour("paper"), fontsize=style.SMALL, weight="bold", zorder=3)
