"""The numbers that only this report states."""

from claimbook.analysis import geodata
from claimbook.analysis.metrics import Count
from claimbook.corpus.model import Corpus
from claimbook.settings import settings

MILE_KM = 1.609344
AIRFIELD = "zyabrovka"


def ground_counts(corpus: Corpus) -> dict[str, Count]:
    """Measure the distance of Zyabrovka airfield from the border with the neighbour.

    The neighbour is the first one in the settings.

    Returns:
        The count `airfield_miles`: the distance in miles as the crow flies, rounded to whole miles.

    Raises:
        ValueError: The report's settings have no geography.
    """
    geography = settings().geography
    if geography is None:
        raise ValueError("report.toml has no [geography]")
    border = geodata.load_outlines().border(geography.home, geography.neighbours[0])
    airfield = corpus.places.loc[AIRFIELD]
    distance, _, _ = geodata.nearest_point(airfield["longitude"], airfield["latitude"], border)
    measured = (
        "miles from Zyabrovka airfield to the nearest point of the border, "
        f"on the outlines of the map: {distance:.1f} km"
    )
    return {"airfield_miles": Count(f"{distance / MILE_KM:.0f}", measured)}
