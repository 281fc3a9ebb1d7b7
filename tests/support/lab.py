"""A real JupyterLab over a report, and its pages in a real browser."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page

from support.made_up_report import REPOSITORY, VARIABLE

WAIT = 60  # seconds for a server or a kernel to be there
# What `make lab` does before it begins: pages open as notebooks, and nothing calls home.
AS_NOTEBOOKS = ("set-default-viewer", "markdown", "myst")
SILENT = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}


class Lab:
    """A JupyterLab that runs in the folder of a report."""

    def __init__(self, server: subprocess.Popen[bytes], port: int) -> None:
        self._server = server
        self._address = f"http://127.0.0.1:{port}"

    def open(self, page: Page, name: str) -> None:
        """Open a page of the report as a notebook."""
        page.goto(f"{self._address}/lab/tree/{name}?reset", wait_until="domcontentloaded")
        page.locator(".jp-CodeCell").first.wait_for(timeout=WAIT * 1000)
        for _ in range(WAIT * 5):
            if any(
                one["connections"] and one["execution_state"] == "idle" for one in self._kernels()
            ):
                return
            page.wait_for_timeout(200)
        raise TimeoutError("no kernel waits for cells")

    def _kernels(self) -> list[dict[str, Any]]:
        """List the kernels; none while the server fails at it, as when one of them is starting."""
        try:
            kernels: list[dict[str, Any]] = json.loads(_read(f"{self._address}/api/kernels"))
        except urllib.error.HTTPError:
            return []
        return kernels

    def run(self, page: Page) -> None:
        """Run the cell with code; one that a kernel which is not there yet has not taken, again."""
        cell = page.locator(".jp-CodeCell").first
        before = cell.locator(".jp-InputPrompt").inner_text().strip()
        for _ in range(WAIT):
            cell.locator(".cm-content").click()
            page.keyboard.press("Control+Enter")
            page.wait_for_timeout(1000)
            prompt = cell.locator(".jp-InputPrompt").inner_text().strip()
            if prompt not in ("[ ]:", "[*]:", before):
                return
        raise TimeoutError("the kernel runs no cell")

    def kill_kernel(self) -> None:
        """Kill the kernel as a system without memory would, without a word."""
        for process in psutil.Process(self._server.pid).children(recursive=True):
            if any("ipykernel" in word for word in process.cmdline()):
                process.send_signal(signal.SIGKILL)


@contextmanager
def running_lab(report: Path, home: Path) -> Iterator[Lab]:
    """Run JupyterLab for a `with` block.

    Args:
        report: The folder of the report.
        home: A folder for what JupyterLab keeps of a user.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        VARIABLE: str(report),
        "CORPUS_TEXTS": str(report / "data" / "texts"),
        "PYTHONPATH": str(REPOSITORY / "scripts"),
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    settings = home / "config" / "labconfig"
    settings.mkdir(parents=True)
    (settings / "page_config.json").write_text(json.dumps(SILENT), "utf-8")
    overrides = settings / "default_setting_overrides.json"
    config = [sys.executable, "-m", "jupytext_config", "--settings-file", str(overrides)]
    subprocess.run([*config, *AS_NOTEBOOKS], check=True, capture_output=True)
    words = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    words += ["--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={report}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", *words],
        cwd=report,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(WAIT * 5):
            try:
                _read(f"http://127.0.0.1:{port}/api/status")
                break
            except OSError:
                time.sleep(0.2)
        yield Lab(server, port)
    finally:
        server.terminate()
        server.wait(WAIT)


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return bytes(answer.read())
