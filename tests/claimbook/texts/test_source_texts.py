"""The copies of sources are found, whole or as parts of one file, and told from other copies."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from claimbook.texts.source_texts import find_texts

FILE = "--- one, with its address\n\nThe ferry ran.\nIt ran twice.\n\n--- two\nThe ford is shut.\n"
PARTS = ["The ferry ran.\nIt ran twice.", "The ford is shut."]


def source(file: str, part: str, text: str) -> dict[str, str]:
    return {"file": file, "part": part, "sha256": hashlib.sha256(text.encode()).hexdigest()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORPUS_TEXTS", str(tmp_path))
    (tmp_path / "posts.txt").write_text(FILE, "utf-8")
    (tmp_path / "whole.txt").write_text("One text.\n", "utf-8")
    return tmp_path


def test_sources_that_share_a_file_get_their_own_parts_of_it(folder):
    sources = pd.DataFrame.from_dict(
        {
            "second": source("posts.txt", "2", PARTS[1]),
            "alone": source("whole.txt", "", "One text.\n"),
            "first": source("posts.txt", "1", PARTS[0]),
        },
        orient="index",
    )
    texts = find_texts(sources)
    assert {name: text.content for name, text in texts.items()} == {
        "second": PARTS[1],
        "alone": "One text.\n",
        "first": PARTS[0],
    }
    assert list(texts) == ["second", "alone", "first"]
    assert all(text.same for text in texts.values())


def test_a_part_that_a_file_has_not_is_no_copy(folder):
    sources = pd.DataFrame.from_dict({"third": source("posts.txt", "3", "")}, orient="index")
    assert find_texts(sources) == {}


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(folder):
    (folder / "posts.txt").write_bytes(b"--- one\nna\xefve\n")
    sources = pd.DataFrame.from_dict(
        {"first": source("posts.txt", "1", ""), "alone": source("whole.txt", "", "One text.\n")},
        orient="index",
    )
    unreadable: dict[str, Exception] = {}
    assert list(find_texts(sources, unreadable)) == ["alone"]
    assert list(unreadable) == ["posts.txt"]
