"""What the explorer needs in a built page: its controls as a form, and the claims with the rules of the filters as data for its script."""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment
from matplotlib.markers import MarkerStyle

from shortofwar.corpus import days
from shortofwar.corpus.tables import Corpus
from shortofwar.explorer import filters, records
from shortofwar.explorer.filters import Filter
from shortofwar.figures import figure, style, swarm, timeline

MIME = "application/vnd.shortofwar.explorer+json"
ASSETS = Path(__file__).parent / "assets"
SCRIPT, SHEET = "explorer.js", "explorer.css"
FORM = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string((ASSETS / "explorer.html").read_text("utf-8"))


def bundle(corpus: Corpus, known: Mapping[str, Filter], held: pd.DataFrame, fragment: str) -> dict[str, Any]:
    """The explorer as the output of a cell: the form and the data of the page, and the picture for where no script runs.

    `held` are the records of the corpus's claims, `fragment` the selection with which the page begins where its address names none.
    """
    still = swarm.by_day(corpus)._repr_mimebundle_()[figure.MIME]
    content = {"form": form(known), "data": data(corpus, known, held, fragment), "still": still}
    return {MIME: content, "text/plain": f"Explorer of {len(held)} claims"}


def form(known: Mapping[str, Filter]) -> str:
    """The controls as HTML, hidden until the script runs, with the places that it fills."""
    glyphs = {name: theme.glyph for name, theme in style.THEMES.items()}
    return FORM.render(filters=known.values(), glyphs=glyphs, days=("date", "from", "to"))


def data(corpus: Corpus, known: Mapping[str, Filter], held: pd.DataFrame, fragment: str) -> dict[str, Any]:
    """All that the script reads: the filters and the rules of text, the look of the timeline, and the claims with their cells."""
    table = records.cells(corpus.full_claims())
    last = max(f"{timeline.LAST:%Y-%m-%d}", *held["mark"])
    return {
        "start": fragment,
        "filters": [
            {"name": one.name, "label": one.label, "control": one.control, "values": list(one.values)} for one in known.values()
        ],
        "alike": filters.ALIKE,
        "axis": [f"{timeline.FIRST:%Y-%m-%d}", f"{timeline.LENS:%Y-%m-%d}", last],
        "shares": list(timeline.SHARES),
        "ticks": [f"{when:%Y-%m-%d}" for when in (*timeline.MONTHS, *timeline.WEEKS)],
        "landmarks": [[f"{when:%Y-%m-%d}", label] for when, label in swarm.landmarks(corpus)],
        "themes": {
            name: {"label": theme.label, "glyph": theme.glyph, "path": outline(theme.marker)} for name, theme in style.THEMES.items()
        },
        "columns": list(table.columns),
        "claims": [_claim(claim, cells) for claim, cells in zip(held.itertuples(), table.to_numpy().tolist(), strict=True)],
    }


def outline(marker: str) -> str:
    """A marker of the figures as the path of an SVG, within one unit of its middle."""
    drawn = MarkerStyle(marker)
    shapes = drawn.get_path().transformed(drawn.get_transform()).to_polygons(closed_only=False)
    size = max(abs(place) for shape in shapes for point in shape for place in point)
    return "".join("M" + "L".join(f"{x / size:.2f} {-y / size:.2f}" for x, y in shape) + "Z" for shape in shapes)


def _claim(claim: Any, cells: list[str]) -> dict[str, Any]:
    chosen = ("theme", "kind", "bearing", "source", "speaker", "place", "also", "term")
    return {
        "id": claim.Index,
        "facets": {name: list(getattr(claim, name)) for name in chosen},
        "text": claim.text,
        "days": {basis: [getattr(claim, f"{basis}_first"), getattr(claim, f"{basis}_last")] for basis in (days.DAY, *days.BASES)},
        "mark": claim.mark,
        "rests": claim.rests,
        "sure": bool(claim.sure),
        "who": claim.who,
        "when": claim.when,
        "cells": cells,
    }


def embed(content: Mapping[str, Any], ledger: str) -> str:
    """The HTML of an explorer from what `bundle` holds of it: the form, and the data, which can neither end its element nor begin another.

    `ledger` is the address, seen from the page, of the page to whose entries the marks lead.
    """
    held = json.dumps(content["data"], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = f'<script type="application/json" class="sow-explorer-data">{held}</script>'
    return f'<div data-ledger="{escape(ledger)}">{content["form"]}{script}</div>\n'
