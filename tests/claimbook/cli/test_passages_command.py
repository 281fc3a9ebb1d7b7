"""Passages of long texts: which paragraphs are selected, and what the check asks of them."""

import pytest
from claimbook.settings import Passages
from claimbook.texts.passages import select_passages

RULE = Passages(
    names=["Vell*", "Northern Channel"], except_in=["Vell Treaty", "Northern Channel Fund*"]
)
TEXT = """---
title: The week in Vell
---
# Vell

Wheat rose by a tenth.

 • Boats left Vellhaven; the Northern
   Channel is open.
The Vell Treaty holds, and the Northern Channel Funds pay.
The Vell Treaty holds at Vell.
See https://example.org/Vell for more.
![Map of Vell](map.png)
In shell and revellers there is none.

[1] https://example.org/Vell
[2] The Vell Gazette, 3 August.
"""
WEEKLY = """The week at sea

Coast Pilot, 2 September 2031

Wheat rose by a tenth.

Boats left Cape Vell.

Talks on the Northern Channel begin in autumn.
"""


def test_whole_paragraphs_that_name_the_subject_are_selected():
    assert [TEXT[start:end] for start, end in select_passages(TEXT, RULE)] == [
        "# Vell",
        "• Boats left Vellhaven; the Northern",
        "The Vell Treaty holds at Vell.",
    ]


def test_a_text_without_a_line_end_is_read_to_its_end():
    assert select_passages("So is Vell", RULE) == [(0, 10)]


@pytest.fixture
def weekly(claimbook, tmp_path):
    """A source that is coded by passages; gives the call of a command and its file."""
    file = tmp_path / "weekly.txt"
    file.write_text(WEEKLY, "utf-8")
    flags = ("--outlet", "coast-wire", "--scope", "passages", "--yes")
    claimbook("source", "add", file, *flags)
    return claimbook


def of_weekly(rows):
    return [row for row in rows("passages") if row["source_id"] == "coast-wire-2031-09-02-2"]


def test_the_command_stores_the_passages_and_the_check_names_the_text_that_waits(weekly, rows):
    asked = weekly("check", exit_code=1).output
    assert "passages.csv coast-wire-2031-09-02-2: '2 not stored'" in asked
    printed = weekly("passages").output
    assert "coast-wire-2031-09-02-2: new: 1 to 2" in printed
    assert "waiting for a coder: 2" in printed
    assert [row["number"] for row in of_weekly(rows)] == ["1", "2"]
    waits = weekly("check").output
    assert "waiting for a coder: coast-wire-2031-09-02-2: 2 to code" in waits


def test_once_a_text_is_begun_the_check_asks_for_each_of_its_passages(weekly, made_up_copy):
    weekly("passages")
    give_reason(made_up_copy, 1, "furniture")
    asked = weekly("check", exit_code=1).output
    assert "passages.csv coast-wire-2031-09-02-2/2 reason: ''" in asked
    assert "1 fault" in asked
    assert "waiting for a coder" not in asked


def test_passages_that_wait_are_shown_with_their_text(weekly):
    weekly("passages")
    shown = weekly("passages", "--show").output
    assert "passage 1, 72 to 93\n\nBoats left Cape Vell.\n" in shown
    assert "Talks on the Northern Channel begin in autumn." in shown
    first = weekly("passages", "CW310902", "--next").output
    assert "Boats left" in first
    assert "Talks on" not in first
    assert "waiting after it: 1" in first


def give_reason(made_up_copy, number, reason, repeats=""):
    file = made_up_copy / "data" / "passages.csv"
    lines = file.read_text("utf-8").splitlines()
    start = f"coast-wire-2031-09-02-2,{number},"
    changed = [
        f"{line.rsplit(',', 2)[0]},{reason},{repeats}" if line.startswith(start) else line
        for line in lines
    ]
    file.write_text("\n".join(changed) + "\n", "utf-8")


def test_a_reason_is_enough_and_is_kept_when_the_rule_changes(weekly, rows, made_up_copy):
    weekly("passages")
    give_reason(made_up_copy, 1, "furniture")
    give_reason(made_up_copy, 2, "repeats", 1)
    weekly("check")
    settings = made_up_copy / "report.toml"
    names = settings.read_text("utf-8").replace('names = ["', 'names = ["Wheat", "', 1)
    settings.write_text(names.replace('"Cape Vell", ', "").replace(', "Cape Vell"', ""), "utf-8")
    assert "coast-wire-2031-09-02-2: '1 not stored'" in weekly("check", exit_code=1).output
    printed = weekly("passages", "coast-wire-2031-09-02-2").output
    assert "coast-wire-2031-09-02-2: new: 3" in printed
    assert "coast-wire-2031-09-02-2: gone: 1" in printed
    assert [(row["number"], row["reason"]) for row in of_weekly(rows)] == [
        ("2", "repeats"),
        ("3", ""),
    ]


@pytest.mark.parametrize(
    ("reason", "repeats", "fault"),
    [
        ("repeats", "", "repeats: ''"),
        ("repeats", "2", "repeats: '2'"),
        ("furniture", "1", "repeats: '1'"),
    ],
)
def test_a_repeated_passage_is_named(weekly, made_up_copy, reason, repeats, fault):
    weekly("passages")
    give_reason(made_up_copy, 1, "furniture")
    give_reason(made_up_copy, 2, reason, repeats)
    assert f"coast-wire-2031-09-02-2/2 {fault}" in weekly("check", exit_code=1).output


def test_a_source_that_is_coded_whole_has_no_passages(claimbook):
    printed = claimbook("passages", "DE", exit_code=1).output
    assert "daily-example-2031-06-14 scope: 'whole'" in printed
    assert "did you mean" in claimbook("passages", "harbour-post-2031", exit_code=1).output


def test_a_claim_in_a_passage_codes_it(claimbook, made_up_copy):
    assert "no passage waits for a coder" in claimbook("passages", "HP", "--show").output
    claims = made_up_copy / "data" / "claims.csv"
    lines = claims.read_text("utf-8").splitlines(keepends=True)
    left = [line for line in lines if not line.startswith(("HP-03", "HP-04"))]
    claims.write_text("".join(left), "utf-8")
    for table in ("forecasts", "indicators", "relations", "relays", "set_aside"):
        file = claims.with_name(f"{table}.csv")
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if "HP-03" not in line), "utf-8")
    shown = claimbook("passages", "HP", "--show").output
    assert "harbour-post-2031-08 (HP), passage 2, 215 to 348" in shown
    assert "passage 1" not in shown
