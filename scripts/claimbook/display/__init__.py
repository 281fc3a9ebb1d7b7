"""What the cells of a chapter call to show tables and counts."""
