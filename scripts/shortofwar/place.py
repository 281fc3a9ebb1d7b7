"""How a finished book takes its place: one build at a time, each form in one step, and a step that was cut short is finished first."""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from shortofwar import paths

LOCKED = paths.BUILD / ".lock"
MOVES = paths.BUILD / ".moves.json"
AT_CWD, EXCHANGE = -100, 2  # of Linux's renameat2


@contextlib.contextmanager
def alone(say: Callable[[str], None]) -> Iterator[None]:
    """Hold the one right to build; `say` is told where another build has it, and that this one waits.

    The system takes the right back from a process that ends, however it ends. Raises OSError where the folder cannot be written to.
    """
    paths.BUILD.mkdir(parents=True, exist_ok=True)
    with LOCKED.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another build is at work here; waiting until it ends")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _beside(place: Path) -> Path:
    """Where a form is laid down before it takes its place."""
    return place.with_name(f".{place.name}.new")


def publish(made: dict[Path, Path]) -> None:
    """Let every finished form (by its place) take that place; a reader finds each as it was or as it is now."""
    for place, form in made.items():
        coming = _beside(place)
        _remove(coming)
        coming.parent.mkdir(parents=True, exist_ok=True)
        if form.is_dir():
            shutil.copytree(form, coming, ignore=shutil.ignore_patterns(".buildinfo*", ".doctrees"))
        else:
            shutil.copyfile(form, coming)
    moves = {str(place.relative_to(paths.BUILD)): _beside(place).stat().st_ino for place in made}
    draft = _beside(MOVES)
    draft.write_text(json.dumps(moves), "utf-8")
    draft.replace(MOVES)  # from here on all forms are the new ones, if need be by the next build's hand
    finish()


def finish() -> None:
    """Make the moves that stand in the list, and those alone that a process which was cut short did not make."""
    try:
        moves = json.loads(MOVES.read_text("utf-8"))
    except FileNotFoundError:
        return
    for name, inode in moves.items():
        place = paths.BUILD / name
        coming = _beside(place)
        if coming.exists() and coming.stat().st_ino == inode:
            _move(coming, place)
    for name in moves:
        _remove(_beside(paths.BUILD / name))
    MOVES.unlink()


def _move(coming: Path, place: Path) -> None:
    """Put a file or folder into a place, in one step wherever the system has one for it."""
    if coming.is_file() or not place.exists():
        coming.replace(place)
    elif not _exchange(coming, place):
        going = place.with_name(f".{place.name}.old")
        _remove(going)
        place.rename(going)
        coming.rename(place)
        _remove(going)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot. Python has no call for it."""
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
