"""The names that readers know columns and values by: ids, titles, and labels as in the book."""

import re
from collections.abc import Iterable, Mapping

from claimbook.corpus import schema
from claimbook.exchange.annotation import TAG
from claimbook.exchange.cells import Raw
from claimbook.exchange.mapping import NameMapping
from claimbook.language.words import code_label
from claimbook.settings import Settings
from claimbook.texts.sheets.columns import CLAIMS, PASSAGES, SHOWN, SOURCE, sheet_columns

ALIASES = {  # what other programs call columns of a sheet
    "code": SOURCE,
    "comment": "paraphrase",
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
}
SPACE = re.compile(r"[\s_-]+")


def normalize_name(name: str) -> str:
    """Reduce a name for comparison: small letters, spaces for hyphens."""
    return SPACE.sub(" ", name).strip().casefold()


class Names:
    """The columns of a sheet and their values, by all their names.

    Attributes:
        columns: The columns of a sheet.
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
        self._values = {
            name: _labels(tables, raw, settings, field) for name, field in self._fields.items()
        }
        for name, given in mapping.values.items():
            foreign = {normalize_name(key): value for key, value in given.items()}
            self._values[name] = self._values.get(name, {}) | foreign

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

    def meanings(self, tag: str) -> list[tuple[str, str]]:
        """List what a tag may mean: columns, each with a value of that name."""
        name = normalize_name(tag.removeprefix(TAG))
        return [
            (column, values[name])
            for column, values in self._values.items()
            if name in values and column != "also"
        ]

    def is_target(self, target: str) -> bool:
        """Check that a foreign column can fill what a mapping or an answer names."""
        return not target or target.partition("=")[0].strip() in self.columns

    def to_values(self, column: str, cell: str) -> str:
        """Write the values of a cell as the tables have them; keep unknown ones."""
        values = self._values.get(column, {})
        if (whole := values.get(normalize_name(cell))) is not None:
            return whole
        field = self._fields.get(column)
        if field is None or field.type != "list":
            return cell
        items = field.split(cell)
        return field.delimiter.join(values.get(normalize_name(item), item) for item in items)

    def has_values(self, column: str) -> bool:
        """Say whether the values of a column have names."""
        return bool(self._values.get(column))


def _labels(
    tables: Mapping[str, schema.Table], raw: Raw, settings: Settings, field: schema.Field
) -> dict[str, str]:
    """Collect the names of the values of a column; a name of two values is none."""
    other, _, column = tables[CLAIMS].referenced_column(field).partition(".")
    if other == CLAIMS:
        field = tables[CLAIMS].field(column)
    pairs = [(code_label(value), value) for value in field.enum]
    if field.name == "theme":
        pairs += [(theme.label, theme.id) for theme in settings.themes if theme.id in field.enum]
    if field.name == "on":
        pairs += [(label, value) for value, label in settings.outcomes.items()]
    for name in NAMED.get(other, []):
        cells = zip(raw[other][name], raw[other][column], strict=True)
        pairs += [(part, key) for cell, key in cells for part in cell.split(";")]
    if other in NAMED:
        pairs += [(key, key) for key in raw[other][column]]
    return _unambiguous(pairs)


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map normalized names to values, without names of several values."""
    found: dict[str, set[str]] = {}
    for label, value in pairs:
        if name := normalize_name(label):
            found.setdefault(name, set()).add(value)
    return {name: values.pop() for name, values in found.items() if len(values) == 1}
