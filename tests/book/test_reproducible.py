"""The same commit gives the same bytes, wherever and under whatever settings it is built."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from claimbook.digests import copy_project
from support.made_up_report import VARIABLE, lay_out
from support.small_book import cut_down, environment

HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
CELL = """from claimbook.figures import event_lanes
from claimbook.corpus.model import load
event_lanes.events_by_theme(load(), "Events")"""
THERE = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4711",
}
COMMITTED = "1670976000"  # a moment, as the commit's would be


def built(project_copy: Path, settings: dict[str, str]) -> dict[str, bytes]:
    """The forms of the book that a copy of the project gives, by their names below `_build`."""
    command = [sys.executable, "-m", "claimbook", "build"]
    env = environment(project_copy, SOURCE_DATE_EPOCH=COMMITTED, **settings)
    env[VARIABLE] = str(project_copy)
    ran = subprocess.run(command, cwd=project_copy, capture_output=True, text=True, env=env)
    assert ran.returncode == 0, ran.stderr
    made = [
        file
        for form in ("html", "pdf")
        for file in (project_copy / "_build" / form).rglob("*")
        if file.is_file()
    ]
    return {str(file.relative_to(project_copy / "_build")): file.read_bytes() for file in made}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that only one has, and those that differ, with the place and what stands there."""
    told = [f"only once: {name}" for name in sorted(one.keys() ^ other.keys())]
    for name in sorted(one.keys() & other.keys()):
        here, there = one[name], other[name]
        if here != there:
            at = next(
                (i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b),
                min(len(here), len(there)),
            )
            told.append(
                f"{name} at byte {at}: {here[max(at - 60, 0) : at + 60]!r} "
                f"or {there[max(at - 60, 0) : at + 60]!r}"
            )
    return told


def test_a_small_book_is_the_same_in_a_folder_with_any_name_under_any_settings(tmp_path):
    one = cut_down(lay_out(tmp_path / "report"), CELL, claim="DE-01")
    other = Path(shutil.copytree(one, tmp_path / "Мая кніга & co" / "тэка"))
    assert differing(built(one, {**HERE, "LC_ALL": "C"}), built(other, THERE)) == []


@pytest.mark.long
def test_two_folders_zones_locales_and_seeds_give_the_same_bytes(tmp_path):
    one = copy_project(tmp_path / "book")
    other = copy_project(tmp_path / "інша тека" / "книга")
    assert differing(built(one, HERE), built(other, THERE)) == []
