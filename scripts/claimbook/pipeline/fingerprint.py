"""Whether the published book is still the one that today's files would give.

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
from claimbook.paths import project

RECORD = "built.json"

Checks = dict[str, list[str]]  # what the checks said, by what the lines say


class BuildRecord(TypedDict):
    """What was noted of the last build.

    Attributes:
        inputs: The digest of all that it was made from.
        checks: What the checks said.
        forms: A digest of each published form as it was left.
    """

    inputs: str
    checks: Checks
    forms: dict[str, str]


def published_forms() -> dict[str, Path]:
    """Name the place of each form of the book: the folder of the pages, the file of the PDF."""
    return {"html": project().html, "pdf": project().pdf}


def set_date_from_commit() -> None:
    """Give the book the date of the last commit, so that a commit always gives the same bytes.

    Does nothing where `SOURCE_DATE_EPOCH` is set, or where git knows no commit.
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
    """Digest what stands in a place by name, size and time, without reading it."""
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
    """Note from which inputs the published forms were built, and what the checks said then."""
    last = _last_record()
    kept = last["forms"] if last["inputs"] == inputs else {}
    places = published_forms()
    record: BuildRecord = {
        "inputs": inputs,
        "checks": checks,
        "forms": kept | {form: _state(places[form]) for form in forms},
    }
    draft = project().work / f".{RECORD}.new"
    draft.write_text(json.dumps(record), "utf-8")
    draft.replace(project().work / RECORD)


def up_to_date(forms: list[str]) -> Checks | None:
    """Look whether the named forms stand as they were built and nothing has changed since.

    Returns:
        What the checks said when they were built; None where they must be built again.
    """
    last = _last_record()
    places = published_forms()
    if any(last["forms"].get(form) != _state(places[form]) for form in forms):
        return None
    return last["checks"] if last["inputs"] == input_digest() else None


def _last_record() -> BuildRecord:
    """Read the note of the last build; an empty one where there is none that can be read."""
    empty: BuildRecord = {"inputs": "", "checks": {}, "forms": {}}
    try:
        record: BuildRecord = json.loads((project().work / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return empty
    return record if record.keys() == empty.keys() else empty
