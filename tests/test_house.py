"""The rules of the house that a program can check: style, types, docstrings, commands of make."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("scripts/claimbook", "scripts/shortofwar")
MODULES = sorted((ROOT / "scripts").rglob("*.py"))
LONGEST_FILE, LONGEST_SUMMARY = 400, 80  # lines, characters


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", [("check",), ("format", "--check")], ids=["lint", "format"])
def test_code_keeps_the_rules_of_style(command):
    ran = run("ruff", *command, "scripts", "tests")
    assert ran.returncode == 0, ran.stdout


def test_engine_and_report_are_typed_strictly():
    ran = run("mypy")
    assert ran.returncode == 0, ran.stdout


def test_engine_and_report_use_nothing_that_windows_lacks():
    # what a system does not have is unreachable on it where the code asks for the system first;
    # libraries are skipped, as only the standard library is asked for
    alone = ("--config-file=", "--follow-imports=skip", "--ignore-missing-imports")
    ran = run("mypy", "--platform", "win32", *alone, "--cache-dir", os.devnull, *PACKAGES)
    assert " source files" in ran.stdout, ran.stderr  # it came to its end
    assert [line for line in ran.stdout.splitlines() if "Module has no attribute" in line] == []


def test_every_package_that_is_imported_is_declared():
    ran = run("deptry", "scripts", "--no-ansi")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    "module", MODULES, ids=lambda file: str(file.relative_to(ROOT / "scripts"))
)
def test_a_module_is_short_and_its_docstrings_begin_with_a_short_summary(module):
    text = module.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, documented) and (docstring := ast.get_docstring(node)):
            summary = docstring.split("\n")[0]
            longest = 100 if isinstance(node, ast.Module) else LONGEST_SUMMARY
            assert len(summary) <= longest, f"{module.name}: {summary}"
            assert summary.endswith((".", "?")), f"{module.name}: {summary}"


def test_make_help_lists_every_verb():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make ([a-z-]+)", shown.stdout, re.MULTILINE)
    assert sorted(listed) == sorted(phony[1].split())


def test_tests_import_helpers_only_from_the_package_of_helpers():
    """So that no test depends on another, nor on which directory is collected first."""
    files = [file for file in (ROOT / "tests").rglob("*.py") if "typst_fixture" not in file.parts]
    helpers = {file for file in files if file.parent.name == "support"}
    modules = {file.stem for file in files} - {"__init__"}
    imported = [
        f"{file.relative_to(ROOT)}: {node.module}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.split(".")[0] in modules or node.module.startswith("tests")
    ]
    assert imported == []
    assert {file for file in files if not file.name.startswith(("test_", "conftest"))} == helpers
