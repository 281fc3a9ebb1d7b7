"""Figures: tables in; a picture with its alt text, its data and its links out."""
