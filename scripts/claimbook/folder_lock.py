"""A lock on a folder, which the system releases when the process that holds it ends."""

import contextlib
import math
from collections.abc import Callable, Iterator
from pathlib import Path

from portalocker import AlreadyLocked, Lock, LockException, LockFlags

from claimbook.paths import LOCK

CHECK_INTERVAL = 0.05  # seconds between two attempts


@contextlib.contextmanager
def folder_lock(
    folder: Path, *, shared: bool = False, when_held: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Hold the lock of a folder for a `with` block; wait while another process has it.

    The lock is a file in the folder, which stays. Where it cannot be opened, or the file system has
    no locks, nothing is locked.

    Args:
        folder: The folder.
        shared: Whether others may hold the lock too if they also share it.
        when_held: A function that is called once, before the wait, if another process holds the
            lock. An error that it raises ends the wait.
    """
    file = folder / LOCK
    with contextlib.suppress(OSError):
        if not file.exists():
            file.touch()
    kind = LockFlags.SHARED if shared else LockFlags.EXCLUSIVE
    # opened for reading, so that a lock can be shared by whoever may not write to the folder
    lock = Lock(file, "r", check_interval=CHECK_INTERVAL, flags=kind | LockFlags.NON_BLOCKING)
    with contextlib.suppress(OSError, LockException):
        try:
            lock.acquire(timeout=0)
        except AlreadyLocked:
            when_held()
            lock.acquire(timeout=math.inf)
    try:
        yield
    finally:
        lock.release()
