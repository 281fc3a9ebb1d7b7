"""The page *Add a source*, followed word for word on the made-up report."""

import re
import shlex
from collections.abc import Iterator

import pytest
from claimbook.cli import main
from claimbook.paths import project
from click.testing import CliRunner
from support.made_up_report import REPOSITORY

PAGE = REPOSITORY / "chapters" / "add-a-source.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"as `(?P<file>[^`]+)`:\s*\Z")
ADDED = re.compile(r"row to `(?P<file>[^`]+)`:\s*\Z")


def blocks() -> Iterator[tuple[str, str, str]]:
    """Each block of the page: what it is, its content, and the words before it."""
    page, end = PAGE.read_text("utf-8"), 0
    for match in BLOCK.finditer(page):
        yield match["kind"], match["block"], page[end : match.start()]
        end = match.end()


@pytest.mark.usefixtures("made_up_copy")
def test_what_the_page_prints_is_what_the_commands_print(monkeypatch):
    monkeypatch.chdir(project().root)
    printed = ""
    for kind, block, before in blocks():
        if kind == "sh":
            printed = ""
            for line in block.splitlines():
                program, *words = shlex.split(line)
                assert program == "claimbook"
                result = CliRunner().invoke(main, words, catch_exceptions=False)
                assert result.exit_code == 0, result.output
                printed += result.output
        elif kind == "toml":
            with project().settings.open("a", encoding="utf-8") as settings:
                settings.write(f"\n{block}")
        elif saved := SAVED.search(before):
            (project().root / saved["file"]).write_text(block, "utf-8")
        elif added := ADDED.search(before):
            with (project().root / added["file"]).open("a", encoding="utf-8") as table:
                table.write(block)
        else:
            assert printed.strip() == block.strip()
