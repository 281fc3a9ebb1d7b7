"""Origins, ranges, relations and readings say what the tables say."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import (
    competing_hypotheses,
    estimates,
    judgement_tests,
    metrics,
    provenance,
)
from claimbook.corpus import schema
from claimbook.corpus.validation import rules
from claimbook.language import claim_description
from claimbook.paths import project


def test_an_officer_and_his_ministry_are_one_institution(corpus):
    assert provenance.root_institution(corpus.actors, "skibitsky") == provenance.root_institution(
        corpus.actors, "ukraine-mod"
    )
    assert provenance.root_institution(corpus.actors, "isw") == "isw"


def test_what_two_outlets_take_from_one_institute_has_one_institution(corpus):
    known = provenance.repeated_propositions(corpus)
    quoted = known[known["claims"].map(lambda claims: {"PR-13", "RW-23"} <= set(claims))]
    assert quoted["sources"].tolist() == [["PR", "RW"]]
    assert quoted["institutions"].tolist() == [["isw"]]


def test_a_phrase_is_read_on_the_yardstick_of_its_speaker(corpus):
    assert corpus.actors.loc["uk-mod", "yardstick"] == "phia"
    assert tuple(corpus.terms.loc[("likely", "phia"), ["low", "high"]]) == (55, 75)
    outlook = estimates.graded_forecasts(corpus)
    assert tuple(outlook.loc["UA-13", ["low", "high"]]) == (20, 45)
    assert pd.isna(outlook.loc["IN-09", "low"])


def test_a_judgement_that_a_report_passes_on_has_the_day_on_which_the_record_has_it(whole_corpus):
    known = estimates.dated_judgements(whole_corpus, beside=["ISWU220304-01"])
    passed_on = known[known["inside"] & known["low"].notna()].set_index("wording")["date"]
    assert passed_on.dt.strftime("%d %b").to_dict() == {
        "remains low": "11 Jul",
        "extremely unlikely": "01 Dec",
        "remains unlikely": "19 Dec",
    }
    others = known[~known["inside"]]
    assert others.loc[others["claims"].astype(bool), "sort"].tolist() == ["judged to have happened"]
    assert (others["claims"].astype(bool) == (others["address"] == "")).all()


def test_a_day_that_no_text_gives_is_told_as_the_days_that_are_possible(corpus):
    claims = corpus.full_claims()
    assert (
        claim_description.attribute_claim(corpus, claims.loc["IN-09"])
        == "(Insight News Media, 4 to 12 December 2022)"
    )
    assert claim_description.attribute_claim(corpus, claims.loc["IN-34"]).endswith(
        "22 November 2022)"
    )


@pytest.fixture
def described():
    return schema.read_schema(project().datapackage)


def test_opposed_claims_of_one_source_must_both_be_disputed(described, corpus):
    claims = corpus.claims.copy()
    claims.loc["IN-33", "verification"] = "none"
    faults = rules.check_relations(described, corpus.relations, claims)
    assert any("IN-33" in fault.allowed for fault in faults)


@pytest.mark.parametrize(
    ("pair", "allowed"),
    [
        (("NW-07", "supports", "NW-07"), "another claim"),
        (("IN-32", "supports", "IN-33"), "joined once"),
    ],
)
def test_a_relation_joins_two_claims_once(described, corpus, pair, allowed):
    index = pd.MultiIndex.from_tuples(
        [*corpus.relations.index, pair], names=corpus.relations.index.names
    )
    faults = rules.check_relations(described, pd.DataFrame(index=index), corpus.claims)
    assert [allowed in fault.allowed for fault in faults] == [True]


def test_an_event_whose_claims_give_other_days_needs_a_note(described, corpus):
    events = corpus.events.copy()
    events.loc["supplies", ["earliest", "start", "note"]] = [
        pd.Timestamp("2022-06-15"),
        pd.Timestamp("2022-06-15"),
        "",
    ]
    faults = rules.check_events(described, events, corpus.claims)
    assert [(fault.key, fault.column) for fault in faults] == [("supplies", "note")]


def test_every_claim_on_the_outlook_has_its_row(described, corpus):
    faults = rules.check_forecasts(
        described, corpus.forecasts.drop(index="PR-15"), corpus, "outlook"
    )
    assert [fault.key for fault in faults] == ["PR-15"]


def test_counts_in_prose_are_those_of_the_tables(corpus):
    told = metrics.corpus_counts(corpus)
    assert told["claims"].text == str(len(corpus.claims))
    assert int(told["argued"].text) + int(told["background"].text) == len(corpus.claims)
    pressure = metrics.theme_counts(corpus, "pressure")
    assert pressure["claims"].text == str((corpus.claims["theme"] == "pressure").sum())
    assert pressure["raises"].of == "claims of the theme pressure whose bearing is “raises”"
    assert (
        metrics.number_in_words(0),
        metrics.number_in_words(12),
        metrics.number_in_words(1200),
    ) == ("no", "twelve", "1,200")


def test_two_tests_break_the_order_of_the_explanations_as_the_chapter_says(whole_corpus):
    points = competing_hypotheses.disconfirmation_on_reduced_evidence(whole_corpus)
    without = points["without ISW"]
    assert set(without[["never-asked", "kept-open", "unwilling", "unable"]]) == {4}
    assert set(without.index[without == without.min()]) == {"deterred", "no-longer-wanted"}
    seen = points["only what was seen"]
    assert seen[["useful-outside", "unwilling"]].to_list() == [0, 1]


def test_two_readers_agree_as_far_as_their_readings_are_alike(corpus):
    found = competing_hypotheses.reader_agreement(corpus)
    alike = corpus.weighing["first"] == corpus.weighing["second"]
    assert (found.loc["all", "cells"], found.loc["all", "alike"]) == (len(alike), alike.sum())
    assert (
        found.loc["never-asked", "alike"] == alike.xs("never-asked", level="explanation_id").sum()
    )
    assert (
        found.loc["all", "alpha"] < found.loc["all", "per_cent"] / 100
    )  # chance agreement is taken off
    copied = dataclasses.replace(
        corpus, weighing=corpus.weighing.assign(second=corpus.weighing["first"])
    )
    assert competing_hypotheses.reader_agreement(copied).loc[
        "all", ["per_cent", "alpha"]
    ].tolist() == [100, 1]


def test_the_first_page_says_what_is_left_of_the_leading_judgements_without_the_institute(
    whole_corpus,
):
    leading = whole_corpus.judgements["number"].dropna().sort_values().index
    without = judgement_tests.robustness_of_judgements(whole_corpus).loc[leading, "without ISW"]
    assert {name: left for name, left in without.items() if left != judgement_tests.STANDS} == {
        "moscow-wanted-troops": judgement_tests.TIED,
        "rule-at-risk": judgement_tests.ONE_ORIGIN,
        "talk-tied-troops": judgement_tests.ONE_ORIGIN,
    }


def test_what_falls_without_the_institute_is_judged_with_low_confidence(whole_corpus):
    without = judgement_tests.robustness_of_judgements(whole_corpus)["without ISW"]
    lost = without.index[without.isin([judgement_tests.FALLS, judgement_tests.EMPTY])]
    judged = whole_corpus.judgements.loc[lost, "confidence"].dropna()
    assert len(judged), "no judgement of this report depends on the institute"
    assert set(judged) == {"low"}
