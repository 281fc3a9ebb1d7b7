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
    judged = estimates.dated_judgements(changed)  # by the institute, which names its yardstick
    assert judged.set_index("wording").loc["likely", "low"] == 55


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


def test_judgements_are_listed_by_date_with_whether_a_source_carries_them(corpus):
    judged = estimates.dated_judgements(corpus)
    assert judged["wording"].to_list() == ["very unlikely", "unlikely", "likely"]
    assert judged["inside"].to_list() == [False, True, False]
    assert judged["high"].to_list() == [20, 45, 80]
    assert set(judged["name"]) == {"Institute for Sea Studies"}
