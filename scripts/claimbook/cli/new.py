"""The command that begins a report: `claimbook new`."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.errors import CorpusError, Fault

if TYPE_CHECKING:
    from claimbook.scaffold.facts import ReportFacts

OUTCOME = "the outcome"
NEEDED = {  # what has no default, with the question
    "title": "Title",
    "authors": "Authors, joined by semicolons",
    "start": "First day that it is about (YYYY-MM-DD)",
    "end": "Last day that it is about (YYYY-MM-DD)",
    "themes": "Themes that it argues about, joined by semicolons",
}
FLAGS = {"authors": "author", "themes": "theme", "start": "from", "end": "to"}
Answers = dict[str, Any]


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The title.")
@click.option("--subtitle", default="", help="The subtitle.")
@click.option("--name", default="", help="The name in file names; by default that of the folder.")
@click.option("--author", "authors", multiple=True, help="An author; may be given several times.")
@click.option("--from", "start", default="", metavar="DAY", help="The first day it is about.")
@click.option("--to", "end", default="", metavar="DAY", help="The last day it is about.")
@click.option(
    "--as-of", default="", metavar="DAY", help="The day up to which it judges; by default --to."
)
@click.option("--home", default="", help="The country or place that it is about.")
@click.option(
    "--outcome",
    default="",
    help="What is in question, in words for the middle of a sentence, such as `a closing of the "
    "straits`; or ID=WORDS.",
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    help="The label of a theme that it argues about, or ID=LABEL; may be given several times. "
    "Themes for forecasts and for the background are added.",
)
@click.option(
    "--example/--no-example", default=True, help="Whether to begin with one made-up source."
)
def new_command(folder: Path, example: bool, **given: Any) -> None:
    """Write an empty report on another subject into FOLDER, which builds at once.

    FOLDER is empty or not there yet. It gets the settings, empty tables with their schema, a page
    for each theme and for sources, method and data, and the engine as a wheel with the lock of all
    dependencies; `make book` in it makes the environment and builds HTML and PDF. Asks for what no
    option says.
    """
    from claimbook.scaffold.engine_wheel import EngineError
    from claimbook.scaffold.new_report import write_report

    answers = _complete(folder, given)
    try:
        write_report(_facts(answers), folder, with_example=example)
    except EngineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename or folder}: {error.strerror or error}", err=True)
        sys.exit(1)
    click.echo(f"{folder}: a new report; `make book` in it builds HTML and PDF")
    click.echo("README.md there says what comes next")


@click.command("wheel")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def wheel_command(folder: Path) -> None:
    """Write the engine that runs this command into FOLDER as a wheel.

    In the folder `engine` of a report it takes the place of one of the same version; `make` there
    installs it.
    """
    from claimbook.scaffold.engine_wheel import EngineError, build_wheel

    try:
        click.echo(str(build_wheel(folder)))
    except EngineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _complete(folder: Path, given: Answers) -> Answers:
    """Ask in a terminal for what no option says; else name the missing options."""
    from claimbook.texts.intake.outlets import make_slug

    missing = [name for name in NEEDED if not given[name]]
    answers = dict(given)
    if missing and not sys.stdin.isatty():
        flags = ", ".join(f"--{FLAGS.get(name, name)}" for name in missing)
        raise click.UsageError(f"a new report needs {flags}")
    for name in missing:
        answer = click.prompt(NEEDED[name])
        listed = [part.strip() for part in answer.split(";") if part.strip()]
        answers[name] = listed if name in ("authors", "themes") else answer
    if missing and not given["outcome"]:
        question = "What is in question, in words for the middle of a sentence"
        answers["outcome"] = click.prompt(question, default=OUTCOME)
    if missing and not given["home"]:
        answers["home"] = click.prompt("Country or place (may be empty)", default="")
    answers["name"] = answers["name"] or make_slug(folder.absolute().name)
    answers["as_of"] = answers["as_of"] or answers["end"]
    answers["outcome"] = answers["outcome"] or OUTCOME
    return answers


def _facts(answers: Answers) -> "ReportFacts":
    """Make the facts of the report of the answers."""
    from claimbook.scaffold.facts import Named, ReportFacts

    days, faults = {}, []
    for name in ("start", "end", "as_of"):
        try:
            days[name] = date.fromisoformat(answers[name])
        except ValueError:
            flag = f"--{FLAGS.get(name, name).replace('_', '-')}"
            faults.append(Fault(flag, "", "", answers[name], "a day as YYYY-MM-DD"))
    if faults:
        raise CorpusError(dict.fromkeys(faults))
    return ReportFacts(
        name=answers["name"],
        title=answers["title"],
        subtitle=answers["subtitle"],
        authors=list(answers["authors"]),
        home=answers["home"],
        outcome=Named.parse(answers["outcome"]),
        argued=[Named.parse(theme) for theme in answers["themes"]],
        **days,
    )
