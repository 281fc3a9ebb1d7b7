"""The verbatim rule: no run of six or more words of a source stands anywhere in the repository.

Names that `actors.csv` and `places.csv` list, and titles of sources, do not count towards the six.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from shortofwar import paths
from shortofwar.corpus.anchors import Word, words
from shortofwar.corpus.faults import Fault
from shortofwar.corpus.texts import Text
from shortofwar.corpus.words import names as called

RUN = 6  # words
Runs = dict[tuple[str, ...], str]
SKIPPED = {".lock", ".png", ".woff2"}


def names(actors: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame) -> list[list[str]]:
    """The names and titles that may be written as the sources write them, each as normalised words, longest first."""
    listed = [*called(actors, places), *sources["title"]]
    return sorted(([word.text for word in words(name)] for name in listed if name), key=len, reverse=True)


def runs(sources: dict[str, Text]) -> Runs:
    """Every run of six words of the sources, with the source in which it stands first."""
    known: Runs = {}
    for source_id, source in sources.items():
        there = [word.text for word in words(source.content)]
        for first in range(len(there) - RUN + 1):
            known.setdefault(tuple(there[first : first + RUN]), source_id)
    return known


def copied(text: str, known: Runs, free: list[list[str]]) -> Iterator[tuple[Word, str, str]]:
    """Every run of a source's words in a text that is too long: its first word, the run, and the source's id."""
    here = words(text)
    bare = [word.text for word in here]
    first = 0
    while first + RUN <= len(bare):
        source_id = known.get(tuple(bare[first : first + RUN]))
        if source_id is None:
            first += 1
            continue
        last = first + 1
        while tuple(bare[last : last + RUN]) in known:
            last += 1
        run = bare[first : last + RUN - 1]
        if _counted(run, free) >= RUN:
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


def files(root: Path = paths.ROOT) -> list[Path]:
    """The files of the repository that hold text: those that git tracks or would, or all but hidden and built ones without git."""
    asked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, check=False
    )
    if asked.returncode == 0:
        listed: Iterable[Path] = (root / name for name in asked.stdout.decode().split("\0") if name)
    else:
        listed = (
            path for path in root.rglob("*") if not any(part[0] in "._" for part in path.relative_to(root).parts)
        )
        listed = (path for path in listed if paths.DATA / "texts" not in path.parents)
    return sorted(path for path in listed if path.is_file() and path.suffix not in SKIPPED)


def faults(sources: dict[str, Text], free: list[list[str]], root: Path = paths.ROOT) -> list[Fault]:
    """Every place in the repository that copies a source, by file and line."""
    found = []
    known = runs(sources)
    for path in files(root):
        try:
            text = path.read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue  # no text, or a table that cannot be read, which is told elsewhere
        for word, run, source_id in copied(text, known, free):
            line = text.count("\n", 0, word.start) + 1
            where = f"{path.relative_to(root)}:{line}"
            found.append(Fault(where, "", "", run, f"fewer than {RUN} words in a row from {source_id}"))
    return found
