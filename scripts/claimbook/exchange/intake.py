"""Takes annotations of other programs into the tables, by the way of coders' sheets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.exchange import formats, table
from claimbook.exchange.annotation import TAG, Annotation, ReadFile, add_field
from claimbook.exchange.drafts import find_known, find_lacking, keep_as_sheet
from claimbook.exchange.mapping import NameMapping, quote_text
from claimbook.exchange.names import Names
from claimbook.exchange.placing import Placer
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.sheets import row_checks
from claimbook.texts.sheets.anchoring import Anchorer
from claimbook.texts.sheets.chains import begin_with_outlet
from claimbook.texts.sheets.columns import (
    CLAIMS,
    PASSAGES,
    SOURCE,
    SOURCES,
    Sheet,
    required_columns,
)
from claimbook.texts.sheets.intake import make_reader, plan_read
from claimbook.texts.sheets.json_lines import from_records
from claimbook.texts.sheets.plan import Plan
from claimbook.texts.source_texts import SourceText, find_texts

SPAN, CHAIN = "span", "chain"


@dataclass(frozen=True)
class Options:
    """What a user says of the files.

    Attributes:
        format: Their format; empty to tell it by the content.
        source_id: The source of all annotations; empty where they name their own.
        layer: The layer of quotations in a linguistic file; empty for the only one.
        why: Why claims that are there already may be changed; empty where they may not.
    """

    format: str = ""
    source_id: str = ""
    layer: str = ""
    why: str = ""


@dataclass
class Import:
    """What came of an import.

    Attributes:
        plan: What changed in the tables; its drafts wait in the files of `waiting`.
        waiting: The sheets with rows to be completed, which were written.
        remarks: What was left out, a line each.
    """

    plan: Plan
    waiting: list[Path] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class AnnotationIntake:
    """Reads files of annotations, and takes them into the tables."""

    def __init__(self, files: Sequence[Path], options: Options) -> None:
        """Read the tables, and tell the formats of files.

        Args:
            files: The files.
            options: What a user says of them.

        Raises:
            CorpusError: The tables have faults, or a file is of no format.
        """
        self._options, self._folder = options, project().data
        self._reader = make_reader(self._folder)
        self._tables, self._raw = model.read_schema(self._folder), model.read_tables().raw
        sources = self._raw[SOURCES]
        self._outlets = dict(zip(sources[SOURCE], sources["outlet"], strict=True))
        self._settings = load_settings(project().settings)
        self._read = {
            file: formats.read_annotations(file, options.format, options.layer) for file in files
        }

    def unknown_names(self, mapping: NameMapping, file_name: str) -> list[str]:
        """List the names of columns and tags that neither schema nor mapping knows.

        Args:
            mapping: The names of other programs.
            file_name: The file that has them, for faults.

        Raises:
            CorpusError: The mapping names a column that there is not, or a file cannot be read.
        """
        names = self._names(mapping)
        faults = [
            Fault(file_name, "columns", key, target, "a column of a sheet, or empty")
            for key, target in mapping.columns.items()
            if not names.is_target(target)
        ]
        if faults:
            raise CorpusError(faults)
        used = [name for file in self._read for name in self._names_in(file, names)]
        return [name for name in dict.fromkeys(used) if names.find_column(name) is None]

    def _names(self, mapping: NameMapping) -> Names:
        return Names(self._tables, self._raw, self._settings, mapping)

    def _names_in(self, file: Path, names: Names) -> list[str]:
        """List the names of columns in a file."""
        if (read := self._read[file]) is not None:
            return [name for one in read.annotations for name in one.fields]
        return table.read_names(file, names.columns)

    def meanings(self, name: str) -> list[str]:
        """List what an unknown tag may mean, as a mapping has it: `column=value`."""
        if not name.startswith(TAG):
            return []
        pairs = self._names(NameMapping()).meanings(name)
        return [f"{column}={value}" for column, value in pairs]

    def columns(self) -> list[str]:
        """List the columns that a foreign one can fill."""
        return self._names(NameMapping()).columns

    def take(self, mapping: NameMapping) -> Import:
        """Take the annotations into the tables, or nothing where there is any fault.

        Args:
            mapping: The names of other programs, with which all columns are known.

        Raises:
            CorpusError: There are faults, of files or rows; with every one.
        """
        names = self._names(mapping)
        texts = find_texts(schema.to_typed(self._tables[SOURCES], self._raw[SOURCES]))
        placer = Placer(self._raw, texts, self._options.source_id)
        faults: list[Fault] = []
        result = Import(Plan())
        sheets: list[Sheet] = []
        foreign: dict[tuple[RowPosition, str], str] = {}
        for file, annotated in self._read.items():
            read = annotated or self._read_table(file, names)
            result.remarks += read.remarks
            faults += read.faults
            records, own = self._to_rows(read.annotations, names, placer)
            foreign |= own
            further = self._reader.read_beside(project().sheets)
            sheets.append(
                self._reader.to_sheet(from_records(records), file.name, file.stem, further)
            )
        faults += placer.faults
        known, faults_of_places = self._find_known(sheets, texts)
        sheets = [_without(sheet, known) for sheet in sheets]
        try:
            plan = self._plan(sheets, [*faults, *faults_of_places])
        except CorpusError as error:
            explained = (self._explain(fault, foreign, names) for fault in error.faults)
            raise CorpusError(explained) from error
        plan.same |= dict.fromkeys(known, "")
        write_tables(plan.tables, self._folder)
        result.plan = plan
        for sheet in sheets:
            result.waiting += keep_as_sheet(sheet, plan.drafts, self._reader)
        return result

    def _plan(self, sheets: Sequence[Sheet], faults: Sequence[Fault]) -> Plan:
        """Plan sheets; rows in which a rule misses a cell wait, too.

        Args:
            sheets: The sheets.
            faults: The faults that were found before.

        Raises:
            CorpusError: There are other faults; with every one.
        """
        waiting: dict[RowPosition, list[str]] = {}
        while True:
            found = [fault for fault in faults if fault.row not in waiting]
            plan = Plan()
            try:
                ready = [_without(sheet, list(waiting)) for sheet in sheets]
                plan = plan_read(self._reader, ready, self._folder, self._options.why)
            except CorpusError as error:
                found += error.faults
            if not found:
                plan.drafts |= waiting
                return plan
            lacking = find_lacking(found, self._tables[CLAIMS])
            if not lacking:
                raise CorpusError(row_checks.in_order(found))
            waiting |= lacking

    def _read_table(self, file: Path, names: Names) -> ReadFile:
        """Read a spreadsheet, each column with the type of what it fills."""
        fields = {field.name: field.type for field in self._tables[CLAIMS].fields}
        columns = {}
        for name in table.read_names(file, names.columns):
            column, _ = names.find_column(name) or ("", "")
            if column:
                columns[name] = fields.get(column, "string")
        return table.read(file, columns)

    def _to_rows(
        self, annotations: Iterable[Annotation], names: Names, placer: Placer
    ) -> tuple[dict[RowPosition, dict[str, str]], dict[tuple[RowPosition, str], str]]:
        """Make rows of a sheet.

        Returns:
            The rows by position, and the foreign name of each filled column of a row.
        """
        rows: dict[RowPosition, dict[str, str]] = {}
        foreign: dict[tuple[RowPosition, str], str] = {}
        for annotation in annotations:
            row: dict[str, str] = {}
            for name, cell in annotation.fields.items():
                column, value = names.find_column(name) or ("", "")
                if column:
                    add_field(row, column, value or names.to_values(column, cell))
                    foreign.setdefault((annotation.position, column), name)
            named = row.pop(SOURCE, "")
            if SPAN in row and not annotation.quote:
                annotation = replace(annotation, quote=row[SPAN])
            column = foreign.get((annotation.position, SOURCE), SOURCE)
            place = placer.place(annotation, named, column)
            if place is not None:
                row |= {key: cell for key, cell in place.items() if cell}
                if CHAIN in row:
                    row[CHAIN] = self._whole_chain(row[CHAIN], row[SOURCE])
                rows[annotation.position] = row
        return rows, foreign

    def _whole_chain(self, cell: str, source_id: str) -> str:
        """Return a chain with the outlet of its source, where only speakers were named."""
        field = self._tables[CLAIMS].field(CHAIN)
        links = begin_with_outlet(self._outlets[source_id], field.split(cell))
        return field.delimiter.join(links)

    def _find_known(
        self, sheets: Sequence[Sheet], texts: Mapping[str, SourceText]
    ) -> tuple[list[RowPosition], list[Fault]]:
        """Find the rows that say no more than a claim does.

        Returns:
            Their positions, without complete rows where these may change claims; and the faults
            of wordings that are not found, and of cells in rows that lack others.
        """
        rows = pd.concat([sheet.rows for sheet in sheets])
        rows = rows[rows[SPAN] != ""]
        required = required_columns(self._tables[CLAIMS])
        is_lacking = (rows[required] == "").any(axis="columns")
        raw = dict(self._raw)
        for name, further in sheets[0].further.items():
            raw[name] = pd.concat([raw[name], further])
        faults = row_checks.check_coded(self._tables, raw, CLAIMS, rows[is_lacking])
        if self._options.why:
            rows = rows[is_lacking]
        anchorer = Anchorer(dict(texts), self._raw[SOURCES], self._raw[PASSAGES])
        anchored = anchorer.anchor(rows)
        faults = [*anchorer.faults, *(fault for fault in faults if fault.value != "")]
        return find_known(anchored, self._raw[CLAIMS], self._tables[CLAIMS]), faults

    def _explain(
        self, fault: Fault, foreign: Mapping[tuple[RowPosition, str], str], names: Names
    ) -> Fault:
        """Name the reader's own column in a fault, and how a foreign value is mapped."""
        if fault.row is None:
            return fault
        name = foreign.get((fault.row, fault.column), fault.column)
        if not fault.hint and fault.value and names.has_values(fault.column):
            entry = f"{quote_text(str(fault.value))} = …"
            hint = f"or say what it means: {entry} under [values.{fault.column}] in the mapping"
            fault = replace(fault, hint=hint)
        if name.casefold() == fault.column:
            return fault
        return replace(fault, column=f"{name} ({fault.column})")


def _without(sheet: Sheet, positions: Sequence[RowPosition]) -> Sheet:
    """Return a sheet without some of its rows."""
    return replace(sheet, rows=sheet.rows[~sheet.rows.index.isin(positions)])
