"""The text of any cell is shown literally: none of it runs in a page, a picture or the PDF."""

import csv
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pypdf
import pytest
from bs4 import BeautifulSoup
from claimbook.corpus import schema
from claimbook.corpus.validation.cells import first_violation
from claimbook.paths import project
from support.small_book import cut_down, environment, ledger_html

# Each would call `hit`, break out of its surroundings, or mean something to Markdown, MyST, Typst
# or a formula.
MARKS = [
    "<script>hit()</script>",
    "<img/src=x/onerror=hit()>",
    "[x](javascript:hit())",
    "{claim}`XX-99`",
    "`a`",
    "|",
    "$a_1$",
    '"onmouseover="hit()',
    "'onclick='hit()",
    "</p></td></div><svg/onload=hit()>",
    "<!--a-->",
    "]]>",
    "&lt;script&gt;hit()",
    "*a*_b_~~c~~",
    "#let(a)",
    "//a",
    "/*a",
    "@a",
    "![x](y.png)",
    "[^1]",
    "<https://example.org/>",
    "\\a\\",
    "%a",
    "{{a}}",
    "${hit()}",
    "<details/open/ontoggle=hit()>",
    "[[a]]",
    "--a...",
    "^a^",
    'href="claim:a"id="b"',
    "url(#a)",
    "https://example.org/?a=1&b=2",
]
TERM = 'could"onmouseover="hit()'
SHOWN = [
    'tables.sources_table(corpus, "S")',
    "tables.source_dates(corpus)",
    'tables.criticism_table(corpus, "IN", "C")',
    'tables.chronology(corpus, ["pressure", "resistance"])',
    'tables.disagreements_table(corpus, "disputes", "D")',
    'tables.forecast_list(corpus, "entry")',
    'tables.repeated_table(corpus, "R")',
    "tables.evidence_list(corpus)",
    "tables.actor_index(corpus)",
    "tables.place_index(corpus)",
    'tables.settlements_table(corpus, "T")',
    'event_lanes.events_by_theme(corpus, "Events")',
    'pressure_steps.pressure(corpus, "Steps")',
    'likelihood_ranges.judgements_on(corpus, "entry", "Rungs")',
    'sankey.origins_to_outlets(corpus, "Ways")',
]
IMPORTS = """from claimbook.display import tables
from claimbook.figures import event_lanes, likelihood_ranges, sankey
from shortofwar import load
from shortofwar.figures import pressure_steps
corpus = load()"""


def spoil(data: Path) -> list[str]:
    """Append the marks in turn to the free texts that have room for one; return the marks used."""
    used, number = set(), 0
    for table in schema.read_schema(data / project().datapackage.name).values():
        free = {
            f
            for f in table.fields
            if f.type == "string"
            and not (f.enum or table.referenced_column(f) or f.name in table.key)
        }
        for file in table.files:
            with (data / file).open(encoding="utf-8", newline="") as opened:
                head, *rows = csv.reader(opened)
            for row in rows:
                for at, field in enumerate(table.fields):
                    if field.name == "term" and row[at] == "could":
                        row[at] = TERM
                    elif field in free and row[at] and field.name not in ("term", "wording"):
                        mark = MARKS[number % len(MARKS)]
                        spoiled = f"{row[at]} {mark}"
                        if first_violation(field, spoiled) is None:
                            row[at], number = spoiled, number + 1
                            used.add(mark)
            with (data / file).open("w", encoding="utf-8", newline="") as opened:
                csv.writer(opened, lineterminator="\n").writerows([head, *rows])
    return sorted(used)


def built(project_copy: Path) -> Path:
    """Spoil the tables of a project, build it, and return the folder with the built book."""
    assert set(spoil(project_copy / "data")) == set(MARKS)
    env = environment(project_copy)
    tidied = subprocess.run(
        [sys.executable, "-m", "claimbook", "tidy"],
        cwd=project_copy,
        env=env,
        capture_output=True,
        text=True,
    )
    assert tidied.returncode == 0, tidied.stderr
    ran = subprocess.run(
        [sys.executable, "-m", "claimbook", "build"],
        cwd=project_copy,
        env=env,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return project_copy / "_build"


def look_over(book: Path, chromium) -> None:
    """Look for anything from a cell that could run: in parsed pages, in pictures, in a browser."""
    pages = sorted((book / "html").rglob("*.html"))
    for page in pages:
        parsed = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for tag in parsed.find_all(True):
            for name, value in tag.attrs.items():
                value = " ".join(value) if isinstance(value, list) else value
                assert not (name.startswith("on") and "hit" in value), (page.name, tag)
                assert not (
                    name in ("href", "src", "action") and re.match(r"\s*javascript:", value)
                ), (page.name, tag)
                assert "hit(" not in name, (page.name, tag)
            if tag.name == "script" and "hit(" in tag.get_text():
                assert tag.get("type") == "application/json", (page.name, tag)
                json.loads(tag.get_text())
            assert not (tag.name == "img" and tag.get("src") in ("x", "y.png")), (page.name, tag)
    for picture in (book / "html").rglob("*.svg"):
        for element in ElementTree.parse(picture).iter():
            assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "img"), picture
            assert not [name for name in element.attrib if name.startswith("on")], picture
    context = chromium.new_context()
    context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
    for page in [
        *(page.as_uri() for page in pages),
        (book / "html/search.html").as_uri() + "?q=hit",
    ]:
        tab = context.new_page()
        tab.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        tab.goto(page)
        tab.evaluate(
            """() => {
              for (const element of document.querySelectorAll("main *, article *"))
                for (const event of ["mouseover", "focus", "pointerenter", "toggle"])
                  element.dispatchEvent(new Event(event));
            }"""
        )
        tab.wait_for_timeout(200)
        assert tab.evaluate("window.hits") == 0, page
        tab.close()
    context.close()


TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."} | dict.fromkeys("–—-\u00ad\u2011", "")
)


def bare(text: str) -> str:
    """Normalize a text so that quotation marks, dashes and word breaks make no difference."""
    return re.sub(r"\s+", "", text.translate(TYPOGRAPHY))


def words_of(page: str) -> str:
    """What a page shows."""
    parsed = BeautifulSoup(page, "html.parser")
    for unseen in parsed(["script", "style", "template"]):
        unseen.decompose()
    return bare(parsed.get_text())


def everything_is_shown(book: Path) -> None:
    """Every mark stands in the ledger and in the PDF as in its cell."""
    printed = bare(
        "".join(
            page.extract_text() for page in pypdf.PdfReader(book / "pdf/short-of-war.pdf").pages
        )
    )
    for shown in (words_of(ledger_html(book / "html")), printed):
        assert [mark for mark in [*MARKS, TERM] if bare(mark) not in shown] == []


@pytest.mark.long
def test_cells_are_shown_as_they_stand_and_nothing_in_them_runs(project_copy, chromium):
    book = built(cut_down(project_copy, IMPORTS, *SHOWN, claim="NW-07"))
    look_over(book, chromium)
    everything_is_shown(book)
    assert [
        mark
        for mark in [*MARKS, TERM]
        if bare(mark) not in words_of((book / "html/index.html").read_text("utf-8"))
    ] == []


@pytest.mark.long
def test_the_whole_book_shows_cells_as_they_stand_and_nothing_in_them_runs(project_copy, chromium):
    book = built(project_copy)
    look_over(book, chromium)
    everything_is_shown(book)
