"""The tests that could not run on this machine, as the last lines of the suite name them."""

NOT_RUN: list[str] = []
