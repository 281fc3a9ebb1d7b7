"""The data dictionary leaves nothing out, and the links for download lead to files."""

import json
import re
import shutil

import pytest
from claimbook.display.data_dictionary import data_dictionary, file_table
from claimbook.export import archive
from claimbook.paths import project


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
