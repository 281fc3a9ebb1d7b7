"""What each step of a story sets off in its pictures, as a page writes it, and its checks.

A step may set off only what the claims that it cites name: so text and picture cannot drift apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.validation.suggestions import suggest_name
from claimbook.errors import Fault
from claimbook.figures import place_layout
from claimbook.figures.place_layout import MapGround
from claimbook.settings import settings

DIRECTIVE = "story-step"
PLACES, WAYS, DAYS = "places", "ways", "days"  # options of a step
BETWEEN_ITEMS, BETWEEN_ENDS, BETWEEN_DAYS = ",", ">", " to "


@dataclass(frozen=True)
class Scene:
    """What a step of a story sets off on the map and on the strip of days.

    Attributes:
        places: The ids of places on the map.
        ways: Pairs of the ids of two places, from the first of which an arrow leads to the second.
        start: The first day.
        end: The last day.
    """

    places: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    start: pd.Timestamp
    end: pd.Timestamp


def strip_days() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day of the strip.

    They are those of the phases in the settings, or else those of the period.
    """
    report = settings()
    if report.phases:
        return pd.Timestamp(report.phases[0].start), pd.Timestamp(report.phases[-1].end)
    return pd.Timestamp(report.period.start), pd.Timestamp(report.period.end)


def read_scene(
    options: Mapping[str, str],
    cited: Iterable[str],
    corpus: Corpus,
    ground: MapGround,
    where: str,
) -> tuple[Scene | None, list[Fault]]:
    """Read what a step sets off, and check it against tables and claims.

    Args:
        options: The texts of the options `places`, `ways` and `days`, of which the last is needed.
        cited: The ids of the claims that the step cites.
        corpus: The corpus.
        ground: The base map.
        where: The file and line of the step, for faults.

    Returns:
        The scene, and no faults; or None, and all its faults.
    """
    fault = partial(Fault, where, DIRECTIVE)
    named = [set(corpus.claims.at[claim, "places"]) for claim in dict.fromkeys(cited)]
    places = _items(options.get(PLACES, ""))
    ways = [tuple(_items(way, BETWEEN_ENDS)) for way in _items(options.get(WAYS, ""))]
    days = _read_days(options.get(DAYS, ""))
    first, last = strip_days()
    faults = []
    if days is None:
        rule = "a day such as 2031-06-14, or the first and the last, as 2031-06-14 to 2031-06-20"
        faults.append(fault(DAYS, options.get(DAYS, ""), rule, ""))
    elif not first <= days[0] <= days[1] <= last:
        rule = f"days from {first.date()} to {last.date()}, the first one first"
        faults.append(fault(DAYS, options[DAYS], rule, ""))
    for place in places:
        if reason := _why_not_drawn(place, corpus, ground):
            faults.append(fault(PLACES, place, *reason))
        elif not any(place in of_claim for of_claim in named):
            rule = "a place that a claim cited in this step names"
            faults.append(fault(PLACES, place, rule, ""))
    for way in ways:
        faults += _check_way(way, corpus, ground, named, fault)
    if faults or days is None:
        return None, faults
    return Scene(tuple(places), tuple((way[0], way[1]) for way in ways), *days), []


def _items(text: str, between: str = BETWEEN_ITEMS) -> list[str]:
    """Split the text of an option into its items; none for an empty text."""
    return [item.strip() for item in text.split(between)] if text.strip() else []


def _read_days(text: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Read a day, or a first and a last one; None for any other text."""
    start, _, end = text.partition(BETWEEN_DAYS)
    try:
        days = [pd.to_datetime(day.strip(), format="%Y-%m-%d") for day in (start, end or start)]
    except ValueError:
        return None
    return None if any(map(pd.isna, days)) else (days[0], days[1])


def _why_not_drawn(place: str, corpus: Corpus, ground: MapGround) -> tuple[str, str] | None:
    """Return why a place cannot be set off: a rule and a hint; None if it can."""
    if place not in corpus.places.index:
        return "a place of data/places.csv", suggest_name(place, list(corpus.places.index))
    if drawn_as(place, corpus, ground) not in place_layout.DRAWN_AS:
        return "a place with a point, an area or an outline within the map", ""
    return None


def drawn_as(place: str, corpus: Corpus, ground: MapGround) -> str:
    """Return how the map draws a place, or why it does not.

    The words for both are those of `place_layout`.
    """
    row = pd.concat([corpus.places.loc[place], pd.Series({"theme": ""})])
    return place_layout.drawing_of(ground, row, settings().roles.background)


def _check_way(
    way: tuple[str, ...],
    corpus: Corpus,
    ground: MapGround,
    named: list[set[str]],
    fault: Callable[[str, str, str, str], Fault],
) -> Iterator[Fault]:
    """Yield the faults of a way, both of whose ends a cited claim must name."""
    written = f" {BETWEEN_ENDS} ".join(way)
    if len(way) != 2:
        yield fault(WAYS, written, "two places, the first one first, as harbour > cape", "")
        return
    known = [place for place in way if place in corpus.places.index]
    for place in way:
        if place not in known:
            hint = suggest_name(place, list(corpus.places.index))
            yield fault(WAYS, place, "a place of data/places.csv", hint)
        elif pd.isna(corpus.places.at[place, "latitude"]):
            yield fault(WAYS, place, "a place that has a point", "")
    if len(known) == 2:
        if not any(_is_on_map(place, corpus, ground) for place in way):
            yield fault(WAYS, written, "a way of which one end lies within the map", "")
        if not any(set(way) <= of_claim for of_claim in named):
            rule = "a way both of whose ends one claim cited in this step names"
            yield fault(WAYS, written, rule, "")


def _is_on_map(place: str, corpus: Corpus, ground: MapGround) -> bool:
    """Check whether the point of a place lies within the map."""
    longitude, latitude = corpus.places.loc[place, ["longitude", "latitude"]]
    return bool(ground.frame.contains(ground.projection.project(longitude, latitude)).all())
