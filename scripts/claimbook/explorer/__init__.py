"""The explorer: claims filtered live in a notebook and in a built page by one description."""

from claimbook.explorer.widget import Explorer

__all__ = ["Explorer"]
