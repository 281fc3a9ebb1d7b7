"""The days that a passage names: dates, parts of a year, weekdays and words such as yesterday."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from claimbook.language.dates import MONTHS
from claimbook.texts.intake.days import Days, find_printed_day
from claimbook.workbench.attributions import SAYING

BEFORE, AFTER = 330, 35  # days around its publication in which a text's date without a year lies
EXPLICIT, RELATIVE, NONE = "explicit", "relative", "none"  # values of the column `date_basis`
DECEMBER, JUNE, MIDDLE = 12, 6, 15
IN_YEAR = r"(?:1[89]|20)\d\d"
IN_MONTH = "|".join(MONTHS)
TO = r"\s*(?:[-–—]|\b(?:to|and|through|until)\b)\s*"  # between the first and the last
# The times that a passage may name.
WEEKDAY = re.compile(rf"\b(?:(?P<which>next|last)\s+)?(?P<day>{'|'.join(calendar.day_name)})\b")
NEAR_DAY = re.compile(r"\b(yesterday|today|tonight|tomorrow)\b", re.IGNORECASE)
SHIFTS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
HOURS = re.compile(
    r"\b(?:past|last|(?P<ahead>next|coming))\s+(?:(?P<hours>24|48|72)\s+hours|day)\b", re.IGNORECASE
)
PERIOD = re.compile(r"\b(?P<which>this|last|next)\s+(?P<unit>week|month|year)\b", re.IGNORECASE)
STEPS = {"this": 0, "coming": 0, "last": -1, "next": 1}
MONTH = re.compile(
    rf"\b(?P<month>{IN_MONTH})\b(?:(?:\s+of)?\s+(?P<year>{IN_YEAR})"
    rf"|(?={TO}(?:{IN_MONTH})\s+(?P<later>{IN_YEAR})))?"
)
YEAR = re.compile(
    rf"\b(?:in|of|during|throughout|since|from|by|until)\s+(?P<year>{IN_YEAR})\b(?:{TO}(?P<later>{IN_YEAR})\b)?",
    re.IGNORECASE,
)
SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # their first months
SEASON = re.compile(
    rf"\b(?:(?P<which>this|last|next|coming)\s+)?(?P<season>{'|'.join(SEASONS)})\b"
    rf"(?:\s+(?:of\s+)?(?P<year>{IN_YEAR}))?",
    re.IGNORECASE,
)
# What stands around them: which part is meant, which end of the time they are, or of what.
HALF = re.compile(r"\b(?:the\s+)?(?P<half>first|second)\s+half\s+of\s+\Z", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(?:(?:early|mid|late)(?:\s+in)?|(?:the\s+)?(?P<edge>beginning|start|middle|end)\s+of)"
    r"[\s-]+(?:the\s+)?\Z",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:since|starting(?:\s+(?:on|from|in))?)\s+(?:at\s+least\s+)?(?:the\s+)?\Z", re.IGNORECASE
)
FIRST = re.compile(r"\bfirst\b[^.;]{0,60}\Z", re.IGNORECASE)  # the first since then
FROM = re.compile(r"\bfrom\s+\Z", re.IGNORECASE)
ONWARDS = re.compile(r"\s+on(?:wards?)?\b(?!\s+\w)", re.IGNORECASE)
UNTIL = re.compile(
    r"\b(?:until|till|by|as\s+of|up\s+to)\s+(?:at\s+least\s+)?(?:the\s+)?\Z", re.IGNORECASE
)
OPEN = re.compile(r"\b(?:before|after)\s+(?:the\s+)?\Z", re.IGNORECASE)
OWNER = re.compile(r"(?:\b(?:the|its|his|her|their|this)|['’]s)\s+\Z")
OWNED = re.compile(r"\s+[A-Za-z]")
DAY_AFTER = re.compile(rf"{TO}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|per|:|{IN_MONTH}))")
DAY_BEFORE = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{TO}\Z")
# A day of speech: it follows the verb but for where and when, precedes it, or heads its sentence.
SAID_BEFORE = re.compile(
    rf"(?:\btold(?:\s+\w+){{1,3}}|{SAYING.pattern})(?:\s+(?:at|in|to|by|with|from)\s[^,.;:“”\"]{{1,40}}?)?"
    r"(?:\s+\w+){0,2}\s+\Z"
)
SAID_AFTER = re.compile(rf"\s*(?:\w+ly\s+)?(?:{SAYING.pattern})")
HEAD = re.compile(r"(?:\A|[.!?]\s+)(?:\w+\s+){0,2}(?:on\s+)?\Z", re.IGNORECASE)
SAID_LATER = re.compile(rf"[^.;:“”\"]{{0,120}}?(?:\bthat\b|(?P<verb>{SAYING.pattern}))")


@dataclass(frozen=True)
class NamedDays:
    """Days that a passage names.

    Attributes:
        start: The offset of the wording.
        end: The offset after it.
        first: The first day; None where the wording leaves it open.
        last: The last day; None where the wording leaves it open.
        basis: How they were had, as the column `date_basis` says it.
        wording: The wording.
        is_of_speech: Whether they say when something was said.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    basis: str
    wording: str
    is_of_speech: bool = False


def find_named_days(passage: str, published: date, language: str) -> list[NamedDays]:
    """Find the days that a passage names, in its order.

    A vague wording, such as late May, has no day. *Since* leaves the last day open, *until* and
    *by* the first.

    Args:
        passage: The words.
        published: The day on which they were published.
        language: The code of their language. All but dates are found in English.
    """
    found = [*_dates(passage, published, language), *_relative(passage, published)]
    found = found or [
        *_months(passage, published),
        *_seasons(passage, published),
        *_years(passage),
    ]
    joined = _join(passage, sorted(found, key=lambda days: days.start))
    return [days for one in joined if (days := _settle(passage, one)) is not None]


def _make(match: re.Match[str], first: date, last: date, basis: str) -> NamedDays:
    return NamedDays(*match.span(), first, last, basis, match[0])


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
        done = start + len(days.stamp)
        first = last = days.earliest
        end, wording = done, days.stamp.rstrip(".,")
        if match := DAY_AFTER.match(passage, done):
            last = _with_day(first, int(match["day"]))
            end = match.end() if last > first else end
        if match := DAY_BEFORE.search(passage[:start]):
            first = _with_day(last, int(match["day"]), before=True)
            start = match.start() if first < last else start
        if (start, end) != (done - len(days.stamp), done):
            wording = passage[start:end]
        yield NamedDays(start, end, first, last, EXPLICIT, wording)


def _with_day(day: date, number: int, before: bool = False) -> date:
    """Return another day of the same month, if it is on the right side of the day."""
    last = calendar.monthrange(day.year, day.month)[1]
    fits = 0 < number < day.day if before else day.day < number <= last
    return day.replace(day=number) if fits else day


def _relative(passage: str, published: date) -> Iterator[NamedDays]:
    """Yield weekdays, as the last before publication, yesterday, last week and so on."""
    for match in WEEKDAY.finditer(passage):
        number = list(calendar.day_name).index(match["day"])
        back = (published.weekday() - number) % 7
        back += {"next": -7, "last": 0 if back else 7}.get(match["which"] or "", 0)
        day = published - timedelta(days=back)
        yield _make(match, day, day, RELATIVE)
    for match in NEAR_DAY.finditer(passage):
        day = published + timedelta(days=SHIFTS[match[0].casefold()])
        yield _make(match, day, day, RELATIVE)
    for match in HOURS.finditer(passage):
        span = timedelta(hours=int(match["hours"] or 24))
        first = published if match["ahead"] else published - span
        yield _make(match, first, first + span, RELATIVE)
    for match in PERIOD.finditer(passage):
        step, unit = STEPS[match["which"].casefold()], match["unit"].casefold()
        if unit == "week":
            first = published + timedelta(days=7 * step - published.weekday())
            yield _make(match, first, first + timedelta(days=6), RELATIVE)
        elif unit == "month":
            yield _make(match, *_months_from(published.year, published.month + step, 1), RELATIVE)
        else:
            yield _make(match, *_months_from(published.year + step, 1, 12), RELATIVE)


def _months(passage: str, published: date) -> Iterator[NamedDays]:
    """Yield the months, one without a year as the last before publication."""
    before: NamedDays | None = None
    for match in MONTH.finditer(passage):
        number = MONTHS.index(match["month"]) + 1
        year = match["year"] or match["later"] or published.year - (number > published.month)
        days = _make(match, *_months_from(int(year), number, 1), EXPLICIT)
        if before and before.first and re.fullmatch(TO, passage[before.end : match.start()]):
            year = match["year"] or before.first.year + (number < before.first.month)
            days = _make(match, *_months_from(int(year), number, 1), EXPLICIT)
        yield days
        before = days


def _seasons(passage: str, published: date) -> Iterator[NamedDays]:
    """Yield the seasons that have a year, or stand beside this, last, next or coming."""
    for match in SEASON.finditer(passage):
        month = SEASONS[match["season"].casefold()]
        if match["year"]:
            year = int(match["year"]) - (month == DECEMBER)  # a winter has the year of its end
        elif match["which"]:
            ended = _months_from(published.year - 1, month, 3)[1] < published
            year = published.year - 1 + ended + STEPS[match["which"].casefold()]
            if match["which"].casefold() == "next":
                year -= published < date(published.year - 1 + ended, month, 1)
        else:
            continue
        yield _make(match, *_months_from(year, month, 3), EXPLICIT)


def _years(passage: str) -> Iterator[NamedDays]:
    """Yield the years that stand alone."""
    for match in YEAR.finditer(passage):
        first, last = int(match["year"]), int(match["later"] or match["year"])
        days = _months_from(first, 1, 12 * (last - first + 1))
        wording = passage[match.start("year") : match.end()]
        yield NamedDays(match.start("year"), match.end(), *days, EXPLICIT, wording)


def _months_from(year: int, month: int, count: int) -> tuple[date, date]:
    """Return the first and last day of months, from one counted on from January."""
    months = [year * 12 + month - 1 + step for step in (0, count)]
    first, after = (date(number // 12, number % 12 + 1, 1) for number in months)
    return first, after - timedelta(days=1)


def _join(passage: str, found: list[NamedDays]) -> list[NamedDays]:
    """Join two days that are the ends of one time, and drop a weekday beside its date."""
    joined = found[:1]
    for before, days in pairwise(found):
        between = passage[before.end : days.start]
        if days.start < before.end:
            continue  # within the one before
        if before.basis == RELATIVE and days.basis == EXPLICIT and re.fullmatch(r",?\s+", between):
            joined[-1] = days
        elif before.first and days.last and re.fullmatch(TO, between) and before.first < days.last:
            last = joined[-1]
            wording = passage[last.start : days.end]
            joined[-1] = replace(last, end=days.end, last=days.last, wording=wording)
        else:
            joined.append(days)
    return joined


def _settle(passage: str, days: NamedDays) -> NamedDays | None:
    """Read what stands around a wording; None where no day of an event is named."""
    before, after, start = passage[: days.start], passage[days.end :], days.start
    is_day = days.first == days.last
    if OPEN.search(before) or (OWNER.search(before) and OWNED.match(after) and is_day):
        return None
    first, last, edge = days.first, days.last, "all"
    if not is_day and (match := HALF.search(before)):
        first, last = _half(days, match["half"].casefold())
        start = match.start()
    elif not is_day and (match := VAGUE.search(before)):
        edge, start = (match["edge"] or "").casefold(), match.start()
    before = passage[:start]
    since = SINCE.search(before) or (ONWARDS.match(after) and FROM.search(before))
    until = UNTIL.search(before)
    if (since and FIRST.search(before)) or (until and WEEKDAY.fullmatch(days.wording)):
        return None  # nothing happened since then; the weekday may be the next or the last
    if since:
        first, last = first if edge in ("all", "beginning", "start") else None, None
        start = since.start()
    elif until:
        first, last = None, last if edge in ("all", "end") else None
        start = until.start()
    elif edge != "all":
        first = last = None
    basis = days.basis if first or last else NONE
    wording = passage[start : days.end] if start < days.start else days.wording
    return NamedDays(start, days.end, first, last, basis, wording, _is_of_speech(passage, days))


def _half(days: NamedDays, half: str) -> tuple[date | None, date | None]:
    """Return the days of a half of a month or of a year."""
    if days.first is None or days.last is None:
        return None, None
    if days.first.month == days.last.month:
        middle = days.first.replace(day=MIDDLE)
    else:
        middle = _months_from(days.first.year, 1, JUNE)[1]
    return (days.first, middle) if half == "first" else (middle + timedelta(days=1), days.last)


def _is_of_speech(passage: str, days: NamedDays) -> bool:
    """Whether a day is that on which something was said."""
    if days.first != days.last:
        return False
    before, after = passage[: days.start], passage[days.end :]
    if UNTIL.search(before) or SINCE.search(before):
        return False
    if SAID_BEFORE.search(before) or SAID_AFTER.match(after):
        return True
    later = SAID_LATER.match(after) if HEAD.search(before) else None
    return later is not None and later["verb"] is not None
