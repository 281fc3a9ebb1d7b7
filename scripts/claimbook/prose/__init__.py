"""The prose of the chapters: its sentences, and the checks on them."""
