"""What several tests use: reports, books, texts and tables to test on, and how to compare them."""
