"""What the explorer needs in a built page: its controls as a form, and the claims with the rules of the filters as data for its script."""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment
from matplotlib.markers import MarkerStyle

from claimbook.analysis import date_spans
from claimbook.corpus.model import Corpus
from claimbook.explorer import filters, records
from claimbook.explorer.filters import Filter
from claimbook.figures import beeswarm, figure, timeline
from claimbook.settings import settings

MIME = "application/vnd.claimbook.explorer+json"
ASSETS = Path(__file__).parent / "assets"
SCRIPT, SHEET = "explorer.js", "explorer.css"
FORM = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    (ASSETS / "explorer.html").read_text("utf-8")
)


def explorer_bundle(
    corpus: Corpus, known: Mapping[str, Filter], held: pd.DataFrame, fragment: str
) -> dict[str, Any]:
    """The explorer as the output of a cell: the form and the data of the page, and the picture for where no script runs.

    `held` are the records of the corpus's claims, `fragment` the selection with which the page begins where its address names none.
    """
    still = beeswarm.claims_by_day(corpus)._repr_mimebundle_()[figure.MIME]
    content = {
        "form": explorer_form(known),
        "data": explorer_data(corpus, known, held, fragment),
        "still": still,
    }
    return {MIME: content, "text/plain": f"Explorer of {len(held)} claims"}


def explorer_form(known: Mapping[str, Filter]) -> str:
    """The controls as HTML, hidden until the script runs, with the places that it fills."""
    glyphs = {name: theme.glyph for name, theme in settings().theme.items()}
    return FORM.render(filters=known.values(), glyphs=glyphs, days=("date", "from", "to"))


def explorer_data(
    corpus: Corpus, known: Mapping[str, Filter], held: pd.DataFrame, fragment: str
) -> dict[str, Any]:
    """All that the script reads: the filters and the rules of text, the look of the timeline, and the claims with their cells."""
    table = records.text_cells(corpus.full_claims())
    last = max(f"{timeline.axis().last:%Y-%m-%d}", *held["mark"])
    return {
        "start": fragment,
        "filters": [
            {
                "name": one.name,
                "label": one.label,
                "control": one.control,
                "values": list(one.values),
            }
            for one in known.values()
        ],
        "alike": filters.ALIKE,
        "axis": [
            f"{timeline.axis().first:%Y-%m-%d}",
            f"{timeline.axis().stretched:%Y-%m-%d}",
            last,
        ],
        "shares": list(timeline.axis().shares),
        "ticks": [f"{when:%Y-%m-%d}" for when in (*timeline.axis().months, *timeline.axis().weeks)],
        "landmarks": [[f"{when:%Y-%m-%d}", label] for when, label in beeswarm.landmarks(corpus)],
        "themes": {
            name: {"label": theme.label, "glyph": theme.glyph, "path": marker_path(theme.marker)}
            for name, theme in settings().theme.items()
        },
        "columns": list(table.columns),
        "claims": [
            _claim(claim, cells)
            for claim, cells in zip(held.itertuples(), table.to_numpy().tolist(), strict=True)
        ],
    }


def marker_path(marker: str) -> str:
    """A marker of the figures as the path of an SVG, within one unit of its middle."""
    drawn = MarkerStyle(marker)
    shapes = drawn.get_path().transformed(drawn.get_transform()).to_polygons(closed_only=False)
    size = max(abs(place) for shape in shapes for point in shape for place in point)
    return "".join(
        "M" + "L".join(f"{x / size:.2f} {-y / size:.2f}" for x, y in shape) + "Z"
        for shape in shapes
    )


def _claim(claim: Any, cells: list[str]) -> dict[str, Any]:
    chosen = ("theme", "kind", "bearing", "source", "speaker", "place", "also", "term")
    return {
        "id": claim.Index,
        "facets": {name: list(getattr(claim, name)) for name in chosen},
        "text": claim.text,
        "days": {
            basis: [getattr(claim, f"{basis}_first"), getattr(claim, f"{basis}_last")]
            for basis in (date_spans.DAY, *date_spans.BASES)
        },
        "mark": claim.mark,
        "rests": claim.rests,
        "sure": bool(claim.sure),
        "who": claim.who,
        "when": claim.when,
        "cells": cells,
    }


def embed_html(content: Mapping[str, Any], ledger: str) -> str:
    """The HTML of an explorer from what `bundle` holds of it: the form, and the data, which can neither end its element nor begin another.

    `ledger` is the address, seen from the page, of the page to whose entries the marks lead.
    """
    held = json.dumps(content["data"], ensure_ascii=False, separators=(",", ":")).replace(
        "<", "\\u003c"
    )
    script = f'<script type="application/json" class="cb-explorer-data">{held}</script>'
    return f'<div data-ledger="{escape(ledger)}">{content["form"]}{script}</div>\n'
