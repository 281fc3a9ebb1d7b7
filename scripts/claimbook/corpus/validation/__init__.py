"""Checks of tables, and hints at what was probably meant."""
