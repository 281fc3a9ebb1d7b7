"""A record of the last build, which tells whether the published book is up to date.

Imports nothing slow: a build that has nothing to do ends here.
"""

import contextlib
import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import TypedDict

from claimbook.digests import input_digest
from claimbook.impact.kinds import NOT_BORNE_OUT
from claimbook.paths import project

RECORD = "built.json"

Checks = dict[str, list[str]]  # what the checks said, by what the lines say
WAITING = "waiting for a coder"


class BuildRecord(TypedDict):
    """The record of the last build, as its file stores it.

    Attributes:
        inputs: The digest of all inputs of the build.
        checks: The results of the checks, as `checks.checks_of` groups them.
        forms: For each published form a digest of the names, sizes and times of its files.
        places: For each published form its path, relative to the project's folder.
    """

    inputs: str
    checks: Checks
    forms: dict[str, str]
    places: dict[str, str]


def published_forms() -> dict[str, Path]:
    """Return the path at which each form of the book is published.

    Returns:
        Under `html` the folder of the pages, under `pdf` that of the volumes, and under `epub` that
        of the EPUB.
    """
    return {"html": project().html, "pdf": project().pdf, "epub": project().epub}


def set_date_from_commit() -> None:
    """Set the variable SOURCE_DATE_EPOCH to the date of the last commit.

    A commit then always gives the same book, byte for byte. Nothing is done where the variable has
    a value, or where git knows no commit.
    """
    root = project().root
    if "SOURCE_DATE_EPOCH" in os.environ or not (root / ".git").exists():
        return
    command = ["git", "log", "-1", "--format=%ct"]
    with contextlib.suppress(OSError):
        answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if answer.returncode == 0 and answer.stdout.strip():
            os.environ["SOURCE_DATE_EPOCH"] = answer.stdout.strip()


def _state(place: Path) -> str:
    """Digest the names, sizes and times of the files at or below a path.

    The files are not read, and missing ones are skipped.
    """
    files = [place]
    if place.is_dir():
        files = sorted(file for file in place.rglob("*") if file.is_file())
    lines = []
    for file in files:
        if file.exists():
            status = file.stat()
            lines.append(f"{file} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()[:16]


def record_build(inputs: str, forms: list[str], checks: Checks) -> None:
    """Record that forms of the book were built and published.

    Forms that were recorded earlier remain in the record if they were built from the same inputs.

    Args:
        inputs: The digest of the inputs (see `digests.input_digest`).
        forms: The forms that were built.
        checks: The results of the checks.
    """
    last = _last_record()
    kept = last["forms"] if last["inputs"] == inputs else {}
    places = published_forms()
    record: BuildRecord = {
        "inputs": inputs,
        "checks": checks,
        "forms": kept | {form: _state(places[form]) for form in forms},
        "places": {
            form: place.relative_to(project().root).as_posix() for form, place in places.items()
        },
    }
    draft = project().work / f".{RECORD}.new"
    draft.write_text(json.dumps(record), "utf-8")
    draft.replace(project().work / RECORD)


def fails_strict(checks: Checks) -> bool:
    """Check whether a strict build fails: a source waits, or a title is not borne out."""
    return bool(checks.get(WAITING) or checks.get(NOT_BORNE_OUT))


def recorded_places() -> dict[str, Path]:
    """Return where the last build published each form; reads no settings."""
    return {form: project().root / place for form, place in _last_record()["places"].items()}


def up_to_date(forms: list[str]) -> Checks | None:
    """Return the check results of the last build if the given forms are up to date.

    Args:
        forms: The forms: `html`, `pdf` and `epub`, or some of them.

    Returns:
        The results; None if an input or a published form has changed since, or if a form was not
        built.
    """
    last = _last_record()
    places = recorded_places()
    for form in forms:
        if form not in last["forms"] or last["forms"][form] != _state(places[form]):
            return None
    offered = [form for form in forms if form != "html"] if "html" in forms else []
    if not all(project().offered(form).is_dir() for form in offered):
        return None  # the pages were made without a form, and so do not offer it
    return last["checks"] if last["inputs"] == input_digest() else None


def _last_record() -> BuildRecord:
    """Read the record of the last build.

    Returns:
        The record; an empty one where none can be read or it has other keys.
    """
    empty: BuildRecord = {"inputs": "", "checks": {}, "forms": {}, "places": {}}
    try:
        record: BuildRecord = json.loads((project().work / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return empty
    return record if record.keys() == empty.keys() else empty
