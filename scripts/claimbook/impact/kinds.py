"""The kinds of doubt, by the words that lead their lines. Imports nothing slow."""

NUMBER = "number changed"
TITLE = "title without a test"
NOT_BORNE_OUT = "not borne out by the data"
OFF_AXIS = "off the axis"
CITES_CHANGED = "cites what has changed"
SPEAKS_OF_ALL = "speaks of all"
OLDER = "older page"
JUDGEMENT = "judgement"
NOT_WEIGHED = "not weighed"
NOT_CITED = "not cited"
NO_MATCH = "pass without a match"
NO_CRITICISM = "source without criticism"
NOT_COMPUTED = "not computed"
DOUBTFUL = "doubtful"  # the short form of all

Doubts = dict[str, list[str]]  # lines that each name a place and a reason, by kind of doubt
