"""What must hold across columns, tables and texts, beyond what the schema says of one cell."""

import pandas as pd

from shortofwar.corpus.faults import Fault
from shortofwar.corpus.schema import Table
from shortofwar.corpus.texts import Text, locate


def references(described: dict[str, Table], raw: dict[str, pd.DataFrame], broken: set[str]) -> list[Fault]:
    """Every cell or list item that names what the table it refers to does not hold.

    `raw` holds the tables as text cells; references into the tables named in `broken` are passed over.
    """
    faults = []
    for table in described.values():
        for field in table.fields:
            target = field.items_of or table.references.get(field.name, "")
            if not target or target.split(".")[0] in broken:
                continue
            known, allowed = _values(described, raw, target)
            for _, row in raw[table.name].iterrows():
                items = field.split(row[field.name]) if field.type == "list" else [row[field.name]]
                for item in items:
                    if item and item not in known:
                        faults.append(Fault(table.file, table.row_key(row), field.name, item, allowed))
    return faults


def _values(described: dict[str, Table], raw: dict[str, pd.DataFrame], target: str) -> tuple[set[str], str]:
    """The values that a reference to `table.column` may take, and how an error line names them."""
    name, column = target.split(".")
    enum = described[name].field(column).enum
    if enum:
        return set(enum), "allowed: " + ", ".join(enum)
    return set(raw[name][column]), f"must stand in {described[name].file} as {column}"


def claims(table: Table, claims: pd.DataFrame, sources: pd.DataFrame) -> list[Fault]:
    """Faults within a claim: its span, its dates, the source it says it is from. Takes the typed tables."""
    faults = []

    def fault(claim_id: object, column: str, value: object, allowed: str) -> None:
        faults.append(Fault(table.file, str(claim_id), column, value, allowed))

    for claim_id, claim in claims.iterrows():
        source = sources.loc[claim["source_id"]]
        if claim["end"] <= claim["start"]:
            fault(claim_id, "end", claim["end"], f"after start, {claim['start']}")
        if claim["end"] > source["characters"]:
            fault(claim_id, "end", claim["end"], f"at most the {source['characters']} characters of {claim['source_id']}")
        if not str(claim_id).startswith(source["code"] + "-"):
            fault(claim_id, "source_id", claim["source_id"], f"ids of its claims begin with {source['code']}-")
        if claim["chain"][0] != source["outlet"]:
            fault(claim_id, "chain", claim["chain"][0], f"begins with the source's outlet, {source['outlet']}")
        if claim["event_end"] < claim["event_start"]:
            fault(claim_id, "event_end", claim["event_end"].date(), f"not before event_start, {claim['event_start'].date()}")
        dated = pd.notna(claim["event_start"]) or pd.notna(claim["event_end"])
        if dated == (claim["date_basis"] == "none"):
            fault(claim_id, "date_basis", claim["date_basis"], "none exactly where the event has no date")
        if claim["stated_on"] > source["published_latest"]:
            fault(claim_id, "stated_on", claim["stated_on"].date(), "not after the source was published")
        if pd.isna(claim["quantity"]) != (claim["unit"] == ""):
            fault(claim_id, "unit", claim["unit"], "stands where quantity stands")
        if claim["theme"] in claim["also"]:
            fault(claim_id, "also", claim["theme"], "themes other than the claim's own")
    return faults


def estimates(table: Table, claims: pd.DataFrame, terms: pd.DataFrame, actors: pd.DataFrame) -> list[Fault]:
    """Claims whose estimative phrase has no range on the yardstick of the one who spoke."""
    faults = []
    for claim_id, claim in claims[claims["term"] != ""].iterrows():
        yardstick = actors.loc[claim["chain"][-1], "yardstick"]
        if (claim["term"], yardstick) not in terms.index:
            faults.append(Fault(table.file, str(claim_id), "term", claim["term"], f"must stand in terms.csv for yardstick {yardstick}"))
    return faults


def anchored(table: Table, claims: pd.DataFrame, texts: dict[str, Text]) -> list[Fault]:
    """Claims that are not found, to the word, where they say they stand in the texts at hand."""
    found = locate(claims, texts)
    return [
        Fault(table.file, str(claim_id), "anchor", match["status"], f"exact; found at {match['start']}-{match['end']}")
        for claim_id, match in found[found["status"] != "exact"].iterrows()
    ]
