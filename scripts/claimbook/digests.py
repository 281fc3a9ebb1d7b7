"""Digests of what the book depends on; whatever has the same digest need not be made again.

Imports nothing slow: a build that has nothing to do ends before pandas or Sphinx is imported.
"""

import contextlib
import hashlib
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from claimbook.paths import ENGINE, LOCK, project

# Folders that no build reads, besides hidden folders and those named `*.egg-info`.
GENERATED_FOLDERS = {"_build", "__pycache__", "node_modules"}


def source_files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder that a build reads.

    Omitted are hidden folders, the folders `_build`, `__pycache__`, `node_modules` and
    `*.egg-info`, the files that lock folders, and what holds sentences of the sources: their copies
    in the project's folder `data/texts/`, and the coders' sheets. Other hidden files are not
    omitted.
    """
    private = {project().data / "texts", project().sheets}
    for folder, below, names in os.walk(root):
        below[:] = sorted(
            name
            for name in below
            if not name.startswith(".")
            and name not in GENERATED_FOLDERS
            and not name.endswith(".egg-info")
        )
        below[:] = [name for name in below if Path(folder, name) not in private]
        yield from (Path(folder, name) for name in sorted(names) if name != LOCK)


def copy_project(folder: Path) -> Path:
    """Copy the current project's own files into a new folder.

    These are the files that `source_files` yields.

    Args:
        folder: The folder to copy into, which is created, with the folders above it.

    Returns:
        The folder.

    Raises:
        FileExistsError: The folder exists already.
    """
    import shutil  # a fifth of the imports of a build with nothing to do

    folder.mkdir(parents=True)
    root = project().root
    for file in source_files(root):
        copied = folder / file.relative_to(root)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copied)
    return folder


def _installed_engine() -> str:
    """Digest the files of the engine if it is not part of the project.

    Returns:
        The digest; an empty text for an engine in the project's folder, whose files count as the
        project's own.
    """
    if project().root.resolve() in ENGINE.parents:
        return ""
    return digest_files(source_files(ENGINE), ENGINE)


def digest_files(files: Iterable[Path], root: Path, *more: str) -> str:
    """Digest the names and contents of files, and further strings.

    Files that cannot be read are skipped.

    Args:
        files: The files.
        root: The folder to which their names are relative.
        more: The further strings.

    Returns:
        The first 16 hex digits of a SHA-256.
    """
    digest = hashlib.sha256("\0".join(more).encode())
    for file in files:
        with contextlib.suppress(OSError):  # the checks name a file that cannot be read
            name = f"{file.relative_to(root)}\0".encode(errors="surrogateescape")
            digest.update(name + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def environment() -> list[str]:
    """Return the version of Python, and the names and versions of installed packages."""
    distributions = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    return [sys.version, *sorted(file.name for file in distributions)]


def input_digest() -> str:
    """Digest everything on which the book and its checks depend.

    That is: the project's files, the environment, the copies of the sources' texts, the book's
    date, and an engine outside the project.

    Returns:
        16 hex digits, which are the same for the same inputs.
    """
    root = project().root
    texts = [
        digest_files(sorted(file for file in folder.rglob("*") if file.is_file()), folder)
        for folder in project().texts()
    ]
    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest_files(source_files(root), root, *environment(), *texts, date, _installed_engine())


def build_moment() -> datetime:
    """Return the moment of the build, or that of the variable SOURCE_DATE_EPOCH.

    The variable replaces the current time, so that what is dated can be reproduced.
    """
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC)


def execution_digest() -> str:
    """Digest everything on which a cell's output can depend, besides its own code.

    That is: the settings, the tables, the Python packages, and the locked and the installed
    versions.

    Returns:
        16 hex digits.
    """
    at = project()
    packages = [
        file
        for file in source_files(at.scripts)
        if file.suffix == ".py" or "explorer" in file.parts
    ]
    files = [at.settings, at.lock, *source_files(at.data), *packages]
    return digest_files(files, at.root, *environment(), _installed_engine())


def page_digest() -> str:
    """Digest everything on which a page can depend, besides its own source.

    That is: configuration, contents, bibliography, styles, date, and everything on which the
    outputs of cells depend.

    Returns:
        16 hex digits.
    """
    at = project()
    shared = [
        file
        for file in sorted(at.root.glob("*"))
        if file.is_file() and file.suffix in (".yml", ".bib")
    ]
    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    files = [*shared, *source_files(at.scripts)]
    return digest_files(files, at.root, execution_digest(), date)
