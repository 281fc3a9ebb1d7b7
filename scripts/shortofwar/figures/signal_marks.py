"""The marks of the map of military signals: ground, sightings, and places with their names."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from claimbook import house_style
from claimbook.analysis.geodata import nearest_point
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import root_figure
from claimbook.figures.label_placement import Label, place_labels
from claimbook.figures.place_layout import MapGround
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Polygon
from matplotlib.transforms import Bbox

SIGNAL, SIGHTING = "military-signal", "muted"  # colours
GROUND = {"airfield": "^", "range": "s"}  # markers of places that serve armies
NAMED_KINDS = {"airfield": " airfield", "range": " training ground"}  # in names of places
NEAR_KM = 60  # from a border: an airfield nearer than this has its distance written beside it
BEYOND = 20  # kilometres beyond the map's edge, up to which rivers are drawn
COARSE = 6  # points of an outline, of which a small map has one
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the line to the border: points that stay free of its number
NEAR_BORDER = 0.6  # of that line: where its number stands
PER_CLAIM, LEAST, MOST = 9, 12, 320  # square points of a mark

Features = list[dict[str, object]]


def draw_ground(axes: Axes, ground: MapGround, ratio: float, rivers: Features) -> None:
    """Draw countries and rivers, in axes of a ratio of width to height."""
    frame = ground.frame
    half_height = (frame.north - frame.south) / 2
    middle = (frame.north + frame.south) / 2
    half = max(half_height * ratio, (frame.east - frame.west) / 2)
    half_height = half / ratio
    axes.set(
        xlim=(frame.middle - half, frame.middle + half),
        ylim=(middle - half_height, middle + half_height),
    )
    axes.set_axis_off()
    step = 1 if rivers else COARSE
    for country, rings in ground.outlines.rings.items():
        is_home = country == ground.geography.home
        for ring in rings:
            axes.add_patch(
                Polygon(
                    ground.project(ring[::step]),
                    facecolor=house_style.colour("home" if is_home else "band"),
                    edgecolor=house_style.colour("rule"),
                    linewidth=0.6,
                    zorder=0.6 if is_home else 0.5,
                )
            )
    for river in rivers:
        for line in river["geometry"]["coordinates"]:  # type: ignore[index]
            points = ground.projection.project(*zip(*line, strict=True))[::2]
            is_shown = (np.abs(points[:, 0] - frame.middle) < half + BEYOND) & (
                np.abs(points[:, 1] - middle) < half_height + BEYOND
            )
            if is_shown.any():
                points[~is_shown] = np.nan
                colour = house_style.colour("link")
                axes.plot(*points.T, color=colour, linewidth=0.6, alpha=0.4, zorder=0.8)


def draw_airports(axes: Axes, ground: MapGround, airports: Features) -> None:
    """Draw the airports on the map as crosses."""
    for airport in airports:
        longitude, latitude = airport["geometry"]["coordinates"]  # type: ignore[index]
        at = ground.projection.project(longitude, latitude)
        if ground.frame.contains(at).all():
            muted = house_style.colour("muted")
            axes.scatter(
                at[:, 0], at[:, 1], s=26, marker="+", color=muted, linewidths=1, zorder=2.2
            )


def draw_sightings(
    axes: Axes, sightings: pd.DataFrame, size: float, colour: str = SIGHTING
) -> None:
    """Draw each sighting as a dot of a size in square points."""
    tone = house_style.colour(colour)
    x, y = sightings["x"], sightings["y"]
    axes.scatter(x, y, s=size, color=tone, alpha=0.6, linewidths=0, zorder=2)


def draw_distance(axes: Axes, ground: MapGround, corpus: Corpus, taken: list[Bbox]) -> list[Bbox]:
    """Draw how far the capital of the settings is from the border.

    Args:
        axes: The axes of the map.
        ground: The base map.
        corpus: The corpus with the place of the capital.
        taken: The boxes in pixels that the number must not cover.

    Returns:
        The box of the number in pixels; none if it had no room.
    """
    capital = corpus.places.loc[ground.geography.capital]
    at = (capital["longitude"], capital["latitude"])
    kilometres, *near = nearest_point(*at, ground.measured_border())
    start, end = (ground.projection.project(*point)[0] for point in (at, near))
    muted = house_style.colour("muted")
    axes.plot(*zip(start, end, strict=True), color=muted, linewidth=0.9, zorder=2.5)
    along = [axes.transData.transform(start + (end - start) * share) for share in SHARES]
    clear = [*taken, *(Bbox([point - 1, point + 1]) for point in along)]
    x, y = start + (end - start) * NEAR_BORDER
    label = Label(f"{kilometres:.0f} km to the border", (x, y), 2, {"color": muted})
    renderer = FigureCanvasAgg(root_figure(axes)).get_renderer()  # type: ignore[no-untyped-call]
    return [text.get_window_extent(renderer) for text in place_labels(axes, [label], clear, [])]


def collect_places(ground: MapGround, at_place: pd.DataFrame) -> pd.DataFrame:
    """Collect the places of claims, those with most claims first.

    Args:
        ground: The base map.
        at_place: A row for each claim and place, as `signals_by_place.claims_at_places` lists them.

    Returns:
        A row for each place: `name`, `kind`, `x`, `y`, `claims`, `counted` (the numbers of arms or
        soldiers that they name), `number` of claims, and `km` to the border.
    """
    places = at_place.groupby("places").agg(
        name=("place_name", "first"),
        kind=("place_kind", "first"),
        longitude=("place_longitude", "first"),
        latitude=("place_latitude", "first"),
        x=("x", "first"),
        y=("y", "first"),
        claims=("claim_id", lambda ids: sorted(set(ids))),
        counted=("counted", lambda words: list(dict.fromkeys(filter(None, words)))),
    )
    border = ground.measured_border()
    places["km"] = [
        nearest_point(longitude, latitude, border)[0]
        for longitude, latitude in zip(places["longitude"], places["latitude"], strict=True)
    ]
    places["number"] = places["claims"].map(len).astype(int)
    return places.sort_values("number", ascending=False, kind="stable")


def mark_sizes(places: pd.DataFrame, scale: float) -> list[float]:
    """Return the sizes of the marks of places by claims, in square points."""
    largest = max(int(places["number"].max()), 1) if len(places) else 1
    per_claim = min(PER_CLAIM, MOST / largest) * scale
    return [max(per_claim * number, LEAST) for number in places["number"]]


def mark_boxes(axes: Axes, places: pd.DataFrame, sizes: list[float]) -> list[Bbox]:
    """Return the boxes in pixels that the marks of places cover."""
    boxes = []
    for place, size in zip(places.itertuples(), sizes, strict=True):
        at = axes.transData.transform((place.x, place.y))
        reach = size**0.5 / 2 * root_figure(axes).dpi / 72
        boxes.append(Bbox([at - reach, at + reach]))
    return boxes


def draw_places(
    axes: Axes,
    places: pd.DataFrame,
    sizes: list[float],
    named: int,
    taken: list[Bbox],
    with_counts: bool = False,
    kinds: bool = True,
    beside: Sequence[Label] = (),
) -> None:
    """Draw places by the number of their claims, and write the names of the first.

    Args:
        axes: The axes of the map.
        places: The places, as `collect_places` gives them.
        sizes: The sizes of their marks in square points.
        named: How many of them have a name.
        taken: Further boxes in pixels that no name may cover.
        with_counts: Whether what claims count at a place stands under its name.
        kinds: Whether names keep the words that markers say, too: `airfield`, `training ground`.
        beside: Further names on the map.
    """
    labels = []
    all_names = set(places["name"])
    for place, size in zip(places.itertuples(), sizes, strict=True):
        dot = axes.scatter(
            [place.x],
            [place.y],
            s=size,
            marker=GROUND.get(place.kind, "o"),
            facecolors=house_style.colour(SIGNAL),
            edgecolors=house_style.colour("paper"),
            linewidths=0.7,
            zorder=3,
            clip_on=False,
        )
        dot.set_urls([f"claim:{place.claims[0]}"])
        is_near = place.kind in GROUND and place.km < NEAR_KM
        distance = f", {place.km:.0f} km" if is_near else ""
        counted = "".join(f"\n{words}" for words in place.counted) if with_counts else ""
        short = place.name.removesuffix(NAMED_KINDS.get(place.kind, ""))
        name = place.name if kinds or short in all_names else short  # a town may have the same
        text = f"{name} ({place.number}{distance}){counted}"
        options = {"color": house_style.colour("ink"), "fontsize": house_style.SMALL - 0.5}
        labels.append(Label(text, (place.x, place.y), size**0.5 / 2, options))
    place_labels(axes, [*labels[:named], *beside], [*mark_boxes(axes, places, sizes), *taken], [])


def draw_dots(axes: Axes, at_place: pd.DataFrame, sightings: pd.DataFrame) -> None:
    """Draw sightings and the places of claims on a small map."""
    draw_sightings(axes, sightings, 5)
    for _, group in at_place.groupby("places"):
        dot = axes.scatter(
            [group["x"].iloc[0]],
            [group["y"].iloc[0]],
            s=6 + 3 * min(group["claim_id"].nunique(), 12),
            color=house_style.colour(SIGNAL),
            linewidths=0,
            zorder=3,
            clip_on=False,
        )
        dot.set_urls([f"claim:{min(group['claim_id'])}"])
