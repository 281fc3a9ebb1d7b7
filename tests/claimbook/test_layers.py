"""Rooms of the engine import only from rooms below them, and none imports the report."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.made_up_report import REPOSITORY

LINT = Path(sys.executable).with_name("lint-imports")
LAYERS = REPOSITORY / "tests" / "layers.toml"


def lint(scripts: Path) -> subprocess.CompletedProcess[str]:
    """Check the imports of the packages in a folder."""
    return subprocess.run(
        [LINT, LAYERS, "--no-cache", "--no-logo"], cwd=scripts, capture_output=True, text=True
    )


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the packages, in which imports may be added."""
    folder = tmp_path / "scripts"
    shutil.copytree(
        REPOSITORY / "scripts", folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    return folder


def test_every_room_imports_only_from_rooms_below_it():
    ran = lint(REPOSITORY / "scripts")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("module", "added", "broken"),
    [
        ("corpus/model.py", "from claimbook.figures import figure", "claimbook.figures.figure"),
        ("export/__init__.py", "import claimbook.cli", "claimbook.cli"),
        ("house_style.py", "import shortofwar", "shortofwar"),
    ],
)
def test_an_import_from_above_or_from_the_report_is_refused(scripts, module, added, broken):
    path = scripts / "claimbook" / module
    path.write_text(f"{path.read_text('utf-8')}\n{added}\n", "utf-8")
    ran = lint(scripts)
    assert ran.returncode != 0
    name = f"claimbook.{module.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}"
    assert f"{name} -> {broken}" in ran.stdout


def test_a_new_room_must_be_given_its_layer(scripts):
    (scripts / "claimbook" / "attic.py").write_text('"""A room that no one has placed."""\n')
    ran = lint(scripts)
    assert ran.returncode != 0
    assert "attic" in ran.stdout
