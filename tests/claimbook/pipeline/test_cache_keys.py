"""Nothing stale and nothing lost: what a change does to a book that was already built."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from small_book import cut_down, environment

CELL = 'from shortofwar import load\nprint("first:", load().claims.loc["NW-07", "paraphrase"])'


@pytest.fixture
def small(project_copy: Path) -> Path:
    """The project with a front page that reads the corpus, and the ledger."""
    return cut_down(project_copy, CELL)


def run(project_copy: Path, *command: str) -> subprocess.CompletedProcess:
    """Run a command of the environment in the project, which stands before the installed one."""
    program, *arguments = command
    begin = (
        [str(Path(sys.executable).with_name(program))]
        if program == "jupyter-book"
        else [sys.executable, "-m", program]
    )
    return subprocess.run(
        [*begin, *arguments],
        cwd=project_copy,
        capture_output=True,
        text=True,
        env=environment(project_copy),
    )


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def front(project_copy: Path) -> str:
    return (project_copy / "_build/html/index.html").read_text("utf-8")


def test_the_stock_command_shows_a_changed_table_and_a_changed_module(small):
    assert run(small, "jupyter-book", "build", ".").returncode == 0
    before = front(small)
    change(
        small / "data/claims.csv",
        "Belarus helps Russia by letting it carry out air attacks from Belarusian soil.",
        "Another paraphrase stands here.",
    )
    assert run(small, "jupyter-book", "build", ".").returncode == 0
    assert "Another paraphrase stands here." not in before
    assert "first: Another paraphrase stands here." in front(small)
    assert "Another paraphrase stands here." in (small / "_build/html/ledger.html").read_text(
        "utf-8"
    )
    change(small / "scripts/claimbook/language/claim_text.py", '"Published: ', '"In print: ')
    assert run(small, "jupyter-book", "build", ".").returncode == 0
    assert "In print: " in (small / "_build/html/ledger.html").read_text("utf-8")


def test_a_page_speaks_of_a_table_by_its_new_number(small):
    one, two = (
        f":::{{table}} A title\n:name: tab-{name}\n\n| a |\n| - |\n| 1 |\n:::\n\n"
        for name in ("one", "two")
    )
    chapters = "".join(f"  - file: {page}\n" for page in ("tables", "other", "ledger"))
    (small / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{chapters}", "utf-8")
    (small / "other.md").write_text(
        "# Other\n\nAs {numref}`tab-two` has it {claim}`NW-07`.\n", "utf-8"
    )
    for number, order in ((2, one + two), (1, two + one)):
        (small / "tables.md").write_text(f"# Tables\n\n{order}", "utf-8")
        assert run(small, "jupyter-book", "build", ".").returncode == 0
        assert f"As Table\N{NO-BREAK SPACE}{number} has it" in re.sub(
            r"<[^>]*>", "", (small / "_build/html/other.html").read_text("utf-8")
        )


def test_a_failed_build_says_where_leaves_the_last_book_and_fails_again(small):
    assert run(small, "shortofwar", "build", "html").returncode == 0
    good = front(small)
    change(small / "index.md", "NW-07`.", "NW-99`.")
    for _ in range(2):
        failed = run(small, "shortofwar", "build", "html")
        assert failed.returncode == 1
        assert re.search(r"index\.md:\d+: .NW-99.: a claim of data", failed.stderr)
        assert "Traceback" not in failed.stderr
        assert front(small) == good


def test_a_failing_cell_fails_the_build(small):
    change(small / "index.md", "print(", "raise RuntimeError('the cell fails'); print(")
    failed = run(small, "shortofwar", "build", "html")
    assert failed.returncode == 1
    assert "the cell fails" in failed.stderr


def test_all_faults_of_both_forms_are_told_together_each_once(small):
    (small / "dot.png").write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
        )
    )
    change(small / "index.md", "A claim", "![](dot.png)\n\nA claim")
    failed = run(small, "shortofwar", "build")
    assert failed.returncode == 1
    assert failed.stderr.count("WARNING: image without alt text") == 1, failed.stderr
    assert failed.stderr.count("the image 'dot.png' has no alternative text") == 1, failed.stderr
    assert "Traceback" not in failed.stderr


def test_without_the_texts_everything_builds_and_says_what_was_not_checked(small):
    built = run(small, "shortofwar", "build", "html")
    assert built.returncode == 0
    assert "not checked: anchors and the verbatim rule" in built.stdout
