"""What the tests share: the corpus, the texts where they are there, one build of the book."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from claimbook.digests import copy_project
from claimbook.paths import project
from claimbook.texts import source_texts
from shortofwar import load
from support.forked_python import run_sphinx
from support.not_run import NOT_RUN


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which keeps the pages as they now look instead of comparing them."""
    parser.addoption(
        "--accept", action="store_true", help="accept the pages of the PDF as they look now"
    )


HEAVY = {"book", "made_up_book", "chromium", "sphinx"}  # fixtures that take seconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that build a book or open a browser."""
    for item in items:
        if HEAVY & set(getattr(item, "fixturenames", ())):
            item.add_marker("whole")


@pytest.fixture(scope="session")
def corpus():
    """The corpus as the book loads it."""
    return load()


@pytest.fixture(scope="session")
def reports(corpus):
    """The part of the corpus that the chapters on the reports are about."""
    return corpus.of_tier("report")


@pytest.fixture(scope="session")
def at_hand():
    """The texts of all sources; without them the test is skipped, as the last lines report."""
    sources = load().sources
    found = source_texts.find_texts(sources)
    if len(found) < len(sources):
        NOT_RUN.append("tests against the texts: point CORPUS_TEXTS at them")
        pytest.skip("the texts are not at hand")
    return found


@pytest.fixture(scope="session")
def book() -> Path:
    """The book, built by its own command, as HTML and PDF; gives the folder that holds both."""
    ran = subprocess.run(
        [sys.executable, "-m", "claimbook", "build"],
        cwd=project().root,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return project().build


@pytest.fixture(scope="session")
def chromium():
    """The system's browser, offline; without one the test is skipped, as the last lines report."""
    program = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if program is None:
        NOT_RUN.append("tests in a browser: install chromium")
        pytest.skip("no browser")
    from playwright.sync_api import sync_playwright

    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sphinx() -> Callable[[Path, Path], None]:
    """Builds a small book as HTML, in its own process since Sphinx keeps state between builds."""

    def build(source: Path, out: Path) -> None:
        ran = run_sphinx(source, out)
        assert ran.returncode == 0, ran.stderr + ran.stdout

    return build


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the project's own files in a folder of its own, to be damaged."""
    return copy_project(tmp_path / "project")


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session):
    """Let the process that reports know what one that tests could not run."""
    yield
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not run"] = NOT_RUN


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Take over what a process that tests could not run."""
    NOT_RUN.extend(getattr(node, "workeroutput", {}).get("not run", []))


def pytest_deselected(items):
    """Count the tests that are left out for their length among what was not run."""
    if any(item.get_closest_marker("long") for item in items):
        NOT_RUN.append("what takes minutes: make test-long")


def pytest_terminal_summary(terminalreporter):
    """Say plainly what could not be tested here."""
    for reason in dict.fromkeys(NOT_RUN):
        terminalreporter.write_line(f"NOT RUN: {reason}")
