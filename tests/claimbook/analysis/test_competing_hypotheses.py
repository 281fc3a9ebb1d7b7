"""Explanations are weighed by what counts against them, and judgements are tested."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import competing_hypotheses as hypotheses

ONE = hypotheses.STANDS_ON_ONE_ORIGIN


def test_claims_that_tell_explanations_apart_come_before_those_that_do_not(corpus):
    matrix = hypotheses.reading_matrix(corpus)
    assert list(matrix.columns) == ["bluff", "dues"]
    assert list(matrix.index) == ["DE-04", "CW-01", "HP-02", "DE-03"]
    assert matrix.loc["DE-04"].to_list() == ["consistent", "inconsistent"]


def test_each_reader_has_a_matrix_in_the_order_of_the_settled_one(corpus):
    first, second = (hypotheses.reading_matrix(corpus, reader) for reader in ("first", "second"))
    assert list(first.index) == list(second.index) == ["DE-04", "CW-01", "HP-02", "DE-03"]
    assert first.loc["HP-02", "bluff"] == "inconsistent"
    assert second.loc["HP-02", "bluff"] == "consistent"


def test_evidence_against_an_explanation_is_listed_with_and_without_the_institution(corpus):
    against = hypotheses.evidence_against(corpus)
    assert against["claims"].to_dict() == {"bluff": ["HP-02"], "dues": ["DE-04", "HP-02"]}
    assert against["without_institution"].to_dict() == {"bluff": ["HP-02"], "dues": ["HP-02"]}


def test_readers_agree_as_far_as_their_readings_are_alike(corpus):
    agreed = hypotheses.reader_agreement(corpus)
    assert agreed["cells"].to_dict() == {"bluff": 4, "dues": 4, "all": 8}
    assert agreed["alike"].to_dict() == {"bluff": 3, "dues": 3, "all": 6}
    assert agreed.loc["all", "per_cent"] == 75
    assert agreed.loc["all", "alpha"] == pytest.approx(1 - (4 / 16) / (158 / 240))


def test_readers_with_the_same_readings_agree_wholly(corpus):
    weighing = corpus.weighing.assign(second=corpus.weighing["first"])
    agreed = hypotheses.reader_agreement(dataclasses.replace(corpus, weighing=weighing))
    assert agreed.loc["all", ["per_cent", "alpha"]].to_list() == [100, 1]


def test_judgements_are_tested_without_each_source_and_without_the_institution(corpus):
    verdicts = hypotheses.robustness_of_judgements(corpus)
    assert verdicts.loc["straits-open"].to_dict() == {
        "all": hypotheses.STANDS,
        "DE out": ONE,
        "HP out": hypotheses.STANDS,
        "CW out": ONE,
        "ISS out": ONE,
        "coder two": hypotheses.STANDS,
        "dated": hypotheses.FALLS,
    }
    assert verdicts.loc["talks-failed"].to_dict() == {
        "all": ONE,
        "DE out": ONE,
        "HP out": hypotheses.FALLS,
        "CW out": ONE,
        "ISS out": ONE,
        "coder two": ONE,
        "dated": ONE,
    }


def test_a_judgement_falls_when_more_institutions_speak_against_it(corpus):
    evidence = corpus.evidence.copy()
    evidence.loc[("talks-failed", "DE-01"), "credibility"] = 2
    more = pd.DataFrame(
        {"side": ["against"], "credibility": [3], "why": ["Made up"]},
        index=pd.MultiIndex.from_tuples([("talks-failed", "CW-01")], names=evidence.index.names),
    )
    changed = dataclasses.replace(corpus, evidence=pd.concat([evidence, more]))
    assert hypotheses.robustness_of_judgements(corpus).loc["talks-failed", "all"] == ONE
    verdicts = hypotheses.robustness_of_judgements(changed)
    assert verdicts.loc["talks-failed", "all"] == hypotheses.FALLS


def test_the_second_coders_chains_decide_where_claims_come_from(corpus):
    passes = corpus.passes.copy()
    passes.at[("two", "CW-01"), "chain"] = ["coast-wire", "iss"]
    changed = dataclasses.replace(corpus, passes=passes)
    verdicts = hypotheses.robustness_of_judgements(changed)
    assert verdicts.loc["straits-open", "coder two"] == ONE


def test_claims_of_little_credibility_do_not_count(corpus):
    claims = corpus.full_claims()
    institutions = hypotheses.speaking_institutions(corpus, "straits-open", "against", claims)
    assert institutions == set()
    institutions = hypotheses.speaking_institutions(corpus, "straits-open", "for", claims)
    assert institutions == {"norrland-government", "iss"}
