"""Notebooks as a reader runs them: downloaded, in the unpacked archive, without this checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import lxml.html
import nbformat
from claimbook.paths import VARIABLE
from claimbook.sphinxext.notebook_download import FOLDER

RUN = """
import json, sys, nbformat
from concurrent.futures import ThreadPoolExecutor
from nbclient import NotebookClient

def run(job):
    source, folder, out, added = job
    notebook = nbformat.read(source, as_version=4)
    notebook.cells += map(nbformat.v4.new_code_cell, added)
    try:
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}}).execute()
    except Exception as error:
        raise RuntimeError(source) from error
    nbformat.write(notebook, out)

with ThreadPoolExecutor(2) as pool:
    list(pool.map(run, json.loads(sys.argv[1])))
"""
FIGURES = """
import json
from claimbook.figures.figure import Figure
shown = [value for value in Out.values() if isinstance(value, Figure) and not value.alone]
tables = {figure.name: figure.table() for figure in shown}
print(json.dumps({name: [[*data], *data.to_numpy().tolist()] for name, data in tables.items()}))
"""


MARKS = (  # of MyST, which plain Markdown does not have
    "{claim}",
    "{glue",
    "{cite",
    "{numref}",
    ":::",
    "```{",
    "{{",
    "{.",
    "]()",
)


def marks_of_myst(notebook: Path) -> list[str]:
    """The marks of MyST that the text of a notebook still has."""
    cells = nbformat.read(notebook, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return [mark for mark in MARKS if mark in text]


def offered_notebooks(book: Path) -> dict[str, Path]:
    """The notebook that each page offers, by the page's name, as its download menu leads to it."""
    notebooks = {}
    for page in (book / "html").rglob("*.html"):
        links = offered(page, ".ipynb")
        if links:
            (link,) = links
            name = page.relative_to(book / "html").with_suffix("").as_posix()
            notebooks[name] = link
    return notebooks


def offered_archive(book: Path, name: str) -> Path:
    """The archive that a page offers."""
    (archive,) = offered(book / "html" / f"{name}.html", ".zip")
    return archive


def offered(page: Path, ending: str) -> list[Path]:
    """The files of a kind in the download menu of a page."""
    menus = lxml.html.parse(page).getroot().find_class("cb-download-menu")
    links = [link.get("href", "") for menu in menus for link in menu.iter("a")]
    return [(page.parent / link).resolve() for link in links if link.endswith(ending)]


def unpack(book: Path, slug: str, folder: Path) -> Path:
    """Unpack the archive of a book, and give the folder that was in it."""
    with zipfile.ZipFile(book / "html" / FOLDER / f"{slug}-notebooks.zip") as archive:
        archive.extractall(folder)
    return folder / slug


def run_notebooks(jobs: list[tuple[Path, Path, Path]], package: str) -> list[nbformat.NotebookNode]:
    """Run notebooks, two at a time, each in a fresh kernel; nothing of the checkout is on the path.

    A job is a notebook, the folder to run it in, and the file for what it gives. The last cell
    of each says from where it imports the package, and the one before it has the data of figures.
    """
    names = ("PYTHONPATH", "CORPUS_TEXTS", VARIABLE)
    environment = {name: value for name, value in os.environ.items() if name not in names}
    if "PYTHONPATH" in os.environ:  # packages may lie there too, but never these
        environment["PYTHONPATH"] = os.pathsep.join(
            folder
            for folder in os.environ["PYTHONPATH"].split(os.pathsep)
            if not (Path(folder) / "claimbook").is_dir()
        )
    added = [FIGURES, f"import {package}\nprint({package}.__file__)"]
    told = json.dumps([[*map(str, job), added] for job in jobs])
    ran = subprocess.run(
        [sys.executable, "-c", RUN, told],
        cwd=jobs[0][1],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [nbformat.read(out, as_version=4) for _, _, out in jobs]


def figures_of(notebook: nbformat.NotebookNode) -> dict[str, list[list[str]]]:
    """The data of the figures that a notebook showed, by name: a row of headings, then the rows."""
    figures: dict[str, list[list[str]]] = json.loads(notebook.cells[-2].outputs[0].text)
    return figures
