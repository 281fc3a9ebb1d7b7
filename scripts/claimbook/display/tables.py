"""All tables and lists of the corpus, in one module for the cells of chapters.

The titles of tables come from the page.
"""

from claimbook.display.claim_tables import (
    chronology,
    disagreements_table,
    forecast_list,
    repeated_table,
    selection_table,
)
from claimbook.display.coding_tables import (
    agreement_table,
    confusion_table,
    double_coding_table,
    found_table,
    pass_pairs_table,
    settlements_table,
)
from claimbook.display.exercise_tables import (
    evidence_to_weigh,
    expectations_table,
    explanation_titles,
    ranges_table,
    readings_table,
)
from claimbook.display.indexes import actor_index, people_table, place_index
from claimbook.display.judgement_tables import (
    evidence_list,
    explanation_list,
    explanation_scores_table,
    judgements_table,
    proposition_list,
    robustness_table,
)
from claimbook.display.record_tables import attention_table, citations_table, series_table
from claimbook.display.relay_tables import (
    change_table,
    relay_agreement_table,
    relay_settlements_table,
    relay_table,
)
from claimbook.display.source_tables import (
    corrections_table,
    criticism_table,
    source_dates,
    sources_table,
)

__all__ = [
    "actor_index",
    "agreement_table",
    "attention_table",
    "change_table",
    "chronology",
    "citations_table",
    "confusion_table",
    "corrections_table",
    "criticism_table",
    "disagreements_table",
    "double_coding_table",
    "evidence_list",
    "evidence_to_weigh",
    "expectations_table",
    "explanation_list",
    "explanation_scores_table",
    "explanation_titles",
    "forecast_list",
    "found_table",
    "judgements_table",
    "pass_pairs_table",
    "people_table",
    "place_index",
    "proposition_list",
    "ranges_table",
    "readings_table",
    "relay_agreement_table",
    "relay_settlements_table",
    "relay_table",
    "repeated_table",
    "robustness_table",
    "selection_table",
    "series_table",
    "settlements_table",
    "source_dates",
    "sources_table",
]
