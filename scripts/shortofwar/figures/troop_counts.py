"""How many Russian soldiers are said to be in Belarus: each count by speaker and day."""

import pandas as pd
from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.queries import top_by_claims
from claimbook.language.dates import format_day
from claimbook.language.words import count_noun
from claimbook.settings import settings
from matplotlib.figure import Figure as Drawing

from shortofwar.figures.troop_slide import draw_counts_by_day

IN, PART, WITH, TO_COME = "in Belarus", "at one place", "with regions of Russia", "expected there"
COUNTED = {  # the events whose claims count Russian soldiers, and what their numbers are of
    "troops-in-belarus": IN,
    "russian-contingent": IN,
    "hromov-briefing": IN,
    "regional-grouping": TO_COME,
    "naval-infantry-belarus": TO_COME,
    "room-for-20000": TO_COME,
}
BELARUS, SOLDIERS = "belarus", "soldiers"
LOOKS = {IN: (1.0, None), PART: (0.45, None), WITH: (0.0, None), TO_COME: (0.0, "////")}
LIMIT = 24  # counts that one figure can show
LABELS = 2.05  # inches beside the bars on a page, for day and speaker
ROW, LINE = 0.25, 0.17  # inches: a row, and on a phone the line above it
BAR = 0.15  # inches
NUMBER = 1.95  # inches right of the longest bar, for its number and what it counts
COLUMNS = ["day", "speaker", "number", "to", "about", "counts", "said", "claims"]


@traced
def russians_in_belarus(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw each count of Russian soldiers in Belarus as a bar, by its day.

    A count that several texts give with the same speaker, day and number is one bar. Counts of
    other days than those of the report's phases are left out, and the subtitle counts them.

    Returns:
        The figure. Its data have `day` (that the number is of), `speaker`, `number`, `to` (the
        upper number of a range), `about` (the word before it), `counts` (`IN`, `PART`, `WITH` or
        `TO_COME`), `said` and `claims`.
    """
    counts = _counts(corpus)
    phases = settings().phases
    first, last = pd.Timestamp(phases[0].start), pd.Timestamp(phases[-1].end)
    inside = counts["day"].between(first, last)
    chosen, omitted = top_by_claims(counts[inside].reset_index(drop=True), LIMIT)
    outside = int((~inside).sum())
    chosen = chosen.sort_values(["day", "number"], kind="stable")

    data = chosen[COLUMNS].reset_index(drop=True)
    looks = {IN: "o", PART: "o", WITH: "s", TO_COME: "D"}

    def draw(width: float) -> Drawing:
        return _draw(chosen, width)

    def draw_slide(width: float, height: float) -> Drawing:
        most = (IN, TO_COME)
        words = [_number(row) for _, row in chosen.iterrows()]
        return draw_counts_by_day(
            chosen.assign(words=words), looks, most, marks_of(title, data), (width, height)
        )

    said_of = "of another time" if outside == 1 else "of other times"
    return Figure(
        name="russians-in-belarus",
        title=title,
        subtitle=(
            "Numbers of Russian soldiers, each at the day for which it was given or, failing that, "
            "on which it was said. Units, vehicles and words without a number are not counted."
            + f" Left out: {count_noun(outside, 'count')} {said_of}." * bool(outside)
            + omitted
        ),
        alt=_alt(chosen) + omitted,
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle="Each mark is one count of Russian soldiers, with its speaker, at its day.",
    )


def _counts(corpus: Corpus) -> pd.DataFrame:
    """Collect the counts with their day, speaker and what they count."""
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    is_count = (
        claims["event_id"].isin(list(COUNTED))
        & claims["quantity"].notna()
        & (claims["unit"] == SOLDIERS)
        & (claims["kind"] == "event")
    )
    counts = claims[is_count].copy()
    counts["day"] = counts["event_end"].fillna(counts["event_start"]).fillna(counts["said"])
    counts["counts"] = [
        _what(event, places)
        for event, places in zip(counts["event_id"], counts["places"], strict=True)
    ]
    counts["short"] = counts["origin"].map(corpus.actors["short"])
    counts = counts.rename(
        columns={"quantity": "number", "quantity_to": "to", "quantity_word": "about"}
    )
    counts["about"] = counts["about"].astype(object).fillna("")
    same = ["day", "speaker", "short", "number", "to", "about", "counts"]
    return (
        counts.groupby(same, dropna=False, observed=True)
        .agg(said=("said", "min"), claims=("claim_id", list))
        .reset_index()
    )


def _what(event: str, places: list[str]) -> str:
    """Return what a count is of, by its event and the places that it names."""
    if COUNTED[event] == IN and places != [BELARUS]:
        return WITH if BELARUS in places else PART
    return COUNTED[event]


def _number(count: pd.Series) -> str:
    """Write a number with the word before it, as in `about 3,200`."""
    upper = "" if pd.isna(count["to"]) else f" to {count['to']:,.0f}"
    return f"{count['about']} {count['number']:,.0f}{upper}".strip()


def _alt(counts: pd.DataFrame) -> str:
    """Write the alternative text: every count with its day and speaker."""
    told = [
        f"{format_day(row['day'])}, {row['speaker']}: {_number(row)} {row['counts']}"
        for _, row in counts.iterrows()
    ]
    return (
        f"Bars of {count_noun(len(counts), 'count')} of Russian soldiers by "
        f"{count_noun(counts['speaker'].nunique(), 'speaker')}. {'; '.join(told) or 'None'}."
    )


def _draw(counts: pd.DataFrame, width: float) -> Drawing:
    """Draw the counts as horizontal bars, in the order of their days."""
    wide = width >= house_style.WIDE
    row, left = (ROW, LABELS) if wide else (ROW + LINE, 0.06)
    kinds = [kind for kind in LOOKS if kind in set(counts["counts"])]
    key = {kind: _sample(kind) for kind in kinds}
    top = legend.legend_height(key, width) + 0.06
    height = top + row * max(len(counts), 1) + 0.06
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    highest = float(counts["to"].fillna(counts["number"]).max()) if len(counts) else 1.0
    scale = (width - left - NUMBER) / highest
    colour = house_style.colour("military-signal")
    month, as_of = None, as_of_mark(counts["day"])
    for index, (_, count) in enumerate(counts.iterrows()):
        y = height - top - row * (index + 0.5) - (0 if wide else LINE / 2)
        alpha, hatch = LOOKS[count["counts"]]
        length = float(count["number"]) * scale
        bar = axes.barh(
            y,
            length,
            BAR,
            left,
            facecolor=(colour, alpha) if alpha else house_style.colour("paper"),
            edgecolor=colour,
            linewidth=1,
            hatch=hatch,
        )
        bar.patches[0].set_url(f"claim:{count['claims'][0]}")
        label_y = y if wide else y + BAR / 2 + LINE / 2 + 0.01
        day = f"{count['day'].day} {count['day'].month_name()[:3]}"
        axes.text(0.06, label_y, f"{day}  {count['short']}", va="center", **small_print("ink"))
        words = f"{_number(count)} {count['counts']}"
        axes.text(left + length + 0.06, y, words, va="center", **small_print("ink"))
        edge = height - top - row * index
        if month is not None and month != count["day"].month:
            rule = house_style.colour("rule")
            axes.plot([0.06, width - 0.06], [edge, edge], color=rule, linewidth=0.5)
        if as_of and count["day"] > as_of[0][0]:
            ((_, words),) = as_of
            axes.axhline(edge, color=house_style.colour("muted"), linewidth=0.8, ls=(0, (3, 3)))
            options = {"ha": "right", "va": "bottom", **small_print()}
            axes.text(width - 0.06, edge + 0.02, f"↑ {words}", **options)
            as_of = []
        month = count["day"].month
    legend.draw_legend(drawing, key)
    return drawing


def _sample(kind: str) -> legend.Sample:
    """Return a legend's sample of a kind of count."""
    alpha, hatch = LOOKS[kind]
    theme = "military-signal"
    if alpha:
        return legend.bar_sample(theme, alpha)
    return legend.bar_sample("paper", edge=theme, hatch=hatch)
