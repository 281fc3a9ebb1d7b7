"""Private pages that show the available texts of sources with their claims highlighted."""
