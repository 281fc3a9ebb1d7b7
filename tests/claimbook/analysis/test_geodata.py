"""Outlines hold what lies in their countries, and distances on them are true."""

import numpy as np
import pytest
from claimbook.analysis import geodata
from claimbook.corpus.model import record_reads

HAVN = (-40.4, 41.2)
IN_OSTRIA = (-36.5, 41.0)
AT_SEA = (-38.0, 39.9)


@pytest.fixture
def outlines():
    return geodata.load_outlines()


def haversine(longitude: float, latitude: float, lines: list[np.ndarray]) -> float:
    """Kilometres to the nearest of many points on the lines."""
    dense = np.concatenate([np.linspace(line[:-1], line[1:], 500).reshape(-1, 2) for line in lines])
    (x, y), (x0, y0) = np.radians(dense).T, np.radians([longitude, latitude])
    chord = np.sin((y - y0) / 2) ** 2 + np.cos(y0) * np.cos(y) * np.sin((x - x0) / 2) ** 2
    return float(2 * geodata.EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)).min())


@pytest.mark.parametrize(
    ("point", "country"), [(HAVN, "Norrland"), (IN_OSTRIA, "Ostria"), (AT_SEA, "")]
)
def test_a_point_lies_in_its_country_and_in_no_other(outlines, point, country):
    inside = [name for name in outlines.rings if outlines.contains(name, np.array([point]))[0]]
    assert inside == [country] * bool(country)
    assert outlines.country_of(*point) == country


def test_a_country_may_have_islands_and_holes():
    def square(middle: float, side: float) -> np.ndarray:
        corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
        return np.array([(middle + side * x, side * y) for x, y in corners])

    outlines = geodata.CountryOutlines({"Isle": [square(0, 4), square(0, 1), square(10, 1)]})
    points = np.array([(2.0, 0.0), (0.0, 0.0), (10.0, 0.5), (7.0, 0.0)])
    assert outlines.contains("Isle", points).tolist() == [True, False, True, False]


def test_a_border_is_the_same_from_both_sides(outlines):
    [line] = outlines.border("Norrland", "Ostria")
    [back] = outlines.border("Ostria", "Norrland")
    assert sorted(map(tuple, line)) == sorted(map(tuple, back))
    assert {(-38.4, 40.4), (-37.8, 42.4)} <= set(map(tuple, line))
    assert len(line) == 4


def test_countries_apart_from_one_another_have_no_border(outlines):
    rings = outlines.rings | {"Isle": [np.array([(0, 0), (1, 0), (1, 1), (0, 0)])]}
    assert geodata.CountryOutlines(rings).border("Norrland", "Isle") == []
    with pytest.raises(KeyError):
        outlines.border("Norrland", "Atlantis")


def test_the_nearest_point_of_a_border_is_as_far_by_two_ways_of_measuring(outlines):
    border = outlines.border("Norrland", "Ostria")
    distance, longitude, latitude = geodata.nearest_point(*HAVN, border)
    assert distance == pytest.approx(haversine(*HAVN, border), abs=0.1)
    assert geodata.nearest_point(longitude, latitude, border)[0] == pytest.approx(0, abs=0.1)


def test_a_distance_is_taken_to_the_middle_of_an_edge_where_that_is_nearest():
    edge = [np.array([[20.0, 50.0], [20.0, 52.0]])]
    distance, longitude, latitude = geodata.nearest_point(21.0, 51.0, edge)
    assert (longitude, latitude) == (pytest.approx(20.0, abs=0.01), pytest.approx(51.0, abs=0.01))
    assert distance == pytest.approx(haversine(21.0, 51.0, edge), abs=0.1)


def test_the_file_of_outlines_is_noted_as_read(made_up):
    with record_reads() as reads:
        geodata.load_outlines()
    assert reads == ["outlines.geojson (made up)"]


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    line = [np.array([[-1.0, 1.0], [1.0, 1.0]])]
    assert geodata.nearest_point(0.0, 0.0, line)[0] == pytest.approx(111.2, abs=0.01)


def test_a_distance_to_the_north_or_the_east_is_exact_to_less_than_a_metre():
    degree = np.radians(1) * geodata.EARTH_RADIUS_KM
    north = [np.array([[-0.001, 1.0], [0.001, 1.0]])]
    east = [np.array([[1.0, -0.001], [1.0, 0.001]])]
    for line in (north, east):
        assert geodata.nearest_point(0.0, 0.0, line)[0] == pytest.approx(degree, abs=0.0001)
