"""Degrees of likelihood on an axis of days: a row for each range, a panel for each event."""

import textwrap
from dataclasses import dataclass
from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.figure import Figure as Drawing
from matplotlib.transforms import Bbox

from claimbook import house_style
from claimbook.analysis.estimates import changes_of_judgement, graded_judgements
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.as_of import as_of_mark
from claimbook.figures.canvas import small_print
from claimbook.figures.day_axis import DAY_LABELS, SHORTEST, day_number, day_numbers
from claimbook.figures.degree_marks import UNDATED, draw_degree, draw_undated
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding, marks_of
from claimbook.figures.label_placement import Label, place_labels
from claimbook.figures.likelihood_slide import draw_chances
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import said_spans
from claimbook.language.dates import format_day
from claimbook.language.words import capitalize_first, count_noun, join_words
from claimbook.settings import settings

WORDS, SCALE = 1.62, 0.62  # inches beside the axis on a page: for words, and for their range
LEFT, RIGHT = 0.12, 0.12  # inches beside the axis on a phone, and right of it
ROW, HEADING, FOOT = 0.42, 0.3, 0.24  # inches: a row, the heading of a panel, the names of months
LABEL = 0.3  # inches above a row on a phone, for its words
EVEN = 50  # per cent
LONG = 120  # days of an axis that labels every second month
LETTERS = 25  # in a line of words
MAX_WORDS = 3  # words of one range that are spelled out
MAX_NAMED = 12  # marks of other speakers that are named
CHANGES = {"judgement": "-", "words": (0, (1, 1.6))}  # lines, by the kind of change
COLUMNS = ["day", "first", "last", "event", "speaker", "words", "low", "high", "change", "claims"]


@dataclass(frozen=True)
class _Panel:
    """What is drawn for one event.

    Attributes:
        event: The event in words.
        marks: A row for each day, speaker and range: `day` (missing where it is not known),
            `first` and `last` (the days on which it may have been said), `origin`, `short`, `low`,
            `high`, `words` (a list), `passed_on` (whether others than the speaker print it) and
            `claims`.
        changes: What `changes_of_judgement` returns for the institution of the settings.
    """

    event: str
    marks: pd.DataFrame
    changes: pd.DataFrame

    @property
    def dated(self) -> pd.DataFrame:
        """The marks whose day is known."""
        return self.marks[self.marks["day"].notna()]

    @property
    def rows(self) -> list[tuple[float, float]]:
        """The ranges from the most likely to the least likely."""
        ranges = set(zip(self.marks["low"], self.marks["high"], strict=True))
        return sorted(ranges, key=lambda ends: (-sum(ends), ends))

    def words(self, ends: tuple[float, float]) -> list[str]:
        """Return the words of a range, the most frequent first."""
        of_row = self.marks[(self.marks["low"] == ends[0]) & (self.marks["high"] == ends[1])]
        return _shortest(of_row["words"].explode().value_counts().index.to_list())


@traced
def likelihood_by_day(
    corpus: Corpus, events: list[str], title: str | Finding, name: str = "likelihood-by-day"
) -> Figure:
    """Draw every degree of likelihood given to some events, by day and speaker.

    Degrees that stand in one row differ in words alone. Those that the institution of the settings
    gives on one day are joined; lines from day to day show whether its judgement or only its words
    have changed.

    Args:
        corpus: The corpus.
        events: Values of the column `on`, as the settings word them.
        title: The title of the figure.
        name: The name of the figure.

    Returns:
        The figure. Its data have `day`, `event`, `speaker`, `words`, `low` and `high` (per cent),
        `change` (of the institution, on the first mark of its day) and `claims`.
    """
    panels = [_panel(corpus, event) for event in events]
    marks = [mark for panel in panels for mark in panel.marks.index]
    require_rows(marks, name, "words of likelihood with a range")
    forecasts = corpus.forecasts.join(corpus.claims[["on", "term"]])
    of_events = forecasts[forecasts["on"].isin([*events, "both"]) & (forecasts["term"] != "")]
    drawn = {claim for panel in panels for ids in panel.marks["claims"] for claim in ids}
    left_out = len(of_events) - len(drawn)
    others = sum(int((~panel.marks["own"]).sum()) for panel in panels)
    unnamed = f" {MAX_NAMED} other speakers are named; all are in the table."

    def draw(width: float) -> Drawing:
        return _draw(panels, width)

    def draw_slide(width: float, height: float) -> Drawing:
        parts = [(capitalize_first(panel.event), panel.marks) for panel in panels]
        return draw_chances(parts, _key(), marks_of(title, data), width, height)

    own = settings().roles.institution_short
    data = pd.concat([_table(panel) for panel in panels], ignore_index=True)
    undated = int(data["day"].isna().sum())
    return Figure(
        name=name,
        title=title,
        subtitle=(
            "Each word of likelihood is drawn at the range in which we read it; the words of one "
            f"row have the same range. Marks of {own} on one day are joined. A solid line marks a "
            "changed judgement, a dotted one changed words that may mean the same. Left out: "
            f"{count_noun(left_out, 'claim')} whose words give no range, or grade something else."
            + unnamed * (others > MAX_NAMED)
            + f" Dots across a row: {count_noun(undated, 'mark')} of a text whose day is not known."
            * bool(undated)
        ),
        alt=" ".join(_describe(panel) for panel in panels),
        data=data,
        draw=draw,
        draw_slide=draw_slide,
        slide_subtitle=(
            "Each mark is one degree of likelihood, at its day and at the middle of the range that "
            "its words are read as; a thin line shows the range."
        ),
    )


def _panel(corpus: Corpus, event: str) -> _Panel:
    """Collect what is drawn for one event."""
    judged = graded_judgements(corpus, event).join(said_spans(corpus))
    judged = judged.rename_axis("claim_id").reset_index()
    institution = settings().roles.institution
    marks = (
        judged.groupby(["said", "origin", "low", "high"])
        .agg(
            words=("term", lambda terms: list(dict.fromkeys(terms))),
            passed_on=("outlet", lambda outlets: institution not in set(outlets)),
            claims=("claim_id", list),
            first=("first", "min"),
            last=("last", "max"),
        )
        .reset_index()
        .rename(columns={"said": "day"})
    )
    is_vague = marks["first"].notna()
    for end in ("first", "last"):
        marks[end] = marks[end].fillna(marks["day"])
    marks["day"] = marks["day"].mask(is_vague)
    marks["short"] = marks["origin"].map(corpus.actors["short"])
    marks["speaker"] = marks["origin"].map(corpus.actors["name"])
    marks["own"] = marks["origin"] == institution
    changes = changes_of_judgement(judged[judged["origin"] == institution])
    return _Panel(settings().outcomes[event], marks, changes)


def _table(panel: _Panel) -> pd.DataFrame:
    """Return the marks of a panel as data of the figure."""
    changes = panel.changes.set_index("day")["change"]
    first = panel.marks["own"] & ~panel.marks.duplicated(["day", "own"])
    change = panel.marks["day"].map(changes).astype(object).where(first, "").fillna("")
    return panel.marks.assign(event=panel.event, change=change)[COLUMNS]


def _describe(panel: _Panel) -> str:
    """Write the alternative text of a panel: ranges with days, speakers, changes."""
    marks = panel.marks
    if marks.empty:
        return f"{capitalize_first(panel.event)}: no degree."
    rows = []
    for low, high in panel.rows:
        of_row = marks[(marks["low"] == low) & (marks["high"] == high)]
        days = [format_day(day) for day in (of_row["day"].min(), of_row["day"].max())]
        span = days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"
        undated = int(of_row["day"].isna().sum())
        span = (
            UNDATED if undated == len(of_row) else span + f"; {undated} {UNDATED}" * bool(undated)
        )
        rows.append(f"{low:.0f} to {high:.0f} per cent, {len(of_row)} ({span})")
    others = list(marks.loc[~marks["own"], "short"].unique())
    kinds = panel.changes["change"].value_counts()
    own = settings().roles.institution_short
    return (
        f"{capitalize_first(panel.event)}: {count_noun(len(marks), 'mark')}. {'; '.join(rows)}. "
        f"{int(marks['own'].sum())} are of {own}, the others of {join_words(others) or 'none'}. "
        f"From one day of {own}'s to its next the judgement changes {kinds.get('judgement', 0)} "
        f"times, and {kinds.get('words', 0)} times only the words."
    )


def _draw(panels: list[_Panel], width: float) -> Drawing:
    """Draw the panels one below the other, on one axis of days."""
    wide = width >= house_style.WIDE
    left = WORDS + SCALE if wide else LEFT
    row = ROW if wide else ROW * 0.8 + LABEL
    days = pd.concat([panel.dated["day"] for panel in panels])
    key = _key()
    top = legend.legend_height(key, width)
    bodies = [row * max(len(panel.rows), 1) for panel in panels]
    height = top + sum(bodies) + (HEADING + FOOT) * len(panels)
    drawing = Drawing(figsize=(width, height))
    y = height - top
    named = 0
    for panel, body in zip(panels, bodies, strict=True):
        y -= HEADING + body
        box = (left / width, y / height, 1 - (left + RIGHT) / width, body / height)
        axes = drawing.add_axes(box)
        _draw_axis(axes, days, body)
        for day, name in as_of_mark(days):
            _draw_as_of(axes, day, name)
        heading = capitalize_first(panel.event)
        drawing.text(0.06 / width, (y + body + 0.1) / height, heading, weight="bold")
        named += _draw_panel(axes, panel, row, MAX_NAMED - named)
        for index, ends in enumerate(panel.rows):
            middle = y + body - row * index - (row / 2 if wide else LABEL / 2)
            _draw_words(drawing, panel, ends, middle, wide)
        y -= FOOT
    legend.draw_legend(drawing, key)
    return drawing


def _draw_axis(axes: Axes, days: pd.Series, body: float) -> None:
    """Draw the axis of days, with the names of the months."""
    first, last = (days.min(), days.max()) if len(days) else map(pd.Timestamp, _period())
    pad = max((last - first).days * 0.02, 3)
    axes.set_xlim(first - pd.Timedelta(pad, "D"), last + pd.Timedelta(pad, "D"))
    axes.set_ylim(body, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    length = (last - first).days
    if length < SHORTEST:  # of which months would label too little
        labelled = pd.date_range(first, last, freq=f"{max(1, ceil(length / DAY_LABELS))}D")
        axes.set_xticks(day_numbers(labelled), [f"{day.day} {day:%b}" for day in labelled])
    else:
        axes.xaxis.set_major_locator(MonthLocator(interval=2 if length > LONG else 1))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(DateFormatter("%b"))  # type: ignore[no-untyped-call]
    axes.tick_params(length=3, color=house_style.colour("rule"))


def _draw_as_of(axes: Axes, day: pd.Timestamp, name: str) -> None:
    """Draw a dashed line at the day as of which the report judges, with its name."""
    tone = house_style.colour("muted")
    axes.axvline(day, color=tone, linewidth=0.8, linestyle=(0, (3, 3)), zorder=0.6)
    at, options = (day_number(day), 0), {"ha": "right", **small_print()}
    axes.annotate(name, at, (0, 4), textcoords="offset points", **options)


def _period() -> tuple[str, str]:
    """Return the first and the last day of the report's period."""
    return str(settings().period.start), str(settings().period.end)


def _draw_panel(axes: Axes, panel: _Panel, row: float, names: int, letters: int = LETTERS) -> int:
    """Draw the marks of a panel with the lines between them.

    Args:
        axes: The axes.
        panel: The panel.
        row: The inches of a row.
        names: How many marks of other speakers may be named.
        letters: The letters in a line of their names.

    Returns:
        The number of names that were written beside marks.
    """
    rows = panel.rows
    offset = row - ROW * 0.4 if row > ROW else row / 2
    heights = {ends: row * index + offset for index, ends in enumerate(rows)}
    rule = house_style.colour("rule")
    for y in heights.values():
        axes.axhline(y, color=rule, linewidth=0.5, zorder=0.5)
    marks = panel.marks.assign(
        y=[heights[ends] for ends in zip(panel.marks["low"], panel.marks["high"], strict=True)]
    )
    accent = settings().roles.forecast
    own = marks[marks["own"]]
    by_day = own.groupby("day")["y"].agg(["min", "max"])
    for day, ends in by_day[by_day["min"] < by_day["max"]].iterrows():
        colour = house_style.colour(accent)
        axes.plot([day, day], list(ends), color=colour, linewidth=2.4, alpha=0.35, zorder=1)
    for change in panel.changes.itertuples():
        if change.change in CHANGES:
            pair = [(a, b) for a in by_day.loc[change.before] for b in by_day.loc[change.day]]
            ys = min(pair, key=lambda ends: abs(ends[0] - ends[1]))
            axes.plot(
                [change.before, change.day],
                ys,
                color=house_style.colour("muted"),
                linewidth=0.9,
                linestyle=CHANGES[str(change.change)],
                zorder=1.5,
            )
    labels = []
    for mark in marks[marks["day"].notna()].itertuples():
        draw_degree(axes, mark, mark.y, 22)
    others = marks[~marks["own"]].groupby(["day", "y"])["short"].agg(lambda names: list(names))
    for (day, y), speakers in others.items():
        x = day_number(day)
        text = textwrap.fill(join_words(list(dict.fromkeys(speakers))), letters)
        labels.append(Label(text, (x, y), 3, {"color": house_style.colour("ink")}))
    taken = [_box(axes, mark.day, mark.y) for mark in marks[marks["day"].notna()].itertuples()]
    for mark in marks[marks["day"].isna()].itertuples():
        taken.append(draw_undated(axes, mark, mark.y, marks["day"]).get_window_extent())
    if row > ROW:  # on a phone the words of a row are above its marks
        taken += [_strip(axes, row * index) for index in range(len(rows))]
    return len(place_labels(axes, labels[: max(names, 0)], taken, []))


def _box(axes: Axes, day: pd.Timestamp, y: float) -> Bbox:
    """Return the box that a mark covers, in pixels."""
    at = axes.transData.transform((day_number(day), y))
    return Bbox([at - 3, at + 3])


def _strip(axes: Axes, top: float) -> Bbox:
    """Return the box in pixels of the words above a row on a phone."""
    room = axes.bbox
    upper, lower = (axes.transData.transform((0, top + inches))[1] for inches in (0, LABEL))
    return Bbox([(room.x0, lower), (room.x1, upper)])


def _draw_words(
    drawing: Drawing, panel: _Panel, ends: tuple[float, float], y: float, wide: bool
) -> None:
    """Write the words of a row, and their range in per cent.

    Args:
        drawing: The drawing.
        panel: The panel.
        ends: The range.
        y: The inches from the foot of the drawing to the middle of the words.
        wide: True on a page, where the range is also drawn as a bar beside the words.
    """
    width, height = drawing.get_size_inches()
    words = panel.words(ends)
    named = ", ".join(words[:MAX_WORDS]) + (", …" if len(words) > MAX_WORDS else "")
    if not wide:
        text = f"{named} ({_numbers(ends)})"
        text = textwrap.fill(text, int(width / house_style.SMALL_LETTER) - 4)
        ground = {"facecolor": house_style.colour("paper"), "edgecolor": "none", "pad": 1}
        drawing.text(0.06 / width, y / height, text, va="center", bbox=ground, **small_print("ink"))
        return
    text = "\n".join(textwrap.wrap(named, LETTERS)[:3])
    drawing.text(
        0.06 / width, y / height, text, va="center", linespacing=1.05, **small_print("ink")
    )
    left, across = WORDS / width, (SCALE - 0.1) / width
    axes = drawing.add_axes((left, (y - 0.12) / height, across, 0.24 / height))
    axes.set(xlim=(0, 100), ylim=(-1, 1))
    axes.set_axis_off()
    rule = house_style.colour("rule")
    axes.plot([0, 100], [-0.5, -0.5], color=rule, linewidth=0.8)
    axes.plot([EVEN, EVEN], [-0.8, -0.2], color=house_style.colour("muted"), linewidth=0.8)
    colour = house_style.colour(settings().roles.forecast)
    axes.plot(list(ends), [-0.5, -0.5], color=colour, linewidth=4, solid_capstyle="butt")
    axes.text(50, 0.1, _numbers(ends), ha="center", va="bottom", **small_print())


def _numbers(ends: tuple[float, float]) -> str:
    """Write a range in per cent."""
    return f"{ends[0]:.0f}–{ends[1]:.0f} %"


def _shortest(words: list[str]) -> list[str]:
    """Leave out words that only add to another of the list, as in `remains low`."""
    return [
        one
        for one in words
        if not any(one.endswith(f" {other}") for other in words if other != one)
    ]


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    accent, own = settings().roles.forecast, settings().roles.institution_short
    return {
        f"{own} in its own text": legend.dot_sample("o", colour=accent, size=5),
        f"{own}, passed on by others": legend.dot_sample("o", False, colour=accent, size=5),
        "another speaker": legend.dot_sample("D", colour="ink", size=4.5),
    }
