"""The projection and the frame of the report's map."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claimbook.analysis.geodata import EARTH_RADIUS_KM
from claimbook.settings import Geography

Points = npt.NDArray[np.float64]  # shape (n, 2)


@dataclass(frozen=True)
class LambertConformalConic:
    """Lambert's conformal conic projection of the sphere with two standard parallels.

    It keeps angles, and its scale is true along the parallels and close to it between and near
    them. The formulas are 14-1, 14-2, 14-4 and 15-1 to 15-3 of J. P. Snyder, Map Projections: A
    Working Manual, US Geological Survey Professional Paper 1395, 1987.

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
        first, second = np.radians(self.parallels)
        origin_longitude, origin_latitude = np.radians(self.centre)
        if first == second:
            cone = np.sin(first)
        else:
            cone = np.log(np.cos(first) / np.cos(second))
            cone /= np.log(_tangent(second) / _tangent(first))
        scale = EARTH_RADIUS_KM * np.cos(first) * _tangent(first) ** cone / cone
        radius = scale / _tangent(np.radians(np.asarray(latitude, float))) ** cone
        origin_radius = scale / _tangent(origin_latitude) ** cone
        angle = cone * (np.radians(np.asarray(longitude, float)) - origin_longitude)
        return np.column_stack([radius * np.sin(angle), origin_radius - radius * np.cos(angle)])


def _tangent(latitude: npt.ArrayLike) -> Points:
    """Compute tan(π/4 + φ/2) of latitudes φ in radians."""
    return np.asarray(np.tan(np.pi / 4 + np.asarray(latitude) / 2))


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
