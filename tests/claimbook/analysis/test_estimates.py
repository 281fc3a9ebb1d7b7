"""Words of likelihood are read on the yardstick of who says them."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import estimates


def test_forecasts_have_the_range_of_their_words_in_the_order_in_which_they_were_said(corpus):
    forecasts = estimates.graded_forecasts(corpus)
    assert list(forecasts.index) == ["DE-02", "HP-03", "CW-02"]
    assert forecasts["low"].to_list() == [20, 55, 20]
    assert forecasts["high"].to_list() == [45, 80, 45]
    assert forecasts.loc["HP-03", "speaker"] == "Pilots not named"


def test_the_yardstick_of_the_speaker_decides(corpus):
    terms = corpus.terms.copy()
    terms.loc[("likely", "none"), ["low", "high"]] = [60, 70]
    changed = dataclasses.replace(corpus, terms=terms)
    assert estimates.graded_forecasts(changed).loc["HP-03", "low"] == 60
    judged = estimates.dated_judgements(changed)
    likely = judged[judged["wording"] == "likely"].set_index("speaker")["low"]
    assert likely.to_dict() == {"pilots": 60, "iss": 55}  # the institute names its yardstick


def test_words_without_a_range_and_claims_without_words_have_none(corpus):
    terms = corpus.terms.copy()
    terms.loc[("likely", "none"), ["low", "high"]] = pd.NA
    claims = corpus.claims.copy()
    claims.loc["DE-02", "term"] = ""
    forecasts = estimates.graded_forecasts(dataclasses.replace(corpus, terms=terms, claims=claims))
    assert forecasts["low"].isna().to_dict() == {"DE-02": True, "HP-03": True, "CW-02": False}


def test_words_that_the_terms_lack_are_an_error(corpus):
    terms = corpus.terms.drop(index=("likely", "none"))
    with pytest.raises(KeyError):
        estimates.graded_forecasts(dataclasses.replace(corpus, terms=terms))


def test_judgements_are_the_claims_of_reports_and_what_no_source_carries_by_date(corpus):
    judged = estimates.dated_judgements(corpus)
    assert judged["wording"].to_list() == [
        "very unlikely",
        "unlikely",
        "likely",
        "likely",
        "unlikely",
    ]
    assert judged["claims"].to_list() == [[], ["DE-02"], ["HP-03"], [], ["CW-02"]]
    assert judged["inside"].to_list() == [False, True, True, False, True]
    assert judged["high"].to_list() == [20, 45, 80, 80, 45]


def test_of_the_record_the_chosen_claims_stand_beside_those_that_pass_them_on(corpus):
    tiers = corpus.sources["tier"].cat.set_categories(["report", "record"])
    tiers["daily-example-2031-06-14"] = "record"
    mixed = dataclasses.replace(corpus, sources=corpus.sources.assign(tier=tiers))
    judged = estimates.dated_judgements(mixed)
    passed_on = judged["claims"].map(lambda claims: claims == ["CW-02"])
    assert judged.loc[passed_on, "date"].to_list() == [pd.Timestamp("2031-06-14")]
    beside = estimates.dated_judgements(mixed, beside=["DE-02"])
    assert len(beside) == len(judged) + 1
    assert not beside.loc[beside["claims"].str[0] == "DE-02", "inside"].any()


def test_a_judgement_has_changed_only_where_the_ranges_have_nothing_in_common():
    said = pd.to_datetime(["2031-06-01", "2031-06-02", "2031-06-03", "2031-06-04", "2031-06-04"])
    judged = pd.DataFrame({"said": said, "low": [20, 5, 1, 20, 5], "high": [45, 20, 20, 45, 20]})
    changes = estimates.changes_of_judgement(judged)
    assert changes["change"].to_list() == ["judgement", "words", "words"]


def test_a_degree_of_the_opposite_is_turned_round(corpus):
    forecasts = corpus.forecasts.assign(grades=["opposite", "event", "other"])
    judged = estimates.graded_judgements(
        dataclasses.replace(corpus, forecasts=forecasts), "closing"
    )
    assert judged[["term", "low", "high"]].to_numpy().tolist() == [
        ["unlikely", 20, 45],
        ["unlikely not", 55, 80],
    ]


def test_each_change_has_the_days_between_which_it_came_and_a_repetition_is_none():
    said = pd.to_datetime(["2031-06-01", "2031-06-02", "2031-06-03", "2031-06-04"])
    judged = pd.DataFrame({"said": said, "low": [20, 20, 45, 5], "high": [45, 45, 80, 45]})
    changes = estimates.changes_of_judgement(judged)
    assert changes["change"].to_list() == ["none", "judgement", "judgement"]
    assert changes["before"].to_list() == list(said[:-1])
    assert changes["day"].to_list() == list(said[1:])
    assert list(estimates.changes_of_judgement(judged[:1])) == list(changes)


def test_a_judgement_says_whether_it_looks_ahead_and_on_which_event(corpus):
    forecasts = corpus.forecasts.astype({"looks": str}).assign(looks=["ahead", "back", "ahead"])
    judged = estimates.dated_judgements(dataclasses.replace(corpus, forecasts=forecasts))
    sorts = judged[judged["inside"]].set_index("wording")["sort"]
    assert sorts["likely"] == "forecast"
    assert sorted(sorts["unlikely"]) == ["forecast", "judged to have happened"]


def test_what_has_no_words_or_is_on_no_event_is_no_judgement_on_the_outlook(corpus):
    events = corpus.forecasts["event"].astype(str)
    events["HP-03"] = estimates.NO_EVENT
    forecasts = corpus.forecasts.assign(event=events)
    claims = corpus.claims.copy()
    claims.loc["CW-02", "term"] = ""
    judged = estimates.dated_judgements(
        dataclasses.replace(corpus, forecasts=forecasts, claims=claims)
    )
    assert judged["claims"][judged["inside"]].to_list() == [["DE-02"]]


def test_a_forecast_of_all_events_counts_for_each_and_one_of_another_does_not(corpus):
    claims = corpus.claims.copy()
    claims["on"] = claims["on"].astype(str)
    claims.loc[["DE-02", "HP-03"], "on"] = ["both", "blockade"]
    changed = dataclasses.replace(corpus, claims=claims)
    assert list(estimates.graded_judgements(changed, "closing").index) == ["DE-02", "CW-02"]
    assert list(estimates.graded_judgements(changed, "blockade").index) == ["DE-02", "HP-03"]
    told = estimates.graded_judgements(changed, "closing")["on"]
    assert told.to_list() == ["both", "closing"]


def test_an_outlook_has_its_own_events_and_no_row_twice(corpus):
    judged = estimates.dated_judgements(corpus)
    assert judged.index.tolist() == [0, 1, 2, 3, 4]
    assert judged["event"].to_list() == ["closing", "closing", "closing", "blockade", "closing"]
