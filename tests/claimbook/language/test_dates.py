"""Days and spans read as English prose has them, whatever the machine's locale."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from claimbook.language import dates
from claimbook.language.dates import DaySpan


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text) if text else pd.NaT


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2031-12-03", "2031-12-03", "3 December 2031"),
        ("2031-12-03", "2031-12-12", "3 to 12 December 2031"),
        ("2031-11-30", "2031-12-01", "30 November to 1 December 2031"),
        ("2031-12-31", "2032-01-01", "31 December 2031 to 1 January 2032"),
        ("2031-12-03", "2032-12-03", "3 December 2031 to 3 December 2032"),
        ("2031-12-03", "", "since 3 December 2031"),
        ("", "2031-12-03", "until 3 December 2031"),
        ("", "", "not dated"),
    ],
)
def test_a_span_names_what_its_ends_share_once(start, end, text):
    assert dates.format_span(day(start), day(end)) == text


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        ("2031-12-03", "2031-12-12", "between 3 and 12 December 2031"),
        ("2031-11-30", "2031-12-01", "between 30 November and 1 December 2031"),
        ("2031-12-31", "2032-01-01", "between 31 December 2031 and 1 January 2032"),
        ("2031-12-03", "2031-12-03", "3 December 2031"),
        ("", "2031-12-03", "until 3 December 2031"),
    ],
)
def test_an_unknown_day_lies_between_its_bounds(earliest, latest, text):
    assert dates.format_between(day(earliest), day(latest)) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2031-02-18", "2031-12-23", "February to December 2031"),
        ("2031-02-01", "2031-02-28", "February 2031"),
        ("2031-12-31", "2032-01-01", "December 2031 to January 2032"),
        ("2031-02-01", "2032-02-01", "February 2031 to February 2032"),
    ],
)
def test_months_name_the_year_once_where_it_is_the_same(first, last, text):
    assert dates.format_months(day(first), day(last)) == text


def test_a_day_of_the_year_at_hand_has_no_year():
    assert dates.format_day_and_month(day("2031-09-02")) == "2 September"


def test_months_are_english_in_any_locale():
    program = (
        "import pandas; from claimbook.language import dates;"
        "print(dates.format_day(pandas.Timestamp('2031-03-01')), dates.MONTHS[11])"
    )
    environment = os.environ | {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "LANG": "de_DE.UTF-8"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "1 March 2031 December", ran.stderr


@pytest.mark.parametrize(
    ("days", "in_full", "short"),
    [
        (DaySpan(day("2031-09-03"), day("2031-09-03")), "3 September 2031", "3 Sep 2031"),
        (
            DaySpan(day("2031-08-30"), day("2031-09-03"), is_certain=False),
            "between 30 August and 3 September 2031",
            "between 30 Aug and 3 Sep 2031",
        ),
        (DaySpan(day("2031-06-03"), pd.NaT), "since 3 June 2031", "since 3 Jun 2031"),
        (
            DaySpan(day("2031-09-03"), day("2031-09-03"), before="printed on"),
            "printed on 3 September 2031",
            "printed on 3 Sep 2031",
        ),
    ],
)
def test_days_of_a_figure_keep_their_type_until_they_are_shown(days, in_full, short):
    assert str(days) == in_full
    assert days.in_words(short=True).replace("\N{NO-BREAK SPACE}", " ") == short
    assert "\N{NO-BREAK SPACE}" in days.in_words(short=True)
    read_back = DaySpan.from_json(json.loads(json.dumps(days.to_json())))
    assert repr(read_back) == repr(days)  # a missing day equals no other
