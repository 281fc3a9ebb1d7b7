"""Digests of what the book depends on; whatever has the same digest need not be made again.

Imports nothing slow: a build that has nothing to do ends before pandas or Sphinx is imported.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimbook.paths import project

# Folders that no build reads; hidden ones are left out, too.
GENERATED_FOLDERS = {"_build", "__pycache__", "node_modules"}


def source_files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder that a build reads.

    Left out is what is built or hidden, and the copies of the sources' texts.
    """
    data = project().data
    for folder, below, names in os.walk(root):
        below[:] = sorted(
            name
            for name in below
            if not name.startswith(".")
            and name not in GENERATED_FOLDERS
            and not name.endswith(".egg-info")
        )
        if Path(folder) == data:
            below[:] = [name for name in below if name != "texts"]
        yield from (Path(folder, name) for name in sorted(names))


def copy_project(place: Path) -> Path:
    """Copy the project's own files, without anything that is built.

    Args:
        place: The folder to copy into, which must not be there yet.

    Returns:
        The folder.
    """
    root = project().root
    for file in source_files(root):
        copied = place / file.relative_to(root)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copied)
    return place


def _installed_engine() -> str:
    """Digest an engine outside the project; return an empty text for one within it."""
    engine = Path(__file__).resolve().parent
    if project().root.resolve() in engine.parents:
        return ""
    return digest_files(source_files(engine), engine)


def digest_files(files: Iterable[Path], root: Path, *more: str) -> str:
    """Digest the names and contents of files, and the strings in `more`.

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
    """List the version of Python and the installed distributions with their versions."""
    distributions = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    return [sys.version, *sorted(file.name for file in distributions)]


def input_digest() -> str:
    """Digest everything on which the book and its checks depend.

    That is: the project's files, the environment, the texts at hand and the book's date.
    """
    root = project().root
    texts = [
        digest_files(sorted(file for file in folder.rglob("*") if file.is_file()), folder)
        for folder in project().texts()
    ]
    date = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest_files(source_files(root), root, *environment(), *texts, date, _installed_engine())


def execution_digest() -> str:
    """Digest everything, besides a cell's own code, on which its output can depend.

    That is: the settings, the tables, the packages, the locked and the installed versions.
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
    """Digest everything, besides a page's own source, on which the page can depend.

    That is: configuration, contents, bibliography, styles, and what cells depend on.
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
