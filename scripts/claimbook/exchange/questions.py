"""What files say that neither the tables nor the mapping know, so that someone can be asked."""

from collections.abc import Callable
from dataclasses import dataclass

from claimbook.errors import CorpusError, Fault, did_you_mean
from claimbook.exchange.annotation import TAG
from claimbook.exchange.files import AnnotationFiles
from claimbook.exchange.mapping import NameMapping, quote_text
from claimbook.exchange.names import PARAPHRASE, Names, normalize_name
from claimbook.paths import project

IN_MAPPING = "under [{table}] in the mapping"


@dataclass(frozen=True)
class UnknownValue:
    """A value that the tables do not have.

    Attributes:
        column: The column that it is to fill.
        value: The value.
        nearest: The values that it may mean, with their names.
    """

    column: str
    value: str
    nearest: list[str]


class Questions:
    """What is to be asked about the files of an import."""

    def __init__(self, files: AnnotationFiles, to_names: Callable[[NameMapping], Names]) -> None:
        """Prepare to ask.

        Args:
            files: The files.
            to_names: A function that makes the names which are known with a mapping.
        """
        self._files, self._to_names = files, to_names
        self._plain = to_names(NameMapping())

    @property
    def columns(self) -> list[str]:
        """The columns that a foreign one can fill."""
        return self._plain.columns

    def check(self, mapping: NameMapping, file: str) -> None:
        """Check that a mapping names columns and values that there are.

        Args:
            mapping: The mapping.
            file: Its file, for faults.

        Raises:
            CorpusError: It does not; with every fault.
        """
        faults = [
            Fault(file, "columns", key, target, "a column of a sheet, or empty")
            for key, target in mapping.columns.items()
            if not self._plain.is_target(target)
        ]
        for column, values in mapping.values.items():
            if column not in self.columns:
                faults.append(Fault(file, "values", "", column, "a column of a sheet"))
            for key, value in values.items():
                if unknown := self._plain.unknown_values(column, value):
                    allowed = f"a value of {column}, or empty"
                    hint = did_you_mean(self._plain.nearest(column, unknown[0]))
                    faults.append(Fault(file, f"values.{column}", key, value, allowed, hint))
        if faults:
            raise CorpusError(faults)

    def unknown_names(self, mapping: NameMapping) -> list[str]:
        """List the names of columns and tags that are not known.

        Raises:
            CorpusError: A file cannot be read.
        """
        names = self._to_names(mapping)
        return [name for name in self._files.find_names(names) if names.find_column(name) is None]

    def meanings(self, name: str) -> list[str]:
        """List what an unknown tag may mean, as a mapping has it: `column=value`."""
        if not name.startswith(TAG):
            return []
        return [f"{column}={value}" for column, value in self._plain.meanings(name)]

    def open_comments(self, mapping: NameMapping) -> dict[str, str]:
        """Find comments of which the mapping does not say what they are.

        Args:
            mapping: The mapping, with which all columns are known.

        Returns:
            What the names of comments fill if nobody says otherwise: the paraphrase, or nothing
            where something else fills that.
        """
        names = self._to_names(mapping)
        read = self._files.read(names).values()
        used = {
            name for one in read for annotation in one.annotations for name in annotation.fields
        }
        comments = sorted(name for name in used if names.is_open_comment(name))
        filled = {(names.find_column(name) or ("", ""))[0] for name in used - set(comments)}
        return dict.fromkeys(comments, "" if PARAPHRASE in filled else PARAPHRASE)

    def assume(self, mapping: NameMapping) -> tuple[NameMapping, list[str]]:
        """Decide what nobody was asked.

        Returns:
            The mapping with the decisions, and a remark on each.
        """
        comments = self.open_comments(mapping)
        remarks = []
        for name, column in comments.items():
            other = quote_text("" if column else PARAPHRASE)
            done = f"became the {column}" if column else f"was left out, beside a {PARAPHRASE}"
            change = f"{quote_text(name)} = {other} {IN_MAPPING.format(table='columns')}"
            remarks.append(f"{name!r} {done}; {change} changes that")
        return NameMapping(mapping.columns | comments, mapping.values), remarks

    def unknown_values(self, mapping: NameMapping) -> list[UnknownValue]:
        """List the values that the tables do not have; none where files have faults.

        Args:
            mapping: The mapping, with which all columns are known.
        """
        names = self._to_names(mapping)
        read = self._files.read(names).values()
        if any(one.faults for one in read):
            return []
        found: dict[str, dict[str, str]] = {}
        for annotation in (annotation for one in read for annotation in one.annotations):
            for name, cell in annotation.fields.items():
                column, value = names.find_column(name) or ("", "")
                for unknown in names.unknown_values(column, value or cell):
                    found.setdefault(column, {}).setdefault(normalize_name(unknown), unknown)
        return [
            UnknownValue(column, value, [self._show(column, key) for key in near])
            for column, values in found.items()
            for value in values.values()
            for near in [names.nearest(column, value)]
        ]

    def describe(self, column: str) -> str:
        """Say in a sentence which values a column takes, and how another one is made."""
        if table := self._plain.table_of(column):
            return f"{column} takes ids and names of {table}.csv; {how_to_create(table)}."
        return f"{column} is one of {', '.join(self._plain.values[column])}."

    def find_value(self, column: str, answer: str) -> str | None:
        """Return the value that an answer means; None where there is no such value."""
        unknown = self._plain.unknown_values(column, answer)
        return None if unknown else self._plain.to_values(column, answer)

    def _show(self, column: str, value: str) -> str:
        """Write a value with its name."""
        name = self._plain.values[column][value]
        return f"{value} ({name})" if name else value


def how_to_create(table: str) -> str:
    """Say how a row of a table is made that an import needs."""
    return f"a new one is a row of {project().sheets.name}/{table}.csv, or begun in the workbench"


def explain_value(names: Names, column: str, value: str) -> str:
    """Say what to do about a value that the tables do not have.

    Args:
        names: The names that are known.
        column: The column.
        value: The value.
    """
    entry = f"{quote_text(value)} = …"
    table = names.table_of(column)
    parts = [
        did_you_mean(names.nearest(column, value)),
        how_to_create(table) if table else "",
        f"or say what it means: {entry} {IN_MAPPING.format(table=f'values.{column}')}",
    ]
    return "; ".join(filter(None, parts))
