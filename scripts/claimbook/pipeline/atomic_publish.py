"""Publication of a finished book: one build at a time, HTML and PDF each in one step.

The next build completes a publication that was interrupted.
"""

import contextlib
import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from claimbook.folder_lock import folder_lock
from claimbook.paths import project

MOVES = ".moves.json"
AT_CWD, EXCHANGE = -100, 2  # of Linux's renameat2


@contextlib.contextmanager
def build_lock(say: Callable[[str], None]) -> Iterator[None]:
    """Hold the exclusive lock on the build folder for a `with` block.

    While another build holds the lock, this one waits. The system releases the lock when the
    process ends.

    Args:
        say: A function that is called with a message if this build has to wait.

    Raises:
        OSError: The folder cannot be written to.
    """
    project().build.mkdir(parents=True, exist_ok=True)
    waiting = "another build is at work here; waiting until it ends"
    with folder_lock(project().build, when_held=lambda: say(waiting)):
        yield


def _staged(place: Path) -> Path:
    """Return the temporary path of a file or folder, next to its published path."""
    return place.with_name(f".{place.name}.new")


def publish(made: dict[Path, Path]) -> None:
    """Replace the published HTML or PDF by the newly built ones.

    A reader finds each of them either old or new, never in between. A journal of the moves lets the
    next build complete a publication that was interrupted.

    Args:
        made: The finished file or folder for each published path below the build folder. It is
            copied.
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
    moves = {place.relative_to(build).as_posix(): _staged(place).stat().st_ino for place in made}
    journal = build / MOVES
    draft = _staged(journal)
    draft.write_text(json.dumps(moves), "utf-8")
    draft.replace(journal)  # from here on every form is the new one, if need be by the next build
    finish_publish()


def finish_publish() -> None:
    """Complete an interrupted publication by its journal, if there is one."""
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
    """Move a file or folder to its published path, in one step where possible.

    The file or folder that was there before is replaced.
    """
    if staged.is_file() or not place.exists():
        staged.replace(place)
    elif not _exchange(staged, place):
        old = place.with_name(f".{place.name}.old")
        _remove(old)
        place.rename(old)
        staged.rename(place)
        _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that each gets the other's path.

    Python has no call for it, so this calls Linux's `renameat2`. Two renames would leave a moment
    without a book, and a link that is moved would stand where other programs expect a folder.

    Returns:
        True if they are exchanged; False where the system cannot do it.

    Raises:
        OSError: The exchange fails for another reason.
    """
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0:
        return True
    if (number := ctypes.get_errno()) in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _remove(leftover: Path) -> None:
    """Delete a file or a folder with its content, if it exists."""
    if leftover.is_dir():
        shutil.rmtree(leftover)
    else:
        leftover.unlink(missing_ok=True)
