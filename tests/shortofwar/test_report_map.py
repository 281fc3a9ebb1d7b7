"""The map: what it draws and leaves out, its measures, and its labels."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from claimbook import house_style
from claimbook.analysis import geodata
from claimbook.figures import symbol_map
from claimbook.figures.label_placement import MARGIN
from claimbook.figures.projection import projection_of
from claimbook.settings import settings
from matplotlib.backends.backend_agg import FigureCanvasAgg


def signals_map(corpus):
    return symbol_map.places_of_theme(corpus, "military-signal", "A finding", name="map-signals")


@pytest.fixture(scope="module")
def figure(corpus):
    return signals_map(corpus)


def boxes(figure, width):
    """The drawing, and the box of each text on it by its words."""
    with house_style.house_style():
        drawing = figure.draw(width)
        renderer = FigureCanvasAgg(drawing).get_renderer()
        texts = [text for axes in drawing.axes for text in axes.texts if text.get_text()]
        return drawing, {
            text.get_text().replace("\n", " ").replace("\xa0", " "): text.get_window_extent(
                renderer
            )
            for text in texts
        }


def with_signal(corpus, claim, **changes):
    """The corpus with one claim changed, so that it is a military signal at some place."""
    claims = corpus.claims.copy()
    for column, value in {"theme": "military-signal", **changes}.items():
        claims.at[claim, column] = value
    return dataclasses.replace(corpus, claims=claims)


def test_each_place_shows_the_claims_that_name_it(figure, corpus):
    for row in figure.data.itertuples():
        place = corpus.places.index[corpus.places["name"] == row.place][0]
        named = corpus.claims[
            corpus.claims["places"].map(lambda places, place=place: place in places)
        ]
        behind = named[named["theme"] == row.theme]
        assert row.claims == sorted(behind.index)
        assert row.number == len(behind)
        assert row.other_claims == len(named) - len(behind)
        assert row.theme == "military-signal" or "military-signal" not in set(named["theme"])


def test_every_place_that_claims_name_is_drawn_or_counted_among_those_left_out(figure, corpus):
    named = {place for places in corpus.claims["places"] for place in places}
    argued = {
        place
        for claim in corpus.claims.itertuples()
        if claim.theme != "context"
        for place in claim.places
    }
    drawn = {
        place for place in named if corpus.places.loc[place, "name"] in set(figure.data["place"])
    }
    assert (
        {"belarus", "minsk", "zyabrovka", "kyiv", "belarus-airspace", "belarus-ukraine-border"}
        <= drawn
        <= argued
    )
    beyond = argued - drawn
    pointless = {place for place in beyond if corpus.places["latitude"].isna()[place]}
    assert f"{len(named - argued)} places of the war at large" in figure.subtitle
    assert (
        f"{len(beyond - pointless)} beyond the frame, {len(pointless)} without a point"
        in figure.subtitle
    )
    for place in beyond:
        assert corpus.places.loc[place, "name"] in figure.alt


def test_a_place_outside_the_frame_is_not_drawn_and_one_inside_is(corpus):
    for place, name, drawn in (("gomel-region", "Gomel region", True), ("donbas", "Donbas", False)):
        changed = signals_map(with_signal(corpus, "NW-10", places=[place]))
        assert (name in set(changed.data["place"])) == drawn
        _, texts = boxes(changed, house_style.WIDE)
        assert any(words.startswith(name) for words in texts) == drawn
        assert name in changed.alt


def test_a_country_beyond_the_frame_is_left_out_and_one_that_reaches_into_it_is_drawn(corpus):
    for country, drawn in (("Slovakia", False), ("Latvia", True)):
        changed = with_signal(corpus, "NW-10", places=["lithuania"])
        places = changed.places.copy()
        places.at["lithuania", "name"] = country
        figure = signals_map(dataclasses.replace(changed, places=places))
        assert (country in set(figure.data["place"])) == drawn
        assert country in figure.alt


def test_an_area_without_bounds_is_drawn_as_a_disc(corpus, figure):
    changed = signals_map(with_signal(corpus, "NW-10", places=["gomel-region"]))
    assert changed.data.set_index("place").loc["Gomel region", "drawn_as"] == "area"
    discs = [
        [
            patch
            for patch in one.draw(house_style.WIDE).axes[0].patches
            if type(patch).__name__ == "Circle"
        ]
        for one in (figure, changed)
    ]
    assert len(discs[1]) == len(discs[0]) + 1  # beside those of sites known to their town alone
    assert {disc.radius for disc in discs[1]} == {symbol_map.AREA_RADIUS}


def test_the_distance_to_kyiv_is_measured_drawn_and_said(figure, corpus):
    kyiv = corpus.places.loc["kyiv"]
    away = round(
        geodata.nearest_point(
            kyiv["longitude"], kyiv["latitude"], geodata.load_outlines().rings["Belarus"]
        )[0]
    )
    assert f"about {away} kilometres from Belarus" in figure.alt
    assert figure.data.set_index("place").loc["Kyiv", "km_to_border"] == away
    for width in (house_style.WIDE, house_style.NARROW):
        assert f"{away} km" in boxes(figure, width)[1]


def test_the_projection_keeps_lengths_to_a_hundredth_all_over_the_map():
    def apart(one, other):
        return geodata.nearest_point(*one, [np.array([other, other])])[0]

    project = projection_of(settings().geography).project
    for longitude in (22.0, 28.6, 35.0):
        for latitude in (50.2, 53.0, 56.2):
            here = (longitude, latitude)
            for there in ((longitude + 0.2, latitude), (longitude, latitude + 0.1)):
                drawn = np.hypot(*(project(*there) - project(*here))[0])
                assert drawn == pytest.approx(apart(here, there), rel=0.01)


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW])
def test_every_place_bears_its_name_and_no_label_meets_another_or_leaves_the_canvas(figure, width):
    drawing, texts = boxes(figure, width)
    for row in figure.data.itertuples():
        assert any(words.startswith(row.place) for words in texts), row.place
    canvas = drawing.bbox
    shown = list(texts.items())
    for number, (words, box) in enumerate(shown):
        assert canvas.x0 <= box.x0 < box.x1 <= canvas.x1, words
        assert canvas.y0 <= box.y0 < box.y1 <= canvas.y1, words
        for other, against in shown[number + 1 :]:
            assert not box.overlaps(against), (words, other)


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW])
def test_no_label_covers_a_mark(figure, width):
    drawing, texts = boxes(figure, width)
    ground = drawing.axes[0]
    for marks in ground.collections:
        reach = np.sqrt(marks.get_sizes()[0]) / 2 * drawing.dpi / 72
        x, y = ground.transData.transform(marks.get_offsets()[0])
        for words, box in texts.items():
            clear = box.padded(-MARGIN)
            assert not (
                clear.x0 < x + reach
                and x - reach < clear.x1
                and clear.y0 < y + reach
                and y - reach < clear.y1
            ), words


def test_marks_on_military_signals_grow_with_their_claims(figure):
    marks = figure.draw(house_style.WIDE).axes[0].collections
    signals = figure.data[figure.data["theme"] == "military-signal"]
    per_claim = {
        round(marks[number].get_sizes()[0] / signals.loc[number, "number"], 3)
        for number in signals.index
    }
    assert signals["number"].nunique() > 2
    assert len(per_claim) == 1


def test_thousands_of_claims_stay_legible(corpus, figure):
    copies = [
        corpus.claims.rename(index=lambda claim, number=number: f"{claim}{number}")
        for number in range(50)
    ]
    many = signals_map(dataclasses.replace(corpus, claims=pd.concat(copies)))
    assert many.data["number"].max() == 50 * figure.data["number"].max()
    for width in (house_style.WIDE, house_style.NARROW):
        few_sizes, many_sizes = (
            [marks.get_sizes()[0] for marks in one.draw(width).axes[0].collections]
            for one in (figure, many)
        )
        assert max(many_sizes) < 1.1 * max(few_sizes)
        _, texts = boxes(many, width)
        assert all(any(words.startswith(place) for words in texts) for place in many.data["place"])
