"""Nothing stale and nothing lost: what a change does to a book that was already built."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.forked_python import run_with
from support.small_book import REPOSITORY, cut_down, environment, ledger_html

CELL = (
    "from claimbook.corpus.model import load\n"
    'print("first:", load().claims.loc["DE-01", "paraphrase"])'
)


@pytest.fixture
def small(made_up_copy: Path) -> Path:
    """The report with a front page, and the ledger."""
    return cut_down(made_up_copy, claim="DE-01")


@pytest.fixture
def with_cell(made_up_copy: Path) -> Path:
    """The report with a front page that reads the corpus, and the ledger."""
    return cut_down(made_up_copy, CELL, claim="DE-01")


def run(report: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment in the report, whose packages precede the installed ones."""
    program, *arguments = command
    start = (
        [str(Path(sys.executable).with_name(program))]
        if program == "jupyter-book"
        else ["-m", program]
    )
    return run_with(environment(report), report, *start, *arguments)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def page(report: Path, name: str = "index") -> str:
    return (report / f"_build/html/{name}.html").read_text("utf-8")


@pytest.mark.long
def test_the_stock_command_shows_a_changed_table_and_a_changed_module(with_cell):
    shutil.copytree(
        REPOSITORY / "scripts" / "claimbook",
        with_cell / "scripts" / "claimbook",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    first = run(with_cell, "jupyter-book", "build", ".")
    assert first.returncode == 0, first.stderr
    before = page(with_cell)
    change(
        with_cell / "data/claims.csv",
        "Talks on dues between the two countries begin in Havn on 10 June 2031.",
        "Another paraphrase stands here.",
    )
    assert run(with_cell, "jupyter-book", "build", ".").returncode == 0
    assert "Another paraphrase stands here." not in before
    assert "first: Another paraphrase stands here." in page(with_cell)
    assert "Another paraphrase stands here." in ledger_html(with_cell / "_build/html")
    change(
        with_cell / "scripts/claimbook/language/claim_description.py", '"Published: ', '"In print: '
    )
    assert run(with_cell, "jupyter-book", "build", ".").returncode == 0
    assert "In print: " in ledger_html(with_cell / "_build/html")


def test_pages_speak_of_a_table_by_its_new_number_and_the_ledger_quotes_them_so(small):
    one, two = (
        f":::{{table}} A title\n:name: tab-{name}\n\n| a |\n| - |\n| 1 |\n:::\n\n"
        for name in ("one", "two")
    )
    chapters = "".join(f"  - file: {name}\n" for name in ("tables", "other", "ledger"))
    (small / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{chapters}", "utf-8")
    (small / "other.md").write_text(
        "# Other\n\nAs {numref}`tab-two` in [](tables) has it {claim}`DE-01`.\n", "utf-8"
    )
    for number, order in ((2, one + two), (1, two + one)):
        (small / "tables.md").write_text(f"# Tables\n\n{order}", "utf-8")
        assert run(small, "jupyter-book", "build", ".").returncode == 0
        sentence = f"As Table\N{NO-BREAK SPACE}{number} in Tables has it"
        ledger = ledger_html(small / "_build/html")  # which quotes the sentence
        for shown in (page(small, "other"), ledger):
            assert sentence in re.sub(r"<[^>]*>", "", shown)


def test_pages_explain_a_term_by_its_new_definition(small):
    chapters = "".join(f"  - file: {name}\n" for name in ("terms", "other", "ledger"))
    (small / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{chapters}", "utf-8")
    (small / "other.md").write_text("# Other\n\nThe Vell Watch saw it {claim}`DE-01`.\n", "utf-8")
    for meaning in ("Counts ships.", "Counts ships by hand."):
        glossary = f"# Terms\n\n```{{glossary}}\nVell Watch\n  {meaning}\n```\n"
        (small / "terms.md").write_text(glossary, "utf-8")
        assert run(small, "jupyter-book", "build", ".").returncode == 0
        assert f'title="{meaning}"' in page(small, "other")


def test_a_failed_build_says_where_leaves_the_last_book_and_fails_again(small):
    assert run(small, "claimbook", "build", "html").returncode == 0
    good = page(small)
    change(small / "index.md", "DE-01`.", "DE-99`.")
    for _ in range(2):
        failed = run(small, "claimbook", "build", "html")
        assert failed.returncode == 1
        assert re.search(r"index\.md:\d+: .DE-99.: a claim of data", failed.stderr)
        assert "Traceback" not in failed.stderr
        assert page(small) == good


def test_a_failing_cell_fails_the_build(with_cell):
    change(with_cell / "index.md", "print(", "raise RuntimeError('the cell fails'); print(")
    failed = run(with_cell, "claimbook", "build", "html")
    assert failed.returncode == 1
    assert "the cell fails" in failed.stderr


def test_all_faults_of_both_forms_are_told_together_each_once(small):
    (small / "dot.png").write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
            "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
        )
    )
    change(small / "index.md", "A claim", "![](dot.png)\n\nA claim")
    failed = run(small, "claimbook", "build")
    assert failed.returncode == 1
    assert failed.stderr.count("WARNING: image without alt text") == 1, failed.stderr
    assert failed.stderr.count("the image 'dot.png' has no alternative text") == 1, failed.stderr
    assert "Traceback" not in failed.stderr


def test_without_the_texts_everything_builds_and_says_what_was_not_checked(with_cell):
    built = run(with_cell, "claimbook", "build", "html")
    assert built.returncode == 0
    assert "not checked: anchors and the verbatim rule" in built.stdout
