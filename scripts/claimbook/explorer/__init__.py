"""The explorer: filters for claims, with a timeline and a list, in notebooks and on built pages."""

from claimbook.explorer.widget import Explorer

__all__ = ["Explorer"]
