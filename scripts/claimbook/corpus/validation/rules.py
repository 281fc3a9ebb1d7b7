"""Rules across columns and tables, beyond what the schema says of one cell.

All checks take typed tables whose cells and references have no faults, with the schema of all
tables by name.
"""

from itertools import pairwise
from pathlib import PurePosixPath

import pandas as pd

from claimbook.corpus.model import NO_EVENT, OPPOSED, REPORT_TIER, Corpus
from claimbook.corpus.schema import Table
from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault, did_you_mean
from claimbook.paths import project
from claimbook.settings import Settings

WHOLE_ROW = "row"  # the column of a correction that adds, splits or deletes a row
SWAPPED_HINT = "are the two swapped?"
DAYS_BY_PRECISION = {  # the columns with a day by an event's precision, and that in words
    "day": (("start", "end"), "needs start and end"),
    "month": (("start", "end"), "needs start and end"),
    "since": (("start",), "needs the start, and leaves the end empty"),
    "until": (("end",), "needs the end, and leaves the start empty"),
    "vague": ((), "leaves start and end empty"),
}


class FaultList(list[Fault]):
    """The faults of one table."""

    def __init__(self, file: str) -> None:
        """Begin with no faults of the table in a file."""
        super().__init__()
        self.file = file

    def add(self, key: object, column: str, value: object, allowed: str, hint: str = "") -> None:
        """Add a fault of a cell; write a day without its hour."""
        if isinstance(value, pd.Timestamp):
            value = value.date()
        self.append(Fault(self.file, str(key), column, value, allowed, hint))


def check_spans(table: Table, rows: pd.DataFrame, sources: pd.DataFrame) -> list[Fault]:
    """Find spans that are empty, leave their text, or are too short for their words.

    Args:
        table: Any table with `source_id`, `start`, `end` and `words`.
        rows: Its rows.
        sources: The table `sources`.
    """
    faults: list[Fault] = []
    flat = rows.reset_index()
    text_length = flat["source_id"].map(sources["characters"])
    is_empty = flat["end"] <= flat["start"]
    leaves_text = flat["end"] > text_length
    # n words have n letters and n - 1 separators at least
    is_crowded = ~is_empty & (flat["words"] * 2 - 1 > flat["end"] - flat["start"])
    for index in flat.index[is_empty | leaves_text | is_crowded]:
        row = flat.loc[index]
        key = "/".join(str(row[name]) for name in table.key)
        coder = row.get("coder")
        of_coder = (file for file in table.files if PurePosixPath(file).stem == coder)
        of_row = FaultList(next(of_coder, table.file))
        if is_empty[index]:
            hint = "are start and end swapped?" if row["end"] < row["start"] else ""
            of_row.add(key, "end", row["end"], f"after start, {row['start']}", hint)
        if leaves_text[index]:
            allowed = f"at most the {text_length[index]} characters of {row['source_id']}"
            of_row.add(key, "end", row["end"], allowed)
        if is_crowded[index]:
            length = row["end"] - row["start"]
            allowed = f"no more words than {length} characters can hold"
            of_row.add(key, "words", row["words"], allowed)
        faults += of_row
    return faults


def check_claims(
    tables: dict[str, Table], claims: pd.DataFrame, sources: pd.DataFrame
) -> list[Fault]:
    """Check each claim against its source, and its columns against one another."""
    faults = FaultList(tables["claims"].file)
    of_sources = sources.to_dict("index")
    for claim_id, claim in zip(claims.index, claims.to_dict("records"), strict=True):
        source, chain, theme = of_sources[claim["source_id"]], claim["chain"], claim["theme"]
        start, end = claim["event_start"], claim["event_end"]
        if not str(claim_id).startswith(source["code"] + "-"):
            of_code = sources.index[sources["code"] == str(claim_id).split("-")[0]]
            allowed = f"ids of its claims begin with {source['code']}-"
            hint = did_you_mean(map(str, of_code))
            faults.add(claim_id, "source_id", claim["source_id"], allowed, hint)
        if chain[0] != source["outlet"]:
            allowed = f"begins with the source's outlet, {source['outlet']}"
            reversed_chain = [";".join(reversed(chain))] if chain[-1] == source["outlet"] else []
            faults.add(claim_id, "chain", ";".join(chain), allowed, did_you_mean(reversed_chain))
        if end < start:
            allowed = f"not before event_start, {start.date()}"
            faults.add(claim_id, "event_end", end, allowed, SWAPPED_HINT)
        has_date = pd.notna(start) or pd.notna(end)
        if has_date == (claim["date_basis"] == "none"):
            allowed = "none exactly where the event has no date"
            faults.add(claim_id, "date_basis", claim["date_basis"], allowed)
        if claim["stated_on"] > source["published_latest"]:
            allowed = "not after the source was published"
            faults.add(claim_id, "stated_on", claim["stated_on"], allowed)
        if theme in claim["also"]:
            faults.add(claim_id, "also", theme, "themes other than the claim's own")
    return faults


def check_parts(tables: dict[str, Table], sources: pd.DataFrame) -> list[Fault]:
    """Find sources that share a file but are not different parts of it."""
    faults = FaultList(tables["sources"].file)
    for file, of_file in sources.groupby("file"):
        for source_id, part in of_file["part"].items():
            if len(of_file) > 1 and (of_file["part"] == part).sum() > 1:
                allowed = f"another part of {file} for each of its sources"
                faults.add(source_id, "part", part, allowed)
            elif len(of_file) > 1 and not part:
                allowed = f"the number of the part of {file}, from 1"
                faults.add(source_id, "part", part, allowed)
    return faults


def check_estimates(
    tables: dict[str, Table], claims: pd.DataFrame, terms: pd.DataFrame, actors: pd.DataFrame
) -> list[Fault]:
    """Find claims whose estimative phrase has no range on their origin's scale."""
    faults = FaultList(tables["claims"].file)
    for claim_id, claim in claims[claims["term"] != ""].iterrows():
        term, yardstick = claim["term"], actors.loc[claim["chain"][-1], "yardstick"]
        if (term, yardstick) not in terms.index:
            same_yardstick = [other for other, of in terms.index if of == yardstick]
            allowed = f"must stand in {tables['terms'].file} for yardstick {yardstick}"
            hint = suggestions.suggest_name(term, same_yardstick)
            faults.add(claim_id, "term", term, allowed, hint)
    return faults


def check_relations(
    tables: dict[str, Table], relations: pd.DataFrame, claims: pd.DataFrame
) -> list[Fault]:
    """Find relations to itself, repeated pairs, and opposition not coded so.

    Two claims of one source that oppose each other must both be coded as disputed.
    """
    faults = FaultList(tables["relations"].file)
    pairs: set[frozenset[str]] = set()
    for claim_a, relation, claim_b in relations.index:
        key, pair = f"{claim_a}/{relation}/{claim_b}", frozenset((claim_a, claim_b))
        if claim_a == claim_b:
            faults.add(key, "claim_b", claim_b, "another claim than claim_a")
        if pair in pairs:
            faults.add(key, "claim_b", claim_b, "each two claims joined once")
        pairs.add(pair)
        same_source = claims.loc[claim_a, "source_id"] == claims.loc[claim_b, "source_id"]
        if relation not in OPPOSED or not same_source:
            continue
        for claim_id in (claim_a, claim_b):
            verification = claims.loc[claim_id, "verification"]
            if verification not in ("disputed", "corrupt"):
                rule = f"claims of one source that {relation.rstrip('s')} one another"
                allowed = f"{rule} are coded disputed: {claim_id}"
                faults.add(key, "verification", verification, allowed)
    return faults


def check_events(
    tables: dict[str, Table], events: pd.DataFrame, claims: pd.DataFrame, complete: bool = True
) -> list[Fault]:
    """Check the days of each event: order, precision, agreement with its claims.

    A note on the event may explain why claims give other days.

    Args:
        tables: The schema.
        events: The table `events`.
        claims: The table `claims`.
        complete: Whether `claims` lacks no row; otherwise an event may be without claims.
    """
    faults = FaultList(tables["events"].file)
    claims_by_event = dict(iter(claims.groupby("event_id")))
    for event_id, event in events.iterrows():
        earliest, latest, precision = event["earliest"], event["latest"], event["precision"]
        if latest < earliest:
            faults.add(event_id, "latest", latest, f"not before earliest, {earliest.date()}")
        required, rule = DAYS_BY_PRECISION[precision]
        for column in ("start", "end"):
            day = event[column]
            if pd.isna(day) == (column in required):
                value = "" if pd.isna(day) else day
                faults.add(event_id, column, value, f"precision {precision} {rule}")
            elif day < earliest or day > latest:
                allowed = f"from {earliest.date()} to {latest.date()}"
                faults.add(event_id, column, day, allowed)
        if event["end"] < event["start"]:
            allowed = f"not before start, {event['start'].date()}"
            faults.add(event_id, "end", event["end"], allowed, SWAPPED_HINT)
        of_event = claims_by_event.get(event_id, claims[:0])
        if complete and of_event.empty:
            faults.add(event_id, "event_id", event_id, "an event that a claim reports")
        is_outside = (of_event["event_start"] < earliest) | (of_event["event_end"] > latest)
        if is_outside.any() and not event["note"]:
            outside = ", ".join(map(str, of_event.index[is_outside]))
            faults.add(event_id, "note", "", f"must explain the other days of {outside}")
    return faults


def check_forecasts(
    tables: dict[str, Table],
    forecasts: pd.DataFrame,
    corpus: Corpus,
    theme: str,
    complete: bool = True,
) -> list[Fault]:
    """Check the claims and events of forecasts, and that no report lacks any.

    Args:
        tables: The schema.
        forecasts: The table `forecasts`.
        corpus: The corpus with the claims.
        theme: The theme of claims on how likely the outcome is.
        complete: Whether `forecasts` lacks no row; otherwise claims may be without one.
    """
    faults = FaultList(tables["forecasts"].file)
    claims = corpus.claims
    is_of_theme = claims["theme"] == theme
    is_reported = claims["source_id"].map(corpus.sources["tier"]) == REPORT_TIER
    of_theme = set(claims.index[is_of_theme])
    required = set(claims.index[is_of_theme & is_reported])
    for claim_id in sorted(required - set(forecasts.index)) if complete else []:
        faults.add(claim_id, "claim_id", "", f"a row for every claim on the {theme}")
    for claim_id in sorted(set(forecasts.index) - of_theme):
        faults.add(claim_id, "claim_id", claim_id, f"a claim whose theme is {theme}")
    for claim_id in sorted(set(forecasts.index) & of_theme):
        event, on = forecasts.at[claim_id, "event"], claims.at[claim_id, "on"]
        if event not in (NO_EVENT, on):
            allowed = f"{NO_EVENT} or what the claim bears on, {on or 'which is nothing'}"
            faults.add(claim_id, "event", event, allowed)
    return faults


def check_ranges(
    tables: dict[str, Table], sources: pd.DataFrame, terms: pd.DataFrame, places: pd.DataFrame
) -> list[Fault]:
    """Find bounds out of order and incomplete pairs.

    Checks the days of publication of sources, the probabilities of terms, and the coordinates of
    places.
    """
    of_sources = FaultList(tables["sources"].file)
    for source_id, source in sources.iterrows():
        for column, next_column in pairwise(
            ("published_earliest", "published", "published_latest")
        ):
            day, next_day = source[column], source[next_column]
            if next_day < day:
                allowed = f"not before {column}, {day.date()}"
                of_sources.add(source_id, next_column, next_day, allowed, SWAPPED_HINT)
    of_terms = FaultList(tables["terms"].file)
    for (term, yardstick), row in terms.iterrows():
        key, low, high = f"{term}/{yardstick}", row["low"], row["high"]
        if pd.isna(low) != pd.isna(high):
            of_terms.add(key, "low" if pd.isna(low) else "high", "", "low and high, or neither")
        elif high < low:
            of_terms.add(key, "high", f"{high:g}", f"not below low, {low:g}", SWAPPED_HINT)
    of_places = FaultList(tables["places"].file)
    for place_id, place in places.iterrows():
        if pd.isna(place["latitude"]) != pd.isna(place["longitude"]):
            column = "latitude" if pd.isna(place["latitude"]) else "longitude"
            of_places.add(place_id, column, "", "latitude and longitude, or neither")
    return [*of_sources, *of_terms, *of_places]


def check_corrections(tables: dict[str, Table], corrections: pd.DataFrame) -> list[Fault]:
    """Find corrections of a table or column that does not exist."""
    faults = FaultList(tables["corrections"].file)
    for day, table, row_key, column in corrections.index:
        key = f"{day.date()}/{table}/{row_key}/{column}"
        if table not in tables:
            hint = suggestions.suggest_name(table, tables)
            faults.add(key, "table", table, "the name of a table", hint)
        elif column not in (columns := [*tables[table].columns, WHOLE_ROW]):
            hint = suggestions.suggest_name(column, columns)
            faults.add(key, "column", column, f"a column of {table}", hint)
    return faults


def check_settings(tables: dict[str, Table], settings: Settings) -> list[Fault]:
    """Check that the settings and the schema have the same themes and outcomes."""
    faults = FaultList(project().settings.name)
    claims = tables["claims"]
    for table, column, named, of_settings in (
        ("themes", "theme", "a theme of {}", settings.theme),
        ("outcomes", "on", "a value of {} in the column on", settings.outcomes),
    ):
        allowed = claims.field(column).enum
        values = named.format(claims.file)
        for value in of_settings:
            if value not in allowed:
                faults.add(table, "", value, f"{values}: {', '.join(allowed)}")
        for value in allowed:
            if value not in of_settings:
                faults.add(table, "", value, f"every {values.removeprefix('a ')}")
    return faults
