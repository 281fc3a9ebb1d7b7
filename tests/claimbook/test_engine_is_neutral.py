"""The engine knows nothing of this report: no word of its subject, and no theme."""

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pypdf
from support.made_up_report import REPOSITORY

ENGINE = REPOSITORY / "scripts" / "claimbook"
SUFFIXES = {".py", ".css", ".js", ".html", ".typ", ".md", ".toml", ".yml", ".json", ".bib", ".txt"}
FILES = sorted(path for path in ENGINE.rglob("*") if path.suffix in SUFFIXES and path.is_file())
STEMS = ("Belarus", "Ukrain", "Russia", "Minsk", "Kyiv", "Moscow", "Kremlin", "Lukashenko")
INSTITUTE = "ISW"  # also as a part of a name in code
YEAR = "2022"
NOTHING = r"(?!)"  # a pattern that matches nothing
COUNTED = r"\bfive (?:texts|sources|reports|outlets)\b|\bof the five\b"  # an engine counts them


@functools.cache
def column(table: str, name: str) -> list[str]:
    """The cells of a column of the real report, lists split."""
    cells = pd.read_csv(REPOSITORY / "data" / f"{table}.csv", dtype=str, keep_default_na=False)
    return [item.strip() for cell in cells[name] for item in cell.split(";") if item.strip()]


@functools.cache
def subject_words() -> dict[str, str]:
    """The words of this report alone, each with where it stands: names, ids, stems of countries."""
    words = dict.fromkeys((*STEMS, INSTITUTE, YEAR), "the subject")
    for table, names in {
        "actors": ["name", "short", "also_called", "actor_id"],
        "places": ["name", "place_id"],
        "events": ["event_id"],
        "sources": ["source_id", "title"],
    }.items():
        for name in names:
            words |= dict.fromkeys(column(table, name), f"{table}.csv, {name}")
    # an id or name in small letters, such as `analysts`, may be any English word
    return {word: where for word, where in words.items() if not re.fullmatch("[a-z]+", word)}


def at(path: Path, text: str, match: re.Match[str]) -> str:
    """Where in a file of the repository a match stands, and what it is."""
    line = text.count("\n", 0, match.start()) + 1
    return f"{path.relative_to(REPOSITORY)}:{line}: {match[0]}"


def subject_matches(text: str) -> Iterator[re.Match[str]]:
    """Every word of the subject in a text, stems also within words, and ids of its claims."""
    there = set(re.findall(r"\w+", text))  # a pattern of all the words would take seconds a file
    parts = {word: re.findall(r"\w+", word) for word in subject_words()}
    listed = [word for word, of_word in parts.items() if there.issuperset(of_word)]
    codes = [code for code in column("sources", "code") if code in there]
    pattern = (
        rf"(?<![\w-])(?:{alternatives(listed)})(?![\w-])|(?<!\w)(?:{alternatives(codes)})-\d\d"
        rf"|(?i:{'|'.join(STEMS)})|(?<![a-zA-Z])(?i:{INSTITUTE})(?![a-zA-Z])|{COUNTED}"
    )
    return re.finditer(pattern, text)


def alternatives(words: list[str]) -> str:
    """A pattern that matches any of some words, the longest first; without words, nothing."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or NOTHING


def test_no_file_of_the_engine_has_a_word_of_the_subject():
    texts = {path: path.read_text("utf-8") for path in FILES}
    found = [
        at(path, text, match) for path, text in texts.items() for match in subject_matches(text)
    ]
    assert found == []


def test_the_words_looked_for_are_those_of_the_subject():
    words = subject_words()
    assert {"Belarus", "Minsk", "ISW", "Konrad Muzyka", "2022", "shoigu-visit"} <= words.keys()
    line = "army of Belarus, BELARUSIAN, km_to_ukraine, through_isw, RW-21, five reports of 2022"
    assert [match[0] for match in subject_matches(line)] == [
        *("Belarus", "BELARUS", "ukrain", "isw", "RW-21", "five reports", "2022")
    ]


def theme_ids() -> set[str]:
    settings = tomllib.loads((REPOSITORY / "report.toml").read_text("utf-8"))
    return {theme["id"] for theme in settings["themes"]}


def syntax_nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of the engine's modules, each with where it stands."""
    for path in FILES:
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                yield f"{path.relative_to(ENGINE)}:{getattr(node, 'lineno', 0)}", node


def test_no_module_of_the_engine_names_a_theme():
    themes = theme_ids()
    assert [
        f"{where}: {node.value}"
        for where, node in syntax_nodes()
        if isinstance(node, ast.Constant) and node.value in themes
    ] == []


def test_no_style_or_script_of_the_engine_names_a_theme():
    named = re.compile(rf"(?:--cb-|theme-)(?:{'|'.join(map(re.escape, theme_ids()))})\b")
    texts = {path: path.read_text("utf-8") for path in FILES if path.suffix != ".py"}
    found = [
        at(path, text, match) for path, text in texts.items() for match in named.finditer(text)
    ]
    assert found == []


def written_text(path: Path) -> str:
    """The text of a built file; of a PDF that of its pages."""
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return path.read_text("utf-8")


def test_a_report_on_another_subject_says_nothing_of_this_one(made_up_book):
    html, pdf = made_up_book / "html", made_up_book / "pdf"
    written = [
        path
        for folder in (html, pdf)
        for path in folder.rglob("*")
        if path.suffix in {".html", ".css", ".json", ".jsonld", ".csv", ".ipynb", ".md", ".pdf"}
    ]
    assert {path.suffix for path in written} >= {".html", ".css", ".csv", ".ipynb", ".pdf"}
    assert [
        f"{path.relative_to(made_up_book)}: {match[0]}"
        for path in written
        for match in subject_matches(written_text(path))
    ] == []
