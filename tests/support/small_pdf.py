"""Builds small books as PDFs with Sphinx, and reads their tags, for tests of the builder."""

import io
import shutil
from pathlib import Path

import pypdf
from claimbook.paths import project
from sphinx.application import Sphinx

from support.made_up_report import REPOSITORY

FIXTURE = REPOSITORY / "tests" / "claimbook" / "typst" / "typst_fixture"
MOMENT = "1700000000"  # of all builds: 14 November 2023
FRONT_PAGES = 2  # the title; the contents, figures and tables


def build(source: Path, out: Path, doctrees: Path, builder: str = "typstpdf") -> Path:
    """Run Sphinx and return the path of the report's PDF."""
    app = Sphinx(
        str(source),
        str(source),
        str(out),
        str(doctrees),
        builder,
        status=None,
        warning=io.StringIO(),
    )
    app.build()
    return out / "pdf" / project().pdf_name()


def evidence_of(report: Path) -> Path:
    """The path of the second volume of a report."""
    return report.with_name(f"{report.stem}-evidence.pdf")


def write_book(folder: Path, page: str, word_in_picture: str = "x") -> Path:
    """Write a book of one page with one picture."""
    folder.mkdir()
    for name in ("conf.py", "refs.bib", "stand_ins.py"):
        shutil.copy(FIXTURE / name, folder)
    (folder / "index.md").write_text(page, encoding="utf-8")
    picture = (FIXTURE / "steps.svg").read_text(encoding="utf-8")
    (folder / "steps.svg").write_text(picture.replace("Март", word_in_picture), encoding="utf-8")
    return folder


def page_texts(pdf: pypdf.PdfReader) -> list[str]:
    """The words of each page, with single spaces between them."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def tags(pdf: pypdf.PdfReader) -> list[tuple[str, str]]:
    """The structure tree in order: each tag and its alternative text."""
    structure: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            structure.append((node["/S"].lstrip("/"), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return structure
