"""Hands counted numbers to the prose of a page, each with what it counts."""

from dataclasses import dataclass
from typing import Any

from docutils import nodes
from myst_nb import glue

from claimbook.analysis.metrics import Count

MIME = "application/vnd.claimbook.count+json"
COUNT = "cb-count"  # the class of a number in a sentence


@dataclass(frozen=True)
class GluedCount:
    """A count as a notebook holds it."""

    count: Count

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.count._asdict(), "text/plain": self.count.text}


def glue_counts(numbers: dict[str, Count]) -> None:
    """Make each number available on this page as `` {glue:}`name` ``."""
    for name, number in numbers.items():
        glue(name, GluedCount(number), display=False)


def count_node(count: dict[str, str]) -> nodes.abbreviation:
    """A number in a sentence; on a page, pointing at it shows what it counts."""
    return nodes.abbreviation(
        "", count["text"], explanation=f"Counted: {count['of']}.", classes=[COUNT]
    )
