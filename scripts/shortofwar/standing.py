"""What stands: whether the published book is the one that today's files would give. Imports nothing slow."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from shortofwar import paths

BUILT = {"_build", "__pycache__", "node_modules"}  # folders that no build reads; hidden ones are left out, too
LAST = "built.json"
PLACES = {"html": paths.HTML, "pdf": paths.PDF}


def _files(root: Path) -> Iterator[Path]:
    """The project's own files, without what is built, hidden or the reader's own texts."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in BUILT and not name.endswith(".egg-info"))
        if Path(folder) == paths.DATA:
            below[:] = [name for name in below if name != "texts"]
        yield from (Path(folder, name) for name in sorted(names))


def _digest(files: Iterable[Path], root: Path, *more: str) -> str:
    """The first 16 hex digits of a SHA-256 over the names and contents of files, and over `more`."""
    known = hashlib.sha256("\0".join(more).encode())
    for file in files:
        with contextlib.suppress(OSError):  # one that cannot be read is told by the checks
            known.update(f"{file.relative_to(root)}\0".encode(errors="surrogateescape") + hashlib.sha256(file.read_bytes()).digest())
    return known.hexdigest()[:16]


def environment() -> list[str]:
    """The Python at work and the distributions beside it, by name and version."""
    return [sys.version, *sorted(file.name for file in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))]


def inputs() -> str:
    """A digest of all on which the book and its checks depend: the project's files, the environment, the texts at hand, the book's date."""
    folder = paths.texts()
    texts = _digest(sorted(file for file in folder.rglob("*") if file.is_file()), folder) if folder else ""
    return _digest(_files(paths.ROOT), paths.ROOT, *environment(), texts, os.environ.get("SOURCE_DATE_EPOCH", ""))


def execution() -> str:
    """A digest of all on which the output of a cell can depend beside the cell: tables, package, locked and installed versions."""
    package = (file for file in _files(paths.SCRIPTS) if file.suffix == ".py" or "explorer" in file.parts)
    tables = (file for file in _files(paths.DATA))
    return _digest([paths.LOCK, *tables, *package], paths.ROOT, *environment())


def pages() -> str:
    """A digest of all on which every page can depend: settings, contents, bibliography, styles, and what cells depend on."""
    shared = [file for file in _files(paths.ROOT) if file.parent == paths.ROOT and file.suffix in (".yml", ".bib")]
    return _digest([*shared, *_files(paths.SCRIPTS)], paths.ROOT, execution(), os.environ.get("SOURCE_DATE_EPOCH", ""))


def date_from_commit() -> None:
    """Give the book the date of the last commit, where none is set and git knows one: each build of a commit gives the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return
    with contextlib.suppress(OSError):
        asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
        if asked.returncode == 0 and asked.stdout.strip() and (paths.ROOT / ".git").exists():
            os.environ["SOURCE_DATE_EPOCH"] = asked.stdout.strip()


def _seen(place: Path) -> str:
    """A digest of what stands in a place by name, size and time, without reading it."""
    files = sorted(file for file in place.rglob("*") if file.is_file()) if place.is_dir() else [place]
    told = [f"{file} {(stat := file.stat()).st_size} {stat.st_mtime_ns}" for file in files if file.exists()]
    return hashlib.sha256("\n".join(told).encode(errors="surrogateescape")).hexdigest()[:16]


def remember(built_from: str, forms: list[str], told: dict[str, list[str]]) -> None:
    """Note from which inputs the published forms were built, and what the checks said then."""
    last = _last()
    seen = last["forms"] if last["inputs"] == built_from else {}
    note = {"inputs": built_from, "told": told, "forms": seen | {form: _seen(PLACES[form]) for form in forms}}
    coming = paths.WORK / f".{LAST}.new"
    coming.write_text(json.dumps(note), "utf-8")
    coming.replace(paths.WORK / LAST)


def standing(forms: list[str]) -> dict[str, list[str]] | None:
    """What the checks said when the named forms were built, if they stand as built and nothing has changed since; else None."""
    last = _last()
    if any(last["forms"].get(form) != _seen(PLACES[form]) for form in forms) or last["inputs"] != inputs():
        return None
    return last["told"]


def _last() -> dict:
    """The note of the last build; an empty one where there is none that can be read."""
    try:
        return json.loads((paths.WORK / LAST).read_text("utf-8"))
    except (OSError, ValueError):
        return {"inputs": "", "told": {}, "forms": {}}
