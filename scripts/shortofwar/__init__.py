"""Short of War: the figures and numbers that only this report has, and its corpus."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimbook.paths import set_default

if TYPE_CHECKING:
    from claimbook.corpus.model import Corpus, load

__all__ = ["Corpus", "load"]

set_default(Path(__file__).resolve().parents[2])


def __getattr__(name: str) -> Any:
    """Import `load` or `Corpus` on first use.

    A build with nothing to do needs neither, and so avoids their slow import.

    Raises:
        AttributeError: The name is neither of the two.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from claimbook.corpus import model

    return getattr(model, name)
