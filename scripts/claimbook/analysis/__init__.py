"""What follows from the tables: agreement, provenance, likelihood, dates, places, counts."""
