"""The figures of the engine by name, each as a function of the made-up corpus and a title."""

from collections.abc import Callable

from claimbook.corpus.model import Corpus
from claimbook.figures import (
    agreement_plot,
    attention_days,
    beeswarm,
    coverage_matrix,
    event_lanes,
    hypotheses_matrix,
    likelihood_days,
    likelihood_ranges,
    matrix_form,
    opposed_pairs,
    sankey,
    symbol_map,
)
from claimbook.figures.figure import Figure
from claimbook.figures.finding import Finding

FORECAST = "closing"
TITLE = "A finding"

FIGURES: dict[str, Callable[[Corpus, str | Finding], Figure]] = {
    "attention": attention_days.attention_to_subject,
    "likelihood-by-day": lambda corpus, title: likelihood_days.likelihood_by_day(
        corpus, ["closing"], title
    ),
    "events-by-theme": event_lanes.events_by_theme,
    "claim-and-counter-claim": opposed_pairs.opposed_claims,
    "claims-by-day": beeswarm.claims_by_day,
    "coverage": coverage_matrix.claims_by_theme,
    "origins-flow": sankey.origins_to_outlets,
    "map": lambda corpus, title: symbol_map.places_of_theme(corpus, "closure", title),
    "explanations": hypotheses_matrix.evidence_by_explanation,
    "explanations-form": matrix_form.blank_matrix,
    "ladder-closing": lambda corpus, title: likelihood_ranges.judgements_on(
        corpus, FORECAST, title
    ),
    "agreement-one-two": lambda corpus, title: agreement_plot.agreement_by_field(
        corpus, "one", "two", title
    ),
}
