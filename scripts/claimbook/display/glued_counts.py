"""Computed numbers for the sentences of a page, each with what it counts."""

from dataclasses import dataclass
from typing import Any

from docutils import nodes
from myst_nb import glue

from claimbook.analysis.metrics import Count

MIME = "application/vnd.claimbook.count+json"
CSS_CLASS = "cb-count"  # of a number in a sentence


@dataclass(frozen=True)
class GluedCount:
    """A count as a cell's output, for MyST-NB to glue into sentences."""

    count: Count

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the forms of the output, by MIME type."""
        return {MIME: self.count._asdict(), "text/plain": self.count.text}


def glue_counts(counts: dict[str, Count]) -> None:
    """Make each count available to the sentences of this page as `` {glue:}`name` ``."""
    for name, count in counts.items():
        glue(name, GluedCount(count), display=False)


def count_node(count: dict[str, str]) -> nodes.abbreviation:
    """Create the node of a number in a sentence, with a popover on what it counts.

    Args:
        count: The fields of a `Count`.
    """
    explanation = f"Counted: {count['of']}."
    return nodes.abbreviation("", count["text"], explanation=explanation, classes=[CSS_CLASS])
