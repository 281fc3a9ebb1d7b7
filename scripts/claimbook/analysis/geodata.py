"""The outlines of the countries around Belarus, and what is measured on them: what lies inside, borders, distances.

They come from Natural Earth at 1:10 million, thinned and rounded to a hundred metres (`scripts/outlines.py`): good to a few
kilometres.
Points are pairs of degrees, longitude first, in arrays of shape (n, 2).
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claimbook.paths import project

EARTH_RADIUS_KM = 6371.0088  # kilometres: the mean radius


@dataclass(frozen=True)
class CountryOutlines:
    """Countries by name: each as its closed rings, the largest first, cut off at a frame that no map of ours reaches."""

    rings: dict[str, list[np.ndarray]]

    def hold(self, country: str, points: np.ndarray) -> np.ndarray:
        """Whether each point lies in the country. Raises KeyError for a country without an outline."""
        inside = np.zeros(len(points), bool)
        x, y = points[:, :1], points[:, 1:]
        for ring in self.rings[country]:
            (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
            with np.errstate(divide="ignore", invalid="ignore"):  # a level edge is never crossed
                right = x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
            inside ^= (((y0 > y) != (y1 > y)) & right).sum(axis=1) % 2 == 1
        return inside

    def country_of(self, longitude: float, latitude: float) -> str:
        """The country in which a point lies; empty where none of the known."""
        point = np.array([[longitude, latitude]])
        return next((country for country in self.rings if self.hold(country, point)[0]), "")

    def border(self, country: str, other: str) -> list[np.ndarray]:
        """The lines that two countries share, none where they are no neighbours. Raises KeyError for one without an outline."""
        shared = {tuple(point) for ring in self.rings[other] for point in ring}
        lines = []
        for ring in self.rings[country]:
            common = np.array([tuple(point) in shared for point in ring])
            stretches = np.split(
                np.arange(len(ring)), np.flatnonzero(common[1:] != common[:-1]) + 1
            )
            lines += [
                ring[stretch] for stretch in stretches if common[stretch[0]] and len(stretch) > 1
            ]
        return lines


def load_outlines(file: Path | None = None) -> CountryOutlines:
    """The outlines as the GeoJSON file has them. Raises OSError or ValueError if it cannot be read."""
    file = file or project().outlines
    features = json.loads(file.read_text("utf-8"))["features"]
    return CountryOutlines(
        {
            country["properties"]["name"]: [
                np.array(ring) for part in country["geometry"]["coordinates"] for ring in part
            ]
            for country in features
        }
    )


def nearest_point(
    longitude: float, latitude: float, lines: list[np.ndarray]
) -> tuple[float, float, float]:
    """The point of the lines that is nearest to a point: its distance in kilometres, its longitude and its latitude.

    Measured on a sphere, in the azimuthal equidistant projection about the point, which keeps every distance from it. The
    edges are straight there, which over the few kilometres of one makes no difference.
    """
    best = (np.inf, np.nan, np.nan)
    for line in lines:
        flat = _about(longitude, latitude, line)
        start, step = flat[:-1], np.diff(flat, axis=0)
        share = np.clip(
            -(start * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-12), 0, 1
        )
        away = np.hypot(*(start + share[:, None] * step).T)
        edge = int(away.argmin())
        if away[edge] < best[0]:
            best = (
                float(away[edge]),
                *map(float, line[edge] + share[edge] * (line[edge + 1] - line[edge])),
            )
    return best


def _about(longitude: float, latitude: float, points: np.ndarray) -> np.ndarray:
    """Points in kilometres east and north of one, each at its true distance from it."""
    east, north = np.radians(points[:, 0] - longitude), np.radians(points[:, 1])
    here = np.radians(latitude)
    angle = np.arccos(
        np.clip(np.sin(here) * np.sin(north) + np.cos(here) * np.cos(north) * np.cos(east), -1, 1)
    )
    across = np.cos(north) * np.sin(east)
    along = np.cos(here) * np.sin(north) - np.sin(here) * np.cos(north) * np.cos(east)
    away = EARTH_RADIUS_KM * angle / np.maximum(np.hypot(across, along), 1e-12)
    return np.column_stack([across * away, along * away])
