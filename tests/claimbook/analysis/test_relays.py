"""What became of claims on their way is counted, told and compared between coders."""

from dataclasses import replace
from pathlib import Path

import pytest
from claimbook.analysis import relays
from claimbook.corpus.model import Corpus, load
from claimbook.corpus.validation.table_checks import check_tables
from claimbook.display import tables
from claimbook.language.claim_description import describe_claim
from support.relayed_report import ORIGINAL, add_relays


@pytest.fixture
def relayed(made_up_copy: Path) -> Corpus:
    """The made-up report with a record and relays from it; its tables have no fault."""
    add_relays(made_up_copy)
    report, _ = check_tables(made_up_copy / "data")
    assert [str(fault) for fault in report.faults] == []
    return load()


def test_each_claim_of_a_report_has_one_outcome(relayed):
    outcomes = relays.relayed_claims(relayed)["outcome"]
    assert outcomes.to_dict() == {
        "DE-01": "own-voice",
        "DE-02": "without-source",
        "DE-03": "no-original",
        "DE-04": "no-original",
        "HP-01": "no-original",
        "HP-02": "own-voice",
        "HP-03": "no-original",
        "HP-04": "own-voice",
        "CW-01": "whole",
        "CW-02": "changed",
    }


def test_the_numbers_of_the_prose_count_claims_and_not_rows(relayed):
    counts = {name: count.text for name, count in relays.relay_counts(relayed).items()}
    told = ("cw_passed_on", "cw_whole", "cw_changed", "cw_hardened", "cw_merged", "hp_passed_on")
    assert [counts[name] for name in told] == ["two", "one", "one", "one", "one", "no"]
    told = ("all_claims", "all_passed_on", "all_own_voice", "all_no_original", "all_origin_hidden")
    assert [counts[name] for name in told] == ["ten", "three", "three", "four", "two"]
    told = ("cw_held", "de_held", "paraphrase_passed_on", "paraphrase_held", "quote_passed_on")
    assert [counts[name] for name in told] == ["one", "one", "three", "two", "no"]
    assert [counts["openings"], counts["openings_changed"]] == ["two", "no"]
    assert relays.relay_counts(relayed)["cw_whole"].of == "claims passed on whole, in CW"


def test_agreement_is_on_what_was_found_which_original_and_each_change(relayed):
    compared = relays.relay_agreement(relayed)
    assert compared.loc["found", ["units", "one", "two", "same"]].tolist() == [4, 3, 2, 0.75]
    assert compared.loc["original", ["units", "same"]].tolist() == [2, 0.5]
    assert compared.loc["merged", ["one", "two", "same"]].tolist() == [1, 0, 0.5]
    assert compared.loc["kept", "alpha"] == 1
    assert "weaker" not in compared.index


def test_a_card_has_every_original_beside_the_relay(relayed):
    described = describe_claim(relayed, relayed.claims.loc["CW-02"])
    facts = [fact for fact in described.facts() if fact[0] in ("Original", "On its way")]
    assert facts == [
        (
            "Original",
            "ISS310816-01 (ISS, 16 August 2031): The institute doubts that the strait will be "
            "shut.",
        ),
        ("On its way", "stronger, merged with another: “thinks” for “holds”"),
        ("Original", "ISS310816-02 (ISS, 16 August 2031): No boat is visible near the cape."),
        ("On its way", "merged with another, source not named: without “no boats”"),
    ]
    assert "original ISS310816-01, stronger, merged with another: “thinks”" in described.note(
        with_paraphrase=True
    )
    assert relayed.passed_on_by[ORIGINAL] == ["CW-01", "CW-02", "DE-02"]
    assert describe_claim(relayed, relayed.claims.loc["HP-01"]).passes_on == []


def test_a_report_alone_names_no_original_that_it_lacks(relayed):
    corpus = relayed.of_tier("report")
    assert describe_claim(corpus, corpus.claims.loc["CW-02"]).passes_on == []


def test_a_table_sets_what_was_received_beside_what_was_made_of_it(relayed):
    rows = [
        line.replace("\\", "") for line in tables.relay_table(relayed, "CW", "T").myst.splitlines()
    ]
    assert len(rows) == 4  # the head, and two claims, one of which has two originals
    assert "ISS, 16 August 2031: No boat is visible near the cape. {claim}`ISS310816-02`" in rows[3]
    assert "{claim}`CW-02`" in rows[3]
    assert "**Stronger, merged with another, source not named**: “thinks” for “holds”;" in rows[3]
    assert rows[3].rstrip("| ").endswith("It was an old view.")


def test_changes_are_counted_by_report(relayed):
    rows = {
        line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]]
        for line in tables.change_table(relayed, "T").myst.splitlines()
    }
    assert rows["What became of it"] == ["DE", "HP", "CW", "All"]
    assert rows["passed on, in all"] == ["1", "0", "2", "3"]
    assert rows["source not named"] == ["1", "0", "1", "2"]
    assert "weaker" not in rows


def test_without_two_coders_there_is_nothing_to_compare(corpus):
    compared = relays.relay_agreement(corpus)
    assert compared.empty
    assert list(compared) == ["same", "alpha", "low", "high", "units", "one", "two"]


def test_reports_that_change_the_first_claim_that_they_pass_on_are_counted(relayed):
    count = relays.relay_counts(relayed)["openings_changed"]
    assert count.of == "reports that pass on a claim of the record, and change the first"


def test_a_change_that_one_coder_gave_at_times_is_compared(relayed):
    passes = relayed.relay_passes.copy()
    passes.at[("second", "CW-02"), "change"] = ["weaker"]
    compared = relays.relay_agreement(replace(relayed, relay_passes=passes))
    assert compared.loc["weaker", ["one", "two", "same"]].tolist() == [0, 1, 0.5]


def test_how_relays_were_settled_stands_apart_from_other_differences(relayed):
    assert relays.relay_coders(relayed) == ["first", "second"]
    settlements = relayed.settlements.astype({"stage": str})
    settlements.iloc[0, settlements.columns.get_loc("stage")] = "relay"
    changed = replace(relayed, settlements=settlements)
    assert len(tables.relay_settlements_table(changed, "T").myst.splitlines()) == 3
    assert len(tables.settlements_table(changed, "T").myst.splitlines()) == 2 + 6
