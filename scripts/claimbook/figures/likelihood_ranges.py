"""A ladder of likelihood: judgements of one event as ranges of probability, in order of time."""

import textwrap
from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.analysis.estimates import dated_judgements, is_about
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.no_data import require_rows
from claimbook.language.dates import format_day
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings

LIMIT = 26  # judgements that one figure can show
LABEL_WIDTH = 2.35  # inches for the words of a judgement and its speaker beside the axis
STEP = 0.4  # inches from bar to bar
MAX_NAMED = 4  # judgements without a range that the subtitle names
HAPPENED = "judged to have happened"  # a value of `sort`
TICKS = range(0, 101, 20)  # per cent
COLUMNS = ["date", "name", "wording", "sort", "low", "high", "inside", "address", "claims"]


@traced
def judgements_on(
    corpus: Corpus,
    event: str,
    title: str | Finding,
    later: bool = False,
    name: str = "",
    scale: str = "",
    beside: Collection[str] = (),
) -> Figure:
    """Draw the likelihood ranges that were judged for one event, in order of time.

    The judgements are from the reports, from the record and from outside the corpus. At most
    `LIMIT` are drawn, those of the reports first. Judgements whose words have no range are not
    drawn, but are in the data, and the subtitle names the first few.

    Args:
        corpus: The corpus.
        event: The event, as the table of forecasts names it.
        title: The title of the figure.
        later: True to include judgements made after the as-of day of the report.
        name: The id of the figure; by default it is made from the event.
        scale: A sentence for the subtitle on how words are read as ranges; may be empty.
        beside: The ids of the claims of the record to draw beside those of the reports.
    """
    judgements = _judgements(corpus, event, later, beside)
    words = settings().outcomes.get(event, event)
    name = name or f"ladder-{event}"
    require_rows(judgements, name, f"judgements on {words}")
    unranged = judgements[judgements["low"].isna()]
    ranged = judgements.dropna(subset=["low"]).reset_index(drop=True)
    chosen, omitted = _limit(ranged)
    omitted = _without_range(unranged) + omitted
    inside = int(chosen["inside"].sum())

    def draw(width: float) -> Drawing:
        return _draw(chosen, width)

    data = pd.concat([chosen, unranged]).sort_values("date", kind="stable")[COLUMNS]
    return Figure(
        name=name,
        title=title,
        subtitle=f"Judgements on {words}, in per cent.{f' {scale}' if scale else ''}{omitted}",
        alt=_describe(chosen, words) + omitted,
        data=data.reset_index(drop=True),
        draw=draw,
        basis=(
            f"Drawn from {count_noun(len(chosen), 'judgement')}, {inside or 'none'} of the reports "
            "and the others from the record beside them."
        ),
    )


def _judgements(corpus: Corpus, event: str, later: bool, beside: Collection[str]) -> pd.DataFrame:
    """Collect the judgements of an event in order of time.

    Args:
        corpus: The corpus.
        event: The event, as the table of forecasts names it.
        later: True to include judgements made after the as-of day of the report.
        beside: The ids of the claims of the record to include.

    Returns:
        The columns of `dated_judgements`, and `short` (the speaker's short name).
    """
    judgements = dated_judgements(corpus, beside)
    judgements = judgements[is_about(judgements["event"], event)]
    if not later:
        judgements = judgements[judgements["date"] <= settings().as_of]
    short = judgements["speaker"].map(corpus.actors["short"])
    return judgements.assign(short=short).reset_index(drop=True)


def _limit(judgements: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Choose at most `LIMIT` judgements to draw, those of the reports first.

    Args:
        judgements: The judgements in order of time, with the index 0, 1, 2 and so on.

    Returns:
        The chosen judgements in order of time, with such an index. Then a sentence on how many are
        omitted, which begins with a space; empty if none are.
    """
    if len(judgements) <= LIMIT:
        return judgements, ""
    ranked = judgements.sort_values("inside", ascending=False, kind="stable")
    chosen = judgements.loc[sorted(ranked.index[:LIMIT])].reset_index(drop=True)
    return chosen, (
        f" Shown are {LIMIT} judgements, those of the reports first; "
        f"{len(judgements) - LIMIT:,} more are left out."
    )


def _without_range(judgements: pd.DataFrame) -> str:
    """Write the sentence on the judgements without a range; empty for none.

    Args:
        judgements: The judgements without a range. The first `MAX_NAMED` are named.
    """
    if judgements.empty:
        return ""
    named = [
        f"“{judgement['wording']}” ({judgement['short']}, {format_day(judgement['date'])})"
        for _, judgement in judgements.iterrows()
    ]
    further = [f"{len(named) - MAX_NAMED:,} more"] if len(named) > MAX_NAMED else []
    return f" Left out, as their words give no range: {join_words(named[:MAX_NAMED] + further)}."


def _describe(chosen: pd.DataFrame, event: str) -> str:
    """Write the alternative text: number, days and ranges of the judgements.

    Args:
        chosen: The judgements that are drawn.
        event: The event in words.
    """
    past, future = chosen[chosen["sort"] == HAPPENED], chosen[chosen["sort"] != HAPPENED]
    text = f"Ladder of {count_noun(len(chosen), 'judgement')} with a range on {event}"
    if len(chosen):
        text += f" from {format_day(chosen['date'].min())} to {format_day(chosen['date'].max())}"
    text += f", {int(chosen['inside'].sum())} of them in the reports. "
    if len(past):
        text += (
            f"{len(past)} judge it to have happened already, at {past['low'].min():.0f} to "
            f"{past['high'].max():.0f} per cent. "
        )
    if len(future):
        text += (
            f"Those that look ahead, {len(future)}, lie between {future['low'].min():.0f} and "
            f"{future['high'].max():.0f} per cent: "
        )
    ranges = [
        f"{judgement['wording']} ({format_day(judgement['date'])}), {judgement['low']:.0f} to "
        f"{judgement['high']:.0f}"
        for _, judgement in future.iterrows()
    ]
    return f"{text}{join_words(ranges)}."


def _draw(judgements: pd.DataFrame, width: float) -> Drawing:
    """Draw the ranges as horizontal bars, one below the other.

    Args:
        judgements: The judgements to draw, in this order from top to bottom.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    left = LABEL_WIDTH if wide else 0.12
    step = STEP if wide else STEP + 1.3 * house_style.LINE
    key = _key(bool((judgements["sort"] == HAPPENED).any()))
    top, bottom = 0.2 + legend.legend_height(key, width), 0.5
    body = step * len(judgements)
    height = top + body + bottom
    drawing = Drawing(figsize=(width, height))
    box = (left / width, bottom / height, 1 - (left + 0.22) / width, body / height)
    axes = drawing.add_axes(box)
    axes.set_ylim(body, 0)
    _draw_scale(axes)
    for index, (_, judgement) in enumerate(judgements.iterrows()):
        y = step * (index + 0.5) + (0 if wide else 0.75 * house_style.LINE)
        label_y = top + (y if wide else y - 1.9 * house_style.LINE)
        _draw_label(drawing, judgement, 1 - label_y / height, 0.02 / height)
        _draw_bar(axes, judgement, y)
    legend.draw_legend(drawing, key)
    return drawing


def _draw_scale(axes: Axes) -> None:
    """Draw the scale in per cent, with a dashed line at the even chance."""
    axes.set_xlim(0, 100)
    axes.set_xticks(list(TICKS), [f"{tick} %" for tick in TICKS])
    axes.set_xlabel("judged likelihood", labelpad=2, **small_print())
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for tick in TICKS:
        axes.axvline(tick, color=house_style.colour("rule"), linewidth=0.4, zorder=0.5)
    axes.axvline(
        50, color=house_style.colour("muted"), linewidth=0.8, linestyle=(0, (3, 3)), zorder=0.6
    )
    words, offset = "even chance", "offset points"
    axes.annotate(words, (50, 0), (0, 2), textcoords=offset, ha="center", **small_print())


def _draw_label(drawing: Drawing, judgement: pd.Series, y: float, gap: float) -> None:
    """Write the words of a judgement above a height, and speaker and day below it.

    Args:
        drawing: The drawing.
        judgement: The row of the judgement.
        y: The height, as a share of the drawing's height.
        gap: The gap below the height, as a share of the drawing's height.
    """
    drawing.text(0.006, y, f"“{judgement['wording']}”", va="bottom")
    speaker = f"{textwrap.shorten(judgement['short'], 24)}, {format_day(judgement['date'])}"
    drawing.text(0.006, y - gap, speaker, va="top", **small_print())


def _draw_bar(axes: Axes, judgement: pd.Series, y: float) -> None:
    """Draw the range of a judgement as a bar, with a link to its first claim.

    The bar is filled if a report has the judgement, and hatched if the judgement says
    that the event has already happened.
    """
    colour = house_style.colour(settings().roles.forecast)
    bar = axes.barh(
        y,
        judgement["high"] - judgement["low"],
        left=judgement["low"],
        height=0.15,
        facecolor=colour if judgement["inside"] else house_style.colour("paper"),
        edgecolor=colour,
        linewidth=1.2,
        hatch="////" if judgement["sort"] == HAPPENED else None,
        zorder=2,
    )
    if judgement["claims"]:
        bar.patches[0].set_url(f"claim:{judgement['claims'][0]}")


def _key(has_hatched: bool) -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words.

    Args:
        has_hatched: True to include a sample of hatched bars.
    """
    key: dict[str, legend.Sample] = {
        "in the reports": legend.bar_sample(edge="muted"),
        "from the record": legend.bar_sample("paper", edge="muted"),
    }
    if has_hatched:
        words = "hatched: judged to have happened already"
        key[words] = legend.bar_sample("paper", edge="muted", hatch="////")
    return key
