# /// script
# dependencies = ["click", "shapely>=2.1"]
# ///
"""Cuts `data/outlines.geojson`, the countries around Belarus, out of Natural Earth. Run by hand; the book never runs it.

    npm pack world-atlas@2.0.2
    uv run scripts/outlines.py world-atlas-2.0.2.tgz      (or with shapely and click in the environment at hand)

Neighbours keep the same border, point by point, when it is thinned: that is how the package knows the border between two.
"""

import hashlib
import itertools
import json
import tarfile
from datetime import date
from pathlib import Path

import click
from shapely import MultiPolygon, Polygon, box, coverage_simplify
from shapely.geometry.polygon import orient

MEMBER = "package/countries-10m.json"
BOX = (
    19.4,
    48.8,
    38.0,
    57.2,
)  # degrees west, south, east, north: more than the map shows, so that no cut edge is seen
THIN = 0.02  # degrees: a bend that spans a triangle of less than this squared is straightened
DIGITS = 3  # of a degree: a hundred metres
SMALLEST = 0.02  # square degrees: islands below are left out
OUT = Path(__file__).parents[1] / "data" / "outlines.geojson"


def arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """Every arc in degrees: TopoJSON keeps each point as its step from the one before, in whole units."""
    (width, height), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    decoded = []
    for steps in topology["arcs"]:
        at = itertools.accumulate(steps, lambda here, step: (here[0] + step[0], here[1] + step[1]))
        decoded.append([(x * width + left, y * height + bottom) for x, y in at])
    return decoded


def ring(members: list[int], known: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """A ring from its arcs; a negative number is an arc taken backwards."""
    points: list[tuple[float, float]] = []
    for number in members:
        arc = known[number] if number >= 0 else known[~number][::-1]
        points += arc[1:] if points else arc
    return points


def cut(geometry: dict, known: list[list[tuple[float, float]]]) -> MultiPolygon:
    """The part of a country that lies in the box, without its small islands."""
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [[ring(line, known) for line in part] for part in parts]
    polygons = [
        Polygon(outer, inner) for outer, *inner in rings if len(outer) > 3
    ]  # the grid of the input makes lines of some islets
    inside = [
        polygon.intersection(box(*BOX)) for polygon in polygons if polygon.intersects(box(*BOX))
    ]
    flat = [
        part
        for polygon in inside
        for part in getattr(polygon, "geoms", [polygon])
        if part.geom_type == "Polygon"
    ]
    return MultiPolygon(
        sorted((part for part in flat if part.area >= SMALLEST), key=lambda part: -part.area)
    )


def feature(geometry: dict, thinned: MultiPolygon) -> dict:
    """A country as a GeoJSON feature."""
    rings = [
        [polygon.exterior, *polygon.interiors]
        for polygon in map(orient, getattr(thinned, "geoms", [thinned]))
    ]
    return {
        "type": "Feature",
        "id": geometry["id"],
        "properties": {"name": geometry["properties"]["name"]},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [[[round(x, DIGITS), round(y, DIGITS)] for x, y in line.coords] for line in part]
                for part in rings
            ],
        },
    }


@click.command(help=__doc__)
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--day", default=date.today().isoformat(), help="The day of the cut, as the file states it."
)
def main(package: Path, day: str) -> None:
    with tarfile.open(package) as archive:
        raw = archive.extractfile(MEMBER).read()
        described = json.load(archive.extractfile("package/package.json"))
    topology = json.loads(raw)
    known = arcs(topology)
    countries = [
        (geometry, cut(geometry, known))
        for geometry in topology["objects"]["countries"]["geometries"]
        if "id" in geometry
    ]
    countries = sorted(
        ((geometry, part) for geometry, part in countries if part),
        key=lambda pair: pair[0]["properties"]["name"],
    )
    thinned = coverage_simplify([part for _, part in countries], THIN)
    outlines = {
        "type": "FeatureCollection",
        "provenance": {
            "title": "Countries around Belarus",
            "origin": "Natural Earth 4.1.0, 1:10m, countries",
            "package": f"npm:{described['name']}@{described['version']}",
            "file": MEMBER,
            "sha256": hashlib.sha256(raw).hexdigest(),
            "licence": "public domain (Natural Earth); its packing under the ISC licence",
            "cut": day,
            "by": "scripts/outlines.py",
            "box": BOX,
            "thinned_degrees": THIN,
        },
        "features": [
            feature(geometry, part) for (geometry, _), part in zip(countries, thinned, strict=True)
        ],
    }
    head, *rest = json.dumps(outlines, ensure_ascii=False, separators=(",", ":")).partition(
        '"features":['
    )
    lines = rest[1].replace(
        '{"type":"Feature"', '\n{"type":"Feature"'
    )  # a country a line, so that differences read
    OUT.write_text(head + rest[0] + lines + "\n", "utf-8")
    click.echo(f"{OUT}: {len(outlines['features'])} countries, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
