"""At a terminal an import asks what it does not know; elsewhere it says what it took for what."""

from collections.abc import Callable
from pathlib import Path

import pytest
from claimbook.corpus.model import load
from claimbook.paths import project
from claimbook.texts.sheets.intake import list_drafts
from click.testing import Result
from support.foreign_files import CODES, hypothesis_file, hypothesis_item, waiting_rows, write_table

FERRIES, BARRIER = "the ferries ran as usual", "No barrier lies"
WIRE = {"source": "CW", "quotation": FERRIES}
OFFICE = "Harbour office of Ostria"
ACTORS = "actor_id,name,short,also_called,kind,side,institution,role,yardstick\n"


@pytest.fixture
def answered(
    claimbook: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Imports files at a terminal with what someone types, a line each; gives what is shown."""
    monkeypatch.setattr("claimbook.cli.exchange.can_ask", lambda: True)

    def call(file: Path, *typed: str, exit_code: int = 0) -> str:
        lines = "".join(f"{line}\n" for line in typed)
        return claimbook("import", file, typed=lines, exit_code=exit_code).output

    return call


def mapped(content: str) -> None:
    """Write the mapping file."""
    project().sheets.mkdir(exist_ok=True)
    project().mapping.write_text(content, "utf-8")


def notes(tmp_path: Path, **said: object) -> Path:
    """A note of Hypothes.is with a text."""
    return hypothesis_file(tmp_path / "notes.json", hypothesis_item(FERRIES, **said))


@pytest.mark.parametrize(("typed", "column"), [("", "paraphrase"), ("-", "")])
def test_someone_says_once_whether_comments_are_paraphrases(answered, tmp_path, typed, column):
    file = notes(tmp_path, text="Is that so?")
    shown = answered(file, typed)
    assert "What is 'comment', the paraphrase of the claim, or - to leave it out? [paraph" in shown
    assert f'"comment" = "{column}"' in project().mapping.read_text("utf-8")
    [row] = waiting_rows("notes-waiting.csv")
    assert row["paraphrase"] == ("Is that so?" if column else "")
    assert "What is" not in answered(file)


def test_where_nobody_is_asked_a_remark_says_that_comments_became_paraphrases(claimbook, tmp_path):
    file = write_table(tmp_path / "t.csv", WIRE | {"Comment": "Is that so?"})
    output = claimbook("import", file).output
    assert output.startswith(
        '\'Comment\' became the paraphrase; "Comment" = "" under [columns] in the mapping changes'
    )
    assert waiting_rows("t-waiting.csv")[0]["paraphrase"] == "Is that so?"


@pytest.mark.parametrize(("column", "paraphrase"), [("paraphrase", "Is that so?"), ("", "")])
def test_the_mapping_decides_on_comments_without_a_remark(claimbook, tmp_path, column, paraphrase):
    mapped(f'[columns]\n"comment" = "{column}"\n')
    output = claimbook("import", notes(tmp_path, text="Is that so?")).output
    assert output.startswith("nothing has changed\n")
    assert waiting_rows("notes-waiting.csv")[0]["paraphrase"] == paraphrase


def test_a_comment_beside_a_paraphrase_is_left_out_and_that_is_said(claimbook, tmp_path):
    row = WIRE | {"paraphrase": "Ferries run.", "comment": "Is that so?"}
    output = claimbook("import", write_table(tmp_path / "t.csv", row)).output
    assert output.startswith("'comment' was left out, beside a paraphrase; ")
    assert waiting_rows("t-waiting.csv")[0]["paraphrase"] == "Ferries run."


def test_an_unknown_value_is_asked_for_once_and_its_answer_kept(answered, tmp_path):
    rows = [
        WIRE | {"theme": "Closur of the straits", "chain": "Trade Ministry of Ostria"},
        WIRE | {"quotation": BARRIER, "theme": "closur of the Straits", "chain": ""},
    ]
    file = write_table(tmp_path / "t.csv", *rows)
    shown = answered(file, "shut", "Closure", "ostria-trade")
    assert "theme is one of closure, talks, forecast, background." in shown
    assert shown.count("What is 'Closur of the straits' in theme?") == 2  # 'shut' is no answer
    assert "'shut' is no value of theme" in shown
    assert "chain takes ids and names of actors.csv; a new one is a row of coding/actors" in shown
    near = (
        "What is 'Trade Ministry of Ostria' in chain, ostria-trade (Ministry of Trade of Ostria)?"
    )
    assert near in shown
    found = waiting_rows("t-waiting.csv")
    assert [row["theme"] for row in found] == ["closure", "closure"]
    assert found[0]["chain"] == "coast-wire;ostria-trade"
    assert '[values."theme"]\n"Closur of the straits" = "closure"\n' in (
        project().mapping.read_text("utf-8")
    )
    assert "What is" not in answered(file)


def test_a_row_whose_value_is_left_open_waits_with_that_cell_empty(answered, tmp_path):
    codes = CODES | {"chain": f"Coast Wire; {OFFICE}", "places": "Havn; Elsewhere"}
    whole = WIRE | CODES | {"quotation": BARRIER, "paraphrase": "There is none."}
    file = write_table(tmp_path / "t.csv", WIRE | codes, whole | {"places": ""})
    shown = answered(file, "", "")
    assert "An empty answer leaves the cell empty, and its rows wait to be completed." in shown
    assert "added: CW-03" in shown
    [row] = waiting_rows("t-waiting.csv")  # a part of the chain would look whole
    assert (row["chain"], row["places"], row["theme"]) == ("", "", "closure")
    [draft] = list_drafts()
    assert draft.empty == ["chain", "places"]
    assert f'"{OFFICE}" = ""' in project().mapping.read_text("utf-8")


def test_an_optional_value_that_is_left_open_keeps_its_row_waiting(answered, tmp_path):
    answered(write_table(tmp_path / "t.csv", WIRE | CODES | {"places": "Elsewhere"}), "")
    assert "CW-03" not in load().claims.index
    assert [draft.empty for draft in list_drafts()] == [["places"]]


def test_what_is_wrong_is_a_fault_also_in_a_row_whose_value_is_left_open(answered, tmp_path):
    row = WIRE | CODES | {"places": "Elsewhere"}
    file = write_table(tmp_path / "t.csv", row | {"quotation": "stands nowhere at all"})
    shown = answered(file, "", exit_code=1)
    assert "t.csv line 2 quotation (span): 'stands nowhere at all': a wording that stands" in shown
    file = write_table(tmp_path / "t.csv", row | {"stated_on": "some day"})
    shown = answered(file, exit_code=1)
    assert "t.csv line 2 stated_on: 'some day': " in shown


def test_a_column_that_one_name_fills_and_another_leaves_open_is_empty(answered, tmp_path):
    file = notes(tmp_path, tags=["Government of Norrland", f"chain: {OFFICE}"])
    answered(file, "")
    assert waiting_rows("notes-waiting.csv")[0]["chain"] == ""


def test_a_speaker_who_was_left_open_is_known_when_there_is_a_row_of_that_name(answered, tmp_path):
    file = write_table(tmp_path / "t.csv", WIRE | CODES | {"chain": OFFICE})
    answered(file, "")
    row = f"office,{OFFICE},Office,,institution,ostria,,Keeps the harbour,none\n"
    (project().sheets / "actors.csv").write_text(ACTORS + row, "utf-8")
    shown = answered(file)
    assert "added to actors: office" in shown
    assert load().claims.loc["CW-03", "chain"] == ["coast-wire", "office"]


def test_an_unknown_word_of_likelihood_is_asked_for_with_the_nearest(answered, tmp_path):
    shown = answered(write_table(tmp_path / "t.csv", WIRE | {"term": "quite likely"}), "likely")
    assert "What is 'quite likely' in term, likely?" in shown
    assert waiting_rows("t-waiting.csv")[0]["term"] == "likely"


def test_names_that_other_marks_join_are_told_apart(answered, tmp_path):
    chain = "Coast Wire, Government of Norrland"
    answered(write_table(tmp_path / "t.csv", WIRE | {"chain": chain}))
    [row] = waiting_rows("t-waiting.csv")
    assert row["chain"] == "coast-wire;norrland-government"


def test_answers_are_kept_where_someone_breaks_off(answered, tmp_path):
    file = write_table(tmp_path / "t.csv", WIRE | {"theme": "Shut", "kind": "Rumour"})
    answered(file, "closure", exit_code=1)
    assert '"Shut" = "closure"' in project().mapping.read_text("utf-8")
    shown = answered(file, "statement")
    assert "'Shut'" not in shown
    assert waiting_rows("t-waiting.csv")[0]["kind"] == "statement"


def test_nothing_is_asked_about_the_values_of_a_file_with_faults(answered, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(f"source,span,theme\nCW,{FERRIES},Shut\nCW,No barrier, lies,talks\n", "utf-8")
    shown = answered(file, exit_code=1)
    assert "What is" not in shown
    assert "t.csv line 3: '4 cells': 3 cells" in shown
