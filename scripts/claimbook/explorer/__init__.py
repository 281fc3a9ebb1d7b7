"""The explorer: the claims, filtered in a notebook or a built page."""

from claimbook.explorer.widget import Explorer

__all__ = ["Explorer"]
