"""A coder's pass is added from sheets, compared at once, extended and taken back."""

from pathlib import Path

import pytest
from claimbook.analysis import agreement
from claimbook.corpus.model import load, read_schema
from claimbook.errors import CorpusError
from claimbook.paths import project
from claimbook.texts.sheets.columns import PASSES
from claimbook.texts.sheets.passes import PassWriter
from support.folder_contents import read_contents
from support.made_up_report import run_python
from support.sheet_rows import FERRIES, PILOT, fill

ROW = {name: cell for name, cell in FERRIES.items() if name != "event_id"}
COAST, HARBOUR = "coast-wire-2031-09-02", "harbour-post-2031-08"

pytestmark = [pytest.mark.usefixtures("made_up_copy"), pytest.mark.whole]


@pytest.fixture
def sheets(made_up_copy: Path) -> Path:
    """The folder of a third coder's sheets."""
    folder = made_up_copy / "coding" / "three"
    folder.mkdir(parents=True)
    return folder


def sheet(folder: Path, code: str, *rows: dict[str, str]) -> Path:
    return fill(folder / f"{code}.csv", *rows, table=PASSES)


def command(*words: str):
    return run_python(project().root, "-m", "claimbook", *words)


def test_filled_sheets_become_a_pass_with_numbers_of_its_own(sheets):
    added = PassWriter("three").add(
        [sheet(sheets, "CW", ROW, ROW | {"span": "No barrier lies"}), sheet(sheets, "HP", PILOT)]
    )
    assert added == [COAST, HARBOUR]
    corpus = load()
    assert agreement.coder_names(corpus.passes) == ["one", "two", "three"]
    rows = corpus.passes.loc["three"]
    assert rows.index.tolist() == ["CW-01", "CW-02", "HP-01"]
    assert rows.loc["CW-01", "words"] == 3  # in the order of the text
    assert corpus.coders.loc["three", "codebook"] == 2


def test_a_pass_with_faults_adds_nothing_and_names_them_all(sheets):
    before = read_contents(project().data)
    files = [
        sheet(sheets, "CW", ROW | {"span": "the ferries sank"}, ROW | {"kind": ""}),
        sheet(
            sheets,
            "HP",
            PILOT | {"chain": "nobody"},
            PILOT | {"denies": "a quarrel"},
            PILOT | {"span": ""},
        ),
    ]
    with pytest.raises(CorpusError) as caught:
        PassWriter("three").add(files)
    assert [str(fault).partition(": '")[0] for fault in caught.value.faults] == [
        "CW.csv line 2 span",
        "CW.csv line 3 kind",
        "HP.csv line 2 chain",
        "HP.csv line 3 denies",
        "HP.csv line 4 span",
    ]
    assert read_contents(project().data) == before


def test_empty_sheets_add_nothing(sheets):
    assert command("sheet", "CW", "HP", "--coder", "three").returncode == 0
    before = read_contents(project().data)
    ran = command("pass", "add", "three")
    assert ran.returncode == 1
    assert "nothing is filled in" in ran.stderr
    assert read_contents(project().data) == before


def test_a_name_that_is_taken_or_is_no_name_is_refused(sheets):
    file = sheet(sheets, "CW", ROW)
    with pytest.raises(CorpusError, match=r"the name of a new pass; `claimbook pass extend`"):
        PassWriter("one").add([file])
    with pytest.raises(CorpusError, match="small letters"):
        PassWriter("No Name")
    with pytest.raises(CorpusError, match="a pass: one, two"):
        PassWriter("three").extend([file])


def test_a_pass_is_extended_by_sources_that_it_has_not(sheets):
    coast, harbour = sheet(sheets, "CW", ROW), sheet(sheets, "HP", PILOT)
    assert PassWriter("three").add([coast, harbour], only=[COAST]) == [COAST]
    assert load().passes.loc["three"].index.tolist() == ["CW-01"]
    sheet(sheets, "CW", ROW | {"paraphrase": "Thought better of."})
    assert PassWriter("three").extend([coast, harbour]) == [HARBOUR]
    rows = load().passes.loc["three"]
    assert rows.index.tolist() == ["CW-01", "HP-01"]
    assert rows.loc["CW-01", "paraphrase"] == ROW["paraphrase"]  # kept as it was made


def test_a_removed_pass_leaves_no_trace_and_the_sheets_stay(sheets):
    before = read_contents(project().data)
    file = sheet(sheets, "CW", ROW)
    PassWriter("three").add([file])
    assert read_contents(project().data) != before
    ran = command("pass", "remove", "three", "--yes")
    assert ran.returncode == 0, ran.stderr
    assert read_contents(project().data) == before
    assert file.exists()
    assert "removed: two and " in command("pass", "remove", "two", "--yes").stdout
    assert load().settlements.empty
    with pytest.raises(CorpusError, match="the table needs one"):
        PassWriter("one").remove()
    assert read_schema()[PASSES].files == ["coding/one.csv"]


def test_a_pass_is_compared_with_the_published_claims_of_its_sources(sheets):
    same = load().claims.loc["CW-01"]
    text = (project().data / "texts" / "coast-wire.txt").read_text("utf-8")
    row = ROW | {"span": text[same["start"] : same["end"]], "kind": "denial", "denies": "barrier"}
    PassWriter("three").add([sheet(sheets, "CW", row, ROW)])
    passes, coders = agreement.with_published(load(), "three")
    counts = agreement.claims_by_source(passes, "three", agreement.PUBLISHED)
    assert counts.index.tolist() == [COAST, "all"]
    assert counts.loc["all", ["three", "published", "matched"]].tolist() == [2, 2, 1]
    fields = agreement.compared_fields(coders, "three", agreement.PUBLISHED)
    assert "on" in fields
    ran = command("pass", "compare", "three")
    assert ran.returncode == 0, ran.stderr
    assert [line.split() for line in ran.stdout.splitlines()[:3]] == [
        ["three", "published", "matched", "agreement"],
        ["CW", "2", "2", "1", "0.5"],
        ["all", "2", "2", "1", "0.5"],
    ]
    rows = {line.split()[0]: line.split()[1] for line in ran.stdout.splitlines()[5:]}
    assert rows["kind"] == "1.0"
    assert rows["date_basis"] == "0.0"


def test_two_passes_are_compared_and_an_unknown_one_is_named():
    assert command("pass", "compare", "one", "two").returncode == 0
    ran = command("pass", "compare", "one", "twoo")
    assert ran.returncode == 1
    assert "a pass: one, two" in ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["coding-kit"], "`claimbook sheet SOURCE… --coder NAME`"),
        (["add-pass", "three"], "`claimbook pass add three`"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_a_command_that_is_gone_names_what_replaces_it(words, said):
    ran = command(*words)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1
