"""Wording that several commands share."""

from collections.abc import Sized


def count_faults(faults: Sized) -> str:
    """Return how many faults there are, in words."""
    from claimbook.language.words import count_noun

    return count_noun(len(faults), "fault")
