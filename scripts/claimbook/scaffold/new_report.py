"""A new report, written whole beside its folder and moved into place in one step."""

import errno
import os
import re
import shutil
from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from pathlib import Path

from claimbook.corpus import schema
from claimbook.corpus.table_writer import render_rows
from claimbook.errors import CorpusError, Fault
from claimbook.paths import SETTINGS
from claimbook.scaffold import engine_wheel
from claimbook.scaffold.example import Example, Row, home_place, make_example
from claimbook.scaffold.facts import BACKGROUND_ID, FORECAST_ID, ReportFacts, find_faults
from claimbook.scaffold.schema_template import make_schema, render_schema
from claimbook.scaffold.template_files import TEMPLATE, render_file

HIDDEN = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}
PAGE_OF_THEME = "chapters/theme.md"
APART = {PAGE_OF_THEME, "data/datapackage.json", engine_wheel.LOCK}  # not filled in by name
VERSION = "0.1.0"
TERMS = {  # the ranges of Intelligence Community Directive 203, in per cent
    "almost certain": (95, 99),
    "almost no chance": (1, 5),
    "even chance": (45, 55),
    "likely": (55, 80),
    "unlikely": (20, 45),
    "very likely": (80, 95),
    "very unlikely": (5, 20),
}


def write_report(facts: ReportFacts, folder: Path, with_example: bool = True) -> None:
    """Write a new report into a folder, whole or not at all.

    Args:
        facts: What is asked of it.
        folder: The folder, which is empty or not there yet.
        with_example: Whether it begins with one made-up source.

    Raises:
        CorpusError: The facts have faults, or the folder cannot be that of a new report.
        EngineError: The engine cannot be put beside the report.
        OSError: The folder cannot be written.
    """
    folder = folder.resolve()  # so that `..` leads out of the report from which it is begun
    faults = [*_folder_faults(folder), *find_faults(facts)]
    if faults:
        raise CorpusError(faults)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    draft.mkdir()
    try:
        for name, content in report_files(facts, with_example).items():
            file = draft / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        (draft / "engine").mkdir()
        engine_wheel.build_wheel(draft / "engine")
        shutil.copyfile(engine_wheel.find_lock(), draft / engine_wheel.LOCK)
        draft.rename(folder)  # which takes the place of an empty folder, and of no other
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise CorpusError(_folder_faults(folder)) from error
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _folder_faults(folder: Path) -> list[Fault]:
    """Find why a folder cannot be that of a new report."""

    def fault(value: str, allowed: str) -> list[Fault]:
        return [Fault(folder.name, "", "", value, allowed)]

    if folder.exists() and not folder.is_dir():
        return fault("a file", "a folder that is empty, or that is not there yet")
    if folder.exists() and (names := sorted(file.name for file in folder.iterdir())):
        return fault(f"has {names[0]}", "a folder that is empty, or that is not there yet")
    above = next((parent for parent in folder.parents if (parent / SETTINGS).is_file()), None)
    if above is not None:
        return fault(f"in the report {above.name}", "a folder that is in no other report")
    return []


def report_files(facts: ReportFacts, with_example: bool) -> dict[str, bytes]:
    """Make the files of a new report but engine and lock, by their paths."""
    example = make_example(facts) if with_example else None
    values = {**template_values(facts), "example": example}
    names = sorted(
        file.relative_to(TEMPLATE).as_posix() for file in TEMPLATE.rglob("*") if file.is_file()
    )
    files = {
        HIDDEN.get(name, name): render_file(name, values)
        for name in names
        if name not in APART and not name.startswith("example/")
    }
    for theme in facts.themes:
        page = render_file(PAGE_OF_THEME, {**values, "theme": theme})
        files[f"chapters/{theme.id}.md"] = page
    package = f'"""{facts.title}: the figures and numbers that only this report has."""\n'
    files[f"scripts/{facts.package}/__init__.py"] = package.encode()
    described = make_schema(
        {
            "name": facts.name,
            "title": f"{facts.title}: the annotated corpus",
            "version": VERSION,
            "description": f"Claims annotated in texts on {facts.outcome.label}.",
            "contributors": [{"title": name, "roles": ["author"]} for name in facts.authors],
        },
        [theme.id for theme in facts.themes],
        [facts.outcome.id],
    )
    content = render_schema(described)
    files["data/datapackage.json"] = content
    files |= _table_files(content, _rows(facts, example))
    if example:
        files["data/texts/example.txt"] = example.text
    return files


def template_values(facts: ReportFacts) -> dict[str, object]:
    """Return what the placeholders of the template stand for, but for the example."""
    themes = {theme.id: theme for theme in facts.themes}
    background, forecast = themes[BACKGROUND_ID], themes[FORECAST_ID]
    first = next(theme for theme in facts.themes if theme.id != FORECAST_ID)
    words = [facts.title, facts.subtitle, facts.home, facts.outcome.label]
    words += [theme.label for theme in facts.themes]
    return {
        "with_digits": [text for text in words if re.search(r"\d", text)],
        "name": facts.name,
        "title": facts.title,
        "subtitle": facts.subtitle,
        "authors": "; ".join(facts.authors),
        "start": facts.start,
        "end": facts.end,
        "as_of": facts.as_of,
        "year": date.today().year,
        "home": facts.home,
        "outcome": facts.outcome,
        "package": facts.package,
        "themes": facts.themes,
        "chapters": [background, *(theme for theme in facts.themes if theme != background)],
        "background": background,
        "forecast": forecast,
        "first": first,
        "version": VERSION,
    }


def _rows(facts: ReportFacts, example: Example | None) -> Mapping[str, list[Row]]:
    """Return the rows with which the tables begin, by table."""
    reasons = {
        "icd-203": "The directive’s own range; the report itself judges in these words",
        "none": "Read as the directive reads it, since the speaker names no yardstick",
    }
    rows: dict[str, list[Row]] = {
        "terms": [
            {"term": term, "yardstick": yardstick, "low": f"{low}", "high": f"{high}", "why": why}
            for term, (low, high) in TERMS.items()
            for yardstick, why in reasons.items()
        ],
        "places": [home_place(facts.home)] if facts.home else [],
    }
    for table, added in (example.rows if example else {}).items():
        rows[table] = [*rows.get(table, []), *added]
    return rows


def _table_files(package: bytes, rows: Mapping[str, list[Row]]) -> dict[str, bytes]:
    """Write all files of the tables: first lines, and the rows there are, sorted."""
    files = {}
    for table in schema.parse_schema(package, "datapackage.json").values():
        empty = dict.fromkeys(table.columns, "")
        of_table = [list((empty | row).values()) for row in rows.get(table.name, [])]
        of_table.sort(key=itemgetter(*map(table.columns.index, table.key)))
        for file in table.files:
            of_file = of_table if file == table.file else []
            files[f"data/{file}"] = render_rows([table.columns, *of_file])
    return files
