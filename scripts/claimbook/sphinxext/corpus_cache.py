"""The corpus of the current build, loaded once for all pages."""

from functools import cache

import pandas as pd

from claimbook.corpus.model import Corpus, load
from claimbook.language.ledger_pages import LedgerPages

_checked: list[Corpus] = []  # at most one, the latest


def keep_corpus(corpus: Corpus) -> None:
    """Keep the corpus that a check has read, which a build then need not load."""
    _checked[:] = [corpus]
    for cached in (cached_corpus, cached_claims, cached_ledger):
        cached.cache_clear()


@cache
def cached_corpus() -> Corpus:
    """Return the corpus of the current project, loaded once per process.

    Raises:
        CorpusError: A table has faults or cannot be read.
    """
    return _checked[0] if _checked else load()


@cache
def cached_claims() -> pd.DataFrame:
    """Return the table of `Corpus.full_claims`, computed once per process.

    It is indexed by claim id.
    """
    return cached_corpus().full_claims()


@cache
def cached_ledger() -> LedgerPages:
    """Return the pages of the ledger, computed once per process."""
    return LedgerPages(cached_corpus())
