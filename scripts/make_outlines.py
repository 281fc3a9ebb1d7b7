# /// script
# dependencies = ["click", "pandas", "pydantic", "pyproj>=3.7", "shapely>=2.1"]
# ///
"""Make `data/outlines.geojson`, the countries of the report's map, from Natural Earth.

Builds of the book do not run it. To make the file again, run:

    npm pack world-atlas@2.0.2
    uv run scripts/make_outlines.py world-atlas-2.0.2.tgz

or use any environment with these dependencies. Countries are clipped to a box around the frame of
the map in `report.toml`, or to that of `--box`. The file records its box; the marks of whole
countries on the map depend on it.

Simplification keeps the points of a border the same for both neighbours, so that the package can
recognise the border between them.
"""

import hashlib
import itertools
import json
import math
import sys
import tarfile
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

import click
from shapely import MultiPolygon, Polygon, box, coverage_simplify
from shapely.geometry.polygon import orient

sys.path.insert(0, str(Path(__file__).parent))  # the package is not installed under `uv run`

from claimbook.paths import project
from claimbook.settings import Geography, settings

COUNTRIES = "package/countries-10m.json"  # a TopoJSON file in the npm package
DESCRIPTION = "package/package.json"
KM_PER_DEGREE = 111.2  # of latitude
MARGIN = 125  # kilometres around the frame of the map, so that no cut edge is visible
TOLERANCE = 0.02  # degrees: bends that span a triangle of less than its square are removed
DECIMALS = 3  # of a degree: a hundred metres
SMALLEST_AREA = 0.02  # square degrees: smaller islands are omitted

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def box_around_frame(geography: Geography) -> Box:
    """Compute a box of degrees around the frame of a map, with a margin of `MARGIN`.

    The length of a degree of longitude is taken at the edge of the box nearest to a pole, where it
    is shortest, so that the box is wide enough everywhere.

    Args:
        geography: The settings with the frame in kilometres from a centre in degrees.

    Returns:
        West, south, east and north, in degrees rounded to tenths.
    """
    west, east, south, north = geography.frame
    longitude, latitude = geography.centre
    bottom = latitude + (south - MARGIN) / KM_PER_DEGREE
    top = latitude + (north + MARGIN) / KM_PER_DEGREE
    km_per_longitude = KM_PER_DEGREE * min(math.cos(math.radians(edge)) for edge in (bottom, top))
    left = longitude + (west - MARGIN) / km_per_longitude
    right = longitude + (east + MARGIN) / km_per_longitude
    return round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Decode the quantised arcs of a TopoJSON file.

    A file stores each point of an arc as a step from the point before it.

    Returns:
        The points of each arc, in degrees.
    """
    width, height = topology["transform"]["scale"]
    left, bottom = topology["transform"]["translate"]
    decoded = []
    for steps in topology["arcs"]:
        points = itertools.accumulate(
            steps, lambda last, step: (last[0] + step[0], last[1] + step[1])
        )
        decoded.append([(x * width + left, y * height + bottom) for x, y in points])
    return decoded


def join_arcs(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join the arcs of a TopoJSON file into a ring.

    Args:
        indices: The indices of the arcs in order. The index of an arc to be reversed is the
            complement (`~index`).
        arcs: The points of all arcs, as `decode_arcs` returns them.

    Returns:
        The points of the ring. A point at which two arcs meet occurs once.
    """
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def clip_country(geometry: dict[str, Any], arcs: list[list[Point]], bounds: Box) -> MultiPolygon:
    """Clip a country to a box, and omit its small islands.

    Args:
        geometry: The country in the TopoJSON file.
        arcs: The points of all arcs, as `decode_arcs` returns them.
        bounds: West, south, east and north of the box, in degrees.

    Returns:
        Its parts within the box of at least `SMALLEST_AREA` square degrees, the largest first;
        empty if there are none.
    """
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [[join_arcs(ring, arcs) for ring in part] for part in parts]
    # On the grid of the input, some islets are lines of fewer than four points.
    polygons = [Polygon(outer, inner) for outer, *inner in rings if len(outer) > 3]
    frame = box(*bounds)
    clipped = [polygon.intersection(frame) for polygon in polygons if polygon.intersects(frame)]
    areas = [
        area
        for shape in clipped
        for area in getattr(shape, "geoms", [shape])
        if area.geom_type == "Polygon" and area.area >= SMALLEST_AREA
    ]
    return MultiPolygon(sorted(areas, key=lambda area: -area.area))


def to_feature(geometry: dict[str, Any], shape: MultiPolygon) -> dict[str, Any]:
    """Convert a country to a GeoJSON feature, with coordinates rounded to `DECIMALS`.

    Args:
        geometry: The country in the TopoJSON file, which has its id and name.
        shape: Its simplified shape.
    """
    polygons = [orient(polygon) for polygon in getattr(shape, "geoms", [shape])]
    rings = [[polygon.exterior, *polygon.interiors] for polygon in polygons]
    return {
        "type": "Feature",
        "id": geometry["id"],
        "properties": {"name": geometry["properties"]["name"]},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [
                    [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
                    for ring in part
                ]
                for part in rings
            ],
        },
    }


def write_outlines(outlines: dict[str, Any], file: Path) -> None:
    """Write a GeoJSON file with one country per line, for readable diffs."""
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    features = [json.dumps(feature, **compact) for feature in outlines["features"]]
    head = json.dumps(outlines | {"features": []}, **compact).removesuffix("]}")
    file.write_text(head + "\n" + ",\n".join(features) + "]}\n", "utf-8")


@click.command(help=__doc__)
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--box",
    "bounds",
    type=(float, float, float, float),
    help="West, south, east and north of the box, in degrees; by default around the map's frame.",
)
@click.option("--day", default=date.today().isoformat(), help="The date to record in the file.")
def main(package: Path, bounds: Box | None, day: str) -> None:
    """Write the outlines of the countries, from the npm package of Natural Earth."""
    geography = settings().geography
    if geography is None:
        raise click.ClickException("report.toml has no [geography]")
    with tarfile.open(package) as archive:
        raw = cast(IO[bytes], archive.extractfile(COUNTRIES)).read()
        description = json.load(cast(IO[bytes], archive.extractfile(DESCRIPTION)))
    topology = json.loads(raw)
    arcs = decode_arcs(topology)
    bounds = bounds or box_around_frame(geography)
    countries = sorted(
        (country for country in topology["objects"]["countries"]["geometries"] if "id" in country),
        key=lambda country: country["properties"]["name"],
    )
    clipped = [(country, clip_country(country, arcs, bounds)) for country in countries]
    clipped = [(country, shape) for country, shape in clipped if shape]
    simplified = coverage_simplify([shape for _, shape in clipped], TOLERANCE)
    outlines = {
        "type": "FeatureCollection",
        "provenance": {
            "title": f"Countries around {geography.home}",
            "origin": "Natural Earth 4.1.0, 1:10m, countries",
            "package": f"npm:{description['name']}@{description['version']}",
            "file": COUNTRIES,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "licence": "public domain (Natural Earth); its packing under the ISC licence",
            "cut": day,
            "by": "scripts/make_outlines.py",
            "box": bounds,
            "thinned_degrees": TOLERANCE,
        },
        "features": [
            to_feature(country, shape)
            for (country, _), shape in zip(clipped, simplified, strict=True)
        ],
    }
    file = project().outlines
    write_outlines(outlines, file)
    size = file.stat().st_size / 1000
    click.echo(f"{file}: {len(clipped)} countries, {size:.0f} kB")


if __name__ == "__main__":
    main()
