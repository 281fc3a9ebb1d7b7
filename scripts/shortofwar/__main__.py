"""The commands of the project: `python -m shortofwar check`, `build`, `anchor`."""

import sys

import click

from shortofwar.corpus.check import Report, check


@click.group()
def main() -> None:
    """Short of War: check the corpus, build the book."""


def _tell(report: Report) -> None:
    """Say what was checked, what was not, and every fault on a line of its own."""
    for fault in report.faults:
        click.echo(str(fault), err=True)
    for done in report.done:
        click.echo(f"checked: {done}")
    for left in report.left:
        click.echo(f"not checked: {left}")


@main.command("check")
def check_command() -> None:
    """Check the corpus and the prose."""
    report = check()
    _tell(report)
    if report.faults:
        click.echo(f"{len(report.faults)} faults", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
