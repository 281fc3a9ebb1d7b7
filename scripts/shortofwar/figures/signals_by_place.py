"""Military signals by place and phase: the data and the words of the map."""

import json
from pathlib import Path

import pandas as pd
from claimbook.analysis.geodata import nearest_point
from claimbook.corpus.model import Corpus, note_read
from claimbook.figures.place_layout import MapGround
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings

EXACT = ("site", "settlement", "area")  # precisions of places that have a point
KINDS = ("airfield", "range", "base", "city", "settlement", "station", "plant", "crossing")
COLUMNS = ["what", "place", "kind", "phase", "number", "km_to_border", "claims"]


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
    named = named[["claim_id", "places", "phase"]].join(
        corpus.places[columns].add_prefix("place_"), on="places"
    )
    has_point = named["place_precision"].isin(EXACT) & named["place_kind"].isin(KINDS)
    named = named[has_point & named["place_latitude"].notna()]
    xy = ground.projection.project(
        named["place_longitude"].astype(float), named["place_latitude"].astype(float)
    )
    named = named.assign(x=xy[:, 0], y=xy[:, 1])
    return named[ground.frame.contains(xy)]


def rows_by_place(
    ground: MapGround,
    corpus: Corpus,
    at_place: pd.DataFrame,
    placeless: pd.DataFrame,
    sightings: pd.DataFrame,
) -> pd.DataFrame:
    """Return the data of the figure: a row for each place or count, and phase."""
    border = ground.measured_border()
    rows: list[dict[str, object]] = []
    for (place, phase), group in at_place.groupby(["places", "phase"]):
        at = corpus.places.loc[place]
        km = round(nearest_point(at["longitude"], at["latitude"], border)[0])
        of_place = {"place": at["name"], "kind": str(at["kind"]), "km_to_border": km}
        ids = sorted(group["claim_id"])
        rows.append({"what": "claims at a place", **of_place, "phase": phase, "claims": ids})
    for phase, group in placeless.groupby("phase"):
        ids = sorted(group["claim_id"])
        rows.append({"what": "claims without a place", "phase": phase, "claims": ids})
    for phase, group in sightings.groupby("phase"):
        rows.append({"what": "sightings", "phase": phase, "number": len(group), "claims": []})
    launches = corpus.further["launches"].assign(
        phase=phases_of(corpus.further["launches"]["start"])
    )
    for phase, group in launches.groupby("phase"):
        of_phase = {"what": "launches", "place": "; ".join(sorted(set(group["place"])))}
        rows.append({**of_phase, "phase": phase, "number": len(group), "claims": []})
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["number"] = table["number"].fillna(table["claims"].map(len)).astype(int)
    for column in ("place", "kind"):
        table[column] = table[column].fillna("")
    return table


def describe(
    corpus: Corpus, at_place: pd.DataFrame, placeless: pd.DataFrame, sightings: pd.DataFrame
) -> str:
    """Write the alternative text: places by claims, and the counts of each phase."""
    places = at_place.groupby("place_name")["claim_id"].nunique().sort_values(ascending=False)
    named = [f"{place} {number}" for place, number in places.head(12).items()]
    phases = [
        f"{phase.label}: {(sightings['phase'] == phase.label).sum()} sightings, "
        f"{at_place.loc[at_place['phase'] == phase.label, 'claim_id'].nunique()} claims at a "
        f"place, {(placeless['phase'] == phase.label).sum()} without"
        for phase in settings().phases
    ]
    months = sightings["date"].dt.to_period("M").value_counts().sort_index()
    by_month = [f"{month.strftime('%B')} {number}" for month, number in months.items()]
    return (
        f"Map with {len(places)} places of claims on military signals, by claims: "
        f"{join_words(named)}{' and others' if len(places) > len(named) else ''}. "
        f"{len(sightings)} sightings by month: {join_words(by_month)}. By phase: "
        f"{'; '.join(phases)}. {count_noun(len(corpus.further['launches']), 'night')} of drone "
        "launches name no place nearer than the country."
    )


def read_features(file: Path) -> list[dict[str, object]]:
    """Read the features of a GeoJSON file, and note that it is read."""
    collection = json.loads(file.read_text("utf-8"))
    note_read(f"{file.name} ({collection['provenance']['origin']})")
    features: list[dict[str, object]] = collection["features"]
    return features
