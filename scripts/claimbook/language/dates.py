"""Days, spans of days and months in English words, whatever the machine's locale."""

import pandas as pd
from babel.dates import format_date, get_month_names

LOCALE = "en_GB"
MONTHS = list(get_month_names("wide", locale=LOCALE).values())
UNDATED = "not dated"
NO_DAY_GIVEN = "no day given"


def _format(day: pd.Timestamp, pattern: str) -> str:
    """Format a day by a pattern of the Unicode Locale Data Markup Language (UTS 35)."""
    return str(format_date(day, pattern, locale=LOCALE))


def format_day(day: pd.Timestamp) -> str:
    """Format a day as in `3 December 2030`."""
    return _format(day, "d MMMM y")


def format_day_and_month(day: pd.Timestamp) -> str:
    """Format a day without its year, as in `3 December`."""
    return _format(day, "d MMMM")


def _without_shared_parts(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Format the first day of a span without the parts that the last day repeats.

    Returns:
        The day alone if month and year are the same; day and month if only the year is; else the
        full date.
    """
    if first.year != last.year:
        return format_day(first)
    return _format(first, "d") if first.month == last.month else format_day_and_month(first)


def format_span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Format the span between two days, either of which may be missing.

    Returns:
        `3 to 12 December 2030`; one day if both are the same; `since …` without an end, `until …`
        without a start, and `UNDATED` without either.
    """
    if pd.isna(start):
        return UNDATED if pd.isna(end) else f"until {format_day(end)}"
    if pd.isna(end):
        return f"since {format_day(start)}"
    if start == end:
        return format_day(start)
    return f"{_without_shared_parts(start, end)} to {format_day(end)}"


def format_between(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    """Format the bounds of an unknown day: `between 3 and 12 December 2030`.

    Returns:
        The phrase. If the bounds are the same day, or one is missing, the result is that of
        `format_span`.
    """
    if pd.isna(earliest) or pd.isna(latest) or earliest == latest:
        return format_span(earliest, latest)
    return f"between {_without_shared_parts(earliest, latest)} and {format_day(latest)}"


def format_months(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Format the months from one day to another: `February to December 2030`.

    Returns:
        The phrase; only `December 2030` if both days are in one month.
    """
    end = _format(last, "MMMM y")
    if (first.year, first.month) == (last.year, last.month):
        return end
    return f"{_format(first, 'MMMM' if first.year == last.year else 'MMMM y')} to {end}"
