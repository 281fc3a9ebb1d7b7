"""What Belarus gave to Russia's war and what it kept, by month and by who says so."""

import pandas as pd
from claimbook import house_style
from claimbook.corpus.model import NEGATIVE_KINDS, Corpus
from claimbook.figures import legend
from claimbook.figures.canvas import inch_canvas, small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.queries import said_days
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.figures import sides
from shortofwar.figures.given_slide import draw_shares
from shortofwar.figures.things_given import ARMY, GIVEN, KEPT, THINGS, thing_of_event

RESISTANCE = "resistance"
MINSK, KYIV, OTHERS = "Minsk or Moscow", "Kyiv", "others"
SIDES = {"belarus": MINSK, "russia": MINSK, "ukraine": KYIV}
NOT_THE_STATE = {  # Belarusians who do not speak for Minsk
    "astapenia",
    "belarus-lieutenant-colonel",
    "belarus-officers",
    "belarus-opposition",
    "belarusian-sources",
    "railway-workers",
    "sakhashchik",
}
TONES = {
    MINSK: sides.side_colour("russia"),
    KYIV: sides.side_colour("ukraine"),
    OTHERS: sides.OTHER,
}
LABELS = 1.85  # inches beside the months on a page
ROW, LINE, HEADING = 0.34, 0.17, 0.28  # inches: a row, on a phone its label, and a heading
PER_CLAIM, MOST = 13, 150  # square points of a mark
COLUMNS = ["part", "row", "month", "said_by", "number", "claims"]


@traced
def given_and_kept(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw the claims on help given and the army at home, by month and speaker.

    A claim is of the month in which it was said. Denials and absences of help are no help, and are
    left out with a count, as are claims said outside the months of the report's phases.

    Returns:
        The figure. Its data have `part` (`GIVEN` or `KEPT`), `row`, `month`, `said_by` (`MINSK`,
        `KYIV` or `OTHERS`), `number` and `claims`.
    """
    claims, denied = _claims(corpus)
    months = _months()
    inside = claims["month"].isin(months)
    data = (
        claims[inside]
        .groupby(["part", "row", "month", "said_by"], sort=False)["claim_id"]
        .agg(lambda ids: sorted(ids))
        .rename("claims")
        .reset_index()
    )
    data["number"] = data["claims"].map(len)
    rows = [*THINGS, ARMY]
    data = data.sort_values(
        ["row", "month"], key=lambda c: c.map(rows.index) if c.name == "row" else c
    )

    table = data.assign(month=data["month"].astype(str))[COLUMNS].reset_index(drop=True)

    def draw(width: float) -> Drawing:
        return _draw(data, months, width)

    def draw_slide(width: float, height: float) -> Drawing:
        return draw_shares(table, TONES, MINSK, width, height)

    undated = int(claims["month"].isna().sum())
    outside = int((~inside).sum()) - undated
    left_out = [
        f"{count_noun(denied, 'claim')} that deny something, or say that it is not known",
        f"{count_noun(outside, 'claim')} said after these months",
        *[f"{count_noun(undated, 'claim')} said on an unknown day"] * bool(undated),
    ]
    return Figure(
        name="given-and-kept",
        title=title,
        subtitle=(
            "Claims by the month in which they were said; the mark grows with their number. "
            "“Given” holds reports and judgements of help, “kept” denials of entry and statements "
            "that the army stays out. “Others” include Belarusians who do not speak for the state. "
            f"Left out: {join_words(left_out)}."
        ),
        alt=_alt(data),
        data=table,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "Who says so? Claims on help for Russia’s war and on the army at home; in red, Minsk’s "
            "or Moscow’s."
        ),
    )


def _months() -> pd.PeriodIndex:
    """Return the months of the war among those of the report's phases."""
    phases = settings().phases
    return pd.period_range(phases[1].start, phases[-1].end, freq="M")


def _claims(corpus: Corpus) -> tuple[pd.DataFrame, int]:
    """Collect the claims with their part, row, month and speaker.

    Returns:
        The claims, and the number of denials and absences of help.
    """
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    claims["month"] = claims["claim_id"].map(said_days(corpus)).dt.to_period("M")
    of_state = claims["side"].astype(object).where(~claims["origin"].isin(NOT_THE_STATE))
    claims["said_by"] = of_state.map(SIDES).fillna(OTHERS)
    claims["row"] = claims["event_id"].map(thing_of_event())
    is_negative = claims["kind"].isin(NEGATIVE_KINDS)
    given = claims[claims["row"].notna() & ~is_negative].assign(part=GIVEN)
    on_entry = claims["on"].isin(["entry", "both"]) & claims["row"].isna()
    stays = (claims["theme"] == RESISTANCE) & (claims["bearing"] == "lowers")
    told = claims["kind"].isin(["statement", "event"])
    kept = claims[on_entry & (is_negative | (stays & told))].assign(part=KEPT, row=ARMY)
    denied = int((claims["row"].notna() & is_negative).sum())
    return pd.concat([given, kept], ignore_index=True), denied


def _alt(data: pd.DataFrame) -> str:
    """Write the alternative text: for each row its claims, months and speakers."""
    rows = []
    for row, group in data.groupby("row", sort=False):
        by = group.groupby("said_by")["number"].sum()
        speakers = ", ".join(f"{name} {by[name]}" for name in TONES if name in by)
        first, last = group["month"].min(), group["month"].max()
        span = f"{first:%B}" if first == last else f"{first:%B} to {last:%B}"
        rows.append(f"{row}, {group['number'].sum()} ({speakers}), {span}")
    return f"Marks by month in rows, with claims by speaker. {'; '.join(rows) or 'None'}."


def _draw(data: pd.DataFrame, months: pd.PeriodIndex, width: float) -> Drawing:
    """Draw the rows on the axis of months.

    Args:
        data: The data of the figure.
        months: The months of the axis.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    row, left = (ROW, LABELS) if wide else (ROW + LINE, 0.06)
    key = {f"said by {name}": legend.dot_sample("o", colour=tone) for name, tone in TONES.items()}
    top = legend.legend_height(key, width) + 0.04
    parts = {GIVEN: list(THINGS), KEPT: [ARMY]}
    body = sum(HEADING + row * len(rows) for rows in parts.values())
    height = top + body + 0.26
    drawing, axes = inch_canvas(width, height)
    cell = (width - left - 0.08) / len(months)
    rule = house_style.colour("rule")
    for index, month in enumerate(months):
        x = left + cell * index
        axes.plot([x, x], [top, top + body], color=rule, linewidth=0.4, zorder=0.5)
        if wide or index % 2 == 0:
            name, y = month.strftime("%b"), top + body + 0.05
            axes.text(x + cell / 2, y, name, ha="center", va="top", **small_print())
    y = top
    for part, rows in parts.items():
        axes.text(0.06, y + HEADING / 2, part, va="center", weight="bold")
        y += HEADING
        for name in rows:
            axes.plot([0.06, width - 0.08], [y, y], color=rule, linewidth=0.5, zorder=0.5)
            middle = y + row - ROW / 2
            label_y = middle if wide else y + LINE / 2 + 0.02
            axes.text(0.06, label_y, name, va="center", **small_print("ink"))
            of_row = data[data["row"] == name]
            for mark in of_row.itertuples():
                _draw_mark(axes, mark.claims, mark.said_by, middle, left, cell, months, mark.month)
            y += row
    legend.draw_legend(drawing, key)
    return drawing


def _draw_mark(
    axes: Axes,
    claims: list[str],
    said_by: str,
    y: float,
    left: float,
    cell: float,
    months: pd.PeriodIndex,
    month: pd.Period,
) -> None:
    """Draw the mark of a speaker in a month, with a link to its first claim."""
    place = (list(TONES).index(said_by) + 0.5) / len(TONES)
    x = left + cell * (list(months).index(month) + place)
    dot = axes.scatter(
        [x],
        [y],
        s=min(PER_CLAIM * len(claims), MOST),
        color=house_style.colour(TONES[said_by]),
        alpha=0.85,
        linewidths=0,
        zorder=2,
    )
    dot.set_urls([f"claim:{claims[0]}"])
