"""From a coder's sheet to rows: offsets and anchors are computed from the texts, never typed.

A sheet has the coded columns of `claims.csv` and, in place of the computed ones, `span` (the wording, to the character) and
`nth` (which of several places, where the same characters stand more than once). Sheets hold sentences of the sources: they
stay with the coder, beside the texts.
"""

import csv
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.model import Corpus, read_tables
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project
from claimbook.texts.anchors import make_selector
from claimbook.texts.source_texts import SourceText

COMPUTED = ["start", "end", "anchor", "words", "head", "tail"]
WORDING = ["span", "nth"]
PASSES = "passes"


def anchor_sheet(sheet: pd.DataFrame, text: str, file: str) -> pd.DataFrame:
    """The sheet's rows in the order of the text, with the computed columns in place of `span` and `nth`.

    Takes text cells; `file` names the sheet in errors. Raises CorpusError with every span that does not stand in the text
    or stands there more often than `nth` tells apart.
    """
    faults, selectors = [], {}
    for row in sheet.itertuples():
        starts = _starts(text, row.span)
        key = f"line {row.Index + 2}"
        if not starts:
            faults.append(
                Fault(file, key, "span", row.span, "must stand in the text, to the character")
            )
        elif row.nth and not (row.nth.isdigit() and 1 <= int(row.nth) <= len(starts)):
            faults.append(Fault(file, key, "nth", row.nth, f"a number from 1 to {len(starts)}"))
        elif len(starts) > 1 and not row.nth:
            faults.append(
                Fault(
                    file, key, "nth", "", f"the span stands {len(starts)} times; say which, from 1"
                )
            )
        else:
            start = starts[int(row.nth or 1) - 1]
            selectors[row.Index] = asdict(make_selector(text, start, start + len(row.span)))
    if faults:
        raise CorpusError(faults)
    computed = pd.DataFrame.from_dict(
        selectors, orient="index", columns=["start", "end", "words", "anchor", "head", "tail"]
    )
    rows = sheet.drop(columns=WORDING).join(computed)
    return rows.sort_values(["start", "end"], kind="stable").reset_index(drop=True)


def _starts(text: str, span: str) -> list[int]:
    starts = []
    at = text.find(span) if span else -1
    while at >= 0:
        starts.append(at)
        at = text.find(span, at + 1)
    return starts


def sheet_columns(datapackage: Path | None = None) -> list[str]:
    """The columns of a coder's sheet: the wording, then the coded columns in the order of the schema."""
    datapackage = datapackage or project().datapackage
    left_out = {"coder", "claim_id", "source_id", *COMPUTED}
    return WORDING + [
        name for name in schema.read_schema(datapackage)[PASSES].columns if name not in left_out
    ]


def write_coding_kit(corpus: Corpus, folder: Path) -> list[Path]:
    """Write what a coder needs into a folder: the codebook, the lists of names, and an empty sheet for each source.

    Sheets that are there already are left alone. Returns the files of the kit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(project().chapters / "codebook.md", folder / "codebook.md")
    for name in ("actors", "places"):
        getattr(corpus, name)[["name"]].to_csv(folder / f"{name}.csv", lineterminator="\n")
    corpus.sources[["code", "title", "file", "published"]].to_csv(
        folder / "sources.csv", lineterminator="\n"
    )
    for code in corpus.sources["code"]:
        sheet = folder / f"{code}.csv"
        if not sheet.exists():
            with sheet.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerow(sheet_columns())
    return sorted(folder.iterdir())


def add_pass(
    name: str,
    folder: Path,
    sources: pd.DataFrame,
    texts: dict[str, SourceText],
    data: Path | None = None,
) -> Path:
    """Turn the filled sheets of a folder into `coding/NAME.csv` and enter it in `datapackage.json`; returns the file.

    Raises CorpusError with every fault of sheets, schema and references; then nothing was written.
    """
    data = data or project().data
    described = schema.read_schema(data / project().datapackage.name)
    table = described[PASSES]
    file = f"coding/{name}.csv"
    faults: list[Fault] = []
    if file in table.files or not schema.SLUG.fullmatch(name):
        faults.append(
            Fault(
                project().datapackage.name,
                PASSES,
                "coder",
                name,
                "a new name in small letters, digits and hyphens",
            )
        )
    parts = []
    for source_id, source in sources.iterrows():
        sheet_file = folder / f"{source['code']}.csv"
        try:
            sheet = pd.read_csv(sheet_file, dtype=str, keep_default_na=False)
            if list(sheet.columns) != sheet_columns(data / project().datapackage.name):
                raise CorpusError(
                    [
                        Fault(
                            sheet_file.name,
                            "line 1",
                            "",
                            ",".join(sheet.columns),
                            "the columns of the kit's sheet",
                        )
                    ]
                )
            if str(source_id) not in texts:
                raise CorpusError(
                    [Fault(sheet_file.name, "", "", source["file"], "the text at hand")]
                )
            rows = anchor_sheet(sheet, texts[str(source_id)].content, sheet_file.name)
        except (
            OSError,
            UnicodeDecodeError,
            pd.errors.ParserError,
            pd.errors.EmptyDataError,
        ) as error:
            faults.append(
                Fault(sheet_file.name, "", "", type(error).__name__, "a sheet that can be read")
            )
            continue
        except CorpusError as error:
            faults += error.faults
            continue
        ids = [f"{source['code']}-{number:02d}" for number in range(1, len(rows) + 1)]
        parts.append(rows.assign(coder=name, claim_id=ids, source_id=source_id))
    if not faults:
        rows = pd.concat(parts, ignore_index=True)[table.columns].astype(str)
        rows = rows.iloc[sorted(range(len(rows)), key=schema.sort_keys(table, rows).__getitem__)]
        rows.index = pd.Index([f"{file}:{number}" for number in range(2, len(rows) + 2)])
        raw = read_tables(data).raw
        faults = cells.find_faults(table, rows)
        faults += foreign_keys.find_faults(
            described, {**raw, PASSES: rows}, (), faults, only=PASSES
        )
    if faults:
        raise CorpusError(faults)
    rows.to_csv(data / file, index=False, lineterminator="\n")
    _enter(data / project().datapackage.name, file)
    return data / file


def _enter(datapackage: Path, file: str) -> None:
    """Add a file to the parts of the passes table."""
    described = json.loads(datapackage.read_text("utf-8"))
    next(resource for resource in described["resources"] if resource["name"] == PASSES)[
        "path"
    ].append(file)
    datapackage.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", "utf-8")
    schema.read_schema.cache_clear()
