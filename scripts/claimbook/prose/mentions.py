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
    """A day of a full date in a text.

    Attributes:
        position: The position of the date in the text.
        written: The whole date as it is written, which may name several days.
        day: The day of the month.
        month: The month, from 1.
        year: The year; none where the date has none.
    """

    position: int
    written: str
    day: int
    month: int
    year: int | None

    @property
    def label(self) -> str:
        """The name of the day in messages, with the whole date as it is written.

        Examples are `12 April 2031`, and for the second day of `12 and 13 April`,
        `13 April in 12 and 13 April`.
        """
        day = f"{self.day} {MONTHS[self.month - 1]}"
        return self.written if self.written.startswith(day) else f"{day} in {self.written}"

    def lies_within(self, start: pd.Timestamp, end: pd.Timestamp) -> bool:
        """Check whether the day lies in an interval of days, both ends included.

        A day without a year lies in it if it does so in any year.
        """
        years: Iterable[int] = [self.year] if self.year else range(start.year, end.year + 1)
        return any(start <= day <= end for year in years if (day := self.in_year(year)) is not None)

    def in_year(self, year: int) -> pd.Timestamp | None:
        """Return the day in the given year; None where that year has no such day."""
        try:
            return pd.Timestamp(year, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield each day of the dates in a text that name a day and a month."""
    for pattern in DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else MONTHS.index(parts["month"]) + 1
            year = int(parts["year"]) if parts["year"] else None
            written = " ".join(match[0].split())
            for day in re.findall(r"\d+", parts["days"]):
                yield DateMention(match.start(), written, int(day), month, year)


def find_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the text of each word that has digits."""
    for match in NUMBER.finditer(text):
        word = match[0].rstrip(TRAILING)
        if re.search(r"\d", word):
            yield match.start(), word


def blank(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Replace the matches of patterns with spaces.

    Line ends stay, so all other characters keep their positions and lines.
    """
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"\S", " ", match[0]), text)
    return text


def parse_number(word: str) -> float | None:
    """Parse a number such as `15,000` or `282nd`; return None for other words."""
    number = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?", word.rstrip(TRAILING))
    return float(number[1].replace(",", "")) if number else None
