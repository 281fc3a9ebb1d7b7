"""The notebooks of the whole book: each runs as downloaded, and shows what the book shows."""

import csv
import io
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from claimbook.figures.figure import MIME
from claimbook.language.dates import DaySpan
from claimbook.paths import project
from support.downloaded_notebooks import (
    marks_of_myst,
    offered_archive,
    offered_notebooks,
    run_notebooks,
    unpack,
)

INVENTED = "pressure-with-my-meeting"  # of a cell that runs in the notebook alone
STILL = "claims-by-day"  # what the page has in place of the explorer, which is live in the notebook


@pytest.fixture(scope="module")
def offered(book) -> dict[str, Path]:
    return offered_notebooks(book)


@pytest.fixture(scope="module")
def unpacked(book, tmp_path_factory) -> Path:
    """The folder to which the archive unpacks, away from the checkout."""
    return unpack(book, "short-of-war", tmp_path_factory.mktemp("reader"))


@pytest.fixture(scope="module")
def executed(unpacked, offered, tmp_path_factory) -> dict[str, nbformat.NotebookNode]:
    """Every offered notebook after it ran in the unpacked archive."""
    outs = tmp_path_factory.mktemp("executed")
    jobs = []
    for name, file in offered.items():
        notebook = unpacked / f"{name}.ipynb"
        assert notebook.read_bytes() == file.read_bytes()
        jobs.append((notebook, notebook.parent, outs / f"{name.replace('/', '-')}.ipynb"))
    return dict(zip(offered, run_notebooks(jobs, "shortofwar"), strict=True))


def test_every_page_with_cells_offers_its_notebook_and_the_archive(offered, book):
    with_cells = {
        file.relative_to(project().root).with_suffix("").as_posix()
        for file in (project().root / "index.md", *project().chapters.glob("*.md"))
        if "{code-cell}" in file.read_text("utf-8")
    }
    assert set(offered) == with_cells
    for name, file in offered.items():
        assert offered_archive(book, name).is_file()
        nbformat.validate(nbformat.read(file, as_version=4))


def test_a_notebook_reads_as_plain_markdown_with_the_numbers_of_the_book(offered, corpus):
    for name, file in offered.items():
        assert marks_of_myst(file) == [], name
    front = nbformat.read(offered["index"], as_version=4)
    assert any(f"{len(corpus.claims):,} claims from" in cell.source for cell in front.cells)


def test_every_notebook_runs_from_the_archive_with_the_package_in_it(executed, unpacked):
    assert len(executed) > 10
    for notebook in executed.values():
        assert notebook.cells[-1].outputs[0].text.strip() == str(
            unpacked / "scripts" / "shortofwar" / "__init__.py"
        )


def test_a_table_in_a_notebook_is_plain_markdown_with_its_title(executed):
    tables = {
        name: [
            output.data["text/markdown"]
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            if "text/markdown" in output.get("data", {})
        ]
        for name, notebook in executed.items()
    }
    for name, shown in tables.items():
        assert not [text for text in shown if "{claim}" in text or ":::" in text], name
    assert any(
        text.startswith("**The judgements under each test.**\n\n| Judgement")
        for text in tables["chapters/why"]
    )
    assert any("[IN-02, RW-08]" in text for text in tables["chapters/origins"])


def test_the_figures_of_the_notebooks_have_the_data_of_the_book(executed, book):
    compared = 0
    for name, notebook in executed.items():
        page = BeautifulSoup((book / "html" / f"{name}.html").read_text("utf-8"), "html.parser")
        links = [
            link["href"]
            for link in page.select("figure.cb-figure a.download")
            if link["href"].endswith(".csv")
        ]
        links = [link for link in links if Path(link).stem != STILL]
        printed = {
            Path(link).stem: (book / "html" / name).parent.joinpath(link).read_text("utf-8")
            for link in links
        }
        drawn = [
            output.data[MIME]
            for cell in notebook.cells
            if cell.cell_type == "code"
            for output in cell.outputs
            if MIME in output.get("data", {}) and not output.data[MIME]["alone"]
        ]
        assert {figure["name"] for figure in drawn} - {INVENTED} == set(printed)
        for figure in drawn:
            if figure["name"] == INVENTED:
                continue
            rows = list(csv.reader(io.StringIO(printed[figure["name"]])))
            assert rows == [list(map(str, row)) for row in figure["download"]]
            compared += 1
    assert compared >= 10


def test_a_claim_that_a_reader_adds_moves_the_timeline(executed, book):
    outputs = [
        output
        for cell in executed["chapters/rerun"].cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    figures = {
        output.data[MIME]["name"]: output.data[MIME]
        for output in outputs
        if MIME in output.get("data", {})
    }
    columns = figures[INVENTED]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in figures[INVENTED]["rows"]]
    (moved,) = (row for row in rows if row["title"] == "A meeting that I made up")
    assert "NW-99" in moved["claims"]
    assert str(DaySpan.from_json(moved["happened"])) == "1 October 2022"
    assert "A meeting that I made up" in figures[INVENTED]["wide"].replace("\n", " ")
    assert not list((book / "html").rglob(f"{INVENTED}*"))
