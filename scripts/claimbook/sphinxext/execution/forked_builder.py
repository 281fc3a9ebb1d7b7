"""Two forms of the book from one reading: while this process writes the first, a copy of it writes the second."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.tags import Tags

# A copy has all in memory that this process has read. macOS can make one, but its own libraries do not work in it.
CAN_FORK = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


class ForkedBuild:
    """A task that a copy of this process does as soon as all pages are read; `begin` is for the setting `claimbook_when_read`.

    The task gives why it failed, a line each; an OSError is handed on as it is. Whoever leaves the context ends the copy.
    """

    def __init__(self, task: Callable[[Sphinx], list[str]]) -> None:
        self._task = task
        self._copy: Any = None

    def __enter__(self) -> "ForkedBuild":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._copy is not None:
            self._copy.kill()
            self._copy.join()

    @property
    def begun(self) -> bool:
        """Whether the copy was made: Sphinx says nothing of reading where there is nothing new to read."""
        return self._copy is not None

    def begin(self, app: Sphinx) -> None:
        """Make the copy and let it do the task."""
        fork = multiprocessing.get_context("fork")
        self._told, tell = fork.Pipe(duplex=False)
        self._copy = fork.Process(target=_run, args=(self._task, app, tell), daemon=True)
        self._copy.start()
        tell.close()

    def reasons(self) -> list[str]:
        """Wait for the copy: why its task failed, empty where it did not. Raises the OSError that it met."""
        try:
            told = self._told.recv()
        except EOFError:
            self._copy.join()
            return [f"the process that writes the second form was ended ({self._copy.exitcode})"]
        if isinstance(told, OSError):
            raise told
        return told


def _run(task: Callable[[Sphinx], list[str]], app: Sphinx, tell: Any) -> None:
    """In the copy: do the task and tell what came of it."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the first process is interrupted, too, and ends this one
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    try:
        tell.send(task(app))
    except OSError as error:
        tell.send(error)


def _end_with_the_first() -> None:
    """Leave nothing at work in the folder when the first process is killed."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def write_with_builder(app: Sphinx, builder: str, folder: Path) -> None:
    """Let another builder write what an app has read. The app is of no use to its own builder after that."""
    folder.mkdir(exist_ok=True)
    app.outdir = type(app.outdir)(folder)
    app.tags = Tags()  # those of the first builder let its own parts of a page through
    app.builder = app.create_builder(builder)
    app.builder.init()
    app.builder.write(None, [], "all")


def run_when_read(app: Sphinx, _env: BuildEnvironment) -> None:
    """All pages are read and noted on the disk. They stay in memory to the end, and are not looked through for garbage again and again."""
    gc.freeze()
    if app.config.claimbook_when_read is not None:
        app.config.claimbook_when_read(app)


def setup(app: Sphinx) -> None:
    """Register the setting: what to call when all pages are read."""
    app.add_config_value("claimbook_when_read", None, "")
    app.connect("env-check-consistency", run_when_read)
