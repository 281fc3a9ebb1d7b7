"""`claimbook source`: sources in, listed and out again."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from claimbook.paths import project

NOTICE = """Ferries keep to their times

Coast Pilot, 1 September 2031

The ferries between Havn and Ostria ran on time on Monday. “We have heard of no closure,” said Ada.
"""
TWO_PARTS = """--- 2031-08-30 https://example.org/one
Buoys laid in the harbour

The navy laid buoys in the harbour on Saturday.

--- 2031-08-31 https://example.org/two

A quiet day at sea

No ship was held up on Sunday.
"""
BY_PILOT = ("--outlet", "Coast Pilot", "--side", "norrland", "--yes")


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A text that is no source yet."""
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, "utf-8")
    return file


def by_id(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["source_id"]: row for row in rows}


def test_an_added_text_becomes_a_row_that_the_check_accepts(claimbook, rows, made_up_copy, notice):
    printed = claimbook("source", "add", notice, *BY_PILOT).output
    added = by_id(rows("sources"))["coast-pilot-2031-09-01"]
    expected = {
        "code": "CP310901",
        "title": "Ferries keep to their times",
        "outlet": "coast-pilot",
        "published": "2031-09-01",
        "precision": "printed",
        "stamp": "1 September 2031",
        "tier": "record",
        "scope": "whole",
        "extent": "whole",
        "language": "en",
        "file": "notice.txt",
        "characters": str(len(NOTICE)),
        "words": "29",
    }
    assert expected.items() <= added.items()
    assert (made_up_copy / "data" / "texts" / "notice.txt").read_text("utf-8") == NOTICE
    assert "coast-pilot" in {row["actor_id"] for row in rows("actors")}
    assert "title: Ferries keep to their times  [the first line]" in printed
    claimbook("check")


def test_authors_are_proposed_and_a_flag_beats_them(claimbook, rows, notice):
    notice.write_text(NOTICE.replace("\nCoast", "\nAda Holm and Jon Berg\n\nCoast"), "utf-8")
    printed = claimbook("source", "add", notice, *BY_PILOT).output
    assert "author: Ada Holm; Jon Berg  [The head of the text names them.]" in printed
    claimbook("check")
    claimbook("source", "remove", "coast-pilot-2031-09-01")
    claimbook("source", "add", notice, *BY_PILOT, "--author", "Eva Lind")
    assert by_id(rows("sources"))["coast-pilot-2031-09-01"]["author"] == "Eva Lind"


def test_a_known_text_is_named_and_changes_nothing(claimbook, snapshot, notice):
    claimbook("source", "add", notice, *BY_PILOT)
    before = snapshot()
    again = notice.with_name("again.txt")
    again.write_bytes(NOTICE.replace("\n", "\r\n").encode("utf-16"))
    printed = claimbook("source", "add", again, *BY_PILOT).output
    assert "again.txt: the text of coast-pilot-2031-09-01 already" in printed
    assert snapshot() == before


def test_without_yes_and_a_terminal_nothing_is_written(claimbook, snapshot, notice):
    before = snapshot()
    words = ("source", "add", notice, *BY_PILOT[:-1])
    assert "run it with --yes" in claimbook(*words, exit_code=1).output
    assert snapshot() == before


def test_a_folder_goes_in_with_what_its_index_says(claimbook, rows, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text("The straits are open.\n\nSo the pilots say.\n", "utf-8")
    (folder / "two.txt").write_text("Die Meerenge ist offen, sagen die Lotsen im Hafen.\n", "utf-8")
    (folder / "three.txt").write_text("Not in the index.\n", "utf-8")
    (folder / "INDEX.tsv").write_text(
        "file\ttitle\tpublisher\tdate\twhole_or_cut\tcode\tside\n"
        "one.txt\tStraits open\tThe Harbour Post (late)\t2031-08-30\tCUT: the opening\t\t\n"
        "two.txt\t(title not stored) Die Meerenge\tHafenblatt via Nordnetz\t2031-08 (no day)\t"
        "whole\tHB\tostria\n",
        "utf-8",
    )
    printed = claimbook("source", "add", folder, "--yes").output
    added = by_id(rows("sources"))
    one, two = added["harbour-post-2031-08-30"], added["hafenblatt-2031-08"]
    assert (one["title"], one["extent"], one["precision"]) == ("Straits open", "cut", "day")
    assert (two["code"], two["language"], two["kind"]) == ("HB", "de", "repost")
    assert two["title"] == "[Hafenblatt, 31 August 2031]"
    assert (two["published_earliest"], two["published_latest"]) == ("2031-08-01", "2031-08-31")
    assert two["precision"] == "range"
    assert "three.txt is not in the index of folder and was left out" in printed
    claimbook("check")


def test_every_fault_of_every_file_is_listed_and_nothing_written(
    claimbook, rows, snapshot, tmp_path, notice
):
    folder = tmp_path / "folder"
    folder.mkdir()
    notice.rename(folder / "notice.txt")
    (folder / "empty.txt").write_text("\n", "utf-8")
    (folder / "undated.txt").write_text("The straits are open.\n", "utf-8")
    before = snapshot()
    printed = claimbook("source", "add", folder, *BY_PILOT, exit_code=1).output
    assert "empty.txt" in printed
    assert "undated.txt published: '': must not be empty; say it in a row of an index" in printed
    assert "2 faults" in printed
    assert snapshot() == before
    claimbook("source", "add", folder, *BY_PILOT, "--keep-going", exit_code=1)
    assert set(by_id(rows("sources"))) - {"coast-pilot-2031-09-01"} == {
        "coast-wire-2031-09-02", "daily-example-2031-06-14", "harbour-post-2031-08",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "fault"),
    [
        (("--tier", "nothing"), "notice.txt tier: 'nothing'"),
        (("--code", "cp"), "notice.txt code: 'cp'"),
        (("--source-id", "coast-wire-2031-09-02"), "notice.txt source_id: 'coast-wire-2031-09-02'"),
        (("--side", "nobody"), "actors.csv coast-pilot side: 'nobody'"),
        (("--outlet", "Лоцман"), "notice.txt outlet: 'Лоцман': the id of an actor, or a name with"),
        (("--published", "9/7/31"), "notice.txt published: '9/7/31': a day as YYYY-MM-DD"),
    ],
)
def test_a_flag_that_the_tables_do_not_allow_is_a_fault(claimbook, snapshot, notice, flags, fault):
    before = snapshot()
    assert fault in claimbook("source", "add", notice, *BY_PILOT, *flags, exit_code=1).output
    assert snapshot() == before


def test_a_file_of_several_sources_is_split_at_its_lines_of_hyphens(claimbook, rows, tmp_path):
    file = tmp_path / "items.txt"
    file.write_text(TWO_PARTS, "utf-8")
    claimbook("source", "add", file, *BY_PILOT, "--extent", "abstract")
    added = [row for row in rows("sources") if row["file"] == "items.txt"]
    assert {row["extent"] for row in added} == {"abstract"}
    assert [(row["part"], row["published"], row["title"], row["url"]) for row in added] == [
        ("1", "2031-08-30", "Buoys laid in the harbour", "https://example.org/one"),
        ("2", "2031-08-31", "A quiet day at sea", "https://example.org/two"),
    ]
    claimbook("check")


def test_a_file_of_several_sources_can_be_kept_whole(claimbook, rows, tmp_path):
    file = tmp_path / "items.txt"
    file.write_text(TWO_PARTS, "utf-8")
    claimbook("source", "add", file, *BY_PILOT, "--no-split")
    assert [row["part"] for row in rows("sources") if row["file"] == "items.txt"] == [""]


def test_a_text_that_stands_in_another_brings_a_warning(claimbook, made_up_copy, tmp_path):
    known = (made_up_copy / "data" / "texts" / "harbour-post.txt").read_text("utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(f"Seen elsewhere on 1 September 2031\n\n{known.upper()}", "utf-8")
    printed = claimbook("source", "add", copy, *BY_PILOT).output
    assert "of it stands in harbour-post-2031-08 (characters 36 to " in printed


@pytest.mark.parametrize(
    ("title", "published", "other", "reason"),
    [
        ("Ferries on time", "2031-09-02", "1 September 2031", "prints the day; the"),
        ("Ferries, September 1", "2031-09-01", "2 September 2031", "the day, as the title does;"),
    ],
)
def test_a_head_that_prints_two_days_brings_a_warning(
    claimbook, rows, tmp_path, title, published, other, reason
):
    file = tmp_path / "two-days.txt"
    head = f"{title}\n\nSep 2, 2031 - Press\n\nSeptember 1, 9:00 pm ET\n\n"
    file.write_text(f"{head}No ship was held up in the straits on Sunday, they say.\n", "utf-8")
    printed = claimbook("source", "add", file, *BY_PILOT).output
    [line] = [line for line in printed.splitlines() if line.startswith("warning: ")]
    assert f"published on {published}?" in line
    assert f"the head also prints {other}." in line
    assert reason in by_id(rows("sources"))[f"coast-pilot-{published}"]["published_basis"]


def test_a_text_from_after_the_day_of_judgement_brings_a_warning(claimbook, notice):
    assert "warning" not in claimbook("source", "add", notice, *BY_PILOT).stderr
    notice.write_text(NOTICE.replace("1 September", "3 September") + "Later.\n", "utf-8")
    warned = claimbook("source", "add", notice, *BY_PILOT).stderr
    assert (
        "published on 2031-09-03, after 2 September 2031, as of which the report judges" in warned
    )


def test_settings_say_beforehand_what_holds_for_files_of_a_name(
    claimbook, rows, made_up_copy, notice
):
    settings = made_up_copy / "report.toml"
    rule = '\n[[intake]]\nfiles = "not*"\nvalues = { series = "notices", scope = "passages" }\n'
    settings.write_text(settings.read_text("utf-8") + rule, "utf-8")
    claimbook("source", "add", notice, *BY_PILOT)
    added = by_id(rows("sources"))["coast-pilot-2031-09-01"]
    assert (added["series"], added["scope"]) == ("notices", "passages")
    settings.write_text(settings.read_text("utf-8").replace("series", "serial"), "utf-8")
    assert "serial" in claimbook("source", "add", notice, *BY_PILOT, exit_code=1).output


def test_new_outlets_can_come_from_a_table(claimbook, rows, tmp_path, notice):
    actors = tmp_path / "outlets.csv"
    actors.write_text(
        "actor_id;name;short;also_called;kind;side;role;yardstick\n"
        "pilot;The Coast Pilot;Pilot;Coast Pilot;outlet;ostria;Magazine of pilots;none\n"
        "other;Other;Other;;outlet;ostria;Not needed;none\n",
        "utf-8",
    )
    claimbook("source", "add", notice, "--outlet", "Coast Pilot", "--actors", actors, "--yes")
    assert "pilot-2031-09-01" in by_id(rows("sources"))
    names = {row["actor_id"]: row for row in rows("actors")}
    assert names["pilot"]["role"] == "Magazine of pilots"
    assert "other" not in names


def test_at_a_terminal_the_command_asks_for_what_is_missing(made_up_copy, rows, tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text("Ferries keep to their times.\n", "utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "claimbook", "source", "add", str(file)]
    with subprocess.Popen(
        command,
        cwd=made_up_copy,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for answer in ("Coast Pilot", "2 September 2031", "norrland", "y"):
            os.write(ours, f"{answer}\n".encode())
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed
    assert "asked for: outlet, published, side" in printed
    added = by_id(rows("sources"))["coast-pilot-2031-09-02"]
    assert added["published_basis"] == "The text prints no day; whoever added the text has it."


def test_sources_are_listed_with_their_claims(claimbook, made_up_copy):
    lines = claimbook("source", "list").output.splitlines()
    assert lines[0].split() == ["code", "source", "day", "tier", "scope", "words", "claims"]
    assert lines[1].split()[:3] == ["DE", "daily-example-2031-06-14", "2031-06-14"]
    assert lines[-1] == "3 sources"
    (made_up_copy / "data" / "texts" / "coast-wire.txt").unlink()
    missing = claimbook("source", "list", "--missing").output.splitlines()
    assert [line.split()[0] for line in missing[1:]] == ["CW", "1"]


def test_a_source_without_claims_can_be_taken_back(claimbook, rows, snapshot, made_up_copy, notice):
    before = rows("sources")
    claimbook("source", "add", notice, *BY_PILOT)
    claimbook("source", "remove", "coast-pilot-2031-09-01")
    assert rows("sources") == before
    assert (made_up_copy / "data" / "texts" / "notice.txt").exists()
    claimbook("check")


def test_a_source_with_claims_is_kept_and_the_claims_are_listed(claimbook, snapshot):
    before = snapshot()
    printed = claimbook("source", "remove", "coast-wire-2031-09-02", exit_code=1).output
    assert "this one has 2 claims: CW-01 to CW-02; --with-claims removes them" in printed
    assert "--with-claims" in printed
    assert snapshot() == before
    printed = claimbook("source", "remove", "coast-wire", exit_code=1).output
    assert "did you mean 'coast-wire-2031-09-02'" in printed


def without_rows(table: Path, words: str) -> None:
    """Delete the rows of a table that have some words."""
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if words not in line), "utf-8")


def test_claims_go_with_their_source_and_all_that_is_on_them(claimbook, snapshot, made_up_copy):
    command = ("source", "remove", "harbour-post-2031-08", "--with-claims")
    before, data = snapshot(), made_up_copy / "data"
    assert "indicators.csv barrier claims" in claimbook(*command, exit_code=1).output
    assert snapshot() == before
    without_rows(data / "indicators.csv", "HP-")
    assert "propositions.csv buoys-laid claims" in claimbook(*command, exit_code=1).output
    for table in ("propositions", "weighing"):
        without_rows(data / f"{table}.csv", "buoys-laid")
    printed = claimbook(*command).output
    assert "claims.csv: removed HP-01, HP-02, HP-03, HP-04" in printed
    assert "straits-open/HP-02, talks-failed/HP-01" in printed
    history = {"corrections.csv", "settlements.csv"}
    tables = [file for file in data.rglob("*.csv") if file.name not in history]
    left = "".join(file.read_text("utf-8") for file in tables)
    assert "HP-0" not in left
    assert "harbour-post-2031-08" not in left


def test_several_sources_go_at_once_or_none(claimbook, rows, snapshot, notice, tmp_path):
    before, other = snapshot(), tmp_path / "parts.txt"
    other.write_text(TWO_PARTS, "utf-8")
    claimbook("source", "add", notice, other, *BY_PILOT, "--split")
    ids = ("coast-pilot-2031-09-01", "coast-pilot-2031-08-30", "coast-pilot-2031-08-31")
    added = snapshot()
    printed = claimbook("source", "remove", *ids, "coast-wire-2031-09-02", "no", exit_code=1).output
    assert "sources.csv coast-wire-2031-09-02" in printed
    assert "sources.csv no" in printed
    assert snapshot() == added
    printed = claimbook("source", "remove", *ids, "--with-names").output
    assert "actors.csv: removed coast-pilot\n" in printed
    tables = {name: content for name, content in before.items() if name.endswith(".csv")}
    assert {name: snapshot()[name] for name in tables} == tables


def test_names_to_which_nothing_refers_any_more_are_listed(claimbook, rows, notice):
    claimbook("source", "add", notice, *BY_PILOT)
    printed = claimbook("source", "remove", "coast-pilot-2031-09-01").output
    assert "nothing refers any more to actors: coast-pilot; --with-names" in printed
    assert "coast-pilot" in {row["actor_id"] for row in rows("actors")}


def test_a_name_that_a_page_or_another_row_uses_stays(claimbook, rows, made_up_copy, notice):
    claimbook("source", "add", notice, *BY_PILOT)
    page = made_up_copy / "index.md"
    page.write_text(page.read_text("utf-8") + "\n% coast-pilot\n", "utf-8")
    before = rows("actors")
    printed = claimbook("source", "remove", "coast-pilot-2031-09-01", "--with-names").output
    assert "actors.csv" not in printed
    assert rows("actors") == before


def test_a_wrong_number_of_words_is_a_fault(claimbook, made_up_copy, rows):
    sources = made_up_copy / "data" / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace(",246,40,", ",246,41,"), "utf-8")
    printed = claimbook("check", exit_code=1).output
    assert "sources.csv coast-wire-2031-09-02 words: '41'" in printed
    assert "did you mean '40'" in printed
    assert printed.splitlines()[-1] == "1 fault"


def test_the_check_ends_with_a_verdict(claimbook, made_up_copy, rows):
    assert claimbook("check").output.splitlines()[-1] == "no faults"
    for row in rows("sources"):
        (made_up_copy / "data" / "texts" / row["file"]).unlink(missing_ok=True)
    missing, _, verdict = claimbook("check").output.splitlines()[-3:]
    assert "no text at hand of 3 of 3 sources: coast-wire-2031-09-02, daily" in missing
    assert verdict == "no faults in what was checked"


def test_of_many_texts_that_are_not_at_hand_the_check_names_three(claimbook, tmp_path):
    files = [tmp_path / f"notice-{number}.txt" for number in range(4)]
    for number, file in enumerate(files):
        file.write_text(NOTICE.replace("Ada", f"pilot {number}"), "utf-8")
    claimbook("source", "add", *files, *BY_PILOT)
    for file in (project().own_texts).glob("*.txt"):
        file.unlink()
    missing = claimbook("check").output.splitlines()[-3]
    assert missing.endswith(
        "no text at hand of 7 of 7 sources: coast-pilot-2031-09-01, coast-pilot-2031-09-01-2, "
        "coast-pilot-2031-09-01-3, …; `claimbook source list --missing` lists them"
    )


def test_a_text_under_the_name_of_another_gets_a_name_of_its_own(
    claimbook, rows, made_up_copy, notice
):
    texts = made_up_copy / "data" / "texts"
    private = texts / "notice.txt"
    private.write_text("A note that is no source.\n", "utf-8")
    claimbook("source", "add", notice, *BY_PILOT)
    assert by_id(rows("sources"))["coast-pilot-2031-09-01"]["file"] == "notice-2.txt"
    assert (texts / "notice-2.txt").read_text("utf-8") == NOTICE
    assert private.read_text("utf-8") == "A note that is no source.\n"


def test_a_text_in_a_folder_of_texts_is_not_copied(
    claimbook, rows, made_up_copy, notice, monkeypatch
):
    texts = made_up_copy / "data" / "texts"
    monkeypatch.setenv("CORPUS_TEXTS", os.pathsep.join((str(texts), str(notice.parent))))
    assert "0 texts copied" in claimbook("source", "add", notice, *BY_PILOT).output
    assert not (texts / "notice.txt").exists()
    assert by_id(rows("sources"))["coast-pilot-2031-09-01"]["file"] == "notice.txt"
    claimbook("check")


def test_a_copy_where_texts_are_not_looked_for_is_pointed_out(
    claimbook, made_up_copy, notice, monkeypatch, tmp_path
):
    monkeypatch.setenv("CORPUS_TEXTS", str(tmp_path / "elsewhere"))
    printed = claimbook("source", "add", notice, *BY_PILOT).output
    assert f"CORPUS_TEXTS does not list {made_up_copy / 'data' / 'texts'}" in printed
