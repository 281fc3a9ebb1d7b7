"""The explorer in a notebook: controls and selection are one thing seen from two sides."""

from datetime import date

import ipywidgets
import pandas as pd
import pytest

from claimbook.explorer import Explorer, filters


@pytest.fixture
def explorer(corpus) -> Explorer:
    made = Explorer(corpus, "#theme=pressure")
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
    assert list(chosen.index) == list(corpus.claims.index[corpus.claims["theme"] == "pressure"])
    assert pd.api.types.is_datetime64_any_dtype(chosen["said"])
    assert isinstance(chosen["chain"].iloc[0], list)


def test_a_link_moves_the_controls(explorer):
    explorer.fragment = "#bearing=lowers&speaker=isw&text=Minsk&from=2022-12-01"
    assert explorer.controls["theme"].value == ()
    assert explorer.controls["bearing"].value == ("lowers",)
    assert explorer.controls["speaker"].value == "isw"
    assert explorer.controls["text"].value == "Minsk"
    assert explorer.controls["from"].value == date(2022, 12, 1)


def test_a_control_moves_the_selection_and_what_is_shown(explorer, corpus):
    explorer.controls["bearing"].value = ("raises",)
    explorer.controls["to"].value = date(2022, 12, 10)
    assert explorer.fragment == "#theme=pressure&bearing=raises&to=2022-12-10"
    assert 0 < len(explorer.selected) < (corpus.claims["theme"] == "pressure").sum()
    assert f"<b>{len(explorer.selected)}</b> of {len(corpus.claims)} claims" in shown(explorer)
    for claim in explorer.selected.index:
        assert f"<b>{claim}</b>" in shown(explorer)
    explorer.controls["theme"].value = ()
    assert explorer.fragment == "#bearing=raises&to=2022-12-10"


def test_claims_left_out_for_want_of_a_day_are_counted(explorer):
    explorer.fragment = "#theme=pressure&date=said"
    silent = int(explorer.selected["stated_on"].isna().sum())
    explorer.fragment = "#theme=pressure&date=said&from=2022-01-01"
    assert len(explorer.selected) + silent == (explorer.corpus.claims["theme"] == "pressure").sum()
    assert f"{silent} claims left out" in shown(explorer)


def test_a_wrong_link_is_refused_and_changes_nothing(explorer, corpus):
    with pytest.raises(filters.FilterError, match="presure"):
        explorer.fragment = "#theme=presure"
    assert explorer.fragment == "#theme=pressure"
    assert explorer.controls["theme"].value == ("pressure",)
    with pytest.raises(filters.FilterError, match="colour"):
        Explorer(corpus, "#colour=red")


def test_every_filter_has_its_control_with_its_values(explorer):
    assert list(explorer.controls) == list(explorer.filters)
    for name, known in explorer.filters.items():
        options = dict(getattr(explorer.controls[name], "options", ()))
        assert [value for value in options.values() if value] == list(known.values)


def test_an_empty_selection_is_shown_as_such(explorer, corpus):
    explorer.fragment = "#text=zzzz"
    assert explorer.selected.empty
    assert f"<b>0</b> of {len(corpus.claims)} claims" in shown(explorer)
    assert explorer.to_csv().count("\n") == 1


def test_hostile_words_stay_words_in_a_notebook(corpus):
    claims = corpus.claims.copy()
    claims.loc["NW-07", "paraphrase"] = "<img src=x onerror=alert(1)>"
    told = shown(Explorer(type(corpus)(**{**vars(corpus), "claims": claims}), "#text=nw-07"))
    assert "&lt;img" in told
    assert "<img" not in told
