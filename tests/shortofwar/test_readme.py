"""The README and the pages show and name what is there today."""

import pydoc
import re
import subprocess
import sys

from claimbook.digests import copy_project
from claimbook.figures.attention_days import attention_to_subject
from claimbook.paths import project
from shortofwar.__main__ import README_PICTURE
from shortofwar.record_findings import FINDINGS_OF_RECORD


def test_the_picture_in_the_readme_is_the_figure_of_the_front_page(whole_corpus):
    svg = attention_to_subject(whole_corpus, FINDINGS_OF_RECORD["year"], name="year").picture()
    picture = (project().root / README_PICTURE).read_text("utf-8")
    assert picture == svg, "draw it anew: python -m shortofwar picture"
    assert README_PICTURE in (project().root / "README.md").read_text("utf-8")


def test_a_command_draws_the_picture_anew(tmp_path):
    copy = copy_project(tmp_path / "project")
    picture = copy / README_PICTURE
    picture.unlink()
    ran = subprocess.run(
        [sys.executable, "-m", "shortofwar", "picture"], cwd=copy, capture_output=True, text=True
    )
    assert ran.stdout.strip() == str(picture), ran.stderr
    assert picture.read_bytes() == (project().root / README_PICTURE).read_bytes()


def test_every_dotted_name_of_ours_in_the_documents_exists():
    root = project().root
    documents = [*root.glob("*.md"), *project().chapters.glob("*.md")]
    names = {
        (document.name, name)
        for document in documents
        for name in re.findall(
            r"`((?:claimbook|shortofwar)(?:\.\w+)+)", document.read_text("utf-8")
        )
    }
    for document, name in sorted(names):
        assert pydoc.locate(name) is not None, f"{document} names {name}"
