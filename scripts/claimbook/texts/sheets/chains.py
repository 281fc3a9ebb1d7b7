"""The chain of a claim: who passed it on, from the outlet of its source to its origin."""

from collections.abc import Sequence


def begin_with_outlet(outlet: str, links: Sequence[str]) -> list[str]:
    """Put the outlet of a source before the speakers whom it cites.

    Args:
        outlet: The outlet.
        links: The ids of speakers, the one nearest the outlet first. Where the outlet is one of
            them, nothing is put before.
    """
    return list(links) if outlet in links else [outlet, *links]
