"""Only what the Data Package names is published; a stray file among the tables is named."""

import zipfile

import pypdf
import pytest
from claimbook.paths import project
from support.made_up_report import run_python
from support.small_book import cut_down

pytestmark = pytest.mark.whole  # seconds, together

SECRET = "Mine alone."
STRAY = ["my private notes.csv", "~$claims.csv", "._claims.csv", "claims (1).csv", "coding/old.csv"]


@pytest.fixture
def with_stray_files(made_up_copy):
    """A report with an editor's and a person's own files among the tables."""
    for name in STRAY:
        (project().data / name).write_text(SECRET, "utf-8")
    return made_up_copy


def test_a_stray_file_is_named_by_the_check_and_is_no_fault(with_stray_files):
    ran = run_python(with_stray_files, "-m", "claimbook", "check")
    assert ran.returncode == 0, ran.stderr
    named = [line for line in ran.stdout.splitlines() if line.startswith("not published: ")]
    assert named == [
        f"not published: data/{name}: datapackage.json does not name it" for name in sorted(STRAY)
    ]


def test_many_stray_files_are_counted(made_up_copy):
    for number in range(25):
        (project().data / f"stray-{number:02d}.txt").touch()
    ran = run_python(made_up_copy, "-m", "claimbook", "check")
    named = [line for line in ran.stdout.splitlines() if line.startswith("not published: ")]
    assert len(named) == 11
    assert named[-1] == "not published: 15 more files in data/"


def test_no_form_of_the_book_holds_a_file_that_nothing_names(with_stray_files):
    cut_down(with_stray_files, claim="DE-01")
    contents = project().contents
    contents.write_text(contents.read_text("utf-8") + "  - file: chapters/data\n", "utf-8")
    ran = run_python(with_stray_files, "-m", "claimbook", "build")
    assert ran.returncode == 0, ran.stderr
    files = [file for file in project().build.rglob("*") if file.is_file()]
    published = [file for file in files if ".work" not in file.parts]
    assert [file for file in published if SECRET.encode() in file.read_bytes()] == []
    archives = [file for file in published if file.suffix == ".zip"]
    assert len(archives) == 2
    for archive in archives:
        with zipfile.ZipFile(archive) as opened:
            assert not [name for name in opened.namelist() if SECRET.encode() in opened.read(name)]
            names = {name.partition("/data/")[2] or name for name in opened.namelist()}
            assert {"claims.csv", "coding/one.csv", "datapackage.json"} <= names
    attached = pypdf.PdfReader(project().pdf / project().pdf_name()).attachments
    assert {"claims.csv", "coding-two.csv", "datapackage.json"} <= set(attached)
    assert not set(attached) & {name.replace("/", "-") for name in STRAY}
    assert (project().html / "data/coding/one.csv").is_file()
