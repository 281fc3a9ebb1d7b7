"""The explorer and the filters in built pages: the form, and the data for the scripts."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import Environment
from matplotlib.markers import MarkerStyle

from claimbook.corpus.model import REPORT_TIER, Corpus
from claimbook.explorer.claim_index import BASES, ClaimIndex, index_claims
from claimbook.explorer.csv_export import text_cells
from claimbook.explorer.filters import (
    EQUIVALENTS,
    LEDGER_BASIS,
    Filter,
    describe_filters,
    fold_text,
)
from claimbook.explorer.packing import pack_records
from claimbook.figures import beeswarm, day_axis
from claimbook.paths import project
from claimbook.settings import settings

MIME = "application/vnd.claimbook.explorer+json"
ASSETS = Path(__file__).parent / "assets"
FILTER_SCRIPT = "filters.js"  # the rules of the filters; the ledger loads it, too
SCRIPTS = (FILTER_SCRIPT, "timeline.js", "explorer.js")  # in the order in which they must run
STYLESHEET = "explorer.css"
FORM = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    (ASSETS / "explorer.html").read_text("utf-8")
)


def explorer_bundle(
    corpus: Corpus, filters: Mapping[str, Filter], index: ClaimIndex, fragment: str
) -> dict[str, Any]:
    """Build the output of a notebook cell that shows the explorer on a built page.

    Args:
        corpus: The corpus.
        filters: Its filters by name.
        index: Its claims, prepared for the filters.
        fragment: The selection, as the fragment of a link, with which the page opens if its own
            address has none.

    Returns:
        The output by MIME type: under `MIME` the form, the data of the page, and the picture for
        print and for pages without scripts; under `text/plain` a line of text.
    """
    still = beeswarm.claims_by_day(_claims_of_still(corpus)).page_output()
    content = {
        "form": explorer_form(filters),
        "data": explorer_data(corpus, filters, index, fragment),
        "still": still,
    }
    return {MIME: content, "text/plain": f"Explorer of {len(index)} claims"}


def _claims_of_still(corpus: Corpus) -> Corpus:
    """Return the part of a corpus that the picture for pages without scripts shows.

    It is the claims of the reports, where there are any: thousands of marks would make the page
    heavy, and could not be told apart.
    """
    reports = corpus.of_tier(REPORT_TIER)
    return reports if len(reports.claims) else corpus


def explorer_form(filters: Mapping[str, Filter]) -> str:
    """Render the explorer's filter controls as an HTML form.

    The form is hidden until the explorer's script runs.
    """
    glyphs = {name: theme.glyph for name, theme in settings().theme.items()}
    return FORM.render(filters=filters.values(), glyphs=glyphs)


def explorer_data(
    corpus: Corpus, filters: Mapping[str, Filter], index: ClaimIndex, fragment: str
) -> dict[str, Any]:
    """Return the data that the explorer's scripts read from the page, ready for JSON.

    Args:
        corpus: The corpus.
        filters: Its filters by name.
        index: Its claims, prepared for the filters.
        fragment: The selection, as the fragment of a link, with which the page opens.

    Returns:
        The selection (`start`), the filters (`rules`), the timeline (`axis`, `landmarks`,
        `themes`), the name and the columns of the CSV file (`download`, `columns`), and the claims,
        packed: each column of `filter_values`, of the details and of the CSV file by a key such as
        `values.theme`, `mark` or `cells.12`. Of the texts that are searched, those in `prefixed`
        lack their beginning, which is the id and the paraphrase.
    """
    axis = day_axis.axis()
    last = max(_iso(axis.last), *index.days["mark"])
    claims = corpus.full_claims()
    cells = text_cells(claims)
    details = index.days[["mark", "basis", "sure"]].join(index.words)
    rows = zip(
        filter_values(filters.values(), index, BASES),
        claims["theme"].astype(str),
        details.to_dict("records"),
        cells.drop(columns="claim_id").to_dict("records"),
        strict=True,
    )
    own_texts = [fold_text(f"{key} \n {text}") for key, text in claims["paraphrase"].items()]
    prefixed = [
        name for name, texts in index.texts.items() if all(map(str.startswith, texts, own_texts))
    ]
    return {
        "start": fragment,
        "rules": filter_rules(filters.values()),
        "axis": {
            "days": [_iso(axis.first), _iso(axis.stretched), last],
            "shares": [0, axis.share, 1],
            "ticks": [_iso(day) for day in (*axis.months, *axis.weeks)],
            "months": len(axis.months),
        },
        "landmarks": [[_iso(day), label] for day, label in beeswarm.landmarks(corpus)],
        "themes": {
            name: {"label": theme.label, "glyph": theme.glyph, "path": marker_path(theme.marker)}
            for name, theme in settings().theme.items()
        },
        "download": f"{project().slug}-selection.csv",
        "columns": list(cells.columns),
        "prefixed": prefixed,
        "claims": {"id": [[], None]}  # which the script reads, also where there are none
        | pack_records(
            [
                _flat(values | {"theme": theme, **detail, "cells": row}, prefixed, len(own))
                for (values, theme, detail, row), own in zip(rows, own_texts, strict=True)
            ]
        ),
    }


def _flat(claim: Mapping[str, Any], prefixed: Iterable[str], own: int) -> dict[str, Any]:
    """Flatten what a page needs of a claim, for `pack_records`.

    Args:
        claim: The values by name; those that are mappings are flattened.
        prefixed: The searched texts whose beginning is omitted.
        own: The length of that beginning.
    """
    flat: dict[str, Any] = {}
    for name, value in claim.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{key}": part for key, part in value.items()}
        else:
            flat[name] = value
    return flat | {f"texts.{name}": flat[f"texts.{name}"][own:] for name in prefixed}


class LedgerFilters:
    """The filters of the pages of the ledger, each for the claims of its page."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare all claims of a corpus for the filters that the ledger offers."""
        filters = describe_filters(corpus)
        self._offered = [one for one in filters.values() if one.ledger]
        values = filter_values(self._offered, index_claims(corpus, filters), (LEDGER_BASIS,))
        self._values = {claim["id"]: claim for claim in values}

    def form(self, claims: Iterable[str]) -> str:
        """Return the HTML of the filter of a page: an empty form, a status line and data.

        The form and the status line are hidden until the ledger's script fills and shows them. Only
        options that a claim of the page has are offered, and no filter with a single option.

        Args:
            claims: The ids of the claims on the page.
        """
        values = [self._values[claim] for claim in claims]
        used = {
            one.name: {value for claim in values for value in claim["values"][one.name]}
            for one in self._offered
            if one.is_facet
        }
        offered = []
        for one in self._offered:
            if one.is_facet:
                options = {key: one.options[key] for key in one.options if key in used[one.name]}
                if len(options) > 1:
                    offered.append(replace(one, options=options))
            else:
                offered.append(one)
        rules = filter_rules(offered) | {"basis": LEDGER_BASIS}
        return (
            '<form class="cb-filter" hidden aria-label="Filter and sort the claims"></form>'
            '<p class="cb-filter-count" role="status" hidden></p>'
            + data_element({"rules": rules, "claims": values}, "cb-ledger-data")
        )


def filter_rules(filters: Iterable[Filter]) -> dict[str, Any]:
    """Describe filters for the script `filters.js`, ready for JSON.

    Returns:
        Under `filters` the name, labels, control and options of each filter; under `equivalents`
        the characters that count as the same in searches.
    """
    return {
        "filters": [
            {
                "name": one.name,
                "label": one.label,
                "ledger": one.ledger,
                "control": one.control,
                "options": list(one.options.items()),
            }
            for one in filters
        ],
        "equivalents": EQUIVALENTS,
    }


def filter_values(
    filters: Iterable[Filter], index: ClaimIndex, bases: Iterable[str]
) -> list[dict[str, Any]]:
    """Return the values of each claim that the script `filters.js` compares.

    Args:
        filters: The filters that the page offers.
        index: The claims, prepared for the filters.
        bases: The kinds of days that a reader can choose (see `claim_index.BASES`).

    Returns:
        A mapping for each claim: its `id`; its `values` and folded `texts`, each by filter name;
        and its `days`, a list of first and last day for each basis.
    """
    offered = list(filters)
    values = index.values[[one.name for one in offered if one.name in index.values]]
    texts = index.texts[[one.name for one in offered if one.name in index.texts]]
    days = {
        basis: index.days[[f"{basis}_first", f"{basis}_last"]].to_numpy().tolist()
        for basis in bases
    }
    return [
        {
            "id": str(claim_id),
            "values": claim_values,
            "texts": claim_texts,
            "days": {basis: spans[position] for basis, spans in days.items()},
        }
        for position, (claim_id, claim_values, claim_texts) in enumerate(
            zip(index.days.index, values.to_dict("records"), texts.to_dict("records"), strict=True)
        )
    ]


def marker_path(marker: str) -> str:
    """Convert a matplotlib marker to the path data of an SVG path.

    The path is centred on the origin and reaches one unit from it.

    Args:
        marker: The code of the marker, such as `o`.
    """
    style = MarkerStyle(marker)
    path = style.get_path().transformed(style.get_transform())
    polygons = [np.asarray(polygon) for polygon in path.to_polygons(closed_only=False)]
    size = max(float(np.abs(polygon).max()) for polygon in polygons)
    return "".join(
        "M" + "L".join(f"{x / size:.2f} {-y / size:.2f}" for x, y in polygon) + "Z"
        for polygon in polygons
    )


def embed_html(content: Mapping[str, Any], address: Callable[[str], str]) -> str:
    """Return the HTML of an explorer: its form and its data.

    Args:
        content: The value of `explorer_bundle` under `MIME`.
        address: A function that returns the address of the page with the entry of a claim, relative
            to the page of the explorer.
    """
    pages = [address(claim_id) for claim_id in content["data"]["claims"]["id"][0]]
    positions = {page: number for number, page in enumerate(dict.fromkeys(pages))}
    ledger = {"pages": list(positions), "of": [positions[page] for page in pages]}
    script = data_element(content["data"] | {"ledger": ledger}, "cb-explorer-data")
    return f"<div>{content['form']}{script}</div>\n"


def data_element(data: Mapping[str, Any], class_name: str) -> str:
    """Return data as JSON in an HTML script element.

    Every `<` is escaped, so that no text in the data can end the element or turn into markup.

    Args:
        data: The data, ready for JSON.
        class_name: The class by which scripts find the element.
    """
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" class="{class_name}">{written}</script>'


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"
