"""The verbs of make work on the folder in which make stands, and keep what a person has made."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from claimbook.paths import project
from support.made_up_report import REPOSITORY, VARIABLE, lay_out

MAKEFILE = REPOSITORY / "Makefile"


def make(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder."""
    return run(folder, "make", "--file", str(MAKEFILE), *words, **settings)


def run(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, as a person does whose shell knows nothing of these tests."""
    unset = ("PYTHONPATH", "CORPUS_TEXTS", "MAKEFLAGS", "MAKELEVEL", VARIABLE)
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment | settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def test_make_clean_deletes_what_was_built_and_no_sheet_of_a_coder(made_up_copy):
    sheet = project().sheets / "HP.csv"
    sheet.parent.mkdir()
    sheet.write_text("filled by hand", "utf-8")
    project().html.mkdir(parents=True)
    cleaned = make(made_up_copy, "clean")
    assert cleaned.returncode == 0, cleaned.stderr
    assert not project().build.exists()
    assert sheet.read_text("utf-8") == "filled by hand"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A repository with an environment, as `make` leaves it, in a folder with Cyrillic letters.

    The libraries are those of the environment that runs the tests.
    """
    folder = lay_out(tmp_path / "отчёт", with_packages=True)
    shutil.copyfile(REPOSITORY / "pyproject.toml", folder / "pyproject.toml")
    environment = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    site = next(environment.glob("lib/python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    shutil.copyfile(folder / "requirements.txt", environment / "book.stamp")
    made = make(folder, ".venv/book.stamp", LC_ALL="C")
    assert made.returncode == 0, made.stderr
    return folder


def damage(folder: Path) -> None:
    """Misspell a cell of a table, and have the check say that this engine made it."""
    claims = folder / "data" / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace(",event,", ",evnt,", 1), "utf-8")
    code = folder / "scripts" / "claimbook" / "__main__.py"
    code.write_text(f"print('own engine')\n{code.read_text('utf-8')}", "utf-8")


@pytest.mark.parametrize("by", ["copied", "moved"])
def test_a_folder_that_was_copied_or_moved_with_its_environment_works_on_itself(original, by):
    place = original.with_name("a copy")
    if by == "copied":
        shutil.copytree(original, place, symlinks=True)
    else:
        original.rename(place)
    damage(place)
    checked = make(place, "check", **{VARIABLE: str(original)})
    assert "claims.csv DE-01 kind: 'evnt'" in checked.stderr
    assert "own engine" in checked.stdout
    without_make = run(place, str(place / ".venv/bin/claimbook"), "check")
    assert "claims.csv DE-01 kind: 'evnt'" in without_make.stderr, without_make.stderr
    activate = (place / ".venv/bin/activate").read_text("utf-8")
    assert str(place) in activate
    if by == "copied":
        again = make(original, "check", LC_ALL="C")
        assert again.returncode == 0, again.stderr
        assert "10 claims" in again.stdout
        assert "own engine" not in again.stdout


def test_tidy_in_a_copy_leaves_the_original_alone(original):
    place = original.with_name("a copy")
    shutil.copytree(original, place, symlinks=True)
    for folder in (original, place):
        claims = folder / "data" / "claims.csv"
        claims.write_bytes(claims.read_bytes().replace(b"\n", b"\r\n"))
    tidied = make(place, "tidy")
    assert tidied.stdout == "claims.csv: line ends\n", tidied.stderr
    assert b"\r" in (original / "data" / "claims.csv").read_bytes()


def test_an_environment_that_is_a_link_stays_that_of_its_own_folder(original):
    place = original.with_name("a worktree")
    shutil.copytree(original, place, ignore=shutil.ignore_patterns(".venv"))
    (place / ".venv").symlink_to(original / ".venv")
    command = (original / ".venv/bin/claimbook").read_bytes()
    damage(place)
    checked = make(place, "check")
    assert "own engine" in checked.stdout, checked.stderr
    assert "claims.csv DE-01 kind: 'evnt'" in checked.stderr
    assert (original / ".venv/bin/claimbook").read_bytes() == command
    assert run(original, str(original / ".venv/bin/claimbook"), "check").returncode == 0


def python_of_another_version(folder: Path) -> Path:
    """A program that is Python, but says of itself that it is 3.10."""
    program = folder / "python3.10"
    code = "import sys; sys.version_info = (3, 10, 13); exec(sys.argv[2])"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{code}' \"$@\"\n", "utf-8")
    program.chmod(0o755)
    return program


def test_a_wrong_python_is_named_before_anything_is_made(made_up_copy, tmp_path):
    shutil.copyfile(REPOSITORY / "pyproject.toml", made_up_copy / "pyproject.toml")
    program = python_of_another_version(tmp_path)
    for name, version in ((str(program), "Python 3.10"), ("no-such-python", "missing")):
        made = make(made_up_copy, "check", f"PYTHON={name}")
        assert made.returncode != 0
        assert f"this needs Python 3.11 to 3.13, and {name} is {version};" in made.stderr
        assert not (made_up_copy / ".venv").exists()


def test_an_environment_of_a_wrong_python_is_made_anew(made_up_copy, tmp_path):
    wrong = made_up_copy / ".venv" / "bin" / "python"
    wrong.parent.mkdir(parents=True)
    shutil.copy(python_of_another_version(tmp_path), wrong)
    (made_up_copy / ".venv" / "book.stamp").touch()
    made = make(made_up_copy, ".venv/bin/python", f"PYTHON={sys.executable}")
    assert made.returncode == 0, made.stderr
    assert made.stdout == "making the environment in .venv\n"
    assert not (made_up_copy / ".venv" / "book.stamp").exists()
    again = make(made_up_copy, ".venv/bin/python", "PYTHON=no-such-python")
    assert (again.returncode, again.stdout) == (0, "")


def test_make_names_the_versions_of_python_that_the_package_names():
    makefile = MAKEFILE.read_text("utf-8")
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in makefile
    assert 'requires-python = ">=3.11,<3.14"' in (REPOSITORY / "pyproject.toml").read_text("utf-8")
