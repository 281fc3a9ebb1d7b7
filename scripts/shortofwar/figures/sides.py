"""The colours of those who speak, by the side on which they stand."""

from claimbook.figures import legend

COLOURS = {  # of the house style, by the column `side` of actors.csv
    "russia": "pressure",
    "belarus": "resistance",
    "ukraine": "military-signal",
}
OTHER = "muted"
NAMES = {"russia": "Russia", "belarus": "Belarus", "ukraine": "Ukraine", "": "the West and others"}


def side_colour(side: object) -> str:
    """Return the name of the colour of a side."""
    return COLOURS.get(str(side), OTHER)


def side_name(side: object) -> str:
    """Return the name of a side in words."""
    return NAMES.get(str(side), NAMES[""])


def side_key(words: str) -> dict[str, legend.Sample]:
    """Return the samples of a legend for the sides.

    Args:
        words: What a dot's colour tells, before the name of the first side.
    """
    samples: dict[str, legend.Sample] = {}
    for side, name in NAMES.items():
        label = name if samples else f"{words} {name}"
        samples[label] = legend.dot_sample("o", colour=side_colour(side), size=5.5)
    return samples
