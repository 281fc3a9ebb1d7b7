"""On whom an institute's sentences rest: whose publications stand in its notes, by month."""

import pandas as pd
from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import large_print, small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.legend import Sample, bar_sample, draw_legend, legend_height
from claimbook.language.words import count_noun, join_words
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from shortofwar.figures import sides

SERIES = ["isw-assessment", "isw-update"]
WHOSE = {  # by the column `whose` of citations.csv
    "ukraine-state": "Ukraine’s state",
    "institute": "ISW’s own earlier work",
    "belarus-independent": "Belarus’s monitors and exiles",
    "belarus-state": "Belarus’s state",
    "russia-state": "Russia’s state and war bloggers",
    "russia-bloggers": "Russia’s state and war bloggers",
    "press": "press",
    "western-state": "others",
    "other": "others",
}
COLOURS = {  # of the house style, in the order of the bars
    "Ukraine’s state": sides.side_colour("ukraine"),
    "ISW’s own earlier work": "outlook",
    "Belarus’s monitors and exiles": "information-operation",
    "Belarus’s state": sides.side_colour("belarus"),
    "Russia’s state and war bloggers": sides.side_colour("russia"),
    "press": sides.OTHER,
    "others": "rule",
}
ROW, BAR = 0.25, 0.72  # inches of a row, and the share of it that its bar takes
LEFT, NUMBERS, EDGE = 0.42, 1.75, 0.08  # inches: names of months, numbers beside the bars, edge
AXIS = 0.24  # inches below the bars
HEAD = 0.34  # inches above the bars for the heads of the columns
NAME = 0.2  # inches above the bar of a marked month for the publisher that leads
LEAST = 0.32  # inches that a part must have to bear its number
REST, FADED = 0.4, 0.25  # opacity of the other parts of a marked month, and of other months
COLUMNS = ["with a note", "without", "not known"]


@traced
def notes_by_month(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw whose publications stand in the notes to an institute's claims, by month.

    A claim with notes to several kinds of publishers counts once for each. A claim of a text of
    whose notes none is at hand is not known, and no claim without a note.

    Returns:
        The figure. Its data have `month`, `whose` (also `without` and `not known`), `number` (of
        claims) and `claims`.
    """
    rows = _rows(corpus)
    table = rows.pivot(index="month", columns="whose", values="number").fillna(0)
    table = table.reindex(columns=[*COLOURS, *COLUMNS], fill_value=0).astype(int)
    first = {(row.month, row.whose): row.claims[0] for row in rows.itertuples()}
    sizes = table[COLUMNS].sum()

    def draw(width: float) -> Drawing:
        return _draw(table, first, width)

    def draw_slide(width: float, height: float) -> Drawing:
        return _draw(table, first, width, height, marks_of(title, rows))

    return Figure(
        name="notes-by-month",
        title=title,
        subtitle=(
            "Whose publications the notes to ISW’s claims on Belarus name, in per cent by month; a "
            "claim counts once for each kind of publisher. "
            f"{sizes['without']:,} claims have no note at their sentence; of "
            f"{sizes['not known']:,} it is not known, as the copy of their text lacks the notes."
        ),
        alt=_describe(table, sizes),
        data=rows,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle="Notes to ISW’s claims on Belarus, by month and publisher, in per cent.",
        basis=(
            f"Drawn from the notes to {sizes['with a note']:,} of "
            f"{count_noun(int(sizes.sum()), 'claim')} by ISW."
        ),
    )


def _rows(corpus: Corpus) -> pd.DataFrame:
    """Collect the claims by month and by whose publications they rest on."""
    claims = corpus.full_claims()
    claims = claims[claims["source_id"].map(corpus.sources["series"]).isin(SERIES)]
    claims = claims.assign(month=claims["published"].dt.to_period("M").dt.to_timestamp())
    claims = claims.rename_axis("claim_id").reset_index()
    notes = corpus.citations.reset_index()[["claim_id", "whose"]]
    notes["whose"] = notes["whose"].astype(str).map(WHOSE)
    notes = notes.drop_duplicates().merge(claims[["claim_id", "month"]], on="claim_id")
    has_notes = claims["claim_id"].isin(notes["claim_id"])
    known = set(claims.loc[has_notes, "source_id"])
    claims["whose"] = "without"
    claims.loc[has_notes, "whose"] = "with a note"
    claims.loc[~claims["source_id"].isin(known), "whose"] = "not known"
    columns = ["claim_id", "month", "whose"]
    both = pd.concat([notes[columns], claims[columns]])
    rows = both.groupby(["month", "whose"])["claim_id"].agg(list).rename("claims").reset_index()
    rows.insert(2, "number", rows["claims"].map(len))
    return rows


def _draw(
    table: pd.DataFrame,
    first: dict[tuple[pd.Timestamp, str], str],
    width: float,
    height: float | None = None,
    marks: tuple[str, ...] = (),
) -> Drawing:
    """Draw a bar for each month, with the numbers of its claims beside it.

    Args:
        table: The numbers by month and kind.
        first: The claim to which the part of a bar links, by month and kind.
        width: The width in inches.
        height: The height in inches to fill; None for as much as is needed.
        marks: The months that the title of a slide speaks of, as `2022-03`; the others are set
            back, and the publishers that lead in these are named.
    """
    key: dict[str, Sample] = {name: bar_sample(colour) for name, colour in COLOURS.items()}
    top = legend_height(key, width) + HEAD
    row, beside = ROW, NUMBERS
    marked = [f"{month:%Y-%m}" in marks for month in table.index]
    if height is not None:
        top, beside = legend_height(key, width), 0.0
        row = (height - top - AXIS - NAME * sum(marked)) / max(len(table), 1)
    body = row * max(len(table), 1) + NAME * sum(marked)
    total = top + body + AXIS
    drawing = Drawing(figsize=(width, total))
    across = width - LEFT - (beside or 2 * EDGE) - EDGE
    axes = drawing.add_axes((LEFT / width, AXIS / total, across / width, body / total))
    axes.set_xlim(0, across)
    axes.set_ylim(body, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([0, across / 2, across], ["0 %", "50 %", "100 %"])
    axes.tick_params(length=3, color=house_style.colour("rule"))
    for index, head in enumerate(("with\na note", "without", "not\nknown") if beside else ()):
        _number(axes, across, index, -0.05, head, va="bottom")
    for index, (month, numbers) in enumerate(table.iterrows()):
        y = row * (index + 0.5) + NAME * sum(marked[: index + 1])
        is_marked = marked[index]
        look = large_print("ink", 0) if is_marked else small_print("muted" if marks else "ink")
        axes.text(-0.08, y, month.month_name()[:3], ha="right", va="center", **look)
        _draw_bar(
            axes,
            numbers[list(COLOURS)],
            (y, row * BAR),
            {name: first.get((month, name), "") for name in COLOURS},
            is_marked if marks else None,
        )
        for column, name in enumerate(COLUMNS if beside else ()):
            _number(axes, across, column, y, f"{numbers[name]:,}", va="center")
    draw_legend(drawing, key)
    return drawing


def _draw_bar(
    axes: Axes,
    numbers: pd.Series,
    at: tuple[float, float],
    links: dict[str, str],
    is_marked: bool | None,
) -> None:
    """Draw the bar of a month, each part with its share if that has room, and a link.

    Args:
        axes: The axes.
        numbers: The numbers by kind.
        at: The middle of the bar, and its height.
        links: The claim to which each part links.
        is_marked: Whether the title of the slide speaks of the month; None for all alike.
    """
    y, high = at
    leader = numbers.idxmax() if is_marked else None
    across = axes.get_xlim()[1]
    start = 0.0
    for name, number in numbers.items():
        long = across * number / max(numbers.sum(), 1)
        if not number:
            continue
        colour = house_style.colour(COLOURS[str(name)])
        alpha = 1 if is_marked is None or name == leader else REST if is_marked else FADED
        (bar,) = axes.barh([y], [long], left=[start], height=high, color=colour, alpha=alpha)
        bar.set_url(f"claim:{links[str(name)]}")
        if long >= LEAST:
            ink = "ink" if COLOURS[str(name)] == "rule" or alpha < 1 else "paper"
            share = f"{100 * number / numbers.sum():.0f}"
            look = large_print(ink, 0) if name == leader else small_print(ink)
            axes.text(start + long / 2, y, share, ha="center", va="center", **look)
        if name == leader:
            words = f"most often: {name}, {100 * number / numbers.sum():.0f} %"
            look = large_print(COLOURS[str(name)], 0)
            axes.text(start, y - high / 2 - 0.03, words, va="bottom", **look)
        start += long


def _number(axes: Axes, across: float, column: int, y: float, text: str, va: str) -> None:
    """Write a number or a head into one of the columns beside the bars."""
    x = across + NUMBERS * (column + 0.95) / len(COLUMNS)
    axes.text(x, y, text, ha="right", va=va, linespacing=1.1, **small_print())


def _describe(table: pd.DataFrame, sizes: pd.Series) -> str:
    """Write the alternative text: the numbers of all months, then who leads in each."""
    whole = table[list(COLOURS)].sum().sort_values(ascending=False)
    parts = [f"{name} {number}" for name, number in whole.items() if number]
    leads = [
        f"{month.month_name()} {numbers[list(COLOURS)].idxmax()}"
        for month, numbers in table.iterrows()
        if numbers[list(COLOURS)].sum()
    ]
    return (
        f"Bars by month: whose publications stand in the notes to {sizes['with a note']} claims of "
        f"ISW’s on Belarus. Over all months: {join_words(parts)}. Most claims rest in "
        f"{join_words(leads)}. Without a note: {sizes['without']} claims; not known: "
        f"{sizes['not known']}."
    )
