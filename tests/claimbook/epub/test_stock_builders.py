"""The stock command's builder `epub` makes our EPUB, and `dirhtml` is refused with its reason."""

import subprocess
import sys
from pathlib import Path

import pytest
from claimbook.paths import project
from support.epub_file import EpubFile, epubcheck
from support.forked_python import run_with
from support.site_links import dead_links
from support.small_book import environment

pytestmark = pytest.mark.whole


def build(folder: Path, *builder: str) -> subprocess.CompletedProcess[str]:
    """Run the stock command on the report at work, into a folder of its own."""
    report = project().root
    command = [
        *(Path(sys.executable).with_name("jupyter-book"), "build", report),
        *("--path-output", folder, "--builder", *builder),
    ]
    return run_with(environment(report), report, *command)


def test_a_builder_that_puts_each_page_into_a_folder_is_refused_before_it_writes(
    made_up_copy, tmp_path
):
    ran = build(tmp_path / "made", "dirhtml")
    assert ran.returncode != 0
    assert "the builder 'dirhtml' cannot make this book" in ran.stderr + ran.stdout
    assert "Use 'html'" in ran.stderr + ran.stdout
    assert not list(tmp_path.rglob("*.html"))


def test_no_link_within_the_book_is_dead(made_up_book):
    assert dead_links(made_up_book / "html") == []


@pytest.mark.long
def test_the_epub_is_the_one_that_our_command_makes(made_up_copy, epub, tmp_path):
    ran = build(tmp_path / "made", "custom", "--custom-builder", "epub")
    assert ran.returncode == 0, ran.stderr + ran.stdout
    [made] = (tmp_path / "made" / "_build" / "epub").glob("*.epub")
    assert epubcheck(made) == []
    assert EpubFile(made).files.keys() == epub.files.keys()
