"""The places that claims name, on a map about Belarus; what is meant as a whole, or has no point, is drawn as what it is.

Lambert's conformal conic projection, with the two true parallels a sixth of the map's height from its edges: over the thousand
kilometres of the map a kilometre is nowhere more than a hundredth longer than elsewhere, so that its scale holds.
"""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Circle, Polygon
from matplotlib.transforms import Bbox

from claimbook.analysis import geodata
from claimbook.analysis.geodata import CountryOutlines
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style
from claimbook.figures.figure import Figure
from claimbook.figures.label_placement import Label, place_labels
from claimbook.figures.queries import count_noun, join_words
from claimbook.settings import settings

HOME, NEIGHBOUR, CAPITAL = "Belarus", "Ukraine", "kyiv"
SIGNAL = "military-signal"
PARALLELS, ORIGIN = (
    np.radians([51.0, 55.0]),
    np.radians([28.6, 53.0]),
)  # degrees: the true parallels; longitude and latitude of 0, 0
WEST, EAST, SOUTH, NORTH = -395, 425, -335, 375  # kilometres from the origin: the frame of the map
SPREAD = {
    "country": "country",
    "airspace": "country",
    "border": "border",
}  # by kind: what a place without a point of its own fills
AREA = 50  # kilometres: the radius of the circle for an area whose bounds the texts do not give
TALL = 4.75  # inches of the map where a page has the room
SIZE, LEAST, MOST = (
    30,
    14,
    1100,
)  # square points of a mark for each claim, and of any mark; on a phone, three fifths of them
DRAWN = ["point", "area", "country", "border"]
COLUMNS = [
    "place",
    "kind",
    "drawn_as",
    "theme",
    "number",
    "other_claims",
    "km_to_belarus_ukraine_border",
    "claims",
]


def places_of_theme(corpus: Corpus, title: str) -> Figure:
    """The places of the military signals, marks sized by claims; small, those that other themes alone name; Kyiv's distance.

    Places that nothing but the war at large names (theme `context`) are left out, as those beyond the frame or without a point.
    """
    known = geodata.load_outlines()
    named = _named(corpus)
    named["drawn_as"] = [_drawn_as(known, row) for _, row in named.iterrows()]
    shown = _settle(known, named[named["drawn_as"].isin(DRAWN)].copy())
    border = known.border(HOME, NEIGHBOUR)
    shown["km_to_belarus_ukraine_border"] = [
        round(geodata.nearest_point(row["longitude"], row["latitude"], border)[0])
        if row["drawn_as"] == "point"
        else pd.NA
        for _, row in shown.iterrows()
    ]
    kyiv = corpus.places.loc[CAPITAL]
    away = geodata.nearest_point(kyiv["longitude"], kyiv["latitude"], border)

    def draw(width: float) -> Drawing:
        return _draw(known, shown, project(kyiv["longitude"], kyiv["latitude"])[0], away, width)

    left = named["drawn_as"].value_counts()
    signals = int((corpus.claims["theme"] == SIGNAL).sum())
    return Figure(
        name="map-signals",
        title=title,
        subtitle=(
            f"The {signals} claims on military signals by the places that they name, several or none; in brackets how many do. "
            "Grey words: places that other themes alone name. "
            f"Left out: {count_noun(left.get('war', 0), 'place')} of the war at large, "
            f"{left.get('outside', 0)} beyond the frame, {left.get('nowhere', 0)} without a point."
        ),
        alt=_in_words(named, away[0]),
        data=shown.rename(columns={"name": "place"})[COLUMNS].reset_index(drop=True),
        made_by="figures.maps.of_signals from claims.csv, places.csv and outlines.geojson (Natural Earth)",
        draw=draw,
    )


def _in_words(named: pd.DataFrame, away: float) -> str:
    """The alternate text: where signals lie and how closely, what else is shown, what is left out."""
    shown = named[named["drawn_as"].isin(DRAWN)]
    signals, others = shown[shown["theme"] == SIGNAL], shown[shown["theme"] != SIGNAL]
    points = signals[signals["drawn_as"] == "point"]
    beyond = named[named["drawn_as"].isin(["outside", "nowhere"])]
    return (
        f"Map of Belarus and its neighbours with the {count_noun(len(signals), 'place')} that claims on military signals name, by claims: "
        f"{join_words([f'{row.name} {row.number}' for row in signals.itertuples(index=False)])}. "
        f"{len(points)} of them can be set as points: {join_words(list(points['name'])) or 'none'}; the others are whole countries, "
        f"an airspace, borders or areas. Kyiv lies about {away:.0f} kilometres from Belarus. Small, because other themes alone name them: "
        f"{join_words(list(others['name'])) or 'none'}. Left out, beyond the frame or without a point: "
        f"{join_words(list(beyond['name'])) or 'none'}."
    )


def project(longitude: np.ndarray | float, latitude: np.ndarray | float) -> np.ndarray:
    """Points in kilometres east and north of the map's origin, as an array of shape (n, 2)."""

    def reach(north: np.ndarray | float) -> np.ndarray:
        return np.tan(np.pi / 4 + np.asarray(north) / 2)

    first, last = PARALLELS
    power = np.log(np.cos(first) / np.cos(last)) / np.log(reach(last) / reach(first))
    scale = geodata.EARTH_RADIUS_KM * np.cos(first) * reach(first) ** power / power
    radius = scale / reach(np.radians(np.asarray(latitude, float))) ** power
    angle = power * (np.radians(np.asarray(longitude, float)) - ORIGIN[0])
    return np.column_stack(
        [radius * np.sin(angle), scale / reach(ORIGIN[1]) ** power - radius * np.cos(angle)]
    )


def _named(corpus: Corpus) -> pd.DataFrame:
    """The places that claims name, most claims first: columns of `places.csv`, `theme`, `number`, `claims` (of it), `other_claims`.

    The theme of a place is military signals where one of them names it, else the theme with most claims on it.
    """
    claims = (
        corpus.claims.rename_axis("claim_id")
        .reset_index()
        .explode("places")
        .dropna(subset="places")
    )
    rows = {}
    for name, group in claims.groupby("places"):
        themes = group["theme"].value_counts()
        theme = SIGNAL if themes.get(SIGNAL, 0) else str(themes.idxmax())
        behind = sorted(group.loc[group["theme"] == theme, "claim_id"])
        rows[name] = {
            "theme": theme,
            "number": len(behind),
            "other_claims": len(group) - len(behind),
            "claims": behind,
        }
    named = corpus.places.join(pd.DataFrame.from_dict(rows, orient="index"), how="inner")
    order = named.assign(first=named["theme"] == SIGNAL, id=named.index)
    return named.loc[
        order.sort_values(["first", "number", "id"], ascending=[False, False, True]).index
    ]


def _drawn_as(known: CountryOutlines, row: pd.Series) -> str:
    """How a place is drawn (`DRAWN`), or why it is not: of the `war` at large, `outside` the frame, or lies `nowhere`."""
    if row["theme"] == "context":
        return "war"
    if row["kind"] in SPREAD and _countries(known, row["name"]):
        lines = _lines(known, row["name"])
        return (
            SPREAD[row["kind"]]
            if lines and _in_frame(project(*np.concatenate(lines).T)).any()
            else "outside"
        )
    if row["kind"] in SPREAD or pd.isna(row["latitude"]):
        return "nowhere"
    if not _in_frame(project(row["longitude"], row["latitude"])).all():
        return "outside"
    return "area" if row["precision"] == "area" else "point"


def _in_frame(points: np.ndarray) -> np.ndarray:
    """Whether points, in kilometres, lie within the frame."""
    x, y = points.T
    return (x > WEST) & (x < EAST) & (y > SOUTH) & (y < NORTH)


def _countries(known: CountryOutlines, name: str) -> list[str]:
    """The countries that the name of a place contains, such as both of a border."""
    return [country for country in known.rings if country in name]


def _lines(known: CountryOutlines, name: str) -> list[np.ndarray]:
    """The border that a place's name means: between two countries, or all about one."""
    country, *others = _countries(known, name)
    return known.border(country, others[0]) if others else known.rings[country]


def _settle(known: CountryOutlines, shown: pd.DataFrame) -> pd.DataFrame:
    """Gives each place its `x` and `y` in kilometres; what is no point gets a spot on its border or in its country.

    That is the one nearest to the point that the table has for a border, else the one with most room about it.
    """
    order = shown.assign(rank=shown["drawn_as"].map(DRAWN.index), free=shown["latitude"].isna())
    order = order.sort_values(["rank", "free"], kind="stable")
    at: dict[str, np.ndarray] = {}
    lined = np.empty((0, 2))  # the borders that have their mark, in kilometres
    for name, row in order.iterrows():
        taken = np.array(list(at.values())).reshape(-1, 2)
        if row["drawn_as"] in ("point", "area"):
            at[name] = project(row["longitude"], row["latitude"])[0]
        elif row["drawn_as"] == "country":
            spots, rim = _ground(known, _countries(known, row["name"])[0])
            at[name] = _roomiest(project(*spots.T), np.concatenate([rim, taken]))
        else:
            lines = _lines(known, row["name"])
            spots = project(*np.concatenate(lines).T)
            if row["free"]:
                at[name] = _roomiest(spots, np.concatenate([lined, taken]))
            else:
                at[name] = project(
                    *geodata.nearest_point(row["longitude"], row["latitude"], lines)[1:]
                )[0]
            lined = np.concatenate([lined, spots])
    shown[["x", "y"]] = [at[name] for name in shown.index]
    return shown


def _ground(known: CountryOutlines, country: str) -> tuple[np.ndarray, np.ndarray]:
    """Spots all over a country, in degrees, and its rim in kilometres."""
    ring = known.rings[country][0]
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    grid = np.stack(
        np.meshgrid(np.arange(west, east, 0.15), np.arange(south, north, 0.1)), axis=-1
    ).reshape(-1, 2)
    return grid[known.hold(country, grid)], project(*ring.T)


def _roomiest(spots: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """The spot within the frame that is farthest from its edges and from what is taken (all in kilometres)."""
    x, y = spots.T
    room = np.min([x - WEST, EAST - x, y - SOUTH, NORTH - y], axis=0)
    if len(taken):
        room = np.minimum(
            room, np.hypot(x[:, None] - taken[:, 0], y[:, None] - taken[:, 1]).min(axis=1)
        )
    return spots[room.argmax()]


def _draw(
    known: CountryOutlines,
    shown: pd.DataFrame,
    kyiv: np.ndarray,
    away: tuple[float, float, float],
    width: float,
) -> Drawing:
    wide = width >= style.WIDE
    tall = TALL if wide else width * (NORTH - SOUTH) / (EAST - WEST)
    key = _key(shown)
    top = legend.legend_height(key, width)
    drawing = Drawing(figsize=(width, tall + top))
    axes = drawing.add_axes((0, 0, 1, tall / (tall + top)))
    middle, half = (WEST + EAST) / 2, (NORTH - SOUTH) * width / tall / 2
    axes.set(xlim=(middle - half, middle + half), ylim=(SOUTH, NORTH))
    axes.set_axis_off()
    _land(axes, known)
    signals = shown["number"].where(shown["theme"] == SIGNAL)
    sizes = (min(SIZE, MOST / signals.max()) * signals).fillna(SIZE).clip(LEAST) * (
        1 if wide else 0.6
    )
    taken, fixed, loose = (
        [],
        [],
        [],
    )  # labels of points, which stand where they stand, come before those of wholes
    for (_, row), size in zip(shown.iterrows(), sizes, strict=True):
        if row["drawn_as"] == "border":
            _border(axes, _lines(known, row["name"]), row["theme"])
        if row["drawn_as"] == "area":
            _area(axes, row)
        _mark(axes, row, size)
        taken.append(_around(axes, (row["x"], row["y"]), size**0.5 / 2))
        (fixed if row["drawn_as"] == "point" else loose).append(_label(row, size))
    end = project(*away[1:])[0]
    taken += [*_measure(axes, kyiv, end), *_scale(axes, half)]
    distance = Label(
        f"{away[0]:.0f} km", tuple((kyiv + end) / 2), 2, {"color": style.colour("muted")}
    )
    rim = np.concatenate([project(*ring.T) for ring in known.rings[HOME]])
    place_labels(
        axes,
        [distance, *fixed, *_other_countries(known, shown), *loose],
        taken,
        [_around(axes, tuple(at), 2) for at in rim],
    )
    legend.draw_legend(drawing, key)
    return drawing


def _land(axes: Axes, known: CountryOutlines) -> None:
    """Countries as tinted ground with their borders, Belarus set off."""
    for country, rings in known.rings.items():
        for ring in rings:
            home = country == HOME
            axes.add_patch(
                Polygon(
                    project(*ring.T),
                    facecolor=style.colour("home" if home else "band"),
                    edgecolor=style.colour("rule"),
                    linewidth=0.7,
                    zorder=0.6 if home else 0.5,
                )
            )


def _border(axes: Axes, lines: list[np.ndarray], theme: str) -> None:
    """A border that a claim names without saying where on it."""
    for line in lines:
        axes.plot(
            *project(*line.T).T,
            color=style.colour(theme),
            linewidth=3,
            alpha=0.3,
            solid_joinstyle="round",
            zorder=1,
        )


def _area(axes: Axes, row: pd.Series) -> None:
    """A soft disc for an area whose bounds are not given."""
    axes.add_patch(
        Circle(
            (row["x"], row["y"]),
            AREA,
            facecolor=style.colour(row["theme"]),
            alpha=0.16,
            linewidth=0,
            zorder=1.5,
        )
    )


def _mark(axes: Axes, row: pd.Series, size: float) -> None:
    """The mark of a place in its theme's shape: filled at a point, outlined where it stands for more."""
    colour = style.colour(row["theme"])
    dot = axes.scatter(
        [row["x"]],
        [row["y"]],
        s=size,
        marker=settings().theme[row["theme"]].marker,
        edgecolors=colour,
        linewidths=1.2,
        facecolors=colour if row["drawn_as"] == "point" else style.colour("paper"),
        zorder=3,
    )
    dot.set_urls([f"claim:{row['claims'][0]}"])


def _around(axes: Axes, at: tuple[float, float], radius: float) -> Bbox:
    """The box about a point of the map, in pixels; the radius in points."""
    x, y = axes.transData.transform(at)
    reach = radius * axes.figure.dpi / 72
    return Bbox([(x - reach, y - reach), (x + reach, y + reach)])


def _measure(axes: Axes, start: np.ndarray, end: np.ndarray) -> list[Bbox]:
    """A measured line with a bar at each end; gives the boxes it takes."""
    line = {
        "arrowstyle": "|-|,widthA=0.25,widthB=0.25",
        "shrinkA": 4,
        "shrinkB": 0,
        "linewidth": 0.9,
        "color": style.colour("muted"),
    }
    axes.annotate("", end, start, arrowprops=line)
    return [
        _around(axes, tuple(start + share * (end - start)), 1.5) for share in np.linspace(0, 1, 12)
    ]


def _scale(axes: Axes, half: float) -> list[Bbox]:
    """A bar of a hundred kilometres in the lower left corner; gives the box it takes."""
    left, low = (WEST + EAST) / 2 - half + 15, SOUTH + 15
    axes.plot(
        [left, left + 100],
        [low, low],
        color=style.colour("muted"),
        linewidth=1.5,
        solid_capstyle="butt",
    )
    axes.annotate(
        "100 km",
        (left, low),
        (0, 3),
        textcoords="offset points",
        fontsize=style.SMALL - 0.5,
        color=style.colour("muted"),
    )
    return [Bbox(axes.transData.transform([(left, low), (left + 100, low + 30)]))]


def _label(row: pd.Series, size: float) -> Label:
    """The name of a place, with its claims where they are on military signals."""
    signal = row["theme"] == SIGNAL
    name = f"{row['name']} at large" if row["kind"] == "country" else row["name"]
    text = f"{name}\N{NO-BREAK SPACE}({row['number']})" if signal else name
    options = {
        "color": style.colour("ink" if signal else "muted"),
        "fontweight": "bold" if signal else "normal",
    }
    return Label(textwrap.fill(text, 22), (row["x"], row["y"]), size**0.5 / 2, options)


def _other_countries(known: CountryOutlines, shown: pd.DataFrame) -> list[Label]:
    """The names of the countries in the frame for which no mark stands."""
    taken = shown[["x", "y"]].to_numpy()
    labels = []
    for country in known.rings:
        spots, rim = _ground(known, country)
        at = _roomiest(project(*spots.T), np.concatenate([rim, taken]))
        if _in_frame(at[None]).all() and country not in set(shown["name"]):
            labels.append(
                Label(
                    country,
                    tuple(at),
                    0,
                    {"color": style.colour("muted"), "fontstyle": "italic"},
                    upon=True,
                )
            )
    return labels


def _key(shown: pd.DataFrame) -> dict[str, legend.Sample]:
    """What the marks mean, as far as they are drawn."""
    signals, others = shown[shown["theme"] == SIGNAL], shown[shown["theme"] != SIGNAL]
    marker = settings().theme[SIGNAL].marker
    key: dict[str, legend.Sample] = {}
    if (signals["drawn_as"] == "point").any():
        key["military signals at a place (claims)"] = legend.dot_sample(marker, colour=SIGNAL)
    if (signals["drawn_as"] != "point").any():
        key["in a whole country, airspace, border or area"] = legend.dot_sample(
            marker, filled=False, colour=SIGNAL
        )
    for theme, look in settings().theme.items():
        if theme in set(others["theme"]):
            key[f"{look.label.lower()} only"] = legend.dot_sample(look.marker, colour=theme)
    return key
