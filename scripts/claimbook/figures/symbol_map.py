"""A map of the places that claims name, with marks sized by the number of claims.

Only places with a point of their own are drawn as points. Countries, borders and areas are drawn as
such. The projection keeps distances within about a hundredth over a map of a thousand kilometres,
so that one scale bar serves all of it.
"""

import textwrap
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Circle
from matplotlib.transforms import Bbox

from claimbook import house_style
from claimbook.analysis.geodata import nearest_point
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, place_layout
from claimbook.figures.canvas import root_figure, small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.label_placement import Label, place_labels
from claimbook.figures.map_ground import country_labels, draw_countries
from claimbook.figures.no_data import require_rows
from claimbook.figures.place_layout import MapGround
from claimbook.figures.projection import Points
from claimbook.language.words import count_noun, join_words
from claimbook.settings import Theme, settings

AREA_RADIUS = 50  # kilometres: the disc of an area whose bounds the sources do not give
HEIGHT = 4.75  # inches of the map on a page
# Square points of a mark: for each claim, at least, and at most. On a phone, three fifths of them.
SIZE_PER_CLAIM, MIN_SIZE, MAX_SIZE = 30, 14, 1100
PHONE = 0.6
SCALE_BAR = 100  # kilometres
COLUMNS = ["place", "kind", "drawn_as", "theme", "number", "other_claims", "km_to_border", "claims"]


@dataclass(frozen=True)
class Measure:
    """A measured line from a place to a border.

    Attributes:
        place: The name of the place.
        country: The country in which it lies; empty if it lies in none.
        kilometres: Its distance from the border.
        start: The place on the map, in kilometres, shape (2,).
        end: The nearest point of the border on the map, in kilometres, shape (2,).
    """

    place: str
    country: str
    kilometres: float
    start: Points
    end: Points


@traced
def places_of_theme(corpus: Corpus, theme: str, title: str | Finding, name: str = "map") -> Figure:
    """Draw a map of the places that claims of a theme name, sized by claims.

    A place that no claim of this theme names is small, and has the theme of most of its claims. It
    is omitted if that is the background. Places beyond the frame or without coordinates are
    omitted, too.

    Args:
        corpus: The corpus.
        theme: The id of the theme.
        title: The title of the figure.
        name: The name of the figure.

    Raises:
        ValueError: The report's settings have no geography.
    """
    ground = MapGround.load()
    background = settings().roles.background
    named = _count_claims(corpus, theme)
    require_rows(named, name, "places that claims name")
    named["drawn_as"] = [
        place_layout.drawing_of(ground, place, background) for _, place in named.iterrows()
    ]
    on_map = named["drawn_as"].isin(place_layout.DRAWN_AS)
    places = place_layout.lay_out_places(ground, named[on_map])
    places["km_to_border"] = _distances(ground, places)
    measure = _measure_capital(ground, corpus.places)
    omitted = named["drawn_as"].value_counts()
    look = settings().theme[theme]
    claims = int((corpus.claims["theme"] == theme).sum())

    def draw(width: float) -> Drawing:
        return _draw(ground, places, look, measure, width)

    return Figure(
        name=name,
        title=title,
        subtitle=(
            f"The {claims} claims on {look.label.lower()} by the places that they name, several "
            "or none; in brackets how many do. "
            "Grey words: places that other themes alone name. "
            f"Left out: {count_noun(omitted.get(place_layout.BACKGROUND, 0), 'place')} of "
            f"{settings().roles.background_phrase}, "
            f"{omitted.get(place_layout.OUTSIDE, 0)} beyond the frame, "
            f"{omitted.get(place_layout.NOWHERE, 0)} without a point."
        ),
        alt=_describe(named, look, ground.geography.home, measure),
        data=places.rename(columns={"name": "place"})[COLUMNS].reset_index(drop=True),
        draw=draw,
    )


def _count_claims(corpus: Corpus, theme: str) -> pd.DataFrame:
    """Count the claims that name each place.

    Args:
        corpus: The corpus.
        theme: The theme of every place that a claim of it names. Any other place has the theme of
            most of its claims.

    Returns:
        The places that claims name, those of the theme first, those with most claims first: the
        columns of `places.csv`, `theme`, `number` and `claims` (both of that theme only), and
        `other_claims`.
    """
    claims = corpus.claims.rename_axis("claim_id").reset_index()
    claims = claims.explode("places").dropna(subset="places")
    rows = {}
    for place, group in claims.groupby("places"):
        themes = group["theme"].value_counts()
        own = theme if themes.get(theme, 0) else str(themes.idxmax())
        behind = sorted(group.loc[group["theme"] == own, "claim_id"])
        rows[place] = {
            "theme": own,
            "number": len(behind),
            "other_claims": len(group) - len(behind),
            "claims": behind,
        }
    columns = ["theme", "number", "other_claims", "claims"]
    counts = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    named = corpus.places.join(counts, how="inner")
    order = named.assign(first=named["theme"] == theme, id=named.index)
    order = order.sort_values(["first", "number", "id"], ascending=[False, False, True])
    return named.loc[order.index]


def _distances(ground: MapGround, places: pd.DataFrame) -> list[object]:
    """Compute the kilometres from each point to the border; missing for other places."""
    border = ground.measured_border()
    return [
        round(nearest_point(place["longitude"], place["latitude"], border)[0])
        if border and place["drawn_as"] == place_layout.POINT
        else pd.NA
        for _, place in places.iterrows()
    ]


def _measure_capital(ground: MapGround, places: pd.DataFrame) -> Measure | None:
    """Measure the distance of the capital from the border.

    Returns:
        The measure; None if the settings have no capital, or no border to measure to.
    """
    border = ground.measured_border()
    if ground.geography.capital not in places.index or not border:
        return None
    capital = places.loc[ground.geography.capital]
    longitude, latitude = capital["longitude"], capital["latitude"]
    kilometres, *nearest = nearest_point(longitude, latitude, border)
    start = ground.projection.project(longitude, latitude)[0]
    end = ground.projection.project(*nearest)[0]
    country = ground.outlines.country_of(longitude, latitude)
    return Measure(capital["name"], country, kilometres, start, end)


def _describe(named: pd.DataFrame, look: Theme, home: str, measure: Measure | None) -> str:
    """Write the alternative text: places by theme and precision, and omitted ones."""
    on_map = named[named["drawn_as"].isin(place_layout.DRAWN_AS)]
    of_theme, others = on_map[on_map["theme"] == look.id], on_map[on_map["theme"] != look.id]
    points = of_theme[of_theme["drawn_as"] == place_layout.POINT]
    omitted = named[named["drawn_as"].isin([place_layout.OUTSIDE, place_layout.NOWHERE])]
    numbers = [f"{place.name} {place.number}" for place in of_theme.itertuples(index=False)]
    distance = ""
    if measure:
        border = f"the border of {home}" if measure.country == home else home
        distance = f"{measure.place} lies about {measure.kilometres:.0f} kilometres from {border}. "
    return (
        f"Map of {home} and its neighbours with the {count_noun(len(of_theme), 'place')} that "
        f"claims on {look.label.lower()} name, by claims: {join_words(numbers)}. "
        f"{len(points)} of them can be set as points: {join_words(list(points['name'])) or 'none'};"
        " the others are whole countries, an airspace, borders or areas. "
        f"{distance}Small, because other themes alone name them: "
        f"{join_words(list(others['name'])) or 'none'}. Left out, beyond the frame or without a "
        f"point: {join_words(list(omitted['name'])) or 'none'}."
    )


def _draw(
    ground: MapGround, places: pd.DataFrame, look: Theme, measure: Measure | None, width: float
) -> Drawing:
    """Draw the map at a width in inches."""
    wide = width >= house_style.WIDE
    frame = ground.frame
    height = HEIGHT if wide else width * frame.aspect
    key = _key(places, look)
    top = legend.legend_height(key, width)
    drawing = Drawing(figsize=(width, height + top))
    axes = drawing.add_axes((0, 0, 1, height / (height + top)))
    half = (frame.north - frame.south) * width / height / 2
    west = frame.middle - half
    axes.set(xlim=(west, frame.middle + half), ylim=(frame.south, frame.north))
    axes.set_axis_off()
    draw_countries(axes, ground)
    sizes = _mark_sizes(places, look.id) * (1 if wide else PHONE)
    taken: list[Bbox] = []
    point_labels: list[Label] = []
    other_labels: list[Label] = []
    for (_, place), size in zip(places.iterrows(), sizes, strict=True):
        if place["drawn_as"] == place_layout.BORDER:
            _draw_border(axes, ground, place)
        if place["drawn_as"] == place_layout.AREA:
            _draw_area(axes, place)
        _draw_mark(axes, place, size)
        taken.append(_box_around(axes, (place["x"], place["y"]), size**0.5 / 2))
        labels = point_labels if place["drawn_as"] == place_layout.POINT else other_labels
        labels.append(_label(place, size, look.id))
    distance_labels = []
    if measure:
        taken += _draw_measure(axes, measure)
        distance_labels.append(_distance_label(measure))
    taken.append(_draw_scale_bar(axes, west + 15, frame.south + 15))
    home = ground.outlines.rings[ground.geography.home]
    rim = np.concatenate([ground.project(ring) for ring in home])
    # points cannot move: their labels come before those of countries and borders
    countries = country_labels(ground, places[["x", "y"]].to_numpy(), set(places["name"]))
    labels = [*distance_labels, *point_labels, *countries, *other_labels]
    place_labels(axes, labels, taken, [_box_around(axes, (x, y), 2) for x, y in rim])
    legend.draw_legend(drawing, key)
    return drawing


def _mark_sizes(places: pd.DataFrame, theme: str) -> pd.Series:
    """Compute the size of each mark on a page, in square points.

    Places of the theme are sized by their claims. All others have the size of one claim.
    """
    numbers = places["number"].where(places["theme"] == theme)
    per_claim = min(SIZE_PER_CLAIM, MAX_SIZE / numbers.max())
    return (per_claim * numbers).fillna(SIZE_PER_CLAIM).clip(MIN_SIZE)


def _draw_border(axes: Axes, ground: MapGround, place: pd.Series) -> None:
    """Draw the lines of a border to which claims refer without naming a point on it."""
    for line in ground.lines_of(place["name"]):
        axes.plot(
            *ground.project(line).T,
            color=house_style.colour(place["theme"]),
            linewidth=3,
            alpha=0.3,
            solid_joinstyle="round",
            zorder=1,
        )


def _draw_area(axes: Axes, place: pd.Series) -> None:
    """Draw a pale disc for an area whose bounds are not given."""
    axes.add_patch(
        Circle(
            (place["x"], place["y"]),
            AREA_RADIUS,
            facecolor=house_style.colour(place["theme"]),
            alpha=0.16,
            linewidth=0,
            zorder=1.5,
        )
    )


def _draw_mark(axes: Axes, place: pd.Series, size: float) -> None:
    """Draw the mark of a place with its theme's marker; only points are filled."""
    colour = house_style.colour(place["theme"])
    is_point = place["drawn_as"] == place_layout.POINT
    dot = axes.scatter(
        [place["x"]],
        [place["y"]],
        s=size,
        marker=settings().theme[place["theme"]].marker,
        edgecolors=colour,
        linewidths=1.2,
        facecolors=colour if is_point else house_style.colour("paper"),
        zorder=3,
    )
    dot.set_urls([f"claim:{place['claims'][0]}"])


def _box_around(axes: Axes, at: tuple[float, float], radius: float) -> Bbox:
    """Return the box in pixels around a point of the map, by a radius in points."""
    x, y = axes.transData.transform(at)
    reach = radius * root_figure(axes).dpi / 72
    return Bbox([(x - reach, y - reach), (x + reach, y + reach)])


def _draw_measure(axes: Axes, measure: Measure) -> list[Bbox]:
    """Draw a measured line with bars at its ends; return the boxes that it covers."""
    line = {
        "arrowstyle": "|-|,widthA=0.25,widthB=0.25",
        "shrinkA": 4,
        "shrinkB": 0,
        "linewidth": 0.9,
        "color": house_style.colour("muted"),
    }
    (start_x, start_y), (end_x, end_y) = measure.start, measure.end
    axes.annotate("", (end_x, end_y), (start_x, start_y), arrowprops=line)
    points = measure.start + np.linspace(0, 1, 12)[:, None] * (measure.end - measure.start)
    return [_box_around(axes, (x, y), 1.5) for x, y in points]


def _distance_label(measure: Measure) -> Label:
    x, y = (measure.start + measure.end) / 2
    return Label(f"{measure.kilometres:.0f} km", (x, y), 2, {"color": house_style.colour("muted")})


def _draw_scale_bar(axes: Axes, x: float, y: float) -> Bbox:
    """Draw a scale bar from a point to the right; return the box that it covers."""
    axes.plot(
        [x, x + SCALE_BAR],
        [y, y],
        color=house_style.colour("muted"),
        linewidth=1.5,
        solid_capstyle="butt",
    )
    options = small_print() | {"fontsize": house_style.SMALL - 0.5}
    axes.annotate(f"{SCALE_BAR} km", (x, y), (0, 3), textcoords="offset points", **options)
    return Bbox(axes.transData.transform([(x, y), (x + SCALE_BAR, y + 30)]))


def _label(place: pd.Series, size: float, theme: str) -> Label:
    """Create the label of a place, which is wrapped if it is long.

    A place of the theme has its number of claims and is in bold type, any other is muted. The name
    of a country is followed by `at large`.

    Args:
        place: The place, with its position in `x` and `y`.
        size: The size of its mark in square points.
        theme: The id of the theme of the map.
    """
    name = f"{place['name']} at large" if place["kind"] == "country" else place["name"]
    if place["theme"] == theme:
        text = f"{name}\N{NO-BREAK SPACE}({place['number']})"
        options = {"color": house_style.colour("ink"), "fontweight": "bold"}
    else:
        text = name
        options = {"color": house_style.colour("muted"), "fontweight": "normal"}
    return Label(textwrap.fill(text, 22), (place["x"], place["y"]), size**0.5 / 2, options)


def _key(places: pd.DataFrame, look: Theme) -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words, for the marks in use."""
    of_theme, others = places[places["theme"] == look.id], places[places["theme"] != look.id]
    is_point = of_theme["drawn_as"] == place_layout.POINT
    key: dict[str, legend.Sample] = {}
    if is_point.any():
        words = f"{look.label.lower()} at a place (claims)"
        key[words] = legend.dot_sample(look.marker, colour=look.id)
    if not is_point.all():
        words = "in a whole country, airspace, border or area"
        key[words] = legend.dot_sample(look.marker, filled=False, colour=look.id)
    for theme, other in settings().theme.items():
        if theme in set(others["theme"]):
            key[f"{other.label.lower()} only"] = legend.dot_sample(other.marker, colour=theme)
    return key
