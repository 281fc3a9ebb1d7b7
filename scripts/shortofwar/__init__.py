"""Short of War: an annotated corpus of news reports and the report that argues from it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shortofwar.corpus.tables import Corpus, load

__all__ = ["Corpus", "load"]


def __getattr__(name: str) -> Any:
    """`load` and `Corpus`, imported when they are asked for: a build that has nothing to do need not wait for pandas."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from shortofwar.corpus import tables

    return getattr(tables, name)
