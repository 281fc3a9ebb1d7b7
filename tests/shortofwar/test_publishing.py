"""What publishes and deposits the report is in the form that its reader asks for."""

import re
import subprocess
import sys

import pytest
import yaml
from claimbook.paths import project

WORKFLOW = ".github/workflows/publish.yml"


@pytest.mark.parametrize(
    ("file", "schema"),
    [(WORKFLOW, "vendor.github-workflows"), ("CITATION.cff", "vendor.citation-file-format")],
)
def test_a_file_for_another_program_fulfils_the_schema_of_that_program(file, schema):
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*check, project().root / file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_calls_verbs_that_there_are_and_takes_files_that_they_make():
    root = project().root
    verbs = set(
        re.findall(r"^([a-z-]+):.*##", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    jobs = yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]
    steps = jobs["build"]["steps"]
    called = [verb for step in steps for verb in re.findall(r"make ([a-z-]+)", step.get("run", ""))]
    assert called == ["check", "test", "all"]
    assert set(called) <= verbs
    offered = " ".join(step.get("with", {}).get("path", "") for step in steps).split()
    built = ("_build/html", "_build/pdf/", "_build/epub/")
    assert offered
    assert all(path.startswith(built) for path in offered), offered


def test_every_python_that_the_project_allows_is_tried():
    jobs = yaml.safe_load((project().root / WORKFLOW).read_text("utf-8"))["jobs"]
    tried = jobs["build"]["strategy"]["matrix"]["python"]
    makefile = (project().root / "Makefile").read_text("utf-8")
    first, last = (
        re.search(r"\((\d+), (\d+)\) <= sys.version_info", makefile).groups(),
        re.search(r"<= \((\d+), (\d+)\)", makefile).groups(),
    )
    assert tried == [f"3.{minor}" for minor in range(int(first[1]), int(last[1]) + 1)]
