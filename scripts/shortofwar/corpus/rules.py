"""What must hold across columns, tables and texts, beyond what the schema says of one cell."""

import pandas as pd

from shortofwar.corpus.anchors import select
from shortofwar.corpus.faults import Fault
from shortofwar.corpus.relations import OPPOSED
from shortofwar.corpus.schema import Table
from shortofwar.corpus.texts import Text, locate




def references(
    described: dict[str, Table], raw: dict[str, pd.DataFrame], broken: set[str], only: str = ""
) -> list[Fault]:
    """Every cell or list item that names what the table it refers to does not hold.

    `raw` holds the tables as text cells; references into the tables named in `broken` are passed over, and all but those of
    the table `only` where it is named.
    """
    faults = []
    for table in [described[only]] if only else described.values():
        for field in table.fields:
            target = field.items_of or table.references.get(field.name, "")
            if not target or target.split(".")[0] in broken:
                continue
            known, allowed = _values(described, raw, target)
            for _, row in raw[table.name].iterrows():
                items = field.split(row[field.name]) if field.type == "list" else [row[field.name]]
                for item in items:
                    if item and item not in known:
                        faults.append(Fault(*table.place(row), field.name, item, allowed))
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


def related(table: Table, relations: pd.DataFrame, claims: pd.DataFrame) -> list[Fault]:
    """Relations of a claim to itself, pairs joined twice, and opposed claims of one source that are not both coded as disputed."""
    faults = []
    joined: set[frozenset[str]] = set()
    for claim_a, relation, claim_b in relations.index:
        key = f"{claim_a}/{relation}/{claim_b}"
        if claim_a == claim_b:
            faults.append(Fault(table.file, key, "claim_b", claim_b, "another claim than claim_a"))
        if (pair := frozenset((claim_a, claim_b))) in joined:
            faults.append(Fault(table.file, key, "claim_b", claim_b, "each two claims joined once"))
        joined.add(pair)
        one, other = claims.loc[claim_a], claims.loc[claim_b]
        if relation in OPPOSED and one["source_id"] == other["source_id"]:
            for claim_id, claim in ((claim_a, one), (claim_b, other)):
                if claim["verification"] != "disputed":
                    allowed = f"claims of one source that {relation.rstrip('s')} one another are coded disputed: {claim_id}"
                    faults.append(Fault(table.file, key, "verification", claim["verification"], allowed))
    return faults


def happened(table: Table, events: pd.DataFrame, claims: pd.DataFrame) -> list[Fault]:
    """Events whose days are out of order, that no claim reports, or whose claims give other days without a note that explains it."""
    faults = []

    def fault(event_id: object, column: str, value: object, allowed: str) -> None:
        faults.append(Fault(table.file, str(event_id), column, value, allowed))

    for event_id, event in events.iterrows():
        if event["latest"] < event["earliest"]:
            fault(event_id, "latest", event["latest"].date(), f"not before earliest, {event['earliest'].date()}")
        for column in ("start", "end"):
            if event[column] < event["earliest"] or event[column] > event["latest"]:
                fault(event_id, column, event[column].date(), f"from {event['earliest'].date()} to {event['latest'].date()}")
        of_event = claims[claims["event_id"] == event_id]
        if of_event.empty:
            fault(event_id, "event_id", event_id, "an event that a claim reports")
        outside = (of_event["event_start"] < event["earliest"]) | (of_event["event_end"] > event["latest"])
        if outside.any() and not event["note"]:
            fault(event_id, "note", "", f"must explain the other days of {', '.join(map(str, of_event.index[outside]))}")
    return faults


def judged(described: dict[str, Table], forecasts: pd.DataFrame, claims: pd.DataFrame) -> list[Fault]:
    """Outlook claims without a row in forecasts.csv, and rows there for claims of another theme."""
    table = described["forecasts"]
    outlook = set(claims.index[claims["theme"] == "outlook"])
    missing = [Fault(table.file, claim, "claim_id", "", "a row for every claim on the outlook") for claim in sorted(outlook - set(forecasts.index))]
    other = [Fault(table.file, claim, "claim_id", claim, "a claim whose theme is outlook") for claim in sorted(set(forecasts.index) - outlook)]
    return missing + other


def anchored(table: Table, claims: pd.DataFrame, texts: dict[str, Text]) -> list[Fault]:
    """Claims that are not found, to the word, where they say they stand in the texts at hand."""
    found = locate(claims, texts)
    return [
        Fault(table.file, str(claim_id), "anchor", match["status"], f"exact; found at {match['start']}-{match['end']}")
        for claim_id, match in found[found["status"] != "exact"].iterrows()
    ]


def criticised(table: Table, criticism: pd.DataFrame, texts: dict[str, Text]) -> list[Fault]:
    """Findings of source criticism whose passage is not found, to the word, where they say it stands."""
    faults = []
    for (source_id, start, end, kind), finding in criticism.iterrows():
        if source_id not in texts:
            continue
        key = f"{source_id}/{start}/{end}/{kind}"
        try:
            anchor = select(texts[source_id].content, int(start), int(end)).anchor
        except ValueError as error:
            faults.append(Fault(table.file, key, "start", start, str(error)))
            continue
        if anchor != finding["anchor"]:
            faults.append(Fault(table.file, key, "anchor", finding["anchor"], f"the text has {anchor}"))
    return faults
