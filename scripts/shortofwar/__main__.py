"""`python -m shortofwar`: the commands of the engine, and those that only this report has."""

import click
from claimbook.cli import main
from claimbook.paths import project

README_PICTURE = "year.svg"


@main.command("picture")
def picture_command() -> None:
    """Write year.svg, the picture of the README.

    It is the figure of the front page.
    """
    # slow, and the other commands do without them
    from claimbook.figures.attention_days import attention_to_subject

    from shortofwar import load
    from shortofwar.record_findings import FINDINGS_OF_RECORD

    svg = attention_to_subject(load(), FINDINGS_OF_RECORD["year"], name="year").picture()
    path = project().root / README_PICTURE
    path.write_text(svg, "utf-8")
    click.echo(str(path))


if __name__ == "__main__":
    main(prog_name="shortofwar")
