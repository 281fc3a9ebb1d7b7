"""The annotated corpus: its tables, their schema, and what the tables say together."""
