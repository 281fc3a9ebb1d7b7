"""The notebooks of the whole book: each runs as downloaded, and shows what the book shows."""

import csv
import io
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from claimbook.paths import project
from support.downloaded_notebooks import (
    figures_of,
    marks_of_myst,
    offered_archive,
    offered_notebooks,
    run_notebooks,
    unpack,
)

Executed = dict[str, nbformat.NotebookNode]  # by the name of the page

INVENTED = "pressure-with-my-meeting"  # of a cell that runs in the notebook alone
OF_EACH_KIND = (  # figures, a map, tables, judgements, an explorer, a workbench, changed claims
    "index",
    *("chapters/explorer", "chapters/military-signals", "chapters/origins"),
    *("chapters/rerun", "chapters/why", "chapters/workbench"),
)
STILL = "claims-by-day"  # what the page has in place of the explorer, which is live in the notebook


@pytest.fixture(scope="module")
def offered(book) -> dict[str, Path]:
    return offered_notebooks(book)


@pytest.fixture(scope="module")
def unpacked(book, tmp_path_factory) -> Path:
    """The folder to which the archive unpacks, away from the checkout."""
    return unpack(book, "short-of-war", tmp_path_factory.mktemp("reader"))


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


def execute(unpacked: Path, offered: dict[str, Path], outs: Path) -> Executed:
    """Run every offered notebook in the unpacked archive."""
    jobs = []
    for name, file in offered.items():
        notebook = unpacked / f"{name}.ipynb"
        assert notebook.read_bytes() == file.read_bytes()
        jobs.append((notebook, notebook.parent, outs / f"{name.replace('/', '-')}.ipynb"))
    return dict(zip(offered, run_notebooks(jobs, "shortofwar"), strict=True))


def check_packages(executed: Executed, unpacked: Path) -> None:
    """Check that each notebook took the package of the archive."""
    for notebook in executed.values():
        assert notebook.cells[-1].outputs[0].text.strip() == str(
            unpacked / "scripts" / "shortofwar" / "__init__.py"
        )


def check_tables(executed: Executed) -> None:
    """Check that tables are plain Markdown with their titles."""
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


def check_figures(executed: Executed, book: Path) -> int:
    """Check that figures have the data of the book; gives how many there are."""
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
        drawn = figures_of(notebook)
        assert set(drawn) - {INVENTED} == set(printed)
        for figure, data in printed.items():
            assert drawn[figure] == list(csv.reader(io.StringIO(data)))
            compared += 1
    return compared


def check_added_claim(executed: Executed, book: Path) -> None:
    """Check that a claim which a reader adds moves the timeline."""
    columns, *rows = figures_of(executed["chapters/rerun"])[INVENTED]
    (moved,) = (
        row
        for row in (dict(zip(columns, row, strict=True)) for row in rows)
        if row["title"] == "A meeting that I made up"
    )
    assert "NW-99" in moved["claims"]
    assert moved["happened"] == "1 October 2022"
    pictures = [
        output.data["text/html"]
        for cell in executed["chapters/rerun"].cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert any("A meeting that I made up" in picture.replace("\n", " ") for picture in pictures)
    assert not list((book / "html").rglob(f"{INVENTED}*"))


def check(unpacked: Path, offered: dict[str, Path], book: Path, outs: Path) -> int:
    """Run notebooks and check all that they must have; gives the number of figures compared."""
    executed = execute(unpacked, offered, outs)
    check_packages(executed, unpacked)
    check_tables(executed)
    check_added_claim(executed, book)
    return check_figures(executed, book)


def test_notebooks_of_each_kind_run_from_the_archive_and_have_what_the_book_has(
    unpacked, offered, book, tmp_path
):
    chosen = {name: offered[name] for name in OF_EACH_KIND}
    assert check(unpacked, chosen, book, tmp_path) >= len(chosen)


@pytest.mark.long
def test_every_notebook_runs_from_the_archive_and_has_what_the_book_has(
    unpacked, offered, book, tmp_path
):
    assert len(offered) > 20
    assert check(unpacked, offered, book, tmp_path) >= 10
