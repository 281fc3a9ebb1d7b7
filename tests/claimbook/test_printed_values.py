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
    relays,
)
from claimbook.corpus.model import Corpus, load
from claimbook.display import tables
from claimbook.display.markdown import MystBlock
from claimbook.language import claim_description
from support.made_up_report import lay_out
from support.relayed_report import ORIGINAL, OTHER, RELAYS, add_relays, write_relays

GRADED = ["said", "speaker", "origin", "code", "term", "low", "high", "outcome"]
JUDGED = ["date", "name", "wording", "low", "high"]
CARDS = ["HP-03", "buoys-laid", "DE-02", "talks-failed"]
WEIGHED = ["buoys-laid", "boats-seen"]
RELAYS_TOO = [  # beside what the tests of the tables have: a hedge lost, and an invention
    ["DE-03", ORIGINAL, "hedge-lost;weaker", "any", "a closure", ""],
    ["HP-03", "", "added", "before October", "", "A_made_up day."],
    ["HP-01", OTHER, "kept", "", "", ""],
]
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


def table(block: MystBlock) -> str:
    """A table with its title, and the label by which pages refer to it."""
    return f"{block.title} ({block.name})\n{block.myst}"


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


def shown_otherwise(corpus: Corpus) -> Corpus:
    """The corpus with a finding by the original, and one by two pages found but not read."""
    criticism = corpus.criticism.copy()
    outside, by_corpus = criticism.index[:2]
    criticism.at[outside, "address"] = ["https://example.org/a", "https://example.net/b"]
    criticism.at[outside, "seen"] = "found"
    criticism.at[by_corpus, "known_by"] = "original"
    criticism.at[by_corpus, "original"] = [ORIGINAL, OTHER]
    return dataclasses.replace(corpus, criticism=criticism)


def ledger(corpus: Corpus) -> str:
    """All that the ledger, the cards and the notes say of some claims."""
    claims = corpus.full_claims()
    told = []
    for claim_id in ("CW-02", "DE-03", "DE-04", "HP-04", OTHER):
        described = claim_description.describe_claim(corpus, claims.loc[claim_id])
        told += [f"{claim_id}: {described.note(with_paraphrase=False)}"]
        told += [f"- {sentence.text}" for sentence in described.sentences()]
        told += [f"- {heading} | {text}" for heading, text in described.facts()]
    return "\n".join(told)


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
    "table of series": lambda corpus: table(tables.series_table(silent(corpus), "T")),
    "table by month": lambda corpus: table(
        tables.attention_table(silent(corpus), "straits-digest", "T")
    ),
    "table of citations": lambda corpus: table(tables.citations_table(corpus, "T")),
    "table of agreement": lambda corpus: table(tables.agreement_table(corpus, "one", "two", "T")),
    "table of agreement with the claims": lambda corpus: table(
        tables.agreement_table(corpus, "one", agreement.PUBLISHED, "T")
    ),
    "table of passes": lambda corpus: table(tables.pass_pairs_table(corpus, "T")),
    "table of claims found": lambda corpus: table(tables.found_table(corpus, "one", "two", "T")),
    "table of double coding": lambda corpus: table(
        tables.double_coding_table(corpus, "one", "two", "T")
    ),
    "table of confusion": lambda corpus: table(
        tables.confusion_table(corpus, "one", "two", "theme", "T")
    ),
    "table of settlements": lambda corpus: table(tables.settlements_table(corpus, "T")),
    "table of people": lambda corpus: table(tables.people_table(corpus, "T")),
    "table of sources": lambda corpus: table(tables.sources_table(corpus, "T")),
    "table of repeats": lambda corpus: table(tables.repeated_table(corpus, "T")),
    "table of claims": lambda corpus: table(tables.selection_table(corpus, corpus.claims, "T")),
    "table of corrections": lambda corpus: table(tables.corrections_table(corpus, "T")),
    "table of contradictions": lambda corpus: table(
        tables.disagreements_table(corpus, "contradicts", "T")
    ),
    "table of criticism": lambda corpus: table(tables.criticism_table(corpus, "CW", "T")),
    "table of robustness": lambda corpus: table(tables.robustness_table(corpus, "T")),
    "list of evidence": lambda corpus: tables.evidence_list(corpus).myst,
    "list of explanations": lambda corpus: tables.explanation_list(corpus).myst,
    "table of judgements": lambda corpus: table(tables.judgements_table(corpus, "T")),
    "table of propositions": lambda corpus: table(tables.proposition_list(corpus)),
    "table of scores": lambda corpus: table(tables.explanation_scores_table(corpus, "T")),
    "list of forecasts": lambda corpus: tables.forecast_list(corpus, "closing").myst,
    "list of dates": lambda corpus: tables.source_dates(corpus).myst,
    "list of events": lambda corpus: tables.chronology(corpus, ["closure", "talks"]).myst,
    "index of actors": lambda corpus: tables.actor_index(corpus).myst,
    "index of places": lambda corpus: tables.place_index(corpus).myst,
    "list of nothing": lambda corpus: tables.chronology(corpus, []).myst,
    "judgements of a chapter": lambda corpus: table(
        tables.judgements_table(corpus, "T", "closure", "of-closure")
    ),
    "propositions known later": lambda corpus: table(tables.proposition_list(corpus, later=True)),
    "table of ranges": lambda corpus: tables.ranges_table(corpus, CARDS).myst,
    "table of readings": lambda corpus: tables.readings_table(corpus, WEIGHED).myst,
    "table of expectations": lambda corpus: tables.expectations_table(corpus, WEIGHED).myst,
    "no corrections": lambda corpus: table(
        tables.corrections_table(
            dataclasses.replace(corpus, corrections=corpus.corrections[:0]), "T"
        )
    ),
    "claims of reports without a record": lambda corpus: frame(relays.outcomes_by_source(corpus)),
}
RELAYED: dict[str, Callable[[Corpus], str]] = {  # of the report with a record from which it relays
    "what became of claims": lambda corpus: frame(relays.relayed_claims(corpus)),
    "counts of relays": lambda corpus: counts(
        {name: count for name, count in relays.relay_counts(corpus).items() if count.text != "no"}
    ),
    "agreement on relays": lambda corpus: frame(relays.relay_agreement(corpus)),
    "relays of Coast Wire": lambda corpus: table(tables.relay_table(corpus, "CW", "T")),
    "relays of the Harbour Post": lambda corpus: table(tables.relay_table(corpus, "HP", "T")),
    "table of changes": lambda corpus: table(tables.change_table(corpus, "T")),
    "table of agreement on relays": lambda corpus: table(tables.relay_agreement_table(corpus, "T")),
    "table of settlements on relays": lambda corpus: table(
        tables.relay_settlements_table(corpus, "T")
    ),
    "table of settlements beside relays": lambda corpus: table(
        tables.settlements_table(corpus, "T")
    ),
    "table of criticism by an original": lambda corpus: table(
        tables.criticism_table(shown_otherwise(corpus), "CW", "T")
    ),
    "descriptions of claims": ledger,
}


def expected_values() -> dict[str, str]:
    """What is expected, by the headings of its file."""
    _, *parts = re.split(r"^## (.+)\n\n````\n", EXPECTED.read_text("utf-8"), flags=re.MULTILINE)
    texts = [part.partition("\n````")[0] for part in parts[1::2]]
    return dict(zip(parts[::2], texts, strict=True))


@pytest.fixture(scope="module")
def relayed(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The made-up corpus with a record, relays from it and their coders."""
    folder = lay_out(tmp_path_factory.mktemp("relayed") / "report")
    add_relays(folder)
    write_relays(folder / "data", sorted([*RELAYS, *RELAYS_TOO]))
    with (folder / "data" / "coding" / "settlements.csv").open("a", encoding="utf-8") as file:
        file.write(
            "r1,relay,one,two,CW-02,CW-02,change,merged;stronger,stronger,stronger,second,slip,"
        )
        file.write("The_posts are one\n")
    return load(folder / "data")


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_page_prints_is_what_the_ten_claims_hold(corpus, name):
    printed = PRINTED[name](corpus).rstrip("\n")
    assert printed.split("\n") == expected_values()[name].split("\n")


@pytest.mark.parametrize("name", RELAYED)
def test_what_a_page_prints_of_relays_is_what_the_tables_hold(relayed, name):
    printed = RELAYED[name](relayed).rstrip("\n")
    assert printed.split("\n") == expected_values()[name].split("\n")


def test_nothing_is_expected_that_no_page_prints():
    assert list(expected_values()) == [*PRINTED, *RELAYED]
