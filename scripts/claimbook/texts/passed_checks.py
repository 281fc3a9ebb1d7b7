"""What has passed the checks against the texts, so that only what has changed is checked again.

A file in a folder that git ignores keeps the digests of what was checked and had no fault. A digest
covers all that its check reads: the text, the rows of its source, the settings and the engine.
"""

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from claimbook.corpus.atomic_files import replace_file
from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.digests import digest_files, source_files
from claimbook.paths import ENGINE, project
from claimbook.texts.source_texts import SourceText

KEPT = 20_000  # digests in the file, the latest last


class PassedChecks:
    """The digests of what has passed, kept from one command to the next."""

    def __init__(self, file: Path | None = None) -> None:
        """Read the digests of earlier commands.

        Args:
            file: The file that keeps them; by default that of the project.
        """
        self._file = file or project().passed_checks
        self._engine = digest_files(source_files(ENGINE), ENGINE)
        self._kept: dict[str, None] = {}
        with contextlib.suppress(OSError, UnicodeDecodeError):
            self._kept = dict.fromkeys(self._file.read_text("ascii").split())
        self._latest: dict[str, None] = {}

    def digest(self, *parts: str) -> str:
        """Digest what a check reads, together with the engine that checks it."""
        lengths = ",".join(str(len(part)) for part in parts)
        return hashlib.sha256("\0".join((self._engine, lengths, *parts)).encode()).hexdigest()

    def has_passed(self, digest: str) -> bool:
        """Whether what has this digest has passed before."""
        if digest in self._kept:
            self._latest[digest] = None
        return digest in self._latest

    def note(self, digests: Iterable[str]) -> None:
        """Note what has passed."""
        self._latest |= dict.fromkeys(digests)

    def write(self) -> None:
        """Write the digests for later commands, the latest last."""
        earlier = [digest for digest in self._kept if digest not in self._latest]
        lines = [*earlier, *self._latest][-KEPT:]
        with contextlib.suppress(OSError):  # without a place for the file, all is checked again
            replace_file(self._file, "\n".join(lines).encode())


def digest_sources(
    passed: PassedChecks,
    tables: Mapping[str, Table],
    corpus: Corpus,
    texts: Mapping[str, SourceText],
    *more: str,
) -> dict[str, str]:
    """Digest for each source its text and all rows that are checked against it.

    Args:
        passed: Gives the digests.
        tables: The tables of the schema.
        corpus: Their rows.
        texts: The texts at hand by source id.
        more: What the checks of all sources read besides.

    Returns:
        The digests by source id.
    """
    rows: dict[str, list[str]] = defaultdict(list)
    for name in tables:
        frame = getattr(corpus, name, None)
        if frame is None or not len(frame):
            continue
        flat = frame.reset_index()
        hashes = [format(number, "x") for number in pd.util.hash_pandas_object(flat.astype(str))]
        for ids in _source_ids(flat, corpus):
            for source_id, number in zip(ids, hashes, strict=True):
                rows[str(source_id)].append(number)
    return {
        key: passed.digest(text.digest, str(text.same), " ".join(rows[key]), *more)
        for key, text in texts.items()
    }


def _source_ids(rows: pd.DataFrame, corpus: Corpus) -> list[pd.Series]:
    """Return the sources of rows: their own, else those of the claims that they name."""
    if "source_id" in rows:
        return [rows["source_id"]]
    of_claims = corpus.claims["source_id"].astype(str)
    named = [rows[column] for column in ("claim_id", "original") if column in rows]
    return [claims.map(of_claims).fillna("") for claims in named]
