"""The page of commands: what each command does and takes, generated from click."""

import re
from collections.abc import Iterator

import click

from claimbook.display.markdown import MystBlock, escape_markdown, markdown_table
from claimbook.language.words import capitalize_first

NAME = "claimbook"
OPTIONS = "[OPTIONS]"  # what click writes in a usage, also where there is no option but --help


def walk_commands(group: click.Group, name: str = NAME) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group by name, and those of the groups in it.

    Hidden commands are omitted.

    Args:
        group: The group.
        name: How the group is called.

    Yields:
        How a command is called, with the names of its groups, and the command.
    """
    for part, command in sorted(group.commands.items()):
        if command.hidden:
            continue
        called = f"{name} {part}"
        if isinstance(command, click.Group):
            yield from walk_commands(command, called)
        else:
            yield called, command


def command_reference(group: click.Group) -> MystBlock:
    """Make the reference of all commands: usage, help and options of each."""
    blocks, plain = [], []
    for called, command in walk_commands(group):
        label = called.replace(" ", "-")
        description = _describe(called, command)
        blocks.append(f"```{{rubric}} {called}\n:name: {label}\n```\n\n{description}")
        plain.append(f"**{called}**\n\n{description}")
    return MystBlock("\n\n".join(blocks), plain="\n\n".join(plain))


def _describe(called: str, command: click.Command) -> str:
    """Describe a command in Markdown."""
    context = click.Context(command, info_name=called)
    has_options = any(isinstance(parameter, click.Option) for parameter in command.params)
    pieces = command.collect_usage_pieces(context)
    usage = " ".join([called, *(piece for piece in pieces if has_options or piece != OPTIONS)])
    paragraphs = re.split(r"\n\s*\n", command.help or "")
    text = [_escape(" ".join(paragraph.split())) for paragraph in paragraphs if paragraph.strip()]
    options = [
        record
        for parameter in command.params
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context))
    ]
    table = [
        {"Option": f"`{names}`".replace("|", r"\|"), "What it does": _escape(what)}
        for names, what in options
    ]
    parts = [f"`{usage}`", *text]
    return "\n\n".join([*parts, markdown_table(table)] if table else parts)


def _escape(text: str) -> str:
    """Escape a help text, except for what it has between backticks."""
    parts = re.split(r"(`[^`]+`)", capitalize_first(text))
    return "".join(part if index % 2 else escape_markdown(part) for index, part in enumerate(parts))
