"""The layout of places on a map: points, areas, countries and borders, with their positions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from claimbook.analysis.geodata import CountryOutlines, load_outlines, nearest_point
from claimbook.figures.projection import Frame, LambertConformalConic, Points, projection_of
from claimbook.settings import Geography, settings

COUNTRY, BORDER, AREA, POINT = "country", "border", "area", "point"
DRAWN_AS = [POINT, AREA, COUNTRY, BORDER]  # the first are set first
BACKGROUND, OUTSIDE, NOWHERE = "background", "outside", "nowhere"  # why a place is not drawn
EXTENDED = {"country": COUNTRY, "airspace": COUNTRY, "border": BORDER}  # by the kind of a place
GRID = (0.15, 0.1)  # degrees of longitude and latitude between the positions tried in a country


@dataclass(frozen=True)
class MapGround:
    """The base map of a report: outlines, projection and frame.

    Attributes:
        outlines: The outlines of the countries.
        projection: The projection.
        frame: The edges of the map.
        geography: The settings of the country that the map is about.
    """

    outlines: CountryOutlines
    projection: LambertConformalConic
    frame: Frame
    geography: Geography

    @classmethod
    def load(cls) -> "MapGround":
        """Load the outlines for the map that the settings describe.

        Raises:
            OSError: The outlines cannot be read.
            ValueError: They are not JSON, or the report's settings have no geography.
        """
        geography = settings().geography
        if geography is None:
            raise ValueError("a map needs the table [geography] in the settings of the report")
        return cls(load_outlines(), projection_of(geography), Frame(*geography.frame), geography)

    def project(self, points: Points) -> Points:
        """Project points from degrees, longitude first, to kilometres."""
        return self.projection.project(*points.T)

    def countries_in(self, name: str) -> list[str]:
        """Find the countries whose names occur in the name of a place.

        Returns:
            The countries in the order of the outlines: both countries of `Norrland–Ostria border`.
        """
        return [country for country in self.outlines.rings if country in name]

    def lines_of(self, name: str) -> list[Points]:
        """Return the lines of a border or country that the name of a place denotes.

        Returns:
            The border between the first two countries in the name, in the order of the outlines, or
            the whole outline if it has only one country; in degrees.

        Raises:
            ValueError: The name has no country of the outlines.
        """
        country, *others = self.countries_in(name)
        if others:
            return self.outlines.border(country, others[0])
        return self.outlines.rings[country]

    def measured_border(self) -> list[Points]:
        """Return the border of the home country with its neighbours in the settings.

        Distances on the map are measured to this border.

        Returns:
            Its lines in degrees; empty if there is no such border.
        """
        return [
            line
            for neighbour in self.geography.neighbours
            for line in self.outlines.border(self.geography.home, neighbour)
        ]

    def positions_in(self, country: str) -> Points:
        """Return a grid of positions in the largest part of a country, in kilometres."""
        ring = self.outlines.rings[country][0]
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        longitudes, latitudes = np.arange(west, east, GRID[0]), np.arange(south, north, GRID[1])
        grid = np.stack(np.meshgrid(longitudes, latitudes), axis=-1).reshape(-1, 2)
        return self.project(grid[self.outlines.contains(country, grid)])

    def rim_of(self, country: str) -> Points:
        """Return the points of the outline of a country's largest part, in kilometres."""
        return self.project(self.outlines.rings[country][0])

    def roomiest(self, positions: Points, taken: Points) -> Points:
        """Choose the position farthest from the map's edges and from other marks.

        Args:
            positions: The positions to choose from, in kilometres, shape (n, 2).
            taken: The points to keep away from, in kilometres, shape (m, 2).

        Returns:
            The position whose nearest edge or point is farthest away, shape (2,).
        """
        room = self.frame.distance_to_edge(positions)
        if len(taken):
            x, y = positions.T
            distances = np.hypot(x[:, None] - taken[:, 0], y[:, None] - taken[:, 1])
            room = np.minimum(room, distances.min(axis=1))
        return np.asarray(positions[room.argmax()])


def drawing_of(ground: MapGround, place: pd.Series, background: str) -> str:
    """Decide how to draw a place, or for which reason to omit it.

    Args:
        ground: The base map.
        place: A place with the columns of `places.csv` and its `theme`.
        background: The theme whose places are omitted.

    Returns:
        How to draw it, one of `DRAWN_AS`; or the reason to omit it: `BACKGROUND` (its theme),
        `OUTSIDE` (it lies outside the frame) or `NOWHERE` (its position is not known: a country,
        airspace or border has no outline, any other place no coordinates).
    """
    if place["theme"] == background:
        return BACKGROUND
    if place["kind"] in EXTENDED and ground.countries_in(place["name"]):
        lines = ground.lines_of(place["name"])
        if lines and ground.frame.contains(ground.project(np.concatenate(lines))).any():
            return EXTENDED[place["kind"]]
        return OUTSIDE
    if place["kind"] in EXTENDED or pd.isna(place["latitude"]):
        return NOWHERE
    point = ground.projection.project(place["longitude"], place["latitude"])
    if not ground.frame.contains(point).all():
        return OUTSIDE
    return AREA if place["precision"] == "area" else POINT


def lay_out_places(ground: MapGround, places: pd.DataFrame) -> pd.DataFrame:
    """Compute the position of each place's mark on the map.

    Points and areas are at their coordinates. The mark of a country is where most room is. The mark
    of a border is at the point of the border nearest to its coordinates in the table; without
    coordinates, it is where most room is on the border.

    Args:
        ground: The base map.
        places: Places with the columns of `places.csv` and `drawn_as`, one of `DRAWN_AS`.

    Returns:
        The places with the added columns `x` and `y`, in kilometres.
    """
    order = places.assign(
        rank=places["drawn_as"].map(DRAWN_AS.index), pointless=places["latitude"].isna()
    ).sort_values(["rank", "pointless"], kind="stable")
    positions: dict[str, Points] = {}
    marked_borders = np.empty((0, 2))  # in kilometres
    for name, place in order.iterrows():
        taken = np.array(list(positions.values())).reshape(-1, 2)
        if place["drawn_as"] in (POINT, AREA):
            position = ground.projection.project(place["longitude"], place["latitude"])[0]
        elif place["drawn_as"] == COUNTRY:
            country = ground.countries_in(place["name"])[0]
            obstacles = np.concatenate([ground.rim_of(country), taken])
            position = ground.roomiest(ground.positions_in(country), obstacles)
        else:
            lines = ground.lines_of(place["name"])
            border = ground.project(np.concatenate(lines))
            if place["pointless"]:
                position = ground.roomiest(border, np.concatenate([marked_borders, taken]))
            else:
                _, *nearest = nearest_point(place["longitude"], place["latitude"], lines)
                position = ground.projection.project(*nearest)[0]
            marked_borders = np.concatenate([marked_borders, border])
        positions[str(name)] = position
    xy = np.array([positions[str(name)] for name in places.index]).reshape(-1, 2)
    return places.assign(x=xy[:, 0], y=xy[:, 1])
