"""The runs of six words that texts have, as hashes, kept from one command to the next.

A file for each text lies in a folder that git ignores, under the digest of the text. A file that is
damaged, or of another version, is made anew. No word can be read from it.
"""

import contextlib
import hashlib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claimbook.corpus.atomic_files import replace_file
from claimbook.paths import project
from claimbook.texts.anchors import WORD
from claimbook.texts.source_texts import SourceText

LENGTH = 6  # words
VERSION = 1  # of the files and of what is in them
HASH_BYTES = 8
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit of a word's hash is lost
DIGEST_BYTES = 32
Hashes = npt.NDArray[np.uint64]
_NO_RUNS: Hashes = np.empty(0, np.uint64)


class _WordHashes(dict[str, int]):
    """The hash of every word that was asked for, the same in each process."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode(), digest_size=HASH_BYTES).digest()
        self[word] = number = int.from_bytes(digest, "little")
        return number


_word_hashes = _WordHashes()


def list_words(text: str) -> list[str]:
    """List the normalized words of a text, as `split_words` does, but without offsets."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        return WORD.findall(text)
    return WORD.findall(text.lower())


def hash_runs(words: Sequence[str]) -> Hashes:
    """Hash every run of six words, in the order of their first words."""
    count = len(words) - LENGTH + 1
    if count < 1:
        return _NO_RUNS
    hashes = np.fromiter((_word_hashes[word] for word in words), np.uint64, len(words))
    runs = np.zeros(count, np.uint64)
    for offset in range(LENGTH):
        runs = (runs ^ (runs >> np.uint64(29))) * FACTOR + hashes[offset : offset + count]
    return runs


class RunIndex:
    """The runs of six words of several texts, each made when it is first asked for.

    Attributes:
        source_ids: The sources of the texts.
    """

    def __init__(self, texts: Mapping[str, SourceText], folder: Path | None = None) -> None:
        """Keep the texts, and where the files of their runs are.

        Args:
            texts: The texts by source id.
            folder: The folder of the files; by default that of the project.
        """
        self.source_ids = list(texts)
        self._texts = texts
        self._folder = folder or project().word_runs
        self._counted: dict[str, tuple[int, Hashes]] = {}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all texts and their sources."""
        parts = (f"{key} {text.digest}" for key, text in self._texts.items())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def count_words(self, source_id: str) -> int:
        """Return the number of words of a text."""
        return self._of(source_id)[0]

    def join(self, source_ids: Collection[str]) -> Hashes:
        """Join the runs of some of the texts, in order."""
        return np.sort(np.concatenate([_NO_RUNS, *(self._of(name)[1] for name in source_ids)]))

    def sources_of(self, run: np.uint64) -> list[str]:
        """List the texts that have a run."""
        return [name for name in self.source_ids if _contains(self._of(name)[1], run)]

    def _of(self, source_id: str) -> tuple[int, Hashes]:
        """Return the number of words and the runs of a text, from its file if it has one."""
        if source_id not in self._counted:
            self._counted[source_id] = _runs_of(self._texts[source_id], self._folder)
        return self._counted[source_id]


def find_common(runs: Hashes, known: Hashes) -> npt.NDArray[np.bool_]:
    """Find which runs are among known ones.

    Args:
        runs: The runs, in any order.
        known: The known runs, in order.

    Returns:
        True for each run that is among them.
    """
    if not len(known):
        return np.zeros(len(runs), bool)
    places = np.minimum(np.searchsorted(known, runs), len(known) - 1)
    found: npt.NDArray[np.bool_] = known[places] == runs
    return found


def _contains(runs: Hashes, run: np.uint64) -> bool:
    place = int(np.searchsorted(runs, run))
    return place < len(runs) and bool(runs[place] == run)


def _runs_of(text: SourceText, folder: Path) -> tuple[int, Hashes]:
    """Return the number of words of a text, and its runs in order."""
    file = folder / f"{VERSION}-{text.digest}"
    with contextlib.suppress(OSError):
        content = file.read_bytes()
        stated, payload = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if hashlib.sha256(payload).digest() == stated and len(payload) % HASH_BYTES == 0:
            numbers = np.frombuffer(payload, "<u8")
            if len(numbers):
                return int(numbers[0]), numbers[1:]
    words = list_words(text.content)
    runs = np.sort(hash_runs(words))
    payload = np.concatenate([np.array([len(words)], np.uint64), runs]).astype("<u8").tobytes()
    with contextlib.suppress(OSError):  # without a place for the file, it is computed each time
        replace_file(file, hashlib.sha256(payload).digest() + payload)
    return len(words), runs
