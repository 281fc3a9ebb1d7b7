"""Downloads of a page: other forms of the book, its source, its notebook, and all notebooks.

A notebook holds the page's text as Markdown that any notebook program can show, and its cells
without outputs. The numbers in the text are those of the book; the cells compute them anew.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import nbformat
from docutils import nodes
from myst_nb.core.read import read_myst_markdown_notebook
from myst_nb.sphinx_ import SphinxEnvType
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import claimbook
from claimbook.corpus.named_files import package_files
from claimbook.display import glued_counts
from claimbook.export.archive import write_zip
from claimbook.figures.slide import deck_path
from claimbook.paths import BRIEF, EVIDENCE, LESSON, SETTINGS, VARIABLE, project
from claimbook.prose.parser import make_parser
from claimbook.settings import settings
from claimbook.sphinxext.numrefs import number_of
from claimbook.sphinxext.plain_markdown import PageFacts, PlainMarkdown

FOLDER = "notebooks"
CITATION = "CITATION.cff"
PICTURES = {".png", ".svg", ".webp"}  # endings of pictures beside the pages
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def archive_name() -> str:
    """Return the file name of the archive with all notebooks."""
    return f"{project().slug}-notebooks.zip"


def archive_root() -> str:
    """Return the name of the folder that the archive unpacks to."""
    return project().slug


def _introduction() -> str:
    """Return the text of a notebook's first cell: its requirements to run."""
    return f"""This is a page of *{settings().report.name}* as a notebook. \
It needs Python 3.11 to 3.13 with the packages of `requirements.txt`
(`python -m pip install -r requirements.txt`), \
the corpus in `data/` and the packages in `scripts/`. All of these are in
`{archive_name()}`, which stands beside this notebook for download. \
Unpack it, and open the notebook there, or beside the folder `{archive_root()}`."""


def _loader() -> str:
    """Return the code of a notebook's second cell, which finds the data and packages.

    The code looks for the unpacked archive in the current folder and those above it.
    """
    return f"""import os
import sys
from pathlib import Path

above = [Path.cwd(), *Path.cwd().parents]
folders = [folder / name for folder in above for name in ("", "{archive_root()}")]
needed = ("{SETTINGS}", "data/claims.csv")
matches = [folder for folder in folders if all((folder / name).is_file() for name in needed)]
if not matches:
    raise FileNotFoundError("unpack {archive_name()} beside this notebook")
report = matches[0]
os.environ["{VARIABLE}"] = str(report)
sys.path.insert(0, str(report / "scripts"))
from claimbook.kernel_packages import check_packages

print("corpus and packages from", report)
for line in check_packages(report / "requirements.txt"):
    print(line)"""


def is_executable(env: BuildEnvironment, docname: str) -> bool:
    """Check whether a page has code cells, and so is offered as a notebook."""
    if "kernelspec" not in env.metadata.get(docname, {}):
        return False
    return "{code-cell}" in Path(env.doc2path(docname)).read_text("utf-8")


def make_notebook(
    env: BuildEnvironment, docname: str, numbers: dict[str, str]
) -> nbformat.NotebookNode:
    """Make the notebook of a page, without outputs.

    In front of the page's own cells are an introduction and a cell that finds the data and the
    packages. The same page, titles and numbers always give the same notebook.

    Args:
        env: The Sphinx environment with all pages read.
        docname: The name of the page.
        numbers: The computed numbers in its text, by name.
    """
    source = Path(env.doc2path(docname)).read_text("utf-8")
    facts = PageFacts(
        docname,
        titles={name: env.titles[name].astext() for name in env.all_docs},
        is_executable=lambda name: is_executable(env, name),
        numbers=numbers,
        number_of=lambda name: _number_or_name(env, name),
        substitutions=env.config.myst_substitutions,
    )
    converter = PlainMarkdown(make_parser(), facts)
    cells = [_markdown_cell(_introduction()), _code_cell(_loader())]
    for cell in read_myst_markdown_notebook(source).cells:
        if cell.cell_type == "markdown":
            cells.append(_markdown_cell(converter.convert(cell.source)))
        else:
            cells.append(_code_cell(cell.source))
    for index, cell in enumerate(cells):
        cell.id = f"cell-{index}"
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)  # type: ignore[no-untyped-call,no-any-return]  # nbformat has no types


def _markdown_cell(source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source)  # type: ignore[no-untyped-call,no-any-return]  # nbformat has no types


def _code_cell(source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source)  # type: ignore[no-untyped-call,no-any-return]  # nbformat has no types


def _number_or_name(env: BuildEnvironment, name: str) -> str:
    try:
        return number_of(env, name)
    except KeyError:
        return name  # Sphinx has warned of it with file and line, and the build fails


def _glued_numbers(app: Sphinx, docname: str) -> dict[str, str]:
    """Read the numbers that the cells of a page glued when they ran.

    Returns:
        The numbers as text, by name; empty where no cell glued any.
    """
    env = cast("SphinxEnvType", app.env)
    file = Path(env.mystnb_config.output_folder) / f"{docname}.glue.json"
    if not file.is_file():
        return {}
    outputs = json.loads(file.read_text("utf-8"))
    return {
        name: output["data"][glued_counts.MIME]["text"]
        for name, output in outputs.items()
        if glued_counts.MIME in output["data"]
    }


def add_downloads(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template of a page the labels and addresses of its downloads.

    These are the PDFs and the EPUB of the book, where they are made with the pages; the page's
    source; and for a page with code cells its notebook and the archive of all notebooks.
    """
    files = _other_forms(app)
    if doctree is not None and is_executable(app.env, pagename):
        files["This page as a notebook (.ipynb)"] = f"{FOLDER}/{pagename}.ipynb"
        files["All notebooks with data and package (.zip)"] = f"{FOLDER}/{archive_name()}"
    if doctree is not None:
        files["The source of this page (.md)"] = f"_sources/{context['sourcename']}"
    context["page_downloads"] = [
        {"label": label, "href": context["pathto"](file, 1)} for label, file in files.items()
    ]


def _other_forms(app: Sphinx) -> dict[str, str]:
    """Return the addresses of other forms that pages offer, by their labels."""
    at, offered = project(), app.config.claimbook_offers
    files = {}
    if "pdf" in offered:
        if settings().brief:
            files["The brief, two pages to print (.pdf)"] = f"{at.pdf.name}/{at.pdf_name(BRIEF)}"
        if settings().report.slides:
            files["Slides to project (.pdf)"] = deck_path()
        if lesson := settings().lesson:
            files[f"{lesson.title}, to print (.pdf)"] = f"{at.pdf.name}/{at.pdf_name(LESSON)}"
        files["The report to print (.pdf)"] = f"{at.pdf.name}/{at.pdf_name()}"
        if getattr(app.config, "typst_evidence_parts", ()):
            files["The evidence to print (.pdf)"] = f"{at.pdf.name}/{at.pdf_name(EVIDENCE)}"
    if "epub" in offered:
        files["The report for e-readers (.epub)"] = f"{at.epub.name}/{at.epub_name}"
    return files


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write the notebooks of all pages, and their archive, to the HTML output.

    Nothing is written after a failed build.
    """
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    root = archive_root()
    archive = {f"{root}/{name}": file.read_bytes() for name, file in _archived_files()}
    for docname in sorted(app.env.all_docs):
        if is_executable(app.env, docname):
            notebook = make_notebook(app.env, docname, _glued_numbers(app, docname))
            content = f"{nbformat.writes(notebook)}\n".encode()  # type: ignore[no-untyped-call]  # nbformat has no types
            file = folder / f"{docname}.ipynb"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            archive[f"{root}/{docname}.ipynb"] = content
    write_zip(archive, folder / archive_name())


def _archived_files() -> Iterator[tuple[str, Path]]:
    """Yield the files that cells need to run, with their names in the archive.

    They are the report's data and settings, the pictures that stand beside its pages, the engine,
    and the report's own package.
    """
    at = project()
    maps = [at.outlines, at.rivers, at.airports]
    others = [at.settings, *maps, at.bench, at.lock, at.licence, at.root / CITATION]
    pictures = sorted(file for file in at.chapters.iterdir() if file.suffix in PICTURES)
    for file in (*package_files(at.datapackage), *filter(Path.is_file, others), *pictures):
        yield file.relative_to(at.root).as_posix(), file
    packages = [Path(claimbook.__file__).parent]  # which need not be in the report's folder
    if settings().report.package:
        packages.append(project().scripts / settings().report.package)
    for package in packages:
        for file in _package_files(package):
            yield f"scripts/{package.name}/{file.relative_to(package).as_posix()}", file


def _package_files(package: Path) -> Iterable[Path]:
    return (
        file for file in package.rglob("*") if file.is_file() and "__pycache__" not in file.parts
    )


def setup(app: Sphinx) -> None:
    """Register the download links of pages, and the writing of the notebooks.

    The setting `claimbook_offers` names the other forms of the book, `pdf` and `epub`, that are put
    beside the pages, each in the folder that `paths.Project.offered` returns.
    """
    app.add_config_value("claimbook_offers", [], "html", types=(list, tuple))
    app.connect("html-page-context", add_downloads)
    app.connect("build-finished", write_notebooks)
