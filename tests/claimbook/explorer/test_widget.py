"""The explorer in a notebook: controls and selection are one thing seen from two sides."""

from dataclasses import replace
from datetime import date

import ipywidgets
import pandas as pd
import pytest
from claimbook.explorer import Explorer, selection


@pytest.fixture
def explorer(corpus) -> Explorer:
    made = Explorer(corpus, "#theme=closure")
    assert isinstance(made.view, ipywidgets.Widget)
    return made


def shown(explorer: Explorer) -> str:
    return " ".join(
        widget.value for widget in walk(explorer.view) if isinstance(widget, ipywidgets.HTML)
    )


def walk(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def test_the_selection_is_a_typed_frame(explorer, corpus):
    chosen = explorer.selected
    assert list(chosen.index) == list(corpus.claims.index[corpus.claims["theme"] == "closure"])
    assert pd.api.types.is_datetime64_any_dtype(chosen["said"])
    assert isinstance(chosen["chain"].iloc[0], list)


def test_a_link_moves_the_controls(explorer):
    explorer.fragment = "#bearing=lowers&speaker=iss&text=Havn&from=2031-06-01"
    assert explorer.controls["theme"].value == ()
    assert explorer.controls["bearing"].value == ("lowers",)
    assert explorer.controls["speaker"].value == "iss"
    assert explorer.controls["text"].value == "Havn"
    assert explorer.controls["from"].value == date(2031, 6, 1)


def test_a_control_moves_the_selection_and_what_is_shown(explorer, corpus):
    explorer.controls["bearing"].value = ("raises",)
    explorer.controls["to"].value = date(2031, 6, 10)
    assert explorer.fragment == "#theme=closure&bearing=raises&to=2031-06-10"
    assert list(explorer.selected.index) == ["DE-04"]
    assert f"<b>1</b> of {len(corpus.claims)} claims" in shown(explorer)
    assert "<b>DE-04</b>" in shown(explorer)
    explorer.controls["theme"].value = ()
    assert explorer.fragment == "#bearing=raises&to=2031-06-10"


def test_claims_left_out_for_want_of_a_day_are_counted(explorer):
    explorer.fragment = "#theme=closure&date=said&from=2031-01-01"
    silent = int(explorer.corpus.claims.query("theme == 'closure'")["stated_on"].isna().sum())
    assert len(explorer.selected) + silent == (explorer.corpus.claims["theme"] == "closure").sum()
    assert f"{silent} claims left out" in shown(explorer)


def test_a_wrong_link_is_refused_and_changes_nothing(explorer, corpus):
    with pytest.raises(selection.FilterError, match="closur"):
        explorer.fragment = "#theme=closur"
    assert explorer.fragment == "#theme=closure"
    assert explorer.controls["theme"].value == ("closure",)
    with pytest.raises(selection.FilterError, match="colour"):
        Explorer(corpus, "#colour=red")


def test_every_filter_has_its_control_with_its_values(explorer):
    assert list(explorer.controls) == list(explorer.filters)
    for name, one in explorer.filters.items():
        options = dict(getattr(explorer.controls[name], "options", ()))
        assert [value for value in options.values() if value] == list(one.options)


def test_an_empty_selection_is_shown_as_such(explorer, corpus):
    explorer.fragment = "#text=zzzz"
    assert explorer.selected.empty
    assert f"<b>0</b> of {len(corpus.claims)} claims" in shown(explorer)
    assert explorer.to_csv().count("\n") == 1


def test_hostile_words_stay_words_in_a_notebook(corpus):
    claims = corpus.claims.copy()
    claims.loc["DE-04", "paraphrase"] = "<img src=x onerror=alert(1)>"
    html = shown(Explorer(replace(corpus, claims=claims), "#text=de-04"))
    assert "&lt;img" in html
    assert "<img" not in html
