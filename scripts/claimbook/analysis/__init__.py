"""Analyses of the corpus: agreement, provenance, likelihood, dates, distances and counts."""
