"""A coding session: every step is on disk before it counts, and nothing is lost."""

import csv
from pathlib import Path

import pytest
from claimbook.corpus.model import load
from claimbook.errors import CorpusError
from claimbook.paths import project
from claimbook.texts.sheets.intake import add_sheets
from claimbook.workbench.steps import Bench
from support.sheet_rows import CODED
from support.sheet_rows import fill as fill_sheet

pytestmark = pytest.mark.usefixtures("made_up_copy")
WORDS = "the ferries ran as usual"


def mark(bench: Bench, words: str, key: str = "one") -> dict:
    """Mark words, as the page does; give the state of the claim."""
    start = bench.session.text.index(words)
    step(bench, do="mark", key=key, start=start, end=start + len(words))
    return claim(bench, key)


def step(bench: Bench, **what: object) -> str:
    """Take a step that must reach the disk; give what it says."""
    assert bench.take(what)
    return bench.message["text"]


def fill(bench: Bench, key: str = "one", **cells: str) -> None:
    for column, value in cells.items():
        step(bench, do="set", table="rows", key=key, column=column, value=value)


def claim(bench: Bench, key: str = "one") -> dict:
    return next(one for one in bench.state()["claims"] if one["key"] == key)


def complete(bench: Bench, key: str = "one", **cells: str) -> None:
    fill(bench, key, **CODED, theme="background", chain="coast-wire", paraphrase="All goes on.")
    fill(bench, key, **cells)


def sheet(code: str = "CW") -> list[dict[str, str]]:
    with (project().sheets / f"{code}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_marked_words_become_a_span_by_the_rule_and_are_on_disk_at_once():
    marked = mark(Bench("CW"), "ferries ran as usu")
    assert marked["cells"]["span"] == "ferries ran as usual."  # the whole word, and the full stop
    assert marked["state"] == "draft"
    assert [row["span"] for row in sheet()] == ["ferries ran as usual."]


def test_a_wording_that_stands_twice_is_marked_where_the_coder_marked_it():
    bench = Bench("CW")
    first, second = bench.session.text.index("Norrland"), bench.session.text.rindex("Norrland")
    step(bench, do="mark", key="one", start=second, end=second + 8)
    assert claim(bench)["start"] == second != first
    complete(bench)
    assert add_sheets([project().sheets / "CW.csv"]).added
    assert load().claims.loc["CW-03", "start"] == second


def test_an_open_session_that_dies_is_there_again_with_its_undo():
    bench = Bench("CW")
    mark(bench, WORDS)
    fill(bench, paraphrase="Ferries")
    fill(bench, paraphrase="Ferries run.", kind="event")
    del bench
    again = Bench("CW")
    assert claim(again)["cells"]["paraphrase"] == "Ferries run."
    assert step(again, do="undo") == "Undone: change kind."
    step(again, do="undo")
    assert claim(again)["cells"]["paraphrase"] == ""  # letters typed one after another are one step
    step(again, do="redo")
    assert sheet()[0]["paraphrase"] == "Ferries run."
    step(again, do="undo")
    step(again, do="undo")
    assert sheet() == []


def test_what_is_proposed_is_saved_only_when_it_is_taken():
    bench = Bench("CW")
    mark(bench, "No barrier lies in the Northern Channel")
    proposed = {one["column"]: one["value"] for one in bench.state()["proposals"]}
    assert proposed["chain"] == "coast-wire;norrland-government"
    assert proposed["stated_on"] == "2031-09-01"
    assert proposed["places"] == "northern-channel"
    assert {sheet()[0][column] for column in proposed} == {""}
    fill(bench, mode="quote")
    step(bench, do="take", key="one", columns=["places"])
    assert sheet()[0]["places"] == "northern-channel"
    assert sheet()[0]["chain"] == ""
    step(bench, do="take", key="one")
    assert sheet()[0]["chain"] == "coast-wire;norrland-government"
    assert sheet()[0]["mode"] == "quote"  # a field that is filled keeps its value


def test_a_speaker_whom_no_table_has_is_shown_until_a_chain_is_filled_in(made_up_copy: Path):
    actors = made_up_copy / "data" / "actors.csv"
    known = "Ministry of Trade of Ostria,trade ministry,Ostria’s ministry of trade"
    other = actors.read_text("utf-8").replace(known, "Customs Board,Customs,")
    actors.write_text(other, "utf-8")
    bench = Bench("HP")
    mark(bench, "Ostria’s ministry of trade said on Monday")

    def shown() -> list[str]:
        return [one["why"] for one in bench.state()["proposals"] if one["column"] == "chain"]

    assert shown() == ["‘Ostria’s ministry of trade’ speaks, whom actors.csv does not have"]
    assert "chain" not in step(bench, do="take", key="one")
    assert claim(bench)["cells"]["chain"] == ""
    create = {"do": "create", "table": "actors", "key": "new", "name": "Ostria’s ministry of trade"}
    step(bench, **create, claim="one")
    [proposed] = [one for one in bench.state()["proposals"] if one["column"] == "chain"]
    assert proposed["value"] == "harbour-post;ostrias-ministry-of-trade"  # begun, and known now
    step(bench, do="delete", table="actors", key="new")
    fill(bench, chain="harbour-post")
    assert shown() == []


def test_a_fault_stands_at_its_field_and_copied_words_are_one():
    bench = Bench("CW")
    mark(bench, WORDS)
    fill(bench, event_start="1 September", chain="coast-wire;nobody", places="straits-of-vel")
    fill(bench, paraphrase="It is said that the ferries ran as usual.", denies="x")
    faults = {one["column"]: one["text"] for one in claim(bench)["faults"]}
    assert "a day as YYYY-MM-DD" in faults["event_start"]
    assert "‘nobody’" in faults["chain"]
    assert "straits-of-vell" in faults["places"]
    assert "paraphrase" not in faults  # five words are no run that is too long
    fill(bench, paraphrase="They said yesterday, when the ferries ran as usual.")
    assert "fewer than 6 words in a row" in claim(bench)["faults"][-1]["text"]


def test_the_whole_check_finds_what_needs_all_columns_until_the_row_changes():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench, on="closing")
    assert claim(bench)["state"] == "ready"
    assert "1 claim with faults" in step(bench, do="check")
    assert [one["column"] for one in claim(bench)["faults"]] == ["bearing"]
    fill(bench, bearing="lowers")
    assert claim(bench)["state"] == "ready"


def test_a_fault_is_also_said_in_a_sentence_that_stands_by_itself():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench, kind="evnt", paraphrase=" ".join(["all"] * 40), on="closing")
    says = {one["column"]: one["says"] for one in claim(bench)["faults"]}
    assert says["kind"].startswith("‘evnt’ does not fit. Allowed: event, ")
    assert says["kind"].endswith(" Did you mean 'event'?")
    assert says["paraphrase"].startswith("‘all all")
    fill(bench, kind="event", paraphrase="All goes on.")
    assert step(bench, do="check") == "Checked: 1 claim with faults. The list says what is wrong."
    [fault] = claim(bench)["faults"]
    assert (fault["column"], fault["says"].split(".")[0]) == ("bearing", "it is empty")


def test_a_check_says_what_other_tables_will_need_until_something_changes():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench, on="closing", bearing="lowers")
    said = step(bench, do="check")
    assert said == "Checked: 1 claim ready. Other tables will need 1 row; the list says which."
    [ahead] = bench.state()["ahead"]
    assert ahead["key"] == "one"
    assert ahead["says"].startswith("Once it is added: It bears on an outcome")
    step(bench, do="select", key="one")
    assert bench.state()["ahead"] == [ahead]
    fill(bench, on="", bearing="")
    assert bench.state()["ahead"] == []


def test_complete_claims_are_added_and_drafts_wait():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench)
    mark(bench, "No barrier lies", "two")
    assert step(bench, do="add") == "Added: CW-03. Waiting: 1 draft."
    assert load().claims.loc["CW-03", "paraphrase"] == "All goes on."
    assert [one["state"] for one in bench.state()["claims"]] == ["added", "draft"]
    assert {one["id"] for one in bench.state()["published"]} == {"CW-01", "CW-02"}


def test_nothing_is_added_with_a_fault():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench, kind="evnt")
    assert step(bench, do="add") == "nothing was added: 1 fault, which the list names"
    assert "CW-03" not in load().claims.index
    assert claim(bench)["state"] == "faulty"


def test_an_event_is_begun_in_place_and_goes_in_with_its_claim():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench, event_start="2031-09-01", event_end="2031-09-01", date_basis="relative")
    create = {"do": "create", "table": "events", "key": "new", "name": "Ferries run"}
    step(bench, **create, claim="one", into="event_id")
    assert claim(bench)["cells"]["event_id"] == "ferries-run"
    [event] = bench.state()["side"]["events"]
    assert event["cells"]["earliest"] == "2031-09-01"
    assert {one["column"] for one in event["faults"]} == {"kind", "precision"}
    for column, value in {"kind": "movement", "precision": "day"}.items():
        step(bench, do="set", table="events", key="new", column=column, value=value)
    assert "Added to events: ferries-run" in step(bench, do="add")
    assert load().events.loc["ferries-run", "title"] == "Ferries run"
    assert bench.state()["side"]["events"] == []  # it is in the table now


def test_a_word_of_likelihood_that_is_new_gets_its_range_in_place():
    bench = Bench("CW")
    mark(bench, "thinks a closure unlikely")
    complete(bench, chain="coast-wire;iss", term="thinks")
    step(bench, do="check")
    assert "terms.csv for yardstick icd-203" in claim(bench)["faults"][0]["text"]
    step(bench, do="create", table="terms", key="new", name="thinks", claim="one")
    assert bench.state()["side"]["terms"][0]["cells"]["yardstick"] == "icd-203"
    step(bench, do="set", table="terms", key="new", column="why", value="It gives no range")
    assert "Added to terms: thinks/icd-203" in step(bench, do="add")


def test_a_step_that_comes_twice_counts_once():
    """As from a page that had no answer to the first, since the kernel died."""
    bench = Bench("CW")
    mark(bench, WORDS)
    create = {"do": "create", "table": "actors", "key": "new", "name": "Ada Holm"}
    create |= {"claim": "one", "into": "chain", "several": True}
    adopt = {"do": "adopt", "key": "old", "claim": "CW-01"}
    step(bench, **create)
    step(bench, **adopt)
    fill(bench, kind="event")
    fill(bench, "old", kind="warning")
    before = bench.state()["claims"]
    again = Bench("CW")
    mark(again, WORDS)
    step(again, **create)
    step(again, **adopt)
    assert again.state()["claims"] == before
    assert claim(again)["cells"]["chain"] == "ada-holm"


def test_what_another_table_lacks_for_a_new_claim_is_written_in_place():
    bench = Bench("CW")
    mark(bench, WORDS)
    complete(bench, on="closing", bearing="lowers")
    step(bench, do="add")
    again = Bench("CW")  # what is left to do outlives the kernel
    [lacking] = again.state()["todo"]
    assert (lacking["claim"], lacking["table"]) == ("CW-03", "set_aside")
    assert lacking["words"] == f"{WORDS}."
    assert "Say in set_aside.csv why it is not weighed" in lacking["says"]
    wanted = {"claim": "CW-03", "text": lacking["text"]}
    assert "must not be empty" in step(again, do="complete", **wanted)
    step(again, do="todo", **wanted, column="reason", value="routine")
    step(again, do="complete", **wanted)
    assert load().set_aside.loc["CW-03", "reason"] == "routine"
    assert again.state()["todo"] == []


def test_a_claim_of_the_report_is_changed_with_a_reason():
    bench = Bench("CW")
    step(bench, do="adopt", key="old", claim="CW-01")
    assert claim(bench, "old")["state"] == "added"
    fill(bench, "old", paraphrase="Norrland denies a barrier.")
    assert claim(bench, "old")["state"] == "changed"
    assert "nothing was added" in step(bench, do="add", why="")
    assert "Changed: CW-01" in step(bench, do="add", why="Shorter")
    assert load().claims.loc["CW-01", "paraphrase"] == "Norrland denies a barrier."
    assert "Shorter" in set(load().corrections["why"])


def test_a_second_speaker_of_the_same_words_is_another_claim():
    bench = Bench("CW")
    words = "No barrier lies in the Northern Channel, the government of Norrland said yesterday"
    mark(bench, words)  # the very span of CW-01
    complete(bench)
    assert step(bench, do="add") == "Added: CW-03."
    assert load().claims.loc["CW-01", "theme"] == "closure"


def test_a_passage_without_a_claim_gets_its_reason():
    bench = Bench("HP", "three")
    assert bench.state()["passages"][0]["words"].startswith("Ostria")
    step(bench, do="omit", number="1", reason="repeats", repeats="2")
    passages = {one["number"]: one for one in Bench("HP", "three").state()["passages"]}
    assert (passages["1"]["reason"], passages["1"]["repeats"]) == ("repeats", "2")
    step(bench, do="omit", number="1", reason="", repeats="")
    assert sheet("three/HP") == []


def test_an_independent_coder_sees_no_claims_of_others_and_adds_a_pass():
    bench = Bench("CW", "three")
    assert bench.state()["published"] == []
    mark(bench, WORDS)
    complete(bench)
    assert "Added to the pass three" in step(bench, do="add")
    added = load().passes.loc[("three", "CW-01")]
    assert added["paraphrase"] == "All goes on."
    assert len(load().claims) == 10


def in_conflict() -> tuple[Bench, Path, str]:
    """A session whose sheet another program has changed: with the sheet and what it now has."""
    bench = Bench("CW")
    mark(bench, WORDS)
    file = project().sheets / "CW.csv"
    theirs = file.read_text("utf-8").replace(WORDS, "No barrier lies")
    file.write_text(theirs, "utf-8")
    fill(bench, kind="event")
    return bench, file, theirs


def test_a_sheet_that_another_program_changes_is_never_written_over():
    bench, file, theirs = in_conflict()
    assert file.read_text("utf-8") == theirs
    kept = project().root / bench.state()["conflict"]
    assert WORDS in kept.read_text("utf-8")
    fill(bench, mode="quote")
    assert "quote" in (project().root / bench.state()["conflict"]).read_text("utf-8")
    assert "is kept in" in step(bench, do="theirs")
    assert bench.state()["conflict"] == ""
    assert [one["cells"]["span"] for one in bench.state()["claims"]] == ["No barrier lies."]


def test_of_two_versions_mine_may_hold_and_theirs_is_kept():
    bench, file, theirs = in_conflict()
    said = step(bench, do="mine")
    assert sheet()[0]["kind"] == "event"
    [copy] = [path for path in file.parent.rglob("*theirs*.csv") if path.name in said]
    assert copy.read_text("utf-8") == theirs


def test_a_step_that_cannot_be_saved_is_not_forgotten(monkeypatch):
    bench = Bench("CW")
    mark(bench, WORDS)
    file = project().sheets / "CW.csv"
    content = file.read_bytes()
    file.unlink()
    file.mkdir()  # as a disk that takes no file of this name
    what = {"do": "set", "table": "rows", "key": "one", "column": "kind", "value": "event"}
    assert not bench.take(what)
    assert bench.message["kind"] == "alert"
    file.rmdir()
    file.write_bytes(content)
    assert bench.take(what)
    assert bench.take({"do": "check"})
    fill(bench, mode="quote")
    assert (sheet()[0]["kind"], sheet()[0]["mode"]) == ("event", "quote")


def test_rows_of_a_sheet_that_a_person_wrote_are_kept(made_up_copy: Path):
    folder = made_up_copy / "coding"
    folder.mkdir()
    row = {"span": "the ferrys ran as usualy", "kind": "event", "paraphrase": "Ferries run."}
    fill_sheet(folder / "CW.csv", row)
    bench = Bench("CW")
    [mine] = bench.state()["claims"]
    assert mine["start"] is None
    assert "nearest" in mine["faults"][0]["text"]
    start = bench.session.text.index(WORDS)
    step(bench, do="move", key=mine["key"], start=start, end=start + len(WORDS))
    assert claim(bench, mine["key"])["start"] == start
    assert sheet()[0]["paraphrase"] == "Ferries run."


@pytest.mark.parametrize(
    ("source", "coder", "message"),
    [
        ("XX", "", "the id or code of a source"),
        ("CW", "Ann B.", "small letters, digits and hyphens"),
        ("CW", "drafts", "another name"),
    ],
)
def test_what_cannot_be_opened_is_said(source, coder, message):
    with pytest.raises(CorpusError, match=message):
        Bench(source, coder)


def test_a_source_without_a_text_at_hand_is_said():
    (project().data / "texts" / "coast-wire.txt").unlink()
    with pytest.raises(CorpusError, match=r"coast-wire\.txt where CORPUS_TEXTS points"):
        Bench("CW")


def test_a_source_whose_workbook_is_filled_in_is_not_opened(tmp_path, made_up_copy):
    from openpyxl import Workbook

    folder = made_up_copy / "coding"
    folder.mkdir()
    book = Workbook()
    for row in (["span", "theme"], [WORDS, "closure"]):
        book.active.append(row)
    book.save(folder / "CW.xlsx")
    with pytest.raises(CorpusError, match=r"CW\.xlsx: 'filled in'"):
        Bench("CW")
