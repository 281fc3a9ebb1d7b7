"""The description of the filters of notebook, built page and ledger.

To add a filter, add one line to `describe_filters`: `coded("mode", "Mode")` filters by a column
whose values the schema lists, a `Filter` by anything else. Controls, links, data and rules follow.
`selection.py` and `assets/filters.js` apply the rules, in Python and in a page.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from claimbook.analysis.date_spans import DAY
from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.validation.cells import is_iso_date
from claimbook.language.ledger_pages import series_title
from claimbook.language.words import capitalize_first, code_label
from claimbook.paths import project
from claimbook.settings import settings

Control = Literal["several", "one", "text", "basis", "from", "to"]
SEVERAL: Final = "several"
ONE: Final = "one"
TEXT: Final = "text"
BASIS: Final = "basis"
FROM: Final = "from"
TO: Final = "to"
MAX_BOXES = 12  # options that stand as boxes to tick; more are a list to choose from
DAY_CONTROLS = (BASIS, FROM, TO)

# The bases on which claims have days, by the names that links use; the first is the default.
BASES = {
    DAY: "happened, else said, else published",
    "happened": "happened",
    "said": "said",
    "published": "published",
}
LEDGER_BASIS = "stated"  # the day a claim was said, else that of publication: one for each claim

# Characters that readers take for the same, beside those that Unicode decomposes.
EQUIVALENTS = (
    {"ß": "ss", "ς": "σ", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("’‘", "'")
    | dict.fromkeys("“”", '"')
    | dict.fromkeys("‐–—", "-")
)
# A hyphen within a word, which readers write or leave out: `cease-fire`, `T-72`; not in `20-21`.
INNER_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W_])|(?<=[^\W_])-(?=[^\W\d_])")


def fold_text(text: str) -> str:
    """Normalize a text for searching.

    The text becomes lower case and loses its accents and the hyphens within words. Characters that
    readers take for the same, such as straight and curly apostrophes, become one (see
    `EQUIVALENTS`).
    """
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(character).startswith("M")
    )
    folded = "".join(EQUIVALENTS.get(character, character) for character in bare.lower())
    return INNER_HYPHEN.sub("", folded)


@dataclass(frozen=True)
class Filter:
    """One filter of the claims.

    Attributes:
        name: Its name in links.
        label: Its label in the explorer.
        control: `several` (any number of its options), `one` (one option or none), `text` (words),
            or one of the three that select a range of days together: `basis`, `from` and `to`.
        options: The labels of the values that can be chosen, by value; empty where readers type
            words or a day.
        values: A function that computes, from the table of `Corpus.full_claims`, the list of each
            claim's values (for `text`: of the texts that are searched); None for filters by day.
        note: A hint for readers, below the control; empty for none.
        ledger: Its label in the ledger; empty where the ledger does not offer it.
    """

    name: str
    label: str
    control: Control
    options: Mapping[str, str] = field(default_factory=dict)
    values: Callable[[pd.DataFrame], "pd.Series[Any]"] | None = None
    note: str = ""
    ledger: str = ""

    @property
    def is_facet(self) -> bool:
        """Whether the filter compares a claim's values with options that readers choose.

        True for the controls `several` and `one`, and False for words and days.
        """
        return self.control in (SEVERAL, ONE)

    @property
    def is_day(self) -> bool:
        """Whether the filter is one of the three that together select a range of days."""
        return self.control in DAY_CONTROLS

    def faults(self, values: list[str]) -> list[str]:
        """Check the values that a link gives for this filter.

        It is a fault to give several values where the filter takes one, a value that is not among
        its options, or a day that is not written as YYYY-MM-DD.

        Returns:
            A message of one line for each fault.
        """
        if len(values) > 1 and self.control != SEVERAL:
            return [f"{self.name}: {len(values)} values; it takes one"]
        if self.options:
            return [
                f"{self.name}: there is no {value!r}"
                for value in values
                if value not in self.options
            ]
        if self.control in (FROM, TO):
            return [
                f"{self.name}: {value!r} is not a day as YYYY-MM-DD"
                for value in values
                if not is_iso_date(value)
            ]
        return []


def describe_filters(corpus: Corpus) -> dict[str, Filter]:
    """Return the filters that explorer and ledger offer for a corpus.

    Returns:
        The filters by name, in the order in which pages show them and links write them.
    """
    claims = corpus.full_claims()
    columns = schema.read_schema(project().datapackage)["claims"]
    themes = {value: settings().theme[value].label for value in columns.field("theme").enum}
    in_order = corpus.sources.sort_values(["tier", "published"])
    with_claims = in_order[in_order.index.isin(claims["source_id"])]
    sources = {
        source["code"]: f"{source['code']}, {corpus.actors.loc[source['outlet'], 'name']}"
        for _, source in with_claims.iterrows()
    }
    source_control: Control = SEVERAL if len(sources) <= MAX_BOXES else ONE
    terms = {term: term for term in sorted(set(claims["term"]) - {""}, key=fold_text)}

    def coded(name: str, label: str, note: str = "", ledger: str = "") -> Filter:
        """Make the filter by a column of the claims whose values the schema lists.

        Args:
            name: The name of the column and of the filter.
            label: The label of the filter in the explorer.
            note: The hint below the control.
            ledger: The label of the filter in the ledger.
        """
        options = {value: code_label(value) for value in columns.field(name).enum}
        return Filter(name, label, SEVERAL, options, column_values(name), note, ledger)

    def voices(claims: pd.DataFrame) -> "pd.Series[Any]":
        """Return for each claim the ids of its speakers, its origin first.

        Speakers are the actors of its chain of attribution and the institutions above them.
        """
        return _map_lists(claims["chain"], lambda chain: voices_in_chain(corpus, chain[::-1]))

    def tiers(claims: pd.DataFrame) -> "pd.Series[Any]":
        """Return for each claim the tier of its source, in a list."""
        return claims["source_id"].map(corpus.sources["tier"].astype(object)).map(lambda one: [one])

    def series(claims: pd.DataFrame) -> "pd.Series[Any]":
        """Return for each claim the series of its source, in a list; empty for none."""
        return (
            claims["source_id"].map(corpus.sources["series"]).map(lambda one: [one] if one else [])
        )

    def searched_texts(claims: pd.DataFrame) -> "pd.Series[Any]":
        """Return for each claim the texts in which words are searched.

        These are its id, its paraphrase, and all names of its actors and places.
        """
        actors = _map_lists(claims["chain"], lambda ids: _all_names(corpus.actors, ids))
        places = _map_lists(claims["places"], lambda ids: _all_names(corpus.places, ids))
        own = pd.Series(
            [[str(key), text] for key, text in claims["paraphrase"].items()],
            index=claims.index,
            dtype=object,
        )
        return own + actors + places

    speakers = _names_by_id(corpus.actors, voices(claims).explode())
    places = _names_by_id(corpus.places, claims["places"].explode().dropna())
    outcomes = {
        value: capitalize_first(settings().outcomes[value]) for value in columns.field("on").enum
    }
    likelier = "Whether the claim makes that look likelier."
    passed_on = "Whoever passed it on; an institution with its members."
    searched = "In the paraphrase, the id, and the names of people and places."
    tier_options = {
        value: code_label(value)
        for value in schema.read_schema(project().datapackage)["sources"].field("tier").enum
    }
    tier = Filter("tier", "Kind of source", SEVERAL, tier_options, tiers, ledger="Kind of source")
    all_series = {
        one: series_title(one) for one in sorted(set(with_claims["series"].dropna()) - {""})
    }
    filters = (
        Filter("theme", "Theme", SEVERAL, themes, column_values("theme"), ledger="Theme"),
        coded("kind", "Kind"),
        Filter("on", "Bears on", SEVERAL, outcomes, column_values("on")),
        coded("bearing", "Bearing", likelier, ledger="Bearing"),
        Filter("source", "Source", source_control, sources, column_values("code"), ledger="Source"),
        *([tier] if with_claims["tier"].nunique() > 1 else []),
        *([Filter("series", "Series", ONE, all_series, series)] if all_series else []),
        Filter("speaker", "Speaker or origin", ONE, speakers, voices, passed_on, ledger="Speaker"),
        Filter("place", "Place", ONE, places, column_values("places")),
        Filter("also", "Also evidence of", ONE, themes, column_values("also")),
        Filter("term", "Word of likelihood", ONE, terms, column_values("term")),
        Filter("text", "Words", TEXT, {}, searched_texts, searched, ledger="Words"),
        Filter("date", "Day it was", BASIS, BASES),
        Filter("from", "From", FROM, ledger="Said from"),
        Filter("to", "To", TO, ledger="to"),
    )
    return {one.name: one for one in filters}


def column_values(column: str) -> Callable[[pd.DataFrame], "pd.Series[Any]"]:
    """Return a function that reads a column of the claims as lists of values.

    The function takes a table of claims and returns a list for each. A cell with a list gives that
    list, an empty or missing cell an empty list, and any other cell a list of one.
    """

    def as_list(cell: Any) -> list[str]:
        if isinstance(cell, list):
            return cell
        return [] if pd.isna(cell) or cell == "" else [str(cell)]

    def values(claims: pd.DataFrame) -> "pd.Series[Any]":
        return claims[column].astype(object).map(as_list)

    return values


def voices_in_chain(corpus: Corpus, chain: Iterable[str]) -> list[str]:
    """Return the actors of a chain of attribution and the institutions above them.

    All of them can be called speakers of the claim.

    Args:
        corpus: The corpus with the actors.
        chain: The ids of the actors who passed the claim on.

    Returns:
        The ids of the chain in its order, each followed by the institutions above it. No id appears
        twice.
    """
    voices: dict[str, None] = {}
    for link in chain:
        actor = link
        while actor and actor not in voices:
            voices[actor] = None
            actor = corpus.actors.loc[actor, "institution"]
    return list(voices)


def _map_lists(
    column: "pd.Series[Any]", compute: Callable[[list[str]], list[str]]
) -> "pd.Series[Any]":
    """Apply a function to each list in a column, only once for equal lists."""
    keys = column.map(tuple)
    results = {key: compute(list(key)) for key in keys.unique()}
    return keys.map(lambda key: results[key])


def _names_by_id(table: pd.DataFrame, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the given actors or places by id, sorted by name.

    Names are compared without regard to case and accents.
    """
    names = table["name"].loc[list(set(ids))].to_dict()
    return dict(sorted(names.items(), key=lambda item: (fold_text(item[1]), item[0])))


def _all_names(table: pd.DataFrame, ids: list[str]) -> list[str]:
    """Return the names of the given actors or places, and their alternative names.

    Args:
        table: The table of actors or places, by id. Alternative names are in the column
            `also_called`, if it has one.
        ids: The ids of the actors or places.
    """
    rows = table.loc[ids]
    others = rows.get("also_called", pd.Series(dtype=object))
    return [*rows["name"], *(name for names in others for name in names)]
