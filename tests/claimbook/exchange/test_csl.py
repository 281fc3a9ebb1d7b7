"""What a reference manager says of a text goes into the row of its source."""

import json
from pathlib import Path
from typing import Any

import pytest
from claimbook.corpus.model import load

ITEM = {
    "id": "holm2031",
    "type": "article-newspaper",
    "title": "Ferries keep to their times",
    "container-title": "Coast Pilot",
    "author": [{"family": "Holm", "given": "Ada"}, {"literal": "The desk"}],
    "issued": {"date-parts": [[2031, 9, 1]]},
    "URL": "https://example.org/ferries",
    "language": "en-GB",
}
OTHER = {"id": "berg2030", "type": "book", "title": "Harbours"}
TEXT = "The ferries ran on time.\n\nTheir owner has heard of no closure at all.\n"


def library(file: Path, *items: Any) -> Path:
    file.write_text(json.dumps(list(items)), "utf-8")
    return file


@pytest.mark.parametrize("name", ["holm2031", "Ferries keep to their times"])
def test_a_text_named_by_an_item_gets_what_the_item_says(claimbook, tmp_path, name):
    text = tmp_path / f"{name}.txt"
    text.write_text(TEXT, "utf-8")
    csl = library(tmp_path / "library.json", OTHER, ITEM)
    words = ("source", "add", text, "--csl", csl, "--side", "norrland", "--yes")
    output = claimbook(*words).output
    assert "waiting for a text, and not added: berg2030" in output
    assert "[the item holm2031 of library.json]" in output
    source = load().sources.loc["coast-pilot-2031-09-01"]
    assert source["title"] == "Ferries keep to their times"
    assert source["author"] == "Ada Holm; The desk"
    assert (source["url"], source["language"]) == ("https://example.org/ferries", "en")


def test_one_text_and_one_item_belong_together(claimbook, tmp_path):
    (tmp_path / "scan.txt").write_text(TEXT, "utf-8")
    csl = library(tmp_path / "library.json", ITEM | {"issued": {"date-parts": [[2031, 9]]}})
    flags = ("--side", "norrland", "--yes")
    claimbook("source", "add", tmp_path / "scan.txt", "--csl", csl, *flags)
    [source] = [row for _, row in load().sources.iterrows() if row["file"] == "scan.txt"]
    assert source["precision"] == "range"


def test_what_an_item_lacks_is_flagged(claimbook, tmp_path):
    (tmp_path / "berg2030.txt").write_text(TEXT, "utf-8")
    csl = library(tmp_path / "library.json", OTHER)
    words = ("source", "add", tmp_path / "berg2030.txt", "--csl", csl, "--yes")
    error = claimbook(*words, exit_code=1).stderr
    assert "outlet" in error
    assert "published" in error


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        ([ITEM, "a word"], "library.json item 2: 'a word': an item with an id and a type"),
        ([ITEM, ITEM], "library.json item 2 id: 'holm2031': each id once"),
        (
            [ITEM | {"issued": {"date-parts": [["May"]]}}],
            "library.json item 1 issued: ",
        ),
        ([], "library.json: 'nothing': a list of bibliographic items"),
    ],
)
def test_a_damaged_library_is_named_by_its_item(claimbook, tmp_path, items, fault):
    (tmp_path / "scan.txt").write_text(TEXT, "utf-8")
    csl = library(tmp_path / "library.json", *items)
    words = ("source", "add", tmp_path / "scan.txt", "--csl", csl, "--yes")
    assert claimbook(*words, exit_code=1).stderr.startswith(fault)
    assert len(load().sources) == 3
