"""The same commit gives the same bytes, wherever and under whatever settings it is built."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shortofwar import paths

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
THERE = {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"}
SKIPPED = shutil.ignore_patterns("_build", ".venv", ".git", "texts", "__pycache__", "*.egg-info", ".pytest_cache")
COMMITTED = "1670976000"  # a moment, as the commit's would be


def built(project: Path, settings: dict[str, str]) -> dict[str, bytes]:
    """The forms of the book that a copy of the project gives, by their names below `_build`."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(project / "scripts"), "CORPUS_TEXTS": "/nowhere", "SOURCE_DATE_EPOCH": COMMITTED}
    ran = subprocess.run([sys.executable, "-m", "shortofwar", "build"], cwd=project, capture_output=True, text=True, env=environment)
    assert ran.returncode == 0, ran.stderr
    made = [file for form in ("html", "pdf") for file in (project / "_build" / form).rglob("*") if file.is_file()]
    return {str(file.relative_to(project / "_build")): file.read_bytes() for file in made}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that only one has, and those that differ, with the place and what stands there."""
    told = [f"only once: {name}" for name in sorted(one.keys() ^ other.keys())]
    for name in sorted(one.keys() & other.keys()):
        here, there = one[name], other[name]
        if here != there:
            at = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
            told.append(f"{name} at byte {at}: {here[max(at - 60, 0) : at + 60]!r} or {there[max(at - 60, 0) : at + 60]!r}")
    return told


@pytest.mark.long
def test_two_folders_zones_locales_and_seeds_give_the_same_bytes(tmp_path):
    one = Path(shutil.copytree(paths.ROOT, tmp_path / "book", ignore=SKIPPED))
    other = Path(shutil.copytree(paths.ROOT, tmp_path / "інша тека" / "книга", ignore=SKIPPED))
    assert differing(built(one, HERE), built(other, THERE)) == []
