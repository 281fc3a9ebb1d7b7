"""Days of publication, as indexes and texts write them."""

from datetime import date

import pytest
from claimbook.texts.intake.days import Days, find_printed_day, read_days


@pytest.mark.parametrize(
    ("cell", "earliest", "latest"),
    [
        ("2031-09-02", "2031-09-02", "2031-09-02"),
        ("2031-09-02T10:26:53", "2031-09-02", "2031-09-02"),
        ("2031-09-02 (address of 2031-09-01)", "2031-09-02", "2031-09-02"),
        ("2031-08-30 to 2031-09-02", "2031-08-30", "2031-09-02"),
        ("2031-09 (issued 7 September 2031)", "2031-09-07", "2031-09-07"),
        ("Sept. 7, 2031", "2031-09-07", "2031-09-07"),
        ("07.09.2031", "2031-09-07", "2031-09-07"),
        ("9/17/2031", "2031-09-17", "2031-09-17"),
        ("17/9/2031", "2031-09-17", "2031-09-17"),
        ("2031-02 (no day)", "2031-02-01", "2031-02-28"),
        ("undated, mentions early 2031", "2031-01-01", "2031-12-31"),
    ],
)
def test_a_day_or_a_span_is_read_out_of_a_cell(cell, earliest, latest):
    assert read_days(cell) == Days(date.fromisoformat(earliest), date.fromisoformat(latest))


@pytest.mark.parametrize("cell", ["", "undated", "2031-02-30 or so", "9/7/2031", "30.30.2031"])
def test_what_names_no_day_or_two_is_not_guessed(cell):
    days = read_days(cell)
    assert days is None or not days.is_day


KNOWN = Days(date(2031, 9, 7), date(2031, 9, 7))
SPAN = Days(date(2031, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("text", "language", "known", "stamp"),
    [
        ("HAVN, 7 September (Coast Wire) – No ship", "en", KNOWN, "7 September"),
        ("Sep 7, 2031 - Press", "en", None, "Sep 7, 2031"),
        ("ХАВН, 7 сентября. Паром", "ru", KNOWN, "7 сентября"),
        ("Stand: 07.09.2031", "de", None, "07.09.2031"),
        ("Date: 9/7/2031, and 9/17/2031 later", "en", SPAN, "9/7/2031"),
        ("On 5 September ships came.\n7 September 2031", "en", KNOWN, "7 September 2031"),
    ],
)
def test_the_day_that_a_text_prints_is_found(text, language, known, stamp):
    found = find_printed_day(text, language, known)
    assert found is not None
    assert (found.earliest, found.stamp.rstrip(".")) == (date(2031, 9, 7), stamp)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("HAVN, 7 September (Coast Wire)", None),
        ("On 8 September ships came.", KNOWN),
        ("Date: 9/7/2031", SPAN),
        (f"{'No ship came. ' * 200}7 September 2031", None),
    ],
)
def test_no_day_is_taken_from_elsewhere(text, known):
    assert find_printed_day(text, "en", known) is None


def test_the_whole_file_shows_how_its_parts_write_days():
    found = find_printed_day("Date: 9/7/2031", "en", SPAN, whole="9/7/2031 … 9/17/2031")
    assert found is not None
    assert found.earliest == date(2031, 9, 7)
