"""A theme under another id, wherever it is named: settings, schema, tables, pages, contents."""

import contextlib
import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine

from claimbook.corpus import schema
from claimbook.corpus.atomic_files import replace_files, settled
from claimbook.corpus.table_writer import render_rows
from claimbook.corpus.validation import suggestions
from claimbook.digests import source_files
from claimbook.errors import CorpusError, Fault
from claimbook.exchange.mapping import quote_text
from claimbook.paths import SETTINGS, project
from claimbook.scaffold.facts import PAGES
from claimbook.settings import SLUG, Theme, load_settings

HEADING = re.compile(r"\s*\[+\s*([\w.]+)\s*\]+")  # of a table in TOML
LABEL = re.compile(r'^(\s*label\s*=\s*)"(?:[^"\\]|\\.)*"')  # of a theme in TOML
SETTLED = ("first", "second", "settled")  # cells of a settlement that hold values of its column
OF_THEME = {"theme", "also"}  # the columns of claims that hold themes
CHAPTER = "chapter"  # the column that names the page of a judgement


@dataclass
class Renaming:
    """What changes with the id of a theme.

    Attributes:
        files: The new content of each file by its path in the report; None for one that goes.
        changed: What changed in each file, a line each.
        left: Where else the old id or label stands, to be looked at by a person: places, each with
            the name that stands there.
    """

    files: dict[str, bytes | None] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Names:
    """The old and new names of a theme.

    Attributes:
        old: Its id.
        new: Its new id.
        old_label: Its label.
        new_label: Its new label, or the old one.
        moves: Whether its page has the name of the theme, and so gets the new one.
    """

    old: str
    new: str
    old_label: str
    new_label: str
    moves: bool


def rename_theme(old: str, new: str, label: str = "") -> Renaming:
    """Rename a theme of the current project, in all files or in none.

    Args:
        old: Its id.
        new: Its new id; the old one for a new label alone.
        label: Its new label; empty for the old one.

    Raises:
        CorpusError: There is no such theme, or the new id cannot be one.
        OSError: A file cannot be written. Nothing has changed then, or the next renaming finishes
            the change.
    """
    root = project().root
    with settled(root):  # what a killed renaming left
        themes = load_settings(project().settings).theme
        _refuse_wrong_names(themes, old, new)
        theme = themes[old]
        names = _Names(old, new, theme.label, label or theme.label, theme.chapter == old)
        renaming = _plan(root, names)
    replace_files(renaming.files, root)
    return renaming


def _refuse_wrong_names(themes: dict[str, Theme], old: str, new: str) -> None:
    """Raise an error for a theme that is not there, or an id that cannot be taken."""

    def error(value: str, allowed: str, hint: str = "") -> CorpusError:
        return CorpusError([Fault(SETTINGS, "themes", "id", value, allowed, hint)])

    if old not in themes:
        raise error(old, "the id of a theme", suggestions.suggest_name(old, list(themes)))
    if new == old:
        return
    if not re.fullmatch(SLUG, new):
        raise error(new, "small letters, digits and hyphens")
    if new in themes:
        raise error(new, "an id that no theme has")
    page = project().chapters / f"{new}.md"
    if themes[old].chapter == old and (page.exists() or new in PAGES):
        raise error(new, f"an id under which there is no page chapters/{page.name}")


def _plan(root: Path, names: _Names) -> Renaming:
    """Find what changes in the files below a folder."""
    renaming = Renaming()
    tables = schema.read_schema(project().datapackage)
    by_file = {project().data / file: table for table in tables.values() for file in table.files}
    page = project().chapters / f"{names.old}.md"
    for file in source_files(root):
        content = file.read_bytes()
        rewritten = _rewrite(file, content, by_file.get(file), names)
        if rewritten is None:
            renaming.left += _places(root, file, names.old)
            continue
        written, number = rewritten
        moved = file.with_stem(names.new) if names.moves and file == page else file
        name = moved.relative_to(root).as_posix()
        if written != content or moved != file:
            renaming.files[name] = written
            renaming.changed.append(f"{name}: {number}")
        if moved != file:
            renaming.files[file.relative_to(root).as_posix()] = None
        if file.suffix == ".md" and names.new_label != names.old_label:
            renaming.left += _places_of_label(name, written.decode("utf-8"), names.old_label)
    sheets = project().sheets
    for sheet in sorted(sheets.rglob("*")) if sheets.is_dir() else []:
        renaming.left += _places(root, sheet, names.old)
    return renaming


def _rewrite(
    file: Path, content: bytes, table: schema.Table | None, names: _Names
) -> tuple[bytes, int] | None:
    """Rename a theme in a file.

    Returns:
        The new content, and how often it was renamed; None for a file that no rule knows.
    """
    at = project()
    if file == at.datapackage:
        return _in_schema(content, names)
    if table is not None:
        return _in_table(content, table, names)
    if file == at.settings:
        change = _in_settings
    elif file == at.contents:
        change = _in_contents
    elif file.suffix == ".md":
        change = _in_own_page if file == at.chapters / f"{names.old}.md" else _in_page
    else:
        return None
    text, number = change(content.decode("utf-8"), names)
    return text.encode(), number


def _in_settings(text: str, names: _Names) -> tuple[str, int]:
    """Rename a theme in the settings: its table, its roles, sections of its page."""
    lines, table, number = [], "", 0
    is_own = False
    label = quote_text(names.new_label)
    for line in text.splitlines(keepends=True):
        if heading := HEADING.match(line):
            table, is_own = heading[1], False
        found = 0
        if table == "themes":
            if re.match(rf'\s*id\s*=\s*"{names.old}"', line):
                is_own = True
            keys = "id|chapter" if names.moves else "id"
            line, found = re.subn(
                rf'^(\s*(?:{keys})\s*=\s*)"{names.old}"', rf'\1"{names.new}"', line
            )
            if is_own and names.new_label != names.old_label:
                line, labels = LABEL.subn(lambda match: match[1] + label, line)
                found += labels
        elif table == "roles":
            line, found = re.subn(f'"{names.old}"', f'"{names.new}"', line)
        elif table in ("brief", "lesson") and names.moves:
            page = rf'"chapters/{names.old}(?=[#"])'
            line, found = re.subn(page, f'"chapters/{names.new}', line)
        lines.append(line)
        number += found
    return "".join(lines), number


def _in_schema(content: bytes, names: _Names) -> tuple[bytes, int]:
    """Rename a theme among the values of the schema."""
    package = json.loads(content)
    number = 0
    for table in package["resources"]:
        for column in table["schema"]["fields"]:
            values = column.get("constraints", {}).get("enum", [])
            if column["name"] == "theme" and names.old in values and names.new != names.old:
                values[values.index(names.old)] = names.new
                number += 1
    if not number:
        return content, 0
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode(), number


def _in_table(content: bytes, table: schema.Table, names: _Names) -> tuple[bytes, int]:
    """Rename a theme in the cells of a file of a table."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    head, number = rows[0], 0
    for row in rows[1:]:
        for index, column in enumerate(head):
            if not _holds_themes(table, column, dict(zip(head, row, strict=False)), names):
                continue
            items = row[index].split(";")
            renamed = [names.new if item == names.old else item for item in items]
            if renamed != items:
                row[index] = ";".join(renamed)
                number += 1
    return (render_rows(rows), number) if number else (content, 0)


def _holds_themes(table: schema.Table, column: str, row: dict[str, str], names: _Names) -> bool:
    """Check whether a cell holds themes, or the page of the theme that moves."""
    if column in SETTLED and row.get("column") in OF_THEME:
        return True
    if column == CHAPTER and table.name == "judgements":
        return names.moves
    known = next((field for field in table.fields if field.name == column), None)
    if known is None:
        return False
    of_themes = known.name == "theme" and names.old in known.enum
    return of_themes or known.items_of.endswith(".theme")


def _in_contents(text: str, names: _Names) -> tuple[str, int]:
    """Rename the page of a theme in the table of contents."""
    if not names.moves:
        return text, 0
    pattern = rf"^(\s*- file: chapters/){names.old}(?=\s*$)"
    return re.subn(pattern, rf"\g<1>{names.new}", text, flags=re.MULTILINE)


def _in_page(text: str, names: _Names) -> tuple[str, int]:
    """Rename a theme in the cells, codes and links of a page."""
    old, new = re.escape(names.old), names.new
    patterns = [
        (rf'(["`]){old}\1', rf"\g<1>{new}\g<1>"),
        (rf"(#|&)theme={old}(?![\w-])", rf"\g<1>theme={new}"),
        (rf"(`tab-){old}`", rf"\g<1>{new}`"),
    ]
    if names.moves:
        patterns += [
            (rf"(\]\((?:\.\./)?(?:chapters/)?){old}(\.md)?(?=[)#])", rf"\g<1>{new}\g<2>"),
            (rf"(`(?:\.\./|/)?chapters/){old}(\.md)?`", rf"\g<1>{new}\g<2>`"),
        ]
    number = 0
    for pattern, replacement in patterns:
        text, found = re.subn(pattern, replacement, text)
        number += found
    return text, number


def _in_own_page(text: str, names: _Names) -> tuple[str, int]:
    """Rename a theme in its own page, and in the title of the page."""
    text, number = _in_page(text, names)
    title = rf"^# {re.escape(names.old_label)}$"
    renamed = re.sub(title, lambda _: f"# {names.new_label}", text, count=1, flags=re.MULTILINE)
    return renamed, number + (renamed != text)


def _places(root: Path, file: Path, old: str) -> Iterator[tuple[str, str]]:
    """Yield where a file of code, or a coder's sheet, names the old id, with that id."""
    named = re.compile(rf"(?:^|[\"',;]){re.escape(old)}(?:$|[\"',;])")
    if file.suffix in (".py", ".csv"):
        lines = file.read_text("utf-8", errors="replace").splitlines()
    elif file.suffix == ".xlsx":
        lines = list(_rows_of_workbook(file))
    else:
        return
    for number, line in enumerate(lines, start=1):
        if named.search(line):
            yield f"{file.relative_to(root).as_posix()}:{number}", old


def _rows_of_workbook(file: Path) -> Iterator[str]:
    """Yield the rows of the first sheet of a workbook, with commas between cells."""
    with contextlib.suppress(python_calamine.CalamineError, OSError):  # no workbook: no rows
        sheet = python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0)
        for row in sheet.iter_rows():
            yield ",".join(map(str, row))


def _places_of_label(name: str, text: str, label: str) -> Iterator[tuple[str, str]]:
    """Yield where a page has the old label, with that label."""
    named = re.compile(rf"(?<!\w){re.escape(label)}(?!\w)")
    for number, line in enumerate(text.splitlines(), start=1):
        if named.search(line):
            yield f"{name}:{number}", label
