"""The explorer: the claims filtered and seen, live in a notebook and in a built page, by one description of the filters."""

from claimbook.explorer.widget import Explorer

__all__ = ["Explorer"]
