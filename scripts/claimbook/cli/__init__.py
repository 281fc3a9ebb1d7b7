"""The command line: `claimbook check`, `claimbook build`, and the commands on the texts.

Each command imports what it needs and no more, so that one with little to do ends soon.
"""

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook.cli.exchange import export_command, import_command
from claimbook.cli.figures import figures_command
from claimbook.cli.fragments import fragments_command
from claimbook.cli.impact import impact_command
from claimbook.cli.new import new_command, wheel_command
from claimbook.cli.passages import passages_command
from claimbook.cli.passes import add_pass_command, coding_kit_command, pass_group
from claimbook.cli.reanchor import reanchor_command
from claimbook.cli.sheets import sheet_group
from claimbook.cli.sources import source_group
from claimbook.cli.themes import theme_group
from claimbook.cli.watch import serve_command, watch_command
from claimbook.cli.wording import count_faults
from claimbook.errors import CorpusError
from claimbook.paths import ProjectNotFoundError
from claimbook.pipeline import fingerprint

if TYPE_CHECKING:
    from claimbook.corpus.validation.table_checks import CheckResults
    from claimbook.pipeline.fingerprint import Checks

# How often a build looks for garbage (see gc.set_threshold): it keeps most of what it makes, and
# looking as often as Python does by itself takes a tenth of the time.
GC_THRESHOLDS = (100_000, 20, 20)
FORMS, ALL = ("html", "pdf", "epub"), "all"  # of the book
BOOK = ("html", "pdf")  # what a build makes that names no form


class _OneLinePerFault(click.Group):
    """Commands that print the faults of the corpus, a line each."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; print an error of corpus or project, and exit with 1."""
        try:
            return super().invoke(ctx)
        except CorpusError as error:
            click.echo(f"{error}\n{count_faults(error.faults)}", err=True)
        except ProjectNotFoundError as error:
            click.echo(str(error), err=True)
        sys.exit(1)


@click.group(cls=_OneLinePerFault)
def main() -> None:
    """Check a report's corpus and build its book, where report.toml lies."""


def _print_report(report: "CheckResults") -> None:
    """Print every fault on a line of its own, then what was checked and what was not."""
    from claimbook.pipeline.checks import checks_of

    for fault in report.faults:
        click.echo(str(fault), err=True)
    _print_checks(checks_of(report))


def _print_checks(checks: "Checks") -> None:
    """Print what was checked, what was not, and which titles the data do not bear out."""
    for what, lines in checks.items():
        for line in lines:
            click.echo(f"{what}: {line}")


@main.command("check")
@click.option("--coverage", is_flag=True, help="Show page by page how the sentences are founded.")
def check_command(coverage: bool) -> None:
    """Check the corpus and the prose."""
    from claimbook.corpus.model import load
    from claimbook.pipeline.checks import check_report
    from claimbook.prose.coverage import coverage_table

    report = check_report(figures=True)
    _print_report(report)
    if report.faults:
        click.echo(count_faults(report.faults), err=True)
        sys.exit(1)
    if coverage:
        click.echo(coverage_table(load()).to_string())
    click.echo("no faults in what was checked" if report.skipped else "no faults")


@main.command("tidy")
def tidy_command() -> None:
    """Put tables that a spreadsheet saved into the repository's form again."""
    from claimbook.corpus.normalize import normalize_tables

    files = normalize_tables()
    for file in files:
        click.echo(str(file))
    if not files:
        click.echo("the tables have the form of the repository")


@main.command("build")
@click.argument("forms", nargs=-1, type=click.Choice([*FORMS, ALL]))
@click.option(
    "--strict", is_flag=True, help="Fail where a title is not borne out, or a source waits."
)
def build_command(forms: tuple[str, ...], strict: bool) -> None:
    """Build HTML and PDF, or the forms named, where anything has changed.

    The form epub is for e-readers; all are the three forms, and the pages then offer the EPUB.
    """
    named = FORMS if ALL in forms else forms or BOOK
    chosen = [form for form in FORMS if form in named]
    fingerprint.set_date_from_commit()
    if (checks := fingerprint.up_to_date(chosen)) is not None:
        click.echo("nothing has changed since the book was built", err=True)
        _print_checks(checks)
        _print_places(chosen, fingerprint.recorded_places())
        sys.exit(1 if strict and fingerprint.fails_strict(checks) else 0)
    gc.set_threshold(*GC_THRESHOLDS)
    from claimbook.pipeline.build import BuildError, build

    try:
        # the stream of now: errors go elsewhere while one form is made, and the other still reports
        report = build(chosen, partial(click.echo, file=sys.stderr))
    except BuildError as error:
        click.echo(f"{error}\nthe build failed; the last good book stays where it was", err=True)
        sys.exit(1)
    _print_report(report)
    if report.faults:
        kept = "nothing was built, the last good book stays where it was"
        click.echo(f"{count_faults(report.faults)}; {kept}", err=True)
        sys.exit(1)
    _print_places(chosen, fingerprint.published_forms())
    from claimbook.pipeline.checks import checks_of

    if strict and fingerprint.fails_strict(checks_of(report)):
        sys.exit(1)


def _print_places(forms: list[str], places: dict[str, Path]) -> None:
    """Print which files to open for each form of the book."""
    for form in forms:
        files = [places[form] / "index.html"] if form == "html" else sorted(places[form].glob("*"))
        for file in files:
            click.echo(f"{form.upper()}: {file}")


@main.command("reader")
def reader_command() -> None:
    """Show the texts at hand with their claims, as private pages."""
    from claimbook.corpus.model import load
    from claimbook.source_reader.reader import TextsNotFoundError, write_reader

    try:
        click.echo(str(write_reader(load())))
    except TextsNotFoundError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


main.add_command(sheet_group)
main.add_command(pass_group)
main.add_command(coding_kit_command)
main.add_command(add_pass_command)
main.add_command(source_group)
main.add_command(import_command)
main.add_command(export_command)
main.add_command(passages_command)
main.add_command(reanchor_command)
main.add_command(fragments_command)
main.add_command(impact_command)
main.add_command(serve_command)
main.add_command(watch_command)
main.add_command(new_command)
main.add_command(wheel_command)
main.add_command(theme_group)
main.add_command(figures_command)
