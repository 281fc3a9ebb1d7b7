"""`python -m shortofwar`: the commands of the engine, and those that only this report has."""

import click
from claimbook.cli import main
from claimbook.paths import project

README_PICTURE = "half-year.svg"


@main.command("picture")
def picture_command() -> None:
    """Write half-year.svg, the picture of the README.

    It is the figure of the front page.
    """
    # slow, and the other commands do without them
    from claimbook.figures.event_lanes import events_by_theme

    from shortofwar import load
    from shortofwar.findings import FINDINGS

    svg = events_by_theme(load().of_tier("report"), FINDINGS["half-year"]).picture()
    path = project().root / README_PICTURE
    path.write_text(svg, "utf-8")
    click.echo(str(path))


if __name__ == "__main__":
    main(prog_name="shortofwar")
