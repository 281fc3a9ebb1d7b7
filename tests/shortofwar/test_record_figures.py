"""The figures that are drawn from reports and record together."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from claimbook import house_style
from claimbook.figures.figure import Figure
from claimbook.figures.queries import said_days
from shortofwar.figures import things_given
from shortofwar.record_findings import FINDINGS_OF_RECORD
from support.argument_figures import FIGURES as ARGUMENT
from support.figure_layout import SLIDE, faults_of_steps, layout_faults
from support.record_figures import CHANGES, FIGURES


@pytest.fixture(scope="module", params=FIGURES)
def figure(request, whole_corpus) -> Figure:
    made = FIGURES[request.param](whole_corpus, FINDINGS_OF_RECORD[request.param])
    assert made.name == request.param
    return made


def test_the_title_is_borne_out_and_false_where_one_part_of_it_is(figure):
    title = FINDINGS_OF_RECORD[figure.name]
    assert title.holds(figure.data)
    for part, change in CHANGES[figure.name].items():
        assert not title.is_borne_out(change(figure.data)), part
    assert not title.is_borne_out(figure.data.iloc[:0])


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW, SLIDE])
def test_no_words_run_over_others_or_off_the_canvas(figure, width):
    assert layout_faults(figure, width) == []


def test_marks_lead_to_claims_that_exist(figure, whole_corpus):
    linked = set(re.findall(r'href="claim:([^"]+)"', figure.wide))
    assert linked
    assert linked <= set(figure.claims) <= set(whole_corpus.claims.index)


def test_every_number_of_days_in_the_words_on_attention_is_counted(whole_corpus):
    figure = FIGURES["year"](whole_corpus, "A finding")
    sources, passages = whole_corpus.sources, whole_corpus.passages
    of_series = sources[sources["series"] == "isw-assessment"]
    in_scope = set(passages.index.get_level_values("source_id"))
    writes = of_series[of_series.index.isin(in_scope)]
    assert f"{len(writes)} texts have such paragraphs" in figure.alt
    assert f"{len(of_series) - len(writes)} have none" in figure.alt
    assert f"December {(writes['published'].dt.month == 12).sum()}." in figure.alt
    rows = figure.data.set_index("day")
    assert set(rows.index[rows["state"] == "no text"].strftime("%m-%d")) == {
        "10-09", "11-24", "12-25",
    }  # fmt: skip
    silent = rows[rows["state"] == "silent"]
    assert set(silent["share"]) == {0}
    assert set(silent["words"]) == {0}
    assert rows.at["2022-12-11", "share"] > 80


def test_degrees_are_those_said_of_the_event_itself(whole_corpus):
    data = FIGURES["likelihood-by-day"](whole_corpus, "A finding").data
    by_claim = {claim: row for row in data.itertuples() for claim in row.claims}
    assert (by_claim["ISW221201-12"].low, by_claim["ISW221201-12"].high) == (1, 20)
    # no soldiers "most likely": the range of its opposite
    assert (by_claim["OSW2022-12"].low, by_claim["OSW2022-12"].high) == (5, 45)
    # some of the soldiers would likely refuse: that is no degree of entry
    assert "ISW221211-76" not in by_claim
    both = data[data["claims"].map(lambda claims: "ISW221010-02" in claims)]
    assert both["event"].nunique() == 2


def test_counts_of_russians_say_what_they_count(whole_corpus):
    data = FIGURES["russians-in-belarus"](whole_corpus, "A finding").data
    counts = {claim: row.counts for row in data.itertuples() for claim in row.claims}
    assert counts["ISW221229-16"] == "in Belarus"
    assert counts["ISW221229-18"] == "with regions of Russia"
    assert counts["ISW221224-17"] == "at one place"
    assert counts["ISW220929-02"] == counts["ISW221211-44"] == "expected there"
    assert "RUSI230112-168" not in counts  # of 2021, and counted in the subtitle
    assert "ISW221211-89" not in counts  # soldiers of Belarus


def test_the_map_has_every_signal_once_at_a_place_or_among_those_without(whole_corpus):
    data = FIGURES["signals-map"](whole_corpus, "A finding").data
    by_what = dict(iter(data.groupby("what")))
    placed = set(by_what["claims at a place"]["claims"].explode())
    without = set(by_what["claims without a place"]["claims"].explode())
    signals = whole_corpus.claims.index[whole_corpus.claims["theme"] == "military-signal"]
    assert placed.isdisjoint(without)
    assert placed | without == set(signals)
    assert by_what["sightings"]["number"].sum() == len(whole_corpus.further["sightings"])
    assert by_what["launches"]["number"].sum() == len(whole_corpus.further["launches"])
    zyabrovka = data[data["place"] == "Zyabrovka airfield"]
    assert set(zyabrovka["km_to_border"]) == {25}


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW])
def test_the_map_of_a_month_has_the_signals_said_in_it_and_its_words_count_them(
    whole_corpus, width
):
    figure = FIGURES["signals-map"](whole_corpus, "A finding")
    claims = whole_corpus.full_claims().assign(said=said_days(whole_corpus))
    claims = claims[claims["theme"] == "military-signal"]
    is_placed = claims.index.isin(
        figure.data.loc[figure.data["what"] == "claims at a place", "claims"].explode()
    )
    sightings = whole_corpus.further["sightings"]["date"].dt.month
    drawn = ElementTree.fromstring(figure.wide if width == house_style.WIDE else figure.narrow)
    for number, (label, text) in enumerate(figure.steps.each, start=1):
        of_month = claims["said"].dt.to_period("M") == pd.Period(f"2022-{number:02}")
        placed, without = (of_month & is_placed).sum(), (of_month & ~is_placed).sum()
        assert label == f"{pd.Timestamp(2022, number, 1):%B %Y}"
        who = "No claim names" if not placed else f"{placed} claim"
        assert text.startswith(who)
        assert re.search(rf"\b{without} claims? without one\.", text)
        seen = (sightings == number).sum()
        assert (f"{seen} sightings." if seen else "No sighting was collected.") in text
        linked = {
            link.removeprefix("claim:")
            for part in drawn.iter()
            if part.get("data-step") == str(number)
            for node in part.iter()
            for name, link in node.items()
            if name.endswith("href") and link.startswith("claim:")
        }
        assert linked <= set(claims.index[of_month])
        assert bool(linked) == bool(placed)


@pytest.mark.parametrize("width", [house_style.WIDE, house_style.NARROW])
def test_no_words_of_a_month_run_over_others_or_off_the_map(whole_corpus, width):
    figure = FIGURES["signals-map"](whole_corpus, "A finding")
    faults = list(faults_of_steps(figure, width))
    assert faults == [[]] * 12


def test_the_map_counts_arms_at_the_place_that_a_claim_names(whole_corpus):
    data = FIGURES["signals-map"](whole_corpus, "A finding").data
    counted = data.loc[data["place"] == "Malaryta", "counted"].item()
    assert counted == "25 armoured vehicles; 30 vehicles"
    assert "1 battalion" in data.loc[data["place"] == "Losvido training ground", "counted"].item()
    assert "hours" not in " ".join(data["counted"])  # a number that counts no arms


def test_help_and_the_army_at_home_stand_in_the_month_of_the_word(whole_corpus):
    data = FIGURES["given-and-kept"](whole_corpus, "A finding").data
    claims = whole_corpus.full_claims()
    for row in data.itertuples():
        assert set(claims.loc[row.claims, "said"].dt.strftime("%Y-%m")) == {row.month}
    rows = {claim: row for row in data.itertuples() for claim in row.claims}
    assert (rows["ISWU220304-07"].row, rows["ISWU220304-07"].said_by) == (
        "The army at home",
        "Minsk or Moscow",
    )
    assert not set(rows) & set(claims.index[claims["kind"].isin(["denial"]) & (claims["on"] == "")])
    opponents = ["ISW221115-02", "ISW221022-04", "ISW221211-75", "CH220702-01"]
    assert {rows[claim].said_by for claim in opponents} == {"others"}


def test_of_every_event_that_may_tell_of_help_it_is_decided_whether_it_does(whole_corpus):
    events = whole_corpus.events
    given = [event for ids in things_given.THINGS.values() for event in ids]
    others = [event for ids in things_given.NOT_GIVEN.values() for event in ids]
    assert len({*given, *others}) == len(given) + len(others)
    assert {*given, *others} <= set(events.index)
    of_kind = events.index[events["kind"].isin(things_given.KINDS)]
    undecided = set(of_kind) - {*given, *others}
    assert undecided == set(), "name these in THINGS or NOT_GIVEN of things_given.py"


def test_the_tanks_of_may_are_help(whole_corpus):
    data = FIGURES["given-and-kept"](whole_corpus, "A finding").data
    tanks = data[(data["row"] == "Tanks and vehicles") & (data["month"] == "2022-05")]
    assert "ISW220531-02" in set(tanks["claims"].explode())


def test_a_claim_of_an_unknown_day_stands_at_none(whole_corpus):
    undated = said_days(whole_corpus).index[said_days(whole_corpus).isna()]
    assert set(whole_corpus.claims.loc[undated, "source_id"]) == {"osw-2022"}
    degrees = FIGURES["likelihood-by-day"](whole_corpus, "A finding")
    of_study = degrees.data["claims"].map(lambda ids: set(ids) <= set(undated))
    assert degrees.data.loc[of_study, "day"].isna().all()
    study = degrees.data[of_study].iloc[0]
    assert study["last"] - study["first"] > pd.Timedelta(31, "D")
    assert "OSW, undated" in degrees.wide
    drawn = FIGURES | ARGUMENT
    for name in ("given-and-kept", "pressure-record", "told-and-came", "signs-by-day"):
        figure = drawn[name](whole_corpus, "A finding")
        assert set(figure.claims).isdisjoint(undated), name
        lacks = {"given-and-kept", "told-and-came"}  # that would else have such claims
        assert ("an unknown day" in figure.subtitle) == (name in lacks)
