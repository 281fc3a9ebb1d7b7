"""The corpus of the current build, loaded once for all pages."""

from functools import cache

import pandas as pd

from claimbook.corpus.model import Corpus, load


@cache
def cached_corpus() -> Corpus:
    """Return the corpus.

    Raises:
        CorpusError: As `load` raises it.
    """
    return load()


@cache
def cached_claims() -> pd.DataFrame:
    """Return the claims as `Corpus.full_claims` gives them, indexed by id."""
    return cached_corpus().full_claims()
