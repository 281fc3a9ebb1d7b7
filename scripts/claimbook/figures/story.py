"""The two pictures of a story, a map above a strip of days, with what each step sets off.

The ground of both is drawn once. Of each step only what it sets off is drawn, for the same place
on the page, so that ten steps weigh little more than one.
"""

import io
import re
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from claimbook import house_style
from claimbook.analysis.attention import attention_by_day
from claimbook.corpus.model import Corpus
from claimbook.figures import place_layout
from claimbook.figures.canvas import root_figure, small_print
from claimbook.figures.drawings import with_curly_apostrophes
from claimbook.figures.label_placement import Label, place_labels
from claimbook.figures.map_ground import country_labels, draw_countries
from claimbook.figures.place_layout import MapGround
from claimbook.figures.projection import Points
from claimbook.figures.scenes import Scene, drawn_as, strip_days
from claimbook.figures.svg import inline_svg, with_css_variables
from claimbook.language.dates import MONTHS, format_span
from claimbook.settings import settings

WIDTH = house_style.NARROW  # inches: legible on a phone, and enlarged beside the text
LABEL, BARS, NAMES, GAP = 0.2, 0.36, 0.17, 0.1  # inches of the strip, and between it and the map
AREA_RADIUS = 32  # kilometres: the disc of an area whose bounds the sources do not give
DOT = 34  # square points
CITIES = 2  # named on every map, for orientation: those that most claims name
WITHIN = 12  # kilometres: an arrow from or to beyond the map ends so near its edge
BEND = 0.16  # of an arrow
CUT = 0.99  # of the days: the bars of the others are cut off at its height, lest all be tiny
LEAST_DAYS = 3  # of the axis that the shortest span takes, to be seen
WRAP, WRAP_BORDER = 15, 20  # letters of a line of a label


class Picture(NamedTuple):
    """The inside of an SVG element, to be shown with another at the same place.

    Attributes:
        view_box: The attribute `viewBox` that it needs.
        inner: A group with all that is drawn.
    """

    view_box: str
    inner: str


class Words(NamedTuple):
    """What the pictures of a step show, in words.

    Attributes:
        alt: The alternative text.
        caption: What is set off, in a line below the pictures.
    """

    alt: str
    caption: str


class StoryPictures:
    """The pictures of a story: their ground, and what each step sets off."""

    def __init__(self, corpus: Corpus, ground: MapGround) -> None:
        """Read what the ground shows.

        Args:
            corpus: The corpus.
            ground: The base map.
        """
        self.corpus = corpus
        self.map = ground
        self.first, self.last = strip_days()
        self.shares = _daily_shares(corpus)
        self.cities = _cities(corpus, ground)
        self._taken: list[Bbox] = []  # boxes of the names on the ground, in pixels

    def ground(self, name: str) -> Picture:
        """Draw what all steps have in common.

        Args:
            name: The prefix of the ids in the picture.
        """
        with house_style.house_style():
            drawing, on_map, on_strip = self._canvas()
            draw_countries(on_map, self.map)
            cities = np.array([self._point(city) for city in self.cities]).reshape(-1, 2)
            labels = country_labels(self.map, cities, set())
            written = place_labels(on_map, labels, [], [])
            self._taken = _boxes(drawing, written)
            self._draw_months(on_strip)
            self._draw_bars(on_strip, self.first, self.last, "muted", 0.5)
            return _to_picture(drawing, name)

    def scene(self, scene: Scene, name: str) -> Picture:
        """Draw what a step sets off; `ground` must have been drawn before.

        Args:
            scene: What it sets off.
            name: The prefix of the ids in the picture.
        """
        with house_style.house_style():
            drawing, on_map, on_strip = self._canvas()
            labels = [label for place in scene.places if (label := self._set_off(on_map, place))]
            for way in scene.ways:
                labels += self._draw_way(on_map, *way)
            labels += [self._draw_city(on_map, city) for city in self._other_cities(scene)]
            ends = [_box(on_map, label.at, label.clear) for label in labels]
            place_labels(on_map, labels, [*ends, *self._taken], _along_lines(on_map))
            self._draw_span(on_strip, scene)
            return _to_picture(drawing, name)

    def words(self, scene: Scene) -> Words:
        """Say what the pictures of a step show."""
        names = self.corpus.places["name"]
        places = [names[place] for place in scene.places]
        ways = [f"arrow from {names[start]} to {names[end]}" for start, end in scene.ways]
        days = format_span(scene.start, scene.end)
        shown = "; ".join([*places, *ways])
        home = self.map.geography.home
        bars = ""
        attention = settings().attention
        if self.shares is not None and attention is not None:
            bars = (
                f" Bars for each day: the share of the words of each {attention.text} that "
                f"concern {attention.subject}; the highest are cut off."
            )
        return Words(
            alt=(
                f"Map of {home} and its neighbours"
                + (f". Set off: {shown}" if shown else ", with nothing set off")
                + f". Strip of days from {format_span(self.first, self.last)}, with {days} set "
                f"off.{bars}"
            ),
            caption=". ".join(filter(None, [days, "; ".join(places)])) + ".",
        )

    def _canvas(self) -> tuple[Drawing, Axes, Axes]:
        """Make a drawing with the axes of the map, in kilometres, and those of the strip.

        The strip has days across, and inches upward from the line on which its bars stand.
        """
        frame = self.map.frame
        high, strip = WIDTH * frame.aspect, LABEL + BARS + NAMES
        total = high + GAP + strip
        drawing = Drawing(figsize=(WIDTH, total))
        on_map = drawing.add_axes((0, 1 - high / total, 1, high / total))
        on_map.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))
        on_strip = drawing.add_axes((0.01, 0, 0.98, strip / total))
        days = (self.last - self.first).days + 1
        on_strip.set(xlim=(0, days), ylim=(-NAMES, BARS + LABEL))
        for axes in (on_map, on_strip):
            axes.set_axis_off()
        return drawing, on_map, on_strip

    def _point(self, place: str) -> Points:
        """Return the point of a place in kilometres, shape (2,)."""
        longitude, latitude = self.corpus.places.loc[place, ["longitude", "latitude"]]
        return np.asarray(self.map.projection.project(longitude, latitude)[0])

    def _label(
        self, place: str, at: Points, clear: float, colour: str, bold: bool, wrap: int = WRAP
    ) -> Label:
        """Create the label of a place, broken where it is long."""
        name = str(self.corpus.places.at[place, "name"])
        lines = textwrap.fill(name, wrap, break_long_words=False, break_on_hyphens=False)
        options = {
            "color": house_style.colour(colour),
            "fontweight": "bold" if bold else "normal",
        }
        return Label(lines, (at[0], at[1]), clear, options)

    def _set_off(self, axes: Axes, place: str) -> Label | None:
        """Set a place off on the map; return its label, if it has one."""
        drawn, tone = drawn_as(place, self.corpus, self.map), house_style.colour("accent")
        name = str(self.corpus.places.at[place, "name"])
        if drawn == place_layout.COUNTRY:
            for ring in self.map.outlines.rings[self.map.countries_in(name)[0]]:
                axes.plot(*self.map.project(ring).T, color=tone, linewidth=1.8, zorder=0.8)
            return None
        if drawn == place_layout.BORDER:
            lines = [self.map.project(line) for line in self.map.lines_of(name)]
            for line in lines:
                axes.plot(*line.T, color=tone, linewidth=3.2, solid_capstyle="round", zorder=1)
            longest = max(lines, key=len)
            middle = longest[len(longest) // 2]
            return self._label(place, middle, 3, "ink", bold=True, wrap=WRAP_BORDER)
        at = self._point(place)
        if drawn == place_layout.AREA:
            disc = Circle((at[0], at[1]), AREA_RADIUS, facecolor=tone, alpha=0.3, linewidth=0)
            axes.add_patch(disc)
        paper = house_style.colour("paper")
        axes.scatter(
            [at[0]], [at[1]], s=DOT, color=tone, edgecolors=paper, linewidths=0.8, zorder=3
        )
        return self._label(place, at, DOT**0.5 / 2, "ink", bold=True)

    def _other_cities(self, scene: Scene) -> list[str]:
        """Return the cities for orientation that lie where the step sets no place off."""
        taken = [self._point(place) for place in scene.places if self._has_point(place)]
        return [
            city
            for city in self.cities
            if all(np.hypot(*(self._point(city) - point)) > WITHIN for point in taken)
        ]

    def _has_point(self, place: str) -> bool:
        """Check whether the map draws a place as a point or an area around one."""
        drawn = drawn_as(place, self.corpus, self.map)
        return drawn in (place_layout.POINT, place_layout.AREA)

    def _draw_city(self, axes: Axes, place: str) -> Label:
        """Draw a city that the step does not set off, and return its label."""
        at, muted = self._point(place), house_style.colour("muted")
        axes.scatter([at[0]], [at[1]], s=DOT / 4, color=muted, linewidths=0, zorder=2)
        return self._label(place, at, 2, "muted", bold=False)

    def _draw_way(self, axes: Axes, start: str, end: str) -> list[Label]:
        """Draw an arrow between two places; return the names of ends beyond the map.

        There it begins or ends at the edge of the map. Countries are named on the ground.
        """
        frame, (a, b) = self.map.frame, (self._point(start), self._point(end))
        steps = a + np.linspace(0, 1, 200)[:, None] * (b - a)
        inside = steps[frame.distance_to_edge(steps) > WITHIN]
        axes.add_patch(
            FancyArrowPatch(
                tuple(inside[0]),
                tuple(inside[-1]),
                arrowstyle="-|>",
                mutation_scale=11,
                shrinkA=4,
                shrinkB=4,
                linewidth=2,
                color=house_style.colour("accent"),
                connectionstyle=f"arc3,rad={BEND}",
                zorder=2.5,
            )
        )
        return [
            self._label(place, at, 5, "ink", bold=False)
            for place, point, at in ((start, a, inside[0]), (end, b, inside[-1]))
            if not frame.contains(point[None]).all()
            and self.corpus.places.at[place, "name"] not in self.map.outlines.rings
        ]

    def _draw_months(self, axes: Axes) -> None:
        """Draw the line on which the bars stand, with the names of the months below it."""
        days = (self.last - self.first).days + 1
        rule = house_style.colour("rule")
        axes.plot([0, days], [0, 0], color=rule, linewidth=0.8)
        for month in pd.period_range(self.first, self.last, freq="M"):
            start = max((month.start_time - self.first).days, 0)
            end = min((month.end_time - self.first).days + 1, days)
            if start:
                axes.plot([start, start], [0, -NAMES / 3], color=rule, linewidth=0.8)
            if end - start > 20:
                name = MONTHS[month.month - 1][:3]
                at = ((start + end) / 2, -0.04)
                axes.text(*at, name, ha="center", va="top", **small_print())

    def _draw_bars(
        self, axes: Axes, start: pd.Timestamp, end: pd.Timestamp, colour: str, alpha: float
    ) -> None:
        """Draw the bars of the days between two days; none without a series to count."""
        if self.shares is None:
            return
        days = pd.date_range(start, end)
        high = (self.shares / self.shares.quantile(CUT)).clip(upper=1) * BARS
        high = high.reindex(days, fill_value=0)
        edges = np.repeat((days - self.first).days.to_numpy(), 2) + np.tile([0, 1], len(days))
        tone = house_style.colour(colour)  # one shape, as hundreds of bars would weigh much
        axes.fill_between(edges, np.repeat(high, 2), color=tone, alpha=alpha, linewidth=0, zorder=1)

    def _draw_span(self, axes: Axes, scene: Scene) -> None:
        """Set the days of a step off on the strip, with the days in words above them."""
        days = (self.last - self.first).days + 1
        start, end = (scene.start - self.first).days, (scene.end - self.first).days + 1
        if end - start < LEAST_DAYS:
            start = min(max(start - 1, 0), days - LEAST_DAYS)
            end = start + LEAST_DAYS
        tone = house_style.colour("accent")
        axes.add_patch(Rectangle((start, 0), end - start, BARS, facecolor=tone, alpha=0.16))
        axes.plot([start, end], [BARS, BARS], color=tone, linewidth=2.2, solid_capstyle="butt")
        self._draw_bars(axes, scene.start, scene.end, "accent", 1)
        words = format_span(scene.start, scene.end, short=True)
        half = len(words) * house_style.BOLD_SMALL_LETTER / WIDTH * days / 2
        at = min(max((start + end) / 2, half), days - half)
        bold = small_print("ink") | {"fontweight": "bold"}
        axes.text(at, BARS + 0.04, words, ha="center", va="bottom", **bold)


def _daily_shares(corpus: Corpus) -> pd.Series | None:
    """Return the share of each day's words that a series gives the subject.

    The settings name the series.

    Returns:
        The shares by day; None if the settings name no series, or the corpus has no text of it.
    """
    attention = settings().attention
    if attention is None or not corpus.sources["series"].eq(attention.series).any():
        return None
    return attention_by_day(corpus, attention.series)["share"].dropna()


def _cities(corpus: Corpus, ground: MapGround) -> list[str]:
    """Return the cities within the map that most claims name, for orientation."""
    named = corpus.claims["places"].explode().value_counts()
    kinds = corpus.places["kind"].astype(str)
    cities = [place for place in named.index if kinds.get(place) == "city"]
    on_map = [city for city in cities if drawn_as(city, corpus, ground) == place_layout.POINT]
    return on_map[:CITIES]


def _boxes(drawing: Drawing, texts: Sequence[Text]) -> list[Bbox]:
    """Return the boxes in pixels that texts of a drawing cover."""
    renderer = FigureCanvasAgg(drawing).get_renderer()  # type: ignore[no-untyped-call]
    return [text.get_window_extent(renderer) for text in texts]


def _box(axes: Axes, at: tuple[float, float], radius: float) -> Bbox:
    """Return the box in pixels around a point of the map, by a radius in points."""
    x, y = axes.transData.transform(at)
    reach = radius * root_figure(axes).dpi / 72
    return Bbox([(x - reach, y - reach), (x + reach, y + reach)])


def _along_lines(axes: Axes) -> list[Bbox]:
    """Return boxes along arrows and lines, in pixels, which labels should avoid."""
    paths = [patch.get_path() for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
    points = [path.interpolated(8).vertices for path in paths]
    points += [np.column_stack(line.get_data()) for line in axes.lines]
    at = axes.transData.transform(np.concatenate([np.empty((0, 2)), *points]))
    return [Bbox([point - 2, point + 2]) for point in at]


def _to_picture(drawing: Drawing, name: str) -> Picture:
    """Write a drawing as SVG, in the font and the colours of the page."""
    file = io.StringIO()
    canvas = FigureCanvasSVG(with_curly_apostrophes(drawing))
    dated = {"Date": None, "Creator": None}  # the same picture has the same bytes
    canvas.print_svg(file, metadata=dated)  # type: ignore[no-untyped-call]  # has no types
    svg = with_css_variables(inline_svg(file.getvalue(), name))
    svg = re.sub(r' font-family="[^"]*"', "", svg)  # inherited where the picture is used
    match = re.fullmatch(r"<svg([^>]*)>(.*)</svg>", svg, re.DOTALL)
    if match is None:
        raise ValueError(f"{name} is no SVG element")
    view_box = re.search(r'viewBox="([^"]*)"', match[1])
    kept = re.sub(r' (?:viewBox|version|xmlns(?::\w+)?)="[^"]*"', "", match[1])
    return Picture(view_box[1] if view_box else "", f"<g{kept}>{match[2]}</g>")
