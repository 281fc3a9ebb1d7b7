"""The commands on sheets: `claimbook sheet SOURCE…`, `sheet add` and `sheet drafts`."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook.cli.wording import count_faults
from claimbook.errors import CorpusError
from claimbook.paths import project

if TYPE_CHECKING:
    from claimbook.texts.sheets.plan import Plan

SHOWN_SPAN = 60  # characters of a wording in a list
SHEETS_WITH_BAR = 10  # from as many sources on, a bar shows the progress
MAX_RUNS = 20  # groups of ids that are listed one by one

files_argument = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
update_option = click.option("--update", is_flag=True, help="Change claims that are there already.")
why_option = click.option("--why", default="", help="Why they change, for corrections.csv.")


class SheetGroup(click.Group):
    """Commands of which `write` may be left out before the names of sources."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `write` before arguments that begin with no command."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group("sheet", cls=SheetGroup)
def sheet_group() -> None:
    """Write the sheets that a coder fills in, and take them back.

    `claimbook sheet SOURCE…` is short for `claimbook sheet write SOURCE…`.
    """


@sheet_group.command("write")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--coder", default="", help="For the independent pass of this coder.")
def write_command(sources: tuple[str, ...], coder: str) -> None:
    """Write the sheets of sources, each as a CSV and as a workbook to choose from.

    SOURCE is the id or the code of a source. The workbook offers the allowed values and explains
    the columns. A sheet of a source that is coded by passages shows those that wait. A sheet that
    is filled in already stays as it is.
    """
    from claimbook.corpus import model, schema
    from claimbook.texts.sheets.columns import CLAIMS, PASSES, SOURCE, SOURCES
    from claimbook.texts.sheets.scope import choose_sources, coder_folder
    from claimbook.texts.sheets.writer import SheetWriter
    from claimbook.texts.source_texts import find_texts

    raw, tables = model.read_sound_tables(), model.read_schema()
    source_ids = choose_sources(raw[SOURCES], sources)
    rows = raw[SOURCES][raw[SOURCES][SOURCE].isin(source_ids)]
    texts = find_texts(schema.to_typed(tables[SOURCES], rows))
    writer = SheetWriter(tables, raw, texts, PASSES if coder else CLAIMS)
    folder = coder_folder(coder)
    if len(source_ids) < SHEETS_WITH_BAR:
        written = writer.write(source_ids, folder)
    else:
        with click.progressbar(source_ids, label="Writing sheets", file=sys.stderr) as bar:
            written = writer.write(bar, folder)
    for file, kept in written:
        click.echo(f"{show_path(file)}{': filled in already, left as it is' if kept else ''}")


def change_reason(update: bool, why: str) -> str:
    """Return why existing claims may be changed; an empty text where they may not.

    Raises:
        UsageError: They may, and no reason is given.
    """
    if update and not why.strip():
        raise click.UsageError("--update needs --why: the reason goes into corrections.csv")
    return why.strip() if update else ""


def show_path(file: Path) -> Path:
    """Return a path as it is shortest to read: within the project from its folder."""
    root = project().root
    return file.relative_to(root) if file.is_relative_to(root) else file


@sheet_group.command("add")
@files_argument
@update_option
@why_option
def add_command(files: tuple[Path, ...], update: bool, why: str) -> None:
    """Add the claims of filled sheets: CSV, workbooks or JSON lines.

    Finds each quotation in its text, and computes span, anchor, id and order. Events, actors,
    places and terms that the claims need are taken from further tabs of the workbook, or from
    `events.csv` and the like beside the sheet. Rows with an empty required cell wait as drafts.
    With any fault nothing is written.
    """
    from claimbook.texts.sheets.intake import add_sheets

    if update and not why and sys.stdin.isatty():
        why = click.prompt("Why do these claims change? (for corrections.csv)")
    reason = change_reason(update, why)
    try:
        plan = add_sheets(files, why=reason)
    except CorpusError as error:
        click.echo(f"{error}\n{count_faults(error.faults)}; nothing was added", err=True)
        sys.exit(1)
    print_plan(plan)


def print_plan(plan: "Plan") -> None:
    """Print what sheets changed, a line for each kind of change."""
    from claimbook.language.words import count_noun

    def say(what: str, ids: Sequence[str]) -> None:
        runs = _runs(ids)
        if len(runs) > MAX_RUNS:
            click.echo(f"{what}: {len(ids)}, from {ids[0]} to {ids[-1]}")
        elif runs:
            click.echo(f"{what}: {', '.join(runs)}")

    say("added", sorted_ids(plan.added.values()))
    say("changed", sorted_ids(match.claim_id for match in plan.changed))
    say("passages without a claim", plan.omitted)
    for name, keys in plan.further.items():
        say(f"added to {name}", keys)
    if not plan.tables:
        click.echo("nothing has changed")
    if plan.same:
        click.echo(f"there already: {count_noun(len(plan.same), 'claim')}")
    if plan.drafts:
        waiting = count_noun(len(plan.drafts), "draft")
        click.echo(f"waiting: {waiting}, which `claimbook sheet drafts` lists")
    for fault in plan.lacking:
        click.echo(f"next: {fault}")


def sorted_ids(ids: Iterable[str]) -> list[str]:
    """Sort ids of claims by code and number."""
    return sorted(ids, key=lambda key: (key.rpartition("-")[0], int(key.rpartition("-")[2])))


def _runs(ids: Sequence[str]) -> list[str]:
    """Join three or more ids that follow one another: CW-03 to CW-07."""
    runs: list[list[str]] = []
    for claim_id in ids:
        code, _, number = claim_id.rpartition("-")
        last_code, _, last = runs[-1][-1].rpartition("-") if runs else ("", "", "")
        if (
            last.isdigit()
            and number.isdigit()
            and (code, int(number)) == (last_code, int(last) + 1)
        ):
            runs[-1].append(claim_id)
        else:
            runs.append([claim_id])
    joined = ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run for run in runs)
    return [words for run in joined for words in run]


@sheet_group.command("drafts")
def drafts_command() -> None:
    """List the rows that wait to be completed, with the columns that are still empty."""
    from claimbook.texts.sheets.intake import list_drafts

    drafts = list_drafts()
    for draft in drafts:
        span = draft.span if len(draft.span) <= SHOWN_SPAN else f"{draft.span[: SHOWN_SPAN - 1]}…"
        quoted = f" ‘{span}’" if span else ""
        click.echo(f"{draft.file} line {draft.line}{quoted}: {', '.join(draft.empty)}")
    if not drafts:
        click.echo("no drafts")
