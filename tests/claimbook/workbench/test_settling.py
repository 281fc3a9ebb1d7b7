"""Two passes over a text: their differences, settled as rows of settlements.csv."""

import pytest
from claimbook.corpus import model
from claimbook.corpus.model import load
from claimbook.errors import CorpusError
from claimbook.workbench.settling import Settling

pytestmark = pytest.mark.usefixtures("made_up_copy")
SPAN = "DE-04/DE-04/span"
ALSO = "CW-02/CW-02/also"


def settle(settling: Settling, key: str, **cells: str) -> list[str]:
    return [settling.set_cell(key, column, value) for column, value in cells.items()]


def test_the_differences_of_two_passes_are_those_of_their_matched_claims():
    settling = Settling("DE", "one", "two")
    assert list(settling.differences) == [
        "DE-03/DE-03/theme",
        "DE-03/DE-03/also",
        "DE-04/DE-04/verification",
        SPAN,
    ]
    theme = settling.differences["DE-03/DE-03/theme"]
    assert (theme.first, theme.second) == ("closure", "talks")
    assert settling.settlement(theme)["number"] == "1"  # the table has it already
    assert "patrol boats" in settling.words_of("two", "DE-04")


def test_a_claim_that_only_one_pass_has_is_a_difference():
    [lone] = [one for one in Settling("HP", "one", "two").differences.values() if not one.second_id]
    assert (lone.column, lone.first_id) == ("claim", "HP-04")
    start, end = lone.first.split("-")
    assert int(start) < int(end)


def test_a_difference_is_written_when_it_is_whole_and_its_beginning_is_kept():
    before = load().settlements
    settling = Settling("DE", "one", "two")
    assert settle(settling, SPAN, prevailed="first", rule="7") == ["", ""]
    assert load().settlements.equals(before)
    again = Settling("DE", "one", "two")  # as after a kernel that died
    begun = again.settlement(again.differences[SPAN])
    assert (begun["prevailed"], begun["settled"], begun["rule"]) == ("first", "384-466", "7")
    assert settle(again, SPAN, why="The day belongs to it") == ["Settled: 7 of settlements.csv."]
    row = load().settlements.loc["7"]
    assert list(row[["stage", "first_pass", "second_pass", "first_id", "second_id", "column"]]) == [
        "difference",
        "one",
        "two",
        "DE-04",
        "DE-04",
        "span",
    ]
    assert (row["settled"], row["prevailed"]) == ("384-466", "first")
    assert len(load().settlements) == len(before) + 1


def test_what_other_passes_settled_is_not_taken_for_these(made_up_copy):
    coding = made_up_copy / "data" / "coding"
    coders = (coding / "coders.csv").read_text("utf-8")
    (coding / "coders.csv").write_text(f"{coders}zwei,2,a person,\n", "utf-8")
    rows = (coding / "settlements.csv").read_text("utf-8")
    changed = rows.replace("1,difference,one,two,", "1,difference,one,zwei,")
    (coding / "settlements.csv").write_text(changed, "utf-8")
    settling = Settling("DE", "one", "two")
    theme = settling.differences["DE-03/DE-03/theme"]
    assert settling.settlement(theme)["number"] == ""


def test_settling_again_changes_the_row_and_taking_back_removes_it():
    settling = Settling("DE", "one", "two")
    settle(settling, "DE-03/DE-03/theme", settled="forecast", why="Another reading")
    row = load().settlements.loc["1"]
    assert (row["settled"], row["prevailed"], row["why"]) == (
        "forecast",
        "another",
        "Another reading",
    )
    settling.withdraw("DE-03/DE-03/theme")
    assert "1" not in load().settlements.index
    assert settling.settlement(settling.differences["DE-03/DE-03/theme"])["number"] == ""


def test_a_value_that_the_column_does_not_allow_is_refused_and_nothing_written():
    before = model.read_tables().raw["settlements"]
    settling = Settling("DE", "one", "two")
    with pytest.raises(CorpusError, match="allowed: closure, talks"):
        settling.set_cell("DE-03/DE-03/theme", "settled", "talk")
    assert model.read_tables().raw["settlements"].equals(before)
    lone = next(key for key in Settling("HP", "one", "two").differences if key.endswith("/claim"))
    with pytest.raises(CorpusError, match="keep, drop, add"):
        Settling("HP", "one", "two").set_cell(lone, "settled", "kept")


def test_an_empty_value_may_prevail():
    settling = Settling("CW", "one", "two")
    said = settle(settling, ALSO, prevailed="second", rule="slip", why="Talks are not spoken of")
    assert said[-1].startswith("Settled")
    settled = load().settlements.query("first_id == 'CW-02' and column == 'also'")
    assert list(settled["settled"]) == [""]


@pytest.mark.parametrize(("one", "two"), [("one", "three"), ("one", "one")])
def test_passes_that_cannot_be_compared_are_named(one, two):
    with pytest.raises(CorpusError, match="pass"):
        Settling("DE", one, two)
