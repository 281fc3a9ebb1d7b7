"""The order of work from the checks to the published book."""
