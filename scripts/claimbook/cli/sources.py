"""The commands on sources: `claimbook source add`, `source list` and `source remove`."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimbook.errors import CorpusError, Fault
from claimbook.paths import project

if TYPE_CHECKING:
    from claimbook.texts.intake.additions import Addition, SourceIntake
    from claimbook.texts.intake.proposals import Draft

EXPLAINED = 3  # sources up to which every proposal is shown with its reason
SHOWN_TITLE = 60  # characters
FILES_WITH_BAR = 5  # from as many files on, a bar shows the progress
FLAGS = (
    ("tier", "What part of the corpus the texts belong to."),
    ("series", "The series that they belong to, such as a daily assessment."),
    ("scope", "Whether they are coded whole or by passages."),
    ("extent", "Whether the copies are whole."),
    ("outlet", "Who published them: the id or name of an actor, or a new name."),
    ("author", "The byline."),
    ("published", "The day of publication: a day, a month, a year, or `DAY to DAY`."),
    ("kind", "Whether they are originals, reposts, rewrites or translations."),
    ("language", "The code of the language, such as en."),
    ("url", "The address."),
    ("reliability", "Reliability of the source, A to F."),
    ("reliability_reason", "Why that letter."),
)
SINGLE_FLAGS = (
    ("source_id", "The id; by default outlet and day."),
    ("code", "What the ids of its claims begin with; by default outlet and day, shortened."),
    ("title", "The title."),
)


@click.group("source")
def source_group() -> None:
    """Add, list and remove sources."""


def _with_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each column that a user can state."""
    for name, meaning in reversed((*FLAGS, *SINGLE_FLAGS)):
        command = click.option(f"--{name.replace('_', '-')}", name, default="", help=meaning)(
            command
        )
    return command


@source_group.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--yes", is_flag=True, help="Accept all proposals without a question.")
@click.option(
    "--keep-going", is_flag=True, help="Add the texts without faults, whatever others have."
)
@click.option("--reasons", is_flag=True, help="Show the reason of every proposal.")
@click.option("--encoding", default="", help="The encoding of plain texts; else it is found out.")
@click.option(
    "--split/--no-split",
    default=None,
    help="Take each part after a line that begins with `--- ` as a source of its own.",
)
@click.option("--side", default="", help="Whom new outlets speak for, as in actors.csv.")
@click.option(
    "--actors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A table like actors.csv with rows for outlets that are not in it yet.",
)
@click.option(
    "--csl",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A library in CSL-JSON; the texts' files are named by ids or titles of its items.",
)
@_with_flags
def add_command(
    paths: tuple[Path, ...],
    yes: bool,
    keep_going: bool,
    reasons: bool,
    encoding: str,
    split: bool | None,
    side: str,
    actors: Path | None,
    csl: Path | None,
    **flags: str,
) -> None:
    """Add the texts in files, or in a folder, as sources.

    Reads plain text in any encoding, HTML saved from a browser, PDF and DOCX. Proposes the row of
    each source with the reason for each cell, asks for what is missing, and writes all rows and
    texts at once. A folder may have an index: a table (CSV or a workbook) with the column `file`,
    and any of title, publisher, date, author, url, language and the columns of sources.csv.

    --csl takes title, publisher, author, day, address and language from the library of a reference
    manager, such as Zotero. Its items without a text are listed: a source needs its text.
    """
    from claimbook.texts.intake.additions import SourceIntake
    from claimbook.texts.intake.candidates import Requests

    values = {name: value for name, value in flags.items() if value}
    requests = Requests(values, encoding, split)
    intake = SourceIntake(requests, side, actors)
    intake.find(paths)
    waiting = _describe_by(csl, intake) if csl else []
    few = len(intake.files) < FILES_WITH_BAR
    with click.progressbar(
        intake.files, label="Reading texts", file=sys.stderr, hidden=few
    ) as files:
        intake.read(files)
    addition = intake.propose()
    if len(addition.drafts) > 1 and (
        single := [name for name, _ in SINGLE_FLAGS if name in values]
    ):
        raise click.UsageError(f"--{single[0].replace('_', '-')} is for one text; here are several")
    asked: list[str] = []
    if sys.stdin.isatty() and not yes:
        addition = _ask(intake, addition, asked)
    _print_addition(addition, reasons or len(addition.drafts) <= EXPLAINED)
    if not few:
        click.echo("Comparing with the texts at hand", err=True)
    for source_id, overlap in intake.overlaps(addition).items():
        click.echo(f"warning: {source_id}: {overlap}", err=True)
    _warn_of_doubtful_days(addition)
    _warn_of_later(addition)
    faults = addition.all_faults
    if faults and not keep_going:
        raise CorpusError([*faults])
    _finish(intake, addition, asked, yes)
    if waiting:
        click.echo(f"waiting for a text, and not added: {', '.join(waiting)}")
    if faults:
        raise CorpusError(faults)


def _describe_by(library: Path, intake: "SourceIntake") -> list[str]:
    """Describe texts by a library in CSL-JSON; return its items without one."""
    from claimbook.exchange import csl

    described, waiting, others = csl.match_texts(csl.read(library), intake.files)
    intake.describe_files(described)
    for file in others:
        click.echo(f"{file.name}: no item of {library.name} has its name as id or title", err=True)
    return waiting


def _warn_of_doubtful_days(addition: "Addition") -> None:
    """Warn of texts whose head prints several days of publication."""
    for draft in addition.sound:
        if draft.is_day_doubtful:
            day = f"published on {draft.cells['published']}? {draft.cells['published_basis']}"
            hint = "--published says another day"
            click.echo(f"warning: {draft.cells['source_id']}: {day} {hint}", err=True)


def _warn_of_later(addition: "Addition") -> None:
    """Warn of texts that were published after the day as of which the report judges."""
    from claimbook.language.dates import format_day
    from claimbook.settings import settings

    as_of = settings().report.as_of
    for draft in addition.sound:
        published = draft.cells["published"]
        if published > as_of.isoformat():
            day = f"published on {published}, after {format_day(as_of)}"
            click.echo(
                f"warning: {draft.cells['source_id']}: {day}, as of which the report judges: "
                "cite it only where the report says what came later",
                err=True,
            )


def _finish(intake: "SourceIntake", addition: "Addition", asked: list[str], yes: bool) -> None:
    """Ask whether to add the sources without faults, and write them."""
    number = len(addition.sound)
    if not number:
        click.echo("nothing to add")
        return
    if not yes:
        if not sys.stdin.isatty():
            click.echo("nothing was added: run it with --yes to accept the proposals", err=True)
            sys.exit(1)
        if not click.confirm(f"Add {_count(number, 'source')}?", default=True):
            click.echo("nothing was added")
            return
    written = intake.write(addition)
    copied = [file for file in written if file.parent == project().own_texts]
    click.echo(f"added {_count(number, 'source')}; {_count(len(copied), 'text')} copied")
    if asked:
        click.echo(f"asked for: {', '.join(dict.fromkeys(asked))}")
    if copied and project().own_texts not in project().texts():
        click.echo(f"warning: CORPUS_TEXTS does not list {project().own_texts}", err=True)
    if any(draft.cells["scope"] == "passages" for draft in addition.sound):
        click.echo("next: `claimbook passages` selects the passages to code")


def _count(number: int, noun: str) -> str:
    from claimbook.language.words import count_noun

    return count_noun(number, noun)


def _ask(intake: "SourceIntake", addition: "Addition", asked: list[str]) -> "Addition":
    """Ask for what is missing until nothing is; return the addition with the answers."""
    while True:
        before = len(asked)
        missing = [draft for draft in addition.drafts if draft.missing]
        for column in dict.fromkeys(name for draft in missing for name in draft.missing):
            _ask_for(column, [draft for draft in missing if column in draft.missing], intake, asked)
        for actor_id, cells in addition.actors.items():
            if not cells["side"]:
                of_actor = [draft for draft in addition.drafts if draft.cells["outlet"] == actor_id]
                _ask_for("side", of_actor, intake, asked, cells["name"])
        if len(asked) == before:
            return addition
        addition = intake.propose()


def _ask_for(
    column: str,
    drafts: Sequence["Draft"],
    intake: "SourceIntake",
    asked: list[str],
    whose: str = "",
) -> None:
    """Ask for a cell: once where the texts can share it, else for each text."""
    from claimbook.texts.intake.additions import ONCE_FOR_ALL, answer

    description, allowed = intake.describe(column)
    kind = click.Choice(allowed) if allowed else None
    click.echo(f"{column}: {description}", err=True)
    shared = column in ONCE_FOR_ALL or whose or len(drafts) == 1
    groups: Iterable[Sequence[Draft]] = [drafts] if shared else [[draft] for draft in drafts]
    for group in groups:
        of_texts = group[0].candidate.name if len(group) == 1 else _count(len(group), "text")
        value = click.prompt(f"  {column} of {whose or of_texts}", type=kind, err=True)
        answer(group, column, value)
        asked.append(column)


def _print_addition(addition: "Addition", explain: bool) -> None:
    """Print the proposed rows, with the reason of each cell or a line a source."""
    for remark in addition.remarks:
        click.echo(remark)
    for candidate, source_id in addition.known:
        click.echo(f"{candidate.name}: the text of {source_id} already; nothing changes")
    for draft in addition.drafts:
        cells = draft.cells
        if explain:
            click.echo(f"{draft.candidate.name} ({draft.candidate.whole.origin})")
            for column, (value, reason) in draft.row.items():
                if value:
                    click.echo(f"  {column}: {value}" + (f"  [{reason}]" if reason else ""))
        else:
            title = cells["title"]
            shown = title if len(title) <= SHOWN_TITLE else title[: SHOWN_TITLE - 1] + "…"
            parts = (cells["code"], cells["source_id"], cells["tier"], cells["scope"], shown)
            click.echo("  ".join(parts))
    for cells in addition.actors.values():
        side = cells["side"] or "side not known"
        click.echo(f"new actor {cells['actor_id']}: {cells['name']} ({cells['kind']}, {side})")


@source_group.command("list")
@click.option("--missing", is_flag=True, help="Only those whose text is not at hand.")
def list_command(missing: bool) -> None:
    """List the sources: code, id, day, tier, scope, words and claims."""
    from claimbook.corpus.model import load
    from claimbook.texts.source_texts import find_texts

    corpus = load()
    sources = corpus.sources
    if missing:
        sources = sources[~sources.index.isin(find_texts(sources))]
    claims = corpus.claims["source_id"].value_counts()
    rows = [("code", "source", "day", "tier", "scope", "words", "claims")]
    for source_id, source in sources.sort_values(["published", "code"]).iterrows():
        rows.append(
            (
                source["code"],
                str(source_id),
                str(source["published"].date()),
                source["tier"],
                source["scope"],
                str(source["words"]),
                str(claims.get(source_id, 0)),
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        texts = [cell.ljust(width) for cell, width in zip(row[:5], widths, strict=False)]
        numbers = [cell.rjust(width) for cell, width in zip(row[5:], widths[5:], strict=True)]
        click.echo("  ".join([*texts, *numbers]))
    click.echo(_count(len(sources), "source"))


@source_group.command("remove")
@click.argument("source_ids", nargs=-1, required=True, metavar="SOURCE_ID…")
@click.option("--with-claims", is_flag=True, help="Remove their claims, too, and what is on them.")
@click.option(
    "--with-names",
    is_flag=True,
    help="Remove the actors and places, too, to which nothing else refers.",
)
def remove_command(source_ids: tuple[str, ...], with_claims: bool, with_names: bool) -> None:
    """Remove sources, all or none; their texts stay where they lie.

    Their passages go with them. Refuses while claims rest on a source. With --with-claims they go
    with it, and the rows that are about them, such as relations and evidence; it still refuses
    while a row that stays, such as an indicator, refers to one of them. With --with-names go the
    actors and places, too, that the removed rows referred to and nothing else does: no row, page,
    setting or code of the report.
    """
    from claimbook.corpus import schema
    from claimbook.corpus.model import read_sound_tables
    from claimbook.corpus.removal import plan_removal
    from claimbook.corpus.table_writer import write_tables
    from claimbook.corpus.validation import suggestions

    raw, tables = read_sound_tables(), schema.read_schema(project().datapackage)
    file, known = tables["sources"].file, list(raw["sources"]["source_id"])
    faults = []
    for source_id in dict.fromkeys(source_ids):
        if source_id not in known:
            hint = suggestions.suggest_name(source_id, known)
            faults.append(Fault(file, source_id, "", source_id, "the id of a source", hint))
            continue
        of_source = raw["claims"]["source_id"] == source_id
        claims = list(raw["claims"]["claim_id"][of_source])
        if claims and not with_claims:
            rest = f"{claims[0]} to {claims[-1]}" if len(claims) > 1 else claims[0]
            has = f"this one has {_count(len(claims), 'claim')}: {rest}"
            hint = "--with-claims removes them, too, and what is on them"
            allowed = f"a source without claims; {has}"
            faults.append(Fault(file, source_id, "", source_id, allowed, hint))
    if faults:
        raise CorpusError(faults)
    removal = plan_removal(tables, raw, source_ids, with_names)
    if removal.resting:
        allowed = "a source on whose claims nothing else rests"
        value = ", ".join(source_ids)
        raise CorpusError(Fault(line, "", "", value, allowed) for line in removal.resting)
    write_tables(removal.files)
    for name, keys in removal.keys.items():
        click.echo(f"{tables[name].file}: removed {', '.join(keys)}")
    if removal.names and not with_names:
        loose = "; ".join(f"{name}: {', '.join(keys)}" for name, keys in removal.names.items())
        click.echo(
            f"nothing refers any more to {loose}; --with-names removes them, too, in the same call"
        )
    texts = "text stays" if len(set(source_ids)) == 1 else "texts stay"
    click.echo(f"the {texts}; `claimbook check` names the sentences that cite removed claims")
