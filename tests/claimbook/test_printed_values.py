"""Every number, day and verdict that a page can print of the made-up report, as a whole.

What is expected stands in `printed_values.md`, counted by hand in the ten claims; intervals of
agreement are those of the resampling that `analysis/test_agreement.py` does a second way.
"""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from claimbook.analysis import (
    agreement,
    attention,
    competing_hypotheses,
    date_spans,
    estimates,
    judgement_tests,
    metrics,
    provenance,
)
from claimbook.corpus.model import Corpus
from claimbook.display import tables
from claimbook.language import claim_description

GRADED = ["said", "speaker", "origin", "code", "term", "low", "high", "outcome"]
JUDGED = ["date", "name", "wording", "low", "high"]
EXPECTED = Path(__file__).with_name("printed_values.md")


def counts(computed: dict[str, metrics.Count]) -> str:
    """Numbers of a page, with what they count; of kinds of events those that there are."""
    return "\n".join(
        f"{name}: {count.text} [{count.of}]"
        for name, count in sorted(computed.items())
        if count.text != "no" or not name.startswith("events_")
    )


def frame(computed: pd.DataFrame) -> str:
    """A table of values, with three decimals."""
    return computed.to_csv(float_format="%.3f", date_format="%Y-%m-%d")


def silent(corpus: Corpus) -> Corpus:
    """The corpus without the claims of one of its texts."""
    claims = corpus.claims[corpus.claims["source_id"] != "coast-wire-2031-09-02"]
    return dataclasses.replace(corpus, claims=claims)


def balanced(corpus: Corpus) -> Corpus:
    """The corpus with one credible institution on either side of the second judgement."""
    evidence = corpus.evidence.copy()
    evidence.loc[("talks-failed", "DE-01"), "credibility"] = 3
    return dataclasses.replace(corpus, evidence=evidence)


def cards(corpus: Corpus) -> str:
    """What the card of each claim says."""
    claims = corpus.full_claims()
    return "\n".join(
        f"{claim_id}: {claim_description.attribute_claim(corpus, claim)} "
        f"{claim_description.describe_chain(corpus, claim['chain'])}; "
        f"{claim_description.describe_when_said(corpus, claim)}"
        for claim_id, claim in claims.iterrows()
    )


PRINTED: dict[str, Callable[[Corpus], str]] = {
    "counts of the corpus": lambda corpus: counts(metrics.corpus_counts(corpus)),
    "counts of the theme closure": lambda corpus: counts(metrics.theme_counts(corpus, "closure")),
    "counts of the theme talks": lambda corpus: counts(metrics.theme_counts(corpus, "talks")),
    "counts of a record": lambda corpus: counts(metrics.record_counts(silent(corpus))),
    "counts of forecasts": lambda corpus: counts(metrics.forecast_counts(corpus)),
    "counts of provenance": lambda corpus: counts(metrics.provenance_counts(corpus)),
    "counts of relations": lambda corpus: counts(metrics.relation_counts(corpus)),
    "counts of the coding": lambda corpus: counts(metrics.coding_counts(corpus)),
    "shares found": lambda corpus: counts(metrics.recall_counts(corpus, "one", "two")),
    "counts of criticism": lambda corpus: counts(metrics.criticism_counts(corpus)),
    "counts of explanations": lambda corpus: counts(metrics.hypotheses_counts(corpus)),
    "agreement of readers": lambda corpus: frame(competing_hypotheses.reader_agreement(corpus)),
    "evidence against": lambda corpus: frame(competing_hypotheses.evidence_against(corpus)),
    "reduced evidence": lambda corpus: frame(
        competing_hypotheses.disconfirmation_on_reduced_evidence(corpus)
    ),
    "verdicts": lambda corpus: frame(judgement_tests.robustness_of_judgements(corpus)),
    "verdicts where both sides are alike": lambda corpus: frame(
        judgement_tests.robustness_of_judgements(balanced(corpus))
    ),
    "matched claims": lambda corpus: frame(agreement.match_claims(corpus.passes, "one", "two")),
    "agreement by field": lambda corpus: frame(
        agreement.field_agreement(corpus.passes, "one", "two")
    ),
    "agreement by source": lambda corpus: frame(
        agreement.claims_by_source(corpus.passes, "one", "two")
    ),
    "texts by group": lambda corpus: frame(attention.counts_by_group(silent(corpus))),
    "days of claims": lambda corpus: frame(date_spans.claim_date_spans(corpus)),
    "graded forecasts": lambda corpus: frame(estimates.graded_forecasts(corpus)[GRADED]),
    "judgements by date": lambda corpus: frame(estimates.dated_judgements(corpus)[JUDGED]),
    "chains": lambda corpus: frame(provenance.provenance_chains(corpus)),
    "repeated propositions": lambda corpus: frame(provenance.repeated_propositions(corpus)),
    "attribution of claims": cards,
    "table of series": lambda corpus: tables.series_table(silent(corpus), "T").myst,
    "table by month": lambda corpus: (
        tables.attention_table(silent(corpus), "straits-digest", "T").myst
    ),
    "table of citations": lambda corpus: tables.citations_table(corpus, "T").myst,
    "table of agreement": lambda corpus: tables.agreement_table(corpus, "one", "two", "T").myst,
    "table of agreement with the claims": lambda corpus: (
        tables.agreement_table(corpus, "one", agreement.PUBLISHED, "T").myst
    ),
    "table of passes": lambda corpus: tables.pass_pairs_table(corpus, "T").myst,
    "table of claims found": lambda corpus: tables.found_table(corpus, "one", "two", "T").myst,
    "table of double coding": lambda corpus: (
        tables.double_coding_table(corpus, "one", "two", "T").myst
    ),
    "table of confusion": lambda corpus: (
        tables.confusion_table(corpus, "one", "two", "theme", "T").myst
    ),
    "table of settlements": lambda corpus: tables.settlements_table(corpus, "T").myst,
    "table of people": lambda corpus: tables.people_table(corpus, "T").myst,
    "table of sources": lambda corpus: tables.sources_table(corpus, "T").myst,
    "table of repeats": lambda corpus: tables.repeated_table(corpus, "T").myst,
    "table of claims": lambda corpus: tables.selection_table(corpus, corpus.claims, "T").myst,
    "table of corrections": lambda corpus: tables.corrections_table(corpus, "T").myst,
    "table of contradictions": lambda corpus: (
        tables.disagreements_table(corpus, "contradicts", "T").myst
    ),
    "table of criticism": lambda corpus: tables.criticism_table(corpus, "CW", "T").myst,
    "table of robustness": lambda corpus: tables.robustness_table(corpus, "T").myst,
    "list of evidence": lambda corpus: tables.evidence_list(corpus).myst,
    "list of explanations": lambda corpus: tables.explanation_list(corpus).myst,
    "table of judgements": lambda corpus: tables.judgements_table(corpus, "T").myst,
    "table of propositions": lambda corpus: tables.proposition_list(corpus).myst,
    "table of scores": lambda corpus: tables.explanation_scores_table(corpus, "T").myst,
    "list of forecasts": lambda corpus: tables.forecast_list(corpus, "closing").myst,
    "list of dates": lambda corpus: tables.source_dates(corpus).myst,
    "list of events": lambda corpus: tables.chronology(corpus, ["closure", "talks"]).myst,
    "index of actors": lambda corpus: tables.actor_index(corpus).myst,
    "index of places": lambda corpus: tables.place_index(corpus).myst,
}


def expected_values() -> dict[str, str]:
    """What is expected, by the headings of its file."""
    _, *parts = re.split(r"^## (.+)\n\n````\n", EXPECTED.read_text("utf-8"), flags=re.MULTILINE)
    texts = [part.partition("\n````")[0] for part in parts[1::2]]
    return dict(zip(parts[::2], texts, strict=True))


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_page_prints_is_what_the_ten_claims_hold(corpus, name):
    printed = PRINTED[name](corpus).rstrip("\n")
    assert printed.split("\n") == expected_values()[name].split("\n")


def test_nothing_is_expected_that_no_page_prints():
    assert list(expected_values()) == list(PRINTED)
