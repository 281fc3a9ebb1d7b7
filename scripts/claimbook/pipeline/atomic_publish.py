"""How a finished book takes its place.

One build at a time, each form in one step, and a step that was cut short is finished first.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from claimbook.paths import project

LOCK = ".lock"
MOVES = ".moves.json"
AT_CWD, EXCHANGE = -100, 2  # of Linux's renameat2


@contextlib.contextmanager
def build_lock(say: Callable[[str], None]) -> Iterator[None]:
    """Hold the one right to build here; the system takes it back from a process that ends.

    Args:
        say: Called with a line where another build has the right, and this one waits.

    Raises:
        OSError: The folder cannot be written to.
    """
    project().build.mkdir(parents=True, exist_ok=True)
    with (project().build / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another build is at work here; waiting until it ends")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _staged(place: Path) -> Path:
    """Name where a form is laid down before it takes its place."""
    return place.with_name(f".{place.name}.new")


def publish(made: dict[Path, Path]) -> None:
    """Let every finished form take its place; a reader finds each as it was or as it is now.

    Args:
        made: For each place below the build folder, the file or folder to publish there.
    """
    for place, form in made.items():
        staged = _staged(place)
        _remove(staged)
        staged.parent.mkdir(parents=True, exist_ok=True)
        if form.is_dir():
            ignored = shutil.ignore_patterns(".buildinfo*", ".doctrees")
            shutil.copytree(form, staged, ignore=ignored)
        else:
            shutil.copyfile(form, staged)
    build = project().build
    moves = {str(place.relative_to(build)): _staged(place).stat().st_ino for place in made}
    journal = build / MOVES
    draft = _staged(journal)
    draft.write_text(json.dumps(moves), "utf-8")
    draft.replace(journal)  # from here on every form is the new one, if need be by the next build
    finish_publish()


def finish_publish() -> None:
    """Make the moves of the journal that a process which was cut short did not make."""
    build = project().build
    journal = build / MOVES
    try:
        moves: dict[str, int] = json.loads(journal.read_text("utf-8"))
    except FileNotFoundError:
        return
    for name, inode in moves.items():
        place = build / name
        staged = _staged(place)
        if staged.exists() and staged.stat().st_ino == inode:
            _move(staged, place)
    for name in moves:
        _remove(_staged(build / name))
    journal.unlink()


def _move(staged: Path, place: Path) -> None:
    """Put a file or folder into a place, in one step wherever the system has one for it."""
    if staged.is_file() or not place.exists():
        staged.replace(place)
    elif not _exchange(staged, place):
        old = place.with_name(f".{place.name}.old")
        _remove(old)
        place.rename(old)
        staged.rename(place)
        _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, for which Python has no call.

    Returns:
        False where the system cannot do it.
    """
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0:
        return True
    if (number := ctypes.get_errno()) in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _remove(leftover: Path) -> None:
    """Remove a file or folder, if it is there."""
    if leftover.is_dir():
        shutil.rmtree(leftover)
    else:
        leftover.unlink(missing_ok=True)
