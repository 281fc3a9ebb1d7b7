"""The stock command's builders `dirhtml` and `epub` make right pages of the report, too."""

import subprocess
import sys
from pathlib import Path

import pytest
from claimbook.paths import project
from support.epub_file import EpubFile, epubcheck
from support.site_links import dead_links

pytestmark = pytest.mark.whole


def build(folder: Path, *builder: str) -> Path:
    """Run the stock command on the report at work, into a folder of its own."""
    command = [
        *(Path(sys.executable).with_name("jupyter-book"), "build", project().root),
        *("--path-output", folder, "--builder", *builder),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return folder / "_build"


def test_where_each_page_has_a_folder_no_link_is_dead(made_up_copy, tmp_path):
    pages = build(tmp_path / "made", "dirhtml") / "dirhtml"
    assert (pages / "chapters" / "data" / "index.html").is_file()
    assert dead_links(pages) == []


def test_no_link_within_the_book_is_dead(made_up_book):
    assert dead_links(made_up_book / "html") == []


def test_the_epub_is_the_one_that_our_command_makes(made_up_copy, epub, tmp_path):
    [made] = build(tmp_path / "made", "custom", "--custom-builder", "epub").glob("epub/*.epub")
    assert epubcheck(made) == []
    assert EpubFile(made).files.keys() == epub.files.keys()
