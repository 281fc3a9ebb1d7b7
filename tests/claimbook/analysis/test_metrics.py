"""Every number that a page can state, counted by hand in the ten claims of the made-up report."""

import dataclasses

from claimbook.analysis import metrics
from claimbook.paths import project


def texts(counts: dict[str, metrics.Count]) -> dict[str, str]:
    return {name: count.text for name, count in counts.items()}


def without_zeros(counts: dict[str, metrics.Count]) -> dict[str, str]:
    return {name: text for name, text in texts(counts).items() if text != "no"}


def test_the_corpus_is_counted(corpus):
    assert texts(metrics.corpus_counts(corpus)) == {
        "claims": "ten",
        "argued": "nine",
        "background": "one",
        "words": "190",
        "own_voice": "two",
        "institution": "three",
        "institution_chain": "three",
        "institution_share": "33 per cent",
        "institution_sources": "two",
        "raises": "four",
        "lowers": "four",
        "neutral": "one",
        "unverified": "one",
        "disputed": "one",
        "corroborated": "no",
        "corrupt": "no",
    }


def test_each_number_of_the_corpus_says_what_it_counts(corpus):
    counts = metrics.corpus_counts(corpus)
    argued = "claims of every theme but background"
    assert {name: counts[name].of for name in ("claims", "argued", "background", "words")} == {
        "claims": "claims",
        "argued": argued,
        "background": "claims of the theme background",
        "words": "words of the three texts, headlines and captions included",
    }
    assert counts["own_voice"].of == f"{argued} for which the outlet names no one else"
    assert counts["raises"].of == f"{argued} whose bearing is “raises”"
    assert counts["institution"].of == f"{argued} at the end of whose chain stands the institute"
    through = f"{argued} that have the institute somewhere in their chain"
    assert counts["institution_chain"].of == through
    assert counts["institution_share"].of == f"{through}: 3 of 9"
    assert counts["institution_sources"].of == (
        "sources with at least one such claim that has the institute in its chain"
    )


def test_a_report_without_an_institution_counts_none(corpus, made_up_copy):
    settings = project().settings
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if "institution" not in line), "utf-8")
    counts = metrics.corpus_counts(corpus) | metrics.hypotheses_counts(corpus)
    assert not any("institution" in name for name in counts)
    assert counts["argued"].text == "nine"


def test_a_theme_is_counted(corpus):
    assert without_zeros(metrics.theme_counts(corpus, "closure")) == {
        "claims": "four",
        "own_voice": "one",
        "institution": "one",
        "raises": "two",
        "lowers": "two",
        "unverified": "one",
        "disputed": "one",
        "events_movement": "two",
    }
    assert without_zeros(metrics.theme_counts(corpus, "talks")) == {
        "claims": "two",
        "own_voice": "one",
        "raises": "one",
        "neutral": "one",
        "events_meeting": "one",
        "events_refusal": "one",
    }


def test_each_number_of_a_theme_says_what_it_counts(corpus):
    counts = metrics.theme_counts(corpus, "closure")
    assert counts["claims"].of == "claims of the theme closure"
    assert counts["disputed"].of == "claims of the theme closure whose verification is “disputed”"
    assert counts["events_movement"].of == "events of the theme closure and the kind movement"


def test_forecasts_are_counted_by_outcome(corpus):
    counts = metrics.forecast_counts(corpus)
    assert texts(counts) == {
        "ranged": "three",
        "listed": "three",
        "stood": "three",
        "not_come": "no",
        "refuted": "no",
        "untestable": "no",
    }
    assert counts["ranged"].of == (
        "claims of the theme forecast with a word of likelihood to which terms.csv gives a range"
    )
    assert counts["stood"].of == "such claims whose outcome on 2 September 2031 is “stood”"


def test_forecasts_name_the_number_of_their_events(corpus):
    listed = metrics.forecast_counts(corpus)["listed"]
    assert listed.of == "claims of the theme forecast that forecast the event"
    forecasts = corpus.forecasts.copy()
    forecasts.loc["HP-03", "event"] = "blockade"
    forecasts.loc["CW-02", "event"] = "none"
    listed = metrics.forecast_counts(dataclasses.replace(corpus, forecasts=forecasts))["listed"]
    assert listed == ("two", "claims of the theme forecast that forecast one of the two events")


def test_repeated_propositions_and_own_voices_are_counted(corpus):
    counts = metrics.provenance_counts(corpus)
    assert texts(counts) == {
        "repeated": "one",
        "repeated_one": "one",
        "own_DE": "25 per cent",
        "own_HP": "33 per cent",
        "own_CW": "0 per cent",
    }
    assert counts["own_DE"].of == (
        "DE’s claims of every theme but background in the outlet’s own voice: 1 of 4"
    )


def test_relations_are_counted_by_kind(corpus):
    counts = metrics.relation_counts(corpus)
    assert without_zeros(counts) == {
        "relations": "three",
        "contradicts": "one",
        "repeats": "one",
        "supports": "one",
    }
    assert counts["repeats"].of == "rows of relations.csv with the relation “repeats”"


def test_the_coding_is_counted(corpus):
    counts = metrics.coding_counts(corpus)
    assert texts(counts) == {
        "one_claims": "ten",
        "two_claims": "nine",
        "matched": "nine",
        "same_chain": "nine",
        "same_theme": "eight",
        "weakest": "verification",
        "settled": "six",
        "third": "one",
    }
    assert counts["two_claims"].of == "rows of coding/two.csv"
    assert counts["third"].of == "rows of coding/settlements.csv that a third reading added"


def test_findings_of_criticism_are_counted_by_how_they_are_known(corpus):
    counts = metrics.criticism_counts(corpus)
    assert texts(counts) == {
        "findings": "three",
        "by_text": "one",
        "by_corpus": "one",
        "by_original": "no",
        "by_outside": "one",
    }
    assert counts["by_corpus"].of == "rows of criticism.csv known by “corpus”"


def test_the_weighing_of_explanations_is_counted(corpus):
    counts = metrics.hypotheses_counts(corpus)
    # alpha: 2 of 8 units differ, among 11 not, 1 somewhat and 4 very of 16 values:
    # 1 - (4 / 16) / ((16² - 11² - 1² - 4²) / (16 * 15)) = 0.49
    assert texts(counts) == {
        "weighed": "four",
        "weighed_claims": "six",
        "weighed_later": "no",
        "set_aside": "two",
        "weighed_cells": "eight",
        "weighed_alike": "six",
        "weighed_opposed": "one",
        "weighed_very": "one",
        "weighed_silent": "two",
        "weighed_alpha": "0.49",
        "against_bluff": "no",
        "without_institution_bluff": "no",
        "score_bluff": "one",
        "against_dues": "one",
        "without_institution_dues": "one",
        "score_dues": "three",
    }


def test_a_share_of_nothing_is_no_per_cent(corpus):
    empty = dataclasses.replace(corpus, claims=corpus.claims[:0])
    assert metrics.corpus_counts(empty)["institution_share"].text == "0 per cent"


def test_passes_without_a_claim_in_common_are_alike_in_nothing(corpus):
    first = corpus.passes.loc[["one"]]
    alone = dataclasses.replace(corpus, passes=first, settlements=corpus.settlements[:0])
    counts = texts(metrics.coding_counts(alone))
    told = ("one_claims", "two_claims", "matched", "same_chain", "same_theme", "settled", "third")
    assert [counts[name] for name in told] == ["ten", *["no"] * 6]


def test_passes_and_fields_are_named_as_a_reader_knows_them(corpus):
    passes = corpus.passes.rename(index={"two": "three"}, level="coder")
    passes.loc[("three", "DE-01"), "date_basis"] = "relative"
    passes["verification"] = "none"
    passes.loc[("three", "DE-04"), "date_basis"] = "relative"
    passes["theme"] = passes["theme"].iloc[0]
    counts = metrics.coding_counts(dataclasses.replace(corpus, passes=passes))
    assert counts["two_claims"].of == "rows of a pass three"
    assert counts["weakest"].text == "date basis"


def test_explanations_are_counted_by_their_ids_as_names(corpus):
    renamed = {"dues": "harbour-dues"}
    changed = dataclasses.replace(
        corpus,
        explanations=corpus.explanations.rename(index=renamed),
        weighing=corpus.weighing.rename(index=renamed, level="explanation_id"),
    )
    assert metrics.hypotheses_counts(changed)["score_harbour_dues"].text == "three"


def test_all_files_of_a_table_in_parts_are_named(corpus, made_up_copy):
    package = project().datapackage
    text = package.read_text("utf-8")
    parts = '["coding/settlements.csv", "coding/more.csv"]'
    package.write_text(text.replace('"coding/settlements.csv"', parts), "utf-8")
    told = metrics.coding_counts(corpus)["third"].of
    assert told == "rows of coding/settlements.csv, coding/more.csv that a third reading added"
