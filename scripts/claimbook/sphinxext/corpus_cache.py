"""The corpus as the pages being built see it: loaded once for all of them."""

from functools import cache

import pandas as pd

from claimbook.corpus.model import Corpus, load


@cache
def cached_corpus() -> Corpus:
    """The corpus. Raises CorpusError as `load` does."""
    return load()


@cache
def cached_claims() -> pd.DataFrame:
    """The claims with what follows from them, as `Corpus.full_claims` gives them."""
    return cached_corpus().full_claims()
