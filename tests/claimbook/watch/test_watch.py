"""A writer saves a file, and the browser shows the page or the fault, until the writer ends it."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.made_up_report import VARIABLE
from support.small_book import cut_down, environment, run_engine

CELL = """from claimbook.corpus.model import load
print("The cell reads:", load().claims.at["DE-01", "paraphrase"])"""
PATIENCE = 120_000  # milliseconds, on a busy machine


@pytest.fixture
def small(made_up_copy: Path) -> Path:
    """The report with a front page that runs a cell, and the ledger."""
    return cut_down(made_up_copy, CELL, claim="DE-01")


def run(report: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a report that ends by itself."""
    return run_engine(report, *words, **{VARIABLE: str(report)})


class Watch:
    """A running `claimbook watch` or `serve`, with what it has printed."""

    def __init__(self, report: Path, *words: str, command: str = "watch") -> None:
        self.output = report / f"{command}-{time.monotonic_ns()}.log"
        with self.output.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "claimbook", command, *words],
                cwd=report,
                env=environment(report, **{VARIABLE: str(report)}),
                stdout=log,
                stderr=log,
            )
        self.wait_for("the book is at")
        [address] = [word for word in self.printed.split() if word.startswith("http://")]
        self.address = address.rstrip(";")

    @property
    def printed(self) -> str:
        return self.output.read_text("utf-8")

    def wait_for(self, words: str) -> None:
        """Wait until it has printed some words, or has ended."""
        ends = time.monotonic() + PATIENCE / 1000
        while words not in self.printed and self.process.poll() is None:
            assert time.monotonic() < ends, self.printed
            time.sleep(0.05)
        assert words in self.printed

    def interrupt(self) -> int:
        """Press Ctrl-C, and return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def watch(small: Path) -> Iterator[Watch]:
    """The small report, watched."""
    watch = Watch(small)
    yield watch
    watch.process.kill()
    watch.process.wait()


def save(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def processes_in(folder: Path) -> list[str]:
    """The processes that work in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").resolve() == folder:
                found.append((entry / "cmdline").read_text())
        except OSError:  # it has ended, or is another's
            continue
    return found


def test_the_browser_shows_each_save_and_each_fault(watch, small, chromium):
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(watch.address)
    page.get_by_text("A claim").wait_for()

    save(small / "index.md", "A claim", "One claim that was saved")
    page.get_by_text("One claim that was saved").wait_for()

    # a fault of the prose stands over the last good page, and here, until it is mended
    save(small / "index.md", "One claim that was saved", "It has 77 claims")
    alert = page.get_by_role("alert")
    alert.get_by_text("'77'").wait_for()
    assert "index.md:8: '77': a computed number" in alert.inner_text()
    assert "index.md:8: '77': a computed number" in watch.printed
    assert page.get_by_text("One claim that was saved").is_visible()
    save(small / "index.md", "It has 77 claims", "Its claims are mended")
    page.get_by_text("Its claims are mended").wait_for()
    assert alert.is_hidden()

    # so does a fault that only the build can see
    save(small / "index.md", "mended", "mended {numref}`no-such-figure`")
    alert.get_by_text("undefined label: 'no-such-figure'").wait_for()
    assert "index.md:" in alert.inner_text()
    save(small / "index.md", " {numref}`no-such-figure`", " again")
    page.get_by_text("Its claims are mended again").wait_for()

    # a claim: cells that read it run again; a faulty row is named by table, key and column
    output = page.locator(".cell_output pre")
    paraphrase = output.inner_text().removeprefix("The cell reads: ").strip()
    save(small / "data" / "claims.csv", paraphrase, "A claim that a writer changed.")
    output.get_by_text("The cell reads: A claim that a writer changed.").wait_for()
    save(small / "data" / "claims.csv", ",event,", ",evnt,")
    alert.get_by_text("kind: 'evnt': allowed:").wait_for()
    assert "claims.csv" in alert.inner_text()
    save(small / "data" / "claims.csv", ",evnt,", ",event,")
    alert.wait_for(state="hidden")

    assert watch.interrupt() == 0, watch.printed
    assert watch.printed.endswith("stopped\n")
    assert "Traceback" not in watch.printed
    ends = time.monotonic() + 10
    while processes_in(small) and time.monotonic() < ends:  # the last of them see it end
        time.sleep(0.1)
    assert not processes_in(small)
    built = small / "_build"
    assert not (built / ".watch" / "work" / "unfinished").exists()
    assert not (built / "html").exists(), "only a build publishes"
    assert "watch.js" not in (built / ".watch" / "shown" / "index.html").read_text("utf-8")


def test_a_second_watch_of_a_report_is_refused_and_other_hosts_get_nothing(watch, small):
    second = run(small, "watch")
    assert second.returncode == 1
    assert second.stderr == "the book is watched already, from another terminal\n"
    asked = urllib.request.Request(watch.address, headers={"Host": "elsewhere.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code == 404
    outside = urllib.request.Request(f"{watch.address}.watch/../../../report.toml")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(outside)
    assert refused.value.code in (403, 404)


def test_a_port_that_is_taken_is_named(made_up_copy):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = run(made_up_copy, "watch", "--port", port)
    assert ran.returncode == 1
    assert f"port {port} of 127.0.0.1: Address already in use; name another" in ran.stderr


def test_serve_shows_the_built_book_at_the_next_free_port_and_says_what_is_missing(small):
    unbuilt = run(small, "serve")
    assert unbuilt.returncode == 1
    assert unbuilt.stderr == "the book is not built yet: run `claimbook build`\n"
    page = small / "_build/html/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>Built</p>", "utf-8")
    first = Watch(small, command="serve")
    second = Watch(small, command="serve")
    try:
        assert first.address != second.address
        with urllib.request.urlopen(second.address) as answer:
            assert answer.read() == b"<p>Built</p>"
        taken = second.address.rstrip("/").rpartition(":")[2]
        refused = run(small, "serve", "--port", taken)
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"port {taken} of 127.0.0.1: ")
        assert first.interrupt() == 0
        assert first.printed.endswith("stopped\n")
    finally:
        for served in (first, second):
            served.process.kill()
            served.process.wait()
