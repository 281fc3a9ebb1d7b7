"""`claimbook impact`: what a change of the tables makes doubtful, on the made-up report."""

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from claimbook.paths import project
from support.made_up_report import run_python

STANDING = ["source without criticism: daily-example-2031-06-14"]
NAMED = ("NAME", "EMAIL")
WITHOUT_CELLS = ("data", "explorer", "forecast", "method", "people")  # of which no test speaks
CELL = re.compile(r"^```\{code-cell\}[\s\S]*?^```$", re.MULTILINE)
NEW_CLAIM = {"claim_id": "HP-05"}
Change = Callable[[str, str, dict[str, str]], None]


def git(folder: Path, *words: str) -> None:
    """Run git as nobody in particular, whatever the machine's settings are."""
    nobody = {f"GIT_{role}_{what}": "n" for role in ("AUTHOR", "COMMITTER") for what in NAMED}
    nobody |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=folder, check=True, env=os.environ | nobody, timeout=60)


@pytest.fixture
def accepted(made_up_copy: Path) -> Path:
    """The copy of the made-up report, with its state in git, and few cells to compute."""
    for page in WITHOUT_CELLS:
        file = made_up_copy / "chapters" / f"{page}.md"
        text, removed = CELL.subn("", file.read_text("utf-8"))
        assert removed
        file.write_text(text, "utf-8")
    git(made_up_copy, "init", "-q")
    git(made_up_copy, "add", "data", "chapters", "index.md", "ledger.md")
    git(made_up_copy, "commit", "-q", "-m", "Accepted")
    return made_up_copy


@pytest.fixture
def impact(claimbook) -> Callable[..., list[str]]:
    """Calls the command, which always ends well; gives the lines after the first."""

    def call(*words: object) -> list[str]:
        _, *lines = claimbook("impact", *words).output.splitlines()
        return lines

    return call


def write(table: str, rows: list[dict[str, str]]) -> None:
    with (project().data / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def change(rows) -> Change:
    """Changes cells of a row, which its first column names."""

    def apply(table: str, key: str, cells: dict[str, str]) -> None:
        changed = [row | cells if next(iter(row.values())) == key else row for row in rows(table)]
        assert changed != rows(table)
        write(table, changed)

    return apply


@pytest.fixture
def append(rows) -> Change:
    """Appends a copy of a row with other cells."""

    def apply(table: str, key: str, cells: dict[str, str]) -> None:
        [model] = [row for row in rows(table) if next(iter(row.values())) == key][:1]
        write(table, [*rows(table), model | cells])

    return apply


def of_kind(kind: str, lines: list[str]) -> list[str]:
    return [line.removeprefix(f"{kind}: ") for line in lines if line.startswith(f"{kind}: ")]


@pytest.mark.usefixtures("accepted")
def test_where_nothing_has_changed_only_what_needs_no_comparison_is_listed(claimbook):
    compared, *lines = claimbook("impact").output.splitlines()
    assert compared.startswith("compared with HEAD (")
    assert compared.endswith(": the tables are the same")
    assert lines == STANDING


@pytest.mark.usefixtures("accepted")
def test_a_changed_row_lists_the_number_the_sentence_and_the_judgement(impact, change):
    change("claims", "CW-01", {"bearing": "raises"})
    lines = impact()
    reason = "CW-01: bearing was lowers, is raises"
    assert of_kind("number changed", lines) == [
        "chapters/closure.md:34: “Of the … claims on a closure … make it look likelier.”: "
        "raises was two, is three"
    ]
    cites = of_kind("cites what has changed", lines)
    assert len(cites) == 2
    assert all(line.startswith("chapters/closure.md:") and line.endswith(reason) for line in cites)
    assert of_kind("judgement", lines) == [
        f"buoys-laid: its evidence {reason}",
        f"straits-open: its evidence {reason}",
    ]


@pytest.mark.usefixtures("accepted")
def test_a_sentence_that_was_written_anew_is_not_listed(impact, change, accepted):
    change("claims", "CW-01", {"bearing": "raises"})
    page = accepted / "chapters" / "closure.md"
    text = page.read_text("utf-8")
    for old, new in (("Two patrol boats", "Patrol boats"), ("sets the", "puts the")):
        assert old in text
        text = text.replace(old, new)
    page.write_text(text, "utf-8")
    assert of_kind("cites what has changed", impact()) == []


@pytest.mark.usefixtures("accepted")
def test_a_judgement_that_was_made_anew_is_not_listed(impact, change):
    change("claims", "CW-01", {"bearing": "raises"})
    change("judgements", "straits-open", {"confidence": "low"})
    judged = of_kind("judgement", impact())
    assert [line.partition(":")[0] for line in judged] == ["buoys-laid"]


@pytest.mark.usefixtures("accepted")
def test_a_changed_event_makes_its_claims_doubtful_and_its_mark_fall_off_the_axis(impact, change):
    day = "2031-10-15"
    change("events", "barrier", dict.fromkeys(("start", "end", "earliest", "latest"), day))
    lines = impact()
    reason = "HP-02: its event barrier: start was 2031-08-15, is 2031-10-15"
    assert any(reason in line for line in of_kind("cites what has changed", lines))
    assert of_kind("off the axis", lines) == ["index.md: events-by-theme: CW-01"]


@pytest.mark.usefixtures("accepted")
def test_a_new_claim_lists_what_is_older_and_that_nobody_weighs_or_cites_it(impact, append):
    append("claims", "HP-02", NEW_CLAIM)
    lines = impact()
    assert of_kind("not weighed", lines) == ["closing, raises: HP-05"]
    assert of_kind("not cited", lines) == ["closing, raises: 1 of 5 claims: HP-05"]
    assert "straits-open: older than what bears on it: closing, raises: HP-05" in of_kind(
        "judgement", lines
    )
    older = of_kind("older page", lines)
    assert "chapters/closure.md: 6 sentences older than 1 new claim (HP-05)" in older
    assert not any("chapters/forecast.md" in line for line in older)  # it is of another theme
    speaks = of_kind("speaks of all", lines)
    assert any(
        line.startswith("index.md, lines 15") and "(HP-05) on their matter" in line
        for line in speaks
    )
    assert not any("The harbour master denies" in line for line in speaks)
    titles = of_kind("title without a test", lines)
    stands = "what it stands over has changed"
    assert (
        "chapters/closure.md: claim-and-counter-claim: "
        f"“The barrier is reported once and denied once”: {stands}"
    ) not in titles
    assert f"chapters/corpus.md: coverage: “Closure is the largest theme”: {stands}" in titles
    sources = "“The three sources in the order of their dates”"
    assert f"chapters/corpus.md: tab-sources: {sources}: {stands}" in titles


@pytest.mark.usefixtures("accepted")
def test_a_new_source_is_named_where_pages_are_about_the_corpus(impact, append):
    cells = {"source_id": "gale-2031", "code": "GA", "file": "gale.txt", "sha256": "0" * 64}
    append("sources", "coast-wire-2031-09-02", cells)
    assert "index.md: 3 sentences older than 1 new source (gale-2031)" in of_kind(
        "older page", impact()
    )


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("relation", ["contradicts", "disputes"])
def test_a_new_contradiction_lists_what_rests_on_the_claim(impact, append, relation):
    append("claims", "HP-02", NEW_CLAIM)
    row = {"claim_a": "HP-05", "relation": relation, "claim_b": "DE-02"}
    append("relations", "CW-01", row)
    lines = impact()
    reason = f"DE-02: {relation} HP-05, by a new row of relations"
    assert any(line.endswith(reason) for line in of_kind("cites what has changed", lines))
    assert f"straits-open: its evidence {reason}" in of_kind("judgement", lines)


@pytest.mark.usefixtures("accepted")
def test_a_judgement_is_listed_whose_evidence_was_weighed_anew(impact, rows):
    evidence = [row for row in rows("evidence") if row["judgement_id"] != "talks-failed"]
    talks = [row for row in rows("evidence") if row["judgement_id"] == "talks-failed"]
    talks[1] |= {"side": "for", "why": "Another reason"}
    write("evidence", [*evidence, talks[1], talks[0] | {"claim_id": "HP-04"}])
    assert of_kind("judgement", impact()) == [
        "talks-failed: its evidence HP-01: side was against, is for",
        "talks-failed: HP-04 is new to it",
        "talks-failed: DE-01 is its evidence no more",
    ]


@pytest.mark.usefixtures("accepted")
def test_a_claim_that_was_withdrawn_lists_what_rested_on_it(impact, rows):
    for table in ("claims", "evidence", "fragments"):
        write(table, [row for row in rows(table) if row["claim_id"] != "DE-01"])
    lines = impact()
    assert of_kind("judgement", lines) == ["talks-failed: its evidence DE-01: is gone"]
    cites = of_kind("cites what has changed", lines)
    assert any("chapters/talks.md" in line and "DE-01: is gone" in line for line in cites)


@pytest.mark.usefixtures("accepted")
def test_a_pass_that_marks_no_published_claim_is_listed(impact, rows, append):
    moved = [row | {"start": "0", "end": "3"} for row in rows("coding/two")]
    write("coding/two", moved)
    append("coding/coders", "two", {"coder": "three"})
    assert of_kind("pass without a match", impact()) == [
        "three: it has no row",
        f"two: none of its {len(moved)} claims marks the span of a published one",
    ]


@pytest.mark.usefixtures("accepted")
def test_a_page_that_cannot_be_computed_is_named(impact, accepted):
    page = accepted / "chapters" / "closure.md"
    text = page.read_text("utf-8").replace('theme_counts(corpus, "closure")', "no_counts(corpus)")
    page.write_text(text, "utf-8")
    [line] = of_kind("not computed", impact())
    assert line.startswith("chapters/closure.md: AttributeError")


def test_a_title_that_the_data_do_not_bear_out_is_listed_by_impact_and_check(
    claimbook, impact, made_up_copy
):
    page = made_up_copy / "chapters" / "corpus.md"
    text = page.read_text("utf-8")
    cell = 'coverage_matrix.claims_by_theme(corpus, "Closure is the largest theme")'
    finding = (
        "from claimbook.figures.finding import Finding\n"
        'false = Finding("Talks lead", lambda data: False, "Claims by source and theme")\n'
        "coverage_matrix.claims_by_theme(corpus, false)"
    )
    assert cell in text
    page.write_text(text.replace(cell, finding), "utf-8")
    line = "not borne out by the data: chapters/corpus.md: coverage: Talks lead"
    assert line in impact()
    assert line in claimbook("check").output.splitlines()


def test_a_check_ends_with_a_line_on_what_is_doubtful_and_names_the_command(claimbook, append):
    lines = claimbook("check").output.splitlines()
    assert lines[-2] == (
        "doubtful: 1 source without criticism (daily-example-2031-06-14). "
        "`claimbook impact` lists that, and what is older than a change of the tables"
    )
    append("coding/coders", "two", {"coder": "zoe"})
    assert "doubtful: no published claim matched by the coding of zoe; 1 source" in (
        claimbook("check").output
    )


def test_without_git_the_command_says_so_and_lists_the_rest(claimbook):
    said, *lines = claimbook("impact").output.splitlines()
    assert said == (
        "not compared with an earlier state: git has no earlier state of these tables: "
        "name a folder of tables with `--since FOLDER`"
    )
    assert lines == STANDING


@pytest.mark.parametrize("place", [".", "data"], ids=["a report", "tables alone"])
def test_a_folder_is_an_earlier_state(impact, change, made_up_copy, tmp_path, place):
    shutil.copytree(made_up_copy, tmp_path / "earlier")
    change("claims", "CW-01", {"bearing": "raises"})
    lines = impact("--since", tmp_path / "earlier" / place)
    assert len(of_kind("cites what has changed", lines)) == 2


def test_a_state_that_is_neither_folder_nor_revision_is_refused(claimbook):
    printed = claimbook("impact", "--since", "nowhere", exit_code=2).output
    assert "nowhere: neither a folder of tables nor a revision of git" in printed


def test_the_state_is_the_last_tag_or_the_one_before_the_last_change(
    claimbook, impact, change, accepted
):
    change("claims", "CW-01", {"bearing": "raises"})
    git(accepted, "commit", "-q", "-a", "-m", "Change a claim")
    assert len(of_kind("cites what has changed", impact())) == 2
    git(accepted, "tag", "v1")
    assert claimbook("impact").output.startswith("compared with v1 (")
    assert impact() == STANDING
    assert len(of_kind("cites what has changed", impact("--since", "HEAD~1"))) == 2
    change("claims", "CW-01", {"bearing": "lowers"})
    assert claimbook("impact").output.startswith("compared with HEAD (")


def test_a_report_below_the_top_of_a_repository_is_compared(tmp_path, made_up_copy):
    below = tmp_path / "top" / "report"
    shutil.copytree(made_up_copy, below)
    git(tmp_path / "top", "init", "-q")
    git(tmp_path / "top", "add", ".")
    git(tmp_path / "top", "commit", "-q", "-m", "Accepted")
    claims = below / "data" / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace("Two patrol", "Three patrol"), "utf-8")
    ran = run_python(below, "-m", "claimbook", "impact")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("compared with HEAD (")


def test_an_earlier_state_with_fewer_tables_is_compared_all_the_same(
    impact, change, made_up_copy, tmp_path
):
    earlier = tmp_path / "earlier"
    shutil.copytree(made_up_copy / "data", earlier)
    schema = earlier / "datapackage.json"
    schema.write_text(schema.read_text("utf-8").replace('"set_aside"', '"put_by"'), "utf-8")
    change("claims", "CW-01", {"bearing": "raises"})
    assert len(of_kind("cites what has changed", impact("--since", earlier))) == 2
