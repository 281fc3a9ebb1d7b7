"""The commands of the project: `python -m shortofwar check`, `build`, and those on the texts. Each imports what it needs, and no more."""

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from shortofwar import paths, standing
from shortofwar.corpus.faults import CorpusError

if TYPE_CHECKING:
    from shortofwar.corpus.check import Report

# How often a build looks for garbage (gc.set_threshold): most of what it makes, it keeps, and to look as often as Python does by
# itself takes a tenth of the time.
RARELY = (100_000, 20, 20)


class OneLineEach(click.Group):
    """Commands that tell the faults of the corpus a line each, whichever of them meets one."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a corpus that cannot be used ends it with status 1."""
        try:
            return super().invoke(ctx)
        except CorpusError as error:
            click.echo(f"{error}\n{len(error.faults)} faults", err=True)
            sys.exit(1)


@click.group(cls=OneLineEach)
def main() -> None:
    """Short of War: check the corpus, build the book."""


def _tell(report: "Report") -> None:
    """Say what was checked, what was not, and every fault on a line of its own."""
    for fault in report.faults:
        click.echo(str(fault), err=True)
    _tell_checks({"checked": report.done, "not checked": report.left})


def _tell_checks(told: dict[str, list[str]]) -> None:
    """Say what was checked and what was not."""
    for what, checks in told.items():
        for check in checks:
            click.echo(f"{what}: {check}")


@main.command("check")
@click.option("--coverage", is_flag=True, help="Show page by page how the sentences are founded.")
def check_command(coverage: bool) -> None:
    """Check the corpus and the prose."""
    from shortofwar import load
    from shortofwar.book import prose
    from shortofwar.corpus.check import check

    report = prose.extend(check())
    _tell(report)
    if report.faults:
        click.echo(f"{len(report.faults)} faults", err=True)
        sys.exit(1)
    if coverage:
        click.echo(prose.coverage(load()).to_string())


@main.command("tidy")
def tidy_command() -> None:
    """Put tables that a spreadsheet saved back into the form that the repository keeps."""
    from shortofwar.corpus.tidy import tidy

    for file in tidy():
        click.echo(str(file))


@main.command("build")
@click.argument("forms", nargs=-1, type=click.Choice(["html", "pdf"]))
def build_command(forms: tuple[str, ...]) -> None:
    """Build the book: both forms, or those named; nothing where nothing has changed."""
    chosen = list(forms) or ["html", "pdf"]
    standing.date_from_commit()
    if (told := standing.standing(chosen)) is not None:
        click.echo("nothing has changed since the book was built", err=True)
        _tell_checks(told)
        return _tell_places(chosen)
    gc.set_threshold(*RARELY)
    from shortofwar.build import BuildError, build

    try:
        # the stream of now: while one form is made, errors go elsewhere, and the other form still has to say how far it is
        report = build(chosen, partial(click.echo, file=sys.stderr))
    except BuildError as error:
        click.echo(f"{error}\nthe build failed; the last good book stays where it was", err=True)
        sys.exit(1)
    _tell(report)
    if report.faults:
        click.echo(f"{len(report.faults)} faults; nothing was built, the last good book stays where it was", err=True)
        sys.exit(1)
    return _tell_places(chosen)


def _tell_places(forms: list[str]) -> None:
    """Say which file to open for each form of the book."""
    for form in forms:
        place = standing.PLACES[form]
        click.echo(f"{form.upper()}: {place / 'index.html' if form == 'html' else place}")


@main.command("coding-kit")
def kit_command() -> None:
    """Lay out what a coder needs to add a pass."""
    from shortofwar import load
    from shortofwar.corpus.annotate import lay_out_kit

    for file in lay_out_kit(load(), paths.KIT):
        click.echo(str(file))


@main.command("add-pass")
@click.argument("name")
def pass_command(name: str) -> None:
    """Compute the anchors of the kit's filled sheets and add them as the pass NAME."""
    from shortofwar import load
    from shortofwar.corpus import texts
    from shortofwar.corpus.annotate import add_pass

    sources = load().sources
    try:
        click.echo(str(add_pass(name, paths.KIT, sources, texts.find(sources))))
    except CorpusError as error:
        click.echo(f"{error}\n{len(error.faults)} faults; nothing was added", err=True)
        sys.exit(1)


@main.command("reader")
def reader_command() -> None:
    """Show the texts at hand with their claims, as private pages."""
    from shortofwar import load
    from shortofwar.book import reader

    try:
        click.echo(str(reader.write(load())))
    except reader.NoTexts as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@main.command("picture")
def picture_command() -> None:
    """Draw the README's picture anew from the front page's figure."""
    from shortofwar import load
    from shortofwar.figures import glance

    svg, _ = glance.half_year(load()).slide()
    paths.PICTURE.write_text(svg, "utf-8")
    click.echo(str(paths.PICTURE))


if __name__ == "__main__":
    main()
