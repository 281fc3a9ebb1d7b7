"""The outlines of countries: whole, where they should be, and measured rightly."""

import numpy as np
import pytest

from claimbook.paths import project
from claimbook.analysis import geodata

KNOWN = {  # well inside their countries, with the countries
    (27.567, 53.900): "Belarus",
    (31.0, 52.43): "Belarus",  # Gomel
    (23.69, 52.10): "Belarus",  # Brest, on the border
    (30.523, 50.450): "Ukraine",
    (31.29, 51.50): "Ukraine",  # Chernihiv
    (25.28, 54.69): "Lithuania",  # Vilnius
    (21.01, 52.23): "Poland",  # Warsaw
    (34.36, 53.25): "Russia",  # Bryansk
    (20.51, 54.71): "Russia",  # Kaliningrad, apart from the rest
    (24.11, 56.95): "Latvia",  # Riga
}


@pytest.fixture(scope="module")
def known():
    return geodata.load_outlines()


def on_the_sphere(longitude: float, latitude: float, lines: list[np.ndarray]) -> float:
    """Kilometres to the nearest of many points on the lines, by the haversine formula."""
    dense = np.concatenate([np.linspace(line[:-1], line[1:], 200).reshape(-1, 2) for line in lines])
    (east, north), (x, y) = np.radians(dense).T, np.radians([longitude, latitude])
    chord = np.sin((north - y) / 2) ** 2 + np.cos(y) * np.cos(north) * np.sin((east - x) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(chord)).min())


def test_outlines_are_closed_rings_and_a_small_file(known):
    for rings in known.rings.values():
        for ring in rings:
            assert len(ring) >= 4
            assert (ring[0] == ring[-1]).all()
    assert project().outlines.stat().st_size < 60_000


@pytest.mark.parametrize(("point", "country"), KNOWN.items(), ids=lambda value: str(value))
def test_a_city_lies_in_its_country_and_in_no_other(known, point, country):
    inside = [name for name in known.rings if known.hold(name, np.array([point]))[0]]
    assert inside == [country]
    assert known.country_of(*point) == country


def test_what_lies_in_none_of_the_countries_is_in_none(known):
    assert known.country_of(2.35, 48.86) == ""


def test_kyiv_is_some_ninety_kilometres_from_belarus_by_two_ways_of_measuring(known):
    border = known.border("Belarus", "Ukraine")
    away, longitude, latitude = geodata.nearest_point(30.523, 50.450, border)
    assert 80 < away < 100
    assert away == pytest.approx(on_the_sphere(30.523, 50.450, border), abs=0.3)
    assert geodata.nearest_point(longitude, latitude, border)[0] == pytest.approx(0, abs=0.01)
    assert away == pytest.approx(geodata.nearest_point(30.523, 50.450, known.rings["Belarus"])[0])


def test_a_distance_is_taken_to_the_middle_of_an_edge_where_that_is_nearest():
    edge = [np.array([[20.0, 50.0], [20.0, 52.0]])]
    away, longitude, latitude = geodata.nearest_point(21.0, 51.0, edge)
    assert (longitude, latitude) == (20.0, pytest.approx(51.0, abs=0.01))
    assert away == pytest.approx(on_the_sphere(21.0, 51.0, edge), abs=0.1)


def test_a_border_is_shared_by_both_and_by_neighbours_alone(known):
    def length(lines: list[np.ndarray]) -> float:
        return sum(
            np.hypot(np.diff(line[:, 0]) * 0.62, np.diff(line[:, 1])).sum() * 111.2
            for line in lines
        )

    there, back = (known.border(*pair) for pair in (("Belarus", "Ukraine"), ("Ukraine", "Belarus")))
    assert length(there) == pytest.approx(length(back))
    assert 800 < length(there) < 1200  # about a thousand kilometres with all its bends
    assert known.border("Poland", "Latvia") == []


def test_places_of_the_corpus_lie_in_their_countries(known, corpus):
    named = {
        country: place["name"]
        for country, place in corpus.places[corpus.places["kind"] == "country"].iterrows()
    }
    inside = {
        "belarus": ["minsk", "zyabrovka", "astravets-npp", "gomel-region"],
        "ukraine": ["kyiv", "kyiv-region", "chernihiv-region", "sumy-region"],
    }
    for country, name in named.items():
        for place in [country, *inside.get(country, [])]:
            assert known.country_of(*corpus.places.loc[place, ["longitude", "latitude"]]) == name, (
                place
            )
