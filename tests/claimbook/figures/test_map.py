"""The map: its projection, what it draws and leaves out, and what it measures."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from claimbook import house_style
from claimbook.analysis.geodata import nearest_point
from claimbook.corpus.model import Corpus
from claimbook.figures import symbol_map
from claimbook.figures.figure import Figure
from claimbook.figures.projection import Frame, LambertConformalConic
from claimbook.settings import settings
from support.figure_layout import text_boxes

TITLE = "A finding"


def closure_map(corpus: Corpus) -> Figure:
    return symbol_map.places_of_theme(corpus, "closure", TITLE)


def with_claim_at(corpus: Corpus, *places: str, theme: str = "closure") -> Corpus:
    """The corpus with a claim that names some places."""
    claims = corpus.claims.copy()
    claims.at["HP-02", "places"], claims.at["HP-02", "theme"] = list(places), theme
    return dataclasses.replace(corpus, claims=claims)


def with_place(corpus: Corpus, place: str, **cells: object) -> Corpus:
    """The corpus with a place changed."""
    places = corpus.places.copy()
    for column, value in cells.items():
        places.at[place, column] = value
    return dataclasses.replace(corpus, places=places)


def drawn_as(figure: Figure) -> dict[str, str]:
    return dict(zip(figure.data["place"], figure.data["drawn_as"], strict=True))


def written(figure: Figure, width: float) -> list[str]:
    texts = [text for text, _, _ in text_boxes(figure, width)[1]]
    return [text.replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_each_place_shows_the_claims_that_name_it(corpus):
    rows = closure_map(corpus).data.set_index("place")
    assert rows.at["Cape Vell", "claims"] == ["DE-04"]
    assert (rows.at["Cape Vell", "theme"], rows.at["Havn", "theme"]) == ("closure", "talks")
    straits = rows.loc["Straits of Vell"]
    assert (straits["theme"], straits["number"], straits["other_claims"]) == ("forecast", 3, 1)


def test_a_place_is_drawn_by_how_well_it_is_known(corpus):
    figure = closure_map(with_claim_at(corpus, "cape-vell", "norrland", "northern-channel"))
    assert drawn_as(figure) == {
        "Cape Vell": "point",
        "Norrland": "country",
        "Straits of Vell": "area",
        "Havn": "point",
        "Ostria": "country",
    }
    assert "1 without a point" in figure.subtitle
    assert "Northern Channel" in figure.alt
    assert "Northern Channel" not in figure.wide
    for width in (house_style.WIDE, house_style.NARROW):
        assert {"Cape Vell (2)", "Norrland at large (1)"} <= set(written(figure, width))


def test_a_border_is_drawn_between_the_countries_that_its_name_has(corpus):
    changed = with_place(corpus, "northern-channel", kind="border", name="Norrland–Ostria border")
    figure = closure_map(changed)
    assert drawn_as(figure)["Norrland–Ostria border"] == "border"
    assert "Norrland–Ostria border (2)" in written(figure, house_style.WIDE)


def test_a_place_beyond_the_frame_is_counted_and_not_drawn(corpus):
    changed = with_place(with_claim_at(corpus, "cape-vell"), "cape-vell", longitude=-20.0)
    figure = closure_map(changed)
    assert "Cape Vell" not in drawn_as(figure)
    assert "1 beyond the frame" in figure.subtitle
    assert "Cape Vell" in figure.alt


def test_a_place_of_the_background_alone_is_counted_and_not_drawn(corpus):
    figure = closure_map(with_claim_at(corpus, "norrland", theme="background"))
    assert "Norrland" not in drawn_as(figure)
    assert "Left out: 1 place of the years before" in figure.subtitle


def test_a_country_without_a_mark_bears_its_name_in_italics(corpus):
    figure = closure_map(corpus)
    assert "Norrland" not in drawn_as(figure)
    assert "Norrland" in written(figure, house_style.WIDE)


def test_distances_are_measured_to_the_border_with_the_neighbours(corpus):
    figure = closure_map(corpus)
    rows = figure.data.set_index("place")
    shared = [np.array([[-38.4, 40.4], [-38.1, 41.0], [-38.0, 41.6], [-37.8, 42.4]])]
    expected = {
        place.name: round(nearest_point(place.longitude, place.latitude, shared)[0])
        for place in corpus.places.loc[["havn", "cape-vell"]].itertuples(index=False)
    }
    assert {name: rows.at[name, "km_to_border"] for name in expected} == expected
    assert pd.isna(rows.at["Ostria", "km_to_border"])
    assert (
        f"Havn lies about {expected['Havn']} kilometres from the border of Norrland" in figure.alt
    )
    for width in (house_style.WIDE, house_style.NARROW):
        assert {f"{expected['Havn']} km", "100 km"} <= set(written(figure, width))


def test_marks_of_the_theme_grow_with_their_claims(corpus):
    figure = closure_map(with_claim_at(corpus, "cape-vell", "norrland"))
    sizes = {
        round(marks.get_sizes()[0] / number, 3)
        for marks, number, theme in zip(
            figure.draw(house_style.WIDE).axes[0].collections,
            figure.data["number"],
            figure.data["theme"],
            strict=True,
        )
        if theme == "closure"
    }
    assert len(sizes) == 1


def test_the_projection_keeps_lengths_to_a_hundredth_all_over_the_map():
    geography = settings().geography
    project = LambertConformalConic(geography.centre, geography.parallels).project
    for longitude in (-42.0, -38.5, -35.0):
        for latitude in (39.5, 41.5, 43.5):
            start = (longitude, latitude)
            for end in ((longitude + 0.2, latitude), (longitude, latitude + 0.1)):
                on_map = np.hypot(*(project(*end) - project(*start))[0])
                on_earth = nearest_point(*start, [np.array([end, end])])[0]
                assert on_map == pytest.approx(on_earth, rel=0.01)


def test_the_scale_is_true_on_the_parallels():
    project = LambertConformalConic((10.0, 45.0), (40.0, 50.0)).project
    for latitude, is_true in ((40.0, True), (45.0, False), (50.0, True)):
        on_map = np.hypot(*(project(10.01, latitude) - project(10.0, latitude))[0])
        on_earth = 6371.0088 * np.radians(0.01) * np.cos(np.radians(latitude))
        assert (on_map == pytest.approx(on_earth, rel=1e-5)) == is_true


def test_one_parallel_is_the_limit_of_two():
    points = np.array([8.0, 12.0]), np.array([29.0, 31.0])
    one = LambertConformalConic((10.0, 30.0), (30.0, 30.0))
    two = LambertConformalConic((10.0, 30.0), (29.999, 30.001))
    assert one.project(*points) == pytest.approx(two.project(*points), abs=0.001)
    assert one.project(10.0, 30.0)[0] == pytest.approx([0, 0], abs=1e-9)


def test_a_frame_tells_inside_from_outside_and_the_way_to_its_edge():
    frame = Frame(west=-10, east=30, south=-5, north=5)
    points = np.array([[0.0, 0.0], [31.0, 0.0], [29.0, 4.5]])
    assert frame.contains(points).tolist() == [True, False, True]
    assert frame.distance_to_edge(points).tolist() == [5, -1, 0.5]
