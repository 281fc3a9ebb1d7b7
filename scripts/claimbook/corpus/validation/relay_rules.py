"""Rules on relays: which claims they join, and which changes go together.

All checks take typed tables whose cells and references have no faults.
"""

import pandas as pd

from claimbook.corpus.model import RECORD_TIER, REPORT_TIER, Corpus
from claimbook.corpus.schema import Table
from claimbook.corpus.validation.rules import FaultList
from claimbook.errors import Fault

KEPT, ADDED, MERGED = "kept", "added", "merged"  # values of `change` that a rule is on
ORIGINAL = "original"  # how a finding of criticism is known: by the text that is passed on


def check_relays(table: Table, corpus: Corpus, complete: bool = True) -> list[Fault]:
    """Check what relays join, and what is said of each.

    Args:
        table: The table `relays` in the schema.
        corpus: The corpus.
        complete: Whether the table lacks no row; otherwise a merged claim may have one alone.
    """
    faults = FaultList(table.file)
    rows_of_claim = corpus.relays.index.get_level_values("claim_id").value_counts()
    for (claim_id, original), relay in corpus.relays.iterrows():
        key, change = f"{claim_id}/{original}", relay["change"]
        whole_change = ";".join(change)
        if _source(corpus, claim_id)["tier"] != REPORT_TIER:
            faults.add(key, "claim_id", claim_id, f"a claim of a {REPORT_TIER}")
        if not original:
            if change != [ADDED]:
                faults.add(
                    key, "change", whole_change, f"{ADDED} alone, where there is no original"
                )
            continue
        source = _source(corpus, original)
        if source["tier"] != RECORD_TIER:
            faults.add(key, "original", original, f"a claim of the {RECORD_TIER}")
        if KEPT in change and len(change) > 1:
            faults.add(key, "change", whole_change, f"{KEPT} alone")
        if ADDED in change and source["extent"] != "whole":
            extent = f"the copy that has {original} is {source['extent']}"
            allowed = f"{ADDED} only against a whole text; {extent}"
            faults.add(key, "change", whole_change, allowed)
        if MERGED in change and complete and rows_of_claim[claim_id] == 1:
            faults.add(key, "change", whole_change, f"{MERGED} only with a row for each original")
    return faults


def _source(corpus: Corpus, claim_id: str) -> pd.Series:
    """Return the row of a claim's source."""
    return corpus.sources.loc[corpus.claims.loc[claim_id, "source_id"]]


def check_findings(table: Table, corpus: Corpus) -> list[Fault]:
    """Check that findings name originals where these show them, and only there.

    Args:
        table: The table `criticism` in the schema.
        corpus: The corpus.
    """
    faults = FaultList(table.file)
    for key, finding in corpus.criticism.iterrows():
        row_key, originals = "/".join(map(str, key)), finding["original"]
        if bool(originals) != (finding["known_by"] == ORIGINAL):
            allowed = f"stands where known_by is {ORIGINAL}, and only there"
            faults.add(row_key, "original", ";".join(originals), allowed)
        for claim_id in originals:
            if _source(corpus, claim_id)["tier"] != RECORD_TIER:
                faults.add(row_key, "original", claim_id, f"claims of the {RECORD_TIER}")
    return faults
