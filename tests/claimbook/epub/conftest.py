"""The EPUB of the made-up report."""

from pathlib import Path

import pytest
from support.epub_file import EpubFile
from support.made_up_report import run_python


@pytest.fixture(scope="session")
def epub_path(made_up_book: Path, made_up: Path) -> Path:
    """The EPUB of the made-up report, built by its own command."""
    ran = run_python(made_up, "-m", "claimbook", "build", "epub")
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return made_up / "_build" / "epub" / "harbour-question.epub"


@pytest.fixture(scope="session")
def epub(epub_path: Path) -> EpubFile:
    """The same EPUB, opened."""
    return EpubFile(epub_path)
