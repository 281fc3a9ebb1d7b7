"""Short of War: an annotated corpus of news reports and the report that argues from it."""

from shortofwar.corpus.tables import Corpus, load

__all__ = ["Corpus", "load"]
