"""Hints for invalid cells. A value is proposed only where it would be allowed itself."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from heapq import nlargest

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from claimbook.corpus.schema import Field
from claimbook.errors import did_you_mean

MIN_SIMILARITY = 0.6  # from which on a word counts as a misspelling of another, 0 to 1
MAX_COMPARED = 200  # characters of a cell up to which similar values are searched
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
OTHER_SEPARATORS = re.compile(r"\s*[,|/]\s*|\s+and\s+|\s{2,}")  # typed for that of lists
SERIAL_EPOCH = date(1899, 12, 30)  # spreadsheets count days from here, from 1900-03-01 on
SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,]0+)?")
SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
CLAIM_ID = re.compile(r"([A-Za-z][A-Za-z0-9]{1,9})[^A-Za-z0-9]+0*([0-9]+)|([A-Za-z]+)0*([0-9]+)")
NO_SUCH_DAY = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-[0-9]{2}")
ROUNDED_HINT = (
    "a spreadsheet has taken it for a number and rounded it: "
    "take it from an older copy of the table"
)


def suggest_cell(field: Field, value: str, is_allowed: Callable[[str], bool]) -> str:
    """Suggest how to mend an invalid cell.

    Args:
        field: The column.
        value: The cell.
        is_allowed: Whether the column allows a value.

    Returns:
        The hint; empty if there is none.
    """
    if field.type == "date" and (no_such_day := NO_SUCH_DAY.fullmatch(value)):
        year, month = int(no_such_day[1]), int(no_such_day[2])
        if year:
            return f"{year}-{month:02d} has {monthrange(year, month)[1]} days"
    clean = strip_invisible(value)
    proposals = [
        repair
        for repair in (clean, *_repairs(field, clean))
        if repair and repair != value and is_allowed(repair)
    ]
    if not proposals and field.enum:
        return suggest_name(clean, field.enum)
    if not proposals and field.constraints.get("pattern") and SCIENTIFIC.fullmatch(clean):
        return ROUNDED_HINT
    return did_you_mean(proposals)


def suggest_name(value: str, names: Collection[str]) -> str:
    """Suggest similar names instead of an unknown one; empty if there are none."""
    return did_you_mean(similar_names(value, names))


def suggest_value(unknown: str, values: Collection[str], names: Mapping[str, str]) -> str:
    """Suggest the values that an unknown one may stand for, also by their names.

    Args:
        unknown: The unknown value.
        values: The allowed values.
        names: Other values that could be meant, and the allowed ones, by what they are called.

    Returns:
        The hint: a value of just this name, else similar values, else those of similar names.
    """
    called = {_fold(name): value for name, value in names.items()}
    if meant := called.get(_fold(unknown)):
        return did_you_mean([meant])
    known = {*values, *names.values()}
    similar = similar_names(unknown, known)
    by_name = [names[name] for name in similar_names(unknown, names)]
    return did_you_mean(list(dict.fromkeys(similar or by_name)))


def similar_names(value: str, names: Collection[str]) -> list[str]:
    """Find the allowed names that an unknown one may stand for.

    Args:
        value: The unknown name.
        names: The allowed names.

    Returns:
        The name that differs only in case, spaces or dashes; else the most similar ones, at most
        two, the best first.
    """
    if len(value) > MAX_COMPARED:
        return []
    folded, by_folded = _fold(value), {_fold(name): name for name in names}
    if same := by_folded.get(folded):
        return [same]
    similar = [name for name in by_folded if _is_similar(folded, name)]
    best = nlargest(2, similar, key=lambda name: (fuzz.ratio(folded, name), name))
    return [by_folded[name] for name in best]


def _is_similar(one: str, other: str) -> bool:
    """Whether a folded name is another one misspelt, or has all its words or a part."""
    words, others = set(one.split("-")), set(other.split("-"))
    is_part = words <= others or others <= words
    return is_part or OSA.normalized_similarity(one, other) >= MIN_SIMILARITY


def suggest_items(field: Field, value: str, names: Collection[str]) -> str:
    """Suggest the right separator for a list cell.

    Args:
        field: The column.
        value: The cell.
        names: The allowed items.

    Returns:
        The hint; empty where another separator does not make all items allowed.
    """
    items = [item.strip() for item in OTHER_SEPARATORS.split(value)]
    if len(items) < 2 or not set(items) <= set(names):
        return ""
    return did_you_mean([field.delimiter.join(items)])


def strip_invisible(value: str) -> str:
    """Remove invisible characters and outer space; make other spaces plain."""
    visible = (
        " " if character.isspace() else character
        for character in value
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    return re.sub(r" {2,}", " ", "".join(visible)).strip()


def _fold(value: str) -> str:
    """Fold away differences in case, width, spaces and dashes."""
    plain = unicodedata.normalize("NFKC", strip_invisible(value)).casefold()
    return re.sub(r"[\s_\u2010-\u2015\u2212-]+", "-", plain)


def _repairs(field: Field, value: str) -> Iterator[str]:
    """Yield other spellings of a value, the likeliest first, whether allowed or not."""
    plain = unicodedata.normalize("NFKC", value)
    if field.type == "date":
        yield from date_readings(plain)
    elif field.type in ("integer", "number"):
        yield from _number_repairs(plain)
    elif field.type == "list":
        items = (item.strip() for item in re.split(r"[;,|\n]", value) if item.strip())
        yield field.delimiter.join(dict.fromkeys(items))
    elif claim_id := CLAIM_ID.fullmatch(plain):
        code, number = claim_id[1] or claim_id[3], claim_id[2] or claim_id[4]
        yield f"{code.upper()}-{int(number):02d}"
    if field.constraints.get("pattern"):
        yield from (plain, plain.lower(), plain.upper(), _fold(value))
        yield from (f"https://{plain}", plain.replace("\\", "/"))
    if not field.enum and field.type == "string":
        yield value.lstrip("+-@ ")


def _number_repairs(value: str) -> Iterator[str]:
    """Yield plain spellings of a number with sign, groups or decimal comma."""
    value = "".join(str(unicodedata.decimal(character, character)) for character in value)
    if re.fullmatch(r"[1-9](\.[0-9]+)?e\+?[0-9]", value.lower()) and float(value).is_integer():
        value = str(int(float(value)))
    hyphenated = re.sub(r"^[\u2010-\u2015\u2212]", "-", value)
    ungrouped = re.sub(r"(?<=[0-9])[ '’_](?=[0-9]{3})", "", hyphenated).lstrip("+")
    for spelling in (
        ungrouped,
        ungrouped.replace(",", "."),
        re.sub(r"[,.](?=[0-9]{3}(?:[,.]|$))", "", ungrouped),
    ):
        if number := re.fullmatch(r"(-?)0*([0-9]+)(\.[0-9]+)?", spelling):
            integer, decimals = f"{number[1]}{number[2]}", number[3] or ""
            yield integer + decimals
            if not decimals.strip(".0"):
                is_zero = not number[2].strip("0")
                yield integer.replace("-0", "0") if is_zero else integer


def date_readings(value: str) -> Iterator[str]:
    """Yield readings of a day as YYYY-MM-DD.

    Reads the serial numbers of spreadsheets, and days in other orders, with the name of a month,
    with an hour, or without separators.
    """
    if serial := SERIAL.fullmatch(value):
        yield (SERIAL_EPOCH + timedelta(days=int(serial[1]))).isoformat()
        return
    if re.fullmatch(r"[0-9]{8}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    parts = [part for part in re.split(r"[^0-9a-zA-Z]+|T(?=[0-9])", value) if part][:3]
    if len(parts) < 3:
        return
    is_month = [part[:3].lower() in MONTHS for part in parts]
    cardinal = [re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", part) for part in parts]
    numbers = [
        str(MONTHS.index(part[:3].lower()) + 1) if named else part
        for part, named in zip(cardinal, is_month, strict=True)
    ]
    if not all(number.isdigit() and len(number) <= 4 for number in numbers):
        return
    a, b, c = map(int, numbers)
    if len(numbers[0]) == 4:
        orders = [(a, b, c) if b <= len(MONTHS) else (a, c, b)]
    elif is_month[0]:
        orders = [(c, a, b)]
    elif "/" in value or not is_month[1]:
        orders = [(c, b, a)] if "." in value else [(c, b, a), (c, a, b)]
    else:
        orders = [(c, b, a)]
    for year, month, day in orders:
        try:
            yield date(year + 2000 if year < 100 else year, month, day).isoformat()
        except ValueError:
            continue
