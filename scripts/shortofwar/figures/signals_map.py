"""A map of the military signals: claims at a place, and what was filmed, by phase of the year."""

import pandas as pd
from claimbook import house_style
from claimbook.analysis.geodata import nearest_point
from claimbook.corpus.model import Corpus, note_read
from claimbook.figures import legend
from claimbook.figures.canvas import root_figure, small_print
from claimbook.figures.figure import Figure, Finding, traced
from claimbook.figures.label_placement import Label, place_labels
from claimbook.figures.place_layout import MapGround
from claimbook.language.words import count_noun
from claimbook.paths import project
from claimbook.settings import Phase, settings
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Polygon
from matplotlib.transforms import Bbox

from shortofwar.figures import signals_by_place

SIGNAL = "military-signal"
GROUND = {"airfield": "^", "range": "s"}  # markers of places that serve armies
NEAR_KM = 60  # from a border: an airfield nearer than this has its distance written beside it
HEIGHT = 4.4  # inches of the large map on a page
SMALL = 1.14  # inches: the height of a small map
MONTHS = 0.95  # inches for the bars of months
NAMED = 24  # places that have a name on the map, those with most claims first
COARSE = 6  # points of an outline, of which a small map has one
PER_CLAIM, LEAST, MOST = 9, 12, 320  # square points of a mark
SIGHTING = "muted"


@traced
def signals_by_phase(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw the places of claims on military signals and of sightings, by phase.

    A claim counts for the phase in which it was said, and for each place with a point that it
    names. Claims without such a place, and sightings, are counted for each phase.

    Returns:
        The figure. Its data have `what` (`claims at a place`, `claims without a place`,
        `sightings` or `launches`), `place`, `kind`, `phase`, `number`, `km_to_border` and `claims`.

    Raises:
        ValueError: The report's settings have no geography.
    """
    ground = MapGround.load()
    for table in ("sightings", "launches"):
        note_read(table)
    claims = corpus.full_claims()
    claims = claims[claims["theme"] == SIGNAL].rename_axis("claim_id").reset_index()
    claims["phase"] = signals_by_place.phases_of(claims["said"])
    at_place = signals_by_place.claims_at_places(ground, corpus, claims)
    placeless = claims[~claims["claim_id"].isin(at_place["claim_id"])]
    sightings = corpus.further["sightings"].assign(
        phase=signals_by_place.phases_of(corpus.further["sightings"]["date"])
    )
    xy = ground.projection.project(sightings["longitude"], sightings["latitude"])
    sightings = sightings.assign(x=xy[:, 0], y=xy[:, 1])
    data = signals_by_place.rows_by_place(ground, corpus, at_place, placeless, sightings)
    rivers = signals_by_place.read_features(project().rivers)
    airports = signals_by_place.read_features(project().airports)

    def draw(width: float) -> Drawing:
        return _draw(ground, corpus, at_place, placeless, sightings, rivers, airports, width)

    outside = len(placeless)
    other_times = int((claims["phase"] == "").sum())
    nights = count_noun(len(corpus.further["launches"]), "night")
    return Figure(
        name="signals-map",
        title=title,
        subtitle=(
            f"Large map: the {at_place['claim_id'].nunique()} claims on military signals that name "
            "a place with a point, by place, over all phases; small maps: by the phase in which "
            f"they were said. {outside} claims name none (a country, a border, no place) and are "
            "counted under each small map. Sightings are films and pictures placed by "
            "collectors; they collected none for July to September and after October. "
            f"{other_times} claims were said outside these phases. {nights} of drone launches name "
            "Belarus and no place in it. Small places without a name are in the table."
        ),
        alt=signals_by_place.describe(corpus, at_place, placeless, sightings),
        data=data,
        draw=draw,
    )


def _draw(
    ground: MapGround,
    corpus: Corpus,
    at_place: pd.DataFrame,
    placeless: pd.DataFrame,
    sightings: pd.DataFrame,
    rivers: list[dict[str, object]],
    airports: list[dict[str, object]],
    width: float,
) -> Drawing:
    """Draw the large map, the sightings by month, and a row of small maps."""
    wide = width >= house_style.WIDE
    phases = settings().phases
    columns = len(phases) if wide else 2
    lines = -(-len(phases) // columns)
    note = 2 * house_style.LINE + 0.08
    large = HEIGHT if wide else width * ground.frame.aspect
    cell = SMALL + 2.2 * house_style.LINE + note
    key = _key()
    top = legend.legend_height(key, width)
    height = top + large + MONTHS + lines * cell + 0.05
    drawing = Drawing(figsize=(width, height))
    y = height - top - large
    axes = drawing.add_axes((0, y / height, 1, large / height))
    _draw_ground(axes, ground, width / large, rivers)
    _draw_signals(axes, ground, corpus, at_place, sightings, airports, wide)
    y -= MONTHS
    months = drawing.add_axes(
        (0.3 / width, (y + 0.3) / height, 1 - 0.4 / width, (MONTHS - 0.5) / height)
    )
    _draw_months(months, sightings)
    across = width / columns
    for index, phase in enumerate(phases):
        line, column = divmod(index, columns)
        x, foot = column * across, y - cell * (line + 1)
        box = (x / width, (foot + note) / height, across * 0.96 / width, SMALL / height)
        small = drawing.add_axes(box)
        _draw_ground(small, ground, across * 0.96 / SMALL, [])
        _draw_dots(small, at_place, sightings, phase)
        _write_counts(drawing, x, foot, cell, phase, at_place, placeless, sightings)
    legend.draw_legend(drawing, key)
    return drawing


def _draw_ground(
    axes: Axes, ground: MapGround, ratio: float, rivers: list[dict[str, object]]
) -> None:
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
            points = ground.projection.project(*zip(*line, strict=True))
            if ground.frame.contains(points).any():
                colour = house_style.colour("link")
                axes.plot(*points[::2].T, color=colour, linewidth=0.6, alpha=0.4, zorder=0.8)


def _draw_signals(
    axes: Axes,
    ground: MapGround,
    corpus: Corpus,
    at_place: pd.DataFrame,
    sightings: pd.DataFrame,
    airports: list[dict[str, object]],
    wide: bool,
) -> None:
    """Draw sightings, airports, places by claims with their names, and distances."""
    muted, ink = house_style.colour(SIGHTING), house_style.colour("ink")
    axes.scatter(
        sightings["x"], sightings["y"], s=7, color=muted, alpha=0.6, linewidths=0, zorder=2
    )
    labels: list[Label] = []
    taken: list[Bbox] = []
    border = ground.measured_border()
    places = at_place.groupby("places").agg(
        name=("place_name", "first"),
        kind=("place_kind", "first"),
        longitude=("place_longitude", "first"),
        latitude=("place_latitude", "first"),
        x=("x", "first"),
        y=("y", "first"),
        claims=("claim_id", lambda ids: sorted(set(ids))),
    )
    places["number"] = places["claims"].map(len)
    largest = max(int(places["number"].max()), 1) if len(places) else 1
    for place in places.sort_values("number", ascending=False).itertuples():
        per_claim = min(PER_CLAIM, MOST / largest) * (1 if wide else 0.6)
        size = max(per_claim * place.number, LEAST)
        dot = axes.scatter(
            [place.x],
            [place.y],
            s=size,
            marker=GROUND.get(place.kind, "o"),
            facecolors=house_style.colour(SIGNAL),
            edgecolors=house_style.colour("paper"),
            linewidths=0.7,
            zorder=3,
        )
        dot.set_urls([f"claim:{place.claims[0]}"])
        taken.append(_box(axes, place.x, place.y, size**0.5 / 2))
        km = nearest_point(place.longitude, place.latitude, border)[0]
        is_near = place.kind in GROUND and km < NEAR_KM
        distance = f", {km:.0f} km" if is_near else ""
        text = f"{place.name} ({place.number}{distance})"
        options = {"color": ink, "fontsize": house_style.SMALL - 0.5}
        labels.append(Label(text, (place.x, place.y), size**0.5 / 2, options))
    capital = corpus.places.loc[ground.geography.capital]
    kilometres, *near = nearest_point(capital["longitude"], capital["latitude"], border)
    start, end = (
        ground.projection.project(*at)[0]
        for at in ((capital["longitude"], capital["latitude"]), near)
    )
    axes.plot(*zip(start, end, strict=True), color=muted, linewidth=0.9, zorder=2.5)
    middle = (start + end) / 2
    words = f"{kilometres:.0f} km to the border"
    labels.insert(0, Label(words, (middle[0], middle[1]), 2, {"color": muted}))
    for airport in airports:
        longitude, latitude = airport["geometry"]["coordinates"]  # type: ignore[index]
        at = ground.projection.project(longitude, latitude)
        if ground.frame.contains(at).all():
            axes.scatter(
                [at[0][0]], [at[0][1]], s=26, marker="+", color=muted, linewidths=1, zorder=2.2
            )
    place_labels(axes, labels[: (NAMED if wide else NAMED // 2)], taken, [])


def _box(axes: Axes, x: float, y: float, radius: float) -> Bbox:
    """Return the box in pixels around a point of the map, by a radius in points."""
    at = axes.transData.transform((x, y))
    reach = radius * root_figure(axes).dpi / 72
    return Bbox([at - reach, at + reach])


def _draw_dots(axes: Axes, at_place: pd.DataFrame, sightings: pd.DataFrame, phase: Phase) -> None:
    """Draw the sightings and the places of one phase on a small map."""
    seen = sightings[sightings["phase"] == phase.label]
    muted, blue = house_style.colour(SIGHTING), house_style.colour(SIGNAL)
    axes.scatter(seen["x"], seen["y"], s=5, color=muted, alpha=0.6, linewidths=0, zorder=2)
    named = at_place[at_place["phase"] == phase.label].groupby("places")
    for _, group in named:
        dot = axes.scatter(
            [group["x"].iloc[0]],
            [group["y"].iloc[0]],
            s=6 + 3 * min(group["claim_id"].nunique(), 12),
            color=blue,
            linewidths=0,
            zorder=3,
        )
        dot.set_urls([f"claim:{min(group['claim_id'])}"])


def _write_counts(
    drawing: Drawing,
    x: float,
    foot: float,
    cell: float,
    phase: Phase,
    at_place: pd.DataFrame,
    placeless: pd.DataFrame,
    sightings: pd.DataFrame,
) -> None:
    """Write the name of a phase above its small map, and its counts below it."""
    width, height = drawing.get_size_inches()
    months = f"{phase.start.day} {phase.start:%b} to {phase.end.day} {phase.end:%b}"
    left = (x + 0.03) / width
    drawing.text(left, (foot + cell - 0.02) / height, phase.label, va="top", **small_print("ink"))
    lower = (foot + cell - 0.02 - house_style.LINE) / height
    drawing.text(left, lower, months, va="top", **small_print())
    inside = at_place.loc[at_place["phase"] == phase.label, "claim_id"].nunique()
    without = int((placeless["phase"] == phase.label).sum())
    seen = int((sightings["phase"] == phase.label).sum())
    words = f"{inside} claims, {seen} seen\n{without} without a point"
    at = (foot + 2 * house_style.LINE + 0.04) / height
    drawing.text(left, at, words, va="top", linespacing=1.2, **small_print())


def _draw_months(axes: Axes, sightings: pd.DataFrame) -> None:
    """Draw the sightings by month as bars, and shade months of gaps in collecting."""
    phases = settings().phases
    months = pd.period_range(phases[0].start, phases[-1].end, freq="M")
    numbers = sightings["date"].dt.to_period("M").value_counts().reindex(months, fill_value=0)
    highest = max(int(numbers.max()), 1)
    axes.set(xlim=(-0.5, len(months) - 0.5), ylim=(0, highest * 1.35))
    for index, number in enumerate(numbers):
        if number:
            axes.bar(index, number, 0.7, color=house_style.colour(SIGHTING), linewidth=0)
            axes.text(index, number + highest * 0.06, str(number), ha="center", **small_print())
        else:
            axes.axvspan(index - 0.5, index + 0.5, color=house_style.colour("band"), linewidth=0)
            axes.text(index, highest * 0.3, "0", ha="center", **small_print())
    axes.set_xticks(range(len(months)), [month.strftime("%b")[:3] for month in months])
    axes.set_yticks([])
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    axes.annotate(
        "sightings by month",
        (0, 1),
        (2, -1),
        xycoords="axes fraction",
        textcoords="offset points",
        va="bottom",
        **small_print("ink"),
    )


def _key() -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words."""
    return {
        "place (claims)": legend.dot_sample("o", colour=SIGNAL, size=6),
        "airfield (claims, km to Ukraine)": legend.dot_sample("^", colour=SIGNAL, size=6),
        "training ground": legend.dot_sample("s", colour=SIGNAL, size=5.5),
        "sighting": legend.dot_sample("o", colour=SIGHTING, size=3),
        "airport": legend.dot_sample("+", colour=SIGHTING, size=5.5),
        "river": legend.bar_sample("link", 0.4),
    }
