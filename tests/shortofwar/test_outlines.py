"""This report's outlines: whole, with its cities and places in their countries."""

import numpy as np
import pytest
from claimbook.analysis import geodata
from claimbook.paths import project

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
def outlines():
    return geodata.load_outlines()


def on_the_sphere(longitude: float, latitude: float, lines: list[np.ndarray]) -> float:
    """Kilometres to the nearest of many points on the lines, by the haversine formula."""
    dense = np.concatenate([np.linspace(line[:-1], line[1:], 200).reshape(-1, 2) for line in lines])
    (east, north), (x, y) = np.radians(dense).T, np.radians([longitude, latitude])
    chord = np.sin((north - y) / 2) ** 2 + np.cos(y) * np.cos(north) * np.sin((east - x) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(chord)).min())


def test_outlines_are_closed_rings_and_a_small_file(outlines):
    for rings in outlines.rings.values():
        for ring in rings:
            assert len(ring) >= 4
            assert (ring[0] == ring[-1]).all()
    assert project().outlines.stat().st_size < 60_000


@pytest.mark.parametrize(("point", "country"), KNOWN.items(), ids=lambda value: str(value))
def test_a_city_lies_in_its_country_and_in_no_other(outlines, point, country):
    inside = [name for name in outlines.rings if outlines.contains(name, np.array([point]))[0]]
    assert inside == [country]
    assert outlines.country_of(*point) == country


def test_what_lies_in_none_of_the_countries_is_in_none(outlines):
    assert outlines.country_of(2.35, 48.86) == ""


def test_kyiv_is_some_ninety_kilometres_from_belarus_by_two_ways_of_measuring(outlines):
    border = outlines.border("Belarus", "Ukraine")
    away, longitude, latitude = geodata.nearest_point(30.523, 50.450, border)
    assert 80 < away < 100
    assert away == pytest.approx(on_the_sphere(30.523, 50.450, border), abs=0.3)
    assert geodata.nearest_point(longitude, latitude, border)[0] == pytest.approx(0, abs=0.01)
    assert away == pytest.approx(
        geodata.nearest_point(30.523, 50.450, outlines.rings["Belarus"])[0]
    )


def test_a_border_is_shared_by_both_and_by_neighbours_alone(outlines):
    def length(lines: list[np.ndarray]) -> float:
        return sum(
            np.hypot(np.diff(line[:, 0]) * 0.62, np.diff(line[:, 1])).sum() * 111.2
            for line in lines
        )

    there, back = (
        outlines.border(*pair) for pair in (("Belarus", "Ukraine"), ("Ukraine", "Belarus"))
    )
    assert length(there) == pytest.approx(length(back))
    assert 800 < length(there) < 1200  # about a thousand kilometres with all its bends
    assert outlines.border("Poland", "Latvia") == []


def test_places_of_the_corpus_lie_in_their_countries(outlines, corpus):
    named = {
        country: place["name"]
        for country, place in corpus.places[corpus.places["kind"] == "country"].iterrows()
        if place["name"] in outlines.rings
    }
    assert {"belarus", "ukraine", "russia"} <= named.keys()
    inside = {
        "belarus": ["minsk", "zyabrovka", "astravets-npp", "gomel-region"],
        "ukraine": ["kyiv", "kyiv-region", "chernihiv-region", "sumy-region"],
    }
    for country, name in named.items():
        for place in [country, *inside.get(country, [])]:
            assert (
                outlines.country_of(*corpus.places.loc[place, ["longitude", "latitude"]]) == name
            ), place
