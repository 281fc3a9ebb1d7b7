"""Tables mutated at random: no mutation breaks the loader, and none that is forbidden gets through.

What is forbidden is stated here a second time, from the schema as JSON and with other means than
the loader's.
"""

import csv
import io
import random
import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from claimbook.corpus import model
from claimbook.corpus.schema import to_typed
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.corpus.validation.table_checks import check_tables
from claimbook.paths import project
from support.made_up_report import derive_datapackage

pytestmark = pytest.mark.whole  # seconds, together

PACKAGE = {resource["name"]: resource for resource in derive_datapackage()["resources"]}
THEMES = {
    theme
    for field in PACKAGE["claims"]["schema"]["fields"]
    if field["name"] == "theme"
    for theme in field["constraints"]["enum"]
}
MUTATED = 10  # rows of a table that are mutated
MUTATIONS = 60  # of each table
PIECES = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b'"',
    b'""',
    b",",
    b";",
    b"\r\n",
    b"\r",
    b"\n",
    b"\n\n",
    b"\t",
    b"\xe2\x80\xae",
    b"\xc2\xa0",
    b"\xed\xa0\x80",
]
VALUES = [
    "",
    " ",
    "0",
    "-0",
    "00",
    "-1",
    "007",
    "1e9",
    "1.",
    ".5",
    "+1",
    "9" * 20,
    "9" * 400,
    "NaN",
    "inf",
    "١٢",
    "２０２２-12-03",
    "1,5",
    "0x10",
    "1_000",
    "2022-12-03",
    "2022-02-29",
    "2022-2-3",
    "3.12.2022",
    "44898",
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "2022-W48-6",
    "20221203",
    "none",
    "None",
    "iss",
    "iss;iss",
    "iss;",
    ";iss",
    "iss;nobody",
    "HP-02",
    "hp-02",
    "HP-02\n",
    "closure",
    "Closure",
    "closurе",
    "=1+1",
    "a;=1",
    "@x",
    "-",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "https://example.org/a b",
    "https://example.org/)",
    "../x",
    "a\u202eb",
    "a\u200bb",
    "a\u00adb",
    "a\ufeffb",
    "a\ufffeb",
    "a\ue000b",
    "a\u2028b",
    "a\x00b",
    "a\x1bb",
    "a\x85b",
    "a\ufffdb",
    "\u00a0a",
    "a\u3164",
    "word " * 50,
    "a" * 70_000,
    "e\u0301",
    "🏳️‍🌈",
    "“quoted”",
    'say "x"',
    "a,b",
    "a|b",
    "$x$",
    "{claim}`HP-02`",
]


@pytest.fixture(scope="module")
def raw():
    """All tables as text cells, as they stand."""
    return model.read_tables(project().data).raw


def rendered(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def changed_bytes(content: bytes, draw: random.Random) -> bytes:
    """One change at the level of bytes."""
    at = draw.randrange(len(content))
    to = min(len(content), at + draw.choice([1, 1, 2, 8, 100]))
    return draw.choice(
        [
            lambda: content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :],
            lambda: content[:at] + draw.choice(PIECES) + content[at:],
            lambda: content[:at] + content[to:],
            lambda: content[:to] + content[at:],
            lambda: content[:at],
            lambda: content[:at] + content[at:to][::-1] + content[to:],
            lambda: content.replace(
                *draw.choice(
                    [(b",", b";"), (b"\n", b"\r\n"), (b"-", b"/"), (b'"', b""), (b"0", b"O")]
                )
            ),
            lambda: content.decode("utf-8", "ignore").encode(
                draw.choice(["utf-16", "utf-8-sig", "utf-16-le"])
            ),
        ]
    )()


def changed_cells(rows: list[list[str]], draw: random.Random) -> list[list[str]]:
    """One change at the level of cells, rows and columns."""
    rows = [list(row) for row in rows]
    if len(rows) == 1:
        rows.append(["x"] * len(rows[0]))
    row, other = draw.choice(rows[1:]), draw.choice(rows)
    at = draw.randrange(len(row))
    neighbour = other[min(at, len(other) - 1)]  # a row that was cut before may be shorter
    into = draw.choice(
        [
            "value",
            "value",
            "value",
            "cell",
            "near",
            "both",
            "left",
            "right",
            "twice",
            "gone",
            "up",
            "column",
            "row",
        ]
    )
    if into == "value":
        row[at] = draw.choice(VALUES)
    elif into == "cell":
        row[at] = draw.choice(other)
    elif into == "near" and row[at]:
        mark = draw.randrange(len(row[at]))
        row[at] = (
            row[at][:mark] + draw.choice(["", " ", "x", "0", ";", "\u200b"]) + row[at][mark + 1 :]
        )
    elif into == "both":
        row[at] = draw.choice(
            [
                f"{row[at]};{row[at]}",
                f"{row[at]}; {neighbour}",
                f"{row[at]} {neighbour}",
                f"-{row[at]}",
                f"0{row[at]}",
            ]
        )
    elif into == "left":
        row[at:] = [*row[at + 1 :], ""]
    elif into == "right":
        row[at:] = ["", *row[at:-1]]
    elif into == "twice":
        rows.append(list(row))
    elif into == "gone":
        rows.remove(row)
    elif into == "up":
        draw.shuffle(rows)
    elif into == "column":
        for each in rows:
            each.insert(at, each.pop(draw.randrange(len(each))))
    elif into == "row":
        row.pop(at)
    return rows


def forbidden(name: str, content: bytes, values: dict[str, set[str]]) -> list[str]:
    """What the schema forbids in a file, given the values of each `table.column` of all tables."""
    resource = PACKAGE[name]
    fields = resource["schema"]["fields"]
    text = content.decode("utf-8")
    rows = list(csv.reader(text.split("\n"))) if text.endswith("\n") else []
    rows = rows[:-1] if rows and not rows[-1] else rows
    if (
        "\r" in text
        or text.startswith("\ufeff")
        or not rows
        or rows[0] != [field["name"] for field in fields]
    ):
        return ["the form of the file"]
    if any(len(row) != len(fields) for row in rows):
        return ["rows without all cells"]
    found = [
        f"{field['name']}: {row[at]!r}"
        for row in rows[1:]
        for at, field in enumerate(fields)
        if not possible(field, row[at])
    ]
    key = resource["schema"]["primaryKey"]
    key_indexes = [
        at
        for at, field in enumerate(fields)
        if field["name"] in ([key] if isinstance(key, str) else key)
    ]
    keys = [tuple(row[at] for at in key_indexes) for row in rows[1:]]
    found += ["a key twice"] if len(set(keys)) < len(keys) else []
    own = {
        f"{name}.{field['name']}": {row[at] for row in rows[1:]} for at, field in enumerate(fields)
    }
    targets = {
        reference["fields"]: reference["reference"]
        for reference in resource["schema"].get("foreignKeys", [])
    }
    for at, field in enumerate(fields):
        target = field.get("itemsOf", "")
        if reference := targets.get(field["name"]):
            target = f"{reference['resource'] or name}.{reference['fields']}"
        if target and target != "claims.theme":
            allowed = (values | own)[target]
            named = {
                item
                for row in rows[1:]
                for item in (row[at].split(";") if field["type"] == "list" else [row[at]])
                if item
            }
            found += [f"{field['name']} names {item}" for item in named - allowed]
    return found


def possible(field: dict, cell: str) -> bool:
    """Whether a cell may stand in a column."""
    limits = field.get("constraints", {})
    if not cell:
        return not limits.get("required")
    if (
        any(
            unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
            for mark in cell
        )
        or cell != cell.strip()
    ):
        return False
    try:
        if field["type"] == "date":
            return datetime.strptime(cell, "%Y-%m-%d").date().isoformat() == cell
        if field["type"] == "integer":
            number = float(int(cell))
            if str(int(cell)) != cell:
                return False
        if field["type"] == "number":
            number = float(cell)
            if re.search(r"[^-.0-9]", cell):
                return False
        if field["type"] in ("integer", "number"):
            return limits.get("minimum", number) <= number <= limits.get("maximum", number)
    except (ValueError, OverflowError):
        return False
    if any(part.lstrip()[:1] in tuple("=+-@") and part.strip() for part in cell.split(";")):
        return False
    if "enum" in limits and cell not in limits["enum"]:
        return False
    if field.get("itemsOf") == "claims.theme" and not set(cell.split(";")) <= THEMES:
        return False
    patterns = [(limits.get("pattern"), [cell]), (field.get("itemsPattern"), cell.split(";"))]
    if any(
        pattern and not re.compile(rf"(?:{pattern})\Z").match(part)
        for pattern, parts in patterns
        for part in parts
    ):
        return False
    if field["type"] == "list" and (
        not all(cell.split(";")) or len(set(cell.split(";"))) < len(cell.split(";"))
    ):
        return False
    return len(re.findall(r"\S+", cell)) <= field.get("maxWords", 10**6)


def mutate(name: str, raw: dict, folder: Path, times: int) -> tuple[int, int]:
    """Mutate a table again and again; returns how many were refused and how many accepted."""
    tables = model.read_schema()
    table = tables[name]
    part = project().data / table.files[0]
    rows = list(csv.reader(part.open(encoding="utf-8", newline="")))
    own = [
        table.columns.index(column)
        for column, target in table.references.items()
        if target.startswith(f"{name}.")
    ]
    rows = [
        row for number, row in enumerate(rows) if number == 0 or not any(row[at] for at in own)
    ][: MUTATED + 1]  # whole by themselves
    values = {
        f"{other}.{column}": set(frame[column]) for other, frame in raw.items() for column in frame
    }
    (folder / table.files[0]).parent.mkdir(exist_ok=True)
    one = replace(table, files=table.files[:1])
    draw = random.Random(f"{name} 2031")
    refused = accepted = 0
    for _ in range(times):
        mutated = changed_cells(rows, draw)
        if draw.random() < 0.2:
            mutated = changed_cells(mutated, draw)
        content = rendered(mutated)
        if draw.random() < 0.4:
            content = changed_bytes(content, draw)
        (folder / table.files[0]).write_bytes(content)
        read = model.read_table(one, folder)
        faults = read.faults + cells.find_faults(one, read.rows)
        faults += foreign_keys.find_faults(tables, raw | {name: read.rows}, (), faults, only=name)
        assert all(str(fault).isprintable() and len(str(fault)) < 3000 for fault in faults), content
        if faults:
            refused += 1
            continue
        accepted += 1
        assert forbidden(name, content, values) == [], content
        assert len(to_typed(one, read.rows)) == len(read.rows)
    return refused, accepted


@pytest.mark.parametrize("name", PACKAGE)
def test_no_mutation_gets_through_or_breaks_the_loader(name, raw, tmp_path):
    refused, accepted = mutate(name, raw, tmp_path, MUTATIONS)
    assert refused > accepted > 0


@pytest.mark.long
@pytest.mark.parametrize("name", PACKAGE)
def test_no_mutation_of_many_gets_through_or_breaks_the_loader(name, raw, tmp_path):
    refused, accepted = mutate(name, raw, tmp_path, 100 * MUTATIONS)
    assert refused > accepted > 0


def check_mutated(data: Path, times: int, seed: int) -> None:
    """Mutate some tables of a copy at once and check it whole, rules and all, again and again."""
    draw = random.Random(seed)
    whole = {file: file.read_bytes() for file in data.rglob("*.csv")}
    for _ in range(times):
        chosen = draw.sample(sorted(whole), draw.randint(1, 4))
        for file in chosen:
            rows = changed_cells(
                list(csv.reader(io.StringIO(whole[file].decode("utf-8"), newline=""))), draw
            )
            file.write_bytes(
                rendered(rows) if draw.random() < 0.7 else changed_bytes(rendered(rows), draw)
            )
        assert all(str(fault).isprintable() for fault in check_tables(data)[0].faults)
        for file in chosen:
            file.write_bytes(whole[file])


@pytest.fixture
def copied(made_up_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables, with no texts at hand."""
    monkeypatch.setenv("CORPUS_TEXTS", "/nowhere")
    return made_up_copy / "data"


def test_the_rules_run_on_whatever_remains_of_the_tables(copied):
    check_mutated(copied, 10, 2031)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_the_rules_run_on_whatever_remains_of_the_tables_many_times(copied, seed):
    check_mutated(copied, 100, seed)
