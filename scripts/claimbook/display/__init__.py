"""Tables, lists and counts that the cells of a chapter show."""
