"""Figures: DataFrames in; a figure with its alt text, its data and its links out."""
