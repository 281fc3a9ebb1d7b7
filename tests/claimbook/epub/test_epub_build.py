"""The EPUB is built beside the other forms: the same bytes each time, and whole or not at all."""

import shutil
import subprocess
from pathlib import Path

import pytest
from support.made_up_report import VARIABLE, lay_out
from support.small_book import cut_down, run_engine

pytestmark = pytest.mark.whole

CELL = """from claimbook.figures import event_lanes
from claimbook.corpus.model import load
event_lanes.events_by_theme(load(), 'Events')"""
EPUB = "_build/epub/harbour-question.epub"
OFFERED = 'href="epub/harbour-question.epub"'


def build(report: Path, *forms: str) -> subprocess.CompletedProcess:
    own = {VARIABLE: str(report), "SOURCE_DATE_EPOCH": "1670976000"}
    return run_engine(report, "build", *forms, **own)


def small(folder: Path, *cells: str) -> Path:
    return cut_down(lay_out(folder), *cells, claim="DE-01")


def front_page(report: Path) -> str:
    return (report / "_build/html/index.html").read_text("utf-8")


def test_all_forms_are_built_together_and_the_pages_offer_the_epub_only_then(tmp_path):
    report = small(tmp_path / "report", CELL)
    built = build(report, "all")
    assert built.returncode == 0, built.stderr
    assert "building the EPUB" in built.stderr
    assert f"EPUB: {report / EPUB}" in built.stdout
    assert OFFERED in front_page(report)
    offered = report / "_build/html/epub/harbour-question.epub"
    assert offered.read_bytes() == (report / EPUB).read_bytes()
    for forms in (["all"], []):
        assert "nothing has changed" in build(report, *forms).stderr

    page = report / "index.md"
    page.write_text(page.read_text("utf-8").replace("A claim", "One claim"), "utf-8")
    assert build(report).returncode == 0
    assert OFFERED not in front_page(report)
    assert not offered.exists()


@pytest.mark.long
def test_the_same_report_gives_the_same_bytes_in_another_folder(tmp_path):
    made = []
    for name in ("one", "another"):
        report = small(tmp_path / name, CELL)
        built = build(report, "epub")
        assert built.returncode == 0, built.stderr
        made.append((report / EPUB).read_bytes())
    assert made[0] == made[1]


def test_a_page_that_is_not_well_formed_fails_by_name_and_the_last_epub_stays(tmp_path):
    report = small(tmp_path / "report")
    assert build(report, "epub").returncode == 0
    last = (report / EPUB).read_bytes()
    page = report / "index.md"
    page.write_text(page.read_text("utf-8") + "\n<div><br></div>\n", "utf-8")
    built = build(report, "epub")
    assert built.returncode == 1
    assert "index.xhtml: not well-formed" in built.stderr
    assert "the last good book stays" in built.stderr
    assert (report / EPUB).read_bytes() == last


def test_a_page_for_the_web_alone_is_not_in_it(tmp_path):
    from support.epub_file import EpubFile

    report = small(tmp_path / "report")
    (report / "chapters/tale.md").write_text(
        "---\nclass: web-only\n---\n# A tale\n\n{.method}\nTold anew.\n", "utf-8"
    )
    contents = report / "_toc.yml"
    contents.write_text(contents.read_text("utf-8") + "  - file: chapters/tale\n", "utf-8")
    page = report / "index.md"
    page.write_text(page.read_text("utf-8") + "\n{.method}\nSee [](chapters/tale).\n", "utf-8")
    built = build(report, "epub")
    assert built.returncode == 0, built.stderr
    epub = EpubFile(report / EPUB)
    assert "chapters/tale.xhtml" not in epub.files
    assert b"See <em>" in epub.files["index.xhtml"]
    shutil.rmtree(report)
