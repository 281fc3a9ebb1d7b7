"""Damage to a table is reported in lines that a person with a spreadsheet can act on."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from claimbook.corpus.model import TABLES, load
from claimbook.corpus.normalize import normalize_tables
from claimbook.corpus.validation.table_checks import check_tables
from claimbook.errors import TIDY_HINT
from claimbook.texts.text_checks import add_text_checks
from support.fault_cases import CASES, Damage, cell, replace_file, several
from support.made_up_report import run_python


@pytest.fixture
def tables(made_up_copy: Path) -> Path:
    """A copy of the tables with the texts beside them."""
    return made_up_copy / "data"


@pytest.fixture
def data(tables: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables, with no texts at hand."""
    monkeypatch.setenv("CORPUS_TEXTS", "/nowhere")
    return tables


def fault_lines(data: Path) -> list[str]:
    """The faults that the checks report, line by line; each must be one line that can be seen."""
    report, corpus = check_tables(data)
    if corpus is not None:
        add_text_checks(report, corpus)
    lines = [str(fault) for fault in report.faults]
    assert all(line.isprintable() for line in lines)
    return lines


@pytest.mark.parametrize("case", CASES)
def test_a_damaged_table_is_reported_in_these_lines(data, case):
    damage, expected = CASES[case]
    damage(data)
    assert fault_lines(data) == expected.split("\n")


def test_all_faults_of_all_tables_are_reported_at_once(data):
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
            replace_file("indicators.csv", lambda file: None),
            "indicators.csv: 'missing': a file that can be read",
        )
    )
    for damage, _ in chosen:
        damage(data)
    assert sorted(fault_lines(data)) == sorted(expected for _, expected in chosen)


def test_rows_without_faults_are_checked_against_the_rules_though_others_have_some(data):
    for case in ("a decimal comma", "offsets swapped"):
        CASES[case][0](data)
    assert fault_lines(data) == [CASES["a decimal comma"][1], CASES["offsets swapped"][1]]


def test_opposed_claims_of_one_source_must_both_be_disputed(data):
    cell("relations", "HP-02", "relation", "contradicts")(data)
    assert fault_lines(data) == [
        "relations.csv HP-02/contradicts/HP-03 verification: 'none': "
        f"claims of one source that contradict one another are coded disputed: {claim}"
        for claim in ("HP-02", "HP-03")
    ]


def test_themes_that_the_settings_and_the_schema_do_not_share_are_named(data):
    settings = data.parent / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace('"talks"', '"tolls"'), "utf-8")
    assert fault_lines(data) == [
        "report.toml themes: 'tolls': a theme of claims.csv: closure, talks, forecast, background",
        "report.toml themes: 'talks': every theme of claims.csv",
    ]


@pytest.fixture
def stranger(made_up_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables that all may enter, while this process has no rights but everyone's."""
    monkeypatch.setenv("CORPUS_TEXTS", "/nowhere")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    copied = Path(shutil.copytree(made_up_copy, folder / "report"))
    monkeypatch.setenv("CLAIMBOOK_PROJECT", str(copied))
    fault_lines(copied / "data")  # imports what is imported late
    root = os.geteuid() == 0  # whom no permission holds back
    if root:
        os.seteuid(65534)
    yield copied / "data"
    if root:
        os.seteuid(0)
    shutil.rmtree(folder)


def test_a_table_that_may_not_be_read_is_named(stranger):
    if os.getuid() == 0:
        os.seteuid(0)
    (stranger / "places.csv").chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)
    assert fault_lines(stranger) == [
        "places.csv: 'no permission to read it': a file that can be read; chmod u+r places.csv"
    ]


NORMALIZED = [
    "a byte-order mark",
    "CRLF",
    "CR",
    "an empty row",
    "empty rows at the end, as a spreadsheet leaves them",
    "rows out of order",
    "a Google Sheets export",
    "every cell in quotation marks",
]


@pytest.mark.parametrize("case", NORMALIZED)
def test_what_a_spreadsheet_does_to_the_form_of_a_table_is_mended(data, case):
    before = load(data)
    CASES[case][0](data)
    assert len(normalize_tables(data)) == 1
    assert fault_lines(data) == []
    after = load(data)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))
    assert normalize_tables(data) == []


def reorder(text: str) -> str:
    """Turn the rows of a table round."""
    head, *body = text.splitlines()
    return "\n".join([head, *reversed(body), ""])


FORMS: dict[str, Callable[[str], str]] = {
    "a byte-order mark": lambda text: f"\ufeff{text}",
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no last line end": lambda text: text.removesuffix("\n").replace("\n", "\r\n"),
    "decomposed": lambda text: text.replace("patrol", "patro\u0301l"),
    "quoted": lambda text: re.sub(r"(?<=,)([a-z]+)(?=,)", r'"\1"', text),
    "an empty row": lambda text: text.replace("\n", "\n,,,,\n", 1),
    "out of order": reorder,
}
OTHERS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "a cell too few": lambda text: text.replace(",movement,", ",", 1),
    "a misspelt column": lambda text: text.replace(",kind,", ",kin,", 1),
    "an open quotation mark": lambda text: text.replace(",movement,", ',"movement,', 1),
    "cut off": lambda text: text[:-20],
}


@pytest.mark.whole
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("form", FORMS)
def test_what_the_check_says_that_tidy_mends_is_mended_whatever_else_is_wrong(data, form, other):
    file = data / "events.csv"
    text = file.read_text("utf-8")
    assert "patrol" in text
    assert ",movement," in text
    file.write_text(FORMS[form](OTHERS[other](text)), "utf-8", newline="")
    before = fault_lines(data)
    recommended = {line for line in before if line.endswith(TIDY_HINT)}
    assert recommended or other != "nothing"
    normalize_tables(data)
    after = fault_lines(data)
    assert [line for line in after if line.endswith(TIDY_HINT)] == []
    assert not recommended & set(after)
    if other == "nothing":
        assert after == []
    elif form not in ("out of order", "an empty row"):  # after which lines have other numbers
        assert set(before) - recommended <= set(after)


def test_tidy_says_what_it_did_in_each_file(made_up_copy, data):
    moved = len(load(data).events) - 1
    assert tidied(made_up_copy) == "the tables have the form of the repository\n"
    CASES["an empty row"][0](data)
    for name, form in (("terms", FORMS["CRLF"]), ("events", reorder), ("terms", FORMS["quoted"])):
        file = data / f"{name}.csv"
        file.write_text(form(file.read_bytes().decode()), "utf-8", newline="")
    assert tidied(made_up_copy) == (
        f"events.csv: order of {moved} rows\nterms.csv: line ends, quotation marks, 1 empty row\n"
    )


def tidied(report: Path) -> str:
    """What `claimbook tidy` prints."""
    ran = run_python(report, "-m", "claimbook", "tidy")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


DAMAGED = [
    "UTF-16",
    "cut off within a row",
    "a cell too few",
    "a missing column",
    "a missing file",
    "an empty file",
    "a file of blank lines",
]


@pytest.mark.parametrize("case", DAMAGED)
def test_what_cannot_be_mended_without_a_guess_stays_as_it_is(data, case):
    CASES[case][0](data)
    before = {file: file.read_bytes() for file in data.rglob("*.csv")}
    assert normalize_tables(data) == []
    assert before == {file: file.read_bytes() for file in data.rglob("*.csv")}


class TestAgainstTheTexts:
    """With the texts at hand, faults of offsets, of anchors and of the texts are reported, too."""

    def damage_claim(self, claim: str, change: Callable[[pd.Series], dict[str, str]]) -> Damage:
        """Change cells of a claim, given its row."""
        row = load().claims.loc[claim]
        return several(
            *(cell("claims", claim, column, value) for column, value in change(row).items())
        )

    def test_tables_that_fit_the_texts_have_no_faults(self, tables):
        assert fault_lines(tables) == []

    def test_an_offset_one_off_is_reported_with_the_right_ones(self, tables):
        self.damage_claim("HP-02", lambda row: {"start": str(row["start"] + 1)})(tables)
        row = load().claims.loc["HP-02"]
        assert fault_lines(tables) == [
            f"claims.csv HP-02 start-end: '{row['start']}-{row['end']}': moved: its words stand at "
            f"{row['start'] - 1}-{row['end']}; `claimbook reanchor` mends it"
        ]

    def test_an_anchor_of_another_source_is_reported_with_that_source(self, tables):
        other = load().claims.loc["DE-02"]
        columns = ("start", "end", "anchor", "words", "head", "tail")
        self.damage_claim("HP-02", lambda row: {column: str(other[column]) for column in columns})(
            tables
        )
        assert fault_lines(tables) == [
            f"claims.csv HP-02 anchor: '{other['anchor']}': missing: its words do not stand in "
            "harbour-post-2031-08; they stand in daily-example-2031-06-14 "
            f"at {other['start']}-{other['end']}"
        ]

    def test_a_damaged_hash_is_reported_with_the_right_one(self, tables):
        row = load().claims.loc["HP-02"]
        cell("claims", "HP-02", "anchor", "0" * 16)(tables)
        assert fault_lines(tables) == [
            f"claims.csv HP-02 anchor: '{'0' * 16}': what the characters {row['start']} "
            f"to {row['end']} give; did you mean '{row['anchor']}'?"
        ]

    def test_a_number_of_words_one_off_is_reported_with_the_right_one(self, tables):
        row = load().claims.loc["HP-02"]
        cell("claims", "HP-02", "words", str(row["words"] - 1))(tables)
        assert fault_lines(tables) == [
            f"claims.csv HP-02 words: '{row['words'] - 1}': what the characters {row['start']} "
            f"to {row['end']} give; did you mean '{row['words']}'?"
        ]

    def test_a_passage_of_criticism_one_word_off_is_reported_with_its_hash(self, tables):
        anchor = load().criticism["anchor"].iloc[0]
        cell("criticism", "coast-wire-2031-09-02", "anchor", "0" * 16)(tables)
        assert fault_lines(tables) == [
            f"criticism.csv coast-wire-2031-09-02/108/122/date anchor: '{'0' * 16}': "
            f"what the characters 108 to 122 give; did you mean '{anchor}'?"
        ]

    @pytest.mark.parametrize("claim", ["HP-02", "HP-04", "DE-03"])
    def test_a_claim_that_lost_its_full_stop_is_reported_with_its_right_end(self, tables, claim):
        row = load().claims.loc[claim]
        cell("claims", claim, "end", str(row["end"] - 1))(tables)
        expected = "moved: its words" if claim == "DE-03" else "the first to the last character"
        (line,) = fault_lines(tables)
        assert line.startswith(f"claims.csv {claim} start-end: '{row['start']}-{row['end'] - 1}'")
        assert expected in line
        assert f"{row['start']}-{row['end']}" in line

    def test_a_word_changed_in_the_text_is_no_reason_to_offer_a_hash(self, tables, corpus):
        file = tables / "texts" / corpus.sources.loc["harbour-post-2031-08", "file"]
        file.write_text(file.read_text("utf-8").replace("barrier of buoys", "barrier of boats"))
        lines = fault_lines(tables)
        (claim,) = [line for line in lines if line.startswith("claims.csv")]
        assert "changed: other words stand between its first and last, at 132-213" in claim
        assert "did you mean" not in "".join(lines)

    def test_a_text_in_a_file_of_another_name_is_found(self, tables, corpus):
        name = corpus.sources.loc["harbour-post-2031-08", "file"]
        (tables / "texts" / name).rename(tables / "texts" / "other.txt")
        assert fault_lines(tables) == [
            f"sources.csv harbour-post-2031-08 file: '{name}': the name of its text, other.txt; "
            "`claimbook reanchor` mends it"
        ]

    def test_a_length_that_is_not_that_of_the_text(self, tables):
        length = load().sources.loc["harbour-post-2031-08", "characters"]
        cell("sources", "harbour-post-2031-08", "characters", str(length + 5))(tables)
        assert fault_lines(tables) == [
            f"sources.csv harbour-post-2031-08 characters: '{length + 5}': "
            f"the length of its text; did you mean '{length}'?"
        ]

    def test_a_text_whose_line_ends_were_changed(self, tables, at_hand, corpus):
        source = corpus.sources.loc["harbour-post-2031-08"]
        changed = at_hand["harbour-post-2031-08"].content.replace("\n", "\r\n").encode()
        (tables / "texts" / source["file"]).write_bytes(changed)
        first = fault_lines(tables)[0]
        assert first.startswith(
            f"sources.csv harbour-post-2031-08 sha256: '{source['sha256'][:40]}"
        )
        assert first.endswith(
            f"the SHA-256 of the text at hand, {hashlib.sha256(changed).hexdigest()}; "
            "its line ends were changed"
        )

    def test_a_text_that_is_no_text_is_named(self, tables, corpus):
        name = corpus.sources.loc["harbour-post-2031-08", "file"]
        (tables / "texts" / name).write_bytes(b"\xff\xfe\x00")
        assert fault_lines(tables) == [f"{name}: 'byte 0': a text in UTF-8"]

    def test_a_sentence_of_a_text_in_a_chapter_is_reported_with_its_line(self, tables, at_hand):
        copied = " ".join(at_hand["harbour-post-2031-08"].content.split()[8:16])
        chapter = next((tables.parent / "chapters").glob("*.md"))
        lines = chapter.read_text("utf-8").count("\n") + 1
        with chapter.open("a", encoding="utf-8") as file:
            file.write(f"{copied}\n")
        (line,) = fault_lines(tables)
        assert line.startswith(f"chapters/{chapter.name}:{lines}: ")
        assert "fewer than 6 words in a row from harbour-post-2031-08; " in line
        assert "[prose.formulae]" in line
