"""The numbers that only this report states."""

from claimbook.analysis import geodata
from claimbook.analysis.metrics import Count
from claimbook.corpus.model import Corpus

MILE = 1.609344  # kilometres
AIRFIELD = "zyabrovka"


def ground_counts(corpus: Corpus) -> dict[str, Count]:
    """What the chapter on military signals measures: miles from the airfield named to the border with Ukraine, in a straight line."""
    airfield = corpus.places.loc["zyabrovka"]
    border = geodata.load_outlines().border("Belarus", "Ukraine")
    away = geodata.nearest_point(airfield["longitude"], airfield["latitude"], border)[0]
    measured = f"miles from Zyabrovka airfield to the nearest point of the border, on the outlines of the map: {away:.1f} km"
    return {"airfield_miles": Count(f"{away / MILE:.0f}", measured)}
