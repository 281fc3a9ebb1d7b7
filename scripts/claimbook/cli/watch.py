"""The commands `claimbook watch` and `serve`: the book in the browser."""

import sys
import time

import click

PORT = 8000


port_option = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=f"Serve at this port; by default at {PORT}, or the next that is free.",
)


@click.command("serve")
@port_option
def serve_command(port: int | None) -> None:
    """Show the built book in the browser, to this machine alone, until Ctrl-C."""
    import asyncio

    from claimbook.paths import project
    from claimbook.watch.server import (
        PortError,
        call_when_interrupted,
        make_file_server,
        serving,
    )

    async def serve() -> None:
        server = make_file_server(project().html)
        ended = asyncio.Event()
        call_when_interrupted(ended.set)
        async with serving(server, port or PORT, click.echo, exactly=port is not None):
            await ended.wait()

    if not (project().html / "index.html").is_file():
        click.echo("the book is not built yet: run `claimbook build`", err=True)
        sys.exit(1)
    try:
        asyncio.run(serve())
    except PortError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        pass
    click.echo("stopped")


@click.command("watch")
@port_option
def watch_command(port: int | None) -> None:
    """Show the book in the browser, and each page anew when it is saved.

    The command serves the HTML to this machine alone, and follows the files of the report until
    Ctrl-C ends it. A saved page is checked, built and opened again where a browser shows it. After
    a change of tables, settings or code the cells that may depend on it run again.

    A fault of the tables, the prose or a cell stands here and over the page, with file, line and
    what is allowed; the last good page stays beneath it until the fault is mended.

    It works in a folder of its own, so that `claimbook build` may run beside it. What that has
    published stays as it is. Downloads and the search are those of the last full build or start.
    """
    from claimbook.watch.loop import AlreadyWatchedError, run
    from claimbook.watch.server import PortError

    def say(line: str) -> None:
        click.echo(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr)

    try:
        run(port or PORT, exactly=port is not None, say=say)
    except (AlreadyWatchedError, PortError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror or error}", err=True)
        sys.exit(1)
