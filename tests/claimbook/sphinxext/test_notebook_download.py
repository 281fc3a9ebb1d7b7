"""The notebooks for download: each runs as a reader downloads it, without the checkout."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from claimbook.sphinxext.notebook_download import FOLDER
from support.downloaded_notebooks import (
    marks_of_myst,
    offered_archive,
    offered_notebooks,
    run_notebooks,
    unpack,
)

SLUG = "harbour-question"
ARCHIVE = f"{SLUG}-notebooks.zip"


@pytest.fixture(scope="module")
def offered(made_up_book) -> dict[str, Path]:
    return offered_notebooks(made_up_book)


@pytest.fixture(scope="module")
def unpacked(made_up_book, tmp_path_factory) -> Path:
    """The folder to which the archive unpacks, away from the report."""
    return unpack(made_up_book, SLUG, tmp_path_factory.mktemp("reader"))


def test_pages_with_cells_offer_a_notebook_and_the_archive_and_others_do_not(offered, made_up_book):
    assert {"index", "chapters/corpus", "chapters/data"} <= set(offered)
    assert not {"ledger", "chapters/codebook", "chapters/references"} & set(offered)
    for name, file in offered.items():
        assert offered_archive(made_up_book, name) == made_up_book / "html" / FOLDER / ARCHIVE
        nbformat.validate(nbformat.read(file, as_version=4))


def test_a_notebook_reads_as_plain_markdown_with_the_numbers_of_the_book(offered, made_up_book):
    for name, file in offered.items():
        assert marks_of_myst(file) == [], name
    front = json.loads(offered["index"].read_text("utf-8"))["cells"]
    text = "".join("".join(cell["source"]) for cell in front)
    page = (made_up_book / "html/index.html").read_text("utf-8")
    counted = BeautifulSoup(page, "html.parser").select_one("abbr.cb-count").get_text()
    assert f"Three reports make {counted} claims" in text
    assert re.search(r"See \[[^\]]+\]\(chapters/closure\.ipynb\)", text)  # by the page's title
    assert "*the codebook*" in text  # a page without cells has no notebook to link to
    assert text.startswith("This is a page of *The Harbour Question* as a notebook.")


def test_a_notebook_runs_in_the_archive_and_beside_it_with_the_packages_in_it(
    offered, unpacked, tmp_path
):
    inside = unpacked / "chapters/corpus.ipynb"
    assert inside.read_bytes() == offered["chapters/corpus"].read_bytes()
    beside = tmp_path / "index.ipynb"
    beside.write_bytes(offered["index"].read_bytes())
    (tmp_path / SLUG).symlink_to(unpacked)
    jobs = [
        (inside, inside.parent, tmp_path / "inside.out.ipynb"),
        (beside, tmp_path, tmp_path / "beside.out.ipynb"),
    ]
    package = Path("scripts/claimbook/__init__.py")
    for notebook, root in zip(
        run_notebooks(jobs, "claimbook"), (unpacked, tmp_path / SLUG), strict=True
    ):
        assert notebook.cells[-1].outputs[0].text.strip() == str(root / package)


def test_a_notebook_without_the_archive_says_what_it_needs(offered, tmp_path):
    source = json.loads(offered["index"].read_text("utf-8"))
    first = "".join(next(cell for cell in source["cells"] if cell["cell_type"] == "code")["source"])
    ran = subprocess.run(
        [sys.executable, "-c", first], check=False, cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert f"unpack {ARCHIVE}" in ran.stderr.splitlines()[-1]
    assert "requirements.txt" in "".join(source["cells"][0]["source"])


def run_first_cell(notebook: Path, *flags: str, path: str = "") -> subprocess.CompletedProcess:
    """Run the first cell with code of a notebook, in its folder, with a path of its own."""
    source = json.loads(notebook.read_text("utf-8"))
    first = "".join(next(cell for cell in source["cells"] if cell["cell_type"] == "code")["source"])
    return subprocess.run(
        [sys.executable, *flags, "-c", first],
        check=False,
        cwd=notebook.parent,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )


def test_in_a_kernel_without_the_packages_the_first_cell_says_how_to_install_them(unpacked):
    ran = run_first_cell(unpacked / "index.ipynb", "-S")  # Python alone
    assert ran.returncode == 1
    last = ran.stderr.splitlines()[-1]
    assert "This kernel lacks anywidget, " in last
    assert f"pip install -r {unpacked / 'requirements.txt'}" in last


def test_in_a_kernel_with_an_older_pandas_the_first_cell_says_so(unpacked, tmp_path):
    described = tmp_path / "pandas-1.9.0.dist-info" / "METADATA"
    described.parent.mkdir()
    described.write_text("Metadata-Version: 2.1\nName: pandas\nVersion: 1.9.0\n", "utf-8")
    ran = run_first_cell(unpacked / "index.ipynb", path=str(tmp_path))
    assert ran.returncode == 0
    assert "pandas 1.9.0 is older than 3." in ran.stdout
    assert "older" not in run_first_cell(unpacked / "index.ipynb").stdout


def test_the_archive_holds_no_text_of_a_source_and_is_the_same_each_time(made_up_book):
    with zipfile.ZipFile(made_up_book / "html" / FOLDER / ARCHIVE) as archive:
        names = archive.namelist()
        days = {member.date_time for member in archive.infolist()}
    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    needed = ("report.toml", "requirements.txt", "LICENSE", "data/claims.csv", "index.ipynb")
    needed += ("scripts/claimbook/paths.py", "scripts/claimbook/sphinxext/html/assets/ledger.js")
    assert {f"{SLUG}/{name}" for name in needed} <= set(names)
    assert not [
        name
        for name in names
        if name.endswith((".txt", ".pyc"))
        and not name.endswith(("/requirements.txt", "/scaffold/template/example/example.txt"))
    ]
