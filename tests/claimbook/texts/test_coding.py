"""A coder gives the wording; the rest of a pass is computed, and added whole or not at all."""

import csv
import hashlib
from pathlib import Path

import pandas as pd
import pytest
from claimbook.analysis import agreement
from claimbook.corpus.model import load
from claimbook.errors import CorpusError
from claimbook.texts import coding
from claimbook.texts.source_texts import SourceText

TEXT = "The ford is open. The bridge is shut. The ford is open."


def sheet(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"span": span, "nth": nth, "theme": "background"} for span, nth in rows])


def test_spans_are_found_and_ordered_by_the_text():
    rows = coding.anchor_sheet(
        sheet(("The bridge is shut.", ""), ("The ford is open.", "2"), ("The ford is open.", "1")),
        TEXT,
        "sheet",
    )
    assert rows["start"].tolist() == [0, 18, 38]
    assert [TEXT[row.start : row.end] for row in rows.itertuples()][1] == "The bridge is shut."
    assert "span" not in rows


def test_spans_that_cannot_be_found_are_reported_all_at_once():
    with pytest.raises(CorpusError) as caught:
        coding.anchor_sheet(
            sheet(
                ("The ford is shut.", ""), ("The ford is open.", ""), ("The bridge is shut.", "3")
            ),
            TEXT,
            "sheet",
        )
    assert [fault.key for fault in caught.value.faults] == ["line 2", "line 3", "line 4"]


@pytest.fixture
def data(made_up_copy: Path) -> Path:
    return made_up_copy / "data"


@pytest.fixture
def kit(corpus, tmp_path: Path) -> Path:
    coding.write_coding_kit(corpus, tmp_path / "kit")
    return tmp_path / "kit"


def fill(kit: Path, code: str, **cells: str) -> None:
    """One invented claim, coded as the kit asks."""
    row = dict.fromkeys(coding.sheet_columns(), "")
    row |= {
        "theme": "background",
        "kind": "event",
        "on": "closing",
        "bearing": "neutral",
        "mode": "paraphrase",
        "date_basis": "none",
    }
    row |= {
        "verification": "none",
        "paraphrase": "The ford is open.",
        "span": "The ford is open.",
        "nth": "1",
    } | cells
    with (kit / f"{code}.csv").open("a", encoding="utf-8", newline="") as out:
        csv.DictWriter(out, list(row), lineterminator="\n").writerow(row)


def invented(corpus) -> dict[str, SourceText]:
    return {source_id: SourceText(source_id, TEXT, False) for source_id in corpus.sources.index}


def test_a_kit_holds_the_codebook_the_names_and_a_sheet_for_each_source(kit, corpus):
    names = {file.name for file in kit.iterdir()}
    assert names >= {
        "codebook.md",
        "actors.csv",
        "places.csv",
        *(f"{code}.csv" for code in corpus.sources["code"]),
    }


def test_a_filled_kit_becomes_a_pass_that_the_agreement_picks_up(kit, data, corpus):
    for source in corpus.sources.itertuples():
        fill(kit, source.code, chain=source.outlet)
    coding.add_pass("three", kit, corpus.sources, invented(corpus), data)
    added = load(data)
    assert agreement.coder_names(added.passes) == ["one", "two", "three"]
    assert len(added.passes.loc["three"]) == len(corpus.sources)
    assert len(agreement.claims_by_source(added.passes, "one", "three")) == len(corpus.sources) + 1


def test_a_kit_with_faults_adds_nothing_and_names_them_all(kit, data, corpus):
    before = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in data.rglob("*.*")}
    for source in corpus.sources.itertuples():
        fill(kit, source.code, chain=source.outlet)
    fill(kit, "HP", span="The ford is shut.")
    fill(kit, "DE", span="nowhere")
    with pytest.raises(CorpusError) as caught:
        coding.add_pass("three", kit, corpus.sources, invented(corpus), data)
    assert {fault.file for fault in caught.value.faults} == {"HP.csv", "DE.csv"}
    assert before == {
        file: hashlib.sha256(file.read_bytes()).hexdigest() for file in data.rglob("*.*")
    }


def test_a_name_that_is_taken_is_refused(kit, data, corpus):
    with pytest.raises(CorpusError, match="a new name"):
        coding.add_pass("one", kit, corpus.sources, invented(corpus), data)
