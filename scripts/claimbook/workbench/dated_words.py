"""The days that a passage names: dates, months, years, weekdays and words such as yesterday."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from claimbook.language.dates import MONTHS
from claimbook.texts.intake.days import Days, find_printed_day, read_days
from claimbook.workbench.attributions import SAYING

BEFORE, AFTER = 330, 35  # days around its publication in which a text's date without a year lies
EXPLICIT, RELATIVE, NONE = "explicit", "relative", "none"  # values of the column `date_basis`
WEEKDAY = re.compile(rf"\b(?P<next>next\s+)?(?P<day>{'|'.join(calendar.day_name)})\b")
NEAR_DAY = re.compile(r"\b(yesterday|today|tonight|tomorrow)\b", re.IGNORECASE)
SHIFTS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
MONTH = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s+(?P<year>(?:1[89]|20)\d\d))?")
YEAR = re.compile(r"\b(?:in|of|during)\s+((?:1[89]|20)\d\d)\b", re.IGNORECASE)
# Words that make the day the bound of a time; what lies within it is for the coder to say.
BOUND = re.compile(r"\b(?:before|after|by|until|till|since)\s+(?:the\s+)?\Z", re.IGNORECASE)
SAID_JUST_BEFORE = re.compile(rf"(?:{SAYING.pattern})\s+(?:\w+\s+){{0,2}}\Z", re.IGNORECASE)


class NamedDays(NamedTuple):
    """Days that a passage names.

    Attributes:
        start: The offset of the wording.
        first: The first day.
        last: The last day.
        basis: How they were had, as the column `date_basis` says it.
        wording: The wording.
        is_of_speech: Whether they say when something was said.
    """

    start: int
    first: date
    last: date
    basis: str
    wording: str
    is_of_speech: bool


def find_named_days(passage: str, published: date, language: str) -> list[NamedDays]:
    """Find the days that a passage names, in its order.

    Args:
        passage: The words.
        published: The day on which they were published.
        language: The code of their language. Weekdays and months alone are found in English.
    """
    found = sorted([*_dates(passage, published, language), *_relative(passage, published)])
    found = found or sorted([*_months(passage, published), *_years(passage)])
    return [days for days in found if not BOUND.search(passage[: days.start])]


def _make(passage: str, start: int, first: date, last: date, basis: str, wording: str) -> NamedDays:
    said = SAID_JUST_BEFORE.search(passage[:start]) is not None
    return NamedDays(start, first, last, basis, wording.rstrip(".,"), said and first == last)


def _dates(passage: str, published: date, language: str) -> Iterator[NamedDays]:
    """Yield the dates, those without a year as the one nearest before publication."""
    known = Days(published - timedelta(days=BEFORE), published + timedelta(days=AFTER))
    done = 0
    while done < len(passage):
        rest = passage[done:]
        days = find_printed_day(rest, language, known)
        if days is None:
            days = find_printed_day(rest, language)
        if days is None or not days.stamp:
            return
        start = done + rest.index(days.stamp)
        yield _make(passage, start, days.earliest, days.latest, EXPLICIT, days.stamp)
        done = start + len(days.stamp)


def _relative(passage: str, published: date) -> Iterator[NamedDays]:
    """Yield the weekdays, as the last before publication, and words such as yesterday."""
    for match in WEEKDAY.finditer(passage):
        number = list(calendar.day_name).index(match["day"])
        back = (published.weekday() - number) % 7
        day = published - timedelta(days=back)
        if match["next"]:
            day += timedelta(days=7)
        yield _make(passage, match.start(), day, day, RELATIVE, match[0])
    for match in NEAR_DAY.finditer(passage):
        day = published + timedelta(days=SHIFTS[match[0].casefold()])
        yield _make(passage, match.start(), day, day, RELATIVE, match[0])


def _months(passage: str, published: date) -> Iterator[NamedDays]:
    """Yield the months, one without a year as the last before publication."""
    for match in MONTH.finditer(passage):
        number = MONTHS.index(match["month"]) + 1
        year = int(match["year"] or published.year - (number > published.month))
        last = calendar.monthrange(year, number)[1]
        first = date(year, number, 1)
        yield _make(passage, match.start(), first, date(year, number, last), EXPLICIT, match[0])


def _years(passage: str) -> Iterator[NamedDays]:
    """Yield the years that stand alone."""
    for match in YEAR.finditer(passage):
        if days := read_days(match[1]):
            yield _make(passage, match.start(), days.earliest, days.latest, EXPLICIT, match[1])
