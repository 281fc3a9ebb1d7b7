"""What the files of a folder hold, to see that a command has left all of them alone."""

from pathlib import Path

from claimbook.paths import LOCK


def read_contents(folder: Path) -> dict[str, bytes]:
    """The content of every file below a folder, without those by which folders are locked."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != LOCK
    }
