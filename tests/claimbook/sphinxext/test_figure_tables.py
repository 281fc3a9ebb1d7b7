"""The table of a figure's data as a reader sees it."""

from claimbook.sphinxext.figure_tables import figure_table
from docutils import nodes

SPACE = "\N{NO-BREAK SPACE}"


def cells(columns: str, *rows: str) -> list[list[str]]:
    """The cells of the table of some data, head first; columns and cells are parted by bars."""
    made = figure_table(columns.split("|"), [row.split("|") for row in rows])
    return [
        [entry.astext().replace(SPACE, " ") for entry in row.children]
        for row in made.findall(nodes.row)
    ]


def test_columns_values_ids_and_days_are_given_in_words() -> None:
    made = cells(
        "movers|through_institution|date|kind|happened",
        "lukashenko;putin|True|2022-12-03|military-signal|3 December 2022".replace(";", ", "),
        "shoigu|False|2022-12-04|treaty|",
    )
    assert made[0] == ["Whose step", "By way of ISW", "Day", "Kind", "Happened"]
    assert made[1] == ["Lukashenko, Putin", "yes", "3 Dec 2022", "military signal", "3 Dec 2022"]


def test_numbers_have_equal_decimals_and_stand_at_the_right() -> None:
    assert [row[1:] for row in cells("code|low|alpha", "NW|20.0|0.8", "PR|5.0|1.17")[1:]] == [
        ["20", "0.80"],
        ["5", "1.17"],
    ]
    made = figure_table(["code", "low"], [["NW", "20.0"], ["PR", "5.0"]])
    assert [
        ["text-right" in entry["classes"] for entry in row.children]
        for row in made.findall(nodes.row)
    ] == [[False, True]] * 3


def test_columns_that_say_nothing_are_left_out() -> None:
    assert cells("title|inside|note|claims", "a|False||", "b|False||NW-07")[0] == ["What", "Claims"]


def test_rows_that_differ_in_claims_alone_are_one_row() -> None:
    assert cells(
        "day|kind|claims",
        "2022-12-03|event|NW-07",
        "2022-12-03|event|NW-08",
        "2022-12-04|event|NW-09",
    ) == [
        ["Day", "Claims"],
        ["3 Dec 2022", "NW-07, NW-08"],
        ["4 Dec 2022", "NW-09"],
    ]


def test_months_that_follow_one_another_are_one_row() -> None:
    rows = [f"Arms|{month} 2022|certain|NW-07" for month in ("March", "April", "May")]
    assert cells("row|month|how|claims", *rows, "Arms|June 2022|uncertain|NW-07")[1:] == [
        ["March to May 2022", "certain", "NW-07"],
        ["June 2022", "uncertain", "NW-07"],
    ]


def test_what_parts_the_rows_is_a_line_above_them() -> None:
    made = figure_table(["part", "row"], [["one", "a"], ["two", "b"], ["one", "c"]])
    assert [entry.astext() for row in made.findall(nodes.row) for entry in row.children] == [
        "What or who",
        "One",
        "a",
        "c",
        "Two",
        "b",
    ]
    assert ["part" in row["classes"] for row in made.findall(nodes.row)] == [
        False,
        True,
        False,
        False,
        True,
        False,
    ]
