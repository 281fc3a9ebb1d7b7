"""The commands on other programs' files: `claimbook import` and `claimbook export`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook.cli.import_questions import ask_all
from claimbook.cli.sheets import (
    change_reason,
    files_argument,
    print_plan,
    show_path,
    update_option,
    why_option,
)
from claimbook.cli.wording import count_faults
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project

if TYPE_CHECKING:
    from claimbook.exchange.intake import AnnotationIntake
    from claimbook.exchange.mapping import NameMapping

FORMATS = ("web-annotation", "cas-json", "webanno-tsv", "label-studio")  # read and written
LARGEST_CHOICE = 8  # names of sources that are listed one by one


@click.command("import")
@files_argument
@click.option(
    "--format",
    "name",
    metavar="FORMAT",
    type=click.Choice(["table", *FORMATS]),
    help="The format; else it is told by the content.",
)
@click.option("--source", default="", help="The id or code of the source of all quotations.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file that says what foreign columns and values mean; by default "
    "`coding/mapping.toml`.",
)
@click.option("--layer", default="", help="The layer of quotations in a CAS or a WebAnno file.")
@update_option
@why_option
def import_command(
    files: tuple[Path, ...],
    name: str | None,
    source: str,
    mapping_file: Path | None,
    layer: str,
    update: bool,
    why: str,
) -> None:
    """Take quotations from files of other programs, as claims or rows to complete.

    FORMAT is `table`, a spreadsheet of quotations, CSV or a workbook; `web-annotation`, W3C Web
    Annotations, also those of Hypothes.is and Recogito; `cas-json` and `webanno-tsv`, which
    INCEpTION exports; or `label-studio`. Each quotation is found in the text of its source, and
    goes the way of a row of a coder's sheet.

    Columns, features and tags are known by the names of the columns; values by their ids or by
    their names in the book. A tag may be `theme: closure`. At a terminal the command asks what each
    unknown name or value means, and whether comments are paraphrases; it keeps the answers in the
    mapping file. Elsewhere it shows the file to write for unknown names, names each unknown value,
    and takes comments for paraphrases. The outlet of the source is put before the speakers of a
    chain. Rows that lack a required cell, or with a value that was left open, wait in a sheet in
    `coding/`. With any fault nothing is written.
    """
    from claimbook.exchange.intake import AnnotationIntake, Options

    reason = change_reason(update, why)
    options = Options(name or "", _source_id(source) if source else "", layer, reason)
    try:
        intake = AnnotationIntake(files, options)
        result = intake.take(_read_names(intake, files, mapping_file))
    except CorpusError as error:
        click.echo(f"{error}\n{count_faults(error.faults)}; nothing was imported", err=True)
        sys.exit(1)
    for remark in result.remarks:
        click.echo(remark)
    print_plan(result.plan)
    for file in result.waiting:
        shown = show_path(file)
        click.echo(
            f"next: complete {shown}, then `claimbook sheet add` it; "
            "or open the source in the workbench, which takes the rows in"
        )


def _source_id(source: str) -> str:
    """Return the id of a source that is named by its id or code."""
    from claimbook.corpus import model
    from claimbook.texts.sheets.scope import choose_sources

    return choose_sources(model.read_tables().raw["sources"], [source])[0]


def can_ask() -> bool:
    """Say whether someone sits at a terminal."""
    return sys.stdin.isatty()


def _read_names(
    intake: "AnnotationIntake", files: Sequence[Path], named: Path | None
) -> "NameMapping":
    """Read the mapping, and ask for what it lacks, or show how to write it.

    Raises:
        CorpusError: Names are unknown, and nobody can be asked.
    """
    from claimbook.exchange.mapping import NameMapping, read_mapping, render_mapping

    file = named or project().mapping
    is_there = file.exists() or (named is not None and not can_ask())
    mapping = read_mapping(file) if is_there else NameMapping()
    intake.questions.check(mapping, file.name)
    if can_ask():
        before = render_mapping(mapping)
        try:
            ask_all(intake.questions, mapping)
        finally:  # whoever breaks off is not asked again
            if (answers := render_mapping(mapping)) != before:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(answers, "utf-8")
                click.echo(f"your answers are in {show_path(file)}", err=True)
        return mapping
    unknown = intake.questions.unknown_names(mapping)
    if not unknown:
        return mapping
    mapping.columns |= dict.fromkeys(unknown, "")
    click.echo(
        f"say what these names fill, in {show_path(file)} (an empty text leaves a column out, "
        "`column=value` is for a tag; the columns are "
        f"{', '.join(intake.questions.columns)}):\n\n{render_mapping(mapping)}",
        err=True,
    )
    label = ", ".join(path.name for path in files)
    faults = []
    for name in unknown:
        meanings = " or ".join(intake.questions.meanings(name))
        hint = f"say in {show_path(file)} what it fills" + (f": {meanings}?" if meanings else "")
        faults.append(Fault(label, "", "", name, "a column of a sheet", hint))
    raise CorpusError(faults)


@click.command("export")
@click.argument("name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder; by default `coding/exported/FORMAT`, which git ignores.",
)
def export_command(name: str, sources: tuple[str, ...], folder: Path | None) -> None:
    """Write claims with the texts that they stand in, for an annotation program.

    FORMAT is `web-annotation`, `cas-json`, `webanno-tsv` or `label-studio`; SOURCE is the id or the
    code of a source, all of them without one. The files hold whole texts: they need the texts at
    hand, and are written to a folder that git ignores and no build deletes or publishes. What the
    site offers holds no words of a source.
    """
    from claimbook.corpus import model
    from claimbook.exchange.writing import export_texts
    from claimbook.texts.sheets.scope import choose_sources

    raw = model.read_tables().raw
    chosen = choose_sources(raw["sources"], sources)
    files, left_out, lost = export_texts(name, chosen, folder or project().exported / name)
    for file in files:
        click.echo(str(show_path(file)))
    if left_out:
        shown = ", ".join(left_out[:LARGEST_CHOICE])
        rest = f" and {len(left_out) - LARGEST_CHOICE} more" if left_out[LARGEST_CHOICE:] else ""
        click.echo(f"left out, without a text at hand or claims: {shown}{rest}")
    if lost:
        click.echo(f"not held by this format: {lost}")
