"""Rows in words: dates, chains and codes as they read in a sentence."""
