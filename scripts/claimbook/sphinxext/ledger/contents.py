"""The page of contents of the ledger in HTML: its sources, and a link to each claim."""

from collections.abc import Callable, Collection
from typing import Any

import pandas as pd
from jinja2 import Environment

from claimbook.corpus.model import Corpus
from claimbook.language.ledger_pages import (
    LedgerPage,
    LedgerPages,
    describe_day,
    month_title,
    series_title,
    sources_in_order,
)
from claimbook.language.words import capitalize_first, code_label, count_noun

SCRIPT = "ledger-contents.js"
# Each id of a source or claim stands once, on a link to its entry: addresses such as
# `ledger.html#AB-07` lead here, and the script follows the link.
TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """
{% macro source(one) %}
<a class="cb-entry" id="{{ one.id }}" href="{{ one.address }}">{{ one.day }}</a>\
 ({{ one.code }}): {{ one.title }}; {{ one.number }}
{% endmacro %}
{% macro links(claims, address) %}
{% for claim in claims %}
<a class="cb-entry" id="{{ claim }}" href="{{ address }}#{{ claim }}">{{ claim }}</a>
{% endfor %}
{% endmacro %}
{% for tier in tiers %}
<h2 id="tier-{{ tier.id }}">{{ tier.title }}</h2>
{% if tier.singles %}
<ul class="cb-contents">
{% for one in tier.singles %}
<li>{{ source(one) }}</li>
{% endfor %}
</ul>
{% endif %}
{% for series in tier.series %}
<h3>{{ series.title }}</h3>
<ul class="cb-contents">
{% for month in series.months %}
<li><details><summary>{{ month.title }}: {{ month.number }}</summary>
<ul>
{% for one in month.sources %}
<li>{{ source(one) }}</li>
{% endfor %}
</ul></details></li>
{% endfor %}
</ul>
{% endfor %}
{% if tier.silent %}
<p>{{ tier.silent }}.</p>
{% endif %}
{% endfor %}
<h2 id="by-number">Claims by number</h2>
<p>{{ summary }}</p>
{% for page in pages %}
<h3 class="cb-page"><a href="{{ page.address }}">{{ page.title }}</a></h3>
{% if page.cited %}
<p class="cb-numbers">{{ links(page.cited, page.address) }}</p>
{% endif %}
{% if page.uncited %}
<p class="cb-numbers">No sentence cites {{ links(page.uncited, page.address) }}</p>
{% endif %}
{% endfor %}
"""
)


def contents_html(
    corpus: Corpus, ledger: LedgerPages, cited: Collection[str], address: Callable[[str], str]
) -> str:
    """Return the HTML of the page of contents, below its title and introduction.

    Args:
        corpus: The corpus.
        ledger: The pages of its ledger.
        cited: The ids of the claims that a sentence cites.
        address: A function that returns the address of a page as seen from the contents.
    """
    sources = sources_in_order(corpus)
    numbers = corpus.claims["source_id"].value_counts()
    uncited = sum(claim not in cited for claim in ledger.of_claim)
    return TEMPLATE.render(
        tiers=[
            _tier(corpus, ledger, str(tier), rows, numbers, address)
            for tier, rows in sources.groupby("tier", observed=True, sort=False)
        ],
        summary=_summary(len(ledger.of_claim), uncited),
        pages=[_numbers(page, cited, address(page.name)) for page in ledger.pages],
    )


def _summary(claims: int, uncited: int) -> str:
    """Say how many claims there are, and how many of them no sentence cites."""
    if not claims:
        return "The corpus has no claim yet."
    if not uncited:
        return f"{capitalize_first(count_noun(claims, 'claim'))}, each cited by a sentence."
    return (
        f"{count_noun(claims, 'claim')}; no sentence of the book cites {uncited} of them, which "
        "stand apart below each title."
    )


def _numbers(page: LedgerPage, cited: Collection[str], address: str) -> dict[str, Any]:
    """Return what the template needs of the claims of a page, in two groups."""
    return {
        "title": page.title,
        "address": address,
        "cited": [claim for claim in page.claims if claim in cited],
        "uncited": [claim for claim in page.claims if claim not in cited],
    }


def _tier(
    corpus: Corpus,
    ledger: LedgerPages,
    tier: str,
    sources: pd.DataFrame,
    numbers: "pd.Series[int]",
    address: Callable[[str], str],
) -> dict[str, Any]:
    """Return what the template needs of the sources of a tier.

    Args:
        corpus: The corpus.
        ledger: The pages of its ledger.
        tier: The tier.
        sources: Its sources in their order, with the column `month`.
        numbers: The number of claims by source.
        address: A function that returns the address of a page as seen from the contents.
    """

    def listed(rows: pd.DataFrame, *, in_month: bool) -> list[dict[str, str]]:
        """List the sources among some rows that have claims."""
        return [
            _source(corpus, str(source_id), source, int(numbers[source_id]), in_month)
            | {"address": f"{address(ledger.of_source[str(source_id)].name)}#{source_id}"}
            for source_id, source in rows.iterrows()
            if source_id in ledger.of_source
        ]

    singles = sources[sources["series"] == ""]
    of_series = sources[sources["series"] != ""]
    series = []
    for name, rows in of_series.groupby("series", sort=False):
        months = [
            {
                "title": month_title(str(month)),
                "sources": listed(of_month, in_month=True),
                "number": _number_of_month(of_month, numbers),
            }
            for month, of_month in rows.groupby("month")
            if of_month.index.isin(list(ledger.of_source)).any()
        ]
        if months:
            series.append({"title": series_title(str(name)), "months": months})
    silent = int((~sources.index.isin(list(ledger.of_source))).sum())
    return {
        "id": tier,
        "title": f"{capitalize_first(code_label(tier))}: {_number(sources, numbers)}",
        "singles": listed(singles, in_month=False),
        "series": series,
        "silent": f"{count_noun(silent, 'source')} without a claim" if silent else "",
    }


def _number(sources: pd.DataFrame, numbers: "pd.Series[int]") -> str:
    """Say how many claims some sources have: `96 claims of 22 sources`."""
    claims = int(numbers.reindex(sources.index, fill_value=0).sum())
    return f"{count_noun(claims, 'claim')} of {count_noun(len(sources), 'source')}"


def _number_of_month(sources: pd.DataFrame, numbers: "pd.Series[int]") -> str:
    """Say how many claims the sources of a month have, and how many sources have none."""
    silent = int((~sources.index.isin(numbers.index)).sum())
    return _number(sources, numbers) + (f", {silent} without a claim" if silent else "")


def _source(
    corpus: Corpus, source_id: str, source: pd.Series, number: int, in_month: bool
) -> dict[str, str]:
    """Return what the template needs of a source, without the address of its claims.

    Args:
        corpus: The corpus.
        source_id: The id of the source.
        source: Its row in the table `sources`.
        number: The number of its claims.
        in_month: Whether it stands below its month and series; else outlet and day name it.
    """
    outlet = corpus.actors.loc[source["outlet"], "name"]
    day = describe_day(source)
    return {
        "id": source_id,
        "day": day if in_month else f"{outlet}, {day}",
        "code": source["code"],
        "title": source["title"],
        "number": count_noun(number, "claim"),
    }
