"""Ways in which tables get damaged: what damages a copy, and the lines that report it."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path], None]
Rows = list[list[str]]


def cell(table: str, key: str, column: str, value: str) -> Damage:
    """Write a value into a cell of the row that begins with a key."""

    def change(rows: Rows) -> None:
        next(row for row in rows if row[0] == key)[rows[0].index(column)] = value

    return rows(table, change)


def rows(table: str, change: Callable[[Rows], object]) -> Damage:
    """Change the rows of a table, its first line among them."""

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


def row(key: str, change: Callable[[list[str]], list[str]]) -> Callable[[Rows], None]:
    """Change the row that begins with a key."""

    def changed(cells: Rows) -> None:
        index = next(index for index, row in enumerate(cells) if row[0] == key)
        cells[index] = change(cells[index])

    return changed


def column(name: str, change: Callable[[Rows, int], None]) -> Callable[[Rows], None]:
    """Change a column, given its index."""
    return lambda cells: change(cells, cells[0].index(name))


def drop(cells: Rows, index: int) -> None:
    for row in cells:
        del row[index]


def double(cells: Rows, index: int) -> None:
    for row in cells:
        row.insert(index, row[index])


def rename(name: str) -> Callable[[Rows, int], None]:
    def change(cells: Rows, index: int) -> None:
        cells[0][index] = name

    return change


def swap(cells: Rows, index: int) -> None:
    for row in cells:
        row[index], row[index + 1] = row[index + 1], row[index]


def replace_file(name: str, make: Callable[[Path], object]) -> Damage:
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
    "UTF-32": (
        content("claims", lambda text: text.encode("utf-32")),
        "claims.csv: 'UTF-32': UTF-8; save it as CSV, UTF-8, with commas",
    ),
    "UTF-16 without a mark": (
        content("claims", lambda text: text.encode("utf-16-le")),
        "claims.csv: 'UTF-16 without a byte-order mark, or no text': UTF-8; save it as CSV, UTF-8, "
        "with commas",
    ),
    "Windows-1252": (
        content("sources", lambda text: text.encode("cp1252")),
        "sources.csv line 2: ' yesterday’s is of 1': UTF-8; it looks like Windows-1252: save "
        "it as CSV, UTF-8, with commas",
    ),
    "CRLF": (
        content("claims", lambda text: text.replace("\n", "\r\n")),
        "claims.csv: '\\r\\n': lines that end in LF; `make tidy` mends it",
    ),
    "CR": (
        content("claims", lambda text: text.replace("\n", "\r")),
        "claims.csv: '\\r': lines that end in LF; `make tidy` mends it",
    ),
    "a cell of 140,000 characters": (
        cell("claims", "DE-03", "paraphrase", "so " * 46_700 + "."),
        "claims.csv DE-03 paraphrase: 'so so so so so so so so so so so so so so so so so so so s…"
        ": at most 30 words",
    ),
    "a Google Sheets export": (
        content("terms", lambda text: text.removesuffix("\n").replace("\n", "\r\n")),
        "terms.csv: '\\r\\n': lines that end in LF; `make tidy` mends it\n"
        "terms.csv line 5: '…y,icd-203,5,20,The directive’s own range': a line end after the "
        "last row; `make tidy` mends it",
    ),
    "a Google Sheets export that was cut off": (
        content("terms", lambda text: text[:-28].replace("\n", "\r\n")),
        "terms.csv: '\\r\\n': lines that end in LF; `make tidy` mends it\n"
        "terms.csv very unlikely/icd-203 (line 5): '4 cells': 5 cells; a cell is missing at low\n"
        "terms.csv line 5: 'very unlikely,icd-203,5,2': a line end after the last row; "
        "the file may have been cut off: compare it with an older copy",
    ),
    "every cell in quotation marks": (
        content(
            "terms",
            lambda text: "".join(
                ",".join(f'"{cell}"' for cell in row) + "\n"
                for row in csv.reader(text.splitlines())
            ),
        ),
        'terms.csv line 1: \'"term","yardstick","low","high","why"\': quotation marks only '
        "around cells that need them; `make tidy` mends it",
    ),
    "semicolons for commas": (
        content("events", lambda text: text.replace(";", "+").replace(",", ";")),
        "events.csv line 1: 'event_id;title;label;kind;start;end;precision;earliest;lat…: "
        "commas between cells; it looks separated by semicolons: "
        "save it as CSV, UTF-8, with commas",
    ),
    "tabs for commas": (
        content("events", lambda text: text.replace(",", "\t")),
        "events.csv line 1: 'event_id\\ttitle\\tlabel\\tkind\\tstart\\tend\\tprecision\\tearli…: "
        "commas between cells; it looks separated by tabs: save it as CSV, UTF-8, with commas",
    ),
    "a workbook under the name of a table": (
        content("claims", lambda _: b"PK\x03\x04" + bytes(200)),
        'claims.csv: "a spreadsheet\'s own format": text with commas between cells; '
        "save it as CSV, UTF-8, with commas",
    ),
    "an empty file": (
        content("claims", lambda _: b""),
        "claims.csv: 'nothing': a first line that names the columns; take it from an older copy",
    ),
    "a file of blank lines": (
        content("claims", lambda _: b"\n\n"),
        "claims.csv: 'blank lines': a first line that names the columns; "
        "take it from an older copy",
    ),
    "the first line deleted": (
        content("terms", lambda text: text.split("\n", 1)[1]),
        "terms.csv line 1: 'likely,icd-203,55,80,The directive’s own range': the names of "
        "the columns: term,yardstick,low,high,why; was the first line deleted?",
    ),
    "cut off within a row": (
        content("judgements", lambda text: text[:-20]),
        "judgements.csv line 4: '…parties says that they are over,,A signe': a line end "
        "after the last row; the file may have been cut off: compare it with an older copy",
    ),
    "cut off after the last cell": (
        content("judgements", lambda text: text.rstrip("\n")),
        "judgements.csv line 4: '…hey are over,,A signed paper on the dues': a line end "
        "after the last row; the file may have been cut off: compare it with an older copy",
    ),
    "a missing file": (
        replace_file("places.csv", lambda file: None),
        "places.csv: 'missing': a file that can be read",
    ),
    "a file under another name": (
        replace_file("places.csv", lambda file: file.with_name("places (1).csv").write_text("")),
        "places.csv: 'missing': a file that can be read; did you mean 'places (1).csv'?",
    ),
    "a workbook beside": (
        replace_file("places.csv", lambda file: file.with_name("Places.xlsx").write_text("")),
        "places.csv: 'missing': a file that can be read; did you mean 'Places.xlsx'?",
    ),
    "a folder in its place": (
        replace_file("places.csv", Path.mkdir),
        "places.csv: 'a folder': a file that can be read",
    ),
    "a pipe in its place": (
        replace_file("places.csv", os.mkfifo),
        "places.csv: 'not a file': a file that can be read",
    ),
    "a link that leads nowhere": (
        replace_file("places.csv", lambda file: file.symlink_to("nowhere.csv")),
        "places.csv: 'missing': a file that can be read",
    ),
    "a quotation mark that is not closed": (
        content("judgements", lambda text: text.replace("talks-failed,", 'talks-failed,"')),
        "judgements.csv line 4: 'talks-failed,\"2,talks,The talks ended with an agreement,t"
        "a…: a row of cells as CSV writes them; is a quotation mark not closed? the rows "
        "from here on were not read",
    ),
    "a quotation mark inside a cell": (
        content(
            "judgements",
            lambda text: text.replace("straits-open,1,", 'straits-open,1,"Norrland"'),
        ),
        'judgements.csv line 3: \'straits-open,1,"Norrland"forecast,The straits were open '
        "un…: a row of cells as CSV writes them; is a quotation mark inside a cell not "
        "doubled? the rows from here on were not read",
    ),
    "no datapackage": (
        replace_file("datapackage.json", lambda file: None),
        "datapackage.json: 'No such file or directory': a file that can be read",
    ),
    "a datapackage that is not JSON": (
        replace_file("datapackage.json", lambda file: file.write_text('{"resources": [}')),
        "datapackage.json line 1: 'Expecting value': JSON",
    ),
    "a datapackage without tables": (
        replace_file(
            "datapackage.json", lambda file: file.write_text('{"name": "harbour-question"}')
        ),
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
        "terms.csv line 1 column 2: 'yard stick': only columns of the table; "
        "did you mean 'yardstick'?",
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
        "terms.csv line 1: 'term,yardstick,high,low,why': the columns in their order: "
        "term,yardstick,low,high,why",
    ),
    "an empty row": (
        rows("terms", lambda cells: cells.insert(2, [])),
        "terms.csv line 3: '': no empty rows; `make tidy` mends it",
    ),
    "empty rows at the end, as a spreadsheet leaves them": (
        rows("terms", lambda cells: cells.extend([[""] * 5] * 300)),
        "terms.csv lines 6-305: '': no empty rows; `make tidy` mends it",
    ),
    "a cell too few": (
        rows("events", row("boats-anchor", lambda row: [*row[:3], *row[4:]])),
        "events.csv boats-anchor (line 3): '12 cells': 13 cells; a cell is missing at kind",
    ),
    "a cell too many": (
        rows("events", row("boats-anchor", lambda row: [*row[:4], "", *row[4:]])),
        "events.csv boats-anchor (line 3): '14 cells': 13 cells; an empty cell too many at start",
    ),
    "a comma in a cell without quotation marks": (
        content(
            "judgements",
            lambda text: text.replace("were open until", "were open, until"),
        ),
        "judgements.csv straits-open (line 3): '11 cells': 10 cells; a cell with commas stands "
        "in quotation marks: title",
    ),
    "cells shifted to the left": (
        rows("claims", row("HP-02", lambda row: [*row[:9], *row[10:], ""])),
        "claims.csv HP-02 also: 'event': cells under their own columns; the cells from also "
        "on stand one too far to the left",
    ),
    "cells shifted to the left over a required one": (
        rows("events", row("talks-havn", lambda row: [*row[:6], *row[7:], ""])),
        "events.csv talks-havn precision: '2031-06-10': cells under their own columns; the "
        "cells from precision on stand one too far to the left",
    ),
    "cells shifted to the right, as a spreadsheet saves them": (
        rows(
            "events",
            lambda cells: [row.insert(3 if row[0] == "boats-anchor" else 13, "") for row in cells],
        ),
        "events.csv line 1: '14 columns': 13 columns; delete those at the end that have no name\n"
        "events.csv boats-anchor (line 3): '14 cells': 13 cells; an empty cell too many at kind",
    ),
    "a row twice": (
        rows("terms", lambda cells: cells.insert(2, cells[2])),
        "terms.csv likely/none term/yardstick: 'likely/none': no two rows alike in this; "
        "lines 3 and 4 are; the rows are the same: delete all but one",
    ),
    "a key twice": (
        cell("claims", "HP-01", "claim_id", "HP-02"),
        "claims.csv HP-02 claim_id: 'HP-02': no two rows alike in this; lines 8 and 9 are\n"
        "evidence.csv talks-failed/HP-01 claim_id: 'HP-01': must stand in claims.csv as "
        "claim_id; did you mean 'HP-04' or 'HP-03'?\n"
        "set_aside.csv HP-01 claim_id: 'HP-01': must stand in claims.csv as claim_id; did you "
        "mean 'HP-04' or 'HP-03'?",
    ),
    "a key of several columns twice": (
        rows("terms", lambda cells: cells.insert(3, [*cells[2][:4], "Says so"])),
        "terms.csv likely/none term/yardstick: 'likely/none': no two rows alike in this; "
        "lines 3 and 4 are",
    ),
    "a code that two sources share": (
        cell("sources", "daily-example-2031-06-14", "code", "HP"),
        "sources.csv daily-example-2031-06-14 code: 'HP': no two rows alike in this; lines 3 "
        "and 4 are",
    ),
    "rows out of order": (
        rows("terms", lambda cells: cells.insert(1, cells.pop(2))),
        "terms.csv likely/icd-203 term/yardstick: 'likely/icd-203': rows sorted by key; it "
        "stands after 'likely/none'; `make tidy` mends it",
    ),
    # ---- cells
    "a space at the end": (
        cell("claims", "HP-02", "theme", "closure "),
        "claims.csv HP-02 theme: 'closure ': no space at either end; did you mean 'closure'?",
    ),
    "a no-break space at the beginning": (
        cell("claims", "HP-02", "paraphrase", "\u00a0Norrland helps"),
        "claims.csv HP-02 paraphrase: '\\xa0Norrland helps': no space at either end; did you "
        "mean 'Norrland helps'?",
    ),
    "an empty cell": (
        cell("claims", "HP-02", "theme", ""),
        "claims.csv HP-02 theme: '': must not be empty",
    ),
    "a theme misspelt": (
        cell("claims", "HP-02", "theme", "clousure"),
        "claims.csv HP-02 theme: 'clousure': allowed: closure, talks, forecast, background; "
        "did you mean 'closure'?",
    ),
    "a theme in capitals, with a space": (
        cell("coding/settlements", "x1", "stage", "Third reading"),
        "coding/settlements.csv x1 stage: 'Third reading': allowed: difference, "
        "third-reading, relay; did you mean 'third-reading'?",
    ),
    "a difference settled between a pass and nobody": (
        cell("coding/settlements", "2", "second_pass", ""),
        "coding/settlements.csv 2 second_pass: '': the name of a pass, unless stage is "
        "third-reading",
    ),
    "a difference settled between a pass and one that there is not": (
        cell("coding/settlements", "2", "second_pass", "tow"),
        "coding/settlements.csv 2 second_pass: 'tow': must stand in coding/coders.csv as coder; "
        "did you mean 'two'?",
    ),
    "a theme of no likeness": (
        cell("claims", "HP-02", "theme", "weather"),
        "claims.csv HP-02 theme: 'weather': allowed: closure, talks, forecast, background",
    ),
    "a claim's id in small letters": (
        cell("claims", "HP-01", "claim_id", "hp-1"),
        "claims.csv hp-1 claim_id: 'hp-1': must match [A-Z][A-Z0-9]{1,9}-[0-9]{2,}; did you mean "
        "'HP-01'?\n"
        "evidence.csv talks-failed/HP-01 claim_id: 'HP-01': must stand in claims.csv as "
        "claim_id; did you mean 'hp-1' or 'HP-04'?\n"
        "set_aside.csv HP-01 claim_id: 'HP-01': must stand in claims.csv as claim_id; did you "
        "mean 'hp-1' or 'HP-04'?",
    ),
    "a day first": (
        cell("claims", "HP-01", "stated_on", "3.12.2030"),
        "claims.csv HP-01 stated_on: '3.12.2030': a day as YYYY-MM-DD; did you mean '2030-12-03'?",
    ),
    "a month first, or a day": (
        cell("claims", "HP-01", "stated_on", "3/12/2030"),
        "claims.csv HP-01 stated_on: '3/12/2030': a day as YYYY-MM-DD; did you mean "
        "'2030-12-03' or '2030-03-12'?",
    ),
    "the name of a month": (
        cell("claims", "HP-01", "stated_on", "3 December 2030"),
        "claims.csv HP-01 stated_on: '3 December 2030': a day as YYYY-MM-DD; did you mean "
        "'2030-12-03'?",
    ),
    "an American day": (
        cell("claims", "HP-01", "stated_on", "Dec 3, 2030"),
        "claims.csv HP-01 stated_on: 'Dec 3, 2030': a day as YYYY-MM-DD; did you mean "
        "'2030-12-03'?",
    ),
    "a day with an hour": (
        cell("claims", "HP-01", "stated_on", "2030-07-03 00:00:00"),
        "claims.csv HP-01 stated_on: '2030-07-03 00:00:00': a day as YYYY-MM-DD; did you "
        "mean '2030-07-03'?",
    ),
    "a day that does not exist": (
        cell("claims", "HP-01", "stated_on", "2030-02-30"),
        "claims.csv HP-01 stated_on: '2030-02-30': a day as YYYY-MM-DD; 2030-02 has 28 days",
    ),
    "a month that does not exist": (
        cell("claims", "HP-01", "stated_on", "2030-13-04"),
        "claims.csv HP-01 stated_on: '2030-13-04': a day as YYYY-MM-DD; did you mean '2030-04-13'?",
    ),
    "a day as a spreadsheet counts it": (
        cell("claims", "HP-01", "stated_on", "47820"),
        "claims.csv HP-01 stated_on: '47820': a day as YYYY-MM-DD; did you mean '2030-12-03'?",
    ),
    "a day in words": (
        cell("claims", "HP-01", "stated_on", "last Friday"),
        "claims.csv HP-01 stated_on: 'last Friday': a day as YYYY-MM-DD",
    ),
    "an end before the start": (
        several(
            cell("claims", "DE-04", "event_start", "2031-06-02"),
            cell("claims", "DE-04", "event_end", "2031-06-01"),
        ),
        "claims.csv DE-04 event_end: '2031-06-01': not before event_start, 2031-06-02; are "
        "the two swapped?",
    ),
    "a statement after publication": (
        cell("claims", "HP-01", "stated_on", "2032-07-11"),
        "claims.csv HP-01 stated_on: '2032-07-11': not after the source was published",
    ),
    "a date without a basis": (
        cell("claims", "CW-01", "event_start", "2031-08-15"),
        "claims.csv CW-01 date_basis: 'none': none exactly where the event has no date",
    ),
    "an offset past the end": (
        cell("claims", "HP-02", "end", "999999"),
        "claims.csv HP-02 end: '999999': at most the 349 characters of harbour-post-2031-08",
    ),
    "a negative offset": (
        cell("claims", "HP-02", "start", "-1"),
        "claims.csv HP-02 start: '-1': at least 0",
    ),
    "offsets swapped": (
        several(cell("claims", "HP-01", "start", "200"), cell("claims", "HP-01", "end", "190")),
        "claims.csv HP-01 end: '190': after start, 200; are start and end swapped?",
    ),
    "a span too short for its words": (
        cell("claims", "HP-02", "words", "900"),
        "claims.csv HP-02 words: '900': no more words than 81 characters can hold",
    ),
    "an offset with a comma": (
        cell("claims", "HP-01", "end", "1,234"),
        "claims.csv HP-01 end: '1,234': a whole number in digits; did you mean '1234'?",
    ),
    "an offset with decimals": (
        cell("claims", "HP-01", "end", "1234.0"),
        "claims.csv HP-01 end: '1234.0': a whole number in digits; did you mean '1234'?",
    ),
    "an offset as an exponent": (
        cell("claims", "HP-01", "end", "1e3"),
        "claims.csv HP-01 end: '1e3': a whole number in digits; did you mean '1000'?",
    ),
    "Arabic digits": (
        cell("claims", "HP-01", "end", "١٢٣٤"),
        "claims.csv HP-01 end: '١٢٣٤': a whole number in digits; did you mean '1234'?",
    ),
    "a nought before a number": (
        cell("claims", "HP-01", "end", "01234"),
        "claims.csv HP-01 end: '01234': a whole number in digits; did you mean '1234'?",
    ),
    "a number too long to count": (
        cell("claims", "HP-01", "end", "9" * 400),
        "claims.csv HP-01 end: '9999999999999999999999999999999999999999999999999999999999…: "
        "a whole number in digits",
    ),
    "a decimal comma": (
        cell("places", "havn", "latitude", "41,2000"),
        "places.csv havn latitude: '41,2000': a number in digits, with a point for decimals; "
        "did you mean '41.2000'?",
    ),
    "a minus from a text": (
        cell("places", "havn", "latitude", "\u221241.2"),
        "places.csv havn latitude: '−41.2': a number in digits, with a point for decimals; "
        "did you mean '-41.2'?",
    ),
    "a latitude past the pole": (
        cell("places", "havn", "latitude", "91"),
        "places.csv havn latitude: '91': at most 90",
    ),
    "a latitude without a longitude": (
        cell("places", "havn", "longitude", ""),
        "places.csv havn longitude: '': latitude and longitude, or neither",
    ),
    "a hash rounded by a spreadsheet": (
        cell("claims", "HP-02", "anchor", "7.3E+15"),
        "claims.csv HP-02 anchor: '7.3E+15': must match [0-9a-f]{16}; a spreadsheet has "
        "taken it for a number and rounded it: take it from an older copy of the table",
    ),
    "a hash in capitals": (
        cell("claims", "HP-02", "head", "00FF00FF00FF00FF"),
        "claims.csv HP-02 head: '00FF00FF00FF00FF': must match [0-9a-f]{16}; did you mean "
        "'00ff00ff00ff00ff'?",
    ),
    "a quantity in words": (
        cell("claims", "HP-02", "quantity", "many"),
        "claims.csv HP-02 quantity: 'many': a number in digits, with a point for decimals",
    ),
    "a quantity without a unit": (
        cell("claims", "HP-02", "quantity", "7"),
        "claims.csv HP-02 unit: '': stands where quantity stands",
    ),
    "a limit without a quantity": (
        cell("claims", "HP-02", "quantity_word", "about"),
        "claims.csv HP-02 quantity_word: 'about': stands only where quantity stands",
    ),
    "a range whose end is below its beginning": (
        cell("claims", "HP-04", "quantity_to", "5"),
        "claims.csv HP-04 quantity_to: '5': above quantity, 6",
    ),
    "a unit that is not listed": (
        cell("claims", "HP-04", "unit", "week"),
        "claims.csv HP-04 unit: 'week': allowed: patrol boats, ships, weeks; did you mean 'weeks'?",
    ),
    "a denial of nothing": (
        cell("claims", "DE-03", "denies", ""),
        "claims.csv DE-03 denies: '': stands where kind is denial or absence, and only there",
    ),
    "a statement that denies": (
        cell("claims", "HP-01", "denies", "talks"),
        "claims.csv HP-01 denies: 'talks': stands where kind is denial or absence, and only there",
    ),
    "a denial of a claim that there is not": (
        cell("claims", "CW-01", "denies", "HP-20"),
        "claims.csv CW-01 denies: 'HP-20': the id of a claim or an event, or up to five words; "
        "did you mean 'HP-04' or 'HP-03'?",
    ),
    "an outcome without a bearing": (
        cell("claims", "HP-02", "bearing", ""),
        "claims.csv HP-02 bearing: '': stands where on stands, and only there",
    ),
    "a bearing on nothing": (
        cell("claims", "HP-02", "on", ""),
        "claims.csv HP-02 bearing: 'raises': stands where on stands, and only there",
    ),
    "a corrupt claim as evidence": (
        cell("claims", "HP-01", "verification", "corrupt"),
        "evidence.csv talks-failed/HP-01 claim_id: 'HP-01': a claim that is not corrupt",
    ),
    "two sources with one file": (
        cell("sources", "harbour-post-2031-08", "file", "coast-wire.txt"),
        "sources.csv coast-wire-2031-09-02 part: '': another part of coast-wire.txt for each of "
        "its sources\n"
        "sources.csv harbour-post-2031-08 part: '': another part of coast-wire.txt for each of "
        "its sources",
    ),
    "a passage of a source that is coded whole": (
        cell("sources", "harbour-post-2031-08", "scope", "whole"),
        "passages.csv harbour-post-2031-08/1 source_id: 'harbour-post-2031-08': a source whose "
        "scope is passages\n"
        "passages.csv harbour-post-2031-08/2 source_id: 'harbour-post-2031-08': a source whose "
        "scope is passages",
    ),
    "a list with a trailing semicolon": (
        cell("claims", "HP-02", "chain", "harbour-post;"),
        "claims.csv HP-02 chain: 'harbour-post;': items joined by ';', none empty; did you "
        "mean 'harbour-post'?",
    ),
    "a list with spaces": (
        cell("claims", "HP-02", "chain", "harbour-post; iss"),
        "claims.csv HP-02 chain: 'harbour-post; iss': no spaces around items; did you mean "
        "'harbour-post;iss'?",
    ),
    "a list with commas": (
        cell("claims", "HP-02", "chain", "harbour-post,iss"),
        "claims.csv HP-02 chain: 'harbour-post,iss': must stand in actors.csv as actor_id; "
        "did you mean 'harbour-post;iss'?",
    ),
    "an item twice": (
        cell("claims", "HP-02", "places", "norrland;norrland"),
        "claims.csv HP-02 places: 'norrland;norrland': each item once; did you mean 'norrland'?",
    ),
    "a chain the wrong way round": (
        cell("claims", "HP-02", "chain", "iss;harbour-post"),
        "claims.csv HP-02 chain: 'iss;harbour-post': begins with the source's outlet, "
        "harbour-post; did you mean 'harbour-post;iss'?",
    ),
    "an unknown actor": (
        cell("claims", "HP-02", "chain", "harbour-post;sis"),
        "claims.csv HP-02 chain: 'sis': must stand in actors.csv as actor_id; did you mean 'iss'?",
    ),
    "an unknown place": (
        cell("claims", "HP-02", "places", "havnn"),
        "claims.csv HP-02 places: 'havnn': must stand in places.csv as place_id; did you "
        "mean 'havn'?",
    ),
    "an unknown theme among the others": (
        cell("claims", "HP-02", "also", "forcast"),
        "claims.csv HP-02 also: 'forcast': allowed: closure, talks, forecast, background; "
        "did you mean 'forecast'?",
    ),
    "its own theme among the others": (
        cell("claims", "HP-02", "also", "closure"),
        "claims.csv HP-02 also: 'closure': themes other than the claim's own",
    ),
    "an unknown event": (
        cell("claims", "HP-02", "event_id", "barriers"),
        "claims.csv HP-02 event_id: 'barriers': must stand in events.csv as event_id; did "
        "you mean 'barrier'?",
    ),
    "an unknown term": (
        cell("claims", "HP-02", "term", "likly"),
        "claims.csv HP-02 term: 'likly': must stand in terms.csv for yardstick none; did you "
        "mean 'likely'?",
    ),
    "a term too long": (
        cell("claims", "HP-02", "term", "one two three four five six"),
        "claims.csv HP-02 term: 'one two three four five six': at most 5 words",
    ),
    "an unknown source": (
        cell("claims", "HP-02", "source_id", "harbour-post-2031-80"),
        "claims.csv HP-02 source_id: 'harbour-post-2031-80': must stand in sources.csv as "
        "source_id; did you mean 'harbour-post-2031-08'?",
    ),
    "another source's id": (
        cell("claims", "HP-02", "source_id", "daily-example-2031-06-14"),
        "claims.csv HP-02 source_id: 'daily-example-2031-06-14': ids of its claims begin "
        "with DE-; did you mean 'harbour-post-2031-08'?\n"
        "claims.csv HP-02 chain: 'harbour-post': begins with the source's outlet, daily-example",
    ),
    "a dangling relation": (
        cell("relations", "HP-02", "claim_b", "HP-99"),
        "relations.csv HP-02/supports/HP-99 claim_b: 'HP-99': must stand in claims.csv as "
        "claim_id; did you mean 'HP-04' or 'HP-03'?",
    ),
    "a relation of a claim to itself": (
        cell("relations", "HP-02", "claim_b", "HP-02"),
        "relations.csv HP-02/supports/HP-02 claim_b: 'HP-02': another claim than claim_a",
    ),
    "a forecasting claim without a forecast": (
        rows("forecasts", lambda cells: cells.pop(1)),
        "forecasts.csv CW-02 claim_id: '': a row for every claim on the forecast",
    ),
    "a forecast of another event than its claim bears on": (
        cell("forecasts", "HP-03", "event", "blockade"),
        "forecasts.csv HP-03 event: 'blockade': none or what the claim bears on, closing",
    ),
    "an event that no claim reports": (
        rows("events", lambda cells: cells.insert(1, ["aaa", *cells[1][1:]])),
        "events.csv aaa event_id: 'aaa': an event that a claim reports",
    ),
    "an event of a day without a day": (
        cell("events", "barrier", "start", ""),
        "events.csv barrier start: '': precision day needs start and end",
    ),
    "an event until a day without that day": (
        several(
            cell("events", "barrier", "precision", "until"),
            cell("events", "barrier", "start", ""),
            cell("events", "barrier", "end", ""),
        ),
        "events.csv barrier end: '': precision until needs the end, and leaves the start empty",
    ),
    "an event that ends before it starts": (
        several(
            cell("events", "closure-1987", "start", "1987-06-05"),
            cell("events", "closure-1987", "end", "1987-06-04"),
        ),
        "events.csv closure-1987 end: '1987-06-04': not before start, 1987-06-05; are the "
        "two swapped?",
    ),
    "a term's range turned round": (
        several(cell("terms", "likely", "low", "60"), cell("terms", "likely", "high", "40")),
        "terms.csv likely/icd-203 high: '40': not below low, 60; are the two swapped?",
    ),
    "a paraphrase too long": (
        cell("claims", "HP-02", "paraphrase", " ".join(["word"] * 31)),
        "claims.csv HP-02 paraphrase: 'word word word word word word word word word word "
        "word wor…: at most 30 words",
    ),
    "an address that runs a script": (
        cell("sources", "harbour-post-2031-08", "url", "javascript:alert(1)"),
        "sources.csv harbour-post-2031-08 url: 'javascript:alert(1)': must match "
        "https?://[A-Za-z0-9._~:/?#@!$&*+,=%-]+",
    ),
    "an address without its scheme": (
        cell("sources", "harbour-post-2031-08", "url", "example.org/a"),
        "sources.csv harbour-post-2031-08 url: 'example.org/a': must match "
        "https?://[A-Za-z0-9._~:/?#@!$&*+,=%-]+; did you mean 'https://example.org/a'?",
    ),
    "a file outside the folder": (
        cell("sources", "harbour-post-2031-08", "file", "../../etc/passwd"),
        "sources.csv harbour-post-2031-08 file: '../../etc/passwd': must match "
        "[A-Za-z0-9][A-Za-z0-9._-]*",
    ),
    "a correction of no table": (
        content("corrections", lambda text: text + "2032-01-01,claim,HP-02,theme,a,b,c\n"),
        "corrections.csv 2032-01-01/claim/HP-02/theme table: 'claim': the name of a table; "
        "did you mean 'claims'?",
    ),
    # ---- characters
    "a NUL byte": (
        cell("claims", "HP-02", "paraphrase", "Norrland\0 helps"),
        "claims.csv HP-02 paraphrase: 'Norrland\\x00 helps': no line breaks, controls, marks "
        "of direction or other characters that are not seen; did you mean 'Norrland helps'?",
    ),
    "a line break in a cell": (
        cell("claims", "HP-02", "paraphrase", "Norrland\nhelps"),
        "claims.csv HP-02 paraphrase: 'Norrland\\nhelps': no line breaks, controls, marks of "
        "direction or other characters that are not seen; did you mean 'Norrland helps'?",
    ),
    "a right-to-left override": (
        cell(
            "claims",
            "HP-02",
            "paraphrase",
            "Norrland helps Ostria by letting it carry out \u202eattacks",
        ),
        "claims.csv HP-02 paraphrase: '…etting it carry out \\u202eattacks': no line breaks, "
        "controls, marks of direction or other characters that are not seen; did you mean "
        "'Norrland helps Ostria by letting it carry out attacks'?",
    ),
    "a zero-width space": (
        cell("claims", "HP-02", "theme", "clo\u200bsure"),
        "claims.csv HP-02 theme: 'clo\\u200bsure': no line breaks, controls, marks of "
        "direction or other characters that are not seen; did you mean 'closure'?",
    ),
    "a character that was lost": (
        cell("claims", "HP-02", "paraphrase", "Norrland\ufffds army"),
        "claims.csv HP-02 paraphrase: 'Norrland�s army': no sign of a character that was lost",
    ),
    "a text decoded as Windows-1252": (
        cell("claims", "HP-02", "paraphrase", "Norrlandâ€™s army helps"),
        "claims.csv HP-02 paraphrase: 'Norrlandâ€™s army helps': text that was decoded as what it "
        "is, UTF-8; did you mean 'Norrland’s army helps'?",
    ),
    "a text decoded as Windows-1252, with bytes that it does not have": (
        cell(
            "claims",
            "HP-02",
            "paraphrase",
            "Norrland, as it says itself, is “neutral”".encode().decode("latin-1"),
        ),
        "claims.csv HP-02 paraphrase: '… it says itself, is â\\x80\\x9cneutralâ\\x80\\x9d': text "
        "that was decoded as what it is, UTF-8; did you mean '… it says itself, is “neutral”'?",
    ),
    "a text decoded as Windows-1251": (
        cell("claims", "HP-02", "paraphrase", "Паромы ходят".encode().decode("cp1251")),
        "claims.csv HP-02 paraphrase: 'РџР°СЂРѕРјС‹ С…РѕРґСЏС‚': text that was decoded as what "
        "it is, UTF-8; did you mean 'Паромы ходят'?",
    ),
    "a text decoded as Mac Roman": (
        cell("claims", "HP-02", "paraphrase", "Паромы ходят".encode().decode("mac_roman")),
        "claims.csv HP-02 paraphrase: '–ü–∞—Ä–æ–º—ã —Ö–æ–¥—è—Ç': text that was decoded as what "
        "it is, UTF-8; did you mean 'Паромы ходят'?",
    ),
    "a text of which a part was decoded as Windows-1252": (
        cell("claims", "HP-02", "paraphrase", "Łódź: Norrlandâ€™s army"),
        "claims.csv HP-02 paraphrase: 'Łódź: Norrlandâ€™s army': text that was decoded as "
        "what it is, UTF-8; did you mean 'Łódź: Norrland’s army'?",
    ),
    "a text decoded wrongly twice": (
        cell("claims", "HP-02", "paraphrase", "NorrlandÃ¢â‚¬â„¢s army"),
        "claims.csv HP-02 paraphrase: 'NorrlandÃ¢â‚¬â„¢s army': text that was decoded as what it "
        "is, UTF-8; did you mean 'Norrland’s army'?",
    ),
    "an accent apart from its letter": (
        cell("claims", "HP-02", "paraphrase", "The cafe\u0301 is open"),
        "claims.csv HP-02 paraphrase: 'The cafe\u0301 is open': each letter and its accents as one "
        "character (NFC); `make tidy` mends it",
    ),
    "a formula": (
        cell("claims", "HP-02", "paraphrase", '=HYPERLINK("https://example.org","x")'),
        'claims.csv HP-02 paraphrase: \'=HYPERLINK("https://example.org","x")\': no = + - @ at '
        "the beginning or after a semicolon, which a spreadsheet takes for a formula",
    ),
    "a formula after a semicolon": (
        cell("claims", "HP-02", "paraphrase", "Norrland helps; +1 for Ostria"),
        "claims.csv HP-02 paraphrase: 'Norrland helps; +1 for Ostria': no = + - @ at the "
        "beginning or after a semicolon, which a spreadsheet takes for a formula",
    ),
    "a script where an id stands": (
        cell("claims", "HP-02", "event_id", "<script>alert(1)</script>"),
        "claims.csv HP-02 event_id: '<script>alert(1)</script>': must stand in events.csv as "
        "event_id",
    ),
}
