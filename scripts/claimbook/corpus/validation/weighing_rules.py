"""Rules of the weighing: all evidence is weighed or set aside, and judgements are whole.

All checks take typed tables whose cells and references have no faults.
"""

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.corpus.validation.rules import FaultList
from claimbook.errors import Fault
from claimbook.settings import settings

OPEN = "not enough to judge"  # the one likelihood without a confidence


def check_weighing(tables: dict[str, Table], corpus: Corpus) -> list[Fault]:
    """Check judgements, propositions and the readings of them."""
    return [
        *_check_judgements(tables["judgements"], corpus),
        *_check_members(tables, corpus),
        *_check_readings(tables["weighing"], corpus),
    ]


def _check_judgements(table: Table, corpus: Corpus) -> FaultList:
    """Check that a judgement has a confidence where it has a likelihood, and evidence."""
    faults = FaultList(table.file)
    judged = set(corpus.evidence.index.get_level_values("judgement_id"))
    numbers = corpus.judgements["number"].dropna()
    for judgement_id, judgement in corpus.judgements.iterrows():
        confidence = judgement["confidence"]
        value = "" if pd.isna(confidence) else str(confidence)
        if (judgement["likelihood"] == OPEN) != (value == ""):
            allowed = f"stands unless likelihood is “{OPEN}”"
            faults.add(str(judgement_id), "confidence", value, allowed)
        if judgement_id not in judged:
            faults.add(str(judgement_id), "judgement_id", "", "has rows in evidence.csv")
    for judgement_id in numbers.index[numbers.duplicated()]:
        number = str(numbers[judgement_id])
        faults.add(str(judgement_id), "number", number, "a number that no other judgement has")
    return faults


def claims_to_weigh(corpus: Corpus) -> pd.DataFrame:
    """Select the claims that belong into a proposition, or are set aside.

    These are the claims that bear on an outcome, and all claims of the themes that the settings
    name. Corrupt claims carry no weight and are selected by neither.
    """
    claims = corpus.claims
    is_selected = claims["on"].notna() | claims["theme"].isin(settings().roles.weighed)
    return claims[is_selected & (claims["verification"] != "corrupt")]


def neither_weighed_nor_aside(corpus: Corpus) -> list[str]:
    """List the claims to weigh that are in no proposition and not set aside, sorted."""
    members = corpus.propositions["claims"].explode()
    selected = claims_to_weigh(corpus).index
    return sorted(set(selected) - set(members) - set(corpus.set_aside.index))


def _check_members(tables: dict[str, Table], corpus: Corpus) -> list[Fault]:
    """Check that each claim to weigh is in one proposition or set aside."""
    faults = FaultList(tables["propositions"].file)
    place: dict[str, str] = {}
    for proposition_id, members in corpus.propositions["claims"].items():
        for claim_id in members:
            if claim_id in place:
                allowed = f"a claim that is not in {place[claim_id]}, too"
                faults.add(str(proposition_id), "claims", claim_id, allowed)
            place[claim_id] = str(proposition_id)
    of_aside = FaultList(tables["set_aside"].file)
    for claim_id in corpus.set_aside.index:
        if claim_id in place:
            allowed = f"a claim that is not in the proposition {place[claim_id]}"
            of_aside.add(str(claim_id), "claim_id", str(claim_id), allowed)
    if len(corpus.propositions):
        for claim_id in neither_weighed_nor_aside(corpus):
            allowed = f"in a proposition, or in {tables['set_aside'].file} with a reason"
            faults.add(claim_id, "claims", "", allowed)
    return [*faults, *of_aside]


def _check_readings(table: Table, corpus: Corpus) -> FaultList:
    """Check that each proposition is weighed under each explanation, with a reason."""
    faults = FaultList(table.file)
    wanted = pd.MultiIndex.from_product([corpus.propositions.index, corpus.explanations.index])
    for proposition_id, explanation_id in wanted.difference(corpus.weighing.index):
        key = f"{proposition_id}/{explanation_id}"
        faults.add(key, "surprise", "", "a row for each proposition and explanation")
    for key, reading in corpus.weighing.iterrows():
        if (reading["surprise"] == "not") != (reading["why"] == ""):
            allowed = "stands unless surprise is “not”"
            faults.add("/".join(key), "why", reading["why"], allowed)
    return faults
