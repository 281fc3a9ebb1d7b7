"""A coder quotes and codes in a sheet; all that can be computed is, or nothing is written."""

import csv
import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest
from claimbook.cli import main
from claimbook.corpus import model
from claimbook.corpus.model import load
from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError
from claimbook.paths import project
from claimbook.texts.anchors import make_selector
from claimbook.texts.sheets.columns import CLAIMS, PASSES
from claimbook.texts.sheets.intake import add_sheets, code_claims, list_drafts
from claimbook.texts.sheets.writer import SheetWriter
from claimbook.texts.source_texts import find_texts
from click.testing import CliRunner
from openpyxl import load_workbook
from support.folder_contents import read_contents
from support.sheet_rows import EVENT, FERRIES, PILOT, fill

pytestmark = [pytest.mark.usefixtures("made_up_copy"), pytest.mark.whole]


@pytest.fixture
def sheets(made_up_copy: Path) -> Path:
    """The folder of the sheets, with an event that a claim needs."""
    folder = made_up_copy / "coding"
    folder.mkdir()
    fill(folder / "events.csv", EVENT)
    return folder


def refused(*files: Path, why: str = "") -> list[str]:
    """The fault lines with which sheets are refused, while the tables stay as they were."""
    before = read_contents(project().data)
    with pytest.raises(CorpusError) as caught:
        add_sheets(files, why=why)
    assert read_contents(project().data) == before
    return [str(fault) for fault in caught.value.faults]


def test_quotations_become_claims_with_ids_spans_and_anchors(sheets):
    plan = add_sheets([fill(sheets / "CW.csv", FERRIES)])
    assert list(plan.added.values()) == ["CW-03"]
    claims = load().claims
    text = find_texts(load().sources)["coast-wire-2031-09-02"].content
    span = slice(claims.loc["CW-03", "start"], claims.loc["CW-03", "end"])
    assert text[span] == "the ferries ran as usual."  # with the full stop, by the rule on spans
    assert claims.loc["CW-03", "words"] == 5
    assert claims.loc["CW-03", "event_id"] == "ferries-run"
    assert "ferries-run" in load().events.index


def test_claims_are_numbered_in_the_order_of_the_text_by_numbers_never_used(sheets):
    data = project().data
    corrected = "2031-09-11,claims,CW-07,theme,closure,talks,The claim was deleted later.\n"
    with (data / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(corrected)
    earlier = FERRIES | {"span": "No barrier lies", "event_id": "", "paraphrase": "None is there."}
    add_sheets([fill(sheets / "CW.csv", FERRIES, earlier)])
    claims = load().claims
    assert claims.loc["CW-08", "paraphrase"] == "None is there."
    assert claims.loc["CW-09", "event_id"] == "ferries-run"


def test_the_same_sheet_again_changes_nothing(sheets):
    file = fill(sheets / "CW.csv", FERRIES)
    add_sheets([file])
    before = read_contents(project().data)
    plan = add_sheets([file])
    assert list(plan.same.values()) == ["CW-03"]
    assert not plan.tables
    assert read_contents(project().data) == before


def test_a_changed_row_changes_its_claim_only_when_told_so_and_is_recorded(sheets):
    add_sheets([fill(sheets / "CW.csv", FERRIES)])
    changed = fill(sheets / "CW.csv", FERRIES | {"kind": "statement", "span": "the ferries ran"})
    assert "what CW-03 has: 'event'" in refused(changed)[0]
    plan = add_sheets([changed], why="Read again")
    assert [match.claim_id for match in plan.changed] == ["CW-03"]
    assert load().claims.loc["CW-03", "kind"] == "statement"
    corrections = load().corrections.reset_index()
    of_claim = corrections[corrections["key"] == "CW-03"].set_index("column")
    assert set(of_claim.index) == {"kind", "end"}
    assert of_claim.loc["kind", ["old", "new", "why"]].tolist() == [
        "event",
        "statement",
        "Read again",
    ]


def test_two_speakers_may_share_a_span(sheets):
    add_sheets([fill(sheets / "CW.csv", FERRIES)])
    other = FERRIES | {"chain": "coast-wire;norrland-government"}
    assert refused(fill(sheets / "CW.csv", other))
    plan = add_sheets([fill(sheets / "CW.csv", FERRIES, other | {"claim_id": "new"})])
    assert list(plan.added.values()) == ["CW-04"]
    assert list(plan.same.values()) == ["CW-03"]


def test_rows_with_empty_cells_wait_and_reach_the_book_when_filled(sheets):
    begun, ready = FERRIES | {"kind": "", "verification": ""}, FERRIES | {"event_id": ""}
    ready |= {"span": "No barrier lies", "paraphrase": "None is there."}
    plan = add_sheets([fill(sheets / "CW.csv", begun, {"span": "Norrland"}, ready)])
    assert list(plan.added.values()) == ["CW-03"]
    assert "ferries-run" not in load().events.index  # the event waits with its claim
    assert [(draft.file, draft.line) for draft in list_drafts()] == [("CW.csv", 2), ("CW.csv", 3)]
    assert list_drafts()[0].empty == ["kind", "verification"]
    add_sheets([fill(sheets / "CW.csv", FERRIES, ready)])
    assert list_drafts() == []
    assert load().claims.loc["CW-04", "event_id"] == "ferries-run"
    assert "ferries-run" in load().events.index


def test_the_drafts_of_a_sheet_lie_in_a_file_of_its_name_and_in_one_alone(sheets):
    begun = fill(sheets / "CW.csv", FERRIES | {"kind": ""})
    other = fill(sheets / "CW.tsv", FERRIES | {"kind": "", "span": "No barrier lies"})
    add_sheets([begun])
    add_sheets([other])
    drafts = project().drafts
    assert sorted(file.name for file in drafts.iterdir()) == ["CW.csv", "CW.tsv.csv"]
    assert [draft.file for draft in list_drafts()] == ["CW.csv", "CW.tsv"]
    (drafts / "CW.csv").rename(drafts / "CW.csv.csv")  # as it was called once
    add_sheets([begun])
    assert sorted(file.name for file in drafts.iterdir()) == ["CW.csv", "CW.tsv.csv"]


def test_all_faults_are_named_at_once_by_file_line_and_column(sheets):
    text_fault = FERRIES | {"span": "the ferrys ran as usualy"}
    code_fault = FERRIES | {"kind": "evnt", "paraphrase": "Ferries run."}
    rule_fault = FERRIES | {"date_basis": "none", "paraphrase": "They run."}
    wrong_id = FERRIES | {"claim_id": "CW-99"}
    first = fill(sheets / "CW.csv", text_fault, code_fault, rule_fault, wrong_id)
    second = fill(sheets / "HP.csv", PILOT | {"chain": "harbour-post;nobody", "nth": "²"})
    lines = refused(first, second)
    places = [line.partition(": '")[0] for line in lines]
    assert places == [
        "CW.csv line 2 span",
        "CW.csv line 3 kind",
        "CW.csv line 4 date_basis",
        "CW.csv line 5 claim_id",
        "HP.csv line 2 chain",
        "HP.csv line 2 nth",
    ]
    assert "nearest, 92 % alike: ‘the ferries ran as usual.’" in lines[0]
    assert "did you mean 'event'?" in lines[1]


def test_a_wording_that_stands_twice_needs_its_number_or_its_passage(sheets):
    row = FERRIES | {"span": "Norrland"}
    [line] = refused(fill(sheets / "CW.csv", row))
    assert "the span stands 2 times: say which, from 1" in line
    assert "2 after" in line
    plan = add_sheets([fill(sheets / "CW.csv", row | {"nth": "2"})])
    assert load().claims.loc[next(iter(plan.added.values())), "start"] > 0
    assert "a number from 1 to 2" in refused(fill(sheets / "CW.csv", row | {"nth": "3"}))[0]


def test_a_row_that_stands_twice_is_named(sheets):
    [line] = refused(fill(sheets / "CW.csv", FERRIES, FERRIES))
    assert line.startswith("CW.csv line 3")
    assert "line 2 is the same" in line


def test_rows_of_other_tables_alone_are_no_sheet(sheets):
    [line] = refused(sheets / "events.csv")
    assert line.startswith("events.csv: 'events': a sheet of claims")


def test_an_event_that_is_known_otherwise_is_named(sheets):
    fill(sheets / "events.csv", EVENT | {"event_id": "barrier"})
    [line] = refused(fill(sheets / "CW.csv", FERRIES | {"event_id": "barrier"}))
    assert line.startswith("events.csv barrier title")


@pytest.mark.parametrize("misspelt", ["ferry-ownr", "The Owner of the Ferries", "Owner"])
def test_a_misspelt_speaker_is_hinted_at_by_the_rows_beside_the_sheet(sheets, misspelt):
    owner = {"actor_id": "ferry-owner", "name": "The owner of the ferries", "short": "Owner"}
    fill(sheets / "actors.csv", owner | {"kind": "person", "side": "norrland", "role": "Owner"})
    row = FERRIES | {"chain": f"coast-wire;{misspelt}"}
    [line] = refused(fill(sheets / "CW.csv", row))
    assert line.startswith(f"CW.csv line 2 chain: '{misspelt}': must stand in actors.csv")
    assert line.endswith("did you mean 'ferry-owner'?")


@pytest.mark.parametrize("column", ["paraphrase", "denies"])
def test_own_words_that_copy_the_text_are_refused_by_line_and_column(sheets, column):
    text = find_texts(load().sources)["coast-wire-2031-09-02"].content
    at = text.index("the ferries ran as usual")
    copied = " ".join(text[at - 60 :].split()[1:12])
    lines = refused(fill(sheets / "CW.csv", FERRIES | {column: copied}))
    [line] = [line for line in lines if "in a row" in line]
    assert line.startswith(f"CW.csv line 2 {column}: ")
    assert "fewer than 6 words in a row of the text" in line


def test_json_lines_and_rows_of_a_program_are_taken_alike(sheets):
    row = {"source_id": "CW", **FERRIES, "chain": ["coast-wire"], "quantity": None}
    [made] = code_claims([row | {"event_id": ""}]).to_dict("records")
    assert made["claim_id"] == "CW-03"
    assert "CW-03" not in load().claims.index
    other = {"source_id": "harbour-post-2031-08", **PILOT}
    file = sheets / "all.jsonl"
    file.write_text("\n".join(map(json.dumps, (row, other))) + "\n", "utf-8")
    plan = add_sheets([file])
    assert list(plan.added.values()) == ["CW-03", "HP-05"]
    with pytest.raises(CorpusError, match="rows line 1 kind: '': must not be empty"):
        code_claims([row | {"kind": ""}])
    file.write_text("{\nnull\n", "utf-8")
    assert [line.partition(":")[0] for line in refused(file)] == [
        "all.jsonl line 1",
        "all.jsonl line 2",
    ]


def write_sheets(folder: Path, *source_ids: str, table: str = CLAIMS) -> dict[str, bool]:
    """Write sheets; says by file whether it was kept."""
    texts = find_texts(load().sources)
    writer = SheetWriter(model.read_schema(), model.read_tables().raw, texts, table)
    return {sheet.file.name: sheet.kept for sheet in writer.write(source_ids, folder)}


def test_a_new_sheet_offers_allowed_values_and_describes_columns(tmp_path):
    write_sheets(tmp_path, "coast-wire-2031-09-02")
    book = load_workbook(tmp_path / "CW.xlsx")
    assert {"claims", "events", "actors", "places", "terms"} <= set(book.sheetnames)
    header = {cell.value: cell for cell in book["claims"][1]}
    assert "paraphrase" in header["paraphrase"].comment.text or header["paraphrase"].comment
    offered = {}
    for validation in book["claims"].data_validations.dataValidation:
        tab, _, cells = validation.formula1.replace("$", "").partition("!")
        letter = str(validation.sqref)[0]
        column = book["claims"][f"{letter}1"].value
        offered[column] = [cell.value for [cell] in book[tab][cells]]
    assert offered["kind"][:2] == ["event", "assessment"]
    assert "ferries-run" not in offered["event_id"]
    assert "barrier" in offered["event_id"]
    assert "coast-wire" in offered["chain"]
    assert "likely" in offered["term"]
    with (tmp_path / "CW.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(header)


def test_a_filled_sheet_is_never_overwritten_and_an_empty_one_is(tmp_path):
    assert write_sheets(tmp_path, "coast-wire-2031-09-02") == {"CW.csv": False, "CW.xlsx": False}
    fill(tmp_path / "CW.csv", {"paraphrase": "Half a thought."})
    before = (tmp_path / "CW.csv").read_bytes()
    assert write_sheets(tmp_path, "coast-wire-2031-09-02") == {"CW.csv": True, "CW.xlsx": False}
    assert (tmp_path / "CW.csv").read_bytes() == before


def test_a_workbook_goes_in_with_the_event_on_its_own_tab(tmp_path):
    write_sheets(tmp_path, "coast-wire-2031-09-02")
    book = load_workbook(tmp_path / "CW.xlsx")
    for tab, row in (("claims", FERRIES), ("events", EVENT)):
        columns = [cell.value for cell in book[tab][1]]
        book[tab].append([row.get(name) for name in columns])
    book.save(tmp_path / "CW.xlsx")
    plan = add_sheets([tmp_path / "CW.xlsx"])
    assert plan.further == {"events": ["ferries-run"]}
    assert load().claims.loc["CW-03", "event_id"] == "ferries-run"


HEADING = {"source_id": "harbour-post-2031-08", "number": "3", "reason": "", "repeats": ""}


@pytest.fixture
def heading(made_up_copy: Path) -> None:
    """A third passage in scope of a source coded by passages: its heading, which has no claim."""
    text = find_texts(load().sources)["harbour-post-2031-08"].content
    cells = {name: str(cell) for name, cell in asdict(make_selector(text, 0, 38)).items()}
    passages = model.read_tables().raw["passages"]
    write_tables({"passages": pd.concat([passages, pd.DataFrame([HEADING | cells])])})


@pytest.mark.usefixtures("heading")
def test_a_sheet_shows_the_passages_that_wait_and_takes_why_one_has_no_claim(tmp_path):
    write_sheets(tmp_path, "harbour-post-2031-08")
    with (tmp_path / "HP.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["passage"] == "3"
    assert row["passage_text"] == "Talks broken off, buoys in the channel"
    assert load_workbook(tmp_path / "HP.xlsx")["claims"]["B2"].value == row["passage_text"]
    assert not add_sheets([tmp_path / "HP.csv"]).tables  # as it was written, it says nothing
    omitted = {"passage": "3", "reason": "repeats", "repeats": "1"}
    assert add_sheets([fill(tmp_path / "HP.csv", omitted)]).omitted == ["harbour-post-2031-08/3"]
    assert load().passages.loc[("harbour-post-2031-08", 3), "reason"] == "repeats"
    assert not add_sheets([tmp_path / "HP.csv"]).tables
    [line] = refused(fill(tmp_path / "HP.csv", omitted | {"passage": "4"}))
    assert line.startswith("HP.csv line 2 passage: '4': the number of a passage")


@pytest.mark.usefixtures("heading")
def test_a_passage_tells_which_of_two_places_is_meant(tmp_path):
    row = PILOT | {"span": "channel"}
    assert "the span stands 2 times" in refused(fill(tmp_path / "HP.csv", row))[0]
    [claim_id] = add_sheets([fill(tmp_path / "HP.csv", row | {"passage": "3"})]).added.values()
    assert load().claims.loc[claim_id, "end"] == 38
    both = row | {"span": "Talks broken off", "reason": "furniture"}
    assert refused(fill(tmp_path / "HP.csv", both))[0].startswith("HP.csv line 2 reason: 'furn")


@pytest.mark.usefixtures("heading")
@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"passage": "4"}, "'4': the number of a passage of harbour-post-2031-08; the last has"),
        ({"passage": "3"}, "'3': a passage in which the span stands; the span stands in passage"),
        ({"passage": "3", "span": "channel", "nth": "2"}, "'3': a passage in which the span"),
        ({"passage": "2", "span": "Talks broken off"}, "'2': a passage in which the span stands"),
        ({"passage": "x"}, "'x': the number of a passage"),
        ({"passage": "1", "source_id": "CW", "span": "ferries"}, "'1': empty; coast-wire-2031-09"),
    ],
)
def test_a_passage_in_which_the_span_does_not_stand_is_a_fault(tmp_path, cells, fault):
    [line] = refused(fill(tmp_path / "HP.csv", PILOT | cells))
    assert line.startswith(f"HP.csv line 2 passage: {fault}")


def test_an_empty_sheet_adds_nothing(tmp_path):
    write_sheets(tmp_path, "coast-wire-2031-09-02", "harbour-post-2031-08")
    plan = add_sheets([tmp_path / "CW.csv", tmp_path / "CW.xlsx", tmp_path / "HP.csv"])
    assert not plan.tables
    assert not plan.drafts


def test_a_coders_sheet_has_the_columns_of_a_pass(tmp_path):
    write_sheets(tmp_path, "coast-wire-2031-09-02", table=PASSES)
    header = (tmp_path / "CW.csv").read_text("utf-8").strip().split(",")
    assert "claim_id" not in header
    assert "event_id" not in header
    assert header[:2] == ["span", "nth"]


def test_unknown_columns_and_missing_ones_are_named(sheets):
    file = fill(sheets / "CW.csv", FERRIES)
    file.write_text(file.read_text("utf-8").replace("theme", "theem", 1), "utf-8")
    assert refused(file)[0] == (
        "CW.csv line 1 theme: '': every column of the sheet; did you mean 'theem'?"
    )
    records = sheets / "all.jsonl"
    records.write_text(json.dumps({"source_id": "CW", "theem": "closure"}), "utf-8")
    assert refused(records)[0].startswith("all.jsonl: 'theem': a column of the sheet; did you mean")


def test_a_day_that_can_be_read_in_two_ways_is_named_once(sheets):
    [line] = refused(fill(sheets / "CW.csv", FERRIES | {"event_start": "1/9/2031"}))
    assert line == (
        "CW.csv line 2 event_start: '1/9/2031': a day as YYYY-MM-DD; "
        "did you mean '2031-09-01' or '2031-01-09'?"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_sheet_is_taken_from_whatever_a_spreadsheet_made_of_it(sheets, encoding):
    row = FERRIES | {"paraphrase": "“Usual” ferries – on 1 September 2031."}
    file = fill(sheets / "CW.csv", row)
    with file.open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines))
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(cells)
    add_sheets([file])
    assert load().claims.loc["CW-03", "paraphrase"] == row["paraphrase"]


def test_the_command_counts_the_faults_and_says_what_a_change_needs(sheets):
    file = str(fill(sheets / "CW.csv", FERRIES | {"kind": "evnt"}))
    ran = CliRunner().invoke(main, ["sheet", "add", file])
    assert ran.exit_code == 1
    assert ran.stderr.splitlines()[-1] == "1 fault; nothing was added"
    ran = CliRunner().invoke(main, ["sheet", "add", file, "--update"])
    assert "--update needs --why" in ran.stderr
    ran = CliRunner().invoke(main, ["sheet", "XX"])
    assert ran.exit_code == 1
    assert "'XX': the id or code of a source" in ran.stderr
