"""The corpus of the current build, loaded once for all pages."""

from functools import cache

import pandas as pd

from claimbook.corpus.model import Corpus, load
from claimbook.language.ledger_pages import LedgerPages


@cache
def cached_corpus() -> Corpus:
    """Return the corpus of the current project, loaded once per process.

    Raises:
        CorpusError: A table has faults or cannot be read.
    """
    return load()


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
