"""A build is published whole or not at all, and an incremental one equals a clean one.

The tests run on a small book in a copy of the made-up report.
"""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from claimbook.pipeline import atomic_publish
from support.forked_python import run_with
from support.made_up_report import VARIABLE, copy_packages, lay_out
from support.small_book import HEAD, environment, ledger_html, scripts_of

TOC = (
    "format: jb-book\nroot: index\nchapters:\n"
    "  - file: chapters/one\n  - file: chapters/two\n  - file: ledger\n"
)
INDEX = (
    "# Small\n\nA claim {claim}`DE-01`, see [](chapters/one) and {cite:p}`icd203`.\n\n"
    "```{bibliography}\n```\n"
)
ONE = (
    HEAD
    + """# One

Some prose on a claim {claim}`DE-02`.

```{code-cell} python
from claimbook.figures import event_lanes
from claimbook.corpus.model import load
print("first:", load().claims.loc["DE-01", "paraphrase"])
event_lanes.events_by_theme(load(), 'Events')
```
"""
)
TWO = HEAD + "# Two\n\n{.method}\nOther prose.\n\n```{code-cell} python\nprint(2 + 2)\n```\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A report with four pages, two of which run."""
    project_copy = lay_out(tmp_path / "report")
    (project_copy / "_toc.yml").write_text(TOC, "utf-8")
    for name, text in (("index", INDEX), ("chapters/one", ONE), ("chapters/two", TWO)):
        (project_copy / f"{name}.md").write_text(text, "utf-8")
    return project_copy


@pytest.fixture
def repository(small: Path) -> Path:
    """The same with packages of its own."""
    copy_packages(small)
    return small


def command(*forms: str) -> list[str]:
    return [sys.executable, "-m", "claimbook", "build", *forms]


def settled(project_copy: Path, **settings: str) -> dict[str, str]:
    """The environment of a copy at the moment of one commit."""
    own = {VARIABLE: str(project_copy), "SOURCE_DATE_EPOCH": "1670976000"}
    return environment(project_copy, **own, **settings)


def build(project_copy: Path, *forms: str) -> subprocess.CompletedProcess:
    return run_with(settled(project_copy), project_copy, "-m", "claimbook", "build", *forms)


def standing(project_copy: Path) -> dict[str, str]:
    """The digest of every file of the published book, the addresses' `?v=` aside."""
    made = [
        file
        for form in ("html", "pdf")
        for file in (project_copy / "_build" / form).rglob("*")
        if file.is_file()
    ]
    bare = {file: re.sub(rb"\?v=\w+", b"", file.read_bytes()) for file in made}
    return {
        str(file.relative_to(project_copy / "_build")): hashlib.sha256(content).hexdigest()
        for file, content in bare.items()
    }


def clean(project_copy: Path, beside: Path) -> dict[str, str]:
    """What a build from nothing gives of the project as it is."""
    copied = Path(
        shutil.copytree(
            project_copy, beside, ignore=shutil.ignore_patterns("_build", "__pycache__")
        )
    )
    built = build(copied)
    assert built.returncode == 0, built.stderr
    made = standing(copied)
    shutil.rmtree(copied)
    return made


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(project_copy: Path) -> None:
        text = (project_copy / name).read_text("utf-8")
        assert old in text
        (project_copy / name).write_text(text.replace(old, new), "utf-8")

    return edit


def new_page(project_copy: Path) -> None:
    (project_copy / "chapters/three.md").write_text(
        "# Three\n\nA new page on {claim}`DE-03`.\n", "utf-8"
    )
    swap("_toc.yml", "  - file: ledger\n", "  - file: chapters/three\n  - file: ledger\n")(
        project_copy
    )


def rename(project_copy: Path) -> None:
    (project_copy / "chapters/two.md").rename(project_copy / "chapters/second.md")
    swap("_toc.yml", "chapters/two", "chapters/second")(project_copy)


def delete(project_copy: Path) -> None:
    (project_copy / "chapters/three.md").unlink()
    swap("_toc.yml", "  - file: chapters/three\n", "")(project_copy)


def backdate(project_copy: Path) -> None:
    """Change a word in a file and give it an old time, like that of a copy from elsewhere."""
    swap("chapters/second.md", "Other prose", "Older prose")(project_copy)
    os.utime(project_copy / "chapters/second.md", (1_600_000_000, 1_600_000_000))


EDITS = {
    "a word of prose": swap("chapters/one.md", "Some prose", "Much prose"),
    "a title that other pages show": swap("chapters/one.md", "# One", "# The first"),
    "another claim cited": swap("chapters/one.md", "{claim}`DE-02`", "{claim}`DE-04`"),
    "a table": swap(
        "data/claims.csv",
        "The straits were shut for six weeks",
        "The straits were closed for six weeks",
    ),
    "a module": swap(
        "scripts/claimbook/language/claim_description.py", '"Published: ', '"In print: '
    ),
    "a setting": swap("report.toml", "Norrland, Ostria and", "Ostria, Norrland and"),
    "a style sheet": swap(
        "scripts/claimbook/sphinxext/html/assets/claimbook.css", "{", "{ /* changed */"
    ),
    "a new page": new_page,
    "a renamed page": rename,
    "an old file": backdate,
    "a deleted page": delete,
    "a cell whose figure goes": swap(
        "chapters/one.md", "event_lanes.events_by_theme(load(), 'Events')\n", ""
    ),
    "the bibliography": swap("references.bib", "year", "note = {changed}, year"),
    "the lock": swap("requirements.txt", "# ", "#  "),
}


@pytest.mark.long
def test_after_every_kind_of_edit_the_book_equals_one_built_from_nothing(repository, tmp_path):
    assert build(repository).returncode == 0
    before = standing(repository)
    for what, edit in EDITS.items():
        edit(repository)
        built = build(repository)
        assert built.returncode == 0, f"{what}: {built.stderr}"
        now, other = standing(repository), clean(repository, tmp_path / "clean")
        assert {
            name for name in now.keys() | other.keys() if now.get(name) != other.get(name)
        } == set(), what
        if what not in ("the lock", "a style sheet"):
            assert now != before, f"{what} left no trace"
        before = now


def test_one_changed_word_has_one_page_read_and_none_run_and_no_change_nothing(small):
    assert build(small, "html").returncode == 0
    swap("chapters/one.md", "Some prose", "Much prose")(small)
    edited = build(small, "html")
    assert edited.returncode == 0
    assert re.findall(r"(?:reading|ran) (\S+)", edited.stderr) == ["chapters/one"]
    assert "Much prose" in (small / "_build/html/chapters/one.html").read_text("utf-8")
    assert "Much prose" in ledger_html(small / "_build/html")
    words = (small / "_build/html/searchindex.js").read_text("utf-8")
    assert "Much prose" in words
    assert "Some prose" not in words
    assert "Other prose" in words  # of the page that was not read
    again = build(small, "html")
    assert "nothing has changed" in again.stderr
    assert again.stdout == edited.stdout
    (small / "_build/html/index.html").unlink()
    assert build(small, "html").returncode == 0
    assert (small / "_build/html/index.html").is_file()


def killed(project_copy: Path, after: float) -> None:
    """Start a build and kill it, with all that it started, after so many seconds."""
    with subprocess.Popen(
        command(),
        cwd=project_copy,
        env=settled(project_copy),
        stdout=-3,
        stderr=-3,
        start_new_session=True,
    ) as running:
        time.sleep(after)
        os.killpg(running.pid, signal.SIGKILL)


def ended_at_the_pdf(project_copy: Path, beside: Path, how: signal.Signals) -> None:
    """Start a build whose PDF takes ten minutes, and signal its first process alone then."""
    beside.mkdir()
    (beside / "sitecustomize.py").write_text(
        "import time\nimport typst\ntypst.Compiler = lambda *_, **__: time.sleep(600)\n"
    )
    env = settled(project_copy, PYTHONPATH=f"{scripts_of(project_copy)}{os.pathsep}{beside}")
    with subprocess.Popen(
        command(),
        cwd=project_copy,
        env=env,
        stdout=-3,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert any("building the PDF" in line for line in running.stderr), (
            "it never came to the PDF"
        )
        time.sleep(1)
        running.send_signal(how)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(signal.SIGKILL, id="killed"),
        pytest.param(signal.SIGINT, id="interrupted", marks=pytest.mark.long),
    ],
)
def test_a_build_cut_short_leaves_the_last_book_and_does_not_block_the_next(small, tmp_path, how):
    assert build(small).returncode == 0
    before = standing(small)
    swap("chapters/one.md", "Some prose", "Much prose")(small)
    ended_at_the_pdf(small, tmp_path / "slow", how)
    assert standing(small) == before
    free = subprocess.run(["flock", "--timeout", "60", small / "_build/.lock", "true"])
    assert free.returncode == 0, "something of the build that was cut short went on"
    assert build(small, "html").returncode == 0
    assert "Much prose" in (small / "_build/html/chapters/one.html").read_text("utf-8")


def test_the_pdf_made_alone_is_the_one_made_beside_the_html(small):
    assert build(small).returncode == 0
    beside = (small / "_build/pdf/harbour-question.pdf").read_bytes()
    shutil.rmtree(small / "_build/pdf")
    assert build(small, "pdf").returncode == 0
    assert (small / "_build/pdf/harbour-question.pdf").read_bytes() == beside


@pytest.mark.long
def test_ten_builds_killed_at_random_leave_the_old_book_or_the_new_one(small, tmp_path):
    dice = random.Random(2031)
    began = time.monotonic()
    assert build(small).returncode == 0
    whole = time.monotonic() - began
    for number in range(10):
        before = standing(small)
        page = small / "chapters/one.md"
        page.write_text(
            f"{ONE}\n{{.method}}\nSentence {'again ' * number}here.\n"
            + f"\n```{{code-cell}} python\nprint({number})\n```\n",
            "utf-8",
        )
        after = clean(small, tmp_path / "clean")
        killed(small, dice.uniform(0, whole))
        assert standing(small) in (before, after), number
        built = build(small)
        assert built.returncode == 0, built.stderr
        assert standing(small) == after, number


def test_a_publication_cut_short_between_two_moves_is_finished_by_the_next_command(
    tmp_path, monkeypatch
):
    there, html, pdf = (
        tmp_path / "_build",
        tmp_path / "_build/html",
        tmp_path / "_build/pdf/book.pdf",
    )
    (tmp_path / "report.toml").touch()
    monkeypatch.setenv("CLAIMBOOK_PROJECT", str(tmp_path))
    for text in ("old", "new"):
        made = tmp_path / text
        (made / "html").mkdir(parents=True)
        (made / "html" / "index.html").write_text(text)
        (made / "book.pdf").write_text(text)
    atomic_publish.publish({html: tmp_path / "old/html", pdf: tmp_path / "old/book.pdf"})
    moves = []

    def one_move(coming: Path, target: Path, move: Callable = atomic_publish._move) -> None:
        if moves:
            raise KeyboardInterrupt
        moves.append(target)
        move(coming, target)

    with monkeypatch.context() as cut:
        cut.setattr(atomic_publish, "_move", one_move)
        with pytest.raises(KeyboardInterrupt):
            atomic_publish.publish({html: tmp_path / "new/html", pdf: tmp_path / "new/book.pdf"})
    assert [(html / "index.html").read_text(), pdf.read_text()] == ["new", "old"]
    atomic_publish.finish_publish()
    assert [(html / "index.html").read_text(), pdf.read_text()] == ["new", "new"]
    assert sorted(file.name for file in there.rglob("*")) == [
        "book.pdf",
        "html",
        "index.html",
        "pdf",
    ]


def test_of_two_builds_at_once_one_waits_and_takes_what_the_other_made(small):
    def build_html(folder: Path) -> subprocess.CompletedProcess:
        env = settled(folder)
        return subprocess.run(command("html"), cwd=folder, env=env, capture_output=True, text=True)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(build_html, [small, small])
    worked, waited = sorted(
        (one, other), key=lambda built: "another build is at work" in built.stderr
    )
    assert "another build is at work" not in worked.stderr
    assert "another build is at work" in waited.stderr
    assert "building the HTML" in worked.stderr
    assert "building the HTML" not in waited.stderr
    assert worked.returncode == waited.returncode == 0
    assert worked.stdout == waited.stdout
