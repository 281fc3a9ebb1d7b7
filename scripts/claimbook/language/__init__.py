"""English wording: general words, days and the rows of the corpus as they read in a sentence."""
