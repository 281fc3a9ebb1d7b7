"""Computed numbers for the sentences of a page, each with what it counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from myst_nb import glue

from claimbook.analysis.metrics import Count

MIME = "application/vnd.claimbook.count+json"
CSS_CLASS = "cb-count"  # of a number in a sentence

_recording: ContextVar[dict[str, Count] | None] = ContextVar("recording", default=None)


@dataclass(frozen=True)
class GluedCount:
    """A count as the output of a notebook cell, for MyST-NB to glue into sentences.

    Attributes:
        count: The count.
    """

    count: Count

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the count as JSON and as plain text, by MIME type."""
        return {MIME: self.count._asdict(), "text/plain": self.count.text}


@contextmanager
def record_counts() -> Iterator[dict[str, Count]]:
    """Record inside the block what is glued, instead of gluing it.

    Yields:
        The counts by name, which grow during the block.
    """
    counts: dict[str, Count] = {}
    token = _recording.set(counts)
    try:
        yield counts
    finally:
        _recording.reset(token)


def glue_counts(counts: dict[str, Count]) -> None:
    """Glue each count under its name, for the sentences of the page that calls this.

    A sentence shows the number with the MyST role `` {glue:}`name` ``.

    Args:
        counts: The counts by name.
    """
    if (recorded := _recording.get()) is not None:
        recorded.update(counts)
        return
    for name, count in counts.items():
        glue(name, GluedCount(count), display=False)


def count_node(count: dict[str, str]) -> nodes.abbreviation:
    """Create the docutils node of a number in a sentence.

    The node is an abbreviation whose explanation says what the number counts.

    Args:
        count: The fields of a `Count`: `text` and `of`.
    """
    explanation = f"Counted: {count['of']}."
    return nodes.abbreviation("", count["text"], explanation=explanation, classes=[CSS_CLASS])
