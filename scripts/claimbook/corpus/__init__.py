"""The annotated corpus: its tables, their schema, and what the tables say together."""

import csv

csv.field_size_limit(2**31 - 1)  # how long a cell may be is a matter of the schema, not of Python
