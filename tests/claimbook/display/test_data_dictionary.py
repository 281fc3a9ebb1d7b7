"""The data dictionary leaves nothing out, and the links for download lead to files."""

import json
import re
import shutil

import pytest
from claimbook.display.data_dictionary import data_dictionary, file_table
from claimbook.export import archive
from claimbook.paths import project

PACKAGE = {  # a table with a column of each kind, and what a schema may say of their cells
    "resources": [
        {
            "name": "boats",
            "path": "boats.csv",
            "description": "One row for each boat.",
            "schema": {
                "primaryKey": ["boat", "seen"],
                "foreignKeys": [
                    {"fields": "boat", "reference": {"resource": "ships", "fields": "ship_id"}}
                ],
                "fields": [
                    {
                        "name": "boat",
                        "type": "string",
                        "description": "Its ship.",
                        "constraints": {"required": True, "unique": True, "pattern": "[a-z]+"},
                    },
                    {"name": "seen", "type": "date", "description": "When.", "constraints": {}},
                    {
                        "name": "crew",
                        "type": "integer",
                        "description": "Its crew.",
                        "constraints": {"required": True, "minimum": 1, "maximum": 20},
                    },
                    {
                        "name": "latitude",
                        "type": "number",
                        "description": "Where.",
                        "constraints": {"minimum": -90},
                    },
                    {
                        "name": "places",
                        "type": "list",
                        "itemsOf": "places.place_id",
                        "description": "Its ports.",
                    },
                    {
                        "name": "codes",
                        "type": "list",
                        "itemsPattern": "[A-Z]",
                        "description": "Its codes.",
                    },
                    {
                        "name": "fate",
                        "type": "string",
                        "maxWords": 5,
                        "description": "Its fate.",
                        "constraints": {"enum": ["afloat", "sunk"]},
                    },
                ],
            },
        }
    ]
}
TOLD = """One row for each boat. A row is known by `boat` and `seen`.

| Column | What it means and holds |
| `boat` | Its ship. *Text, one of the `ship_id` in ships, of the form `[a-z]+`, no two alike.* |
| `seen` | When. *Day; may be empty.* |
| `crew` | Its crew. *Whole number, from 1 to 20.* |
| `latitude` | Where. *Number, from −90; may be empty.* |
| `places` | Its ports. *List, each one of the `place_id` in places; may be empty.* |
| `codes` | Its codes. *List, of the form `[A-Z]`; may be empty.* |
| `fate` | Its fate. *Text, one of `afloat`, `sunk`, at most 5 words; may be empty.* |"""


def closed_up(markdown: str) -> str:
    """Tables without the rules below their heads and the spaces that fill their columns."""
    rows = [re.sub(r" +", " ", line) for line in markdown.splitlines()]
    return "\n".join(row for row in rows if not row.startswith("|:"))


@pytest.fixture(scope="module")
def unpacked(corpus, tmp_path_factory):
    """A folder as a reader has it who unpacked the archive."""
    folder = tmp_path_factory.mktemp("data")
    archive.write_exports(corpus, folder)
    shutil.unpack_archive(folder / archive.archive_name(), folder)
    return folder


def test_the_dictionary_has_every_column_with_its_meaning_and_its_values():
    told = data_dictionary().myst
    tables = dict(zip(*[iter(re.split(r"```\{rubric\} (\w+)\n", told)[1:])] * 2, strict=True))
    described = json.loads(project().datapackage.read_text("utf-8"))["resources"]
    assert list(tables) == [resource["name"] for resource in described]
    for resource in described:
        rows = re.findall(r"^\| `(\w+)` +\| (.*?) +\|$", tables[resource["name"]], re.MULTILINE)
        fields = resource["schema"]["fields"]
        assert [name for name, _ in rows] == [field["name"] for field in fields]
        for (_, said), field in zip(rows, fields, strict=True):
            limits = field.get("constraints", {})
            assert said.startswith(field["description"])
            assert all(f"`{value}`" in said for value in limits.get("enum", []))
            assert ("may be empty" in said) == (not limits.get("required", False))


def test_a_bar_in_a_pattern_does_not_break_a_row(tmp_path):
    package = json.loads(project().datapackage.read_text("utf-8"))
    package["resources"][0]["schema"]["fields"][0]["constraints"]["pattern"] = "a|b"
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    told = data_dictionary(tmp_path / "datapackage.json").myst
    row = re.search(r"^\| `source_id` .*$", told, re.MULTILINE)[
        0
    ]  # the first is that of the sources
    assert "`a\\|b`" in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 3


def test_every_file_for_download_is_named_and_there(corpus, unpacked):
    linked = re.findall(r'href="\.\./data/([^"]+)"', file_table(corpus).myst)
    here = {str(file.relative_to(unpacked)) for file in unpacked.rglob("*.*") if file.is_file()}
    assert set(linked) == here - {"codebook.md"}
    assert f"{len(corpus.claims)} rows" in file_table(corpus).myst


def test_the_dictionary_says_in_words_all_that_the_schema_demands_of_a_cell(tmp_path):
    (tmp_path / "datapackage.json").write_text(json.dumps(PACKAGE), "utf-8")
    block = data_dictionary(tmp_path / "datapackage.json")
    assert closed_up(block.myst) == f"```{{rubric}} boats\n:name: table-boats\n```\n\n{TOLD}"
    assert closed_up(block.plain) == f"**boats**\n\n{TOLD}"


def test_files_stand_with_their_links_what_they_hold_and_how_much(corpus):
    rows = closed_up(file_table(corpus).myst).splitlines()
    package = json.loads(project().datapackage.read_text("utf-8"))["resources"]
    described = {table["name"]: table["description"] for table in package}
    assert rows[0] == "| File | What it holds |"
    link = '<a href="../data/{0}" download>{0}</a>'.format
    assert f"| {link('claims.csv')} | {described['claims']} *10 rows.* |" in rows
    assert any(f"{link('coding/one.csv')}, {link('coding/two.csv')} |" in row for row in rows)
    told = "What the tables are and what each column may hold, for programs (Data Package)."
    assert f"| {link('datapackage.json')} | {told} |" in rows
    assert "slides" not in rows[-1]


def test_the_slides_can_be_downloaded_where_a_report_has_any(corpus, made_up_copy):
    facts = made_up_copy / "report.toml"
    with_slides = facts.read_text("utf-8").replace("[report]", '[report]\nslides = ["places"]', 1)
    facts.write_text(with_slides, "utf-8")
    deck = "harbour-question-slides.pdf"
    *_, last = closed_up(file_table(corpus).myst).splitlines()
    assert last == (
        f'| <a href="../slides/{deck}" download>{deck}</a> '
        "| The chief figures as slides of 16 by 9, to show to a class. |"
    )
