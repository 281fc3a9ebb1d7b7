"""The steps of a build, from the checks to the published book."""
