"""The corpus as the pages being built see it: loaded once for all of them."""

from functools import cache

from shortofwar.corpus.tables import Corpus, load


@cache
def corpus() -> Corpus:
    """The corpus. Raises CorpusError as `load` does."""
    return load()
