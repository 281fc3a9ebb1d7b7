"""The numbers and dates that a text mentions."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from claimbook.language.dates import MONTHS

MONTH = f"(?P<month>{'|'.join(MONTHS)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
DAYS = rf"(?P<days>{DAY}(?:(?:, | and | or | to |–|-){DAY})*)"
BRITISH_DATE = re.compile(rf"\b{DAYS}\s{MONTH}(?:\s(?P<year>\d{{4}}))?\b")
AMERICAN_DATE = re.compile(rf"\b{MONTH}\s{DAYS}(?!\d|,\d)(?:,\s(?P<year>\d{{4}}))?\b")
ISO_DATE = re.compile(r"\b(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])-(?P<days>\d\d)\b")
DATES = (BRITISH_DATE, AMERICAN_DATE, ISO_DATE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAY_OF_MONTH = re.compile(r"\b(?:[12]?(?:1st|2nd|3rd|[04-9]th)|1[123]th|30th|31st)\b")
NUMBER = re.compile(r"[^\W_][\w.,'’/-]*")
TRAILING = ".,'’/-"  # punctuation that may follow a number


class DateMention(NamedTuple):
    """A day that a date in a text names.

    Attributes:
        position: The position of the date in the text.
        written: The whole date as the text writes it, which may name several days.
        day: The day of the month.
        month: The month, from 1.
        year: The year; None where the date has none.
    """

    position: int
    written: str
    day: int
    month: int
    year: int | None

    @property
    def label(self) -> str:
        """The name of the day in messages, with the whole date as the text writes it.

        Examples are `12 April 2031`, and for the second day of `12 and 13 April`, `13 April in 12
        and 13 April`.
        """
        day = f"{self.day} {MONTHS[self.month - 1]}"
        return self.written if self.written.startswith(day) else f"{day} in {self.written}"

    def lies_within(self, start: pd.Timestamp, end: pd.Timestamp) -> bool:
        """Check whether the mentioned day is in an interval of days.

        Args:
            start: The first day of the interval.
            end: The last day of the interval, which belongs to it.

        Returns:
            For a day without a year, True if it is in the interval in any year. For a day that no
            calendar has, False.
        """
        years: Iterable[int] = [self.year] if self.year else range(start.year, end.year + 1)
        return any(start <= day <= end for year in years if (day := self.in_year(year)) is not None)

    def in_year(self, year: int) -> pd.Timestamp | None:
        """Return the day with the given year; None where that year has no such day."""
        try:
            return pd.Timestamp(year, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str) -> Iterator[DateMention]:
    """Find the dates with day and month in a text, and yield each day that they name.

    Dates are written `12 April`, `April 12, 2031` or `2031-04-12`, the first two with or without a
    year. One date may name several days, such as `12 and 13 April`. Of `3–5 April` only the 3rd and
    the 5th are yielded. A month or year without a day is no date.
    """
    for pattern in DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else MONTHS.index(parts["month"]) + 1
            year = int(parts["year"]) if parts["year"] else None
            written = " ".join(match[0].split())
            for day in re.findall(r"\d+", parts["days"]):
                yield DateMention(match.start(), written, int(day), month, year)


def find_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Find the words that have digits in a text.

    Yields:
        The position of each word, and the word without punctuation at its end.
    """
    for match in NUMBER.finditer(text):
        word = match[0].rstrip(TRAILING)
        if re.search(r"\d", word):
            yield match.start(), word


def blank(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Replace the matches of patterns in a text with spaces.

    Line ends are not replaced, so all other characters keep their positions and lines.
    """
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"\S", " ", match[0]), text)
    return text


def parse_number(word: str) -> float | None:
    """Convert a word such as `15,000` or `282nd` to a number.

    Returns:
        The number; None for any other word.
    """
    number = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?", word.rstrip(TRAILING))
    return float(number[1].replace(",", "")) if number else None
