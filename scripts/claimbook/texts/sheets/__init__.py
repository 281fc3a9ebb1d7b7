"""Coding sheets: written for a coder, and read back as rows of the tables."""
