"""What follows from the tables: agreement, provenance, likelihood, dates, distances and counts."""
