"""Takes annotations of other programs into the tables, by the way of coders' sheets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.exchange.annotation import Annotation, add_field
from claimbook.exchange.drafts import find_known, find_lacking, keep_as_sheet
from claimbook.exchange.files import AnnotationFiles
from claimbook.exchange.mapping import NameMapping
from claimbook.exchange.names import Names
from claimbook.exchange.placing import Placer
from claimbook.exchange.questions import Questions, explain_value
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
    """Reads files of annotations, and takes them into the tables.

    Attributes:
        questions: What the files say that neither the tables nor a mapping know.
    """

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
        self._further = self._reader.read_beside(project().sheets)
        # what goes in beside the claims can be named by them, too
        self._named = self._raw | {
            name: pd.concat([self._raw[name], rows]) for name, rows in self._further.items()
        }
        self._files = AnnotationFiles(files, options.format, options.layer)
        self.questions = Questions(self._files, self._names)

    def _names(self, mapping: NameMapping) -> Names:
        return Names(self._tables, self._named, self._settings, mapping)

    def take(self, mapping: NameMapping) -> Import:
        """Take the annotations into the tables, or nothing where there is any fault.

        Args:
            mapping: The names of other programs, with which all columns are known.

        Raises:
            CorpusError: There are faults, of files or rows; with every one.
        """
        mapping, remarks = self.questions.assume(mapping)
        names, result = self._names(mapping), Import(Plan(), remarks=remarks)
        texts = find_texts(schema.to_typed(self._tables[SOURCES], self._raw[SOURCES]))
        placer = Placer(self._raw, texts, self._options.source_id)
        faults: list[Fault] = []
        sheets: list[Sheet] = []
        foreign = _Foreign()
        for file, read in self._files.read(names).items():
            result.remarks += read.remarks
            faults += read.faults
            rows = from_records(self._to_rows(read.annotations, names, placer, foreign))
            sheets.append(self._reader.to_sheet(rows, file.name, file.stem, self._further))
        faults += placer.faults
        known, faults_of_places = self._find_known(sheets, texts, foreign.left_open)
        sheets = [_without(sheet, known) for sheet in sheets]
        try:
            plan = self._plan(sheets, [*faults, *faults_of_places], foreign.left_open)
        except CorpusError as error:
            explained = (self._explain(fault, foreign, names) for fault in error.faults)
            raise CorpusError(explained) from error
        plan.same |= dict.fromkeys(known, "")
        write_tables(plan.tables, self._folder)
        result.plan = plan
        for sheet in sheets:
            result.waiting += keep_as_sheet(sheet, plan.drafts, self._reader)
        return result

    def _plan(
        self,
        sheets: Sequence[Sheet],
        faults: Sequence[Fault],
        left_open: Mapping[RowPosition, list[str]],
    ) -> Plan:
        """Plan sheets; rows in which a rule misses a cell wait, too.

        Args:
            sheets: The sheets.
            faults: The faults that were found before.
            left_open: The columns whose values nobody could name, by the position of the row.

        Raises:
            CorpusError: There are other faults; with every one.
        """
        waiting = _find_empty(sheets, required_columns(self._tables[CLAIMS]), faults, left_open)
        while True:
            found = [fault for fault in faults if fault.row not in waiting or fault.value != ""]
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

    def _to_rows(
        self, annotations: Iterable[Annotation], names: Names, placer: Placer, foreign: "_Foreign"
    ) -> dict[RowPosition, dict[str, str]]:
        """Make rows of a sheet, by position; note what files call their columns."""
        rows: dict[RowPosition, dict[str, str]] = {}
        for annotation in annotations:
            position, row = annotation.position, dict[str, str]()
            for name, cell in annotation.fields.items():
                column, value = names.find_column(name) or ("", "")
                if column:
                    known = names.to_values(column, value or cell)
                    add_field(row, column, known)
                    foreign.names.setdefault((position, column), name)
                    if not known and column in names.values:
                        foreign.left_open.setdefault(position, []).append(column)
            named = row.pop(SOURCE, "")
            if SPAN in row and not annotation.quote:
                annotation = replace(annotation, quote=row[SPAN])
            column = foreign.names.get((position, SOURCE), SOURCE)
            place = placer.place(annotation, named, column)
            if place is not None:
                row |= {key: cell for key, cell in place.items() if cell}
                # a part of a list would look whole
                row |= dict.fromkeys(foreign.left_open.get(position, ()), "")
                if row.get(CHAIN):
                    row[CHAIN] = self._whole_chain(row[CHAIN], row[SOURCE])
                rows[position] = row
        return rows

    def _whole_chain(self, cell: str, source_id: str) -> str:
        """Return a chain with the outlet of its source, where only speakers were named."""
        field = self._tables[CLAIMS].field(CHAIN)
        links = begin_with_outlet(self._outlets[source_id], field.split(cell))
        return field.delimiter.join(links)

    def _find_known(
        self,
        sheets: Sequence[Sheet],
        texts: Mapping[str, SourceText],
        left_open: Mapping[RowPosition, list[str]],
    ) -> tuple[list[RowPosition], list[Fault]]:
        """Find the rows that say no more than a claim does.

        Returns:
            Their positions, without complete rows where these may change claims; and the faults
            of wordings that are not found, and of cells in rows that lack others.
        """
        rows = pd.concat([sheet.rows for sheet in sheets])
        rows = rows[rows[SPAN] != ""]
        required = required_columns(self._tables[CLAIMS])
        is_lacking = (rows[required] == "").any(axis="columns") | rows.index.isin(list(left_open))
        faults = row_checks.check_coded(self._tables, self._named, CLAIMS, rows[is_lacking])
        if self._options.why:
            rows = rows[is_lacking]
        anchorer = Anchorer(dict(texts), self._raw[SOURCES], self._raw[PASSAGES])
        anchored = anchorer.anchor(rows)
        faults = [*anchorer.faults, *(fault for fault in faults if fault.value != "")]
        return find_known(anchored, self._raw[CLAIMS], self._tables[CLAIMS]), faults

    def _explain(self, fault: Fault, foreign: "_Foreign", names: Names) -> Fault:
        """Name the reader's own column in a fault, and what to do about an unknown value."""
        if fault.row is None:
            return fault
        name = foreign.names.get((fault.row, fault.column))
        if name is None:  # a column that the file does not have, or a row beside the sheets
            return fault
        value = str(fault.value)
        if names.unknown_values(fault.column, value):
            fault = replace(fault, hint=explain_value(names, fault.column, value))
        if name.casefold() == fault.column:
            return fault
        return replace(fault, column=f"{name} ({fault.column})")


@dataclass
class _Foreign:
    """What the files call things.

    Attributes:
        names: The foreign name of each filled column of a row.
        left_open: The columns of each row whose values nobody could name.
    """

    names: dict[tuple[RowPosition, str], str] = field(default_factory=dict)
    left_open: dict[RowPosition, list[str]] = field(default_factory=dict)


def _find_empty(
    sheets: Sequence[Sheet],
    required: Sequence[str],
    faults: Sequence[Fault],
    left_open: Mapping[RowPosition, list[str]],
) -> dict[RowPosition, list[str]]:
    """List what the rows lack of which values were left open."""
    empty: dict[RowPosition, list[str]] = {}
    for sheet in sheets:
        for position in (position for position in sheet.rows.index if position in left_open):
            row = sheet.rows.loc[position]
            of_row = [one.column for one in faults if one.row == position and one.value == ""]
            columns = [*(name for name in required if not row[name]), *left_open[position], *of_row]
            empty[position] = list(dict.fromkeys(columns))
    return empty


def _without(sheet: Sheet, positions: Sequence[RowPosition]) -> Sheet:
    """Return a sheet without some of its rows."""
    return replace(sheet, rows=sheet.rows[~sheet.rows.index.isin(positions)])
