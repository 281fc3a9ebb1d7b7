"""The figures of the report by name, each as a function of a corpus and a title."""

import dataclasses
import functools
from collections.abc import Callable

from claimbook.corpus.model import Corpus
from claimbook.figures import (
    agreement_plot,
    coverage_matrix,
    event_lanes,
    hypotheses_matrix,
    relay_strips,
    sankey,
)
from claimbook.figures.figure import Figure
from claimbook.figures.finding import Finding
from shortofwar import load
from shortofwar.figures import pressure_steps

Make = Callable[[Corpus, str | Finding], Figure]


@functools.cache
def with_record() -> Corpus:
    """The corpus with the record, on which two chapters draw that argue from all sources."""
    return load()


def without_insight_news(corpus: Corpus) -> Corpus:
    """The corpus without the claims of one source."""
    others = corpus.claims["source_id"] != "insight-news-2022-12"
    return dataclasses.replace(corpus, claims=corpus.claims[others])


def pressure_without_insight_news(corpus: Corpus, title: str | Finding) -> Figure:
    """The figure of the chapter that shows how to rerun one."""
    figure = pressure_steps.pressure(without_insight_news(corpus), title, of=corpus)
    return dataclasses.replace(figure, name="pressure-without-insight-news")


OWN_FIGURES: dict[str, Make] = {
    "pressure-steps": pressure_steps.pressure,
    "pressure-without-insight-news": pressure_without_insight_news,
}

FIGURES: dict[str, Make] = OWN_FIGURES | {
    "half-year": lambda corpus, title: event_lanes.events_by_theme(corpus, title, name="half-year"),
    "coverage": coverage_matrix.claims_by_theme,
    "explanations": lambda _, title: hypotheses_matrix.evidence_by_explanation(
        with_record(), title, question="Why Belarus stayed out"
    ),
    "origins-flow": sankey.origins_to_outlets,
    "relays": lambda _, title: relay_strips.relayed_by_report(with_record(), title),
    "agreement-one-two": lambda corpus, title: agreement_plot.agreement_by_field(
        corpus, "one", "two", title
    ),
}
