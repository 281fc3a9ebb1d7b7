"""The corpus in formats that other programs read."""
