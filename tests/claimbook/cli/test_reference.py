"""The page of commands has every command, and every option that a command takes."""

import re
from collections.abc import Iterator

import click
import pytest
from claimbook.cli import main
from claimbook.cli.reference import command_reference
from support.made_up_report import REPOSITORY

PAGE = REPOSITORY / "chapters" / "commands.md"


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        elif not command.hidden:  # one that only says what has replaced it
            yield " ".join(("claimbook", *names, name)), command


@pytest.mark.parametrize(("called", "command"), list(commands(main)), ids=str)
def test_the_reference_has_the_command_with_its_options(called, command):
    section = re.split(r"(?=```\{rubric\})", command_reference(main).myst)
    [of_command] = [text for text in section if text.startswith(f"```{{rubric}} {called}\n")]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in of_command
            assert parameter.help


def test_the_book_has_the_page_of_commands():
    assert "command_reference(main)" in PAGE.read_text("utf-8")
    contents = (REPOSITORY / "_toc.yml").read_text("utf-8")
    assert "chapters/commands" in contents
    assert "chapters/add-a-source" in contents
