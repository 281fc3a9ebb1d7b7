"""The outlines of countries, and geometry on them: containment, borders and distances.

Points are pairs of degrees, longitude first, in arrays of shape (n, 2).
"""

import json
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from claimbook.corpus.model import note_read
from claimbook.paths import project

EARTH_RADIUS_KM = 6371.0088  # the mean radius (IUGG)

Points = npt.NDArray[Any]


@dataclass(frozen=True)
class CountryOutlines:
    """The outlines of countries, cut off at a common frame.

    Attributes:
        rings: By the name of the country, its closed rings, the largest first.
    """

    rings: dict[str, list[Points]]

    def contains(self, country: str, points: Points) -> npt.NDArray[np.bool_]:
        """Check for each point whether it lies in a country.

        Args:
            country: The name of the country.
            points: The points in degrees, shape (n, 2).

        Returns:
            True for each point inside the country or on its edge, shape (n,).

        Raises:
            KeyError: The country has no outline.
        """
        return np.asarray(shapely.intersects_xy(self._areas[country], points))

    def country_of(self, longitude: float, latitude: float) -> str:
        """Return the name of the country in which a point lies; empty for none."""
        point = np.array([[longitude, latitude]])
        return next((country for country in self.rings if self.contains(country, point)[0]), "")

    def border(self, country: str, neighbour: str) -> list[Points]:
        """Return the border lines that two countries share.

        Returns:
            The stretches of the first country's outline whose points are also in the outline of the
            neighbour, in degrees. The list is empty if the countries have no common border.

        Raises:
            KeyError: A country has no outline.
        """
        shared = shapely.shared_paths(self._edges(country), self._edges(neighbour))
        merged = shapely.line_merge(shapely.union_all(shared.geoms))
        return [np.array(line.coords) for line in shapely.get_parts(merged)]

    @cached_property
    def _areas(self) -> dict[str, Any]:
        """The areas of the countries; a ring within another is a hole, or an island in it."""
        return {
            country: reduce(shapely.symmetric_difference, map(shapely.Polygon, rings))
            for country, rings in self.rings.items()
        }

    def _edges(self, country: str) -> Any:
        return shapely.MultiLineString(self.rings[country])


def load_outlines(file: Path | None = None) -> CountryOutlines:
    """Load the outlines of countries from a GeoJSON file.

    The file is also noted as an input that was read, for the credits of figures.

    Args:
        file: The file to load; by default that of the project.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not JSON.
    """
    file = file or project().outlines
    collection = json.loads(file.read_bytes())
    origin = collection.get("provenance", {}).get("origin")
    note_read(f"{file.name} ({origin})" if origin else file.name)
    return CountryOutlines(
        {
            country["properties"]["name"]: [
                np.array(ring) for part in country["geometry"]["coordinates"] for ring in part
            ]
            for country in collection["features"]
        }
    )


def nearest_point(
    longitude: float, latitude: float, lines: list[Points]
) -> tuple[float, float, float]:
    """Find the point on some lines that is nearest to a given point.

    Distances are those on a sphere, in the azimuthal equidistant projection about the given point,
    which keeps every distance from it. The edges of lines are straight in this projection, which
    makes no difference over the few kilometres of one edge.

    Args:
        longitude: The longitude of the given point, in degrees.
        latitude: Its latitude, in degrees.
        lines: The lines, each as its points in degrees, shape (n, 2).

    Returns:
        The distance in kilometres, and the longitude and latitude of the nearest point. Without
        lines, infinity and twice NaN.
    """
    if not lines:
        return np.inf, np.nan, np.nan
    about = pyproj.Proj(proj="aeqd", lon_0=longitude, lat_0=latitude, R=EARTH_RADIUS_KM * 1000)
    projected = shapely.MultiLineString([np.column_stack(about(*line.T)) for line in lines])
    way = shapely.shortest_line(shapely.Point(0, 0), projected)
    x, y = way.coords[1]
    return way.length / 1000, *about(x, y, inverse=True)
