"""The EPUB of the report: valid, small, and without what is printed as its evidence."""

import subprocess
import sys
from pathlib import Path

import pytest
from claimbook.paths import project
from support.epub_file import EpubFile, epubcheck

LARGEST = 5_000_000  # bytes


@pytest.fixture(scope="module")
def epub_path(book) -> Path:
    """The EPUB, built by its own command from the pages of the book."""
    ran = subprocess.run(
        [sys.executable, "-m", "claimbook", "build", "epub"],
        cwd=project().root,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return project().epub / project().epub_name


@pytest.mark.long  # the suite has a small book checked
def test_epubcheck_finds_neither_errors_nor_warnings(epub_path):
    assert epubcheck(epub_path) == []


def test_it_has_the_argument_and_the_method_and_not_the_evidence(epub_path):
    assert epub_path.stat().st_size < LARGEST
    epub = EpubFile(epub_path)
    assert {"chapters/pressure.xhtml", "chapters/method.xhtml"} <= epub.files.keys()
    left_out = ("ledger", "chapters/voices", "chapters/data", "chapters/commands")
    assert not [name for name in epub.files if name.startswith(left_out)]
