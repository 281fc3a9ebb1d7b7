"""The command `claimbook impact`: what a change of the tables makes doubtful."""

import click


@click.command("impact")
@click.option(
    "--since",
    default="",
    metavar="STATE",
    help="Compare with this state: a revision of git, or a folder of tables or of a report.",
)
def impact_command(since: str) -> None:
    """List what a change of the tables makes doubtful, to be read again.

    The command compares the tables with an earlier state. Without `--since` this is the last commit
    if they have changed since; else the last tag; else the commit before the last that changed
    them.

    Each line names a place and a reason. The list has sentences that show a changed number, cite a
    claim that has changed, is gone or has met a contradiction, or speak of all and are older than a
    claim on their matter; titles that no test holds to their data; and judgements that are older
    than a change of their evidence. A sentence or judgement that was written anew is not on it.

    The list goes on with what needs no comparison: titles that the data do not bear out, marks off
    the axis of a figure, claims that no judgement weighs and no sentence cites, coding passes
    without a match, and sources without criticism. None of it is a fault.
    """
    from claimbook.corpus.model import load
    from claimbook.impact.earlier_state import UnknownStateError
    from claimbook.impact.listing import find_impact

    try:
        impact = find_impact(load(), since)
    except UnknownStateError as error:
        raise click.BadParameter(str(error), param_hint="--since") from error
    click.echo(impact.compared)
    for kind, lines in impact.doubts.items():
        for line in lines:
            click.echo(f"{kind}: {line}")
    if not any(impact.doubts.values()):
        click.echo("nothing is doubtful")
