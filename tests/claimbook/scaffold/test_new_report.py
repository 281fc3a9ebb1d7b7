"""`claimbook new` writes a report that stands on its own, and refuses what it cannot begin with."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest
from claimbook.cli import main
from claimbook.corpus.schema import read_schema
from click.testing import CliRunner, Result
from support.forked_python import PACKAGES, run_with
from support.jupytext_form import saved_otherwise
from support.made_up_report import REPOSITORY, VARIABLE

PAGE = REPOSITORY / "chapters" / "your-own-report.md"
ENGINE_TEMPLATE = REPOSITORY / "scripts" / "claimbook" / "scaffold" / "template"


def documented_command() -> list[str]:
    """The words after `claimbook` of the command that the page on it shows."""
    [command] = re.findall(r"^claimbook new (?:.*\\\n)*.*", PAGE.read_text("utf-8"), re.MULTILINE)
    return shlex.split(command.replace("\\\n", " "))[1:]


def begin(folder: Path, *more: str, without: Sequence[str] = ()) -> Result:
    """Run the documented command for a folder, without some of its options."""
    _, _, *words = documented_command()  # `new` and the folder
    options = [
        word
        for flag, value in zip(words[::2], words[1::2], strict=True)
        if flag not in without
        for word in (flag, value)
    ]
    return CliRunner().invoke(main, ["new", str(folder), *options, *more])


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in no report, in which the commands run."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, as a person does whose shell knows nothing of these tests."""
    env = plain_environment()
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def plain_environment() -> dict[str, str]:
    """The environment without the variables that these tests set."""
    unset = ("PYTHONPATH", "CORPUS_TEXTS", "MAKEFLAGS", "MAKELEVEL", VARIABLE)
    return {name: value for name, value in os.environ.items() if name not in unset}


def give_environment(folder: Path) -> None:
    """Make an environment that has the locked libraries already, but not the engine."""
    environment = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    site = next(environment.glob("lib/python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    shutil.copyfile(folder / "requirements.txt", environment / "book.stamp")


def empty_tables(folder: Path) -> None:
    """Delete all rows of all tables."""
    for table in read_schema(folder / "data" / "datapackage.json").values():
        for file in table.files:
            path = folder / "data" / file
            path.write_text(path.read_text("utf-8").split("\n", 1)[0] + "\n", "utf-8")


def test_its_pages_opened_and_saved_in_jupyterlab_stay_as_they_were(outside):
    assert begin(outside / "report").exit_code == 0
    assert saved_otherwise(outside / "report") == []


@pytest.mark.whole
def test_make_builds_a_new_report_whose_tables_are_all_empty_with_its_own_engine(outside):
    begun = begin(outside / "report", "--no-example")
    assert begun.exit_code == 0, begun.output
    folder = outside / "report"
    empty_tables(folder)
    give_environment(folder)
    made = run(folder, "make", "book")
    assert made.returncode == 0, made.stdout + made.stderr
    [site] = (folder / ".venv").glob("lib/python*/site-packages/claimbook/__init__.py")
    assert str(site.parent.parent) in run(folder, ".venv/bin/python", "-c", WHERE).stdout
    assert run(folder, ".venv/bin/python", "-c", "import report").returncode == 0
    html = (folder / "_build/html/index.html").read_text("utf-8")
    assert "<title>The Harbour Question" in html
    assert "No data: the corpus has no events" in html
    [pdf] = (folder / "_build/pdf").glob("*.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "The corpus has nothing for this table." in text
    assert "nothing has changed" in run(folder, "make", "book").stderr


WHERE = "import claimbook; print(claimbook.__file__)"


@pytest.mark.long
def test_make_builds_a_new_report_with_its_example(outside):
    assert begin(outside / "report").exit_code == 0
    folder = outside / "report"
    give_environment(folder)
    made = run(folder, "make", "book")
    assert made.returncode == 0, made.stdout + made.stderr
    page = (folder / "_build/html/chapters/closure.html").read_text("utf-8")
    assert "A town engineer says" in page
    ledger = "".join(file.read_text("utf-8") for file in (folder / "_build/html").rglob("*.html"))
    assert 'id="EG-01"' in ledger


def test_the_example_of_a_new_report_passes_the_check_against_its_text(outside):
    begun = begin(outside / "report")
    assert begun.exit_code == 0, begun.output
    checked = check(outside / "report")
    assert checked.returncode == 0, checked.stderr
    assert "2 claims against schema" in checked.stdout
    assert "anchors in 1 text," in checked.stdout
    assert "not borne out" not in checked.stdout


def test_the_example_of_a_new_report_goes_without_a_trace(outside):
    assert begin(outside / "with").exit_code == 0
    assert begin(outside / "without", "--no-example").exit_code == 0
    readme = (outside / "with" / "README.md").read_text("utf-8")
    [command] = re.findall(r"^claimbook (source remove .*)$", readme, re.MULTILINE)
    [text] = (outside / "with" / "data" / "texts").glob("*.txt")
    assert f"`data/texts/{text.name}`" in readme
    removed = engine(outside / "with", *command.split())
    assert removed.returncode == 0, removed.stderr
    for table in ("actors", "places", "events", "claims", "sources"):
        left, empty = (outside / name / "data" / f"{table}.csv" for name in ("with", "without"))
        assert left.read_text("utf-8") == empty.read_text("utf-8")


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the check of a report with the engine of the repository."""
    return engine(folder, "check")


def engine(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the repository's engine on a report."""
    environment = {**plain_environment(), "PYTHONPATH": PACKAGES}
    return run_with(environment, folder, "-m", "claimbook", *words)


def test_the_wheel_of_an_engine_is_the_same_wherever_it_is_written(outside):
    assert begin(outside / "report", "--no-example").exit_code == 0
    written = CliRunner().invoke(main, ["wheel", "."])
    assert written.exit_code == 0, written.output
    [wheel] = outside.glob("*.whl")
    [own] = (outside / "report" / "engine").iterdir()
    assert wheel.name == own.name
    assert wheel.read_bytes() == own.read_bytes()


def test_a_title_may_have_any_signs(outside):
    title = 'Who "won" *the* [vote] & {why}: <b>half</b> of $x$ \\ `x` | _y_ # 1'
    words = ("--title", title, "--author", title, "--subtitle", "The 10 days")
    assert begin(outside / "report", *words).exit_code == 0
    checked = check(outside / "report")
    assert checked.returncode == 0, checked.stderr


def test_a_folder_that_holds_something_is_refused_and_stays_as_it_is(outside):
    (outside / "full").mkdir()
    (outside / "full" / "notes.txt").touch()
    (outside / "file").touch()
    for name, value in (("full", "has notes.txt"), ("file", "a file")):
        begun = begin(outside / name)
        assert begun.exit_code == 1
        assert (
            f"{name}: '{value}': a folder that is empty, or that is not there yet" in begun.output
        )
    assert sorted(file.name for file in outside.rglob("*")) == ["file", "full", "notes.txt"]


def test_a_folder_in_another_report_is_refused(outside):
    assert begin(outside / "report", "--no-example").exit_code == 0
    begun = begin(outside / "report" / "chapters" / "second")
    assert "second: 'in the report report': a folder that is in no other" in begun.output
    assert begun.exit_code == 1
    assert not (outside / "report" / "chapters" / "second").exists()


def test_a_folder_beside_the_report_from_which_it_is_begun_is_taken(outside, monkeypatch):
    assert begin(outside / "report", "--no-example").exit_code == 0
    monkeypatch.chdir(outside / "report")
    begun = begin(Path("../second"), "--no-example")
    assert begun.exit_code == 0, begun.output
    assert (outside / "second" / "report.toml").is_file()


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--to", "2031-05-01"), "--to: '2031-05-01': a day after --from, 2031-05-26"),
        (("--to", "in May"), "--to: 'in May': a day as YYYY-MM-DD"),
        (("--as-of", "2030-01-01"), "--as-of: '2030-01-01': a day not before --from"),
        (("--name", "Harbour Question"), "--name: 'Harbour Question': small letters"),
        (("--theme", "method=Method"), "--theme: 'method': an id that is no page of every report"),
        (("--theme", "Talks"), "--theme: 'talks': each theme once"),
        (("--theme", "海"), "--theme: '海': ID=LABEL"),
        (("--title", "Two\nlines"), "--title: 'Two\\nlines': one line"),
        (
            [word for letter in "abcdef" for word in ("--theme", letter)],
            "--theme: '8 themes': at most 5 themes",
        ),
    ],
)
def test_a_fact_that_cannot_be_is_named_by_its_option_and_nothing_is_written(
    outside, options, fault
):
    begun = begin(outside / "report", *options)
    assert begun.exit_code == 1
    assert fault in begun.output
    assert list(outside.iterdir()) == []


def test_what_is_missing_is_named_where_nobody_can_be_asked(outside):
    begun = begin(outside / "report", without=["--theme", "--from"])
    assert begun.exit_code == 2
    assert "a new report needs --from, --theme" in begun.output
    assert list(outside.iterdir()) == []


def columns(package: Path) -> dict[str, object]:
    """What a schema says of each column but in words: its type, its limits, what it refers to."""
    told = {}
    for table in json.loads(package.read_text("utf-8"))["resources"]:
        schema = table["schema"]
        told[table["name"]] = (schema["primaryKey"], schema.get("foreignKeys"))
        for field in schema["fields"]:
            own = {"description", "title", "constraints"}
            limits = {name for name in field.get("constraints", {}) if name != "enum"}
            has_values = "enum" in field.get("constraints", {})
            kept = {key: value for key, value in field.items() if key not in own}
            told[f"{table['name']}.{field['name']}"] = (kept, limits, has_values)
    return told


def test_the_schema_of_a_new_report_is_that_of_this_one_in_all_but_values_and_words():
    new = columns(ENGINE_TEMPLATE / "data" / "datapackage.json")
    here = columns(REPOSITORY / "data" / "datapackage.json")
    assert {name: here.get(name) for name in new} == new
    own = {"sightings", "launches", "indicator_days"}  # tables that only this report has
    assert {name.split(".")[0] for name in here.keys() - new.keys()} == own
