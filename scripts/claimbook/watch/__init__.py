"""The book while it is written: kept up to date at each save, and shown in the browser."""
