"""A judgement is tested on reduced evidence, and can fall."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import judgement_tests
from claimbook.display import tables


def verdicts(corpus):
    return judgement_tests.robustness_of_judgements(corpus)


def with_evidence(corpus, judgement, claims):
    """The corpus with other evidence on one judgement, by claim id: side and credibility."""
    others = corpus.evidence.drop(index=judgement, level="judgement_id")
    rows = pd.DataFrame(
        [{"side": side, "credibility": grade, "why": "Made up"} for side, grade in claims.values()],
        index=pd.MultiIndex.from_product([[judgement], claims], names=others.index.names),
    )
    return dataclasses.replace(corpus, evidence=pd.concat([others, rows]))


def test_judgements_are_tested_without_each_kind_of_evidence(corpus):
    assert list(verdicts(corpus).index) == ["straits-open", "talks-failed", "buoys-laid"]
    assert verdicts(corpus).loc["straits-open"].to_dict() == {
        "all evidence": judgement_tests.STANDS,
        "without ISS": judgement_tests.ONE_ORIGIN,
        "without Norrland": judgement_tests.ONE_ORIGIN,
        "without rewrites": judgement_tests.ONE_ORIGIN,
    }


def test_evidence_against_supports_a_judgement_that_something_is_unlikely(corpus):
    assert verdicts(corpus).loc["talks-failed", "all evidence"] == judgement_tests.ONE_ORIGIN
    turned = with_evidence(corpus, "talks-failed", {"HP-01": ("for", 2)})
    assert verdicts(turned).loc["talks-failed", "all evidence"] == judgement_tests.FALLS


def test_a_judgement_falls_when_more_institutions_speak_against_it(corpus):
    evidence = {"CW-01": ("for", 3), "DE-02": ("against", 2), "HP-02": ("against", 3)}
    changed = with_evidence(corpus, "straits-open", evidence)
    assert verdicts(changed).loc["straits-open", "all evidence"] == judgement_tests.FALLS
    assert verdicts(changed).loc["straits-open", "without ISS"] == judgement_tests.TIED


def test_a_judgement_is_tied_when_as_many_institutions_speak_against_it(corpus):
    changed = with_evidence(corpus, "straits-open", {"CW-01": ("for", 3), "DE-02": ("against", 3)})
    assert verdicts(changed).loc["straits-open", "all evidence"] == judgement_tests.TIED


def test_what_cannot_be_judged_falls_when_one_side_outweighs_the_other(corpus):
    assert verdicts(corpus).loc["buoys-laid", "all evidence"] == judgement_tests.STANDS
    one_sided = {"CW-01": ("against", 2), "DE-02": ("against", 2)}
    changed = with_evidence(corpus, "buoys-laid", one_sided)
    assert verdicts(changed).loc["buoys-laid", "all evidence"] == judgement_tests.FALLS


@pytest.mark.parametrize("judgement", ["straits-open", "talks-failed", "buoys-laid"])
def test_no_evidence_bears_out_no_judgement(corpus, judgement):
    emptied = with_evidence(corpus, judgement, {"CW-01": ("for", 6)})
    assert verdicts(emptied).loc[judgement, "all evidence"] == judgement_tests.EMPTY


def test_claims_of_little_credibility_do_not_count(corpus):
    claims = corpus.full_claims()
    against, supporting = (
        judgement_tests.speaking_institutions(corpus, "straits-open", side, claims)
        for side in ("against", "for")
    )
    assert against == set()
    assert supporting == {"norrland-government", "iss"}


def likely(corpus, judgement, likelihood):
    """The corpus with another likelihood of one judgement."""
    judgements = corpus.judgements.astype({"likelihood": str})
    judgements.loc[judgement, "likelihood"] = likelihood
    return dataclasses.replace(corpus, judgements=judgements)


@pytest.mark.parametrize("likelihood", ["almost no chance", "very unlikely", "unlikely"])
def test_what_is_held_unlikely_rests_on_the_evidence_against_it(corpus, likelihood):
    changed = likely(corpus, "talks-failed", likelihood)
    assert verdicts(changed).loc["talks-failed", "all evidence"] == judgement_tests.ONE_ORIGIN


@pytest.mark.parametrize("likelihood", ["even chance", "not enough to judge"])
def test_an_open_judgement_stands_while_neither_side_outweighs_the_other(corpus, likelihood):
    changed = likely(corpus, "buoys-laid", likelihood)
    assert verdicts(changed).loc["buoys-laid", "all evidence"] == "stands"


def test_the_verdicts_are_told_in_words(corpus):
    turned = with_evidence(corpus, "talks-failed", {"HP-01": ("for", 2)})
    assert verdicts(turned).loc["talks-failed", "all evidence"] == "falls"
    emptied = with_evidence(corpus, "talks-failed", {"HP-01": ("for", 6)})
    assert verdicts(emptied).loc["talks-failed", "all evidence"] == "nothing left"
    [_, falls, _], [_, empty, _] = (
        tables.robustness_table(changed, "T").myst.splitlines()[2:] for changed in (turned, emptied)
    )
    assert falls.split("|")[2].strip() == "**falls**"
    assert empty.split("|")[2].strip() == "nothing left"
