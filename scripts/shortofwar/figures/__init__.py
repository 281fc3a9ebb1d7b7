"""The figures that only this report has."""
