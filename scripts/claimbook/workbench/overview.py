"""What a coder still has to do, in plain words, for the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from claimbook.errors import Fault
from claimbook.workbench.checking import RowState
from claimbook.workbench.session import Session, shorten

BEGINNING = 200  # characters of a stretch of the text from which the page takes its first words
VALUES = "allowed: "  # what the rule of a fault begins with that lists all values
# What is lacking, by the table whose row ends the want.
WANTS = {
    "set_aside": "It bears on an outcome or its theme is weighed, and it is in no proposition. Say "
    "in set_aside.csv why it is not weighed, or name it in propositions.csv.",
    "forecasts": "It says how likely the outcome is, and forecasts.csv has no row of it.",
}


def describe_fault(fault: Fault) -> dict[str, str]:
    """Describe a fault: for its field (`text`), and as a sentence elsewhere (`says`)."""
    value = f"‘{shorten(str(fault.value))}’" if str(fault.value) else ""
    hint = f"; {fault.hint}" if fault.hint else ""
    text = f"{value}: {fault.allowed}{hint}" if value else f"{fault.allowed}{hint}"
    return {"column": fault.column, "text": text, "says": _as_sentence(fault, value)}


def _as_sentence(fault: Fault, value: str) -> str:
    if fault.allowed.startswith("must "):
        sentence = f"{value or 'it'} {fault.allowed}."
    else:
        rule = f"The rule: {fault.allowed}"
        if fault.allowed.startswith(VALUES):
            rule = f"Allowed: {fault.allowed.removeprefix(VALUES)}"
        sentence = f"{f'{value} does not fit' if value else 'it is empty'}. {rule}."
    return f"{sentence} {fault.hint[:1].upper()}{fault.hint[1:]}".strip()


def describe_todo(session: Session) -> list[dict[str, Any]]:
    """Describe what other tables lack for claims, with the claims' first words."""
    claims = session.raw["claims"].set_index("claim_id")
    described = []
    for entry in session.todo:
        words = ""
        if entry["claim"] in claims.index:
            row = claims.loc[entry["claim"]]
            words = _first_words(session, int(row["start"]), int(row["end"]))
        says = WANTS.get(entry["table"], entry["text"])
        described.append({**entry, "words": words, "says": says})
    return described


def describe_ahead(wants: Iterable[tuple[str, str, Fault]]) -> list[dict[str, str]]:
    """Describe what other tables will lack for claims once they are added.

    Args:
        wants: The key of each claim, the table whose row it will lack, and the fault.
    """
    return [
        {"key": key, "says": f"Once it is added: {WANTS.get(table, str(fault))}"}
        for key, table, fault in wants
    ]


def describe_passages(session: Session, states: Mapping[str, RowState]) -> list[dict[str, Any]]:
    """Describe the passages in scope, each with what has been done about it."""
    reasons = {cells["passage"]: cells for cells in session.omissions().values()}
    published = session.published()
    spans = [(state.start, state.end) for state in states.values()]
    spans += list(zip(published["start"].map(int), published["end"].map(int), strict=True))
    described = []
    for row in session.passages().itertuples():
        start, end = int(row.start), int(row.end)
        own = reasons.get(row.number, {})
        described.append(
            {
                "number": row.number,
                "start": start,
                "end": end,
                "words": _first_words(session, start, end),
                "reason": own.get("reason") or ("" if session.coder else row.reason),
                "repeats": own.get("repeats") or ("" if session.coder else row.repeats),
                "coded": any(
                    a is not None and b is not None and a < end and b > start for a, b in spans
                ),
            }
        )
    return described


def _first_words(session: Session, start: int, end: int) -> str:
    """Return the beginning of a stretch of the text, on one line that the page cuts."""
    return " ".join(session.text[start : min(end, start + BEGINNING)].split())
