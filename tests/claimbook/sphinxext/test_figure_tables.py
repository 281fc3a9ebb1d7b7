"""The table of a figure's data as a reader sees it."""

from typing import Any

from claimbook.sphinxext.figure_tables import figure_table
from docutils import nodes

SPACE = "\N{NO-BREAK SPACE}"
DAY = {"date": "2031-09-03"}
UNTIL = {"first": "2031-08-30", "last": "2031-09-03", "certain": False, "before": ""}


def cells(columns: list[str], *rows: list[Any]) -> list[list[str]]:
    """The cells of the table of some data, headings first."""
    table = figure_table(columns, list(rows))
    return [
        [entry.astext().replace(SPACE, " ") for entry in row.children]
        for row in table.findall(nodes.row)
    ]


def test_columns_values_ids_and_days_are_given_in_words(corpus):
    actor = corpus.actors.index[0]
    short = corpus.actors.loc[actor, "short"]
    shown = cells(
        ["movers", "inside", "date", "kind", "happened"],
        [[actor, "Somebody"], True, DAY, "trade-signal", UNTIL],
        [["Somebody"], False, {"date": "2031-09-04"}, "treaty", None],
    )
    assert shown == [
        ["Whose step", "In the corpus", "Day", "Kind", "Happened"],
        [
            f"{short}, Somebody",
            "yes",
            "3 Sep 2031",
            "trade signal",
            "between 30 Aug and 3 Sep 2031",
        ],
        ["Somebody", "no", "4 Sep 2031", "treaty", ""],
    ]


def test_numbers_have_equal_decimals_and_stand_at_the_right():
    shown = cells(["code", "low", "alpha"], ["AB", 20.0, 0.8], ["CD", 5, 1.17])
    assert [row[1:] for row in shown[1:]] == [["20", "0.80"], ["5", "1.17"]]
    table = figure_table(["code", "low"], [["AB", 20.0], ["CD", 5.0]])
    assert [
        ["text-right" in entry["classes"] for entry in row.children]
        for row in table.findall(nodes.row)
    ] == [[False, True]] * 3


def test_digits_in_a_text_do_not_make_a_number_of_it():
    table = figure_table(["code", "wording"], [["AB", "20"], ["CD", "5"]])
    assert not [entry for entry in table.findall(nodes.entry) if entry["classes"]]


def test_columns_that_say_nothing_are_left_out():
    columns = ["title", "inside", "note", "claims"]
    shown = cells(columns, ["a", False, None, []], ["b", False, None, ["AB-07"]])
    assert shown[0] == ["What", "Claims"]


def test_a_table_of_one_row_shows_zero_and_no_but_nothing_empty():
    columns = ["title", "number", "inside", "note", "claims"]
    shown = cells(columns, ["a", 0, False, None, []])
    assert shown == [["What", "Number", "In the corpus"], ["a", "0", "no"]]


def test_rows_that_differ_in_claims_alone_are_one_row():
    other = {"date": "2031-09-04"}
    shown = cells(
        ["day", "kind", "claims"],
        [DAY, "event", ["AB-07"]],
        [DAY, "event", ["AB-08"]],
        [other, "event", ["AB-09"]],
    )
    assert shown == [["Day", "Claims"], ["3 Sep 2031", "AB-07, AB-08"], ["4 Sep 2031", "AB-09"]]


def test_what_parts_the_rows_is_a_line_above_them():
    table = figure_table(["part", "row"], [["one", "a"], ["two", "b"], ["one", "c"]])
    rows = list(table.findall(nodes.row))
    texts = [entry.astext() for row in rows for entry in row.children]
    assert texts == ["What or who", "One", "a", "c", "Two", "b"]
    assert ["part" in row["classes"] for row in rows] == [False, True, False, False, True, False]
