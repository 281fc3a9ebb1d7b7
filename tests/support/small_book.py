"""Small books for tests: copies of a report, also cut down to a page of cells and the ledger."""

import os
import subprocess
from pathlib import Path

from support.forked_python import run_with

REPOSITORY = Path(__file__).resolve().parents[2]
HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""


def cut_down(report: Path, *cells: str, claim: str) -> Path:
    """Leave a report only the ledger and a front page that cites a claim and runs cells."""
    (report / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: ledger\n", "utf-8"
    )
    code = "\n\n".join(f"```{{code-cell}} python\n{cell}\n```" for cell in cells)
    (report / "index.md").write_text(
        f"{HEAD}# Small\n\nA claim {{claim}}`{claim}`.\n\n{code}\n", "utf-8"
    )
    return report


def leave_out(report: Path, *pages: str) -> None:
    """Take chapters out of the contents of a report, so that no build reads or runs them."""
    contents = report / "_toc.yml"
    for page in pages:
        line = f"      - file: chapters/{page}\n"
        assert line in contents.read_text("utf-8")
        contents.write_text(contents.read_text("utf-8").replace(line, ""), "utf-8")


def scripts_of(report: Path) -> Path:
    """The folder of the packages that a report runs: its own where it has one."""
    own = report / "scripts"
    return own if own.is_dir() else REPOSITORY / "scripts"


def environment(report: Path, **settings: str) -> dict[str, str]:
    """The environment in which a command runs a report's packages, without the texts."""
    return {
        **os.environ,
        "PYTHONPATH": str(scripts_of(report)),
        "CORPUS_TEXTS": "/nowhere",
        **settings,
    }


def run_engine(report: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `claimbook` on a report, without the texts.

    Args:
        report: The folder of the report.
        words: The command and its options.
        settings: Further variables of the environment.
    """
    return run_with(environment(report, **settings), report, "-m", "claimbook", *words)


def ledger_html(html: Path) -> str:
    """The HTML of all pages of a built ledger, one after the other."""
    return "".join(file.read_text("utf-8") for file in sorted((html / "ledger").glob("*.html")))
