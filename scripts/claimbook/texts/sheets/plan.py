"""What filled sheets change in the tables, worked out whole before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from claimbook.corpus import model, schema
from claimbook.errors import CorpusError, Fault, RowPosition, quote_value
from claimbook.paths import project
from claimbook.texts.sheets import row_checks
from claimbook.texts.sheets.anchoring import anchor_rows, number_rows
from claimbook.texts.sheets.columns import (
    CLAIMS,
    COMPUTED,
    CORRECTIONS,
    PASSAGES,
    SOURCE,
    SOURCES,
    Sheet,
    required_columns,
)
from claimbook.texts.sheets.corrections import add_corrections
from claimbook.texts.sheets.further import select_further
from claimbook.texts.sheets.matching import Match, match_rows
from claimbook.texts.sheets.own_words import find_copied

Raw = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by their position
HOW_TO_CHANGE = "--update changes the claim; claim_id `new` makes another one on the same words"


@dataclass
class Plan:
    """What sheets change.

    Attributes:
        tables: The new rows of each table that changes, whole, as text cells.
        added: The ids of the new claims, by the position of their row in a sheet.
        same: The ids of the claims that were there already, by the position of their row.
        changed: The claims that a row changes, with the columns.
        omitted: The passages that get a reason why they have no claim, as `source_id/number`.
        further: The keys of the rows added to other tables, by table.
        drafts: The rows that wait, with the columns that are still empty.
        lacking: What other tables lack for the new claims, such as the row of a forecast.
    """

    tables: Raw = field(default_factory=dict)
    added: dict[RowPosition, str] = field(default_factory=dict)
    same: dict[RowPosition, str] = field(default_factory=dict)
    changed: list[Match] = field(default_factory=list)
    omitted: list[str] = field(default_factory=list)
    further: dict[str, list[str]] = field(default_factory=dict)
    drafts: dict[RowPosition, list[str]] = field(default_factory=dict)
    lacking: list[Fault] = field(default_factory=list)


def plan_sheets(sheets: Sequence[Sheet], folder: Path | None = None, why: str = "") -> Plan:
    """Work out what filled sheets change in the tables.

    Args:
        sheets: The sheets.
        folder: The folder of the tables; by default that of the project.
        why: Why claims that are there already may be changed, for the table `corrections`; empty
            where they may not.

    Returns:
        The plan. Its tables are without faults.

    Raises:
        CorpusError: There are faults, of the tables as they are or of the sheets; with every one.
    """
    folder = folder or project().data
    before = model.read_sound_tables(folder)
    tables, raw, plan = model.read_schema(folder), dict(before), Plan()
    rows, omitting = _split_rows(sheets, required_columns(tables[CLAIMS]), plan)
    faults = _omit_passages(omitting, raw, plan) + _find_needless_reasons(rows)
    further, of_further = select_further(sheets, tables, raw, rows)
    raw |= _with_rows(tables, raw, further)
    beside = {
        name: [sheet.further[name] for sheet in sheets if name in sheet.further] for name in tables
    }
    of_further += row_checks.check_further(tables, raw, further, beside)
    anchored, of_anchors = anchor_rows(tables, raw, rows)
    matches, of_matches = match_rows(tables[CLAIMS], anchored, raw[CLAIMS])
    plan.changed = [match for match in matches if match.changed]
    plan.same = {match.position: match.claim_id for match in matches if not match.changed}
    plan.added = number_rows(
        anchored.drop(index=[match.position for match in matches]), raw[SOURCES], _used_ids(raw)
    )
    faults += of_further + row_checks.check_coded(tables, raw, CLAIMS, rows, beside)
    is_new = ~rows.index.isin(list(plan.same))  # what is a claim already, `check` names
    faults += of_anchors + of_matches + find_copied(tables, raw, rows[is_new])
    if not why:
        faults += _refuse_changes(plan.changed, rows, raw[CLAIMS])
    faulty = {fault.row for fault in faults if fault.row}
    changing = plan.added | {match.position: match.claim_id for match in plan.changed}
    ids = {position: key for position, key in changing.items() if position not in faulty}
    if ids and not of_further:
        coded = anchored.loc[list(ids)].assign(claim_id=list(ids.values()))
        further, _ = select_further(sheets, tables, before, coded)
        kept = raw[CLAIMS][~raw[CLAIMS]["claim_id"].isin(set(ids.values()))]
        changed = _with_rows(tables, before, further)
        changed |= _with_rows(tables, {CLAIMS: kept}, {CLAIMS: coded[tables[CLAIMS].columns]})
        positions = {(tables[CLAIMS].file, key): position for position, key in ids.items()}
        for name, added in further.items():
            plan.further[name] = ["/".join(key) for key in added[tables[name].key].to_numpy()]
            keys = ((tables[name].file, key) for key in plan.further[name])
            positions |= dict(zip(keys, added.index, strict=True))
        of_rules, plan.lacking = row_checks.check_against_rules(
            before | {PASSAGES: raw[PASSAGES]} | changed, before, positions, folder
        )
        faults += of_rules
        raw |= changed
        plan.tables |= changed
    if faults:
        raise CorpusError(row_checks.in_order(faults))
    if plan.changed:
        plan.tables[CORRECTIONS] = _sorted(
            tables[CORRECTIONS],
            add_corrections(
                raw[CORRECTIONS],
                plan.changed,
                before[CLAIMS].set_index("claim_id"),
                raw[CLAIMS].set_index("claim_id"),
                why,
                date.today(),
            ),
        )
    return plan


def _split_rows(
    sheets: Sequence[Sheet], required: list[str], plan: Plan
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the rows of all sheets; drafts go into the plan.

    Returns:
        The rows that are ready, and the rows that say why a passage has no claim.
    """
    rows = pd.concat([sheet.rows for sheet in sheets])
    omitting = (rows["reason"] != "") & (rows["span"] == "")
    coded = rows[~omitting]
    for position, is_empty in (coded[required] == "").iterrows():
        if is_empty.any():
            plan.drafts[position] = list(is_empty.index[is_empty])
    return coded[~coded.index.isin(list(plan.drafts))], rows[omitting]


def _omit_passages(rows: pd.DataFrame, raw: Raw, plan: Plan) -> list[Fault]:
    """Take into the plan why passages have no claim; report unknown passages."""
    if rows.empty:
        return []
    passages = raw[PASSAGES].copy()
    keys = zip(passages[SOURCE], passages["number"], strict=True)
    places = dict(zip(keys, passages.index, strict=True))
    columns = ["reason", "repeats"]
    faults = []
    for position, row in rows.iterrows():
        place = places.get((row[SOURCE], row["passage"]))
        if place is None:
            key, allowed = position.place, f"the number of a passage of {row[SOURCE]}"
            value = row["passage"]
            faults.append(Fault(position.file, key, "passage", value, allowed, row=position))
        elif list(passages.loc[place, columns]) != list(row[columns]):
            passages.loc[place, columns] = list(row[columns])
            plan.omitted.append(f"{row[SOURCE]}/{row['passage']}")
    if plan.omitted:
        raw[PASSAGES] = plan.tables[PASSAGES] = passages
    return faults


def _find_needless_reasons(rows: pd.DataFrame) -> list[Fault]:
    """Report the claims whose row also says why there is none."""
    allowed = "empty where the row has a claim"
    return [
        Fault(place.file, place.place, "reason", reason, allowed, row=place)
        for place, reason in rows["reason"].items()
        if reason
    ]


def _refuse_changes(
    matches: Iterable[Match], rows: pd.DataFrame, claims: pd.DataFrame
) -> list[Fault]:
    """Report the rows that differ from their claim, where claims may not be changed."""
    known = claims.set_index("claim_id")
    faults = []
    for position, claim_id, changed in matches:
        column = next((name for name in changed if name not in COMPUTED), "span")
        value = rows.loc[position, column]
        old = "other words" if column == "span" else quote_value(known.loc[claim_id, column])
        hint = HOW_TO_CHANGE
        faults.append(
            Fault(
                position.file,
                position.place,
                column,
                value,
                f"what {claim_id} has: {old}",
                hint,
                position,
            )
        )
    return faults


def _used_ids(raw: Raw) -> list[str]:
    """List all ids of claims ever used, also those that only `corrections` knows."""
    corrected = raw[CORRECTIONS]
    corrected = corrected.loc[corrected["table"] == CLAIMS, "key"]
    return [*raw[CLAIMS]["claim_id"], *corrected]


def _with_rows(tables: dict[str, schema.Table], raw: Raw, added: Raw) -> Raw:
    """Return the tables to which rows are added, each whole and sorted by key."""
    return {
        name: _sorted(tables[name], pd.concat([raw[name], rows])) for name, rows in added.items()
    }


def _sorted(table: schema.Table, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.iloc[schema.sort_order(table, rows)]
