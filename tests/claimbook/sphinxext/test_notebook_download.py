"""The notebooks for download: each runs as a reader downloads it, and shows what the book shows."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from claimbook.paths import project
from claimbook.sphinxext.notebook_download import ARCHIVE, FOLDER, TOP
from claimbook.figures.figure import MIME

INVENTED = "pressure-with-my-meeting"  # of a cell that runs in the notebook alone
RUN = """
import json, sys, nbformat
from concurrent.futures import ThreadPoolExecutor
from nbclient import NotebookClient

def run(job):
    place, within, out = job
    notebook = nbformat.read(place, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import shortofwar\\nprint(shortofwar.__file__)"))
    try:
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": within}}).execute()
    except Exception as error:
        raise RuntimeError(place) from error
    nbformat.write(notebook, out)

with ThreadPoolExecutor(2) as pool:
    list(pool.map(run, json.loads(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def offered(book) -> dict[str, Path]:
    """The notebook that each page offers, by the page's name, as its download menu leads to it."""
    found = {}
    for page in (book / "html").rglob("*.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        links = [
            link["href"] for link in soup.select(".cb-take a") if link["href"].endswith(".ipynb")
        ]
        if links:
            (link,) = links
            found[page.relative_to(book / "html").with_suffix("").as_posix()] = (
                page.parent / link
            ).resolve()
    return found


def test_every_page_with_cells_offers_its_notebook_and_the_archive(offered, book):
    with_cells = {
        file.relative_to(project().root).with_suffix("").as_posix()
        for file in (project().root / "index.md", *project().chapters.glob("*.md"))
        if "{code-cell}" in file.read_text("utf-8")
    }
    assert set(offered) == with_cells
    for name, file in offered.items():
        page = BeautifulSoup((book / "html" / f"{name}.html").read_text("utf-8"), "html.parser")
        archive = next(
            link["href"] for link in page.select(".cb-take a") if link["href"].endswith(".zip")
        )
        assert (book / "html" / name).parent.joinpath(
            archive
        ).resolve() == book / "html" / FOLDER / ARCHIVE
        nbformat.validate(nbformat.read(file, as_version=4))


def test_a_notebook_reads_as_plain_markdown_with_the_numbers_of_the_book(offered, corpus):
    for name, file in offered.items():
        text = "\n".join(
            cell.source
            for cell in nbformat.read(file, as_version=4).cells
            if cell.cell_type == "markdown"
        )
        for mark in ("{claim}", "{glue", "{cite", "{numref}", ":::", "{only}", "{.method}", "]()"):
            assert mark not in text, (name, mark)
    front, argued = (
        nbformat.read(offered["index"], as_version=4),
        (corpus.claims["theme"] != "context").sum(),
    )
    assert any(f"It argues from {argued} claims" in cell.source for cell in front.cells)


@pytest.fixture(scope="module")
def unpacked(book, tmp_path_factory) -> Path:
    """The folder to which the archive unpacks, away from the checkout."""
    place = tmp_path_factory.mktemp("reader")
    with zipfile.ZipFile(book / "html" / FOLDER / ARCHIVE) as archive:
        archive.extractall(place)
    return place / TOP


def run(jobs: list[tuple[Path, Path, Path]]) -> list[nbformat.NotebookNode]:
    """Run notebooks, two at a time: each in a fresh kernel, in a working folder, into a file; nothing of the checkout is on the path."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "CORPUS_TEXTS")
    }
    if "PYTHONPATH" in os.environ:  # packages may lie there too, but never this one
        kept = [
            place
            for place in os.environ["PYTHONPATH"].split(os.pathsep)
            if not (Path(place) / "shortofwar").is_dir()
        ]
        environment["PYTHONPATH"] = os.pathsep.join(kept)
    told = json.dumps([[str(place) for place in job] for job in jobs])
    ran = subprocess.run(
        [sys.executable, "-c", RUN, told],
        cwd=jobs[0][1],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [nbformat.read(out, as_version=4) for _, _, out in jobs]


@pytest.fixture(scope="module")
def executed(unpacked, offered, tmp_path_factory) -> dict[str, nbformat.NotebookNode]:
    """Every offered notebook after it ran in the unpacked archive."""
    outs = tmp_path_factory.mktemp("executed")
    for name, file in offered.items():
        assert (unpacked / f"{name}.ipynb").read_bytes() == file.read_bytes()
    places = {name: unpacked / f"{name}.ipynb" for name in offered}
    jobs = [
        (place, place.parent, outs / f"{name.replace('/', '-')}.ipynb")
        for name, place in places.items()
    ]
    return dict(zip(offered, run(jobs), strict=True))


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
        text.startswith("**The key judgements under each test.**\n\n| Judgement")
        for text in tables["chapters/why"]
    )
    assert any("[IN-02, RW-08]" in text for text in tables["chapters/origins"])


STILL = "claims-by-day"  # what the page has in place of the explorer, which is live in the notebook


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
            if MIME in output.get("data", {})
        ]
        assert {figure["name"] for figure in drawn} - {INVENTED} == set(printed)
        for figure in drawn:
            if figure["name"] == INVENTED:
                continue
            rows = list(csv.reader(io.StringIO(printed[figure["name"]])))
            assert rows == [figure["columns"], *(list(map(str, row)) for row in figure["rows"])]
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
    moved = [row for row in figures[INVENTED]["rows"] if "A meeting that I made up" in row]
    assert len(moved) == 1
    assert "NW-99" in moved[0]
    assert "1 October" in " ".join(moved[0]) or "2022-10-01" in moved[0]
    assert "A meeting that I made up" in figures[INVENTED]["wide"].replace("\n", " ")
    assert not list((book / "html").rglob(f"{INVENTED}*"))


def test_a_single_notebook_finds_the_archive_unpacked_beside_it(offered, unpacked, tmp_path):
    single = tmp_path / "data.ipynb"
    single.write_bytes(offered["chapters/data"].read_bytes())
    (tmp_path / TOP).symlink_to(unpacked)
    (notebook,) = run([(single, tmp_path, tmp_path / "out.ipynb")])
    assert notebook.cells[-1].outputs[0].text.startswith(str(tmp_path / TOP))


def test_a_notebook_alone_says_what_it_needs(offered, tmp_path):
    source = json.loads(offered["index"].read_text("utf-8"))
    first = "".join(next(cell for cell in source["cells"] if cell["cell_type"] == "code")["source"])
    ran = subprocess.run(
        [sys.executable, "-c", first], check=False, cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert f"unpack {ARCHIVE}" in ran.stderr.splitlines()[-1]
    assert "requirements.txt" in "".join(source["cells"][0]["source"])


def test_the_archive_holds_no_text_of_a_source_and_is_the_same_each_time(book):
    with zipfile.ZipFile(book / "html" / FOLDER / ARCHIVE) as archive:
        names = archive.namelist()
        days = {member.date_time for member in archive.infolist()}
    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    assert {
        f"{TOP}/requirements.txt",
        f"{TOP}/LICENSE",
        f"{TOP}/data/claims.csv",
        f"{TOP}/scripts/claimbook/paths.py",
    } <= set(names)
    assert not [
        name
        for name in names
        if name.endswith((".txt", ".pyc")) and not name.endswith("/requirements.txt")
    ]
