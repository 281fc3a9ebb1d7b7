"""Change several files at once, so that a killed command leaves all of them old or all new.

New files are first written whole into a hidden folder beside the tables. A journal in it is the
moment of decision: without the journal the old files hold, and with it the new ones, whose move
into place is finished by whoever reads or writes the tables next.
"""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from claimbook.errors import CorpusError, Fault
from claimbook.folder_lock import folder_lock

CHANGES = ".changes"  # the hidden folder
JOURNAL = "journal.json"


def replace_files(files: Mapping[str, bytes | None], folder: Path) -> None:
    """Write and delete files of a folder, all of them or none.

    A command that is killed meanwhile leaves every file old or every file new. Other commands that
    read or change the folder wait.

    Args:
        files: The new content of each file, by its path in the folder; None deletes the file.
            Folders are made where they are missing.
        folder: The folder, which exists.

    Raises:
        ValueError: A path leads out of the folder.
        OSError: A file cannot be written. Nothing has changed then, or the next command that
            reads the tables finishes the change.
    """
    for name in files:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"{name} is not in {folder}")
    with folder_lock(folder):
        _finish(folder)
        try:
            _stage(files, folder)
        except BaseException:
            shutil.rmtree(folder / CHANGES, ignore_errors=True)
            raise
        _finish(folder)


def replace_file(file: Path, content: bytes) -> None:
    """Write a file so that another process reads it old or new, never half.

    Args:
        file: The file. Its folder is made if it is missing.
        content: Its new content.

    Raises:
        OSError: The file cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{os.getpid()}-{file.name}")
    draft.write_bytes(content)
    draft.replace(file)


@contextlib.contextmanager
def settled(folder: Path) -> Iterator[None]:
    """Hold the files of a folder still for a `with` block that reads them.

    A change that a killed command left unfinished is finished first. Changes by other commands wait
    until the block ends; so the block itself must not call `replace_files`.

    Raises:
        CorpusError: An unfinished change cannot be finished, because the folder cannot be written.
    """
    if (folder / CHANGES).exists():
        try:
            with folder_lock(folder):
                _finish(folder)
        except OSError as error:
            reason = error.strerror or str(error)
            allowed = "no change that a killed command left unfinished"
            hint = "make the folder of the tables writable, and repeat the command"
            raise CorpusError([Fault(CHANGES, "", "", reason, allowed, hint)]) from error
    with folder_lock(folder, shared=True):
        yield


def _stage(files: Mapping[str, bytes | None], folder: Path) -> None:
    """Write the new files into the hidden folder, then the journal."""
    staging = folder / CHANGES
    staging.mkdir()
    journal: list[tuple[str, str]] = []  # each file, and its staged name; empty to delete it
    for number, (name, content) in enumerate(files.items()):
        staged, place = staging / str(number), folder / name
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
        if content is None:
            journal.append((name, ""))
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(staged, content)
        if place.exists():
            shutil.copymode(place, staged)
        journal.append((name, staged.name))
    draft = staging / f"{JOURNAL}.new"
    _write(draft, json.dumps(journal).encode())
    draft.replace(staging / JOURNAL)
    _sync(staging)


def _finish(folder: Path) -> None:
    """Finish a change whose journal is written; take back one whose journal is not."""
    staging = folder / CHANGES
    if not staging.exists():
        return
    with contextlib.suppress(FileNotFoundError):
        journal = json.loads((staging / JOURNAL).read_bytes())
        for name, staged in journal:
            if not staged:
                (folder / name).unlink(missing_ok=True)
            elif (staging / staged).exists():  # else it was moved before the command was killed
                (staging / staged).replace(folder / name)
        _sync(folder)
        (staging / JOURNAL).unlink()
    shutil.rmtree(staging)


def _write(file: Path, content: bytes) -> None:
    """Write a file through to the disk, so that it also survives a loss of power."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Write the names in a folder through to the disk, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
