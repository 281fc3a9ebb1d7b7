"""Selection of claims by filters, and the links that store a selection.

A *setting* holds the chosen values of the filters. A link stores it in its fragment.
`assets/filters.js` follows the same rules in a page. Of the values of one filter a claim must have
any; of several filters it must fit all. Words are folded by `fold_text` and split at spaces; a
claim must contain every word, in any order. A claim fits a range of days if any of its days on the
chosen basis lies in it; a claim without such days does not fit.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from claimbook.explorer.claim_index import ClaimIndex
from claimbook.explorer.filters import BASIS, DAY_CONTROLS, FROM, TEXT, TO, Filter, fold_text

Setting = dict[str, tuple[str, ...]]  # the values of each filter that is set, by its name
SPACE = re.compile(r"[ \t\r\n]+")
BLANK = re.compile(r"[ \t\r\n]*")
LAST_DAY = "9999-12-31"  # the end of a range without an end


class FilterError(ValueError):
    """An error for a link with unknown filters or values that are not allowed.

    The message has a line for each fault.
    """


class DayRange(NamedTuple):
    """A range of days, as the date filters select it.

    Attributes:
        basis: Which of a claim's days must lie in the range (see `claim_index.BASES`).
        first: The first day, as YYYY-MM-DD; empty for a range without a beginning.
        last: The last day, as YYYY-MM-DD; empty for a range without an end.
    """

    basis: str
    first: str
    last: str


def read_fragment(filters: Mapping[str, Filter], fragment: str) -> tuple[Setting, list[str]]:
    """Read filter values from a link, and report the parts that are not valid.

    A basis of days that is the default is not part of the setting.

    Args:
        filters: The filters by name.
        fragment: A whole address, or its fragment with or without `#`.

    Returns:
        The setting, without filters of which any value is faulty; and a message of one line for
        each fault.
    """
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(fragment.split("#", 1)[-1], keep_blank_values=True):
        asked.setdefault(name, [])
        if not BLANK.fullmatch(value) and value not in asked[name]:
            asked[name].append(value)
    faults = [f"there is no filter {name!r}" for name in asked if name not in filters]
    setting: Setting = {}
    for name, one in filters.items():
        values = asked.get(name, [])
        wrong = one.faults(values)
        faults += wrong
        if values and not wrong:
            in_order = [value for value in one.options if value in values] or values
            setting[name] = tuple(in_order)
        if one.control == BASIS and setting.get(name) == tuple(one.options)[:1]:
            del setting[name]  # the default is not written
    return setting, faults


def parse_fragment(filters: Mapping[str, Filter], fragment: str) -> Setting:
    """Read filter values from a link all of whose parts must be valid.

    Args:
        filters: The filters by name.
        fragment: A whole address, or its fragment with or without `#`.

    Raises:
        FilterError: A part of the link is not valid.
    """
    setting, faults = read_fragment(filters, fragment)
    if faults:
        raise FilterError("\n".join(faults))
    return setting


def write_fragment(filters: Mapping[str, Filter], setting: Setting) -> str:
    """Write a setting as the fragment of a link, in the order of the filters.

    Returns:
        The fragment with its `#`; empty where the setting is.
    """
    pairs = [(name, value) for name in filters for value in setting.get(name, ())]
    query = urlencode(pairs, errors="replace")
    return f"#{query}" if query else ""


def day_range(filters: Mapping[str, Filter], setting: Setting) -> DayRange:
    """Return the first day, the last day and the basis that a setting selects.

    Where the setting has no basis, it is the first option of the filter `basis`. Where it has no
    first or last day, that day is an empty text.
    """
    names = {one.control: one.name for one in filters.values() if one.is_day}
    default = next(iter(filters[names[BASIS]].options))
    [basis] = setting.get(names[BASIS], (default,))
    [first] = setting.get(names[FROM], ("",))
    [last] = setting.get(names[TO], ("",))
    return DayRange(basis, first, last)


def matching_claims(
    filters: Mapping[str, Filter], index: ClaimIndex, setting: Setting
) -> "pd.Series[Any]":
    """Check which claims match all filters of a setting.

    Of the values of one filter a claim needs one. Of the words of a search it needs all. Its days
    must overlap the range of days, so a claim without a day on the chosen basis does not match a
    range.

    Returns:
        A boolean column by claim id, in the order of the index.
    """
    fits = pd.Series(True, index=index.days.index)
    for name, values in setting.items():
        if filters[name].is_facet:
            asked = set(values)
            fits &= (
                index.values[name]
                .map(asked.isdisjoint)
                .astype(bool)
                .map({True: False, False: True})
            )
        elif filters[name].control == TEXT:
            for word in filter(None, SPACE.split(fold_text(values[0]))):
                fits &= index.texts[name].str.contains(word, regex=False)
    basis, first, last = day_range(filters, setting)
    if first and last and first > last:
        fits &= False
    if first or last:
        fits &= index.days[f"{basis}_first"] != ""
        fits &= index.days[f"{basis}_last"] >= first
        fits &= index.days[f"{basis}_first"] <= (last or LAST_DAY)
    return fits


def count_undated(filters: Mapping[str, Filter], index: ClaimIndex, setting: Setting) -> int:
    """Count the claims that the date range excludes only because they have no date.

    They match all other filters, but have no day on the basis of the range.

    Returns:
        The number; 0 where the setting has no range of days.
    """
    basis, first, last = day_range(filters, setting)
    if not (first or last):
        return 0
    others = {
        name: values
        for name, values in setting.items()
        if filters[name].control not in DAY_CONTROLS
    }
    fits = matching_claims(filters, index, others)
    return int((fits & (index.days[f"{basis}_first"] == "")).sum())
