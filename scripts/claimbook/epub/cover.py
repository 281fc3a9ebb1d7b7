"""The cover of the EPUB, drawn from facts of the report: its name, and when its claims took place.

It is a picture of dots, not of vectors, since libraries of e-readers show no SVG as a cover.
"""

import io
import textwrap

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.language.dates import format_day
from claimbook.language.words import code_label, join_words
from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_claims

WIDTH, HEIGHT, RESOLUTION = 6.0, 9.0, 200  # inches, dots in each
MARGIN = 0.6  # inches
WEEK = pd.Timedelta(days=7)
TITLE, SUBTITLE, FOOT = 54.0, 15.0, 11.0  # points
POINTS = 72  # in an inch
LETTER_WIDTH = 0.62  # of the size of bold letters, which are wider than others
BARS = (0.24, 0.34)  # where the bars begin above the bottom and how high they are, of the cover


def claims_by_week() -> pd.DataFrame:
    """Count the claims that give a day, by week and theme.

    Returns:
        A row for each week of the report's period, a column for each theme that it argues about.
    """
    period, themes = settings().period, settings().argued
    weeks = pd.date_range(period.start, period.end, freq=WEEK)
    claims = cached_claims()
    days = pd.to_datetime(claims["event_start"])
    inside = claims[(days >= weeks[0]) & (days < weeks[-1] + WEEK)]
    week = weeks[0] + (pd.to_datetime(inside["event_start"]) - weeks[0]) // WEEK * WEEK
    counts = pd.crosstab(week, inside["theme"].astype(str))
    return counts.reindex(index=weeks, columns=themes, fill_value=0)


def cover_alt() -> str:
    """Return the alternative text of the cover."""
    facts, period = settings().report, settings().period
    themes = join_words([code_label(theme) for theme in settings().argued])
    return (
        f"Cover: {facts.name}. {facts.subtitle}. Bars show, week by week from "
        f"{format_day(period.start)} to {format_day(period.end)}, how many claims tell of it, "
        f"in the colours of the themes: {themes}."
    )


def cover_image() -> bytes:
    """Draw the cover as PNG."""
    with house_style.house_style():
        drawing = Drawing(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(drawing)  # which measures words
        _draw_words(drawing)
        _draw_bars(drawing)
        file = io.BytesIO()
        drawing.savefig(
            file,
            dpi=RESOLUTION,
            facecolor=house_style.colours()["paper"].dark,
            metadata={"Software": None},
        )
    return file.getvalue()


def _draw_words(drawing: Drawing) -> None:
    """Draw the report's name, subtitle, authors and the day of its judgement."""
    facts = settings().report
    ink, muted = (house_style.colours()[name].dark for name in ("ink", "muted"))
    left, top = MARGIN / WIDTH, 1 - MARGIN / HEIGHT
    room = (WIDTH - 2 * MARGIN) * POINTS
    longest = max(map(len, facts.name.split()))
    size = min(TITLE, room / (LETTER_WIDTH * longest))
    title = textwrap.fill(facts.name, max(longest, int(room / (LETTER_WIDTH * size))))
    heading = drawing.text(
        left, top, title, va="top", size=size, weight="bold", color=ink, linespacing=1.1
    )
    below = heading.get_window_extent().y0
    subtitle = textwrap.fill(facts.subtitle, int(room / (LETTER_WIDTH * SUBTITLE)))
    at = below / drawing.bbox.height - 0.3 / HEIGHT
    drawing.text(left, at, subtitle, va="top", size=SUBTITLE, color=muted, linespacing=1.4)
    foot = f"{facts.authors}\nas of {format_day(facts.as_of)}"
    drawing.text(left, MARGIN / HEIGHT, foot, size=FOOT, color=muted, linespacing=1.6)


def _draw_bars(drawing: Drawing) -> None:
    """Draw the claims of each week as a bar, on a line that runs across the cover."""
    counts = claims_by_week()
    bottom, height = BARS
    axes = drawing.add_axes((MARGIN / WIDTH, bottom, 1 - 2 * MARGIN / WIDTH, height))
    axes.set_axis_off()
    below = pd.Series(0, index=counts.index)
    for theme in counts:
        colour = house_style.colours()[theme].dark
        axes.bar(range(len(counts)), counts[theme], bottom=below, width=0.82, color=colour)
        below = below + counts[theme]
    axes.axhline(0, color=house_style.colours()["rule"].dark, linewidth=1)
