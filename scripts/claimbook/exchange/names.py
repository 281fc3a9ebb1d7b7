"""The names that readers know columns and values by: ids, titles, and labels as in the book."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd
from rapidfuzz import fuzz

from claimbook.corpus import schema
from claimbook.corpus.validation.suggestions import OTHER_SEPARATORS
from claimbook.exchange.annotation import TAG
from claimbook.exchange.cells import Raw
from claimbook.exchange.mapping import NameMapping
from claimbook.language.words import code_label
from claimbook.settings import Settings
from claimbook.texts.sheets.columns import CLAIMS, PASSAGES, SHOWN, SOURCE, sheet_columns

COMMENT, PARAPHRASE = "comment", "paraphrase"
ALIASES = {  # what other programs call columns of a sheet
    "code": SOURCE,
    COMMENT: PARAPHRASE,
    "exact": "span",
    "quotation": "span",
    "quote": "span",
    "source": SOURCE,
    "wording": "span",
}
NAMED = {  # the columns that hold what readers call a row, by table
    "actors": ["name", "short", "also_called"],
    "places": ["name"],
    "events": ["title", "label"],
    "terms": [],
}
ID_OF_TERM = "terms.term"  # what the column `term` has, which is no key of its own
MIN_LIKENESS = 80  # per cent, from which on a name may be meant by another
MIN_PART = 75  # per cent: how like a name is to one of its words, or to one that has all of them
BEHIND_BEST = 10  # per cent by which a near name may be less like than the nearest
MAX_NEAR = 3
SPACE = re.compile(r"[\s_-]+")


def normalize_name(name: str) -> str:
    """Reduce a name for comparison: small letters, spaces for hyphens."""
    return SPACE.sub(" ", name).strip().casefold()


class Names:
    """The columns of a sheet and their values, by all their names.

    Attributes:
        columns: The columns of a sheet.
        values: The ids or fixed values of each column that has no others, with the name of each;
            it is empty where the value explains itself.
    """

    def __init__(
        self,
        tables: Mapping[str, schema.Table],
        raw: Raw,
        settings: Settings,
        mapping: NameMapping,
    ) -> None:
        """Collect the names.

        Args:
            tables: The schema.
            raw: The rows of all tables.
            settings: The settings of the report, which name themes and outcomes.
            mapping: The names of other programs, which come first.
        """
        self.columns = sheet_columns(tables[CLAIMS])
        self._mapping = {normalize_name(key): value for key, value in mapping.columns.items()}
        fields = {field.name: field for field in tables[CLAIMS].fields}
        fields |= {field.name: field for field in tables[PASSAGES].fields if field.name == "reason"}
        titles = {
            normalize_name(fields[name].title): name for name in self.columns if name in fields
        }
        names = {normalize_name(name): name for name in [*self.columns, SHOWN]}
        self._columns = ALIASES | titles | names
        self._fields = {name: fields[name] for name in self.columns if name in fields}
        self._tables: dict[str, str] = {}  # where the ids of a column stand
        self.values: dict[str, dict[str, str]] = {}
        self._labels: dict[str, dict[str, set[str]]] = {}  # by column and normalized name
        for name, field in self._fields.items():
            other, _, column = _reference(tables, field).partition(".")
            if other in NAMED:
                self._tables[name] = other
                self.values[name] = _titles(raw[other], other, column)
                self._labels[name] = _names_of_rows(raw[other], other, column)
            elif values := tables[CLAIMS].field(column).enum if other == CLAIMS else field.enum:
                self.values[name] = dict.fromkeys(values, "")
                self._labels[name] = _names_of_values(values, settings, column or name)
        self._meanings = {
            name: {label: min(ids) for label, ids in labels.items() if len(ids) == 1}
            for name, labels in self._labels.items()
        }
        for name, given in mapping.values.items():
            meanings = self._meanings.get(name, {})
            foreign = {normalize_name(key): self.to_values(name, given[key]) for key in given}
            # one that was left open has a meaning as soon as there is something of this name
            foreign = {key: value for key, value in foreign.items() if value or key not in meanings}
            self._meanings[name] = meanings | foreign

    def find_column(self, name: str) -> tuple[str, str] | None:
        """Find what a foreign column or tag fills.

        Args:
            name: Its name; that of a tag begins with `#`.

        Returns:
            The column, empty where it is left out, and the value that a tag stands for, else
            empty; None where the name is not known.
        """
        target = self._mapping.get(normalize_name(name))
        if target is not None:
            column, _, value = target.partition("=")
            return column.strip(), value.strip()
        if name.startswith(TAG):
            meant = self.meanings(name)
            return meant[0] if len(meant) == 1 else None
        known = self._columns.get(normalize_name(name))
        return None if known is None else ("" if known == SHOWN else known, "")

    def is_open_comment(self, name: str) -> bool:
        """Say whether a name is of comments, and the mapping does not say what these are."""
        return normalize_name(name) == COMMENT and COMMENT not in self._mapping

    def meanings(self, tag: str) -> list[tuple[str, str]]:
        """List what a tag may mean: columns, each with a value of that name."""
        name = normalize_name(tag.removeprefix(TAG))
        return [
            (column, values[name])
            for column, values in self._meanings.items()
            if name in values and column != "also"
        ]

    def is_target(self, target: str) -> bool:
        """Check that a foreign column can fill what a mapping or an answer names."""
        return not target or target.partition("=")[0].strip() in self.columns

    def to_values(self, column: str, cell: str) -> str:
        """Write the values of a cell as the tables have them; keep unknown ones.

        Returns:
            The cell; empty where the mapping leaves a value of it open.
        """
        meanings = self._meanings.get(column, {})
        if (whole := meanings.get(normalize_name(cell))) is not None:
            return whole
        field = self._fields.get(column)
        if field is None or field.type != "list":
            return cell
        items = [meanings.get(normalize_name(item), item) for item in self._items(column, cell)]
        return field.delimiter.join(items) if all(items) else ""

    def unknown_values(self, column: str, cell: str) -> list[str]:
        """List the values of a cell that the tables do not have, whatever they are called."""
        if column not in self.values or not cell or self._knows(column, cell):
            return []
        return [item for item in self._items(column, cell) if not self._knows(column, item)]

    def nearest(self, column: str, name: str) -> list[str]:
        """List the values whose names are so like an unknown one that it may mean them.

        Returns:
            The values, the likeliest first, at most three.
        """
        name, likeness = normalize_name(name), defaultdict[str, float](float)
        for label, ids in self._labels.get(column, {}).items():
            for value in ids:
                likeness[value] = max(likeness[value], _likeness(name, label))
        least = max(MIN_LIKENESS, max(likeness.values(), default=0) - BEHIND_BEST)
        near = (value for value in likeness if likeness[value] >= least)
        return sorted(near, key=lambda value: (-likeness[value], value))[:MAX_NEAR]

    def type_of(self, column: str) -> str:
        """Return the type of a column, as a `Field` has it."""
        return self._fields[column].type if column in self._fields else "string"

    def table_of(self, column: str) -> str:
        """Return the table whose ids a column has; empty for a column of fixed values."""
        return self._tables.get(column, "")

    def _knows(self, column: str, name: str) -> bool:
        """Check whether a name is of a value of a column, or mapped to one."""
        return name in self.values[column] or normalize_name(name) in self._meanings[column]

    def _items(self, column: str, cell: str) -> list[str]:
        """Split a cell into values, also at commas and the like between known ones."""
        field = self._fields[column]
        if field.type != "list":
            return [cell]
        items: list[str] = []
        for item in filter(None, field.split(cell)):
            parts = OTHER_SEPARATORS.split(item)
            is_split = column in self.values and not self._knows(column, item)
            is_split = is_split and all(self._knows(column, part) for part in parts)
            items += parts if is_split else [item]
        return items


def _reference(tables: Mapping[str, schema.Table], field: schema.Field) -> str:
    """Return the `table.column` to which a column refers; empty for none."""
    return tables[CLAIMS].referenced_column(field) or (ID_OF_TERM if field.name == "term" else "")


def _titles(rows: pd.DataFrame, table: str, key: str) -> dict[str, str]:
    """Return the first name of each row of a table, by its id."""
    titles = rows[NAMED[table][0]] if NAMED[table] else [""] * len(rows)
    return dict(zip(rows[key], titles, strict=True))


def _names_of_rows(rows: pd.DataFrame, table: str, key: str) -> dict[str, set[str]]:
    """Collect the ids of the rows of a table by all that they are called."""
    pairs = list(zip(rows[key], rows[key], strict=True))
    for name in NAMED[table]:
        cells = zip(rows[name], rows[key], strict=True)
        pairs += [(part, value) for cell, value in cells for part in cell.split(";")]
    return _by_name(pairs)


def _names_of_values(values: Iterable[str], settings: Settings, column: str) -> dict[str, set[str]]:
    """Collect the fixed values of a column by their labels in the book."""
    pairs = [(code_label(value), value) for value in values]
    if column == "theme":
        pairs += [(theme.label, theme.id) for theme in settings.themes if theme.id in values]
    if column == "on":
        pairs += [(label, value) for value, label in settings.outcomes.items()]
    return _by_name(pairs)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Collect values by their normalized names."""
    found: dict[str, set[str]] = {}
    for label, value in pairs:
        if name := normalize_name(label):
            found.setdefault(name, set()).add(value)
    return found


def _likeness(name: str, label: str) -> float:
    """Say in per cent how like a name is: misspelt, in another order, or a part."""
    words, others = set(name.split()), set(label.split())
    if words <= others or others <= words:
        shorter, longer = sorted((len(name), len(label)))
        return MIN_PART + (100 - MIN_PART) * shorter / longer
    return fuzz.token_sort_ratio(name, label)
