"""The verbatim rule: no file of the repository repeats six or more words in a row of a source.

Names in the tables `actors` and `places`, and titles of sources, do not count towards the six, nor
do the words in web addresses.
"""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from claimbook.corpus.model import known_names
from claimbook.digests import source_files
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.texts.anchors import Word, split_words
from claimbook.texts.source_texts import SourceText

MAX_RUN = 6  # words
ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
Runs = dict[tuple[str, ...], str]
SKIPPED_SUFFIXES = {".lock", ".png", ".woff2"}


def allowed_phrases(
    actors: pd.DataFrame, places: pd.DataFrame, sources: pd.DataFrame
) -> list[list[str]]:
    """List the names and titles that may be repeated, as words, longest first."""
    phrases = [*known_names(actors, places), *sources["title"]]
    words = ([word.text for word in split_words(phrase)] for phrase in phrases if phrase)
    return sorted(words, key=len, reverse=True)


def source_runs(texts: dict[str, SourceText]) -> Runs:
    """Map every run of six words of the texts to the first source that has it."""
    runs: Runs = {}
    for source_id, text in texts.items():
        words = [word.text for word in split_words(text.content)]
        for first in range(len(words) - MAX_RUN + 1):
            runs.setdefault(tuple(words[first : first + MAX_RUN]), source_id)
    return runs


def find_copied_runs(
    text: str, runs: Runs, allowed: list[list[str]]
) -> Iterator[tuple[Word, str, str]]:
    """Find the runs of a source's words in a text that are too long.

    Args:
        text: The text.
        runs: The runs of six words of the sources.
        allowed: The names and titles that do not count.

    Yields:
        The first word of the run, the run, and the id of the source.
    """
    words = split_words(ADDRESS.sub(lambda address: " " * len(address[0]), text))
    normalized = [word.text for word in words]
    first = 0
    while first + MAX_RUN <= len(normalized):
        source_id = runs.get(tuple(normalized[first : first + MAX_RUN]))
        if source_id is None:
            first += 1
            continue
        last = first + 1
        while tuple(normalized[last : last + MAX_RUN]) in runs:
            last += 1
        run = normalized[first : last + MAX_RUN - 1]
        if _count_unnamed(run, allowed) >= MAX_RUN:
            yield words[first], " ".join(run), source_id
        first = last


def _count_unnamed(run: list[str], allowed: list[list[str]]) -> int:
    """Count the words of a run outside allowed names and titles."""
    named = [False] * len(run)
    for phrase in allowed:
        if any(phrase[at : at + len(run)] == run for at in range(len(phrase) - len(run) + 1)):
            return 0
        for index in range(len(run) - len(phrase) + 1):
            if run[index : index + len(phrase)] == phrase:
                named[index : index + len(phrase)] = [True] * len(phrase)
    return named.count(False)


def repository_files(root: Path | None = None) -> list[Path]:
    """List the text files of the repository.

    Args:
        root: The folder of the repository; by default that of the project.

    Returns:
        The files that git tracks or would track; without git, those that a build reads.
    """
    root = root or project().root
    listing: subprocess.CompletedProcess[bytes] = subprocess.CompletedProcess([], returncode=1)
    with contextlib.suppress(OSError):  # there may be no git
        listing = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=root,
            capture_output=True,
            check=False,
        )
    if listing.returncode == 0:
        names = os.fsdecode(listing.stdout).split("\0")
        files: Iterable[Path] = (root / name for name in names if name)
    else:
        files = source_files(root)
    return sorted(file for file in files if file.is_file() and file.suffix not in SKIPPED_SUFFIXES)


def find_faults(
    texts: dict[str, SourceText], allowed: list[list[str]], root: Path | None = None
) -> list[Fault]:
    """Find the passages of the repository that copy a source.

    Args:
        texts: The texts by source id.
        allowed: The names and titles that do not count.
        root: The folder of the repository; by default that of the project.

    Returns:
        One fault for each passage, with its file and line.
    """
    root = root or project().root
    faults = []
    runs = source_runs(texts)
    for file in repository_files(root):
        try:
            content = file.read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue  # not a text, or a table that cannot be read, which other checks report
        for word, run, source_id in find_copied_runs(content, runs, allowed):
            line = content.count("\n", 0, word.start) + 1
            location = f"{file.relative_to(root)}:{line}"
            limit = f"fewer than {MAX_RUN} words in a row from {source_id}"
            faults.append(Fault(location, "", "", run, limit))
    return faults
