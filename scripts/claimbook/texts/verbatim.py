"""The verbatim rule: no file of the repository repeats six or more words in a row of a source.

Names in the tables `actors` and `places`, and titles of sources, do not count towards the six, nor
do the words in web addresses.
"""

import contextlib
import os
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pandas as pd

from claimbook.corpus.model import Corpus, known_names
from claimbook.digests import source_files
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.texts.anchors import Word, split_words
from claimbook.texts.passed_checks import PassedChecks
from claimbook.texts.word_runs import LENGTH, Hashes, RunIndex, find_common, hash_runs, list_words

REPORT = "report"  # the tier of sources that code is held against
ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
CODE_SUFFIXES = {".py", ".js", ".css", ".typ", ".html"}
HINT = (
    "say it in other words; or, where it is older than the text or can hardly be said otherwise, "
    "let it stand, with the reason, under [prose.formulae] in report.toml"
)
SKIPPED_SUFFIXES = {".lock", ".png", ".woff2"}


def allowed_phrases(
    actors: pd.DataFrame,
    places: pd.DataFrame,
    sources: pd.DataFrame,
    formulae: Iterable[str] = (),
) -> list[list[str]]:
    """List what may be repeated, as words, longest first.

    Args:
        actors: The table, whose names and roles may be.
        places: The table, whose names may be.
        sources: The table, whose titles and authors may be.
        formulae: Other phrases that may be.
    """
    authors = sources["author"].str.split(";").explode().str.strip()
    phrases = [*known_names(actors, places), *actors["role"], *formulae]
    phrases += [*sources["title"], *authors.dropna().unique()]
    words = ([word.text for word in split_words(phrase)] for phrase in phrases if phrase)
    return sorted(words, key=len, reverse=True)


def find_copied_runs(
    text: str, index: RunIndex, allowed: list[list[str]], known: Hashes | None = None
) -> Iterator[tuple[Word, str, str]]:
    """Find the runs of a source's words in a text that are too long.

    Args:
        text: The text.
        index: The runs of six words of the sources.
        allowed: What does not count.
        known: The runs of the index that the text is held against; by default all.

    Yields:
        The first word of the run, the run, and the id of the source.
    """
    known = index.join(index.source_ids) if known is None else known
    text = ADDRESS.sub(lambda address: " " * len(address[0]), text)
    if not find_common(hash_runs(list_words(text)), known).any():
        return
    words = split_words(text)
    normalized = [word.text for word in words]
    hashes = hash_runs(normalized)
    copied = find_common(hashes, known)
    first = 0
    while first < len(copied):
        if not copied[first]:
            first += 1
            continue
        last = first + 1
        while last < len(copied) and copied[last]:
            last += 1
        run = normalized[first : last + LENGTH - 1]
        if _count_unnamed(run, allowed) >= LENGTH:
            yield words[first], " ".join(run), index.sources_of(hashes[first])[0]
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
    index: RunIndex,
    allowed: list[list[str]],
    reports: Collection[str] | None = None,
    root: Path | None = None,
    files: Iterable[Path] | None = None,
    passed: PassedChecks | None = None,
) -> list[Fault]:
    """Find the passages of the repository that copy a source.

    Args:
        index: The runs of six words of the texts.
        allowed: What does not count.
        reports: The sources of the index that code is held against; by default all.
        root: The folder of the repository; by default that of the project.
        files: The files to hold against the texts; by default all of the repository.
        passed: What has passed before, which is not held against the texts again.

    Returns:
        One fault for each passage, with its file and line.
    """
    root = root or project().root
    faults = []
    of_code = index.source_ids if reports is None else list(reports)
    joined: dict[bool, Hashes] = {}
    inputs = (index.digest, repr(allowed), repr(of_code)) if passed else ()
    for file in repository_files(root) if files is None else files:
        try:
            content = file.read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue  # not a text, or a table that cannot be read, which other checks report
        is_code = file.suffix in CODE_SUFFIXES
        digest = passed.digest(str(is_code), content, *inputs) if passed else ""
        if passed and passed.has_passed(digest):
            continue
        if is_code not in joined:
            joined[is_code] = index.join(of_code if is_code else index.source_ids)
        copied = list(find_copied_runs(content, index, allowed, joined[is_code]))
        for word, run, source_id in copied:
            line = content.count("\n", 0, word.start) + 1
            location = f"{file.relative_to(root)}:{line}"
            limit = f"fewer than {LENGTH} words in a row from {source_id}"
            faults.append(Fault(location, "", "", run, limit, HINT))
        if passed and not copied:
            passed.note([digest])
    return faults


def find_faults_of_corpus(
    index: RunIndex,
    corpus: Corpus,
    formulae: Iterable[str] = (),
    root: Path | None = None,
    files: Iterable[Path] | None = None,
    passed: PassedChecks | None = None,
) -> list[Fault]:
    """Find the passages of the repository that copy a source of a corpus.

    Args:
        index: The runs of six words of the texts at hand.
        corpus: The names, titles and tiers of the sources.
        formulae: Other phrases that do not count.
        root: The folder of the repository; by default that of the project.
        files: The files to hold against the texts; by default all of the repository.
        passed: What has passed before, which is not held against the texts again.
    """
    allowed = allowed_phrases(corpus.actors, corpus.places, corpus.sources, formulae)
    tiers = corpus.sources["tier"]
    reports = [source_id for source_id in index.source_ids if tiers[source_id] == REPORT]
    return find_faults(index, allowed, reports, root, files, passed)
