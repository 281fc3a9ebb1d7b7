"""Private pages that show the texts at hand with their claims highlighted."""
