"""The description of the filters of notebook, built page and ledger.

To add a filter, add one line to `describe_filters`: `coded("mode", "Mode")` filters by a column
whose values the schema lists, a `Filter` by anything else. Controls, links, data and rules follow.
`selection.py` and `assets/filters.js` apply the rules, in Python and in a page.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from claimbook.analysis.date_spans import DAY
from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.validation.cells import is_iso_date
from claimbook.language.words import code_label
from claimbook.paths import project
from claimbook.settings import settings

Control = Literal["several", "one", "text", "basis", "from", "to"]
SEVERAL: Final = "several"
ONE: Final = "one"
TEXT: Final = "text"
BASIS: Final = "basis"
FROM: Final = "from"
TO: Final = "to"
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
    | dict.fromkeys("–—", "-")
)


def fold_text(text: str) -> str:
    """Normalize a text for searching.

    Case, accents and the differences between `EQUIVALENTS` are removed.
    """
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(character).startswith("M")
    )
    return "".join(EQUIVALENTS.get(character, character) for character in bare.lower())


@dataclass(frozen=True)
class Filter:
    """One filter of the claims.

    Attributes:
        name: Its name in links.
        label: Its label in the explorer.
        control: `several` (any of its options), `one` (one option or none), `text` (words), or one
            of the three that select a range of days together: `basis`, `from` and `to`.
        options: The labels of the values that can be chosen, by value; empty where words or a day
            are typed.
        values: A function that computes, from the table of `Corpus.full_claims`, the list of each
            claim's values (for `text`: of the texts that are searched); None for days.
        note: A hint for readers, below the control.
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
        """Whether the filter compares a claim's values with the chosen options."""
        return self.control in (SEVERAL, ONE)

    @property
    def is_day(self) -> bool:
        """Whether the filter is one of those that select a range of days."""
        return self.control in DAY_CONTROLS

    def faults(self, values: list[str]) -> list[str]:
        """Check the values that a link sets for this filter.

        Returns:
            A message for each fault, each on one line.
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
    roles = settings().roles
    themes = {value: settings().theme[value].label for value in columns.field("theme").enum}
    outlets = corpus.sources.sort_values("published").set_index("code")["outlet"]
    sources = {
        code: f"{code}, {outlet}" for code, outlet in outlets.map(corpus.actors["name"]).items()
    }
    terms = {term: term for term in sorted(set(claims["term"]) - {""}, key=fold_text)}

    def coded(name: str, label: str, note: str = "", ledger: str = "") -> Filter:
        """Describe a filter by a column of the claims whose values the schema lists."""
        options = {value: code_label(value) for value in columns.field(name).enum}
        return Filter(name, label, SEVERAL, options, column_values(name), note, ledger)

    def voices(claims: pd.DataFrame) -> "pd.Series[Any]":
        """List the voices of each claim, its origin first."""
        return _map_lists(claims["chain"], lambda chain: voices_in_chain(corpus, chain[::-1]))

    def searched_texts(claims: pd.DataFrame) -> "pd.Series[Any]":
        """List the texts of each claim in which words are searched."""
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
    likelier = f"Whether the claim makes {roles.outcome_phrase or roles.outcome} look likelier."
    passed_on = "Whoever passed it on; an institution with its members."
    searched = "In the paraphrase, the id, and the names of people and places."
    filters = (
        Filter("theme", "Theme", SEVERAL, themes, column_values("theme"), ledger="Theme"),
        coded("kind", "Kind"),
        coded("bearing", f"Bearing on {roles.outcome}", likelier, ledger="Bearing"),
        Filter("source", "Source", SEVERAL, sources, column_values("code"), ledger="Source"),
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
    """Return a function that lists the values of each claim in a column.

    A list in a cell is taken as it is; an empty or missing cell is an empty list.
    """

    def as_list(cell: Any) -> list[str]:
        if isinstance(cell, list):
            return cell
        return [] if pd.isna(cell) or cell == "" else [str(cell)]

    def values(claims: pd.DataFrame) -> "pd.Series[Any]":
        return claims[column].astype(object).map(as_list)

    return values


def voices_in_chain(corpus: Corpus, chain: Iterable[str]) -> list[str]:
    """List the actors of a chain and the institutions above them.

    All of them can be called speakers of the claim.

    Args:
        corpus: The corpus with the actors.
        chain: The ids of the actors who passed the claim on.

    Returns:
        The ids of the chain in its order, each followed by the institutions above it, each once.
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
    """Map the lists of a column, computing each different list once."""
    keys = column.map(tuple)
    results = {key: compute(list(key)) for key in keys.unique()}
    return keys.map(lambda key: results[key])


def _names_by_id(table: pd.DataFrame, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of actors or places by id, in the order of their folded names."""
    names = table["name"].loc[list(set(ids))].to_dict()
    return dict(sorted(names.items(), key=lambda item: (fold_text(item[1]), item[0])))


def _all_names(table: pd.DataFrame, ids: list[str]) -> list[str]:
    """List the names of actors or places, with the other forms that their table has."""
    rows = table.loc[ids]
    others = rows.get("also_called", pd.Series(dtype=object))
    return [*rows["name"], *(name for names in others for name in names)]
