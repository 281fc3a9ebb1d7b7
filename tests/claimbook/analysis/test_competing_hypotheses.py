"""Explanations are weighed by what would be surprising if they were true."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import competing_hypotheses as hypotheses


def known_later(corpus, *propositions):
    later = corpus.propositions["later"].astype(str)
    later.loc[list(propositions)] = "yes"
    return dataclasses.replace(corpus, propositions=corpus.propositions.assign(later=later))


def test_propositions_stand_in_their_order_and_explanations_in_theirs(corpus):
    matrix = hypotheses.surprise_matrix(corpus)
    assert list(matrix.columns) == ["bluff", "dues"]
    assert list(matrix.index) == ["boats-seen", "closure-doubted", "buoys-laid", "barrier-denied"]
    assert matrix.loc["buoys-laid"].to_list() == ["somewhat", "very"]
    assert hypotheses.surprise_matrix(corpus, "second").loc["buoys-laid", "bluff"] == "not"


def test_what_became_known_later_is_weighed_apart(corpus):
    changed = known_later(corpus, "buoys-laid")
    assert "buoys-laid" not in hypotheses.surprise_matrix(changed).index
    assert list(hypotheses.surprise_matrix(changed, later=True).index) == ["buoys-laid"]


def test_only_what_tells_explanations_apart_counts_against_them(corpus):
    matrix = hypotheses.surprise_matrix(corpus)
    assert hypotheses.diagnosticity(matrix).to_dict() == {
        "boats-seen": 1,
        "closure-doubted": 0,
        "buoys-laid": 1,
        "barrier-denied": 0,
    }
    assert hypotheses.disconfirmation(matrix).to_dict() == {"bluff": 1, "dues": 3}
    matrix.loc["boats-seen"] = hypotheses.VERY
    assert hypotheses.disconfirmation(matrix).to_dict() == {"bluff": 1, "dues": 2}


def test_scores_change_with_what_is_left_out_and_with_the_reader(corpus):
    scores = hypotheses.disconfirmation_on_reduced_evidence(corpus)
    assert scores.loc["dues"].to_dict() == {
        "all evidence": 3,
        "without ISS": 2,  # the boats are the institute's alone
        "without Norrland": 3,
        "without rewrites": 3,
        "without opinions": 3,
        "only what was seen": 1,  # the buoys are one newspaper's word
        "first reader": 2,  # to this reader the buoys speak as much against either
        "second reader": 3,
    }
    assert scores.loc["bluff", "first reader"] == 0


def test_what_somebody_judged_counts_only_where_opinions_do(corpus):
    kinds = corpus.propositions["kind"].astype(str)
    kinds["buoys-laid"] = "judgement"
    changed = dataclasses.replace(corpus, propositions=corpus.propositions.assign(kind=kinds))
    scores = hypotheses.disconfirmation_on_reduced_evidence(changed).loc["dues"]
    assert (scores["all evidence"], scores["without opinions"]) == (3, 1)


def test_strong_evidence_against_an_explanation_is_listed_with_and_without_the_institution(corpus):
    against = hypotheses.evidence_against(corpus)
    assert against["propositions"].to_dict() == {"bluff": [], "dues": ["buoys-laid"]}
    assert against["without_institution"].to_dict() == {"bluff": [], "dues": ["buoys-laid"]}
    propositions = corpus.propositions.copy()
    propositions.at["buoys-laid", "claims"] = ["DE-04"]
    changed = dataclasses.replace(corpus, propositions=propositions)
    assert hypotheses.evidence_against(changed).at["dues", "without_institution"] == []


def test_readers_agree_as_far_as_their_readings_are_alike(corpus):
    agreed = hypotheses.reader_agreement(corpus)
    assert agreed["cells"].to_dict() == {"bluff": 4, "dues": 4, "all": 8}
    assert agreed["alike"].to_dict() == {"bluff": 3, "dues": 3, "all": 6}
    assert agreed["opposed"].to_dict() == {"bluff": 1, "dues": 0, "all": 1}
    assert agreed.loc["all", "per_cent"] == 75
    assert agreed.loc["all", "alpha"] == pytest.approx(1 - (4 / 16) / (118 / 240))


def test_readers_with_the_same_readings_agree_wholly(corpus):
    weighing = corpus.weighing.assign(second=corpus.weighing["first"])
    agreed = hypotheses.reader_agreement(dataclasses.replace(corpus, weighing=weighing))
    assert agreed.loc["all", ["per_cent", "alpha"]].to_list() == [100, 1]


def test_a_corpus_of_one_tier_keeps_the_propositions_that_its_claims_make(corpus):
    sources = corpus.sources.copy()
    sources.loc["harbour-post-2031-08", "tier"] = "record"
    reports = dataclasses.replace(corpus, sources=sources).of_tier("report")
    assert "buoys-laid" not in hypotheses.surprise_matrix(reports).index
    assert "buoys-laid" not in reports.weighing.index.get_level_values("proposition_id")
    assert isinstance(hypotheses.surprise_matrix(reports), pd.DataFrame)


def test_what_rests_on_others_than_the_institution_in_part_stands_without_it(corpus):
    members = corpus.propositions["claims"].copy()
    members["buoys-laid"] = ["DE-04", "HP-02"]  # of the institute, and of a newspaper
    members["boats-seen"] = ["DE-04"]
    surprise = corpus.weighing["surprise"].copy()
    surprise[[("buoys-laid", "dues"), ("boats-seen", "dues")]] = "very"
    changed = dataclasses.replace(
        corpus,
        propositions=corpus.propositions.assign(claims=members),
        weighing=corpus.weighing.assign(surprise=surprise),
    )
    against = hypotheses.evidence_against(changed).loc["dues"]
    assert against["propositions"] == ["boats-seen", "buoys-laid"]
    assert against["without_institution"] == ["buoys-laid"]


def test_readers_of_nothing_agree_on_nothing(corpus):
    nothing = hypotheses.reader_agreement(
        dataclasses.replace(corpus, weighing=corpus.weighing[:0])
    ).loc["all"]
    assert nothing[["cells", "alike", "opposed"]].to_list() == [0, 0, 0]
