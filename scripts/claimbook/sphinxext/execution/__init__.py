"""Execution of the cells of chapters, and the cache of their outputs."""
