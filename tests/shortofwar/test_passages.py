"""The names that select passages are those of this report's subject."""

import pytest
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.passages import select_passages


@pytest.fixture(scope="module")
def rule():
    return load_settings(project().settings).passages


def test_every_named_speaker_of_the_home_country_selects_a_passage(corpus, rule):
    actors = corpus.actors[corpus.actors["side"].eq("belarus") & corpus.actors["kind"].ne("outlet")]
    named = [
        name
        for _, actor in actors.iterrows()
        for name in [actor["name"], *actor["also_called"]]
        if name[0].isupper() and actor["kind"] != "group"
    ]
    assert len(named) > 5
    assert [name for name in named if not select_passages(f"So {name} says.", rule)] == []


def test_places_of_the_home_country_select_a_passage(rule):
    for place in ("Zyabrovka", "Ziabrauka", "Minsk", "Gomel", "Homyel", "Baranovichi", "Mazyr"):
        assert select_passages(f"It happened at {place}.", rule), place


@pytest.mark.parametrize("agreement", ["Minsk Agreements", "Minsk agreements", "Minsk II Accords"])
def test_agreements_named_after_a_city_select_none(rule, agreement):
    assert select_passages(f"Kyiv should keep the {agreement}, he said.", rule) == []
    assert select_passages(f"He spoke in Minsk of the {agreement}.", rule)
