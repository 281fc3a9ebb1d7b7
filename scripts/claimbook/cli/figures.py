"""The command `claimbook figures`: what a page can draw."""

import click

from claimbook.errors import CorpusError, Fault


@click.command("figures")
@click.argument("name", default="")
def figures_command(name: str) -> None:
    """List the figures that a page can draw, or describe the one called NAME.

    Each line has the function that a cell calls, what it draws, and the id by which a sentence
    names the figure, as in {numref}`events-by-theme`. The report's own figures come last. With
    NAME, which may be the end of a function's name, prints all that the function says of its
    arguments.
    """
    from claimbook.corpus.model import load
    from claimbook.corpus.validation.suggestions import suggest_name
    from claimbook.figures.catalogue import figure_functions

    found = figure_functions()
    if not name:
        corpus = load()
        for figure in found:
            click.echo(f"{figure.call}\n  {figure.summary}\n  id: {figure.figure_id(corpus)}")
        return
    chosen = [figure for figure in found if f".{figure.name}".endswith(f".{name}")]
    if not chosen:
        names = [figure.name.rpartition(".")[2] for figure in found]
        hint = suggest_name(name, names)
        raise CorpusError([Fault("figures", "", "", name, "the name of a figure's function", hint)])
    for figure in chosen:
        click.echo(f"{figure.call}\n\n{figure.description}")
