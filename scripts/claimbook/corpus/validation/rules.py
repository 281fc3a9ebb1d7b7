"""What must hold across columns and tables, beyond what the schema says of one cell. All take typed, sound tables."""

from itertools import pairwise
from pathlib import PurePosixPath

import pandas as pd

from claimbook.corpus.model import OPPOSED
from claimbook.corpus.schema import Table
from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault, did_you_mean
from claimbook.paths import project
from claimbook.settings import Settings, settings

SWAPPED = "are the two swapped?"
DATED = {  # which of an event's days are given, by its precision
    "day": ("start", "end"),
    "month": ("start", "end"),
    "since": ("start",),
    "until": ("end",),
    "vague": (),
}


def check_spans(table: Table, rows: pd.DataFrame, sources: pd.DataFrame) -> list[Fault]:
    """Spans that end before they begin or after their text does, or that are too short for their words.

    `rows` are the rows of any table with `source_id`, `start`, `end` and `words`.
    """
    faults = []
    flat = rows.reset_index()
    length = flat["source_id"].map(sources["characters"])
    backward, past = flat["end"] <= flat["start"], flat["end"] > length
    crowded = ~backward & (flat["words"] * 2 - 1 > flat["end"] - flat["start"])
    for at in flat.index[backward | past | crowded]:
        row = flat.loc[at]
        key = "/".join(str(row[name]) for name in table.key)
        file = next(
            (file for file in table.files if PurePosixPath(file).stem == row.get("coder")),
            table.file,
        )
        if backward[at]:
            hint = "are start and end swapped?" if row["end"] < row["start"] else ""
            faults.append(Fault(file, key, "end", row["end"], f"after start, {row['start']}", hint))
        if past[at]:
            faults.append(
                Fault(
                    file,
                    key,
                    "end",
                    row["end"],
                    f"at most the {length[at]} characters of {row['source_id']}",
                )
            )
        if crowded[at]:
            faults.append(
                Fault(
                    file,
                    key,
                    "words",
                    row["words"],
                    f"no more words than {row['end'] - row['start']} characters can hold",
                )
            )
    return faults


def check_claims(table: Table, claims: pd.DataFrame, sources: pd.DataFrame) -> list[Fault]:
    """Faults within a claim: its dates, the source it says it is from. Takes the typed tables."""
    faults = []

    def fault(claim_id: object, column: str, value: object, allowed: str, hint: str = "") -> None:
        faults.append(Fault(table.file, str(claim_id), column, value, allowed, hint))

    for claim_id, claim in claims.iterrows():
        source = sources.loc[claim["source_id"]]
        if not str(claim_id).startswith(source["code"] + "-"):
            right = sources.index[sources["code"] == str(claim_id).split("-")[0]]
            allowed = f"ids of its claims begin with {source['code']}-"
            fault(claim_id, "source_id", claim["source_id"], allowed, did_you_mean(map(str, right)))
        if claim["chain"][0] != source["outlet"]:
            allowed = f"begins with the source's outlet, {source['outlet']}"
            fault(
                claim_id,
                "chain",
                ";".join(claim["chain"]),
                allowed,
                _turned(claim["chain"], source["outlet"]),
            )
        if claim["event_end"] < claim["event_start"]:
            fault(
                claim_id,
                "event_end",
                claim["event_end"].date(),
                f"not before event_start, {claim['event_start'].date()}",
                SWAPPED,
            )
        dated = pd.notna(claim["event_start"]) or pd.notna(claim["event_end"])
        if dated == (claim["date_basis"] == "none"):
            fault(
                claim_id,
                "date_basis",
                claim["date_basis"],
                "none exactly where the event has no date",
            )
        if claim["stated_on"] > source["published_latest"]:
            fault(
                claim_id,
                "stated_on",
                claim["stated_on"].date(),
                "not after the source was published",
            )
        if pd.isna(claim["quantity"]) != (claim["unit"] == ""):
            fault(claim_id, "unit", claim["unit"], "stands where quantity stands")
        if claim["theme"] in claim["also"]:
            fault(claim_id, "also", claim["theme"], "themes other than the claim's own")
    return faults


def _turned(chain: list[str], outlet: str) -> str:
    """The hint for a chain that ends with the outlet: it was written from the origin on."""
    return did_you_mean([";".join(reversed(chain))]) if chain[-1] == outlet else ""


def check_estimates(
    table: Table, claims: pd.DataFrame, terms: pd.DataFrame, actors: pd.DataFrame
) -> list[Fault]:
    """Claims whose estimative phrase has no range on the yardstick of the one who spoke."""
    faults = []
    for claim_id, claim in claims[claims["term"] != ""].iterrows():
        yardstick = actors.loc[claim["chain"][-1], "yardstick"]
        if (claim["term"], yardstick) not in terms.index:
            known = [term for term, of in terms.index if of == yardstick]
            allowed = f"must stand in terms.csv for yardstick {yardstick}"
            faults.append(
                Fault(
                    table.file,
                    str(claim_id),
                    "term",
                    claim["term"],
                    allowed,
                    suggestions.suggest_name(claim["term"], known),
                )
            )
    return faults


def check_relations(table: Table, relations: pd.DataFrame, claims: pd.DataFrame) -> list[Fault]:
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
                    faults.append(
                        Fault(table.file, key, "verification", claim["verification"], allowed)
                    )
    return faults


def check_events(
    table: Table, events: pd.DataFrame, claims: pd.DataFrame, whole: bool = True
) -> list[Fault]:
    """Events whose days are out of order or not those of their precision, that no claim reports, or whose claims give other days.

    A note may explain other days. `whole` tells whether `claims` are all claims; what only all can show is else passed over.
    """
    faults = []

    def fault(event_id: object, column: str, value: object, allowed: str, hint: str = "") -> None:
        faults.append(Fault(table.file, str(event_id), column, value, allowed, hint))

    by_event = dict(iter(claims.groupby("event_id")))
    for event_id, event in events.iterrows():
        if event["latest"] < event["earliest"]:
            fault(
                event_id,
                "latest",
                event["latest"].date(),
                f"not before earliest, {event['earliest'].date()}",
            )
        for column in ("start", "end"):
            given = DATED[event["precision"]]
            if pd.isna(event[column]) == (column in given):
                value = "" if pd.isna(event[column]) else event[column].date()
                fault(
                    event_id,
                    column,
                    value,
                    f"with precision {event['precision']}: {' and '.join(given) or 'neither start nor end'}",
                )
            elif event[column] < event["earliest"] or event[column] > event["latest"]:
                fault(
                    event_id,
                    column,
                    event[column].date(),
                    f"from {event['earliest'].date()} to {event['latest'].date()}",
                )
        if event["end"] < event["start"]:
            fault(
                event_id,
                "end",
                event["end"].date(),
                f"not before start, {event['start'].date()}",
                SWAPPED,
            )
        of_event = by_event.get(event_id, claims[:0])
        if whole and of_event.empty:
            fault(event_id, "event_id", event_id, "an event that a claim reports")
        outside = (of_event["event_start"] < event["earliest"]) | (
            of_event["event_end"] > event["latest"]
        )
        if outside.any() and not event["note"]:
            fault(
                event_id,
                "note",
                "",
                f"must explain the other days of {', '.join(map(str, of_event.index[outside]))}",
            )
    return faults


def check_forecasts(
    described: dict[str, Table], forecasts: pd.DataFrame, claims: pd.DataFrame, whole: bool = True
) -> list[Fault]:
    """Forecasting claims without a row in forecasts.csv (unless that is not `whole`), and rows there for claims of another theme."""
    table = described["forecasts"]
    outlook, judged = (
        set(claims.index[claims["theme"] == settings().roles.forecast]),
        set(forecasts.index),
    )
    missing = sorted(outlook - judged) if whole else []
    faults = [
        Fault(
            table.file,
            claim,
            "claim_id",
            "",
            f"a row for every claim on the {settings().roles.forecast}",
        )
        for claim in missing
    ]
    return faults + [
        Fault(
            table.file,
            claim,
            "claim_id",
            claim,
            f"a claim whose theme is {settings().roles.forecast}",
        )
        for claim in sorted(judged - outlook)
    ]


def check_ranges(
    described: dict[str, Table], sources: pd.DataFrame, terms: pd.DataFrame, places: pd.DataFrame
) -> list[Fault]:
    """Bounds out of order and halves of pairs: a source's days, a term's range, a place's coordinates."""
    faults = []
    for source_id, source in sources.iterrows():
        for early, late in pairwise(("published_earliest", "published", "published_latest")):
            if source[late] < source[early]:
                allowed = f"not before {early}, {source[early].date()}"
                faults.append(
                    Fault(
                        described["sources"].file,
                        str(source_id),
                        late,
                        source[late].date(),
                        allowed,
                        SWAPPED,
                    )
                )
    for (term, yardstick), spread in terms.iterrows():
        key = f"{term}/{yardstick}"
        if pd.isna(spread["low"]) != pd.isna(spread["high"]):
            empty = "low" if pd.isna(spread["low"]) else "high"
            faults.append(
                Fault(described["terms"].file, key, empty, "", "low and high, or neither")
            )
        elif spread["high"] < spread["low"]:
            allowed = f"not below low, {spread['low']:g}"
            faults.append(
                Fault(described["terms"].file, key, "high", f"{spread['high']:g}", allowed, SWAPPED)
            )
    for place_id, place in places.iterrows():
        if pd.isna(place["latitude"]) != pd.isna(place["longitude"]):
            empty = "latitude" if pd.isna(place["latitude"]) else "longitude"
            faults.append(
                Fault(
                    described["places"].file,
                    str(place_id),
                    empty,
                    "",
                    "latitude and longitude, or neither",
                )
            )
    return faults


def check_corrections(described: dict[str, Table], corrections: pd.DataFrame) -> list[Fault]:
    """Corrections of a table or column that there is not."""
    faults = []
    for day, table, key, column in corrections.index:
        where = described["corrections"].file, f"{day.date()}/{table}/{key}/{column}"
        if table not in described:
            faults.append(
                Fault(
                    *where,
                    "table",
                    table,
                    "the name of a table",
                    suggestions.suggest_name(table, described),
                )
            )
        elif column not in (names := described[table].columns):
            faults.append(
                Fault(
                    *where,
                    "column",
                    column,
                    f"a column of {table}",
                    suggestions.suggest_name(column, names),
                )
            )
    return faults


def check_settings(tables: dict[str, Table], report: Settings) -> list[Fault]:
    """Hold the settings against the schema: both must have the same themes."""
    file = project().settings.name
    coded = tables["claims"].field("theme").enum
    faults = [
        Fault(file, "themes", "", theme, "a theme of claims.csv: " + ", ".join(coded))
        for theme in report.theme
        if theme not in coded
    ]
    missing = [theme for theme in coded if theme not in report.theme]
    return faults + [
        Fault(file, "themes", "", theme, "every theme of claims.csv") for theme in missing
    ]
