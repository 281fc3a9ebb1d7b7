"""Takes filled sheets into the tables, and keeps the rows that are not ready."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from claimbook.corpus import model
from claimbook.corpus.table_writer import render_rows, write_tables
from claimbook.errors import CorpusError, RowPosition
from claimbook.paths import project
from claimbook.texts.sheets import row_checks
from claimbook.texts.sheets.columns import CLAIMS, SOURCES, Sheet
from claimbook.texts.sheets.json_lines import from_records
from claimbook.texts.sheets.plan import Plan, plan_sheets
from claimbook.texts.sheets.reader import ENDINGS, JSON_LINES, SheetReader

LINE, EMPTY = "line", "empty"  # columns of a file of drafts: the row's line, and what it lacks
PROGRAM = "rows"  # where error lines place the rows that a program made


class Draft(NamedTuple):
    """A row of a sheet that waits to be completed.

    Attributes:
        file: The name of the sheet.
        line: The line of the row.
        span: The wording that it quotes.
        empty: The columns that are still empty.
    """

    file: str
    line: int
    span: str
    empty: list[str]


def add_sheets(files: Sequence[Path], folder: Path | None = None, why: str = "") -> Plan:
    """Take filled sheets into the tables, or nothing where there is any fault.

    Rows that are not ready are kept as drafts.

    Args:
        files: The files of the sheets.
        folder: The folder of the tables; by default that of the project.
        why: Why claims that are there already may be changed; empty where they may not.

    Returns:
        What was changed.

    Raises:
        CorpusError: There are faults, of the tables as they are or of the sheets; with every one.
    """
    folder = folder or project().data
    reader = make_reader(folder)
    sheets = reader.read_all(files)
    plan = plan_read(reader, sheets, folder, why)
    write_tables(plan.tables, folder)
    keep_drafts(sheets, plan.drafts)
    return plan


def code_claims(rows: Iterable[Mapping[str, object]], folder: Path | None = None) -> pd.DataFrame:
    """Make rows of the table `claims` from coded rows, without writing them.

    Args:
        rows: The rows: `source_id` (the id or code of a source), `span` (the wording, which is
            looked for in the text), the coded columns, and where they are needed `nth`, `passage`
            and `claim_id`. A list stands for its items joined by semicolons.
        folder: The folder of the tables; by default that of the project.

    Returns:
        The rows with ids, offsets and anchors, as text cells, in the order of the given ones. A
        row that is a claim already has the id of that claim.

    Raises:
        CorpusError: There are faults, of the tables as they are or of the rows; with every one. An
            empty required cell is one.
    """
    folder = folder or project().data
    reader = make_reader(folder)
    records = {RowPosition(PROGRAM, line): row for line, row in enumerate(rows, start=1)}
    sheet = reader.to_sheet(from_records(records), PROGRAM)
    plan = plan_read(reader, [sheet], folder)
    if plan.drafts:
        faults = (
            row_checks.find_empty(sheet.rows.loc[[row]], plan.drafts[row]) for row in plan.drafts
        )
        raise CorpusError(fault for of_row in faults for fault in of_row)
    ids = plan.same | plan.added
    claims = plan.tables.get(CLAIMS, model.read_tables(folder).raw[CLAIMS]).set_index("claim_id")
    chosen = [ids[position] for position in records if position in ids]
    return claims.loc[chosen].reset_index()


def make_reader(folder: Path) -> SheetReader:
    """Make a reader of sheets for the tables in a folder.

    Raises:
        CorpusError: The tables have faults.
    """
    return SheetReader(model.read_schema(folder), model.read_sound_tables(folder)[SOURCES])


def plan_read(reader: SheetReader, sheets: Sequence[Sheet], folder: Path, why: str = "") -> Plan:
    """Plan sheets; the faults of their files come first among all faults.

    Args:
        reader: The reader of the sheets, with the faults of their files.
        sheets: The sheets.
        folder: The folder of the tables.
        why: Why claims that are there already may be changed; empty where they may not.

    Raises:
        CorpusError: There are faults, of files, tables or rows; with every one.
    """
    if not sheets:
        raise CorpusError(reader.faults)
    try:
        plan = plan_sheets(sheets, folder, why)
    except CorpusError as error:
        raise CorpusError(row_checks.in_order(error.faults, reader.faults)) from error
    if reader.faults:
        raise CorpusError(reader.faults)
    return plan


def drafts_file(sheet: str) -> Path:
    """Return the file that lists the rows of a sheet that are not ready.

    Args:
        sheet: The file of the sheet.
    """
    name = Path(sheet).name
    return project().drafts / (name if name.endswith(".csv") else f"{name}.csv")


def _sheet_of(file: Path) -> str:
    """Return the name of the sheet whose rows a file of drafts lists."""
    is_whole = Path(file.stem).suffix.lower() in (*ENDINGS, *JSON_LINES)
    return file.stem if is_whole else file.name


def keep_drafts(sheets: Sequence[Sheet], drafts: Mapping[RowPosition, list[str]]) -> None:
    """Write the rows that are not ready, in place of the last ones of the sheet.

    Args:
        sheets: The sheets.
        drafts: The columns that are still empty, by the position of the row.
    """
    for sheet in sheets:
        file = drafts_file(sheet.file)
        for older in project().drafts.glob("*.csv"):  # also one that had another name once
            if _sheet_of(older) == Path(sheet.file).name:
                older.unlink()
        positions = [position for position in sheet.rows.index if position in drafts]
        if not positions:
            continue
        rows = sheet.rows.loc[positions]
        lacking = [[str(place.line), ";".join(drafts[place])] for place in positions]
        cells = [[*start, *row] for start, row in zip(lacking, rows.to_numpy(), strict=True)]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(render_rows([[LINE, EMPTY, *rows.columns], *cells]))


def list_drafts() -> list[Draft]:
    """List the rows that waited when their sheets were last added."""
    drafts = []
    for file in sorted(project().drafts.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            drafts += [
                Draft(_sheet_of(file), int(row[LINE]), row["span"], row[EMPTY].split(";"))
                for row in csv.DictReader(lines)
            ]
    return drafts
