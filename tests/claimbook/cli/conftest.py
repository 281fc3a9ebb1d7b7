"""Commands as a user calls them, and the tables as they leave them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from claimbook.cli import main
from claimbook.paths import project
from click.testing import CliRunner, Result
from support.folder_contents import read_contents


@pytest.fixture
def claimbook(made_up_copy: Path) -> Callable[..., Result]:
    """Calls a command on a copy of the made-up report; expects it to succeed unless told."""

    def call(*words: object, exit_code: int = 0) -> Result:
        result = CliRunner().invoke(main, list(map(str, words)), catch_exceptions=False)
        assert result.exit_code == exit_code, result.output
        return result

    return call


@pytest.fixture
def rows(made_up_copy: Path) -> Callable[[str], list[dict[str, str]]]:
    """Reads the rows of a table of the copy."""

    def read(table: str) -> list[dict[str, str]]:
        with (made_up_copy / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def snapshot(made_up_copy: Path) -> Callable[[], dict[str, bytes]]:
    """Reads all files of the copy's tables and texts."""
    return lambda: read_contents(project().data)
