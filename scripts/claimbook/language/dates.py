"""Days, spans of days and months in English words, whatever the machine's locale."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import pandas as pd
from babel.dates import format_date, get_month_names

LOCALE = "en_GB"
MONTHS = list(get_month_names("wide", locale=LOCALE).values())
UNDATED = "not dated"
NO_BREAK = "\N{NO-BREAK SPACE}"


def _format(day: date, pattern: str) -> str:
    """Format a day by a pattern of the Unicode Locale Data Markup Language (UTS 35)."""
    return str(format_date(day, pattern, locale=LOCALE))


def _format_short(day: date, with_year: bool = True) -> str:
    """Format a day on one line of a narrow column, such as `3 Dec 2030`, unbroken."""
    parts = [str(day.day), MONTHS[day.month - 1][:3], *([str(day.year)] if with_year else [])]
    return NO_BREAK.join(parts)


def format_day(day: date, short: bool = False) -> str:
    """Format a day as in `3 December 2030`.

    Args:
        day: The day.
        short: Whether to write it as `3 Dec 2030`, with no-break spaces.
    """
    return _format_short(day) if short else _format(day, "d MMMM y")


def format_day_and_month(day: pd.Timestamp) -> str:
    """Format a day without its year, as in `3 December`."""
    return _format(day, "d MMMM")


def _without_shared_parts(first: pd.Timestamp, last: pd.Timestamp, short: bool) -> str:
    """Format the first day of a span without the parts that the last day repeats.

    Returns:
        The day alone if month and year are the same; day and month if only the year is; else the
        full date.
    """
    if first.year != last.year:
        return format_day(first, short)
    if first.month == last.month:
        return _format(first, "d")
    return _format_short(first, with_year=False) if short else format_day_and_month(first)


def format_span(start: pd.Timestamp, end: pd.Timestamp, short: bool = False) -> str:
    """Format the span between two days, either of which may be missing.

    Args:
        start: The first day.
        end: The last day.
        short: Whether to write days in their short form, as `format_day` does.

    Returns:
        `3 to 12 December 2030`; one day if both are the same; `since …` without an end, `until …`
        without a start, and `UNDATED` without either.
    """
    if pd.isna(start):
        return UNDATED if pd.isna(end) else f"until {format_day(end, short)}"
    if pd.isna(end):
        return f"since {format_day(start, short)}"
    if start == end:
        return format_day(start, short)
    return f"{_without_shared_parts(start, end, short)} to {format_day(end, short)}"


def format_between(earliest: pd.Timestamp, latest: pd.Timestamp, short: bool = False) -> str:
    """Format the bounds of an unknown day: `between 3 and 12 December 2030`.

    Args:
        earliest: The earliest day that it can be.
        latest: The latest such day.
        short: Whether to write days in their short form, as `format_day` does.

    Returns:
        The phrase. If the bounds are the same day, or one is missing, the result is that of
        `format_span`.
    """
    if pd.isna(earliest) or pd.isna(latest) or earliest == latest:
        return format_span(earliest, latest, short)
    first = _without_shared_parts(earliest, latest, short)
    return f"between {first} and {format_day(latest, short)}"


@dataclass(frozen=True)
class DaySpan:
    """Days in the data of a figure, which are put into words where they are shown.

    Attributes:
        first: The first day, or the earliest that it can be; may be missing.
        last: The last day, or the latest that it can be; may be missing.
        is_certain: Whether it lasted over these days. Otherwise it was on one of them.
        before: Words before the days, such as `published on`.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    is_certain: bool = True
    before: str = ""

    def in_words(self, short: bool = False) -> str:
        """Put the days into words, with months in full or in their short form."""
        days = (format_span if self.is_certain else format_between)(self.first, self.last, short)
        return f"{self.before} {days}".lstrip()

    __str__ = in_words

    def to_json(self) -> dict[str, Any]:
        """Return the days as a JSON object."""
        first, last = (
            None if pd.isna(day) else day.date().isoformat() for day in (self.first, self.last)
        )
        return {"first": first, "last": last, "certain": self.is_certain, "before": self.before}

    @classmethod
    def from_json(cls, days: dict[str, Any]) -> Self:
        """Make the days from their JSON object."""
        first, last = (pd.Timestamp(days[name]) for name in ("first", "last"))
        return cls(first, last, days["certain"], days["before"])


def format_months(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Format the months from one day to another: `February to December 2030`.

    Returns:
        The phrase; only `December 2030` if both days are in one month.
    """
    end = _format(last, "MMMM y")
    if (first.year, first.month) == (last.year, last.month):
        return end
    return f"{_format(first, 'MMMM' if first.year == last.year else 'MMMM y')} to {end}"
