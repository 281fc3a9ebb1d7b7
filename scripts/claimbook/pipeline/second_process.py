"""A second process, which builds one form of the book while this one still writes another."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any


class SecondProcess:
    """A context manager for a process with one task, which it ends.

    The process starts without what this one has in memory, on every system alike.
    """

    def __init__(self) -> None:
        """Make the object; `prepare` or `submit` starts the process."""
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=exit_with_parent)
        self._task: Future[list[str]] | None = None

    def __enter__(self) -> "SecondProcess":
        """Return this object."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill the process and kernels at work: freeing its memory takes seconds."""
        for process in multiprocessing.active_children():
            process.kill()
        self._pool.shutdown(cancel_futures=True)

    @property
    def started(self) -> bool:
        """Whether the process has a task."""
        return self._task is not None

    def prepare(self, preparation: Callable[[], None]) -> None:
        """Start the process before there is a task for it.

        Args:
            preparation: A function of a module, which runs before the task; its errors are ignored.
        """
        self._pool.submit(preparation)

    def submit(self, task: Callable[..., list[str]], *args: Any, **options: Any) -> None:
        """Give the process its task, and start it where it does not run yet.

        Args:
            task: A function of a module, which returns the reasons why it failed, a line each.
            args: Its arguments.
            options: Its arguments by name.
        """
        self._task = self._pool.submit(task, *args, **options)

    def reasons(self) -> list[str]:
        """Wait for the task to end, and return the reasons why it failed.

        Returns:
            The reasons, a line each; none where it succeeded.

        Raises:
            OSError: The task raised this error.
            RuntimeError: The process has no task.
        """
        if self._task is None:
            raise RuntimeError("the process has no task")
        try:
            return self._task.result()
        except BrokenProcessPool:
            return ["the process that builds the second form was ended"]


def exit_with_parent() -> None:
    """Have this process end when its parent does.

    Otherwise it would continue to write in the work folder after the parent is killed.
    """

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
