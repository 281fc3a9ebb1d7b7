"""Builds on machines that lack something or are set up differently.

The build works, or says in one line what is missing and keeps the last book.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.not_run import NOT_RUN
from support.small_book import cut_down, environment, run_engine, scripts_of


@pytest.fixture
def small(made_up_copy: Path) -> Path:
    """The report with a front page that runs a cell, and the ledger."""
    return cut_down(made_up_copy, 'print("first")', claim="DE-01")


def build(
    report: Path, *before: str, limit: Callable[[], None] | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    if not before and limit is None:
        return run_engine(report, "build", **settings)
    command = [*before, sys.executable, "-m", "claimbook", "build"]
    env = environment(report, **{"PYTHONDONTWRITEBYTECODE": "yes", **settings})
    return subprocess.run(
        command,
        cwd=report,
        capture_output=True,
        text=True,
        errors="replace",
        env=env,
        preexec_fn=limit,
    )


def no_kernel(report: Path) -> dict:
    page = (report / "index.md").read_text("utf-8").replace("name: python3", "name: nosuch")
    (report / "index.md").write_text(page, "utf-8")
    return {}


def failing_cell(report: Path) -> dict:
    page = (report / "index.md").read_text("utf-8").replace('print("first")', "1 / 0")
    (report / "index.md").write_text(page, "utf-8")
    return {}


def no_font(report: Path) -> dict:
    """Hide one of the fonts from the process that sets the PDF."""
    import matplotlib

    shutil.copytree(matplotlib.get_data_path(), report / "fonts")
    (report / "fonts/fonts/ttf/DejaVuSans.ttf").unlink()
    hide = "import pathlib\nimport matplotlib\n"
    hide += f"data = {str(report / 'fonts')!r}\nmatplotlib.get_data_path = lambda: data\n"
    (report / "hook").mkdir()
    (report / "hook/sitecustomize.py").write_text(hide, "utf-8")
    return {"PYTHONPATH": f"{report / 'hook'}{os.pathsep}{scripts_of(report)}"}


def little_room(report: Path) -> dict:
    """Let no file outgrow what the pages need: `RLIMIT_FSIZE` fails as a full disk does."""

    def limit() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    return {"limit": limit}


def read_only(report: Path) -> dict:
    """A file stands where the folder for what is built would be: not even root can write there."""
    shutil.rmtree(report / "_build")
    (report / "_build").write_text("")
    return {}


FAILS = {
    "a missing kernel": (no_kernel, "nosuch"),
    "a failing cell": (failing_cell, "division by zero"),
    "a missing font": (no_font, "DejaVuSans.ttf"),
    "a full disk": (little_room, "File too large"),
    "no place to write": (read_only, "_build: File exists"),
}


@pytest.mark.parametrize("case", FAILS)
def test_what_is_missing_is_said_in_a_line(small, case):
    damage, reason = FAILS[case]
    (small / "_build/html").mkdir(parents=True)
    (small / "_build/html/index.html").write_text("the last book")
    ran = build(small, **damage(small))
    assert ran.returncode == 1, ran.stdout
    assert "Traceback" not in ran.stderr
    assert any(reason in line for line in ran.stderr.splitlines()), ran.stderr
    if case != "no place to write":
        assert (small / "_build/html/index.html").read_text() == "the last book"


def test_it_builds_without_a_network(small):
    without_network = [
        "unshare",
        "--net",
        "--map-root-user",
        "sh",
        "-c",
        'ip link set lo up && exec "$@"',
        "sh",
    ]
    if (
        shutil.which("unshare") is None
        or shutil.which("ip") is None
        or subprocess.run([*without_network, "true"], capture_output=True).returncode
    ):
        NOT_RUN.append(
            "a build without a network: it needs unshare and ip, and the right to use them"
        )
        pytest.skip("no way to take the network away")
    ran = build(small, *without_network)
    assert ran.returncode == 0, ran.stderr
