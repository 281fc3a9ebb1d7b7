"""Checks of the tables, and hints at how to mend their faults."""
