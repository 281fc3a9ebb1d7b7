"""The verbatim rule: no run of six or more words of a source stands anywhere in the repository.

Names that `actors.csv` and `places.csv` list, and titles of sources, do not count towards the six.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from claimbook.corpus.model import known_names
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.texts.anchors import Word, split_words
from claimbook.texts.source_texts import SourceText

MAX_RUN = 6  # words
Runs = dict[tuple[str, ...], str]
SKIPPED = {".lock", ".png", ".woff2"}


def allowed_phrases(
    actors: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame
) -> list[list[str]]:
    """The names and titles that may be written as the sources write them, each as normalised words, longest first."""
    listed = [*known_names(actors, places), *sources["title"]]
    return sorted(
        ([word.text for word in split_words(name)] for name in listed if name),
        key=len,
        reverse=True,
    )


def source_runs(sources: dict[str, SourceText]) -> Runs:
    """Every run of six words of the sources, with the source in which it stands first."""
    known: Runs = {}
    for source_id, source in sources.items():
        there = [word.text for word in split_words(source.content)]
        for first in range(len(there) - MAX_RUN + 1):
            known.setdefault(tuple(there[first : first + MAX_RUN]), source_id)
    return known


def find_copied_runs(
    text: str, known: Runs, free: list[list[str]]
) -> Iterator[tuple[Word, str, str]]:
    """Every run of a source's words in a text that is too long: its first word, the run, and the source's id."""
    here = split_words(text)
    bare = [word.text for word in here]
    first = 0
    while first + MAX_RUN <= len(bare):
        source_id = known.get(tuple(bare[first : first + MAX_RUN]))
        if source_id is None:
            first += 1
            continue
        last = first + 1
        while tuple(bare[last : last + MAX_RUN]) in known:
            last += 1
        run = bare[first : last + MAX_RUN - 1]
        if _counted(run, free) >= MAX_RUN:
            yield here[first], " ".join(run), source_id
        first = last


def _counted(run: list[str], free: list[list[str]]) -> int:
    """How many words of a run belong to no listed name."""
    named = [False] * len(run)
    for name in free:
        for at in range(len(run) - len(name) + 1):
            if run[at : at + len(name)] == name:
                named[at : at + len(name)] = [True] * len(name)
    return named.count(False)


def repository_files(root: Path | None = None) -> list[Path]:
    """The files of the repository that hold text: those that git tracks or would, or all but hidden and built ones without git."""
    root = root or project().root
    asked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        listed: Iterable[Path] = (root / name for name in asked.stdout.decode().split("\0") if name)
    else:
        listed = (
            path
            for path in root.rglob("*")
            if not any(part[0] in "._" for part in path.relative_to(root).parts)
        )
        listed = (path for path in listed if project().data / "texts" not in path.parents)
    return sorted(path for path in listed if path.is_file() and path.suffix not in SKIPPED)


def find_faults(
    sources: dict[str, SourceText], free: list[list[str]], root: Path | None = None
) -> list[Fault]:
    """Every place in the repository that copies a source, by file and line."""
    root = root or project().root
    found = []
    known = source_runs(sources)
    for path in repository_files(root):
        try:
            text = path.read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue  # no text, or a table that cannot be read, which is told elsewhere
        for word, run, source_id in find_copied_runs(text, known, free):
            line = text.count("\n", 0, word.start) + 1
            where = f"{path.relative_to(root)}:{line}"
            found.append(
                Fault(where, "", "", run, f"fewer than {MAX_RUN} words in a row from {source_id}")
            )
    return found
