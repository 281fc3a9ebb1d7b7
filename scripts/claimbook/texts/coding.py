"""From coding sheets to rows of a pass: offsets and anchors are computed from the texts.

A sheet has the coded columns of the table `passes`, and in place of the computed ones `span` (the
wording, to the character) and `nth` (which of several occurrences of the wording is meant). Sheets
hold sentences of the sources: they stay with the coder, beside the texts.
"""

import csv
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.model import CODEBOOK, Corpus, read_tables
from claimbook.corpus.table_writer import write_tables
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.paths import project
from claimbook.texts.anchors import make_selector
from claimbook.texts.source_texts import SourceText

COMPUTED = ["start", "end", "words", "anchor", "head", "tail"]
WORDING = ["span", "nth"]
GIVEN_BY_PASS = ["coder", "claim_id", "source_id"]  # filled in when a pass is added
PASSES = "passes"
CODERS = "coders"


def anchor_sheet(sheet: pd.DataFrame, text: str, file: str) -> pd.DataFrame:
    """Replace the wording of coded claims by computed offsets and hashes.

    Args:
        sheet: The rows of a coding sheet, as text cells.
        text: The text of the source.
        file: The sheet's file, as error lines name it.

    Returns:
        The rows in the order of the text, with the columns `start`, `end`, `words`, `anchor`,
        `head` and `tail` instead of `span` and `nth`.

    Raises:
        CorpusError: A span does not occur in the text, or `nth` does not say which occurrence is
            meant; with every such fault.
    """
    faults, selectors = [], {}
    for row in sheet.itertuples():
        starts = _find_all(text, row.span)
        count = len(starts)
        key = f"line {row.Index + 2}"  # the first line names the columns
        if not starts:
            allowed = "must stand in the text, to the character"
            faults.append(Fault(file, key, "span", row.span, allowed))
        elif row.nth and not (row.nth.isdigit() and 1 <= int(row.nth) <= count):
            faults.append(Fault(file, key, "nth", row.nth, f"a number from 1 to {count}"))
        elif count > 1 and not row.nth:
            allowed = f"the span stands {count} times; say which, from 1"
            faults.append(Fault(file, key, "nth", "", allowed))
        else:
            start = starts[int(row.nth or 1) - 1]
            selectors[row.Index] = asdict(make_selector(text, start, start + len(row.span)))
    if faults:
        raise CorpusError(faults)
    computed = pd.DataFrame.from_dict(selectors, orient="index", columns=COMPUTED)
    rows = sheet.drop(columns=WORDING).join(computed)
    return rows.sort_values(["start", "end"], kind="stable").reset_index(drop=True)


def _find_all(text: str, span: str) -> list[int]:
    """Find the offsets of all occurrences of a span, overlapping ones included."""
    starts = []
    start = text.find(span) if span else -1
    while start >= 0:
        starts.append(start)
        start = text.find(span, start + 1)
    return starts


def sheet_columns(datapackage: Path | None = None) -> list[str]:
    """List the columns of a coding sheet: the wording, then the coded columns.

    Args:
        datapackage: The schema; by default that of the project.
    """
    passes = schema.read_schema(datapackage or project().datapackage)[PASSES]
    omitted = {*GIVEN_BY_PASS, *COMPUTED}
    return WORDING + [name for name in passes.columns if name not in omitted]


def write_coding_kit(corpus: Corpus, folder: Path) -> list[Path]:
    """Write what a coder needs: codebook, lists of names, an empty sheet a source.

    Existing sheets are not overwritten.

    Args:
        corpus: The corpus.
        folder: The folder of the kit, which need not exist.

    Returns:
        All files of the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(project().codebook, folder / project().codebook.name)
    _write_csv(corpus.actors[["name"]], folder / "actors.csv")
    _write_csv(corpus.places[["name"]], folder / "places.csv")
    _write_csv(corpus.sources[["code", "title", "file", "published"]], folder / "sources.csv")
    for code in corpus.sources["code"]:
        sheet = folder / f"{code}.csv"
        if not sheet.exists():
            with sheet.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerow(sheet_columns())
    return sorted(folder.iterdir())


def _write_csv(rows: pd.DataFrame, file: Path) -> None:
    rows.to_csv(file, lineterminator="\n")


def add_pass(
    name: str,
    folder: Path,
    sources: pd.DataFrame,
    texts: dict[str, SourceText],
    data: Path | None = None,
) -> Path:
    """Turn the filled sheets of a coding kit into a file of the table `passes`.

    The file is `coding/NAME.csv`; it is also entered in `datapackage.json`, and its coder in the
    table `coders`.

    Args:
        name: The name of the coder.
        folder: The folder of the coding kit.
        sources: The table `sources`.
        texts: The texts by source id.
        data: The folder of the tables; by default that of the project.

    Returns:
        The file.

    Raises:
        CorpusError: There are faults of sheets, cells or references; with every one. Then nothing
            is written.
    """
    data = data or project().data
    datapackage = data / project().datapackage.name
    tables = schema.read_schema(datapackage)
    table = tables[PASSES]
    file = f"coding/{name}.csv"
    faults: list[Fault] = []
    if file in table.files or not schema.SLUG.fullmatch(name):
        allowed = "a new name in small letters, digits and hyphens"
        faults.append(Fault(datapackage.name, PASSES, "coder", name, allowed))
    parts = []
    for source_id, source in sources.iterrows():
        sheet = folder / f"{source['code']}.csv"
        try:
            anchored = _read_sheet(sheet, source, texts.get(str(source_id)), datapackage)
        except CorpusError as error:
            faults += error.faults
            continue
        ids = [f"{source['code']}-{number:02d}" for number in range(1, len(anchored) + 1)]
        parts.append(anchored.assign(coder=name, claim_id=ids, source_id=source_id))
    if faults:
        raise CorpusError(faults)
    rows = pd.concat(parts, ignore_index=True)[table.columns].astype(str)
    rows = rows.iloc[schema.sort_order(table, rows)]
    rows.index = pd.Index([RowPosition(file, line) for line in range(2, len(rows) + 2)])
    faults = cells.find_faults(table, rows)
    coder = dict.fromkeys(tables[CODERS].columns, "") | {"coder": name, "codebook": str(CODEBOOK)}
    raw = read_tables(data).raw
    raw |= {PASSES: rows, CODERS: pd.concat([raw[CODERS], pd.DataFrame([coder])])}
    faults += foreign_keys.find_faults(tables, raw, (), faults, only=PASSES)
    if faults:
        raise CorpusError(faults)
    changed = {file: rows, CODERS: raw[CODERS]}
    write_tables(changed, data, {datapackage.name: _with_file(file, datapackage)})
    return data / file


def _read_sheet(
    file: Path, source: pd.Series, text: SourceText | None, datapackage: Path
) -> pd.DataFrame:
    """Read a filled sheet and anchor its claims.

    Raises:
        CorpusError: The sheet cannot be read, its columns are wrong, there is no text, or a span
            cannot be found in it.
    """
    try:
        sheet = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (
        OSError,
        UnicodeDecodeError,
        pd.errors.ParserError,
        pd.errors.EmptyDataError,
    ) as error:
        fault = Fault(file.name, "", "", type(error).__name__, "a sheet that can be read")
        raise CorpusError([fault]) from error
    if list(sheet.columns) != sheet_columns(datapackage):
        columns = ",".join(sheet.columns)
        allowed = "the columns of the kit's sheet"
        raise CorpusError([Fault(file.name, "line 1", "", columns, allowed)])
    if text is None:
        raise CorpusError([Fault(file.name, "", "", source["file"], "the text at hand")])
    return anchor_sheet(sheet, text.content, file.name)


def _with_file(file: str, datapackage: Path) -> bytes:
    """Return the schema with a file added to the table `passes`."""
    package = json.loads(datapackage.read_text("utf-8"))
    for resource in package["resources"]:
        if resource["name"] == PASSES:
            resource["path"].append(file)
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()
