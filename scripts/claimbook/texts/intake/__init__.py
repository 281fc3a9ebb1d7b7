"""Intake of new sources: from files to texts in the collection and rows of the tables."""
