"""The command `claimbook reanchor`: carry the stored spans over to other copies of the texts."""

import sys
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

import click

from claimbook.paths import project

if TYPE_CHECKING:
    from claimbook.texts.reanchoring import Located, Reanchoring, SourceResult

STATUSES = ("exact", "moved", "changed", "unclear", "missing")
WIDTH = 100  # characters of a line
MAX_SHOWN = 600  # characters of a wording


@click.command("reanchor")
@click.argument("source_ids", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="ID",
    help="Write this row as the text now has it, or take the text found for this source. "
    "May be given several times.",
)
def reanchor_command(source_ids: tuple[str, ...], dry_run: bool, accepted: tuple[str, ...]) -> None:
    """Carry claims, criticism, passages and coding passes over to the texts at hand.

    Use it when you have another copy of a text, or when a file was renamed. Where the words of a
    row stand elsewhere, the row gets the new offsets. Rows whose words have changed, are missing,
    or might stand at several places stay as they are and are listed with what stands there now;
    accept one with --accept and its ID. Without SOURCE it looks at all sources.
    """
    from claimbook.texts.reanchoring import Reanchoring

    reanchoring = Reanchoring(project().data, source_ids, accepted)
    with click.progressbar(
        reanchoring.texts, label="finding spans", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as progress:
        results = [reanchoring.search(source_id) for source_id in progress]
    reanchoring.check_accepted(results)
    for result in results:
        _print_result(result)
    written = [] if dry_run else reanchoring.write(results)
    _print_summary(reanchoring, results, dry_run)
    for file in written:
        click.echo(str(file))
    for fault in reanchoring.unreadable.values():
        click.echo(str(fault), err=True)
    if reanchoring.unreadable:
        sys.exit(1)


def _print_result(result: "SourceResult") -> None:
    """Print what was found of a source, if anything is to be written or decided."""
    listed = [
        located
        for located in result.spans
        if located.match.status not in ("exact", "moved") and not located.is_accepted
    ]
    counts = result.count()
    moved = [located for located in result.spans if located.is_written]
    if not (listed or moved or result.changes):
        return
    source_id = result.text.source_id
    found = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
    click.echo(f"{source_id}: {found or 'no spans'}")
    if "file" in result.changes:
        click.echo(f"  its text is now {result.file}")
    if not result.is_certain:
        click.echo(
            f"  {result.file} differs from the annotated text, and too little in the tables shows "
            "that it is a copy of it.\n"
            f"  Nothing was written. If it is one: claimbook reanchor --accept {source_id}"
        )
    for located in moved:
        old, match = located.span.selector, located.match
        places = f"{old.start}-{old.end} to {match.start}-{match.end}"
        click.echo(f"  {located.span.file} {located.span.key}: {places}")
    for located in listed:
        _print_listed(located)


def _print_listed(located: "Located") -> None:
    """Print a row to decide on: what it cites, and what stands there now."""
    span, match = located.span, located.match
    stored = f"{span.selector.start}-{span.selector.end}"
    click.echo(f"  {span.file} {span.key} {stored}: {_explain(located)}")
    if span.about:
        _print_wording("cites", span.about)
    if located.current:
        _print_wording(f"now at {match.start}-{match.end}", located.current)
    if located.can_be_accepted:
        click.echo(f"    if that is right: claimbook reanchor --accept {span.key}")


def _explain(located: "Located") -> str:
    """Say in words what became of a row."""
    match, words = located.match, located.span.selector.words
    if match.status == "missing":
        return "missing: its words are not in the text"
    if match.status == "unclear":
        if match.places > 1:
            return f"unclear: its words stand at {match.places} places"
        return "unclear: its words stand away from where the rows beside it put them"
    if not match.words:
        return "changed: only its first or its last words are left"
    if match.words > words:
        return f"changed: {match.words - words} words were put in between"
    if match.words < words:
        return f"changed: {words - match.words} words were left out"
    return "changed: other words stand between its first and its last"


def _print_wording(what: str, wording: str) -> None:
    """Print a wording in lines that a terminal holds."""
    shown = textwrap.shorten(f"{what}: {wording}", MAX_SHOWN, placeholder=" …")
    click.echo(textwrap.fill(shown, WIDTH, initial_indent="    ", subsequent_indent="      "))


def _print_summary(
    reanchoring: "Reanchoring", results: list["SourceResult"], dry_run: bool
) -> None:
    """Print how many spans were found, and what was and was not written."""
    counts: Counter[str] = sum((result.count() for result in results), Counter())
    found = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
    click.echo(f"{len(results)} texts: {found or 'no spans'}")
    if reanchoring.absent:
        click.echo(f"no text at hand: {len(reanchoring.absent)} sources", err=True)
    if dry_run:
        click.echo("nothing was written, as --dry-run says")
