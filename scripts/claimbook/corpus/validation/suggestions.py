"""What was probably meant by a cell that is not allowed. A value is proposed only where it would be allowed itself."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from claimbook.corpus.schema import Field
from claimbook.errors import did_you_mean

NEAR = 0.6  # the likeness from which on one word is taken for another, misspelt
LONGEST = 200  # characters of a cell up to which a likeness is looked for
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FIRST_SERIAL = date(1899, 12, 30)  # spreadsheets count days from here, from 1900-03-01 on
SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,]0+)?")
ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
CLAIM = re.compile(r"([A-Za-z]{2})[^A-Za-z0-9]*0*([0-9]{1,3})")


def suggest_cell(field: Field, value: str, sound: Callable[[str], bool]) -> str:
    """The hint for a cell of a column; `sound` tells whether a value would be allowed there. Empty where nothing is known."""
    if field.type == "date" and (
        no_such := re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])-[0-9]{2}", value)
    ):
        year, month = int(no_such[1]), int(no_such[2])
        if year:
            return f"{year}-{month:02d} has {monthrange(year, month)[1]} days"
    clean = strip_invisible(value)
    proposed = [
        other
        for other in (clean, *_repairs(field, clean))
        if other and other != value and sound(other)
    ]
    if not proposed and field.enum:
        return suggest_name(clean, field.enum)
    if not proposed and field.constraints.get("pattern") and ROUNDED.fullmatch(clean):
        return "a spreadsheet has taken it for a number and rounded it: take it from an older copy of the table"
    return did_you_mean(proposed)


def suggest_name(value: str, known: Collection[str]) -> str:
    """The hint for a value that stands for none of those known: those it is like, or that differ in case or dashes alone."""
    if len(value) > LONGEST:
        return ""
    folded = {_folded(other): other for other in known}
    if same := folded.get(_folded(value)):
        return did_you_mean([same])
    return did_you_mean(
        folded[like] for like in get_close_matches(_folded(value), list(folded), n=2, cutoff=NEAR)
    )


def suggest_items(field: Field, value: str, known: Collection[str]) -> str:
    """The hint for a list cell in which an item is unknown: the items with the right separator, if they are then all known."""
    parts = [part.strip() for part in re.split(r"\s*[,|/]\s*|\s+and\s+|\s{2,}", value)]
    return (
        did_you_mean([field.delimiter.join(parts)])
        if len(parts) > 1 and set(parts) <= set(known)
        else ""
    )


def strip_invisible(value: str) -> str:
    """A value without what cannot be seen, with plain spaces, and none at its ends."""
    seen = (
        " " if mark.isspace() else mark
        for mark in value
        if mark.isspace() or unicodedata.category(mark)[0] != "C"
    )
    return re.sub(r" {2,}", " ", "".join(seen)).strip()


def _folded(value: str) -> str:
    """A value by which those that differ only in case, width, spaces and dashes are the same."""
    plain = unicodedata.normalize("NFKC", strip_invisible(value)).casefold()
    return re.sub(r"[\s_\u2010-\u2015\u2212-]+", "-", plain)


def _repairs(field: Field, value: str) -> Iterator[str]:
    """Other ways to write a value in a column, the likeliest first, whether they are allowed or not."""
    plain = unicodedata.normalize("NFKC", value)
    if field.type == "date":
        yield from _days(plain)
    elif field.type in ("integer", "number"):
        yield from _numbers(plain)
    elif field.type == "list":
        yield field.delimiter.join(
            dict.fromkeys(item.strip() for item in re.split(r"[;,|\n]", value) if item.strip())
        )
    elif found := CLAIM.fullmatch(plain):
        yield f"{found[1].upper()}-{int(found[2]):02d}"
    if field.constraints.get("pattern"):
        yield from (
            plain,
            plain.lower(),
            plain.upper(),
            _folded(value),
            f"https://{plain}",
            plain.replace("\\", "/"),
        )
    if not field.enum and field.type == "string":
        yield value.lstrip("+-@ ")


def _numbers(value: str) -> Iterator[str]:
    """A number written with a sign, grouped digits, a comma for decimals or decimals of nought."""
    value = "".join(str(unicodedata.decimal(mark, mark)) for mark in value)
    if re.fullmatch(r"[1-9](\.[0-9]+)?e\+?[0-9]", value.lower()) and float(value).is_integer():
        value = str(int(float(value)))
    bare = re.sub(
        r"(?<=[0-9])[ '’_](?=[0-9]{3})", "", re.sub(r"^[\u2010-\u2015\u2212]", "-", value)
    ).lstrip("+")
    for written in (bare, bare.replace(",", "."), re.sub(r"[,.](?=[0-9]{3}(?:[,.]|$))", "", bare)):
        if number := re.fullmatch(r"(-?)0*([0-9]+)(\.[0-9]+)?", written):
            whole, decimals = f"{number[1]}{number[2]}", number[3] or ""
            yield whole + decimals
            if not decimals.strip(".0"):
                yield whole.replace("-0", "0") if not number[2].strip("0") else whole


def _days(value: str) -> Iterator[str]:
    """A day written in another order, with the name of a month, with an hour, without marks, or as a spreadsheet counts it."""
    if serial := SERIAL.fullmatch(value):
        yield (FIRST_SERIAL + timedelta(days=int(serial[1]))).isoformat()
        return
    if re.fullmatch(r"[0-9]{8}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    parts = [part for part in re.split(r"[^0-9a-zA-Z]+|T(?=[0-9])", value) if part][:3]
    if len(parts) < 3:
        return
    named = [part[:3].lower() in MONTHS for part in parts]
    bare = [re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", part) for part in parts]
    numbers = [
        str(MONTHS.index(part[:3].lower()) + 1) if month else part
        for part, month in zip(bare, named, strict=True)
    ]
    if not all(number.isdigit() and len(number) <= 4 for number in numbers):
        return
    a, b, c = map(int, numbers)
    if len(numbers[0]) == 4:
        orders = [(a, b, c) if b <= len(MONTHS) else (a, c, b)]
    elif named[0]:
        orders = [(c, a, b)]
    elif "/" in value or not named[1]:
        orders = [(c, b, a)] if "." in value else [(c, b, a), (c, a, b)]
    else:
        orders = [(c, b, a)]
    for year, month, day in orders:
        try:
            yield date(year + 2000 if year < 100 else year, month, day).isoformat()
        except ValueError:
            continue
