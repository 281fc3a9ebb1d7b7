"""Hands counted numbers to the prose of a page."""

from myst_nb import glue


def tell(numbers: dict[str, str]) -> None:
    """Make each number available on this page as `` {glue:text}`name` ``."""
    for name, number in numbers.items():
        glue(name, number, display=False)
