"""The loop of `claimbook watch`: from a saved file to the page in the browser."""

import asyncio
import contextlib
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from claimbook.folder_lock import folder_lock
from claimbook.paths import project
from claimbook.watch import resident
from claimbook.watch.changes import Changes, collect_changes
from claimbook.watch.server import Board, call_when_interrupted, make_server, serving

Say = Callable[[str], None]


class AlreadyWatchedError(RuntimeError):
    """An error where another process watches the same folder."""


class _Resident:
    """The process that has all in memory, which starts with the first update."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def run(
        self, task: Callable[..., resident.Outcome], *arguments: object
    ) -> resident.Outcome:
        """Have the process do a task, which is a function of `resident`."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                1, mp_context=context, initializer=resident.prepare_process
            )
        try:
            running = asyncio.get_running_loop().run_in_executor
            return await running(self._pool, task, *arguments)
        except BrokenProcessPool:
            self.end()
            return resident.Outcome(["the process that builds was ended; save again"], [])

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._pool is not None:
            for process in multiprocessing.active_children():
                process.kill()
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def run(port: int, *, exactly: bool, say: Say) -> None:
    """Keep the book up to date and show it, until the terminal interrupts.

    Args:
        port: The port of the server.
        exactly: Whether it must be this port, and not the next free one.
        say: A function that is called with each line for the terminal.

    Raises:
        AlreadyWatchedError: Another process watches this folder.
        PortError: The port is taken.
        OSError: The folder cannot be written to.
    """
    with _only_watch():
        asyncio.run(_watch(port, exactly=exactly, say=say))


@contextlib.contextmanager
def _only_watch() -> Iterator[None]:
    """Hold the lock of the folder in which a watch works.

    Raises:
        AlreadyWatchedError: Another process holds it.
    """
    project().watched.mkdir(parents=True, exist_ok=True)

    def refuse() -> None:
        raise AlreadyWatchedError("the book is watched already, from another terminal")

    with folder_lock(project().watched, when_held=refuse):
        yield


async def _watch(port: int, *, exactly: bool, say: Say) -> None:
    """Serve the pages and follow the changes until this process is interrupted."""
    board, process = Board(resident.shown_folder()), _Resident()
    async with serving(make_server(board), port, say, exactly=exactly):
        following = asyncio.create_task(_follow(board, process, say))
        call_when_interrupted(following.cancel)
        try:
            await following
        except asyncio.CancelledError:
            say("stopped")
        finally:
            process.end()
            board.close()


async def _follow(board: Board, process: _Resident, say: Say) -> None:
    """Update the pages now and at every change."""
    found: asyncio.Queue[Changes] = asyncio.Queue()
    collecting = asyncio.create_task(collect_changes(found))
    try:
        await _update(board, process, Changes([], [], []), say)
        while True:
            changes = await found.get()
            while not found.empty():  # what was saved while pages were built
                changes += found.get_nowait()
            await _update(board, process, changes, say)
    finally:
        collecting.cancel()


async def _update(board: Board, process: _Resident, changes: Changes, say: Say) -> None:
    """Update the pages after changes, and tell terminal and browser what came of it."""
    began = time.monotonic()
    for file in changes.own:
        say(f"{_name(file)}: end and start this again, so that it counts")
    if changes.shared:
        process.end()
    names = ", ".join(dict.fromkeys(map(_name, changes.shared + changes.pages)))
    if changes.own and not names:
        return
    board.working = f"{names}: building" if names else "building the book"
    if changes.shared:
        board.working += "; cells run again where a table or the code changed"
    if changes.shared or not names:
        say(board.working)
    board.tell()
    outcome = await process.run(resident.update, changes.pages)
    if not outcome.faults:
        board.working, board.faults = "", []
        board.tell()
        say(f"{names or 'the book'}: shown after {time.monotonic() - began:.1f} s")
        outcome = await process.run(resident.complete)
    board.working, board.faults = "", outcome.faults
    board.tell()
    for line in outcome.faults or outcome.notes:
        say(line)
    if outcome.faults:
        say("the last good page stays")


def _name(file: Path) -> str:
    """Return the path of a file as a person knows it."""
    root = project().root
    return file.relative_to(root).as_posix() if root in file.parents else str(file)
