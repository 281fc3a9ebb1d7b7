"""Rules of coding across columns and tables: codes that agree, and passages in scope.

All checks take typed tables whose cells and references have no faults.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from claimbook.corpus.model import CODEBOOK, NEGATIVE_KINDS, Corpus
from claimbook.corpus.schema import Table
from claimbook.corpus.validation import suggestions
from claimbook.corpus.validation.rules import FaultList
from claimbook.errors import Fault

THIRD_READING = "third-reading"  # a stage of settlements, which compares no passes


def check_coding(tables: dict[str, Table], corpus: Corpus) -> list[Fault]:
    """Check the codes of the claims, and of the passes by the present codebook."""
    edition = corpus.passes.index.get_level_values("coder").map(corpus.coders["codebook"])
    faults = _check_codes(tables["claims"], corpus.claims, corpus)
    faults += _check_codes(tables["passes"], corpus.passes[edition == CODEBOOK], corpus)
    faults += _check_corrupt_claims(tables, corpus) + _check_passages(tables, corpus)
    return faults + _check_settlements(tables, corpus)


def _check_codes(table: Table, rows: pd.DataFrame, corpus: Corpus) -> list[Fault]:
    """Check codes of a claim that belong together, such as an outcome and a bearing.

    Args:
        table: The table `claims` or `passes`.
        rows: The rows to check.
        corpus: The corpus.
    """
    faults = FaultList(table.file)
    known = {*corpus.claims.index, *corpus.events.index}
    for key, claim in zip(rows.index, rows.to_dict("records"), strict=True):
        claim_id = "/".join(key) if isinstance(key, tuple) else str(key)
        for column, allowed in _code_faults(claim):
            value = "" if pd.isna(claim[column]) else claim[column]
            value = f"{value:g}" if isinstance(value, float) else value
            faults.add(claim_id, column, value, allowed)
        denied = claim["denies"]
        is_id = denied and " " not in denied and re.search("[0-9-]", denied)
        if is_id and denied not in known:
            hint = suggestions.suggest_name(denied, known)
            allowed = "the id of a claim or an event, or up to five words"
            faults.add(claim_id, "denies", denied, allowed, hint)
    return faults


def _code_faults(claim: Mapping[Hashable, Any]) -> Iterator[tuple[str, str]]:
    """Yield each column that does not agree with others, with what is allowed."""
    has_number = pd.notna(claim["quantity"])
    if has_number != (pd.notna(claim["unit"]) and claim["unit"] != ""):
        yield "unit", "stands where quantity stands"
    for column in ("quantity_to", "quantity_word"):
        if pd.notna(claim[column]) and not has_number:
            yield column, "stands only where quantity stands"
    if has_number and pd.notna(claim["quantity_to"]) and claim["quantity_to"] <= claim["quantity"]:
        yield "quantity_to", f"above quantity, {claim['quantity']:g}"
    if (claim["kind"] in NEGATIVE_KINDS) != (claim["denies"] != ""):
        yield "denies", f"stands where kind is {' or '.join(NEGATIVE_KINDS)}, and only there"
    if pd.isna(claim["on"]) != pd.isna(claim["bearing"]):
        yield "bearing", "stands where on stands, and only there"


def _check_corrupt_claims(tables: dict[str, Table], corpus: Corpus) -> list[Fault]:
    """Find corrupt claims that carry weight, in `evidence` or in `propositions`."""
    corrupt = set(corpus.claims.index[corpus.claims["verification"] == "corrupt"])
    allowed = "a claim that is not corrupt"
    faults = FaultList(tables["evidence"].file)
    for judgement, claim_id in corpus.evidence.index:
        if claim_id in corrupt:
            faults.add(f"{judgement}/{claim_id}", "claim_id", claim_id, allowed)
    of_propositions = FaultList(tables["propositions"].file)
    for proposition, claims in corpus.propositions["claims"].items():
        for claim_id in corrupt.intersection(claims):
            of_propositions.add(str(proposition), "claims", claim_id, allowed)
    return [*faults, *of_propositions]


def _check_passages(tables: dict[str, Table], corpus: Corpus) -> list[Fault]:
    """Check that the source of each passage is coded by passages, and what it repeats."""
    faults = FaultList(tables["passages"].file)
    for (source_id, number), passage in corpus.passages.iterrows():
        key, repeated = f"{source_id}/{number}", passage["repeats"]
        if corpus.sources.loc[source_id, "scope"] != "passages":
            faults.add(key, "source_id", source_id, "a source whose scope is passages")
        if pd.notna(repeated) != (passage["reason"] == "repeats"):
            value = "" if pd.isna(repeated) else repeated
            faults.add(key, "repeats", value, "stands where reason is repeats, and only there")
        elif pd.notna(repeated) and (
            repeated == number or (source_id, repeated) not in corpus.passages.index
        ):
            faults.add(key, "repeats", repeated, f"the number of another passage of {source_id}")
    return faults


def _check_settlements(tables: dict[str, Table], corpus: Corpus) -> list[Fault]:
    """Check that each settled difference names the two passes that differ."""
    faults = FaultList(tables["settlements"].file)
    for number, row in corpus.settlements[corpus.settlements["stage"] != THIRD_READING].iterrows():
        for column in ("first_pass", "second_pass"):
            if not row[column]:
                allowed = f"the name of a pass, unless stage is {THIRD_READING}"
                faults.add(str(number), column, "", allowed)
    return faults
