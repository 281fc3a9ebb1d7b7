"""Every way in which a table gets damaged is told in lines that a person with a spreadsheet can act on."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from fault_cases import CASES, Damage, cell, instead, several
from claimbook.paths import project
from shortofwar import load
from claimbook.texts import verbatim
from claimbook.corpus.validation.report import check
from claimbook.corpus.normalize import normalize_tables


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables, with no texts at hand."""
    monkeypatch.setenv("CORPUS_TEXTS", "/nowhere")
    return Path(
        shutil.copytree(project().data, tmp_path / "data", ignore=shutil.ignore_patterns("texts"))
    )


def said(data: Path) -> list[str]:
    """What the check says of the tables, line by line; each must be one line that can be seen."""
    lines = [str(fault) for fault in check(data).faults]
    assert all(line.isprintable() for line in lines)
    return lines


@pytest.mark.parametrize("case", CASES)
def test_a_damaged_table_is_told_in_these_lines(data, case):
    damage, expected = CASES[case]
    damage(data)
    assert said(data) == expected.split("\n")


def test_all_faults_of_all_tables_are_told_at_once(data):
    chosen = [
        CASES[case]
        for case in (
            "cut off within a row",
            "a dangling relation",
            "a decimal comma",
            "a cell too few",
        )
    ]
    chosen.append(
        (
            instead("indicators.csv", lambda file: None),
            "indicators.csv: 'missing': a file that can be read",
        )
    )
    for damage, _ in chosen:
        damage(data)
    assert sorted(said(data)) == sorted(expected for _, expected in chosen)


def test_rows_without_faults_are_held_against_the_rules_though_others_have_some(data):
    for case in ("a decimal comma", "offsets swapped"):
        CASES[case][0](data)
    assert said(data) == [CASES["a decimal comma"][1], CASES["offsets swapped"][1]]


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables in a folder that all may enter, while this process has no rights beyond those of everyone."""
    monkeypatch.setenv("CORPUS_TEXTS", "/nowhere")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    copied = Path(
        shutil.copytree(project().data, folder / "data", ignore=shutil.ignore_patterns("texts"))
    )
    check(copied)  # imports what is imported late
    root = os.geteuid() == 0  # whom no permission holds back
    if root:
        os.seteuid(65534)
    yield copied
    if root:
        os.seteuid(0)
    shutil.rmtree(folder)


def test_a_table_that_may_not_be_read_is_named(stranger):
    if os.getuid() == 0:
        os.seteuid(0)
    (stranger / "places.csv").chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)
    assert said(stranger) == [
        "places.csv: 'no permission to read it': a file that can be read; chmod u+r places.csv"
    ]


TIDIED = [
    "a byte-order mark",
    "CRLF",
    "CR",
    "an empty row",
    "empty rows at the end, as a spreadsheet leaves them",
    "rows out of order",
]


@pytest.mark.parametrize("case", TIDIED)
def test_what_a_spreadsheet_does_to_the_form_of_a_table_is_mended(data, case):
    before = load(data)
    CASES[case][0](data)
    assert len(normalize_tables(data)) == 1
    assert said(data) == []
    after = load(data)
    for name, table in vars(before).items():
        pd.testing.assert_frame_equal(getattr(after, name), table)
    assert normalize_tables(data) == []


DAMAGED = [
    "UTF-16",
    "cut off within a row",
    "a cell too few",
    "a missing column",
    "a missing file",
    "an empty file",
]


@pytest.mark.parametrize("case", DAMAGED)
def test_what_cannot_be_mended_without_a_guess_is_left_alone(data, case):
    CASES[case][0](data)
    before = {file: file.read_bytes() for file in data.rglob("*.csv")}
    assert normalize_tables(data) == []
    assert before == {file: file.read_bytes() for file in data.rglob("*.csv")}


class TestAgainstTheTexts:
    """What only whoever has the texts can be told: the offsets, the anchors and the texts themselves."""

    @pytest.fixture
    def own(self, corpus, at_hand, data, tmp_path, monkeypatch) -> Path:
        """The tables with the texts beside them, and no check of the whole repository against these."""
        folder = tmp_path / "texts"
        folder.mkdir()
        for source_id, text in at_hand.items():
            (folder / corpus.sources.loc[source_id, "file"]).write_bytes(text.content.encode())
        monkeypatch.setenv("CORPUS_TEXTS", str(folder))
        monkeypatch.setattr(verbatim, "files", lambda root=None: [])
        return data

    def line(self, claim: str, change: Callable[[pd.Series], dict[str, str]]) -> Damage:
        """Change cells of a claim, given its row."""
        row = load().claims.loc[claim]
        return several(
            *(cell("claims", claim, column, value) for column, value in change(row).items())
        )

    def test_an_offset_one_off_is_told_with_the_right_ones(self, own):
        self.line("NW-07", lambda row: {"start": str(row["start"] + 1)})(own)
        row = load().claims.loc["NW-07"]
        assert said(own) == [
            f"claims.csv NW-07 start-end: '{row['start'] + 1}-{row['end']}': the characters at which its words stand; "
            f"did you mean '{row['start']}-{row['end']}'?"
        ]

    def test_an_anchor_of_another_source_is_told_with_that_source(self, own):
        other = load().claims.loc["PR-03"]
        columns = ("start", "end", "anchor", "words", "head", "tail")
        self.line("NW-07", lambda row: {column: str(other[column]) for column in columns})(own)
        assert said(own) == [
            f"claims.csv NW-07 anchor: '{other['anchor']}': the hash of words in newsweek-2022-07-12; "
            f"its words stand in polskie-radio-2022-12-02 at {other['start']}-{other['end']}"
        ]

    def test_a_damaged_hash_is_told_with_the_right_one(self, own):
        row = load().claims.loc["NW-07"]
        cell("claims", "NW-07", "anchor", "0" * 16)(own)
        assert said(own) == [
            f"claims.csv NW-07 anchor: '{'0' * 16}': what the characters {row['start']} to {row['end']} give; "
            f"did you mean '{row['anchor']}'?"
        ]

    def test_a_number_of_words_one_off_is_told_with_the_right_one(self, own):
        row = load().claims.loc["NW-07"]
        cell("claims", "NW-07", "words", str(row["words"] - 1))(own)
        assert said(own) == [
            f"claims.csv NW-07 words: '{row['words'] - 1}': what the characters {row['start']} to {row['end']} give; "
            f"did you mean '{row['words']}'?"
        ]

    def test_a_length_that_is_not_that_of_the_text(self, own):
        length = load().sources.loc["newsweek-2022-07-12", "characters"]
        cell("sources", "newsweek-2022-07-12", "characters", str(length + 5))(own)
        assert said(own) == [
            f"sources.csv newsweek-2022-07-12 characters: '{length + 5}': the length of its text; did you mean '{length}'?"
        ]

    def test_a_text_whose_line_ends_were_changed(self, own, at_hand, corpus):
        source = corpus.sources.loc["newsweek-2022-07-12"]
        changed = at_hand["newsweek-2022-07-12"].content.replace("\n", "\r\n").encode()
        (project().texts() / source["file"]).write_bytes(changed)
        first = said(own)[0]
        assert first.startswith(f"sources.csv newsweek-2022-07-12 sha256: '{source['sha256'][:40]}")
        assert first.endswith(
            f"the SHA-256 of the text at hand, {hashlib.sha256(changed).hexdigest()}; its line ends were changed"
        )

    def test_a_text_that_is_no_text_is_named(self, own, corpus):
        name = corpus.sources.loc["newsweek-2022-07-12", "file"]
        (project().texts() / name).write_bytes(b"\xff\xfe\x00")
        assert said(own) == [f"{name}: 'byte 0': a text in UTF-8"]
