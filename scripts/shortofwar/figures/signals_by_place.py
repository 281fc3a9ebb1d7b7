"""Military signals by place, phase and month: the data and the words of the map."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from claimbook.analysis.geodata import nearest_point
from claimbook.corpus.model import Corpus, note_read
from claimbook.figures.place_layout import MapGround
from claimbook.figures.queries import said_days
from claimbook.language.claim_description import describe_quantity
from claimbook.language.words import count_noun, join_words
from claimbook.paths import project
from claimbook.settings import settings

SIGNAL = "military-signal"
EXACT = ("site", "settlement", "area")  # precisions of places that have a point
KINDS = ("airfield", "range", "base", "city", "settlement", "station", "plant", "crossing")
COLUMNS = ["what", "place", "kind", "phase", "number", "counted", "km_to_border", "claims"]
ARMS = (  # units of soldiers and arms, whose numbers are shown at their place
    "soldiers", "tanks", "armoured vehicles", "vehicles", "guns", "air defence systems",
    "aircraft", "helicopters", "missiles", "drones", "battalion tactical groups", "battalions",
    "brigades",
)  # fmt: skip
FIRST_PLACES = 6  # that the words on a month name


@dataclass(frozen=True)
class Signals:
    """What the map draws.

    Attributes:
        ground: The base map.
        corpus: The corpus.
        claims: All claims on military signals, with `claim_id`, `phase`, `month` and `counted`.
        at_place: A row for each claim and place on the map.
        placeless: The claims that name no place on the map.
        sightings: What was filmed, with `phase`, `month`, `x` and `y`.
        launches: The nights of drone launches, with `phase` and `month`.
        rivers: The features of rivers.
        airports: The features of airports.
    """

    ground: MapGround
    corpus: Corpus
    claims: pd.DataFrame
    at_place: pd.DataFrame
    placeless: pd.DataFrame
    sightings: pd.DataFrame
    launches: pd.DataFrame
    rivers: list[dict[str, object]]
    airports: list[dict[str, object]]

    @classmethod
    def of(cls, corpus: Corpus) -> "Signals":
        """Collect the claims on military signals, the sightings and launches of a corpus.

        Raises:
            ValueError: The report's settings have no geography.
        """
        ground = MapGround.load()
        for table in ("sightings", "launches"):
            note_read(table)
        claims = corpus.full_claims()
        claims = claims[claims["theme"] == SIGNAL].rename_axis("claim_id").reset_index()
        is_arms = claims["unit"].isin(ARMS)
        counted = [
            describe_quantity(claim) if of_arms else ""
            for of_arms, (_, claim) in zip(is_arms, claims.iterrows(), strict=True)
        ]
        said = claims["claim_id"].map(said_days(corpus))
        claims = _with_times(claims.assign(counted=counted, said=said), "said")
        at_place = claims_at_places(ground, corpus, claims)
        sightings = _with_times(corpus.further["sightings"], "date")
        xy = ground.projection.project(sightings["longitude"], sightings["latitude"])
        return cls(
            ground,
            corpus,
            claims,
            at_place,
            claims[~claims["claim_id"].isin(at_place["claim_id"])],
            sightings.assign(x=xy[:, 0], y=xy[:, 1]),
            _with_times(corpus.further["launches"], "start"),
            read_features(project().rivers),
            read_features(project().airports),
        )


def _with_times(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Add to rows the phase and the month of their day."""
    return rows.assign(phase=phases_of(rows[day]), month=rows[day].dt.to_period("M"))


def months() -> pd.PeriodIndex:
    """Return the months of the phases in the settings."""
    phases = settings().phases
    return pd.period_range(phases[0].start, phases[-1].end, freq="M")


def phases_of(days: pd.Series) -> pd.Series:
    """Return the label of the phase in which each day lies; empty for none."""
    labels = pd.Series("", index=days.index)
    for phase in settings().phases:
        labels[days.between(pd.Timestamp(phase.start), pd.Timestamp(phase.end))] = phase.label
    return labels


def claims_at_places(ground: MapGround, corpus: Corpus, claims: pd.DataFrame) -> pd.DataFrame:
    """List the places on the map that claims name, a row for each claim and place."""
    named = claims.explode("places").dropna(subset="places")
    columns = ["name", "kind", "latitude", "longitude", "precision"]
    named = named[["claim_id", "places", "phase", "month", "counted"]].join(
        corpus.places[columns].add_prefix("place_"), on="places"
    )
    has_point = named["place_precision"].isin(EXACT) & named["place_kind"].isin(KINDS)
    named = named[has_point & named["place_latitude"].notna()]
    xy = ground.projection.project(
        named["place_longitude"].astype(float), named["place_latitude"].astype(float)
    )
    named = named.assign(x=xy[:, 0], y=xy[:, 1])
    return named[ground.frame.contains(xy)]


def rows_by_place(signals: Signals) -> pd.DataFrame:
    """Return the data of the figure: a row for each place or count, and phase."""
    border = signals.ground.measured_border()
    rows: list[dict[str, object]] = []
    for (place, phase), group in signals.at_place.groupby(["places", "phase"]):
        at = signals.corpus.places.loc[place]
        km = round(nearest_point(at["longitude"], at["latitude"], border)[0])
        of_place = {"place": at["name"], "kind": str(at["kind"]), "km_to_border": km}
        of_place["counted"] = "; ".join(dict.fromkeys(filter(None, group["counted"])))
        ids = sorted(group["claim_id"])
        rows.append({"what": "claims at a place", **of_place, "phase": phase, "claims": ids})
    for phase, group in signals.placeless.groupby("phase"):
        ids = sorted(group["claim_id"])
        rows.append({"what": "claims without a place", "phase": phase, "claims": ids})
    for phase, group in signals.sightings.groupby("phase"):
        rows.append({"what": "sightings", "phase": phase, "number": len(group), "claims": []})
    for phase, group in signals.launches.groupby("phase"):
        of_phase = {"what": "launches", "place": "; ".join(sorted(set(group["place"])))}
        rows.append({**of_phase, "phase": phase, "number": len(group), "claims": []})
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["number"] = table["number"].fillna(table["claims"].map(len)).astype(int)
    for column in ("place", "kind", "counted"):
        table[column] = table[column].fillna("")
    return table


def describe(signals: Signals) -> str:
    """Write the alternative text: places by claims, and the counts of each phase."""
    at_place, sightings = signals.at_place, signals.sightings
    places = at_place.groupby("place_name")["claim_id"].nunique().sort_values(ascending=False)
    named = [f"{place} {number}" for place, number in places.head(12).items()]
    phases = [
        f"{phase.label}: {(sightings['phase'] == phase.label).sum()} sightings, "
        f"{at_place.loc[at_place['phase'] == phase.label, 'claim_id'].nunique()} claims at a "
        f"place, {(signals.placeless['phase'] == phase.label).sum()} without"
        for phase in settings().phases
    ]
    by_month = [
        f"{month.strftime('%B')} {number}"
        for month, number in sightings["month"].value_counts().sort_index().items()
    ]
    return (
        f"Map with {len(places)} places of claims on military signals, by claims: "
        f"{join_words(named)}{' and others' if len(places) > len(named) else ''}. "
        f"{len(sightings)} sightings by month: {join_words(by_month)}. By phase: "
        f"{'; '.join(phases)}. {count_noun(len(signals.launches), 'night')} of drone "
        "launches name no place nearer than the country."
    )


def describe_month(signals: Signals, month: pd.Period) -> str:
    """Write what the map shows of a month: its claims, places, sightings and launches."""
    at_place = signals.at_place[signals.at_place["month"] == month]
    by_place = at_place.groupby("place_name")["claim_id"].nunique()
    by_place = by_place.sort_index().sort_values(ascending=False, kind="stable")
    named = [f"{place} {number}" for place, number in by_place.head(FIRST_PLACES).items()]
    more = len(by_place) - len(named)
    named += [count_noun(more, "further place")] if more else []
    placed = at_place["claim_id"].nunique()
    without = int((signals.placeless["month"] == month).sum())
    seen = int((signals.sightings["month"] == month).sum())
    nights = int((signals.launches["month"] == month).sum())
    who = "No claim names" if not placed else f"{count_noun(placed, 'claim')} name"
    return (
        f"{who}{'s' * (placed == 1)} a place with a point"
        + (f" ({join_words(named)}). " if named else ". ")
        + f"{count_noun(without, 'claim')} without one. "
        + (f"{count_noun(seen, 'sighting')}." if seen else "No sighting was collected.")
        + (f" {count_noun(nights, 'night')} of drone launches." if nights else "")
    )


def read_features(file: Path) -> list[dict[str, object]]:
    """Read the features of a GeoJSON file, and note that it is read."""
    collection = json.loads(file.read_text("utf-8"))
    note_read(f"{file.name} ({collection['provenance']['origin']})")
    features: list[dict[str, object]] = collection["features"]
    return features
