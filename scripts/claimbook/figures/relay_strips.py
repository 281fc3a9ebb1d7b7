"""What each report made of what it passed on, claim by claim in the order of its text."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.analysis import relays
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import inch_canvas, small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.legend import Sample, dot_sample, draw_legend, legend_height
from claimbook.figures.no_data import require_rows
from claimbook.figures.verdict_bars import draw_verdicts
from claimbook.language.words import join_words

# Every change has a sign; those that do the same to a sentence share one. In the order in which
# the signs of a claim stand below one another.
SIGNS = {  # the words of the legend, marker, whether filled, colour
    "kept": ("kept whole", "s", True, "positive"),
    "reversed": ("turned round", "X", True, "negative"),
    "merged": ("merged with another", "P", True, "negative"),
    "stronger": ("stronger, or a hedge lost", "^", True, "negative"),
    "weaker": ("weaker, or a hedge added", "v", False, "negative"),
    "actor-changed": ("another speaker or object", "D", False, "negative"),
    "added": ("something added", "+", True, "negative"),
    "misdated": ("misdated", "*", True, "negative"),
    "shortened": ("shortened", "_", True, "negative"),
    "origin-hidden": ("its source not named", "s", False, "positive"),
}
LINES = ("+", "_")  # markers that are lines, without an edge
SAME_SIGN = {"hedge-lost": "stronger", "hedge-added": "weaker", "object-changed": "actor-changed"}
SIGN, NUMBER, GAP = 0.17, 0.15, 0.1  # inches: heights within a strip
PITCH = 0.3  # inches from claim to claim, where there is room
EDGE = 0.1  # inches
COLUMNS = ["code", "outcome", "change", "here", "there", "originals", "claims"]


@traced
def relayed_by_report(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw a strip for each report, with a column for each claim that it passes on.

    A column has a sign for each thing that was changed on the way; a claim that came through whole
    has a filled square. Reports that pass on nothing at hand are omitted.

    Args:
        corpus: The corpus with the relays.
        title: The title of the figure.
    """
    require_rows(corpus.relays.index, "relays", "claims that a report passes on")
    claims = _relayed(corpus)
    names = corpus.sources.set_index("code")["outlet"].map(corpus.actors["name"])
    counts = relays.outcomes_by_source(corpus)
    strips = [
        (str(names[code]).removesuffix(f" of text {code}"), _outcome(counts.loc[code]), rows)
        for code, rows in claims.groupby("code", sort=False)
    ]
    headed = [(f"{name}: {outcome}", rows) for name, outcome, rows in strips]
    data = claims.reset_index(drop=True)[COLUMNS]
    alt = f"{_describe(counts, names)} By claim, with what was changed, in the data."

    def draw(width: float) -> Drawing:
        return _draw(headed, width)

    def draw_slide(width: float, height: float) -> Drawing:
        codes = list(dict.fromkeys(claims["code"]))
        named = [(strip[0], code) for strip, code in zip(strips, codes, strict=True)]
        return draw_verdicts(named, claims, marks_of(title, data), width, height)

    return Figure(
        name="relays",
        title=title,
        subtitle=(
            "Each mark is a claim whose original we have, numbered in the order of the article. "
            "It shows what became of the claim on its way from the original."
        ),
        alt=alt,
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "Each square is one claim whose original is at hand. What did the outlet make of it?"
        ),
    )


def _relayed(corpus: Corpus) -> pd.DataFrame:
    """List the claims that pass something on, with their signs.

    Returns:
        The rows of `relays.relayed_claims`, with `here` and `there` (the decisive words, against
        all originals), `signs`, `number` (within the report) and `claims`.
    """
    claims = relays.relayed_claims(corpus)
    claims = claims[~claims["outcome"].isin([relays.OWN_VOICE, relays.NO_ORIGINAL])]
    words = corpus.relays.groupby("claim_id")[["here", "there"]].agg(_join_words)
    claims = claims.join(words)
    claims["signs"] = claims["change"].map(_signs)
    claims["number"] = claims.index.str.rpartition("-").get_level_values(2)
    claims["claims"] = [[claim_id] for claim_id in claims.index]
    return claims


def _join_words(wordings: pd.Series) -> str:
    """Join the different wordings of a claim's relays; empty ones are omitted."""
    return "; ".join(dict.fromkeys(filter(None, wordings)))


def _signs(change: list[str]) -> list[str]:
    """List the signs of a claim from top to bottom.

    What is kept against one original and changed against another counts as changed.
    """
    present = {SAME_SIGN.get(value, value) for value in change}
    signs = [sign for sign in SIGNS if sign in present]
    return [sign for sign in signs if sign != relays.KEPT] or signs


def _outcome(counts: "pd.Series[int]") -> str:
    """Write how many of a report's claims came through whole: `3 of 5 whole`."""
    whole, unnamed = counts[relays.WHOLE], counts[relays.WITHOUT_SOURCE]
    more = f", {unnamed} more without the source" if unnamed else ""
    return f"{whole} of {counts['passed_on']} whole{more}"


def _describe(counts: pd.DataFrame, names: pd.Series) -> str:
    """Write the alternative text: for each report, what became of its claims."""
    parts = [
        f"{names[code]} {row['passed_on']} ({row[relays.WHOLE]} whole, "
        f"{row[relays.WITHOUT_SOURCE]} whole without their source, {row[relays.CHANGED]} changed)"
        for code, row in counts.iterrows()
        if code != relays.ALL and row["passed_on"]
    ]
    return f"Strips of claims by report, those passed on: {join_words(parts) or 'none'}."


def _draw(strips: list[tuple[str, pd.DataFrame]], width: float) -> Drawing:
    """Draw the strips below one another.

    Args:
        strips: The heading and the claims of each report.
        width: The width in inches.
    """
    key = _key([rows for _, rows in strips])
    top = legend_height(key, width) + GAP
    headings = [
        textwrap.wrap(heading, int((width - 0.1) / house_style.BOLD_LETTER))
        for heading, _ in strips
    ]
    above = [house_style.LINE * len(lines) + 0.07 for lines in headings]
    below = [SIGN * max(map(len, rows["signs"])) + NUMBER for _, rows in strips]
    height = top + sum(above) + sum(below) + GAP * len(strips)
    drawing, axes = inch_canvas(width, height)
    draw_legend(drawing, key)
    longest = max((len(rows) for _, rows in strips), default=1)
    pitch = min(PITCH, (width - 2 * EDGE) / longest)
    y = top
    for lines, (_, rows), head, body in zip(headings, strips, above, below, strict=True):
        text = "\n".join(lines)
        axes.text(0.04, y + head / 2, text, va="center", fontweight="bold", linespacing=1.15)
        _draw_strip(axes, rows, y + head, pitch, body)
        y += head + body + GAP
    return drawing


def _draw_strip(axes: Axes, rows: pd.DataFrame, top: float, pitch: float, height: float) -> None:
    """Draw the columns of a report's claims, numbered; positions are in inches."""
    _draw_signs(axes, rows, top, pitch, EDGE)
    for index, number in enumerate(rows["number"]):
        x = EDGE + pitch * (index + 0.5)
        axes.text(x, top + height, number, ha="center", va="bottom", **small_print())


def _draw_signs(axes: Axes, rows: pd.DataFrame, top: float, pitch: float, left: float) -> None:
    """Draw the signs of a report's claims; positions are in inches."""
    for index, row in enumerate(rows.itertuples()):
        x = left + pitch * (index + 0.5)
        for level, sign in enumerate(row.signs):
            _, marker, filled, colour = SIGNS[sign]
            dots = axes.scatter(
                [x],
                [top + SIGN * (level + 0.5)],
                s=38,
                marker=marker,
                facecolors=house_style.colour(colour if filled else "paper"),
                edgecolors=None if marker in LINES else house_style.colour(colour),
                linewidths=1.3,
            )
            dots.set_urls([f"claim:{row.claims[0]}"])


def _key(strips: list[pd.DataFrame]) -> dict[str, Sample]:
    """Return the samples of the legend for the signs of some claims, by their words."""
    used = {sign for rows in strips for signs in rows["signs"] for sign in signs}
    looks = [look for sign, look in SIGNS.items() if sign in used]
    return {words: dot_sample(marker, filled, colour) for words, marker, filled, colour in looks}
