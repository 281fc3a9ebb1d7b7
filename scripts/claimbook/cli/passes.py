"""The commands on coders' passes: `claimbook pass add`, `extend`, `remove` and `compare`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli.sheets import show_path
from claimbook.cli.wording import count_faults
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project

if TYPE_CHECKING:
    from claimbook.corpus.model import Corpus

SHEETS = (".csv", ".xlsx", ".ods", ".xls", ".jsonl")


@click.group("pass")
def pass_group() -> None:
    """Add a coder's independent pass over the texts, and compare it."""


def _from_sheets(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the name of a pass, its sheets and its sources."""
    for decorate in (
        click.option("--source", "sources", multiple=True, help="Take this source alone."),
        click.argument(
            "files",
            nargs=-1,
            metavar="[FILE]…",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
        ),
        click.argument("name"),
    ):
        command = decorate(command)
    return command


@pass_group.command("add")
@_from_sheets
def add_command(name: str, files: tuple[Path, ...], sources: tuple[str, ...]) -> None:
    """Add the pass NAME from filled sheets.

    FILE is a filled sheet; without one, all sheets are taken that `claimbook sheet SOURCE… --coder
    NAME` wrote. With any fault, or with nothing filled in, nothing is written.
    """
    _write(name, files, sources, extend=False)


@pass_group.command("extend")
@_from_sheets
def extend_command(name: str, files: tuple[Path, ...], sources: tuple[str, ...]) -> None:
    """Add further sources to the pass NAME from filled sheets.

    The rows of the sources that it has stay as they were made.
    """
    _write(name, files, sources, extend=True)


def _write(name: str, files: tuple[Path, ...], sources: tuple[str, ...], extend: bool) -> None:
    """Add or extend a pass, and print its sources."""
    from claimbook.corpus import model
    from claimbook.language.words import join_words
    from claimbook.texts.sheets.passes import PassWriter
    from claimbook.texts.sheets.scope import choose_sources, coder_folder

    folder = coder_folder(name)
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in SHEETS)
    try:
        writer = PassWriter(name)
        raw = model.read_tables().raw["sources"]
        write = writer.extend if extend else writer.add
        source_ids = write(files or found, choose_sources(raw, sources))
    except CorpusError as error:
        click.echo(f"{error}\n{count_faults(error.faults)}; nothing was added", err=True)
        sys.exit(1)
    codes = dict(zip(raw["source_id"], raw["code"], strict=True))
    file = show_path(project().data / "coding" / f"{name}.csv")
    click.echo(f"{file}: {join_words([codes[source_id] for source_id in source_ids])}")
    click.echo(f"`claimbook pass compare {name}` compares it with the published claims")


@pass_group.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_command(name: str, yes: bool) -> None:
    """Remove the pass NAME from the tables; the coder's sheets stay.

    The settlements of its differences from another pass go with it.
    """
    from claimbook.language.words import count_noun
    from claimbook.texts.sheets.passes import PassWriter

    writer = PassWriter(name)
    settled = f" and {count_noun(number, 'settlement')}" if (number := writer.settlements) else ""
    if not yes:
        click.confirm(f"Remove the pass {name}{settled}?", abort=True)
    writer.remove()
    click.echo(f"removed: {name}{settled}")


@pass_group.command("compare")
@click.argument("name")
@click.argument("other", default="")
def compare_command(name: str, other: str) -> None:
    """Compare the pass NAME with the published claims, or with the pass OTHER.

    Prints for each source the claims of both and those that both marked; then for each field, over
    these claims, the share of the same codes and Krippendorff's alpha with its 95 % interval.
    """
    from claimbook.analysis import agreement
    from claimbook.corpus.model import load

    corpus = load()
    names = agreement.coder_names(corpus.passes)
    if unknown := [coder for coder in (name, other) if coder and coder not in names]:
        allowed = f"a pass: {', '.join(names)}"
        raise CorpusError(Fault("coding", "", "coder", coder, allowed) for coder in unknown)
    if other:
        _compare(corpus, corpus.passes, corpus.coders, name, other)
    else:
        _compare(corpus, *agreement.with_published(corpus, name), name, agreement.PUBLISHED)


def _compare(corpus: "Corpus", passes: Any, coders: Any, one: str, two: str) -> None:
    """Print the agreement of two passes: claims by source, then fields."""
    from claimbook.analysis import agreement

    found = agreement.claims_by_source(passes, one, two).fillna(0)
    codes = [corpus.sources["code"].get(source_id, source_id) for source_id in found.index]
    whole = {column: found[column].astype(int) for column in (one, two, "matched")}
    print_table(found.assign(**whole).set_axis(codes).round({"agreement": 2}))
    if not found.loc["all", "matched"]:
        click.echo("no claim is in both")
        return
    fields = agreement.compared_fields(coders, one, two)
    alphas = agreement.field_agreement(passes, one, two, fields=fields)
    click.echo()
    print_table(alphas.round(2).rename_axis(None))


def print_table(rows: Any) -> None:
    """Print a DataFrame; a value that cannot be computed is a dash."""
    click.echo(rows.to_string(na_rep="–"))


@click.command("coding-kit", hidden=True)
def coding_kit_command() -> None:
    """Say what replaces this command."""
    click.echo("coding-kit is gone: `claimbook sheet SOURCE… --coder NAME` writes sheets", err=True)
    sys.exit(1)


@click.command("add-pass", hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1)
def add_pass_command(words: tuple[str, ...]) -> None:
    """Say what replaces this command."""
    name = words[0] if words else "NAME"
    click.echo(f"add-pass is gone: `claimbook pass add {name}` adds a pass", err=True)
    sys.exit(1)
