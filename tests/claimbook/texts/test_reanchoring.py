"""`claimbook reanchor` writes what it finds for certain, lists the rest, and loses nothing."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from claimbook.cli import main
from claimbook.corpus.model import load
from claimbook.pipeline.checks import check_report
from click.testing import CliRunner, Result

pytestmark = pytest.mark.whole  # seconds, together

HARBOUR, COAST = "harbour-post-2031-08", "coast-wire-2031-09-02"


@pytest.fixture
def data(made_up_copy: Path) -> Path:
    return made_up_copy / "data"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["reanchor", *words])


def change_text(data: Path, source_id: str, *changes: tuple[str, str]) -> str:
    """Change the copy of a text that is at hand; gives the new one."""
    file = data / "texts" / load().sources.loc[source_id, "file"]
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_bytes(text.encode())
    return text


def contents(data: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in data.rglob("*.csv")}


def wording(text: str, table: str, key: object) -> str:
    row = getattr(load(), table).loc[key]
    start, end = key[1:3] if table == "criticism" else (row["start"], row["end"])
    return text[start:end]


def test_with_the_annotated_texts_nothing_changes(data):
    before = contents(data)
    ran = run()
    assert ran.exit_code == 0
    assert contents(data) == before
    assert "moved" not in ran.output


def test_all_tables_follow_a_copy_with_a_menu_other_quotes_and_line_breaks(data):
    before = load()
    text = change_text(
        data,
        "daily-example-2031-06-14",
        ("14 June 2031\n", "Home News Sport\n\n14 June 2031\n"),
        ("“", '"'),
        ("”", '"'),
        ("will close the", "will\u00a0close\nthe"),
    )
    ran = run()
    assert ran.exit_code == 0, ran.output
    assert [str(fault) for fault in check_report().faults] == []
    assert wording(text, "claims", "DE-03").startswith('"We have no plan')
    assert wording(text, "claims", "DE-01").endswith("Havn on 10 June.")
    assert wording(text, "passes", ("one", "DE-01")) == wording(text, "claims", "DE-01")
    assert (load().claims["anchor"] == before.claims["anchor"]).all()
    source = load().sources.loc["daily-example-2031-06-14"]
    assert source["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert source["characters"] == len(text)
    assert source["words"] == before.sources.loc["daily-example-2031-06-14", "words"] + 3


def test_findings_and_passages_get_their_new_offsets(data):
    text = change_text(data, HARBOUR, ("Ostria’s ministry", "Ferries daily.\n\nOstria’s ministry"))
    run(HARBOUR)
    criticism = load().criticism.loc[HARBOUR].reset_index()
    finding = text[criticism["start"].iloc[0] : criticism["end"].iloc[0]]
    assert finding == "a pilot who asked not to be named"
    passage = load().passages.loc[(HARBOUR, 1)]
    assert text[passage["start"] : passage["end"]].startswith("Ostria’s ministry")
    assert text[passage["end"] :].startswith("\n")


def test_a_dry_run_shows_and_writes_nothing(data):
    change_text(data, HARBOUR, ("Ostria’s ministry", "Ferries daily.\n\nOstria’s ministry"))
    before = contents(data)
    ran = run("--dry-run")
    assert "HP-01: 40-131 to 56-147" in ran.output
    assert contents(data) == before


def test_a_changed_claim_is_shown_and_written_only_when_accepted(data):
    text = change_text(
        data, HARBOUR, ("a barrier of buoys", "a barrier ADVERTISEMENT buy flour of buoys")
    )
    anchor = load().claims.loc["HP-02", "anchor"]
    ran = run()
    assert "changed: 3 words were put in between" in ran.output
    assert "buy flour" in ran.output
    assert load().claims.loc["HP-02", "paraphrase"] in " ".join(ran.output.split())
    assert load().claims.loc["HP-02", "anchor"] == anchor
    assert load().sources.loc[HARBOUR, "characters"] == len(text)
    assert all(b"flour" not in content for content in contents(data).values())
    assert run("--accept", "HP-02").exit_code == 0
    assert wording(text, "claims", "HP-02").endswith("15 August.")
    assert "buy flour" in wording(text, "claims", "HP-02")
    assert load().passes.loc[("one", "HP-02"), "anchor"] == anchor


def test_what_is_not_listed_cannot_be_accepted(data):
    before = contents(data)
    ran = run("--accept", "HP-02", "--accept", "HP-99")
    assert ran.exit_code == 1
    assert len([line for line in ran.output.splitlines() if "--accept" in line]) == 2
    assert contents(data) == before


def test_a_claim_that_is_gone_is_listed_as_missing_and_keeps_its_row(data):
    change_text(data, HARBOUR, (" In 1987 the straits were closed for six weeks.", ""))
    row = load().claims.loc["HP-04"].astype(str)
    ran = run()
    assert "HP-04 302-348: missing" in ran.output
    pd.testing.assert_series_equal(load().claims.loc["HP-04"].astype(str), row)


def test_a_renamed_text_is_found_and_its_name_written(data):
    name = load().sources.loc[HARBOUR, "file"]
    (data / "texts" / name).rename(data / "texts" / "post.txt")
    assert run().exit_code == 0
    assert load().sources.loc[HARBOUR, "file"] == "post.txt"
    assert [str(fault) for fault in check_report().faults] == []


def test_a_part_of_a_renamed_file_is_found(data):
    texts, sources = data / "texts", data / "sources.csv"
    row = load().sources.loc[HARBOUR]
    content = (texts / row["file"]).read_text("utf-8").strip("\n")
    (texts / row["file"]).unlink()
    (texts / "both.txt").write_text(f"--- one\n\nOther.\n\n--- two\n{content}\n", "utf-8")
    table = pd.read_csv(sources, dtype=str, keep_default_na=False).set_index("source_id")
    digest = hashlib.sha256(content.encode()).hexdigest()
    table.loc[HARBOUR, ["part", "sha256", "characters"]] = ["2", digest, str(len(content))]
    table.to_csv(sources, lineterminator="\n")
    assert run().exit_code == 0
    assert load().sources.loc[HARBOUR, "file"] == "both.txt"
    assert [str(fault) for fault in check_report().faults] == []


def test_a_renamed_and_changed_text_is_offered_and_taken_when_accepted(data):
    text = change_text(data, HARBOUR, ("Ostria’s ministry", "Ferries daily.\n\nOstria’s ministry"))
    name = load().sources.loc[HARBOUR, "file"]
    (data / "texts" / name).rename(data / "texts" / "post.txt")
    before = contents(data)
    assert f"claimbook reanchor --accept {HARBOUR}" in run().output
    assert contents(data) == before
    run("--accept", HARBOUR)
    assert load().sources.loc[HARBOUR, "file"] == "post.txt"
    assert wording(text, "claims", "HP-01").startswith("Ostria’s ministry")


def test_another_text_under_the_same_name_is_not_taken(data):
    change_text(data, COAST, *[("the", "that"), ("in", "at"), ("a", "e")])
    before = contents(data)
    ran = run()
    assert "Nothing was written" in ran.output
    assert contents(data) == before


def test_an_unknown_source_is_named(data):
    ran = run("harbour-post")
    assert ran.exit_code == 1
    assert "'harbour-post': a source_id of the table of sources" in ran.output
