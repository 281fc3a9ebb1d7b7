"""The page on the data: its dictionary leaves nothing out, its links lead to files, and what it tells readers to type works."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from claimbook.paths import project
from claimbook.display.data_dictionary import data_dictionary, file_table
from claimbook.export import web_annotations

PAGE = project().chapters / "data.md"


@pytest.fixture(scope="module")
def unpacked(corpus, tmp_path_factory):
    """A folder as a reader has it who unpacked the archive."""
    folder = tmp_path_factory.mktemp("data")
    web_annotations.write_exports(corpus, folder)
    shutil.unpack_archive(folder / web_annotations.ARCHIVE, folder)
    return folder


def test_the_dictionary_has_every_column_with_its_meaning_and_its_values():
    told = data_dictionary().data
    tables = dict(zip(*[iter(re.split(r"```\{rubric\} (\w+)\n", told)[1:])] * 2, strict=True))
    described = json.loads(project().datapackage.read_text("utf-8"))["resources"]
    assert list(tables) == [resource["name"] for resource in described]
    for resource in described:
        rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", tables[resource["name"]], re.MULTILINE)
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
    told = data_dictionary(tmp_path / "datapackage.json").data
    row = re.search(r"^\| `source_id` .*$", told, re.MULTILINE)[
        0
    ]  # the first is that of the sources
    assert "`a\\|b`" in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 3


def test_every_file_for_download_is_named_and_there(corpus, unpacked):
    linked = re.findall(r'href="\.\./data/([^"]+)"', file_table(corpus).data)
    here = {str(file.relative_to(unpacked)) for file in unpacked.rglob("*.*") if file.is_file()}
    assert set(linked) == here - {"codebook.md"}
    assert f"{len(corpus.claims)} rows" in file_table(corpus).data


def test_what_the_page_tells_to_type_in_python_works(unpacked, corpus):
    blocks = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    python = [sys.executable, "-X", "utf8", "-c"]
    pandas, annotations = (
        subprocess.run([*python, b], cwd=unpacked, capture_output=True, encoding="utf-8")
        for b in blocks
    )
    assert pandas.returncode == 0, pandas.stderr
    argued = corpus.full_claims()[lambda claims: claims["theme"] != "context"]
    most = argued["origin"].value_counts()
    assert re.search(rf"{most.index[0]}\s+{most.iloc[0]}\n", pandas.stdout)
    assert annotations.returncode == 0, annotations.stderr
    first = corpus.claims.iloc[0]
    assert (
        annotations.stdout.splitlines()[0]
        == f"{first['theme']} {first['start']} {first['end']} {first['paraphrase']}"
    )
