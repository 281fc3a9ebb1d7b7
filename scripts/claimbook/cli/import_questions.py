"""What `claimbook import` asks at a terminal about names and values that it does not know."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from claimbook.exchange.mapping import NameMapping
    from claimbook.exchange.questions import Questions

LEAVE_OUT = "-"  # the answer that leaves a column out


def ask_all(questions: "Questions", mapping: "NameMapping") -> None:
    """Ask what is not known, and note each answer in the mapping at once."""
    _ask_names(questions, mapping)
    _ask_comments(questions, mapping)
    _ask_values(questions, mapping)


def _ask_names(questions: "Questions", mapping: "NameMapping") -> None:
    """Ask what each unknown column or tag fills."""
    unknown = questions.unknown_names(mapping)
    if unknown:
        click.echo(
            f"The columns are {', '.join(questions.columns)}.\n{LEAVE_OUT} leaves one out; a tag "
            "(with #) fills `column=value`, such as `theme=VALUE`.",
            err=True,
        )
    for name in unknown:
        meanings = " or ".join(questions.meanings(name))
        question = f"What is {name!r}{f', {meanings}' if meanings else ''}?"
        mapping.columns[name] = _ask_column(question, questions)


def _ask_comments(questions: "Questions", mapping: "NameMapping") -> None:
    """Ask whether comments are the paraphrases of claims."""
    for name, column in questions.open_comments(mapping).items():
        question = f"What is {name!r}, the paraphrase of the claim, or {LEAVE_OUT} to leave it out?"
        mapping.columns[name] = _ask_column(question, questions, column or LEAVE_OUT)


def _ask_column(question: str, questions: "Questions", default: str | None = None) -> str:
    """Ask for a column; return an empty text where it is left out."""

    def check(answer: str) -> str:
        if answer != LEAVE_OUT and answer.partition("=")[0].strip() not in questions.columns:
            raise click.UsageError(f"{answer!r} is none of the columns")
        return "" if answer == LEAVE_OUT else answer

    return str(click.prompt(question, default=default, value_proc=check, err=True))


def _ask_values(questions: "Questions", mapping: "NameMapping") -> None:
    """Ask what each unknown value means."""
    unknown = questions.unknown_values(mapping)
    if unknown:
        hint = "An empty answer leaves the cell empty, and its rows wait to be completed."
        click.echo(hint, err=True)
    for column, values in groupby(unknown, key=lambda one: one.column):
        click.echo(questions.describe(column), err=True)
        answers = mapping.values.setdefault(column, {})
        for one in values:
            near = f", {' or '.join(one.nearest)}" if one.nearest else ""
            question = f"What is {one.value!r} in {column}{near}?"
            answers[one.value] = _ask_value(question, column, questions)


def _ask_value(question: str, column: str, questions: "Questions") -> str:
    """Ask for a value by its id or name; return an empty text where it is left open."""

    def check(answer: str) -> str:
        value = questions.find_value(column, answer.strip())
        if value is None:
            raise click.UsageError(f"{answer!r} is no value of {column}")
        return value

    return str(click.prompt(question, default="", show_default=False, value_proc=check, err=True))
