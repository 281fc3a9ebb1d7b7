"""The projection and the frame of the report's map."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyproj

from claimbook.analysis.geodata import EARTH_RADIUS_KM
from claimbook.settings import Geography

Points = npt.NDArray[np.float64]  # shape (n, 2)


@dataclass(frozen=True)
class LambertConformalConic:
    """Lambert's conformal conic projection of the sphere with two standard parallels.

    It keeps angles, and its scale is true along the parallels and close to it between and near
    them.

    Attributes:
        centre: Longitude and latitude of the origin, in degrees.
        parallels: The latitudes of the two standard parallels, in degrees.
    """

    centre: tuple[float, float]
    parallels: tuple[float, float]

    def project(self, longitude: npt.ArrayLike, latitude: npt.ArrayLike) -> Points:
        """Project points from degrees to kilometres.

        Args:
            longitude: One longitude or n of them, in degrees.
            latitude: As many latitudes, in degrees.

        Returns:
            Kilometres east and north of the origin, shape (n, 2).
        """
        x, y = self._formula(np.atleast_1d(longitude), np.atleast_1d(latitude))
        return np.column_stack([x, y])

    @cached_property
    def _formula(self) -> pyproj.Proj:
        (longitude, latitude), (first, second) = self.centre, self.parallels
        at = {"lon_0": longitude, "lat_0": latitude, "lat_1": first, "lat_2": second}
        return pyproj.Proj({"proj": "lcc", "R": EARTH_RADIUS_KM * 1000, "units": "km"} | at)


@dataclass(frozen=True)
class Frame:
    """The edges of a map, in kilometres from the origin of its projection.

    Attributes:
        west: The western edge, in kilometres to the east.
        east: The eastern edge, in kilometres to the east.
        south: The southern edge, in kilometres to the north.
        north: The northern edge, in kilometres to the north.
    """

    west: float
    east: float
    south: float
    north: float

    @property
    def aspect(self) -> float:
        """The height of the frame as a share of its width."""
        return (self.north - self.south) / (self.east - self.west)

    @property
    def middle(self) -> float:
        """The middle between west and east, in kilometres east of the origin."""
        return (self.west + self.east) / 2

    def contains(self, points: Points) -> npt.NDArray[np.bool_]:
        """Check for each point whether it lies within the frame.

        Args:
            points: The points in kilometres, shape (n, 2).

        Returns:
            True for each point inside the frame, shape (n,).
        """
        x, y = points.T
        return np.asarray((x > self.west) & (x < self.east) & (y > self.south) & (y < self.north))

    def distance_to_edge(self, points: Points) -> npt.NDArray[np.float64]:
        """Compute the signed distance of each point to the edges of the frame.

        Args:
            points: The points in kilometres, shape (n, 2).

        Returns:
            Inside the frame, the distance to the nearest edge. Outside, minus how far the point
            lies beyond an edge; if it lies beyond two, beyond the farther one. In kilometres, shape
            (n,).
        """
        x, y = points.T
        edges = [x - self.west, self.east - x, y - self.south, self.north - y]
        return np.asarray(np.min(edges, axis=0))


def projection_of(geography: Geography) -> LambertConformalConic:
    """Return the projection that the settings of a report describe."""
    return LambertConformalConic(geography.centre, geography.parallels)
