"""The corpus as the pages being built see it: loaded once for all of them."""

from functools import cache

import pandas as pd

from shortofwar.corpus.tables import Corpus, load


@cache
def corpus() -> Corpus:
    """The corpus. Raises CorpusError as `load` does."""
    return load()


@cache
def full_claims() -> pd.DataFrame:
    """The claims with what follows from them, as `Corpus.full_claims` gives them."""
    return corpus().full_claims()
