"""The ways in which tables get damaged: each with how a copy of `data/` is damaged, and the lines that say so."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path], None]


def cell(table: str, key: str, column: str, value: str) -> Damage:
    """Write a value into a cell of the row that begins with a key."""

    def change(rows: list[list[str]]) -> None:
        next(row for row in rows if row[0] == key)[rows[0].index(column)] = value

    return rows(table, change)


def rows(table: str, change: Callable[[list[list[str]]], None]) -> Damage:
    """Change the rows of a table, the names of its columns among them."""

    def damage(data: Path) -> None:
        with (data / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            cells = list(csv.reader(file))
        change(cells)
        with (data / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(cells)

    return damage


def content(table: str, change: Callable[[str], str | bytes]) -> Damage:
    """Change the whole text of a table's file."""

    def damage(data: Path) -> None:
        file = data / f"{table}.csv"
        changed = change(file.read_bytes().decode("utf-8"))
        file.write_bytes(changed if isinstance(changed, bytes) else changed.encode("utf-8"))

    return damage


def at(key: str, change: Callable[[list[str]], list[str]]) -> Callable[[list[list[str]]], None]:
    """Change the row that begins with a key."""

    def changed(cells: list[list[str]]) -> None:
        place = next(place for place, row in enumerate(cells) if row[0] == key)
        cells[place] = change(cells[place])

    return changed


def lines(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """Change the lines of a file."""
    return lambda text: "\n".join(change(text.split("\n")))


def column(
    name: str, change: Callable[[list[list[str]], int], None]
) -> Callable[[list[list[str]]], None]:
    """Change a column, given its place."""
    return lambda cells: change(cells, cells[0].index(name))


def drop(cells: list[list[str]], place: int) -> None:
    for row in cells:
        del row[place]


def double(cells: list[list[str]], place: int) -> None:
    for row in cells:
        row.insert(place, row[place])


def rename(name: str) -> Callable[[list[list[str]], int], None]:
    def change(cells: list[list[str]], place: int) -> None:
        cells[0][place] = name

    return change


def swap(cells: list[list[str]], place: int) -> None:
    for row in cells:
        row[place], row[place + 1] = row[place + 1], row[place]


def instead(name: str, make: Callable[[Path], object]) -> Damage:
    """Put something else in the place of a file."""

    def damage(data: Path) -> None:
        (data / name).unlink()
        make(data / name)

    return damage


def several(*damages: Damage) -> Damage:
    def damage(data: Path) -> None:
        for one in damages:
            one(data)

    return damage


CASES: dict[str, tuple[Damage, str]] = {
    # ---- the file as a whole
    "a byte-order mark": (
        content("claims", lambda text: "\ufeff" + text),
        "claims.csv line 1: '\\ufeff': no byte-order mark; `make tidy` mends it",
    ),
    "UTF-16": (
        content("claims", lambda text: text.encode("utf-16")),
        "claims.csv: 'UTF-16': UTF-8; save it as CSV, UTF-8, with commas",
    ),
    "UTF-16 without a mark": (
        content("claims", lambda text: text.encode("utf-16-le")),
        "claims.csv: 'UTF-16 without a byte-order mark, or no text': UTF-8; save it as CSV, UTF-8, with commas",
    ),
    "Windows-1252": (
        content("sources", lambda text: text.encode("cp1252")),
        "sources.csv line 3: '2,NW,Putin’s Top All': UTF-8; it looks like Windows-1252: save it as CSV, UTF-8, with commas",
    ),
    "CRLF": (
        content("claims", lambda text: text.replace("\n", "\r\n")),
        "claims.csv: '\\r\\n': lines that end in LF; `make tidy` mends it",
    ),
    "CR": (
        content("claims", lambda text: text.replace("\n", "\r")),
        "claims.csv: '\\r': lines that end in LF; `make tidy` mends it",
    ),
    "semicolons for commas": (
        content("events", lambda text: text.replace(";", "+").replace(",", ";")),
        "events.csv line 1: 'event_id;title;label;kind;start;end;precision;earliest;lat…: commas between cells; it looks separated "
        "by semicolons: save it as CSV, UTF-8, with commas",
    ),
    "tabs for commas": (
        content("events", lambda text: text.replace(",", "\t")),
        "events.csv line 1: 'event_id\\ttitle\\tlabel\\tkind\\tstart\\tend\\tprecision\\tearli…: commas between cells; it looks "
        "separated by tabs: save it as CSV, UTF-8, with commas",
    ),
    "a workbook under the name of a table": (
        content("claims", lambda _: b"PK\x03\x04" + bytes(200)),
        'claims.csv: "a spreadsheet\'s own format": text with commas between cells; save it as CSV, UTF-8, with commas',
    ),
    "an empty file": (
        content("claims", lambda _: b""),
        "claims.csv: 'nothing': a first line that names the columns; take it from an older copy",
    ),
    "a file of blank lines": (
        content("claims", lambda _: b"\n\n"),
        "claims.csv: 'blank lines': a first line that names the columns; take it from an older copy",
    ),
    "a table without rows": (
        content("relations", lambda text: text.split("\n")[0] + "\n"),
        "relations.csv: 'no rows': at least one row; take it from an older copy",
    ),
    "the first line deleted": (
        content("terms", lambda text: text.split("\n", 1)[1]),
        "terms.csv line 1: 'I don’t know,none,,,Says that the speaker does not know': the names of the columns: "
        "term,yardstick,low,high,why; was the first line deleted?",
    ),
    "cut off within a row": (
        content("judgements", lambda text: text[:-40]),
        "judgements.csv line 10: '…kely,low,A planning document or particip': a line end after the last row; the file may have been "
        "cut off: compare it with an older copy",
    ),
    "cut off after the last cell": (
        content("judgements", lambda text: text.rstrip("\n")),
        "judgements.csv line 10: '…pant that gives the talk another purpose': a line end after the last row; the file may have been "
        "cut off: compare it with an older copy",
    ),
    "a missing file": (
        instead("places.csv", lambda file: None),
        "places.csv: 'missing': a file that can be read",
    ),
    "a file under another name": (
        instead("places.csv", lambda file: file.with_name("places (1).csv").write_text("")),
        "places.csv: 'missing': a file that can be read; did you mean 'places (1).csv'?",
    ),
    "a workbook beside": (
        instead("places.csv", lambda file: file.with_name("Places.xlsx").write_text("")),
        "places.csv: 'missing': a file that can be read; did you mean 'Places.xlsx'?",
    ),
    "a folder in its place": (
        instead("places.csv", Path.mkdir),
        "places.csv: 'a folder': a file that can be read",
    ),
    "a pipe in its place": (
        instead("places.csv", os.mkfifo),
        "places.csv: 'not a file': a file that can be read",
    ),
    "a link that leads nowhere": (
        instead("places.csv", lambda file: file.symlink_to("nowhere.csv")),
        "places.csv: 'missing': a file that can be read",
    ),
    "a quotation mark that is not closed": (
        content("judgements", lambda text: text.replace("country-supplied,", 'country-supplied,"')),
        "judgements.csv line 5: 'country-supplied,\"1,Belarus supplied Russia with arms,arms…: a row of cells as CSV writes them; "
        "is a quotation mark inside a cell not doubled? the rows from here on were not read",
    ),
    "a quotation mark inside a cell": (
        content(
            "judgements",
            lambda text: text.replace("country-supplied,1,", 'country-supplied,1,"Belarus"'),
        ),
        'judgements.csv line 5: \'country-supplied,1,"Belarus"Belarus supplied Russia with a…: a row of cells as CSV writes them; '
        "is a quotation mark inside a cell not doubled? the rows from here on were not read",
    ),
    "no datapackage": (
        instead("datapackage.json", lambda file: None),
        "datapackage.json: 'No such file or directory': a file that can be read",
    ),
    "a datapackage that is not JSON": (
        instead("datapackage.json", lambda file: file.write_text('{"resources": [}')),
        "datapackage.json line 1: 'Expecting value': JSON",
    ),
    "a datapackage without tables": (
        instead("datapackage.json", lambda file: file.write_text('{"name": "short-of-war"}')),
        "datapackage.json: 'no resources': tables as a Data Package describes them",
    ),
    # ---- rows and columns
    "a missing column": (
        rows("terms", column("low", drop)),
        "terms.csv line 1 low: '': every column of the table; it stands after yardstick",
    ),
    "a doubled column": (
        rows("terms", column("low", double)),
        "terms.csv line 1 low: 'low': each column once; it stands in columns 3 and 4",
    ),
    "a column misspelt": (
        rows("terms", column("yardstick", rename("yard stick"))),
        "terms.csv line 1 column 2: 'yard stick': only columns of the table; did you mean 'yardstick'?",
    ),
    "a column too many": (
        rows("terms", lambda cells: [row.append("x") for row in cells]),
        "terms.csv line 1 column 6: 'x': only columns of the table; delete the column",
    ),
    "an empty column at the end": (
        rows("terms", lambda cells: [row.append("") for row in cells]),
        "terms.csv line 1: '6 columns': 5 columns; delete those at the end that have no name",
    ),
    "columns in another order": (
        rows("terms", column("low", swap)),
        "terms.csv line 1: 'term,yardstick,high,low,why': the columns in their order: term,yardstick,low,high,why",
    ),
    "an empty row": (
        rows("terms", lambda cells: cells.insert(3, [])),
        "terms.csv line 4: '': no empty rows; delete it",
    ),
    "empty rows at the end, as a spreadsheet leaves them": (
        rows("terms", lambda cells: cells.extend([[""] * 5] * 300)),
        "terms.csv lines 44-343: '': no empty rows; delete them",
    ),
    "a cell too few": (
        rows("events", at("supplies", lambda row: [*row[:3], *row[4:]])),
        "events.csv supplies (line 37): '12 cells': 13 cells; a cell is missing at kind",
    ),
    "a cell too many": (
        rows("events", at("supplies", lambda row: [*row[:4], "", *row[4:]])),
        "events.csv supplies (line 37): '14 cells': 13 cells; an empty cell too many at start",
    ),
    "a comma in a cell without quotation marks": (
        content(
            "judgements",
            lambda text: text.replace("supplied Russia with arms", "supplied Russia, with arms"),
        ),
        "judgements.csv country-supplied (line 5): '8 cells': 7 cells; a cell with commas stands in quotation marks: title",
    ),
    "cells shifted to the left": (
        rows("claims", at("NW-07", lambda row: [*row[:9], *row[10:], ""])),
        "claims.csv NW-07 also: 'event': cells under their own columns; the cells from also on stand one too far to the left",
    ),
    "cells shifted to the left over a required one": (
        rows("events", at("supplies", lambda row: [*row[:6], *row[7:], ""])),
        "events.csv supplies precision: '2022-02-24': cells under their own columns; the cells from precision on stand one too far "
        "to the left",
    ),
    "cells shifted to the right, as a spreadsheet saves them": (
        rows(
            "events",
            lambda cells: [row.insert(3 if row[0] == "supplies" else 13, "") for row in cells],
        ),
        "events.csv line 1: '14 columns': 13 columns; delete those at the end that have no name\n"
        "events.csv supplies (line 37): '14 cells': 13 cells; an empty cell too many at kind",
    ),
    "a row twice": (
        rows("terms", lambda cells: cells.insert(3, cells[3])),
        "terms.csv apparent/none term/yardstick: 'apparent/none': no two rows alike in this; lines 4 and 5 are; the rows are the "
        "same: delete all but one",
    ),
    "a key twice": (
        cell("claims", "NW-07", "claim_id", "NW-08"),
        "claims.csv NW-08 claim_id: 'NW-08': no two rows alike in this; lines 74 and 75 are\n"
        "relations.csv IN-24/updates/NW-07 claim_b: 'NW-07': must stand in claims.csv as claim_id; did you mean 'RW-07' or "
        "'NW-30'?\n"
        "evidence.csv country-served/NW-07 claim_id: 'NW-07': must stand in claims.csv as claim_id; did you mean 'RW-07' or "
        "'NW-30'?",
    ),
    "a key of several columns twice": (
        rows("terms", lambda cells: cells.insert(4, [*cells[3][:4], "Says so"])),
        "terms.csv apparent/none term/yardstick: 'apparent/none': no two rows alike in this; lines 4 and 5 are",
    ),
    "a code that two sources share": (
        cell("sources", "newsweek-2022-07-12", "code", "PR"),
        "sources.csv newsweek-2022-07-12 code: 'PR': no two rows alike in this; lines 3 and 4 are",
    ),
    "rows out of order": (
        rows("terms", lambda cells: cells.insert(2, cells.pop(9))),
        "terms.csv No one knows/none term/yardstick: 'No one knows/none': rows sorted by key; it stands after 'everything points "
        "to/none'; `make tidy` mends it",
    ),
    # ---- cells
    "a space at the end": (
        cell("claims", "NW-07", "theme", "military-signal "),
        "claims.csv NW-07 theme: 'military-signal ': no space at either end; did you mean 'military-signal'?",
    ),
    "a no-break space at the beginning": (
        cell("claims", "NW-07", "paraphrase", "\u00a0Belarus helps"),
        "claims.csv NW-07 paraphrase: '\\xa0Belarus helps': no space at either end; did you mean 'Belarus helps'?",
    ),
    "an empty cell": (
        cell("claims", "NW-07", "theme", ""),
        "claims.csv NW-07 theme: '': must not be empty",
    ),
    "a theme misspelt": (
        cell("claims", "NW-07", "theme", "militry-signal"),
        "claims.csv NW-07 theme: 'militry-signal': allowed: pressure, resistance, military-signal, information-operation, outlook, "
        "context; did you mean 'military-signal'?",
    ),
    "a theme in capitals, with a space": (
        cell("claims", "NW-07", "theme", "Military signal"),
        "claims.csv NW-07 theme: 'Military signal': allowed: pressure, resistance, military-signal, information-operation, "
        "outlook, context; did you mean 'military-signal'?",
    ),
    "a theme of no likeness": (
        cell("claims", "NW-07", "theme", "weather"),
        "claims.csv NW-07 theme: 'weather': allowed: pressure, resistance, military-signal, information-operation, outlook, context",
    ),
    "a claim's id in small letters": (
        cell("claims", "NW-07", "claim_id", "nw-7"),
        "claims.csv nw-7 claim_id: 'nw-7': must match [A-Z]{2}-[0-9]{2,3}; did you mean 'NW-07'?\n"
        "relations.csv IN-24/updates/NW-07 claim_b: 'NW-07': must stand in claims.csv as claim_id; did you mean 'nw-7' or "
        "'RW-07'?\n"
        "evidence.csv country-served/NW-07 claim_id: 'NW-07': must stand in claims.csv as claim_id; did you mean 'nw-7' or 'RW-07'?",
    ),
    "a day first": (
        cell("claims", "NW-01", "stated_on", "3.12.2022"),
        "claims.csv NW-01 stated_on: '3.12.2022': a day as YYYY-MM-DD; did you mean '2022-12-03'?",
    ),
    "a month first, or a day": (
        cell("claims", "NW-01", "stated_on", "3/12/2022"),
        "claims.csv NW-01 stated_on: '3/12/2022': a day as YYYY-MM-DD; did you mean '2022-12-03' or '2022-03-12'?",
    ),
    "the name of a month": (
        cell("claims", "NW-01", "stated_on", "3 December 2022"),
        "claims.csv NW-01 stated_on: '3 December 2022': a day as YYYY-MM-DD; did you mean '2022-12-03'?",
    ),
    "an American day": (
        cell("claims", "NW-01", "stated_on", "Dec 3, 2022"),
        "claims.csv NW-01 stated_on: 'Dec 3, 2022': a day as YYYY-MM-DD; did you mean '2022-12-03'?",
    ),
    "a day with an hour": (
        cell("claims", "NW-01", "stated_on", "2022-07-03 00:00:00"),
        "claims.csv NW-01 stated_on: '2022-07-03 00:00:00': a day as YYYY-MM-DD; did you mean '2022-07-03'?",
    ),
    "a day that does not exist": (
        cell("claims", "NW-01", "stated_on", "2022-02-30"),
        "claims.csv NW-01 stated_on: '2022-02-30': a day as YYYY-MM-DD; 2022-02 has 28 days",
    ),
    "a month that does not exist": (
        cell("claims", "NW-01", "stated_on", "2022-13-04"),
        "claims.csv NW-01 stated_on: '2022-13-04': a day as YYYY-MM-DD; did you mean '2022-04-13'?",
    ),
    "a day as a spreadsheet counts it": (
        cell("claims", "NW-01", "stated_on", "44898"),
        "claims.csv NW-01 stated_on: '44898': a day as YYYY-MM-DD; did you mean '2022-12-03'?",
    ),
    "a day in words": (
        cell("claims", "NW-01", "stated_on", "last Friday"),
        "claims.csv NW-01 stated_on: 'last Friday': a day as YYYY-MM-DD",
    ),
    "an end before the start": (
        several(
            cell("claims", "NW-12", "event_start", "2022-04-12"),
            cell("claims", "NW-12", "event_end", "2022-04-11"),
        ),
        "claims.csv NW-12 event_end: '2022-04-11': not before event_start, 2022-04-12; are the two swapped?",
    ),
    "a statement after publication": (
        cell("claims", "NW-01", "stated_on", "2023-07-11"),
        "claims.csv NW-01 stated_on: '2023-07-11': not after the source was published",
    ),
    "a date without a basis": (
        cell("claims", "NW-07", "event_start", "2022-02-24"),
        "claims.csv NW-07 date_basis: 'none': none exactly where the event has no date",
    ),
    "an offset past the end": (
        cell("claims", "NW-07", "end", "999999"),
        "claims.csv NW-07 end: '999999': at most the 4636 characters of newsweek-2022-07-12",
    ),
    "a negative offset": (
        cell("claims", "NW-07", "start", "-1"),
        "claims.csv NW-07 start: '-1': at least 0",
    ),
    "offsets swapped": (
        several(cell("claims", "NW-01", "start", "900"), cell("claims", "NW-01", "end", "800")),
        "claims.csv NW-01 end: '800': after start, 900; are start and end swapped?",
    ),
    "a span too short for its words": (
        cell("claims", "NW-07", "words", "900"),
        "claims.csv NW-07 words: '900': no more words than 37 characters can hold",
    ),
    "an offset with a comma": (
        cell("claims", "NW-01", "end", "1,234"),
        "claims.csv NW-01 end: '1,234': a whole number in digits; did you mean '1234'?",
    ),
    "an offset with decimals": (
        cell("claims", "NW-01", "end", "1234.0"),
        "claims.csv NW-01 end: '1234.0': a whole number in digits; did you mean '1234'?",
    ),
    "an offset as an exponent": (
        cell("claims", "NW-01", "end", "1e3"),
        "claims.csv NW-01 end: '1e3': a whole number in digits; did you mean '1000'?",
    ),
    "Arabic digits": (
        cell("claims", "NW-01", "end", "١٢٣٤"),
        "claims.csv NW-01 end: '١٢٣٤': a whole number in digits; did you mean '1234'?",
    ),
    "a nought before a number": (
        cell("claims", "NW-01", "end", "01234"),
        "claims.csv NW-01 end: '01234': a whole number in digits; did you mean '1234'?",
    ),
    "a number too long to count": (
        cell("claims", "NW-01", "end", "9" * 400),
        "claims.csv NW-01 end: '9999999999999999999999999999999999999999999999999999999999…: a whole number in digits",
    ),
    "a decimal comma": (
        cell("places", "kyiv", "latitude", "50,4500"),
        "places.csv kyiv latitude: '50,4500': a number in digits, with a point for decimals; did you mean '50.4500'?",
    ),
    "a minus from a text": (
        cell("places", "kyiv", "latitude", "\u221250.45"),
        "places.csv kyiv latitude: '−50.45': a number in digits, with a point for decimals; did you mean '-50.45'?",
    ),
    "a latitude past the pole": (
        cell("places", "kyiv", "latitude", "91"),
        "places.csv kyiv latitude: '91': at most 90",
    ),
    "a latitude without a longitude": (
        cell("places", "kyiv", "longitude", ""),
        "places.csv kyiv longitude: '': latitude and longitude, or neither",
    ),
    "a hash rounded by a spreadsheet": (
        cell("claims", "NW-07", "anchor", "7.3E+15"),
        "claims.csv NW-07 anchor: '7.3E+15': must match [0-9a-f]{16}; a spreadsheet has taken it for a number and rounded it: take "
        "it from an older copy of the table",
    ),
    "a hash in capitals": (
        cell("claims", "NW-07", "head", "00FF00FF00FF00FF"),
        "claims.csv NW-07 head: '00FF00FF00FF00FF': must match [0-9a-f]{16}; did you mean '00ff00ff00ff00ff'?",
    ),
    "a quantity in words": (
        cell("claims", "NW-07", "quantity", "many"),
        "claims.csv NW-07 quantity: 'many': a number in digits, with a point for decimals",
    ),
    "a quantity without a unit": (
        cell("claims", "NW-07", "quantity", "7"),
        "claims.csv NW-07 unit: '': stands where quantity stands",
    ),
    "a list with a trailing semicolon": (
        cell("claims", "NW-07", "chain", "newsweek;"),
        "claims.csv NW-07 chain: 'newsweek;': items joined by ';', none empty; did you mean 'newsweek'?",
    ),
    "a list with spaces": (
        cell("claims", "NW-07", "chain", "newsweek; isw"),
        "claims.csv NW-07 chain: 'newsweek; isw': no spaces around items; did you mean 'newsweek;isw'?",
    ),
    "a list with commas": (
        cell("claims", "NW-07", "chain", "newsweek,isw"),
        "claims.csv NW-07 chain: 'newsweek,isw': must stand in actors.csv as actor_id; did you mean 'newsweek;isw'?",
    ),
    "an item twice": (
        cell("claims", "NW-07", "places", "belarus;belarus"),
        "claims.csv NW-07 places: 'belarus;belarus': each item once; did you mean 'belarus'?",
    ),
    "a chain the wrong way round": (
        cell("claims", "NW-07", "chain", "isw;newsweek"),
        "claims.csv NW-07 chain: 'isw;newsweek': begins with the source's outlet, newsweek; did you mean 'newsweek;isw'?",
    ),
    "an unknown actor": (
        cell("claims", "NW-07", "chain", "newsweek;iws"),
        "claims.csv NW-07 chain: 'iws': must stand in actors.csv as actor_id; did you mean 'isw'?",
    ),
    "an unknown place": (
        cell("claims", "NW-07", "places", "minks"),
        "claims.csv NW-07 places: 'minks': must stand in places.csv as place_id; did you mean 'minsk' or 'maryinka'?",
    ),
    "an unknown theme among the others": (
        cell("claims", "NW-07", "also", "presure"),
        "claims.csv NW-07 also: 'presure': allowed: pressure, resistance, military-signal, information-operation, outlook, "
        "context; did you mean 'pressure'?",
    ),
    "its own theme among the others": (
        cell("claims", "NW-07", "also", "military-signal"),
        "claims.csv NW-07 also: 'military-signal': themes other than the claim's own",
    ),
    "an unknown event": (
        cell("claims", "NW-07", "event_id", "supply"),
        "claims.csv NW-07 event_id: 'supply': must stand in events.csv as event_id; did you mean 'supplies'?",
    ),
    "an unknown term": (
        cell("claims", "NW-07", "term", "likly"),
        "claims.csv NW-07 term: 'likly': must stand in terms.csv for yardstick none; did you mean 'likely' or 'unlikely'?",
    ),
    "a term too long": (
        cell("claims", "NW-07", "term", "one two three four five six"),
        "claims.csv NW-07 term: 'one two three four five six': at most 5 words",
    ),
    "an unknown source": (
        cell("claims", "NW-07", "source_id", "newsweek-2022-07-21"),
        "claims.csv NW-07 source_id: 'newsweek-2022-07-21': must stand in sources.csv as source_id; did you mean "
        "'newsweek-2022-07-12'?",
    ),
    "another source's id": (
        cell("claims", "NW-07", "source_id", "polskie-radio-2022-12-02"),
        "claims.csv NW-07 source_id: 'polskie-radio-2022-12-02': ids of its claims begin with PR-; did you mean "
        "'newsweek-2022-07-12'?\n"
        "claims.csv NW-07 chain: 'newsweek': begins with the source's outlet, polskie-radio",
    ),
    "a dangling relation": (
        cell("relations", "IN-02", "claim_b", "IN-99"),
        "relations.csv IN-02/supports/IN-99 claim_b: 'IN-99': must stand in claims.csv as claim_id; did you mean 'IN-59' or "
        "'IN-49'?",
    ),
    "a relation of a claim to itself": (
        cell("relations", "IN-02", "claim_b", "IN-02"),
        "relations.csv IN-02/supports/IN-02 claim_b: 'IN-02': another claim than claim_a",
    ),
    "an outlook claim without a forecast": (
        rows("forecasts", lambda cells: cells.pop(1)),
        "forecasts.csv IN-03 claim_id: '': a row for every claim on the outlook",
    ),
    "an event that no claim reports": (
        rows("events", lambda cells: cells.insert(1, ["aaa", *cells[1][1:]])),
        "events.csv aaa event_id: 'aaa': an event that a claim reports",
    ),
    "an event of a day without a day": (
        cell("events", "airbase-drones", "start", ""),
        "events.csv airbase-drones start: '': with precision day: start and end",
    ),
    "an event that ends before it starts": (
        several(
            cell("events", "airbase-drones", "start", "2022-12-05"),
            cell("events", "airbase-drones", "end", "2022-12-04"),
        ),
        "events.csv airbase-drones end: '2022-12-04': not before start, 2022-12-05; are the two swapped?",
    ),
    "a term's range turned round": (
        several(cell("terms", "apparent", "low", "60"), cell("terms", "apparent", "high", "40")),
        "terms.csv apparent/none high: '40': not below low, 60; are the two swapped?",
    ),
    "a paraphrase too long": (
        cell("claims", "NW-07", "paraphrase", " ".join(["word"] * 31)),
        "claims.csv NW-07 paraphrase: 'word word word word word word word word word word word wor…: at most 30 words",
    ),
    "an address that runs a script": (
        cell("sources", "newsweek-2022-07-12", "url", "javascript:alert(1)"),
        "sources.csv newsweek-2022-07-12 url: 'javascript:alert(1)': must match https?://[A-Za-z0-9._~:/?#@!$&*+,=%-]+",
    ),
    "an address without its scheme": (
        cell("sources", "newsweek-2022-07-12", "url", "example.org/a"),
        "sources.csv newsweek-2022-07-12 url: 'example.org/a': must match https?://[A-Za-z0-9._~:/?#@!$&*+,=%-]+; did you mean "
        "'https://example.org/a'?",
    ),
    "a file outside the folder": (
        cell("sources", "newsweek-2022-07-12", "file", "../../etc/passwd"),
        "sources.csv newsweek-2022-07-12 file: '../../etc/passwd': must match [A-Za-z0-9][A-Za-z0-9._-]*",
    ),
    "a correction of no table": (
        content("corrections", lambda text: text + "2023-01-01,claim,NW-07,theme,a,b,c\n"),
        "corrections.csv 2023-01-01/claim/NW-07/theme table: 'claim': the name of a table; did you mean 'claims'?",
    ),
    # ---- characters
    "a NUL byte": (
        cell("claims", "NW-07", "paraphrase", "Belarus\0 helps"),
        "claims.csv NW-07 paraphrase: 'Belarus\\x00 helps': no line breaks, controls, marks of direction or other characters that "
        "are not seen; did you mean 'Belarus helps'?",
    ),
    "a line break in a cell": (
        cell("claims", "NW-07", "paraphrase", "Belarus\nhelps"),
        "claims.csv NW-07 paraphrase: 'Belarus\\nhelps': no line breaks, controls, marks of direction or other characters that are "
        "not seen; did you mean 'Belarus helps'?",
    ),
    "a right-to-left override": (
        cell(
            "claims",
            "NW-07",
            "paraphrase",
            "Belarus helps Russia by letting it carry out \u202eattacks",
        ),
        "claims.csv NW-07 paraphrase: '…etting it carry out \\u202eattacks': no line breaks, controls, marks of direction or other "
        "characters that are not seen; did you mean 'Belarus helps Russia by letting it carry out attacks'?",
    ),
    "a zero-width space": (
        cell("claims", "NW-07", "theme", "military\u200b-signal"),
        "claims.csv NW-07 theme: 'military\\u200b-signal': no line breaks, controls, marks of direction or other characters that "
        "are not seen; did you mean 'military-signal'?",
    ),
    "a character that was lost": (
        cell("claims", "NW-07", "paraphrase", "Belarus\ufffds army"),
        "claims.csv NW-07 paraphrase: 'Belarus�s army': no sign of a character that was lost",
    ),
    "a formula": (
        cell("claims", "NW-07", "paraphrase", '=HYPERLINK("https://example.org","x")'),
        'claims.csv NW-07 paraphrase: \'=HYPERLINK("https://example.org","x")\': no = + - @ at the beginning or after a semicolon, '
        "which a spreadsheet takes for a formula",
    ),
    "a formula after a semicolon": (
        cell("claims", "NW-07", "paraphrase", "Belarus helps; +1 for Russia"),
        "claims.csv NW-07 paraphrase: 'Belarus helps; +1 for Russia': no = + - @ at the beginning or after a semicolon, which a "
        "spreadsheet takes for a formula",
    ),
    "a script where an id stands": (
        cell("claims", "NW-07", "event_id", "<script>alert(1)</script>"),
        "claims.csv NW-07 event_id: '<script>alert(1)</script>': must stand in events.csv as event_id",
    ),
}
