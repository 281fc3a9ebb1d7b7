"""Imports as a user calls them, on a copy of the made-up report."""

from collections.abc import Callable
from pathlib import Path

import pytest
from claimbook.cli import main
from claimbook.paths import project
from click.testing import CliRunner, Result
from support.folder_contents import read_contents


@pytest.fixture
def claimbook(made_up_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Calls a command in the folder of the copy; expects it to succeed unless told."""
    monkeypatch.chdir(made_up_copy)

    def call(*words: object, exit_code: int = 0, typed: str = "") -> Result:
        arguments = list(map(str, words))
        result = CliRunner().invoke(main, arguments, input=typed, catch_exceptions=False)
        assert result.exit_code == exit_code, result.output
        return result

    return call


@pytest.fixture
def text(made_up_copy: Path) -> str:
    """The text of the Coast Wire."""
    return (made_up_copy / "data" / "texts" / "coast-wire.txt").read_text("utf-8")


@pytest.fixture
def refused(claimbook: Callable[..., Result]) -> Callable[..., list[str]]:
    """Imports files that are refused, with nothing written; gives the fault lines."""

    def call(*words: object) -> list[str]:
        before = read_contents(project().root)
        *faults, last = claimbook("import", *words, exit_code=1).stderr.splitlines()
        assert last.endswith("; nothing was imported")
        assert read_contents(project().root) == before
        return faults

    return call
