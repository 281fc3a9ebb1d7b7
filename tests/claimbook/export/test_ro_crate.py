"""The published tables are a research object: each file is described, and each one is there."""

import json
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def crate(made_up_book: Path) -> dict[str, dict]:
    """The entities of the crate by their ids."""
    text = (made_up_book / "html" / "data" / "ro-crate-metadata.json").read_text("utf-8")
    return {entity["@id"]: entity for entity in json.loads(text)["@graph"]}


def test_the_root_says_what_the_specification_requires(crate: dict[str, dict]) -> None:
    assert crate["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert crate["ro-crate-metadata.json"]["conformsTo"]["@id"].startswith("https://w3id.org/ro/")
    root = crate["./"]
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == "2031-10-01"
    assert root["name"]
    assert root["description"]
    assert crate[root["license"]["@id"]]["name"] == "CC-BY-4.0"
    assert crate[root["author"]["@id"]]["name"] == "The Harbour contributors"


def test_every_file_is_described_and_there(crate: dict[str, dict], made_up_book: Path) -> None:
    listed = {part["@id"] for part in crate["./"]["hasPart"]}
    assert {"claims.csv", "sources.bib"} <= listed
    for name in listed:
        assert (made_up_book / "html" / "data" / name).is_file(), name
        assert crate[name]["encodingFormat"]
        assert len(crate[name]["description"]) > 10
