"""A second builder in a forked process: it writes from the pages that this process has read."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.tags import Tags

# A forked process has in memory all that this one has read. macOS can fork, but its own
# libraries do not work in the forked process.
CAN_FORK = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"

Task = Callable[[Sphinx], list[str]]


class ForkedBuild:
    """A task that runs in a forked process, to be started when all pages are read.

    Use it as a context manager, which kills the process at its end. Pass `start` as the setting
    `claimbook_when_read`.
    """

    def __init__(self, task: Task) -> None:
        """Keep the task to run in the forked process; `start` starts it.

        Args:
            task: A function that takes the Sphinx application and returns the reasons why it
                failed, a line each.
        """
        self._task = task
        self._process: multiprocessing.process.BaseProcess | None = None
        self._result: Connection[object, object] | None = None

    def __enter__(self) -> "ForkedBuild":
        """Return this object, without starting the process."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill the process if it still runs."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    @property
    def started(self) -> bool:
        """Whether the process was started.

        It is not started where Sphinx has no page to read.
        """
        return self._process is not None

    def start(self, app: Sphinx) -> None:
        """Fork the process, which runs the task with the given application."""
        context = multiprocessing.get_context("fork")
        self._result, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(self._task, app, sender), daemon=True)
        self._process.start()
        sender.close()

    def reasons(self) -> list[str]:
        """Wait for the task to end, and return the reasons why it failed.

        Returns:
            The reasons, a line each; none where it succeeded.

        Raises:
            OSError: The task raised this error.
            RuntimeError: The process was not started.
        """
        if self._process is None or self._result is None:
            raise RuntimeError("the process was not started")
        try:
            result = self._result.recv()
        except EOFError:
            self._process.join()
            code = self._process.exitcode
            return [f"the process that writes the second form was ended ({code})"]
        if isinstance(result, OSError):
            raise result
        return cast("list[str]", result)


def _run(task: Task, app: Sphinx, sender: "Connection[object, object]") -> None:
    """Run the task in the forked process and send its result to the parent.

    If the task raises an OSError, the error is sent as the result.
    """
    # An interrupt reaches both processes; the parent handles it and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    try:
        sender.send(task(app))
    except OSError as error:
        sender.send(error)


def _exit_with_parent() -> None:
    """Wait for the parent process to end, then exit from this one.

    Otherwise this process would continue to write in the work folder after the parent is killed.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def write_with_builder(app: Sphinx, builder: str, folder: Path) -> None:
    """Write all pages that an application has read with another Sphinx builder.

    The application's own builder cannot be used afterwards.

    Args:
        app: The application, which has read all its pages.
        builder: The name of the builder.
        folder: The output folder.
    """
    folder.mkdir(exist_ok=True)
    app.outdir = type(app.outdir)(folder)
    app.tags = Tags()  # without the first builder's tags, which select parts of a page for it
    app.builder = app.create_builder(builder)
    app.builder.init()
    app.builder.write(None, [], "all")


def run_when_read(app: Sphinx, _env: BuildEnvironment) -> None:
    """Call the function in the setting `claimbook_when_read`, if there is one.

    Sphinx calls this handler when all pages are read and stored. The pages are also excluded from
    garbage collection, since they are needed to the end.
    """
    gc.freeze()
    if app.config.claimbook_when_read is not None:
        app.config.claimbook_when_read(app)


def setup(app: Sphinx) -> None:
    """Register the setting `claimbook_when_read` and the handler that calls it.

    The setting is None or a function that takes the application. It is called when all pages are
    read.
    """
    app.add_config_value("claimbook_when_read", None, "")
    app.connect("env-check-consistency", run_when_read)
