"""Days of publication: from a cell, a file's metadata, or what the text prints at its head."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

CLOSE = timedelta(days=7)  # up to which two printed days may both be meant for the same one
DATELINE_WORDS = 15  # a line with a day that is no longer prints the day of publication
HEAD = 1500  # characters at the beginning of a text in which its day may be printed
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
ISO_MONTH = re.compile(r"\b(\d{4})-(\d{2})\b")
YEAR = re.compile(r"\b(1[89]\d{2}|20\d{2})\b")
DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True)
class Days:
    """The day of publication, as far as it is known.

    Attributes:
        earliest: The first day on which the text can have been published.
        latest: The last such day.
        stamp: The date as the text prints it; empty if it is not taken from the text.
    """

    earliest: date
    latest: date
    stamp: str = ""

    @property
    def is_day(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest


def _day(year: int, month: int, day: int) -> date | None:
    """Make a day; None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months(language: str) -> dict[str, int]:
    """Return the numbers of months by their names in English and one other language."""
    names: dict[str, int] = {}
    for code in ("en", language):
        try:
            locale = Locale.parse(code)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    names[name.casefold().rstrip(".")] = number
    return names | {"sept": 9}


@cache
def _written(language: str) -> re.Pattern[str]:
    """Return the pattern of days with a month in words, with the year or without."""
    longest_first = sorted(_months(language), key=len, reverse=True)
    month = rf"({'|'.join(map(re.escape, longest_first))})\b\.?"
    year = r"(?:,?\s+(\d{4})\b)?"
    day = r"(\d{1,2})(?:st|nd|rd|th)?\b"
    return re.compile(rf"\b(?:{day}\.?\s+{month}{year}|{month}\s+{day}{year})", re.IGNORECASE)


def _written_days(text: str, language: str) -> list[tuple[int | None, int, int, str]]:
    """Find the days with a month in words: year (or None), month, day and the wording."""
    found = []
    for match in _written(language).finditer(text):
        day, month, year, other_month, other_day, other_year = match.groups()
        number = _months(language)[(month or other_month).casefold()]
        years = year or other_year
        found.append((int(years) if years else None, number, int(day or other_day), match[0]))
    return found


def has_day(line: str, language: str) -> bool:
    """Say whether a line has a day, with its year or without."""
    numeric = (ISO_DAY, DOTTED, SLASHED)
    return any(day.search(line) for day in numeric) or bool(_written_days(line, language))


def read_days(cell: str, language: str = "en") -> Days | None:
    """Read a day, a span of days (`A to B`), a month or a year out of a cell.

    Words around it are ignored.

    Returns:
        The days; None where the cell has none, or one with slashes that can be read in two ways.
    """
    days = [found for match in ISO_DAY.findall(cell) if (found := _day(*map(int, match)))]
    if len(days) > 1 and re.search(r"\d\s*(to|/|–|—)\s*\d", cell) and days[0] <= days[1]:
        return Days(days[0], days[1])
    if days:
        return Days(days[0], days[0])
    for year, month, number, _ in _written_days(cell, language):
        if year and (found := _day(year, month, number)):
            return Days(found, found)
    for numeric in (*DOTTED.finditer(cell), *SLASHED.finditer(cell)):
        first, second, year = map(int, numeric.groups())
        is_clear = "." in numeric[0] or first > 12 or second > 12 or first == second
        month, number = (first, second) if second > 12 else (second, first)
        found = _day(year, month, number) if is_clear else None
        return Days(found, found) if found else None
    if (match := ISO_MONTH.search(cell)) and 1 <= int(match[2]) <= 12:
        year, month = int(match[1]), int(match[2])
        return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    if match := YEAR.search(cell):
        return Days(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))
    return None


def find_printed_day(
    text: str, language: str, known: Days | None = None, whole: str = ""
) -> Days | None:
    """Find the day that a text prints at its head.

    Args:
        text: The text.
        language: The code of its language.
        known: Days from elsewhere. Only a printed day within them is accepted, and it may lack its
            year.
        whole: The file that the text is a part of, which may show how it writes days.

    Returns:
        The first such day; None where none is printed.
    """
    years = [known.earliest.year, known.latest.year] if known else []
    for found, wording in _printed_days(text[:HEAD], language, years, whole or text):
        if known is None or known.earliest <= found <= known.latest:
            return Days(found, found, wording)
    return None


def settle_printed_day(
    found: Days, text: str, language: str, title: str, whole: str = ""
) -> tuple[Days, list[date]]:
    """Settle which of several close days at the head of a text is its day.

    A page may print one day, and the line of the article itself another. Only short lines count:
    sentences name other days anyway.

    Args:
        found: The first printed day.
        text: The text.
        language: The code of its language.
        title: Its title; a day in it is preferred.
        whole: The file that the text is a part of, which may show how it writes days.

    Returns:
        The day, and the others that the head prints.
    """
    years = sorted({(found.earliest + shift).year for shift in (-CLOSE, CLOSE)})
    lines = (line for line in text[:HEAD].split("\n") if len(line.split()) <= DATELINE_WORDS)

    def close_days(words: str) -> dict[date, str]:
        printed = _printed_days(words, language, years, whole or text)
        close = [(day, wording) for day, wording in printed if abs(day - found.earliest) <= CLOSE]
        return dict(reversed(close))  # the first wording of each

    of_title, of_head = close_days(title), close_days("\n".join(lines))
    if len(of_title) == 1 and found.earliest not in of_title:
        [(day, wording)] = of_title.items()
        found = Days(day, day, wording)
        of_head[day] = wording
    return found, sorted({*of_head} - {found.earliest})


def _printed_days(
    text: str, language: str, years: Iterable[int], whole: str
) -> list[tuple[date, str]]:
    """Find the days that a text prints, with their wording, in its order.

    Args:
        text: The text.
        language: The code of its language.
        years: What the year of a day without one may be.
        whole: The text that shows how days with slashes are written.
    """
    candidates: list[tuple[int, date, str]] = []
    numeric = ((ISO_DAY, (0, 1, 2)), (DOTTED, (2, 1, 0)), *_slashed_order(whole))
    for pattern, order in numeric:
        for match in pattern.finditer(text):
            numbers = [int(match.groups()[index]) for index in order]
            if found := _day(*numbers):
                candidates.append((match.start(), found, match[0]))
    for year, month, number, wording in _written_days(text, language):
        candidates += [
            (text.index(wording), found, wording)
            for candidate in ([year] if year else years)
            if (found := _day(candidate, month, number))
        ]
    return [(found, wording) for _, found, wording in sorted(candidates)]


def _slashed_order(text: str) -> list[tuple[re.Pattern[str], tuple[int, int, int]]]:
    """Say in which order a text writes day and month with slashes.

    Returns:
        The pattern, and the indices of year, month and day; nothing where no day of the text shows
        which number is the month.
    """
    pairs = [(int(first), int(second)) for first, second, _ in SLASHED.findall(text)]
    day_first = any(first > 12 for first, _ in pairs)
    month_first = any(second > 12 for _, second in pairs)
    if day_first == month_first:
        return []
    return [(SLASHED, (2, 1, 0) if day_first else (2, 0, 1))]
