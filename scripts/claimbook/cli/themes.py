"""The command on themes: `claimbook theme rename`."""

import sys

import click


@click.group("theme")
def theme_group() -> None:
    """Rename themes."""


@theme_group.command("rename")
@click.argument("old")
@click.argument("new")
@click.option("--label", default="", help="The new name for readers; by default it stays.")
def rename_command(old: str, new: str, label: str) -> None:
    """Rename the theme OLD to NEW wherever it is named.

    That is in report.toml, in datapackage.json, in all tables, in the cells and links of pages, and
    in the contents. A page that has the name of the theme gets the new one. All files change, or
    none. Lists where code, coders' sheets and the text of pages still have the old name. With NEW
    the same as OLD, the label alone changes.
    """
    from claimbook.scaffold.theme_renaming import rename_theme

    try:
        renaming = rename_theme(old, new, label)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror or error}", err=True)
        sys.exit(1)
    for line in renaming.changed or ["nothing had to be changed"]:
        click.echo(line)
    for place, name in renaming.left:
        click.echo(f"look at {place}, which names {name}")
