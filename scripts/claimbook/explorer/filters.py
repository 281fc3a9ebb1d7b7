"""The one description of the filters: what can be asked of the claims, how a link writes it, and which claims fit.

The controls of a notebook and of a built page are both made from `describe`, and both follow these rules. Of the values of one
filter a claim must have any; of several filters it must fit all. Text is folded (`fold`) and cut at spaces; a claim must hold
every piece. A claim fits a range of days if any of its days on the chosen basis lies in it; one without such days does not.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from claimbook.analysis.date_spans import DAY
from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.validation.cells import is_iso_date
from claimbook.language.claim_text import code_label
from claimbook.paths import project
from claimbook.settings import settings

Setting = dict[str, tuple[str, ...]]  # the values of each filter that is set, by its name
SEVERAL, ONE, DATE, TEXT = "several", "one", "day", "text"
SPACE = re.compile(r"[ \t\r\n]+")
BLANK = re.compile(r"[ \t\r\n]*")
LETTERS = {"ß": "ss", "ς": "σ", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
ALIKE = LETTERS | dict.fromkeys("’‘", "'") | dict.fromkeys("“”", '"') | dict.fromkeys("–—", "-")
BASES = {
    DAY: "happened, else said, else published",
    "happened": "happened",
    "said": "said",
    "published": "published",
}


class FilterError(ValueError):
    """A link that asks for what there is not; the message has one line for each fault."""


@dataclass(frozen=True)
class Filter:
    """A filter: its name in links, its label, its kind of control, the values it takes with their labels, and what to know of it.

    `control` is `several` (any number of the values), `one` (one of them, or none), `day` (a date) or `text`.
    """

    name: str
    label: str
    control: Literal["several", "one", "day", "text"]
    values: Mapping[str, str]
    note: str = ""

    def faults(self, values: list[str]) -> list[str]:
        """What is wrong with the values that a link gives it, one line each."""
        if len(values) > 1 and self.control != SEVERAL:
            return [f"{self.name}: {len(values)} values; it takes one"]
        if self.control in (SEVERAL, ONE):
            return [
                f"{self.name}: there is no {value!r}"
                for value in values
                if value not in self.values
            ]
        if self.control == DATE:
            return [
                f"{self.name}: {value!r} is not a day as YYYY-MM-DD"
                for value in values
                if not is_iso_date(value)
            ]
        return []


def describe_filters(corpus: Corpus) -> dict[str, Filter]:
    """The filters of a corpus by name, in the order in which they are shown and written."""
    claims = corpus.full_claims()
    coded = schema.read_schema(project().datapackage)["claims"]
    named = set(claims["places"].explode().dropna())
    heard = {
        voice
        for link in set(claims["chain"].explode())
        for voice in voices_in_chain(corpus, [link])
    }

    def codes(column: str) -> dict[str, str]:
        return {value: code_label(value) for value in coded.field(column).enum}

    def names(table: pd.DataFrame, ids: set[str]) -> dict[str, str]:
        return table.loc[
            sorted(ids, key=lambda key: fold_text(table.loc[key, "name"])), "name"
        ].to_dict()

    sources = (
        corpus.sources.sort_values("published")
        .set_index("code")["outlet"]
        .map(corpus.actors["name"])
    )
    themes = {value: settings().theme[value].label for value in coded.field("theme").enum}
    filters = (
        Filter("theme", "Theme", SEVERAL, themes),
        Filter("kind", "Kind", SEVERAL, codes("kind")),
        Filter(
            "bearing",
            "Bearing on entry",
            SEVERAL,
            codes("bearing"),
            "Whether the claim makes entry into the war look likelier.",
        ),
        Filter(
            "source",
            "Source",
            SEVERAL,
            {code: f"{code}, {outlet}" for code, outlet in sources.items()},
        ),
        Filter(
            "speaker",
            "Speaker or origin",
            ONE,
            names(corpus.actors, heard),
            "Whoever passed it on; an institution with its members.",
        ),
        Filter("place", "Place", ONE, names(corpus.places, named)),
        Filter("also", "Also evidence of", ONE, themes),
        Filter(
            "term",
            "Word of likelihood",
            ONE,
            {term: term for term in sorted(set(claims["term"]) - {""}, key=fold_text)},
        ),
        Filter(
            "text",
            "Words",
            TEXT,
            {},
            "In the paraphrase, the id, and the names of people and places.",
        ),
        Filter("date", "Day it was", ONE, BASES),
        Filter("from", "From", DATE, {}),
        Filter("to", "To", DATE, {}),
    )
    return {known.name: known for known in filters}


def voices_in_chain(corpus: Corpus, chain: list[str]) -> list[str]:
    """Everyone whose claim a chain makes it: its links, and above each the institutions it belongs to, each once."""
    found: dict[str, None] = {}
    for actor in chain:
        while actor and actor not in found:
            found[actor] = None
            actor = corpus.actors.loc[actor, "institution"]
    return list(found)


def fold_text(text: str) -> str:
    """A text as it is searched: without case, accents, and differences between letters and signs that readers take for the same."""
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(sign).startswith("M")
    )
    return "".join(ALIKE.get(sign, sign) for sign in bare.lower())


def read_fragment(filters: Mapping[str, Filter], fragment: str) -> tuple[Setting, list[str]]:
    """What an address, or its fragment with or without `#`, asks for, and what in it cannot be read, one line each."""
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(fragment.split("#", 1)[-1], keep_blank_values=True):
        given.setdefault(name, [])
        if not BLANK.fullmatch(value) and value not in given[name]:
            given[name].append(value)
    faults = [f"there is no filter {name!r}" for name in given if name not in filters]
    setting: Setting = {}
    for name, known in filters.items():
        values = given.get(name, [])
        wrong = known.faults(values)
        faults += wrong
        if values and not wrong:
            setting[name] = (
                tuple(value for value in known.values if value in values)
                if known.values
                else (values[0],)
            )
    if setting.get("date") == (DAY,):
        del setting["date"]  # what stands where nothing is said
    return setting, faults


def parse_fragment(filters: Mapping[str, Filter], fragment: str) -> Setting:
    """The setting that the fragment of a shared link asks for. Raises FilterError if any part of it cannot be read."""
    setting, faults = read_fragment(filters, fragment)
    if faults:
        raise FilterError("\n".join(faults))
    return setting


def write_fragment(filters: Mapping[str, Filter], setting: Setting) -> str:
    """The fragment for a setting, with its `#`; empty where nothing is asked. The order is that of the filters."""
    parts = urlencode(
        [(name, value) for name in filters for value in setting.get(name, ())], errors="replace"
    )
    return f"#{parts}" if parts else ""


def matching_claims(records: pd.DataFrame, setting: Setting) -> pd.Series:
    """Which claims fit, as a boolean column on the index of `records` (see `records.of`)."""
    kept = pd.Series(True, index=records.index)
    for name in ("theme", "kind", "bearing", "source", "speaker", "place", "also", "term"):
        if asked := set(setting.get(name, ())):
            kept &= (
                records[name]
                .map(lambda values, asked=asked: not asked.isdisjoint(values))
                .astype(bool)
            )
    for piece in filter(None, SPACE.split(fold_text(*setting.get("text", ("",))))):
        kept &= records["text"].str.contains(piece, regex=False)
    [basis], [first], [last] = (
        setting.get(name, (default,)) for name, default in (("date", DAY), ("from", ""), ("to", ""))
    )
    if first or last:
        if first and last and first > last:
            kept &= False
        kept &= records[f"{basis}_first"] != ""
        kept &= records[f"{basis}_last"] >= first
        kept &= records[f"{basis}_first"] <= (last or "9999-12-31")
    return kept


def count_undated(records: pd.DataFrame, setting: Setting) -> int:
    """How many claims fit all but the range of days, and are left out because they have no day on the basis that is asked for."""
    if "from" not in setting and "to" not in setting:
        return 0
    [basis] = setting.get("date", (DAY,))
    others = matching_claims(
        records, {name: values for name, values in setting.items() if name not in ("from", "to")}
    )
    return int((others & (records[f"{basis}_first"] == "")).sum())
