"""The outlines of countries, and geometry on them: containment, borders and distances.

Points are pairs of degrees, longitude first, in arrays of shape (n, 2).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimbook.corpus.model import note_read
from claimbook.paths import project

EARTH_RADIUS_KM = 6371.0088  # the mean radius (IUGG)
_TINY = 1e-12  # keeps divisors from zero

Points = npt.NDArray[Any]


@dataclass(frozen=True)
class CountryOutlines:
    """The outlines of countries, cut off at a common frame.

    Attributes:
        rings: By the name of the country, its closed rings, the largest first.
    """

    rings: dict[str, list[Points]]

    def contains(self, country: str, points: Points) -> npt.NDArray[np.bool_]:
        """Check for each point whether it lies in a country, by the even-odd rule.

        Args:
            country: The name of the country.
            points: The points in degrees, shape (n, 2).

        Returns:
            True for each point inside the country, shape (n,).

        Raises:
            KeyError: The country has no outline.
        """
        inside = np.zeros(len(points), dtype=bool)
        x, y = points[:, :1], points[:, 1:]
        for ring in self.rings[country]:
            (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
            spans_latitude = (y0 > y) != (y1 > y)
            with np.errstate(divide="ignore", invalid="ignore"):  # a level edge is never crossed
                is_west_of_edge = x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
            inside ^= (spans_latitude & is_west_of_edge).sum(axis=1) % 2 == 1
        return inside

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
        neighbour_points = {tuple(point) for ring in self.rings[neighbour] for point in ring}
        lines = []
        for ring in self.rings[country]:
            is_shared = np.array([tuple(point) in neighbour_points for point in ring])
            breaks = np.flatnonzero(is_shared[1:] != is_shared[:-1]) + 1
            stretches = np.split(np.arange(len(ring)), breaks)
            lines += [
                ring[stretch] for stretch in stretches if is_shared[stretch[0]] and len(stretch) > 1
            ]
        return lines


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
    collection = json.loads(file.read_text("utf-8"))
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

    Distances are measured on a sphere, in the azimuthal equidistant projection about the given
    point, which keeps every distance from it (J. P. Snyder, Map Projections, USGS Professional
    Paper 1395, 1987, ch. 25). The edges of lines are straight in this projection, which makes no
    difference over the few kilometres of one edge.

    Args:
        longitude: The longitude of the given point, in degrees.
        latitude: Its latitude, in degrees.
        lines: The lines, each as its points in degrees, shape (n, 2).

    Returns:
        The distance in kilometres, and the longitude and latitude of the nearest point. Without
        lines, infinity and twice NaN.
    """
    nearest = (np.inf, np.nan, np.nan)
    for line in lines:
        projected = _project_about(longitude, latitude, line)
        start, edge = projected[:-1], np.diff(projected, axis=0)
        along_edge = -(start * edge).sum(axis=1) / np.maximum((edge**2).sum(axis=1), _TINY)
        along_edge = np.clip(along_edge, 0, 1)
        distances = np.hypot(*(start + along_edge[:, None] * edge).T)
        index = int(distances.argmin())
        if distances[index] < nearest[0]:
            x, y = line[index] + along_edge[index] * (line[index + 1] - line[index])
            nearest = (float(distances[index]), float(x), float(y))
    return nearest


def _project_about(longitude: float, latitude: float, points: Points) -> Points:
    """Project points by the azimuthal equidistant projection about a centre.

    Args:
        longitude: The longitude of the centre, in degrees.
        latitude: Its latitude, in degrees.
        points: The points in degrees, shape (n, 2).

    Returns:
        Kilometres east and north of the centre, shape (n, 2).
    """
    longitudes, latitudes = np.radians(points[:, 0] - longitude), np.radians(points[:, 1])
    centre = np.radians(latitude)
    cosine = np.sin(centre) * np.sin(latitudes)
    cosine = cosine + np.cos(centre) * np.cos(latitudes) * np.cos(longitudes)
    angles = np.arccos(np.clip(cosine, -1, 1))
    east = np.cos(latitudes) * np.sin(longitudes)
    north = np.cos(centre) * np.sin(latitudes)
    north = north - np.sin(centre) * np.cos(latitudes) * np.cos(longitudes)
    scale = EARTH_RADIUS_KM * angles / np.maximum(np.hypot(east, north), _TINY)
    return np.column_stack([east * scale, north * scale])
