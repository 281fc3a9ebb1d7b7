"""A server for this machine alone: the shown pages, and news of them for the browser.

A page is sent with a script that listens for news. The files themselves have no such script.
"""

import asyncio
import contextlib
import errno
import json
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

ADDRESS = "127.0.0.1"
HOSTS = r"(127\.0\.0\.1|localhost)"  # by which a browser may call the server
TRIED_PORTS = 20
NEWS = "/.watch/news"
SCRIPT = "/.watch/watch.js"
ASSETS = Path(__file__).parent / "assets"
# Shown until the first build is done: the script then opens the page.
NOT_BUILT = (
    "<!doctype html><html lang='en'><meta charset='utf-8'>"
    "<meta name='viewport' content='width=device-width'><title>Not built yet</title>"
    "<style>:root { color-scheme: light dark; font-family: sans-serif }</style>"
    "<body><p>This page is not built yet. It opens when it is.</p></body></html>"
)


class PortError(RuntimeError):
    """An error where no port can be had; the message names it."""


@dataclass
class Board:
    """What every open page is to know.

    Attributes:
        shown: The folder of the pages.
        faults: Why the pages stay as they were, a line each.
        working: What is being built, in words; empty when nothing is.
        listeners: An event for each open page, set when there is news.
        closed: Whether the server ends, and with it the connections of open pages.
    """

    shown: Path
    faults: list[str] = field(default_factory=list)
    working: str = ""
    listeners: set[asyncio.Event] = field(default_factory=set)
    closed: bool = False

    def tell(self) -> None:
        """Send the news to all open pages."""
        for listener in self.listeners:
            listener.set()

    def close(self) -> None:
        """End the connections of all open pages."""
        self.closed = True
        self.tell()

    def file_of(self, address: str) -> Path:
        """Return the file of a page.

        Args:
            address: The path of its address, decoded.

        Raises:
            HTTPError: The path leads out of the folder of the pages.
        """
        file = self.shown / address.lstrip("/")
        if address.endswith("/"):
            file /= "index.html"
        if self.shown.resolve() not in file.resolve().parents:
            raise HTTPError(404)
        return file

    def state_of(self, address: str) -> str:
        """Return a text that is another one whenever the file of a page is."""
        try:
            return str(self.file_of(address).stat().st_mtime_ns)
        except OSError:
            return "none"


class _Page(RequestHandler):
    """Sends a page with the script."""

    def initialize(self, board: Board) -> None:
        self.board = board

    def get(self, address: str) -> None:
        state = self.board.state_of(address)
        try:
            page = self.board.file_of(address).read_text("utf-8")
        except OSError:
            self.set_status(404)
            page = NOT_BUILT
        script = f'<script src="{SCRIPT}" data-state="{state}" defer></script>'
        self.set_header("Cache-Control", "no-store")
        self.finish(page.replace("</body>", f"{script}</body>", 1))


class _File(StaticFileHandler):
    """Sends any other file."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-cache")


class _News(RequestHandler):
    """Sends an open page what it is to know, now and at every change."""

    def initialize(self, board: Board) -> None:
        self.board = board
        self.news = asyncio.Event()

    async def get(self) -> None:
        address, state = self.get_query_argument("page"), self.get_query_argument("state")
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.board.listeners.add(self.news)
        try:
            while not self.board.closed:
                self.news.clear()
                told = {
                    "faults": self.board.faults,
                    "working": self.board.working,
                    "is_new": self.board.state_of(address) != state,
                }
                self.write(f"data: {json.dumps(told)}\n\n")
                await self.flush()
                await self.news.wait()
        except StreamClosedError:
            pass
        finally:
            self.board.listeners.discard(self.news)

    def on_connection_close(self) -> None:
        self.news.set()


def make_server(board: Board) -> Application:
    """Make the application of the server.

    It answers only requests that name this machine: a page of another host whose name leads here
    gets nothing.

    Args:
        board: What the open pages are to know.
    """
    application = Application(log_function=lambda _: None)
    given = {"board": board}
    application.add_handlers(
        HOSTS,
        [
            (NEWS, _News, given),
            (r"/\.watch/(.*)", _File, {"path": ASSETS}),
            (r"(/(?:.*/)?|/.*\.html)", _Page, given),
            (r"/(.*)", _File, {"path": board.shown}),
        ],
    )
    return application


def make_file_server(folder: Path) -> Application:
    """Make the application of a server of the files of a folder, and of nothing else.

    Args:
        folder: The folder; its addresses that end in a slash lead to `index.html`.
    """
    application = Application(log_function=lambda _: None)
    options = {"path": folder, "default_filename": "index.html"}
    application.add_handlers(HOSTS, [(r"/(.*)", _File, options)])
    return application


@contextlib.asynccontextmanager
async def serving(
    application: Application, port: int, say: Callable[[str], None], *, exactly: bool
) -> AsyncIterator[None]:
    """Serve an application to this machine inside the block, and say at which address.

    Args:
        application: The application.
        port: The port.
        say: A function that is called with each line for the terminal.
        exactly: Whether it must be this port. Otherwise, where it is taken, the next free one is.

    Raises:
        PortError: The port is taken, or all those tried are.
    """
    sockets = open_port(port, exactly=exactly)
    server = HTTPServer(application)
    server.add_sockets(sockets)
    bound = sockets[0].getsockname()[1]
    if bound != port:
        say(f"port {port} is taken")
    say(f"the book is at http://{ADDRESS}:{bound}/; Ctrl-C ends this")
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()


def call_when_interrupted(stop: Callable[[], object]) -> None:
    """Have a function called on Ctrl-C, or when the system asks this process to end.

    A shell has programs in the background ignore Ctrl-C; these are called all the same. Windows
    knows no such calls: there Ctrl-C raises KeyboardInterrupt.

    Args:
        stop: The function, which the running loop calls.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop)


def open_port(port: int, *, exactly: bool) -> list[socket]:
    """Open a port of this machine.

    Args:
        port: The port.
        exactly: Whether it must be this one. Otherwise, where it is taken, the next free one is.

    Raises:
        PortError: The port is taken, or all those tried are.
    """
    last = port if exactly else port + TRIED_PORTS - 1
    for tried in range(port, last + 1):
        try:
            return bind_sockets(tried, ADDRESS)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            reason = error.strerror
    ports = f"port {port}" if exactly else f"ports {port} to {last}"
    raise PortError(f"{ports} of {ADDRESS}: {reason}; name another with --port")
