"""Runs Python programs in processes that are forked, which spares each of them its imports.

Importing what a check or a build needs takes two seconds, as long as all the rest of a small one.
So a process that has imported the modules of this repository and their libraries is forked. It
does not read again the variables that Python reads at its start, such as `PYTHONHASHSEED`. Where
these or imports are tested, and in a report with packages of its own, a program starts as usual.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock

from claimbook.sphinxext.execution.forked_kernels import CAN_FORK

SERVER = Path(__file__).with_name("fork_server.py")
PACKAGES = str(Path(__file__).resolve().parents[2] / "scripts")
_asking = Lock()


def run_with(
    environment: dict[str, str], folder: Path, *words: str
) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, forked where it uses the packages of this repository.

    Args:
        environment: Its environment.
        folder: The folder in which it runs.
        words: The words after `python`: `-m` and a module, `-c` and code, or a file, and more.
    """
    if CAN_FORK and environment.get("PYTHONPATH") == PACKAGES:
        return _fork(environment, folder, *words)
    command = [sys.executable, *words]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def run_sphinx(source: Path, out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Build the HTML of a small book of the report at work, and return what was said.

    Args:
        source: The folder of the book.
        out: The folder of the pages.
        words: Further options of Sphinx.
    """
    command = ("-m", "sphinx", "-q", *words, "-b", "html", str(source), str(out))
    return run_with({**os.environ, "PYTHONPATH": PACKAGES}, Path.cwd(), *command)


def _fork(
    environment: dict[str, str], folder: Path, *words: str
) -> subprocess.CompletedProcess[str]:
    """Run Python as `run_with` does, in a process that the server forks."""
    with tempfile.TemporaryDirectory() as place, _asking:
        output = [Path(place, name) for name in ("stdout", "stderr")]
        for file in output:
            file.touch()
        request = {
            "folder": str(folder),
            "environment": environment,
            "words": [str(word) for word in words],
            "output": [str(file) for file in output],
        }
        server = _server()
        print(json.dumps(request), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        printed = [file.read_text("utf-8", errors="replace") for file in output]
    return subprocess.CompletedProcess(words, status, *printed)


@cache
def _server() -> subprocess.Popen[str]:
    """The process that is forked; it ends with this one."""
    server = subprocess.Popen(
        [sys.executable, SERVER],
        env={**os.environ, "PYTHONPATH": PACKAGES},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(server.communicate)
    return server
